"""What a desk asks of a roster besides leave: wishes, fixed cells, cover, meetings; each with its cell."""

from dataclasses import dataclass
from datetime import date

from cstools.errors import Source


@dataclass(frozen=True, slots=True)
class Wish:
    """A person would like to work (``on``) or not to work one of the shifts that day; no shifts named: any shift."""

    person: str
    day: date
    on: bool
    shifts: tuple[str, ...] = ()
    weight: int = 1
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Fixed:
    """A cell filled by hand: this shift, or "" for a day off. Posts and meal are fixed where they are given."""

    person: str
    day: date
    shift: str
    posts: tuple[str, ...] = ()
    meal: tuple[int, int] | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """How many people one day needs on any of ``shifts`` (none named: on any), with a skill, at a post, or all through
    a window of the day in minutes (meals not counted, 000-045). ``target`` and ``maximum`` may be left open.

    ``short`` and ``surplus`` weigh each person missing from the target or minimum and each above the maximum.
    """

    day: date
    shifts: tuple[str, ...] = ()
    skill: str = ""
    post: str = ""
    window: tuple[int, int] | None = None
    minimum: int = 0
    target: int | None = None
    maximum: int | None = None
    short: int = 1
    surplus: int = 1
    source: Source | None = None

    def takes(self, code: str) -> bool:
        """Whether a duty of that shift counts."""
        return not self.shifts or code in self.shifts


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting on a day, start and end in minutes, and the numbers of those who must attend (000-062)."""

    name: str
    day: date
    start: int
    end: int
    people: frozenset[str]
    source: Source | None = None
