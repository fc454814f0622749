"""Which shift change: who goes and who comes, from the published roster, and when.

A change is known by its group, its day and the shift that ends, never by the time at which somebody asked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Final

from cstools.days import span
from cstools.desk.settings import Settings
from cstools.duties import Board, Move, Posted, Version, board, versions
from cstools.handover.sheet import StaffLine, Who
from cstools.journal import Journal, Pages
from cstools.language import Text, mark
from cstools.people import Person
from cstools.shifts import Shift, ShiftBook
from cstools.team.leave import HALVES, Leave

AHEAD: Final = 14  # days in which the next start is looked for
NOON: Final = 12 * 60  # where half a day's leave ends or begins
CHANGES: Final = {
    "swap": mark("swapped: {before} → {after}"),
    "substitute": mark("stands in: {before} → {after}"),
    "absent": mark("absent: {before} → {after}"),
}


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody on one of the two shifts, on their day; ``seats`` are the posts that somebody must take over."""

    number: str
    name: str
    day: date
    shift: Shift
    posts: tuple[str, ...] = ()
    leader: bool = False
    seats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One shift change.

    ``shift`` is the code of the shift that ends; ``shifts`` and ``relief_shifts`` are what goes and what comes, with
    their days. ``at`` is the change's clock time, ``ends`` when the outgoing shift is over and ``starts`` when the
    relief begins (None: not known). They meet unless ``written``. Without ``rostered`` nobody is known to go.
    """

    team: str
    day: date
    shift: str
    at: datetime
    begins: datetime
    ends: datetime
    starts: datetime | None
    sheet_due: datetime
    written: bool
    rostered: bool
    shifts: tuple[tuple[date, Shift], ...] = ()
    relief_shifts: tuple[tuple[date, Shift], ...] = ()
    outgoing: tuple[Worker, ...] = ()
    relief: tuple[Worker, ...] = ()
    staff: tuple[StaffLine, ...] = ()

    @property
    def key(self) -> str:
        """What it is remembered by."""
        return f"{self.team}|{self.day.isoformat()}|{self.shift}"

    @property
    def late_from(self) -> datetime:
        """The time from which a signature may be late: the end of the overlap, or the relief's start."""
        return max(self.ends, self.at) if not self.written else (self.starts or self.ends)

    def receiver(self, number: str) -> Worker | None:
        """Who takes over from somebody: whoever takes the post, else the relief's 组长, else its first by number."""
        goer = next((worker for worker in self.outgoing if worker.number == number), None)
        if goer is None or not self.relief:
            return None
        same = [worker for worker in self.relief if goer.seats and not set(goer.seats).isdisjoint(worker.seats)]
        leaders = [worker for worker in self.relief if worker.leader]
        return (same or leaders or list(self.relief))[0]

    def empty_seats(self) -> tuple[Worker, ...]:
        """The outgoing people whose seat nobody takes: by post, and the others by number of heads."""
        if self.written or not self.relief:
            return self.outgoing
        comers = list(self.relief)
        left: list[Worker] = []
        for goer in self.outgoing:
            same = next((comer for comer in comers if set(comer.seats) & set(goer.seats)), None)
            if same:
                comers.remove(same)
            else:
                left.append(goer)
        # Somebody without a post may sit anywhere; a post of its own needs its own successor.
        free = sum(not comer.seats for comer in comers)
        seats = [goer for goer in left if goer.seats]
        others = [goer for goer in left if not goer.seats]
        return (*seats, *others[free:])


@dataclass(frozen=True)
class Changes:
    """The changes that a published roster makes, for a group of it or for the whole desk; ``shifts`` are what the desk has
    on days that aren't published.
    """

    board: Board
    people: tuple[Person, ...]
    settings: Settings
    team: str = ""
    versions: tuple[Version, ...] = ()
    leave: tuple[Leave, ...] = ()
    shifts: ShiftBook = field(default_factory=lambda: ShiftBook({}))

    @cached_property
    def _on_day(self) -> dict[date, list[Posted]]:
        found: dict[date, list[Posted]] = {}
        for (day, _), posted in sorted(self.board.cells.items(), key=lambda cell: cell[0]):
            found.setdefault(day, []).append(posted)
        return found

    def on(self, day: date) -> list[Change]:
        """The changes of the shifts of a day, by their clock time; those at the same time are one."""
        found: dict[datetime, Change] = {}
        for change in self._each(day):
            same = found.get(change.at)
            found[change.at] = _together(same, change) if same else change
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
        due, comes = end - timedelta(minutes=self.settings.arrive_before), _shifts_of(relief)
        return Change(self.team, day, shift, end, begin, end, started, due, written=True,
                      rostered=False, relief=relief, relief_shifts=comes, staff=self._staff(day, comes))  # fmt: skip

    def next_after(self, moment: datetime) -> Change | None:
        """The first change after a moment; None where nothing is published for the next days."""
        days = span(moment.date() - timedelta(days=1), moment.date() + timedelta(days=AHEAD))
        return next((change for day in days for change in self.on(day) if change.at > moment), None)

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
        ends = [(_clock(day, shift.end), day, code) for day in days for code, shift in self.shifts.on(day).items()]
        return sorted(end for end in ends if first < end[0] <= last)

    def _each(self, day: date) -> Iterator[Change]:
        by_shift: dict[Shift, list[Worker]] = {}
        for worker in self._workers(day, day):
            by_shift.setdefault(worker.shift, []).append(worker)
        for shift, goers in by_shift.items():
            yield self._change(day, shift, tuple(goers))

    def _change(self, day: date, shift: Shift, goers: tuple[Worker, ...]) -> Change:
        begins, ends = _clock(day, shift.start), _clock(day, shift.end)
        relief = self._relief(begins, ends)
        started = worker_start(relief[0]) if relief else None
        early = timedelta(minutes=self.settings.arrive_before)
        written = started is None or started - early >= ends
        overlap = timedelta(minutes=self.settings.handover.longest_overlap)
        at = started if started and not written and ends - overlap <= started <= ends else ends
        shifts, comes = ((day, shift),), _shifts_of(relief)
        return Change(self.team, day, shift.code, at, begins, ends, started, at - early, written, rostered=True,
                      shifts=shifts, relief_shifts=comes, outgoing=goers, relief=relief,
                      staff=self._staff(day, (*shifts, *comes)))  # fmt: skip

    def _relief(self, begins: datetime, ends: datetime) -> tuple[Worker, ...]:
        """Who goes on when a shift ends: those whose start lies nearest to its end, of all who came later and stay."""
        later = [
            worker for worker in self._starting(begins, ends + timedelta(days=AHEAD))
            if worker_start(worker) > begins and _clock(worker.day, worker.shift.end) > ends
        ]  # fmt: skip
        nearest = min((abs(worker_start(worker) - ends) for worker in later), default=None)
        return tuple(worker for worker in later if abs(worker_start(worker) - ends) == nearest)

    def _starting(self, first: datetime, last: datetime) -> list[Worker]:
        workers = self._workers(first.date() - timedelta(days=1), last.date())
        return [worker for worker in workers if first <= worker_start(worker) <= last]

    def _workers(self, first: date, last: date) -> Iterator[Worker]:
        for day in span(first, last):
            for posted in self._on_day.get(day, ()):
                worker = self._worker(posted)
                if worker is not None:
                    yield worker

    @cached_property
    def _people(self) -> dict[str, Person]:
        return {person.number: person for person in self.people}

    def _ours(self, number: str, day: date) -> bool:
        """Whether somebody belongs to the group asked for on a day."""
        person = self._people.get(number)
        return not self.team or (person is not None and person.on(day).group == self.team)

    def _who(self, number: str) -> Who:
        person = self._people.get(number)
        return Who(number, person.name if person else self.board.name(number))

    def _worker(self, posted: Posted) -> Worker | None:
        duty = posted.duty
        person = self._people.get(duty.person)
        terms = person.on(duty.day) if person else None
        if not self._ours(duty.person, duty.day):
            return None
        leads = bool(terms and self.settings.handover.leader in terms.skills)
        seats = tuple(post for post in duty.posts if post not in self.settings.handover.chores)
        return Worker(duty.person, self._who(duty.person).name, duty.day, posted.shift, duty.posts, leads, seats)

    def _staff(self, day: date, shifts: tuple[tuple[date, Shift], ...]) -> tuple[StaffLine, ...]:
        """The recorded changes of the roster that touch some shifts, and who is on leave on their days; each once."""
        moved = [line for on, shift in shifts for line in self._moved.get((on, shift.code), ())]
        days = {day, *(on for on, _ in shifts)}
        away = [self._leave_line(leave, shifts) for leave in self.leave if leave.approved and self._away(leave, days)]
        return tuple(dict.fromkeys((*moved, *away)))

    def _away(self, leave: Leave, days: Iterable[date]) -> bool:
        return any(leave.first <= day <= leave.last and self._ours(leave.person, day) for day in days)

    def _leave_line(self, leave: Leave, shifts: Iterable[tuple[date, Shift]]) -> StaffLine:
        half = Text(HALVES[leave.half]) if leave.half else None
        what = Text("on leave: {kind}[[ ({half})]]", kind=leave.kind, half=half)
        rostered = [
            shift
            for day, shift in shifts
            if (posted := self.board.of(leave.person, day))
            and posted.duty.shift == shift.code
            and leave.blocks(day, posted.shift, NOON)
        ]
        if rostered:
            what = Text("{leave}, yet rostered for {shift}: record the absence or who stands in",
                        leave=what, shift=rostered[0].name or rostered[0].code)  # fmt: skip
        return StaffLine(what, self._who(leave.person), leave.first, until=leave.last, alarm=bool(rostered))

    @cached_property
    def _moved(self) -> dict[tuple[date, str], list[StaffLine]]:
        found: dict[tuple[date, str], list[StaffLine]] = {}
        for version in self.versions:
            if version.facts.what not in CHANGES:
                continue
            for move in version.moves:
                if not self._ours(move.person, move.day):
                    continue
                line = self._staff_line(version, move)
                for posted in (move.before, move.after):
                    if posted:
                        found.setdefault((move.day, posted.duty.shift), []).append(line)
        return found

    def _staff_line(self, version: Version, move: Move) -> StaffLine:
        what = Text(
            CHANGES[version.facts.what],
            before=move.before.shift.name if move.before else Text("off"),
            after=move.after.shift.name if move.after else Text("off"),
        )
        return StaffLine(what, self._who(move.person), move.day, version.facts.note)

    def _planned(self, day: date, code: str) -> tuple[datetime, datetime]:
        """From when to when a shift would be: as the desk has it, or else as it was published last before that day; the
        eight hours before midnight where it never was.
        """
        known = [posted for (on, _), posted in self.board.cells.items() if posted.shift.code == code and on <= day]
        latest = max(known, key=lambda posted: posted.duty.day, default=None)
        shift = self.shifts.on(day).get(code) or (latest.shift if latest else None)
        begin, end = (shift.start, shift.end) if shift else (16 * 60, 24 * 60)
        return _clock(day, begin), _clock(day, end)


def read_changes(
    journal: Journal | Pages,
    people: Iterable[Person],
    settings: Settings,
    team: str = "",
    leave: Iterable[Leave] = (),
    shifts: ShiftBook | None = None,
) -> Changes:
    """The changes that what is published now makes."""
    told = tuple(versions(journal)), tuple(leave), shifts or ShiftBook({})
    return Changes(board(journal), tuple(people), settings, team, *told)


def worker_start(worker: Worker) -> datetime:
    """When somebody's shift begins."""
    return _clock(worker.day, worker.shift.start)


def _clock(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def _shifts_of(workers: Iterable[Worker]) -> tuple[tuple[date, Shift], ...]:
    return tuple(dict.fromkeys((worker.day, worker.shift) for worker in workers))


def _together(one: Change, other: Change) -> Change:
    """Two shifts that end into the same change are one handover, known by the first of them."""
    first, second = sorted((one, other), key=lambda change: (change.begins, change.shift))
    relief = tuple(dict.fromkeys((*first.relief, *second.relief)))
    return replace(
        first,
        ends=max(first.ends, second.ends),
        shifts=(*first.shifts, *second.shifts),
        outgoing=(*first.outgoing, *second.outgoing),
        relief=relief,
        relief_shifts=_shifts_of(relief),
        staff=tuple(dict.fromkeys((*first.staff, *second.staff))),
        written=first.written and second.written,
    )
