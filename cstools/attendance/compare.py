"""Attendance against the published roster and the approved leave: what differs, by person and day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from cstools.attendance.facts import Attendance, DayFact
from cstools.attendance.settings import AttendanceSettings
from cstools.days import show_time, span
from cstools.duties import Board, Posted
from cstools.errors import Source
from cstools.language import Text
from cstools.team.leave import Leave

Differing: TypeAlias = Literal["missed", "unplanned", "swapped", "unapproved", "unused"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that attendance and the roster desk don't agree about; ``day`` None: only totals are known.

    ``missed``: planned but not there; ``unplanned``: there but not planned; ``swapped``: somebody there at a time for
    which ``other`` was planned, who wasn't there then, and nobody recorded it (001-027); ``unapproved``: leave in
    attendance that the roster desk hasn't approved; ``unused``: approved leave on a day on which the person was there.
    """

    kind: Differing
    person: str
    day: date | None
    what: Text
    other: str = ""
    source: Source | None = None


def compare(
    attendance: Attendance, board: Board, leaves: Iterable[Leave], settings: AttendanceSettings
) -> Iterator[Difference]:
    """Every difference within the period by day and person; only of days that are published and covered."""
    granted = [leave for leave in leaves if leave.approved]
    for day in span(attendance.first, attendance.last):
        if day in attendance.covered:
            yield from _Day(attendance, board, granted, day).differences()
    for person, total in attendance.months.items():
        approved = Decimal(sum(_length(leave, attendance) for leave in granted if leave.person == person))
        taken = sum((hours for _, hours in total.leave), Decimal(0)) / settings.leave_day
        if not attendance.daily(person) and taken > approved:
            what = Text("{taken} days of leave in attendance, {approved} approved", taken=taken, approved=approved)
            yield Difference("unapproved", person, None, what, source=total.source)


def _length(leave: Leave, attendance: Attendance) -> Decimal:
    """The days of a leave that lie within the period."""
    first, last = max(leave.first, attendance.first), min(leave.last, attendance.last)
    return Decimal(max((last - first).days + 1, 0)) / (2 if leave.half else 1)


@dataclass(frozen=True)
class _Day:
    """One day of everybody whose days are known."""

    attendance: Attendance
    board: Board
    leaves: Sequence[Leave]
    day: date

    def differences(self) -> Iterator[Difference]:
        known = {person for person, _ in self.attendance.days}
        planned = {person for day, person in self.board.cells if day == self.day}
        people = sorted(known | (planned if known else set()))
        published = self.day in self.board.days
        missed = [person for person in people if published and self._missed(person)]
        strange = [person for person in people if published and self._strange(person)]
        for person in people:
            fact = self.attendance.of(person, self.day)
            if person in missed:
                yield self._difference("missed", person, Text("planned {shift}, not there", shift=self._shift(person)))
            elif fact and person in strange:
                yield self._there(person, fact, [*missed, *strange])
            if fact:
                yield from self._leave(person, fact)

    def _missed(self, person: str) -> bool:
        fact = self.attendance.of(person, self.day)
        if self.board.of(person, self.day) is None or self._granted(person):
            return False
        return fact is None or not (fact.leave or fact.attended)

    def _strange(self, person: str) -> bool:
        """Whether somebody was there without a duty, or for less than half of it."""
        fact, posted = self.attendance.of(person, self.day), self.board.of(person, self.day)
        if fact is None or (fact.start is None and fact.end is None):
            return False
        return posted is None or (not fact.leave and not _there(fact, posted))

    def _there(self, person: str, fact: DayFact, missing: Sequence[str]) -> Difference:
        """Somebody there who wasn't planned then: in place of another one, or only so."""
        for other in missing:
            posted = self.board.of(other, self.day)
            if other != person and posted and _there(fact, posted):
                name = self.board.name(other)
                what = Text("{times} in place of {name}, no change is recorded", times=_times(fact), name=name)
                return self._difference("swapped", person, what, other)
        what = Text("there at {times}, planned {shift}", times=_times(fact), shift=self._shift(person))
        return self._difference("unplanned", person, what)

    def _leave(self, person: str, fact: DayFact) -> Iterator[Difference]:
        granted = self._granted(person) or self._granted(person, half=True)
        if fact.leave and not granted:
            kinds = tuple(kind for kind, _ in fact.leave)
            yield self._difference("unapproved", person, Text("{kinds}: not approved in the roster desk", kinds=kinds))
        if self._granted(person) and (fact.start is not None or fact.end is not None):
            yield self._difference("unused", person, Text("approved leave, but there at {times}", times=_times(fact)))

    def _granted(self, person: str, *, half: bool = False) -> bool:
        return any(leave.person == person and bool(leave.half) == half and leave.first <= self.day <= leave.last
                   for leave in self.leaves)  # fmt: skip

    def _shift(self, person: str) -> Text | str:
        posted = self.board.of(person, self.day)
        return posted.shift.name if posted else Text("rest")

    def _difference(
        self, kind: Differing, person: str, what: Text, other: str = ""
    ) -> Difference:  # fmt: skip
        fact = self.attendance.of(person, self.day)
        return Difference(kind, person, self.day, what, other, fact.source if fact else None)


def _there(fact: DayFact, posted: Posted) -> bool:
    """Whether somebody was there for at least half of a duty; one punch counts by its own moment."""
    start = posted.shift.start if fact.start is None else fact.start
    end = posted.shift.end if fact.end is None else fact.end
    overlap = min(end, posted.shift.end) - max(start, posted.shift.start)
    return 2 * overlap >= posted.shift.end - posted.shift.start


def _times(fact: DayFact) -> str:
    return "-".join("?" if minutes is None else show_time(minutes) for minutes in (fact.start, fact.end))
