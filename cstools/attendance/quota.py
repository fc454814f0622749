"""Rest days and leave used up against the monthly quota (001-023, 001-026)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from cstools.attendance.events import events
from cstools.attendance.facts import Attendance
from cstools.attendance.settings import AttendanceSettings
from cstools.errors import Source
from cstools.language import Text
from cstools.tables.grid import fold


@dataclass(frozen=True, slots=True)
class Use:
    """One use of the quota: a rest day, leave or a missing punch; on a day (None: somewhere in the period)."""

    kind: Literal["rest", "leave", "missing"]
    day: date | None
    count: Decimal
    why: Text
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """What a person used of the quota, and what lies ``beyond`` it: never a rest day; each leave is an absence
    (001-026).
    """  # fmt: skip

    person: str
    allowed: int
    uses: tuple[Use, ...]
    beyond: tuple[Use, ...]


def quotas(attendance: Attendance, settings: AttendanceSettings) -> Mapping[str, Quota]:
    """Everybody's quota of the period, by number. Rest days use it up first, then leave and missing punches by day."""
    missing: dict[str, list[Use]] = {}
    for event in events(attendance, settings):
        if event.kind == "missing":
            use = Use("missing", event.day, event.count, Text("a forgotten punch counts as a rest day"), event.source)
            missing.setdefault(event.person, []).append(use)
    return {
        person: _quota(person, [*_rests(attendance, person, settings)],
                       [*_leaves(attendance, person, settings), *missing.get(person, [])], settings)
        for person in attendance.months
    }  # fmt: skip


def _quota(person: str, rests: Sequence[Use], others: Sequence[Use], settings: AttendanceSettings) -> Quota:
    room = max(Decimal(settings.quota) - sum((use.count for use in rests), Decimal(0)), Decimal(0))
    beyond = []
    ordered = sorted(others, key=lambda use: (use.day or date.max, use.kind))
    for use in ordered:
        over = max(use.count - room, Decimal(0))
        room = max(room - use.count, Decimal(0))
        if over:
            beyond.append(replace(use, count=over))
    return Quota(person, settings.quota, (*rests, *ordered), tuple(beyond))


def _rests(attendance: Attendance, person: str, settings: AttendanceSettings) -> Iterator[Use]:
    if not settings.quota_rests:
        return
    why = Text("a rest day")
    facts = attendance.daily(person)
    for fact in facts:
        if fact.rest and not fact.attended:
            yield Use("rest", fact.day, Decimal(1), why, fact.source)
    total = attendance.months[person]
    if not facts and total.rest:
        yield Use("rest", None, total.rest, why, total.source)


def _leaves(attendance: Attendance, person: str, settings: AttendanceSettings) -> Iterator[Use]:
    """Leave of the kinds that count; by times, days without a gap are one."""
    kinds = {fold(kind) for kind in settings.quota_leave or ()}
    facts = attendance.daily(person)
    last: dict[str, date] = {}
    for fact in facts:
        for kind, hours in fact.leave:
            if fold(kind) not in kinds:
                continue
            goes_on = last.get(kind) == fact.day - timedelta(days=1)
            last[kind] = fact.day
            if settings.quota_by == "days" or not goes_on:
                count = hours / settings.leave_day if settings.quota_by == "days" else Decimal(1)
                yield Use("leave", fact.day, count, Text("leave: {kind}", kind=kind), fact.source)
    total = attendance.months[person]
    for kind, hours in total.leave if not facts else ():
        if fold(kind) in kinds:
            days = hours / settings.leave_day
            count = days if settings.quota_by == "days" else days.to_integral_value(rounding="ROUND_UP")
            yield Use("leave", None, count, Text("leave: {kind}", kind=kind), total.source)
