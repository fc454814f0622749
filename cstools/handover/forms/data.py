"""A sheet as JSON: the content's own field names, which stay; texts in the language spoken."""

import enum
import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date

from cstools.handover.sheet import SheetContent
from cstools.language import Text


def to_json(content: SheetContent) -> str:
    """Every field of the content; times and days in ISO form, words such as “urgent” as the program has them."""
    return json.dumps(_plain(content), ensure_ascii=False, indent=1) + "\n"


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, date):  # a datetime is one, too
        return value.isoformat()
    if isinstance(value, Text):
        return str(value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value
