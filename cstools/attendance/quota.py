"""Rest days and leave used up against the monthly quota (001-023, 001-026)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cstools.attendance.facts import Attendance
from cstools.attendance.settings import AttendanceSettings
from cstools.errors import Source
from cstools.language import Text


@dataclass(frozen=True, slots=True)
class Use:
    """One use of the quota: on a day (None: somewhere in the period), how many, and why."""

    day: date | None
    count: Decimal
    why: Text
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """What a person used of the quota in order, and what of it lies beyond (each such leave is an absence, 001-026)."""

    person: str
    allowed: int
    uses: tuple[Use, ...]
    beyond: tuple[Use, ...]


def quotas(attendance: Attendance, settings: AttendanceSettings) -> Mapping[str, Quota]:
    """Everybody's quota of the period, by number."""
    return {}
