"""The pay elements: a file here that holds an Element is active, listed, documented and tested."""

from functools import cache

from cstools.pay.element import Element
from cstools.registry import called, registered


@cache
def all_elements() -> dict[str, type[Element]]:
    """Every element by its name, which is its file's."""
    return registered(__name__, __path__, Element)


def find(word: str) -> type[Element] | None:
    """The element that a user calls by its file's name or by its label in either language."""
    return called(word, all_elements())
