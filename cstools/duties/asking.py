"""What can be asked of the published roster: now from the journal's cards, as of earlier from its events."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from cstools.duties import cards
from cstools.duties.board import Board, Cell, Move, Posted
from cstools.duties.version import AsOf, Facts, Version, absences, replay
from cstools.journal import Journal, Pages
from cstools.shifts import DAY, Duty

if TYPE_CHECKING:
    from cstools.desk import Desk


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody on duty at a moment; ``eating`` where it lies in their meal."""

    posted: Posted
    name: str
    eating: bool

    @property
    def duty(self) -> Duty:
        """Whose duty it is, on which day, shift and posts."""
        return self.posted.duty


def duties(journal: Journal | Pages, first: date, last: date, as_of: AsOf = None) -> list[Duty]:
    """The duties of some days, both included, in order; ``as_of`` a version or a moment of recording."""
    return [posted.duty for posted in board(journal, as_of).within(first, last)]


def on_duty_at(journal: Journal | Pages, moment: datetime, as_of: AsOf = None) -> list[OnDuty]:
    """Who is on duty at a moment, on which shift and post, shifts that began the day before included.

    A shift's end is no longer on duty. Who is at a meal is there, flagged. An open-ended shift counts to its planned
    end; when it really ended is attendance's to say.
    """
    now, day = board(journal, as_of), moment.date()
    minute = day.toordinal() * DAY + moment.hour * 60 + moment.minute
    there = [posted for posted in now.within(day - timedelta(days=1), day) if posted.span[0] <= minute < posted.span[1]]
    return [OnDuty(posted, now.name(posted.duty.person), _eats(posted.duty, minute)) for posted in there]


def past(desk: "Desk", before: date, days: int) -> tuple[frozenset[Duty], frozenset[date]]:
    """The published duties of so many days before a day, and which of those days are published at all."""
    first, last = before - timedelta(days=days), before - timedelta(days=1)
    now = board(desk.journal)
    known = frozenset(day for day in now.days if first <= day <= last)
    return frozenset(posted.duty for posted in now.within(first, last)), known


def board(journal: Journal | Pages, as_of: AsOf = None) -> Board:
    """Everything that is published, now or as of a version or a moment of recording. Version 0 is the empty board."""
    if as_of is None:
        with _cards(journal) as pages:
            if pages:
                return cards.read_board(pages)
    return replay(journal, as_of)[1]


def versions(journal: Journal | Pages) -> list[Version]:
    """Every version in order."""
    return replay(journal, None)[0]


def moves_on(journal: Journal | Pages, day: date) -> list[tuple[Facts, Move]]:
    """What each version changed on a day, in order, with what is known of the version."""
    with _cards(journal) as pages:
        if pages:
            return cards.read_moves_on(pages, day)
    return [(version.facts, move) for version in versions(journal) for move in version.moves if move.day == day]


def version_of_row(journal: Journal | Pages, row: str) -> Version | None:
    """The version that the row of a sheet became; None where it never was recorded."""
    with _cards(journal) as pages:
        if pages:
            return cards.read_row(pages, row)
    return next((version for version in versions(journal) if version.facts.row == row), None)


def rests_owed(journal: Journal | Pages) -> list[tuple[str, date]]:
    """Person and day of every rest owed, where the work that earned it still stands."""
    with _cards(journal) as pages:
        if pages:
            now, booked = cards.read_board(pages), cards.read_rests(pages)
        else:
            found, now = replay(journal, None)
            booked = list(dict.fromkeys(rest for version in found for rest in version.facts.rests))
    return [(person, day) for person, day in booked if now.of(person, day)]


def unfilled(journal: Journal | Pages) -> dict[Cell, Posted]:
    """The duties that somebody was recorded absent from and that nobody has taken since."""
    with _cards(journal) as pages:
        if pages:
            return cards.read_absences(pages)
    return absences(versions(journal))


@contextmanager
def _cards(journal: Journal | Pages) -> Iterator[Pages | None]:
    """The journal's pages where its cards tell all; None where only its events do, or nothing was ever recorded."""
    if isinstance(journal, Pages):
        yield journal if cards.in_step(journal) else None
        return
    with journal.reading() as pages:
        yield pages if pages and cards.in_step(pages) else None


def _eats(duty: Duty, minute: int) -> bool:
    since = minute - duty.day.toordinal() * DAY
    return duty.meal is not None and duty.meal[0] <= since < duty.meal[1]
