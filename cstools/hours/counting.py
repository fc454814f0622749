"""The one door: a period's hours of everybody, by each one's system of working hours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from cstools.attendance.facts import Attendance
from cstools.attendance.settings import HoursSettings
from cstools.days import Calendar
from cstools.duties import Board
from cstools.hours.worked import Hours
from cstools.people import Person


@dataclass(frozen=True, slots=True)
class Cycle:
    """A cycle of 综合计算工时: its days, and each person's minutes at 100 % in it before the period that is counted.

    What lies over the cycle's standard total is paid at 150 % when the cycle ends, so in the period with its last day.
    """

    first: date
    last: date
    before: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


def count_hours(
    people: Iterable[Person], attendance: Attendance, board: Board, calendar: Calendar, settings: HoursSettings,
    cycle: Cycle | None = None,
) -> Hours:  # fmt: skip
    """The hours of a period. ``board``: the published roster; ``cycle``: by default the period itself.

    Raises UnknownYear where the calendar doesn't know the year.
    """
    return Hours(attendance.first, attendance.last)
