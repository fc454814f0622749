"""The hours of a duty itself: planned, less what was missed."""

from collections.abc import Iterator
from decimal import Decimal

from cstools.attendance.facts import Attendance, DayFact, DayKind
from cstools.days import Minutes
from cstools.duties import Posted
from cstools.errors import Source
from cstools.hours.kinds import Days
from cstools.language import Text


def normal(posted: Posted, attendance: Attendance, days: Days) -> Iterator[tuple[DayKind, int, Text, Source | None]]:
    """Kind of day, minutes, reason and source of a duty's own hours; none where the person wasn't there.

    Where attendance has nothing by days of this person, the duty counts as planned. Time in a holiday is told apart by
    the clock; an unpaid break is shared out over the parts by their length.
    """
    person, day = posted.duty.person, posted.duty.day
    fact = attendance.of(person, day)
    known = bool(attendance.daily(person)) and day in attendance.covered
    paid = _paid(posted, fact) if fact else 0 if known else posted.shift.paid
    if paid <= 0:
        return
    why = _why(posted, fact)
    parts = days.parts(person, day, posted.shift.start, posted.shift.end)
    left = paid
    for place, (kind, start, end) in enumerate(parts, 1):
        minutes = left if place == len(parts) else _share(paid, end - start, posted)
        left -= minutes
        yield kind, minutes, why, fact.source if fact else None


def _paid(posted: Posted, fact: DayFact) -> int:
    """The paid minutes less lateness, early leave, leave and truancy."""
    leave = sum((hours for _, hours in fact.leave), Decimal(0)) * 60
    there = 1 - fact.absent
    if not fact.attended and not fact.leave and not fact.absent:
        return 0
    return max(int(posted.shift.paid * there) - fact.late - fact.early - int(leave), 0)


def _share(paid: int, length: Minutes, posted: Posted) -> int:
    return paid * length // (posted.shift.end - posted.shift.start)


def _why(posted: Posted, fact: DayFact | None) -> Text:
    shift = posted.shift.name
    if fact is None:
        return Text("{shift} as planned", shift=shift)
    missed = {"late": fact.late or None, "early": fact.early or None}
    leave = tuple(f"{kind} {hours:g} h" for kind, hours in fact.leave) or None
    return Text(
        "{shift}[[, {late} minutes late]][[, {early} minutes early]][[, {leave}]]", shift=shift, leave=leave, **missed
    )
