"""What a desk's rules are about: each lateness, absence, missing punch and early leave, with its day and its source."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from cstools.attendance.facts import Attendance, DayFact, MonthFact
from cstools.attendance.settings import AttendanceSettings
from cstools.errors import Source

EventKind: TypeAlias = Literal["late", "absence", "truancy", "early", "missing"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day (None: somewhere in the period, a total of ``count``).

    ``late``: so many minutes, up to the desk's line; ``absence`` (缺勤, 001-024): late by more than that;
    ``truancy`` (旷工, 001-025): away without leave, ``count`` in days; ``missing`` (001-023): a punch forgotten, which
    uses up a rest day, once a day; ``minutes`` is 0 where the source doesn't say.
    """

    kind: EventKind
    person: str
    day: date | None
    minutes: int = 0
    count: Decimal = Decimal(1)
    source: Source | None = None


def events(attendance: Attendance, settings: AttendanceSettings) -> Iterator[Event]:
    """Every event by person and day; from the totals for whoever has no days."""
    for person, total in attendance.months.items():
        facts = attendance.daily(person)
        for fact in facts:
            yield from _of_day(fact, settings)
        if not facts:
            yield from _of_total(total, settings)


def _of_day(fact: DayFact, settings: AttendanceSettings) -> Iterator[Event]:
    if fact.late:
        kind: EventKind = "absence" if fact.late > settings.absent_after else "late"
        yield Event(kind, fact.person, fact.day, fact.late, source=fact.source)
    if fact.early:
        yield Event("early", fact.person, fact.day, fact.early, source=fact.source)
    if fact.missing:
        yield Event("missing", fact.person, fact.day, source=fact.source)
    if fact.absent:
        yield Event("truancy", fact.person, fact.day, count=fact.absent, source=fact.source)


def _of_total(total: MonthFact, settings: AttendanceSettings) -> Iterator[Event]:
    severe: EventKind = "absence" if settings.severe_late == "absence" else "late"
    counted: tuple[tuple[EventKind, int | Decimal, int | None], ...] = (
        (_by_minutes("late", total.late, total.late_minutes, settings), total.late, total.late_minutes),
        (_by_minutes(severe, total.severe, total.severe_minutes, settings), total.severe, total.severe_minutes),
        ("absence", total.truant, 0),
        ("early", total.early, total.early_minutes),
        ("missing", total.missing, 0),
        ("truancy", total.absent, 0),
    )
    for kind, count, minutes in counted:
        if count:
            yield Event(kind, total.person, None, minutes or 0, Decimal(count), total.source)


def _by_minutes(kind: EventKind, count: int, minutes: int | None, settings: AttendanceSettings) -> EventKind:
    """Whether a single lateness of a total, whose minutes are known, is an absence."""
    if count != 1 or not minutes:
        return kind
    return "absence" if minutes > settings.absent_after else "late"
