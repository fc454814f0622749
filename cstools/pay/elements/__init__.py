"""The pay elements: a file here that holds an Element is active, listed, documented and tested."""

import importlib
import pkgutil
from functools import cache

from cstools.language import translate
from cstools.pay.element import Element


@cache
def all_elements() -> dict[str, type[Element]]:
    """Every element by its name, which is its file's."""
    found: dict[str, type[Element]] = {}
    for module in pkgutil.iter_modules(__path__):
        room = importlib.import_module(f"{__name__}.{module.name}")
        found[module.name] = next(
            item for item in vars(room).values()
            if isinstance(item, type) and issubclass(item, Element) and item.__module__ == room.__name__
        )  # fmt: skip
    return found


def find(word: str) -> type[Element] | None:
    """The element that a user calls by its file's name or by its label in either language."""
    asked = word.strip().lower()
    for name, element in all_elements().items():
        if asked in {name, element.label.lower(), translate(element.label, "zh").lower()}:
            return element
    return None
