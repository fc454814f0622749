"""综合计算工时: hours over the cycle's standard total at 150 %, weekends being normal work."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from cstools.attendance.facts import Attendance
from cstools.attendance.settings import HoursSettings
from cstools.days import Calendar, span
from cstools.hours.worked import Worked
from cstools.language import Text
from cstools.people import Person


@dataclass(frozen=True, slots=True)
class Cycle:
    """A cycle of 综合计算工时: its days, and each person's minutes at 100 % in it before the period that is counted.

    What lies over the cycle's standard total is paid at 150 % when the cycle ends, so in the period with its last day.
    """

    first: date
    last: date
    before: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


def standard_total(person: Person, cycle: Cycle, calendar: Calendar, settings: HoursSettings) -> int:
    """The cycle's standard minutes: its workdays by the calendar on which the person is employed."""
    days = (day for day in span(cycle.first, cycle.last) if person.employed(day) and calendar.is_workday(day))
    return sum(settings.day for _ in days)


def over_total(entries: Sequence[Worked], person: Person, cycle: Cycle, total: int) -> Iterator[Worked]:
    """The entries with what lies over the total at 150 %: the last minutes of the cycle, so the last days'."""
    before = cycle.before.get(person.number, 0)
    why = Text("over the cycle's {hours} hours", hours=f"{total / 60:g}")
    if before > total:
        yield Worked(person.number, None, 150, before - total, why)
    room = max(total - before, 0)
    for entry in entries:
        if entry.rate != 100:  # noqa: PLR2004 - a rate of the law
            yield entry
            continue
        within = min(entry.minutes, room)
        room -= within
        if within:
            yield replace(entry, minutes=within)
        if entry.minutes > within:
            yield replace(entry, rate=150, minutes=entry.minutes - within, why=why)


def leave_minutes(person: str, attendance: Attendance) -> int:
    """Leave of the period: it makes the total smaller, so that nobody works leave off."""
    total = attendance.months.get(person)
    return int(sum(hours for _, hours in total.leave) * 60) if total else 0
