"""What kind of day it is for somebody: a workday, a rest day, or a statutory holiday."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cstools.attendance.facts import DayKind
from cstools.attendance.settings import HoursSettings
from cstools.days import DAY, Calendar, Minutes
from cstools.duties import Board, Cell, Version, board, rests_owed, versions
from cstools.journal import Journal


@dataclass(frozen=True)
class Planned:
    """The published roster, and what is known of rest days that became workdays.

    ``owed``: people and days of rest-day work for which another rest is owed; ``called``: those of a duty on what the
    roster had as a rest day.
    """

    board: Board
    owed: frozenset[Cell] = frozenset()
    called: frozenset[Cell] = frozenset()

    @classmethod
    def of(cls, journal: Journal) -> "Planned":
        """As a roster desk's journal has it now."""
        owed = frozenset((day, person) for person, day in rests_owed(journal))
        return cls(board(journal), owed, called_in(versions(journal)))


@dataclass(frozen=True)
class Days:
    """The days as the desk's choice has them. On days that aren't published the calendar decides which are rests."""

    planned: Planned
    calendar: Calendar
    settings: HoursSettings

    def kind(self, person: str, day: date) -> DayKind:
        """What law calls a day. Raises UnknownYear where the calendar doesn't know the year."""
        if self.calendar.is_statutory(day):
            return "holiday"
        if self.settings.rest_days == "roster" and day in self.planned.board.days:
            rest = self.planned.board.of(person, day) is None or (day, person) in self.planned.called
        else:
            rest = self.calendar.is_rest_day(day)
        return "rest" if rest else "workday"

    def parts(self, person: str, day: date, start: Minutes, end: Minutes) -> list[tuple[DayKind, Minutes, Minutes]]:
        """A span of time from a day's midnight as parts of one kind each.

        A night is part of the day on which it began, but for the hours that lie in a statutory holiday or no more
        in one: those are paid threefold by the clock.
        """
        own = self.kind(person, day)
        following = day + timedelta(days=1)
        if end <= DAY or (own != "holiday" and not self.calendar.is_statutory(following)):
            return [(own, start, end)]
        parts = [(own, start, min(end, DAY)), (self.kind(person, following), max(start, DAY), end)]
        return [part for part in parts if part[1] < part[2]]


def called_in(found: Iterable[Version]) -> frozenset[Cell]:
    """Who stands in for somebody on a day that the roster had published as a rest day; swaps are the people's own."""
    called: set[Cell] = set()
    for version in found:
        for move in version.moves:
            if version.facts.what == "substitute" and move.before is None and move.after:
                called.add((move.day, move.person))
            elif version.facts.what != "substitute":
                called.discard((move.day, move.person))
    return frozenset(called)
