"""Which shift changes there are, from the published roster: who goes and who comes, and when."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from cstools.days import span
from cstools.desk.settings import Settings
from cstools.duties import Board, Posted, board, unfilled
from cstools.handover.change import Change, Worker, clock, shifts_of, together, worker_start
from cstools.handover.staff import Staff
from cstools.journal import Journal
from cstools.people import Person
from cstools.shifts import Shift, ShiftBook
from cstools.team.leave import Leave

AHEAD: Final = 14  # days in which the next start is looked for


@dataclass(frozen=True)
class Changes:
    """The changes that a published roster makes, for a group (``team``) of it or for the whole desk.

    ``shifts`` are what the desk has on days that aren't published.
    """

    board: Board
    people: tuple[Person, ...]
    settings: Settings
    team: str = ""
    journal: Journal | None = None
    leave: tuple[Leave, ...] = ()
    shifts: ShiftBook = field(default_factory=lambda: ShiftBook({}))

    @cached_property
    def staff(self) -> Staff:
        """Whose changes they are."""
        return Staff(self.board, self.people, self.team, self.journal, self.leave)

    def _on_day(self, day: date) -> list[Posted]:
        """The duties of a day, by person."""
        if day not in self._days:
            self._days[day] = sorted(self.board.within(day, day), key=lambda posted: posted.duty.person)
        return self._days[day]

    @cached_property
    def _days(self) -> dict[date, list[Posted]]:
        return {}

    def on(self, day: date) -> list[Change]:
        """The changes of the shifts of a day, by their clock time; those at the same time are one."""
        found: dict[datetime, Change] = {}
        for change in self._each(day):
            same = found.get(change.at)
            found[change.at] = together(same, change) if same else change
        return [found[at] for at in sorted(found)]

    def of(self, day: date, shift: str) -> Change:
        """The change in which a day's shift ends; one without people where no roster has that shift on that day."""
        for change in self.on(day):
            if any(each.code == shift for _, each in change.shifts):
                return change
        begin, end = self._planned(day, shift)
        coming = self._starting(end - timedelta(hours=2), end + timedelta(days=AHEAD))
        started = min((worker_start(each) for each in coming), default=None)
        relief = tuple(each for each in coming if worker_start(each) == started)
        due, comes = end - timedelta(minutes=self.settings.arrive_before), shifts_of(relief)
        return Change(self.team, day, shift, end, begin, end, started, due, written=True, rostered=False,
                      relief=relief, relief_shifts=comes, staff=self.staff.lines(day, comes))  # fmt: skip

    def next_after(self, moment: datetime) -> Change | None:
        """The first change after a moment; None where nothing is published for the next days."""
        days = span(moment.date() - timedelta(days=1), moment.date() + timedelta(days=AHEAD))
        return next((change for day in days for change in self.on(day) if change.at > moment), None)

    def on_duty(self, moment: datetime) -> tuple[Worker, ...]:
        """Who is on at a moment: first whoever has the post of that name, then the 组长, then the others by number."""
        here = [
            worker for worker in self._workers(moment.date() - timedelta(days=1), moment.date())
            if worker_start(worker) <= moment < clock(worker.day, worker.shift.end)
        ]  # fmt: skip
        post = self.settings.handover.on_duty
        return tuple(sorted(here, key=lambda worker: (post not in worker.posts, not worker.leader, worker.number)))

    def between(self, first: datetime, last: datetime) -> list[Change]:
        """The changes whose clock time lies after ``first`` and not after ``last``, in order."""
        days = span(first.date() - timedelta(days=1), last.date())
        found = [change for day in days for change in self.on(day) if first < change.at <= last]
        return sorted(found, key=lambda change: change.at)

    def unpublished(self, first: datetime, last: datetime) -> list[tuple[datetime, date, str]]:
        """What would end after ``first`` and not after ``last`` on days that nobody has published: when, whose day it
        is and which of the desk's shifts, in order.
        """
        days = [day for day in span(first.date() - timedelta(days=1), last.date()) if day not in self.board.days]
        ends = [(clock(day, shift.end), day, code) for day in days for code, shift in self.shifts.on(day).items()]
        return sorted(end for end in ends if first < end[0] <= last)

    def _each(self, day: date) -> Iterator[Change]:
        by_shift: dict[Shift, list[Worker]] = {}
        for worker in self._workers(day, day):
            by_shift.setdefault(worker.shift, []).append(worker)
        for shift, goers in by_shift.items():
            yield self._change(day, shift, tuple(goers))

    def _change(self, day: date, shift: Shift, goers: tuple[Worker, ...]) -> Change:
        begins, ends = clock(day, shift.start), clock(day, shift.end)
        coming = self._relief(begins, ends)
        relief = tuple(worker for worker in coming if worker not in self._absent)
        missing = tuple(worker for worker in coming if worker in self._absent)
        started = worker_start(coming[0]) if coming else None
        early = timedelta(minutes=self.settings.arrive_before)
        written = started is None or started - early >= ends
        overlap = timedelta(minutes=self.settings.handover.longest_overlap)
        at = started if started and not written and ends - overlap <= started <= ends else ends
        shifts, comes = ((day, shift),), shifts_of(coming)
        return Change(self.team, day, shift.code, at, begins, ends, started, at - early, written, rostered=True,
                      shifts=shifts, relief_shifts=comes, outgoing=goers, relief=relief, missing=missing,
                      staff=self.staff.lines(day, (*shifts, *comes)))  # fmt: skip

    def _relief(self, begins: datetime, ends: datetime) -> tuple[Worker, ...]:
        """Who goes on when a shift ends: those whose start lies nearest to its end, of all who came later and stay.

        Whoever is absent without a substitute is waited for, too.
        """
        coming = self._starting(begins, ends + timedelta(days=AHEAD))
        later = [
            worker for worker in (*coming, *self._absent)
            if begins <= worker_start(worker) <= ends + timedelta(days=AHEAD)
            and worker_start(worker) > begins and clock(worker.day, worker.shift.end) > ends
        ]  # fmt: skip
        nearest = min((abs(worker_start(worker) - ends) for worker in later), default=None)
        return tuple(worker for worker in later if abs(worker_start(worker) - ends) == nearest)

    @cached_property
    def _absent(self) -> tuple[Worker, ...]:
        """Whoever was recorded absent and nobody stands in for."""
        found = unfilled(self.journal) if self.journal else {}
        return tuple(worker for _, posted in sorted(found.items()) if (worker := self._worker(posted)))

    def _starting(self, first: datetime, last: datetime) -> list[Worker]:
        workers = self._workers(first.date() - timedelta(days=1), last.date())
        return [worker for worker in workers if first <= worker_start(worker) <= last]

    def _workers(self, first: date, last: date) -> Iterator[Worker]:
        for day in span(first, last):
            for posted in self._on_day(day):
                worker = self._worker(posted)
                if worker is not None:
                    yield worker

    def _worker(self, posted: Posted) -> Worker | None:
        duty = posted.duty
        if not self.staff.has(duty.person, duty.day):
            return None
        person = self.staff.find(duty.person)
        terms = person.on(duty.day) if person else None
        leads = bool(terms and self.settings.handover.leader in terms.skills)
        seats = tuple(post for post in duty.posts if post not in self.settings.handover.chores)
        return Worker(duty.person, self.staff.who(duty.person).name, duty.day, posted.shift, duty.posts, leads, seats)

    def _planned(self, day: date, code: str) -> tuple[datetime, datetime]:
        """From when to when a shift would be: as the desk has it, or else as it was published last before that day; the
        eight hours before midnight where it never was.
        """
        before = (self._on_day(each) for each in sorted(self.board.days, reverse=True) if each <= day)
        known = (posted.shift for posted in itertools.chain.from_iterable(before) if posted.shift.code == code)
        shift = self.shifts.on(day).get(code) or next(known, None)
        begin, end = (shift.start, shift.end) if shift else (16 * 60, 24 * 60)
        return clock(day, begin), clock(day, end)


def read_changes(
    journal: Journal,
    people: Iterable[Person],
    settings: Settings,
    team: str = "",
    leave: Iterable[Leave] = (),
    shifts: ShiftBook | None = None,
) -> Changes:
    """The changes that what is published now makes."""
    told = tuple(leave), shifts or ShiftBook({})
    return Changes(board(journal), tuple(people), settings, team, journal, *told)
