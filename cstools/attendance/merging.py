"""Several sources as one: the desk's own sheet before any export, the newest export before older ones."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Generic, TypeVar

from cstools.attendance.facts import Attendance, Conflict, DayFact, MonthFact
from cstools.attendance.lines import Job, Part
from cstools.attendance.overtime import overtime
from cstools.days import show_time, span
from cstools.errors import Fault, Source
from cstools.language import Text, mark

T = TypeVar("T", DayFact, MonthFact)
_NO_SOURCE: Final = Source("")
_LONG_AGO: Final = datetime(1, 1, 1)  # noqa: DTZ001 - wall times have no zone


@dataclass(frozen=True, slots=True)
class _Claim(Generic[T]):
    """A fact and the part that states it."""

    part: Part
    fact: T

    @property
    def order(self) -> tuple[bool, datetime, int]:
        """The claim with the highest one counts."""
        return self.part.own, self.part.made or _LONG_AGO, self.part.rank


def merge(parts: Sequence[Part], job: Job) -> Attendance:
    """All parts as one attendance of the period that the job is about."""
    days: dict[tuple[str, date], list[_Claim[DayFact]]] = {}
    months: dict[str, list[_Claim[MonthFact]]] = {}
    for part in parts:
        for fact in part.days:
            if job.first <= fact.day <= job.last:
                days.setdefault((fact.person, fact.day), []).append(_Claim(part, fact))
        for total in part.months:
            if (total.first, total.last) == (job.first, job.last):
                months.setdefault(total.person, []).append(_Claim(part, total))
    conflicts: list[Conflict] = []
    by_day = {key: _first(claims, key[1], _day_differs, conflicts, job) for key, claims in sorted(days.items())}
    totals = {key: _first(claims, None, _total_differs, conflicts, job) for key, claims in sorted(months.items())}
    unmatched = job.matcher.unmatched.values()
    daily: dict[str, list[DayFact]] = {}
    for (person, _), fact in by_day.items():
        daily.setdefault(person, []).append(fact)
    people = sorted(daily.keys() | totals.keys())
    return Attendance(
        job.first, job.last, by_day,
        {person: totals.get(person) or _added_up(person, daily[person], job) for person in people},
        tuple(overtime(parts, job, conflicts)),
        tuple(sorted(unmatched, key=lambda row: (row.name, row.number, row.account, row.source.file))),
        tuple(conflicts),
        frozenset(_covered(parts, job)),
    )  # fmt: skip


def _first(
    claims: Sequence[_Claim[T]], day: date | None, differs: Callable[[T, T], Text | None], conflicts: list[Conflict],
    job: Job,
) -> T:  # fmt: skip
    """The claim that counts; the others are conflicts where they say something else."""
    ordered = sorted(claims, key=lambda claim: claim.order, reverse=True)
    best = ordered[0]
    for other in ordered[1:]:
        what = differs(best.fact, other.fact)
        if what is None:
            continue
        taken, left = best.fact.source or _NO_SOURCE, other.fact.source or _NO_SOURCE
        if other.order == best.order:
            right = Text("take one of the files away, or export again")
            wrong = Text("{what}, and neither is newer: {other}", what=what, other=taken)
            job.faults.append(Fault(left, None, wrong, right))
        elif other.part.made != best.part.made or best.part.own:
            conflicts.append(Conflict(best.fact.person, day, what, taken, left))
    return best.fact


# --- what differs -----------------------------------------------------------------------------------------------------

_DAY_WORDS: Final = {
    "start": mark("clocked in"), "end": mark("clocked out"), "late": mark("minutes late"),
    "early": mark("minutes early"), "missing": mark("missing punches"), "absent": mark("days of truancy"),
    "leave": mark("hours of leave"),
}  # fmt: skip
_TOTAL_WORDS: Final = {
    "attended": mark("days attended"), "late": mark("times late"), "late_minutes": mark("minutes late"),
    "severe": mark("severely late"), "early": mark("times early"), "missing": mark("missing punches"),
    "absent": mark("days of truancy"), "leave": mark("hours of leave"),
}  # fmt: skip


def _day_differs(one: DayFact, other: DayFact) -> Text | None:
    return _differs(one, other, _DAY_WORDS)


def _total_differs(one: MonthFact, other: MonthFact) -> Text | None:
    return _differs(one, other, _TOTAL_WORDS)


def _differs(one: object, other: object, words: Mapping[str, str]) -> Text | None:
    """What two facts both know and say differently; None for nothing."""
    for key, word in words.items():
        mine, theirs = getattr(one, key), getattr(other, key)
        if mine is not None and theirs is not None and mine != theirs:
            return Text("{thing}: {one}, elsewhere {other}", thing=Text(word), one=_shown(key, mine),
                        other=_shown(key, theirs))  # fmt: skip
    return None


def _shown(key: str, value: object) -> object:
    if key in {"start", "end"} and isinstance(value, int):
        return show_time(value)
    if isinstance(value, tuple):
        return tuple(f"{kind} {hours:g}" for kind, hours in value) or "0"
    return value


# --- totals -----------------------------------------------------------------------------------------------------------


def _added_up(person: str, facts: Sequence[DayFact], job: Job) -> MonthFact:
    """The totals of somebody of whom only the days are known."""
    leave: dict[str, Decimal] = {}
    for fact in facts:
        for kind, hours in fact.leave:
            leave[kind] = leave.get(kind, Decimal(0)) + hours
    known = [fact.worked for fact in facts if fact.worked is not None]
    return MonthFact(
        person, job.first, job.last,
        attended=Decimal(sum(fact.attended for fact in facts)),
        rest=Decimal(sum(fact.rest for fact in facts)),
        worked=sum(known) if known else None,
        late=sum(fact.late > 0 for fact in facts),
        late_minutes=sum(fact.late for fact in facts),
        early=sum(fact.early > 0 for fact in facts),
        early_minutes=sum(fact.early for fact in facts),
        missing=sum(fact.missing for fact in facts),
        absent=sum((fact.absent for fact in facts), Decimal(0)),
        leave=tuple(sorted(leave.items())),
        by_days=True,
        source=min((fact.source for fact in facts if fact.source), key=str, default=None),
    )  # fmt: skip


def _covered(parts: Iterable[Part], job: Job) -> Iterator[date]:
    """The days that the sources speak of: those of a title over days, or of totals of just this period."""
    for part in parts:
        if part.period and (part.days or part.period == (job.first, job.last)):
            yield from span(*part.period)
        elif part.days:
            yield from span(min(fact.day for fact in part.days), max(fact.day for fact in part.days))
