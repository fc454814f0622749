"""What law limits, as warnings: overtime a day and a month, hours a week."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cstools.attendance.settings import HoursSettings
from cstools.days import week_of
from cstools.hours.worked import Warned, Worked
from cstools.language import Text

if TYPE_CHECKING:
    from datetime import date


def warnings(person: str, entries: Sequence[Worked], settings: HoursSettings) -> Iterator[Warned]:
    """A person's warnings of a period, by day.

    Overtime is what is paid at 150 and at 200 % (Labour Law art. 41: 3 hours a day, 36 a month); the week's limit (40
    hours: State Council order 174) is of what is paid at 100 %.
    """
    days: dict[date, int] = {}
    weeks: dict[date, int] = {}
    for entry in entries:
        if entry.day and entry.rate == 150:  # noqa: PLR2004 - a rate of the law
            days[entry.day] = days.get(entry.day, 0) + entry.minutes
        if entry.day and entry.rate == 100:  # noqa: PLR2004
            monday = week_of(entry.day)[0]
            weeks[monday] = weeks.get(monday, 0) + entry.minutes
    for day, minutes in sorted(days.items()):
        if minutes > settings.day_limit:
            yield Warned(person, day, Text("{hours} hours of overtime in a day, {limit} by law",
                                           hours=_hours(minutes), limit=_hours(settings.day_limit)))  # fmt: skip
    for monday, minutes in sorted(weeks.items()):
        if minutes > settings.week:
            yield Warned(person, monday, Text("{hours} hours in the week of {day}, {limit} by law", day=monday,
                                              hours=_hours(minutes), limit=_hours(settings.week)))  # fmt: skip
    overtime = sum(entry.minutes for entry in entries if entry.rate in {150, 200})
    if overtime > settings.month_limit:
        yield Warned(person, None, Text("{hours} hours of overtime in the period, {limit} a month by law",
                                        hours=_hours(overtime), limit=_hours(settings.month_limit)))  # fmt: skip


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")
