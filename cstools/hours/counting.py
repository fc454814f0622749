"""The one door: a period's hours of everybody, by each one's system of working hours."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from cstools.attendance.facts import Attendance, DayKind
from cstools.attendance.settings import HoursSettings
from cstools.days import Calendar, span
from cstools.hours.cycle import Cycle, leave_minutes, over_total, standard_total
from cstools.hours.extra import Around, Extra, rounded
from cstools.hours.kinds import Days, Planned
from cstools.hours.limits import warnings
from cstools.hours.normal import normal
from cstools.hours.worked import Hours, Rate, Warned, Worked
from cstools.language import Text
from cstools.people import Person

_NORMAL: Final[dict[DayKind, Rate]] = {"workday": 100, "rest": 200, "holiday": 300}
_EXTRA: Final[dict[DayKind, Rate]] = {"workday": 150, "rest": 200, "holiday": 300}


@dataclass(frozen=True)
class _Count:
    """Everything that a count of hours goes by."""

    attendance: Attendance
    planned: Planned
    calendar: Calendar
    settings: HoursSettings
    cycle: Cycle
    systems: Mapping[str, str]

    def system(self, person: Person, day: date) -> str:
        """A person's system of working hours on a day: their own, else the contract's."""
        return self.systems.get(person.number) or self.settings.systems.get(person.on(day).contract, "standard")

    @cached_property
    def days(self) -> Days:
        """What kind each day is."""
        return Days(self.planned, self.calendar, self.settings)


def count_hours(
    people: Iterable[Person], attendance: Attendance, planned: Planned, calendar: Calendar, settings: HoursSettings,
    cycle: Cycle | None = None, systems: Mapping[str, str] | None = None,
) -> Hours:  # fmt: skip
    """The hours of a period. ``cycle``: of those who work by one; by default the period itself.

    ``systems``: people's own system of working hours by number (standard, cycle, untimed), before their contract's.
    Raises UnknownYear where the calendar doesn't know the year.
    """
    cycle = cycle or Cycle(attendance.first, attendance.last)
    count = _Count(attendance, planned, calendar, settings, cycle, systems or {})
    entries: dict[str, tuple[Worked, ...]] = {}
    warned: list[Warned] = []
    for person in people:
        mine = tuple(_person(person, count))
        if mine:
            entries[person.number] = mine
            if count.system(person, attendance.last) == "standard":
                warned += warnings(person.number, mine, settings)
    return Hours(attendance.first, attendance.last, entries, tuple(warned))


def _person(person: Person, count: _Count) -> Iterator[Worked]:
    """A person's entries by day, the totals last."""
    days = (day for day in span(count.attendance.first, count.attendance.last) if person.employed(day))
    found = [entry for day in days for entry in _day(person, day, count)]
    found += _totals(person, count)
    ends = count.cycle.last <= count.attendance.last
    if ends and count.system(person, count.attendance.last) == "cycle":
        total = standard_total(person, count.cycle, count.calendar, count.settings)
        total = max(total - leave_minutes(person.number, count.attendance), 0)
        return over_total(found, person, count.cycle, total)
    return iter(found)


def _day(person: Person, day: date, count: _Count) -> Iterator[Worked]:
    """A day's entries: the duty's own, then overtime."""
    system = count.system(person, day)
    posted = count.planned.board.of(person.number, day)
    if posted:
        for kind, minutes, why, source in normal(posted, count.attendance, count.days):
            owed = (day, person.number) in count.planned.owed and kind == "rest"
            rate = 100 if owed else _rate(kind, system, count.settings, _NORMAL)
            yield Worked(person.number, day, rate, minutes, why, source)
    around = Around(posted, count.attendance.of(person.number, day), count.days, count.settings)
    rows = count.attendance.overtime_of(person.number, day)
    for extra in rounded(around.extras(rows, person.number), count.settings):
        yield _worked(person.number, day, extra, system, count.settings)


def _totals(person: Person, count: _Count) -> Iterator[Worked]:
    """Overtime that is only known as a total of the period."""
    system = count.system(person, count.attendance.last)
    rows = count.attendance.overtime_of(person.number, None)
    for extra in Around(None, None, count.days, count.settings).extras(rows, person.number):
        yield _worked(person.number, None, extra, system, count.settings)


def _worked(person: str, day: date | None, extra: Extra, system: str, settings: HoursSettings) -> Worked:
    if not extra.paid or not extra.kind:
        return Worked(person, day, 0, extra.minutes, extra.why, extra.source, extra.doubtful)
    rate = _rate(extra.kind, system, settings, _EXTRA)
    why = extra.why if rate else Text("{why}, but not under irregular working hours", why=extra.why)
    return Worked(person, day, rate, extra.minutes, why, extra.source)


def _rate(kind: DayKind, system: str, settings: HoursSettings, rates: dict[DayKind, Rate]) -> Rate:
    """The rate of a kind of day: whoever works by a cycle has no rest days, who is untimed no overtime either."""
    if system == "cycle" and kind != "holiday":
        return 100
    if system == "untimed":
        if kind == "holiday" and settings.untimed_holidays:
            return 300
        return 100 if rates is _NORMAL else 0
    return rates[kind]
