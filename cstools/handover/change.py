"""A shift change: who goes and who comes, and when.

A change is known by its group, its day and the shift that ends, never by the time at which somebody asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from cstools.handover.sheet import StaffLine
from cstools.language import Text
from cstools.shifts import Shift


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
    ``missing`` should come with the relief but was recorded absent, and nobody stands in yet.
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
    missing: tuple[Worker, ...] = ()
    staff: tuple[StaffLine, ...] = ()

    @property
    def key(self) -> str:
        """What it is remembered by."""
        return f"{self.team}|{self.day.isoformat()}|{self.shift}"

    @property
    def called(self) -> Text:
        """The day and the shift that ends."""
        name = next((shift.name for _, shift in self.shifts), "") or self.shift
        return Text("{day} {shift}", day=self.day, shift=name)

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


def worker_start(worker: Worker) -> datetime:
    """When somebody's shift begins."""
    return clock(worker.day, worker.shift.start)


def clock(day: date, minutes: int) -> datetime:
    """A moment, so many minutes after a day's midnight."""
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def shifts_of(workers: Iterable[Worker]) -> tuple[tuple[date, Shift], ...]:
    """The shifts that some people are on, with their days."""
    return tuple(dict.fromkeys((worker.day, worker.shift) for worker in workers))


def together(one: Change, other: Change) -> Change:
    """Two shifts that end into the same change are one handover, known by the first of them."""
    first, second = sorted((one, other), key=lambda change: (change.begins, change.shift))
    relief = tuple(dict.fromkeys((*first.relief, *second.relief)))
    return replace(
        first,
        ends=max(first.ends, second.ends),
        shifts=(*first.shifts, *second.shifts),
        outgoing=(*first.outgoing, *second.outgoing),
        relief=relief,
        relief_shifts=tuple(dict.fromkeys((*first.relief_shifts, *second.relief_shifts))),
        missing=tuple(dict.fromkeys((*first.missing, *second.missing))),
        staff=tuple(dict.fromkeys((*first.staff, *second.staff))),
        written=first.written and second.written,
    )
