"""Rows of sheet 薪资项目 that would pay or take the same thing twice from the same person."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Any, Final

from cstools.pay.element import Element, Stated
from cstools.pay.people import Employee

# Parameters that say what a row is about: rows that differ in them are about different things.
_ABOUT: Final = ("scheme", "events", "leave", "by")


def doubled(stated: Sequence[Stated], employees: Iterable[Employee]) -> Iterator[tuple[Stated, Stated, Employee]]:
    """Pairs of rows of one element that are about the same thing, and the first person for whom both hold."""
    everybody = list(employees)
    for one, other in combinations(stated, 2):
        if type(one.element) is type(other.element) and _alike(one.element, other.element):
            both = next((employee for employee in everybody if _meet(one, other, employee)), None)
            if both:
                yield one, other, both


def _alike(one: Element, other: Element) -> bool:
    """Whether two rows of an element are about the same thing: the same scheme, some of the same events."""
    return all(_shared(getattr(one, name), getattr(other, name)) for name in _ABOUT if name in one.parameters())


def _shared(one: Any, other: Any) -> bool:
    if isinstance(one, tuple | frozenset) and isinstance(other, tuple | frozenset):
        return bool(set(one) & set(other))
    return bool(one == other)


def _meet(one: Stated, other: Stated, employee: Employee) -> bool:
    """Whether both rows hold for somebody on some day of their employment."""
    first = max(one.first or date.min, other.first or date.min, employee.hired or date.min)
    last = min(one.last or date.max, other.last or date.max, employee.left or date.max)
    changes = (day for day, _ in employee.terms.values if first < day <= last)
    return first <= last and any(
        one.scope.covers(employee, day) and other.scope.covers(employee, day) for day in (first, *changes)
    )
