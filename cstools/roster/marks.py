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
    if not calendar.known(day.year):
        return Mark(day, weekend, weekend=weekend)
    rest = calendar.is_rest_day(day)
    holiday = (calendar.name(day) or str(Text("holiday"))) if calendar.is_holiday(day) else ""
    return Mark(day, rest, holiday, weekend, weekend and not rest)


def mark_days(calendar: Calendar, days: Iterable[date]) -> dict[date, Mark]:
    """What the calendar makes of some days."""
    return {day: mark_day(calendar, day) for day in days}
