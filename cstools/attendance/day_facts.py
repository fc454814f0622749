"""What a cell or a row says of a day as a DayFact; minutes that it leaves out come from the roster or the total."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from cstools.attendance.facts import DayFact, Leaves
from cstools.attendance.lines import HOUR, Job
from cstools.attendance.words import UNKNOWN, Said
from cstools.errors import Fault, Source
from cstools.language import Text


@dataclass(frozen=True, slots=True)
class Told:
    """What the rest of a row tells of lateness and early leave that a day's cell leaves open: minutes, or None."""

    late: int | None = None
    early: int | None = None


def day_fact(job: Job, person: str, day: date, said: Said, source: Source, told: Told) -> DayFact:
    """The fact of a day. Minutes nobody knows count as 1, with a note: the day was late, not how late."""
    early = said.early if said.early != UNKNOWN else _early(job, person, day, said, told)
    late = said.late if said.late != UNKNOWN else _late(job, person, day, said, told)
    if UNKNOWN in {late, early}:
        job.notes.append(Fault(source, None, Text("it isn't told how many minutes: counted as 1"), None))
    return DayFact(
        person, day, said.start, said.end, 0 if 0 < late <= job.settings.grace else abs(late), abs(early),
        said.missing, said.absent, said.rest, _leaves(job, said), planned=said.planned, source=source,
    )  # fmt: skip


def _late(job: Job, person: str, day: date, said: Said, told: Told) -> int:
    """Minutes late; a total of the only lateness, else by the roster, else by what the word means to the desk."""
    if told.late:
        return told.late
    posted = job.board.of(person, day) if job.board else None
    if posted and said.start is not None and said.start > posted.shift.start:
        return said.start - posted.shift.start
    absence = said.truant or (said.severe and job.settings.severe_late == "absence")
    return job.settings.absent_after + 1 if absence else UNKNOWN


def _early(job: Job, person: str, day: date, said: Said, told: Told) -> int:
    if told.early:
        return told.early
    posted = job.board.of(person, day) if job.board else None
    if posted and said.end is not None and said.end < posted.shift.end:
        return posted.shift.end - said.end
    return UNKNOWN


def _leaves(job: Job, said: Said) -> Leaves:
    """Leave in hours, at most a day of it: a leave of three days stands in the cell of each with all its hours.

    Where a cell tells none it is what is left of a day after the time between the punches.
    """
    there = Decimal(said.end - said.start) / HOUR if said.start is not None and said.end is not None else Decimal(0)
    whole = max(job.settings.leave_day - there, Decimal(0))
    return tuple((kind, whole if hours is None else min(hours, job.settings.leave_day)) for kind, hours in said.leave)


def by_roster(job: Job, fact: DayFact) -> DayFact:
    """A day of which only the punches are known, with lateness and early leave by the published roster.

    A day with a duty and no punch at all misses both; leave explains as much lateness as it is long.
    """
    posted = job.board.of(fact.person, fact.day) if job.board else None
    excused = sum((hours for _, hours in fact.leave), Decimal(0)) * HOUR
    if posted is None or fact.absent:
        return fact
    if fact.start is None and fact.end is None:
        return fact if excused else replace(fact, missing=2, rest=False)
    late = 0 if fact.start is None else max(fact.start - posted.shift.start, 0)
    early = 0 if fact.end is None else max(posted.shift.end - fact.end, 0)
    if late + early <= excused:
        late = early = 0
    return replace(fact, late=late if late > job.settings.grace else 0, early=early)
