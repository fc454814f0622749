"""What attendance says of people: a fact for each day, totals for a period, overtime, and where each came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Literal, TypeAlias

from cstools.errors import Source
from cstools.language import Text

Leaves: TypeAlias = tuple[tuple[str, Decimal], ...]  # kinds of leave as the source calls them, and hours of each
DayKind: TypeAlias = Literal["workday", "rest", "holiday"]  # what law pays at 150, 200 and 300 %


@dataclass(frozen=True, slots=True)
class DayFact:
    """One person's day. Times are minutes from the day's midnight, up to 48:00; None where no punch is known.

    ``late`` and ``early`` are minutes; ``missing`` counts punches that should be there; ``absent`` is the part of the
    day missed without leave (0 to 1); ``rest`` is what the source says of the day, not the roster; ``worked`` is the
    source's own count of minutes. ``planned`` is the shift as the source knows it: its name, empty for none.
    """

    person: str
    day: date
    start: int | None = None
    end: int | None = None
    late: int = 0
    early: int = 0
    missing: int = 0
    absent: Decimal = Decimal(0)
    rest: bool = False
    leave: Leaves = ()
    worked: int | None = None
    planned: str = ""
    remark: str = ""
    source: Source | None = None

    @property
    def attended(self) -> bool:
        """Whether the person was there at all, as far as the source tells."""
        if self.start is not None or self.end is not None or self.worked:
            return True
        return not self.rest and not self.leave and not self.absent and not self.missing


@dataclass(frozen=True, slots=True)
class MonthFact:
    """One person's totals of a period. None where the source doesn't say; ``late`` and its like count times.

    ``severe`` are the source's own 严重迟到, ``truant`` its 旷工迟到 (late enough to count as absent), neither of them
    in ``late``; ``leave`` is in hours. ``by_days`` tells that the totals were added up from the facts of the days.
    """

    person: str
    first: date
    last: date
    attended: Decimal | None = None
    rest: Decimal | None = None
    worked: int | None = None
    late: int = 0
    late_minutes: int | None = None
    severe: int = 0
    severe_minutes: int | None = None
    truant: int = 0
    early: int = 0
    early_minutes: int | None = None
    missing: int = 0
    absent: Decimal = Decimal(0)
    leave: Leaves = ()
    by_days: bool = False
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Overtime:
    """Overtime as a source states it: of a day, or (``day`` None) the total of a period for one kind of day.

    ``kind`` is empty where the calendar decides it. ``span`` is from and to in minutes from the day's midnight.
    ``approval`` is "export" where the export itself lists only what was approved (or says so of its own), "sheet"
    where somebody approved it at ``approved_at``, "" where nobody did. ``time_off``: rest is given instead of pay.
    """

    person: str
    minutes: int
    day: date | None = None
    kind: DayKind | Literal[""] = ""
    span: tuple[int, int] | None = None
    approval: Literal["export", "sheet", ""] = ""
    approved_by: str = ""
    approved_at: datetime | None = None
    time_off: bool = False
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A row that is nobody's: what it says of the person, and where it stands."""

    number: str
    account: str
    name: str
    source: Source


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sources that say different things of one person and day (None: of the period): the first one was taken."""

    person: str
    day: date | None
    what: Text
    taken: Source
    other: Source


@dataclass(frozen=True)
class Attendance:
    """What is known of a period, its first and last day included.

    ``days`` holds what is known by the day (empty where only totals are), ``months`` the totals of everybody in any
    source. ``covered`` are the days that the sources speak of.
    """

    first: date
    last: date
    days: Mapping[tuple[str, date], DayFact] = field(default_factory=dict)
    months: Mapping[str, MonthFact] = field(default_factory=dict)
    overtime: tuple[Overtime, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    covered: frozenset[date] = frozenset()

    def of(self, person: str, day: date) -> DayFact | None:
        """A person's day; None where no source tells."""
        return self.days.get((person, day))

    def daily(self, person: str) -> tuple[DayFact, ...]:
        """A person's days in order."""
        return self._by_person.get(person, ())

    def overtime_of(self, person: str, day: date | None) -> tuple[Overtime, ...]:
        """A person's overtime of a day; with None what is only known as a total of the period."""
        return self._overtime.get((person, day), ())

    @cached_property
    def _by_person(self) -> Mapping[str, tuple[DayFact, ...]]:
        found: dict[str, list[DayFact]] = {}
        for (number, _), fact in sorted(self.days.items()):
            found.setdefault(number, []).append(fact)
        return {number: tuple(facts) for number, facts in found.items()}

    @cached_property
    def _overtime(self) -> Mapping[tuple[str, date | None], tuple[Overtime, ...]]:
        found: dict[tuple[str, date | None], list[Overtime]] = {}
        for one in self.overtime:
            found.setdefault((one.person, one.day), []).append(one)
        return {key: tuple(rows) for key, rows in found.items()}
