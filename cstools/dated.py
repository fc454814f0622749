"""Values that change on a day: what holds on a given day."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """Values by their first day, ascending; ``date.min`` as the first day means "from the beginning"."""

    values: tuple[tuple[date, T], ...]

    @classmethod
    def always(cls, value: T) -> "Dated[T]":
        """One value for all days."""
        return cls(((date.min, value),))

    @classmethod
    def since(cls, values: Iterable[tuple[date | None, T]]) -> "Dated[T]":
        """From (first day or None for "always", value) in any order; of two on one day the later given wins."""
        by_day = {first or date.min: value for first, value in values}
        return cls(tuple(sorted(by_day.items(), key=lambda pair: pair[0])))

    def on(self, day: date) -> T | None:
        """The value that holds on a day; None before the first."""
        at = bisect_right(self.values, day, key=lambda pair: pair[0])
        return self.values[at - 1][1] if at else None
