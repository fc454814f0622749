"""What a calendar makes of a day on a printed roster; a year that nobody has told us of has plain weekends only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cstools.days import Calendar
from cstools.language import WEEKDAYS, Text


@dataclass(frozen=True, slots=True)
class Mark:
    """A day: whether people rest that day by the calendar, in which named holiday, or work though it is a weekend."""

    day: date
    rest: bool
    holiday: str = ""
    weekend: bool = False
    makeup: bool = False

    @property
    def weekday(self) -> str:
        """The weekday as short as a narrow column needs it: 一, Mon."""
        return str(Text(WEEKDAYS[self.day.weekday()])).removeprefix("周")

    @property
    def word(self) -> str:
        """The holiday's name, the word for a make-up workday, or nothing."""
        return self.holiday or (str(Text("make-up day")) if self.makeup else "")


def mark_day(calendar: Calendar, day: date) -> Mark:
    """What the calendar makes of a day."""
    weekend = calendar.is_weekend(day)
    if calendar.known(day.year):
        rest, named, name = calendar.is_rest_day(day), calendar.is_holiday(day), calendar.name(day)
    elif row := calendar.marked.get(day):  # the desk has told of this day, though not of the whole year
        rest, named, name = row.kind != "work", row.kind != "work", row.name
    else:
        return Mark(day, weekend, weekend=weekend)
    return Mark(day, rest, (name or str(Text("holiday"))) if named else "", weekend, weekend and not rest)


def mark_days(calendar: Calendar, days: Iterable[date]) -> dict[date, Mark]:
    """What the calendar makes of some days."""
    return {day: mark_day(calendar, day) for day in days}
