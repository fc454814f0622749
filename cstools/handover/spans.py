"""How long something may take, as people write it: 5分钟, 24小时, 当日18:00, 次日, 7天, 3个工作日, 用餐+10分钟."""

import enum
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cstools.days import Calendar, UnknownYear, read_time, show_time
from cstools.language import Text, mark
from cstools.tables.kinds import Kind


class Unit(enum.Enum):
    """What a span counts."""

    MINUTES = "minutes"
    DAY_AT = "day_at"  # a time of the same day, or of the next
    DAYS = "days"
    WORKDAYS = "workdays"
    MEAL = "meal"


@dataclass(frozen=True, slots=True)
class Span:
    """A time allowed. MINUTES from the beginning; DAYS and WORKDAYS to the end of the last of them; DAY_AT ``clock``
    minutes after midnight of the day so many days later; MEAL minutes after the customer's meal time.
    """

    unit: Unit
    count: int
    clock: int = 0

    def after(self, begun: datetime, meal_at: datetime | None, calendar: Calendar) -> datetime | None:
        """When the time is over; None where it hangs on a meal whose time isn't known."""
        if self.unit is Unit.MINUTES:
            return begun + timedelta(minutes=self.count)
        if self.unit is Unit.MEAL:
            return None if meal_at is None else meal_at + timedelta(minutes=self.count)
        midnight = datetime.combine(begun.date(), time())
        if self.unit is Unit.DAY_AT:
            return midnight + timedelta(days=self.count, minutes=self.clock)
        if self.unit is Unit.DAYS:
            return midnight + timedelta(days=self.count + 1)
        return datetime.combine(_workday(begun.date(), self.count, calendar), time()) + timedelta(days=1)


def _workday(day: date, count: int, calendar: Calendar) -> date:
    """The so many-th working day after a day. In a year without holidays told, Monday to Friday: rather too early."""
    while count:
        day += timedelta(days=1)
        try:
            count -= calendar.is_workday(day)
        except UnknownYear:
            count -= not calendar.is_weekend(day)
    return day


_CLOCK = r"(\d{1,2}:\d\d)"
_PATTERNS = (
    (re.compile(r"(\d+)(?:分钟|分|min(?:utes?)?)"), Unit.MINUTES, 1),
    (re.compile(r"(\d+)(?:个?小时|时|h(?:ours?)?)"), Unit.MINUTES, 60),
    (re.compile(r"(\d+)(?:个?工作日|workdays?|workingdays?)"), Unit.WORKDAYS, 1),
    (re.compile(r"(\d+)(?:天|日|d(?:ays?)?)"), Unit.DAYS, 1),
    (re.compile(r"(\d+)(?:周|weeks?)"), Unit.DAYS, 7),
    (re.compile(r"(?:用餐|meal)\+(\d+)(?:分钟|分|min(?:utes?)?)"), Unit.MEAL, 1),
)
_SAME_DAY = re.compile(rf"(?:当日|当天|sameday){_CLOCK}")
_NEXT_DAY = re.compile(rf"(?:次日|第二天|nextday){_CLOCK}?")


def read_span(value: object) -> Span:
    """A span from what people write; ValueError for all else."""
    words = re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(value))).lower()
    for pattern, unit, times in _PATTERNS:
        if found := pattern.fullmatch(words):
            return Span(unit, int(found[1]) * times)
    if found := _SAME_DAY.fullmatch(words):
        return Span(Unit.DAY_AT, 0, read_time(found[1]))
    if found := _NEXT_DAY.fullmatch(words):
        return Span(Unit.DAY_AT, 1, read_time(found[1] or "24:00"))
    raise ValueError(value)


def show_span(span: Span) -> str:
    """A span as people write it, in the language spoken."""
    if span.unit is Unit.MINUTES and span.count % 60 == 0 and span.count:
        return str(Text("{count} h", count=span.count // 60))
    if span.unit is Unit.DAY_AT and span.count:
        return str(Text("next day {clock}", clock=show_time(span.clock)))
    words = {
        Unit.MINUTES: mark("{count} min"),
        Unit.DAY_AT: mark("same day {clock}"),
        Unit.DAYS: mark("{count} days"),
        Unit.WORKDAYS: mark("{count} workdays"),
        Unit.MEAL: mark("meal+{count} min"),
    }
    return str(Text(words[span.unit], count=span.count, clock=show_time(span.clock)))


span_kind = Kind(
    read_span,
    Text("not a time allowed"),
    Text("such as 30分钟, 24小时, 当日18:00, 次日, 7天, 3个工作日 or 用餐+10分钟"),
    show_span,
    "@",
)
