"""Everybody's overtime from one source each: the desk's own, else the newest by days, else a total of the period."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from cstools.attendance.facts import Conflict, Overtime
from cstools.attendance.lines import Job, Part
from cstools.errors import Source
from cstools.language import Text

_NO_SOURCE: Final = Source("")
_LONG_AGO: Final = datetime(1, 1, 1)  # noqa: DTZ001 - wall times have no zone


@dataclass(frozen=True, slots=True)
class _Rows:
    """One person's overtime as one part states it."""

    part: Part
    rows: tuple[Overtime, ...]

    @property
    def order(self) -> tuple[bool, bool, datetime, int]:
        """The rows with the highest one count: the desk's own, then those by days, then the newest."""
        return self.part.own, self.rows[0].day is not None, self.part.made or _LONG_AGO, self.part.rank

    @property
    def minutes(self) -> int:
        """All of it."""
        return sum(row.minutes for row in self.rows)


def overtime(parts: Sequence[Part], job: Job, conflicts: list[Conflict]) -> Iterator[Overtime]:
    """Everybody's overtime from one source each; sheets 考勤 and 加班 add up."""
    found: dict[str, list[_Rows]] = {}
    for part in parts:
        by_person: dict[str, list[Overtime]] = {}
        for one in part.overtime:
            if _within(one, part, job):
                by_person.setdefault(one.person, []).append(one)
        for person, rows in by_person.items():
            found.setdefault(person, []).append(_Rows(part, tuple(rows)))
    for person, claims in sorted(found.items()):
        yield from _taken(person, claims, conflicts)


def _taken(person: str, claims: Sequence[_Rows], conflicts: list[Conflict]) -> list[Overtime]:
    """The rows that count, in order; other sources with another sum are conflicts."""
    best, *others = sorted(claims, key=lambda claim: claim.order, reverse=True)
    mine = [best, *(other for other in others if other.part.own)]
    rows = [row for claim in mine for row in claim.rows]
    minutes = sum(row.minutes for row in rows)
    for other in others:
        if other not in mine and other.minutes != minutes:
            what = Text("overtime: {one} minutes, elsewhere {other}", one=minutes, other=other.minutes)
            sources = rows[0].source or _NO_SOURCE, other.rows[0].source or _NO_SOURCE
            conflicts.append(Conflict(person, None, what, *sources))
    return sorted(rows, key=lambda row: (row.day or date.max, row.kind, row.span or (0, 0), row.minutes))


def _within(one: Overtime, part: Part, job: Job) -> bool:
    return job.first <= one.day <= job.last if one.day else part.period == (job.first, job.last)
