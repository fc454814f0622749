"""What a desk's rules are about: each lateness, absence, missing punch and early leave, with its day and its source."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from cstools.attendance.facts import Attendance
from cstools.attendance.settings import AttendanceSettings
from cstools.errors import Source

EventKind: TypeAlias = Literal["late", "absence", "truancy", "early", "missing"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day (None: somewhere in the period, a total of ``count``).

    ``late``: so many minutes, up to the desk's line; ``absence`` (缺勤, 001-024): late by more than that;
    ``truancy`` (旷工, 001-025): away without leave, ``count`` in days; ``missing`` (001-023): a punch forgotten, which
    uses up a rest day; ``minutes`` is 0 where the source doesn't say.
    """

    kind: EventKind
    person: str
    day: date | None
    minutes: int = 0
    count: Decimal = Decimal(1)
    source: Source | None = None


def events(attendance: Attendance, settings: AttendanceSettings) -> Iterator[Event]:
    """Every event by person and day; from the totals for whoever has no days."""
    yield from ()
