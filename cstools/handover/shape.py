"""Frozen dataclasses as JSON and back, by their declared types: how a signed sheet is kept whole."""

import enum
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from cstools.journal import pack, unpack
from cstools.language import Text

T = TypeVar("T")


def quickly(shape: type[T], told: Mapping[str, Any]) -> T:
    """A frozen dataclass without slots from some of its fields; the others are as the class has them.

    For shapes of dozens of fields, of which few are told: to set them all, one by one, takes several times as long.
    """
    made = object.__new__(shape)
    vars(made).update(told)
    return made


def to_json(value: object) -> Any:
    """A value of our shapes as JSON, without the fields that are what they are by default."""
    if is_dataclass(value) and not isinstance(value, type):
        told = ((item, getattr(value, item.name)) for item in fields(value))
        return {item.name: to_json(each) for item, each in told if item.default is MISSING or each != item.default}
    if isinstance(value, tuple):
        return [to_json(each) for each in value]
    if isinstance(value, Text):
        return pack(value)
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value


def from_json(shape: type[T], data: Mapping[str, Any]) -> T:
    """What ``to_json`` made of a dataclass, back again."""
    return shape(**_fields(shape, data))


def _fields(shape: Any, data: Mapping[str, Any]) -> dict[str, Any]:
    hints = _hints(shape)
    return {name: _read(hints[name], value) for name, value in data.items()}


@cache
def _hints(shape: Any) -> dict[str, Any]:
    return get_type_hints(shape)


def _read(hint: Any, data: Any) -> Any:
    if get_origin(hint) is types.UnionType:
        hint = next(each for each in get_args(hint) if each is not type(None))
        return None if data is None else _read(hint, data)
    if get_origin(hint) is tuple:
        return tuple(_read(get_args(hint)[0], each) for each in data)
    if hint is Text:
        return unpack(data)
    if hint in {date, datetime}:
        return hint.fromisoformat(data)
    if is_dataclass(hint) and isinstance(hint, type):
        return hint(**_fields(hint, data))
    return hint(data) if issubclass(hint, enum.Enum) else data
