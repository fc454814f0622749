"""A folder of files in which each holds one class of a kind: that the file exists is its registration."""

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Protocol, TypeVar

from cstools.language import translate


class Labelled(Protocol):
    """What users call by a label, an English key."""

    label: ClassVar[str]


L = TypeVar("L", bound=Labelled)


def registered(package: str, path: Iterable[str], kind: Any) -> dict[str, Any]:
    """The classes of a kind by their files' names: the first that each file of a package defines itself.

    ``kind`` is their abstract class, which ``type[T]`` doesn't take.
    """
    found: dict[str, Any] = {}
    for module in pkgutil.iter_modules(path):
        room = importlib.import_module(f"{package}.{module.name}")
        found[module.name] = next(
            item for item in vars(room).values()
            if isinstance(item, type) and issubclass(item, kind) and item.__module__ == room.__name__
        )  # fmt: skip
    return found


def called(word: str, found: Mapping[str, type[L]]) -> type[L] | None:
    """The one that a user calls by its file's name or by its label in either language; None where none is."""
    asked = word.strip().lower()
    for name, one in found.items():
        if asked in {name, one.label.lower(), translate(one.label, "zh").lower()}:
            return one
    return None
