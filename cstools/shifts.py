"""Shifts, and duties: who works which shift on which day, at which post, eating when. Every family shares this fact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from cstools.dated import Dated

DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Shift:
    """A kind of work day. Times are minutes from the day's midnight, up to 48:00 (a shift may cross midnight).

    ``paid`` is minutes without unpaid breaks; ``kind`` is the desk's own word for shifts that count alike (evening);
    ``skills``: whoever works it has at least one of them; ``meals``: slots of which a person on duty takes one;
    ``open_ended``: goes on past its end where customers are still there (000-059, 004-019).
    """

    code: str
    name: str
    start: int
    end: int
    paid: int
    kind: str = ""
    skills: frozenset[str] = frozenset()
    meals: tuple[tuple[int, int], ...] = ()
    open_ended: bool = False
    colour: str = ""

    def span(self, day: date) -> tuple[int, int]:
        """Start and end on a day as minutes on one endless clock."""
        midnight = day.toordinal() * DAY
        return midnight + self.start, midnight + self.end


@dataclass(frozen=True, slots=True, order=True)
class Duty:
    """One person works one shift on one day. ``ended`` is the actual end in minutes, where it is known to differ."""

    day: date
    shift: str
    person: str
    posts: tuple[str, ...] = ()
    meal: tuple[int, int] | None = None
    ended: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ShiftBook:
    """The desk's shifts by code, each as it is from some day on (a campaign may move the hours)."""

    versions: Mapping[str, Dated[Shift | None]]

    @classmethod
    def of(cls, shifts: Iterable[Shift]) -> "ShiftBook":
        """Shifts that are the same on all days."""
        return cls({shift.code: Dated[Shift | None].always(shift) for shift in shifts})

    def codes(self) -> tuple[str, ...]:
        """All codes, in the sheet's order."""
        return tuple(self.versions)

    def on(self, day: date) -> dict[str, Shift]:
        """The shifts there are on a day, by code."""
        found = {code: dated.on(day) for code, dated in self.versions.items()}
        return {code: shift for code, shift in found.items() if shift is not None}
