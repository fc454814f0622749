"""Who is on duty when: published rosters and the changes recorded since, as the journal remembers them.

Every roster event is a version, numbered from 1: a publication, a change (swap, substitute, absence) or a restoration.
It holds the cells that it changed; the first one holds them all. A cell keeps its shift as it was that day, so that
what was published stays true when sheet 班次 changes later. This module owns the kinds of event below and their data.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from cstools.journal import Book, Event, Journal, Pages, pack, unpack
from cstools.language import Text
from cstools.shifts import DAY, Duty, Shift

if TYPE_CHECKING:
    from cstools.desk import Desk

PUBLISHED: Final = "roster.published"
CHANGED: Final = "roster.changed"
RESTORED: Final = "roster.restored"
KINDS: Final = (PUBLISHED, CHANGED, RESTORED)

Cell: TypeAlias = tuple[date, str]  # a day and a person's number
AsOf: TypeAlias = int | datetime | None  # a version's number, a moment of recording, or now


@dataclass(frozen=True, slots=True)
class Posted:
    """A duty as it was published, with its shift as it was then (code, name, hours, paid minutes, kind, open end)."""

    duty: Duty
    shift: Shift

    @classmethod
    def of(cls, duty: Duty, shift: Shift) -> "Posted":
        """A duty to be published, with what is remembered of its shift."""
        return cls(replace(duty, ended=None), Shift(**_write_shift(shift)))

    @property
    def span(self) -> tuple[int, int]:
        """Start and end as minutes on one endless clock."""
        return self.shift.span(self.duty.day)


@dataclass(frozen=True, slots=True)
class Move:
    """One cell of one version: what a person had on a day, and has now; None is a day off."""

    day: date
    person: str
    before: Posted | None
    after: Posted | None


@dataclass(frozen=True, slots=True)
class Board:
    """The days that are published, and every duty on them. ``names`` are people's names as last recorded."""

    days: frozenset[date] = frozenset()
    cells: Mapping[Cell, Posted] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def of(self, person: str, day: date) -> Posted | None:
        """A person's duty of a day; None for a day off, or one that isn't published."""
        return self.cells.get((day, person))

    def within(self, first: date, last: date) -> list[Posted]:
        """The duties of some days, by day, shift and person."""
        return sorted((posted for (day, _), posted in self.cells.items() if first <= day <= last), key=_order)

    def name(self, person: str) -> str:
        """A person's name, or the number where no name was recorded."""
        return self.names.get(person, person)

    def changed(self, cells: Mapping[Cell, Posted | None], names: Mapping[str, str] | None = None) -> "Board":
        """The same with some cells filled otherwise; None makes a day off."""
        found = {cell: posted for cell, posted in {**self.cells, **cells}.items() if posted is not None}
        return replace(self, cells=found, names={**self.names, **(names or {})})

    def published(self, days: frozenset[date], duties: Iterable[Posted], names: Mapping[str, str]) -> "Board":
        """The same with some days published anew: on these nobody works but as told."""
        cells: dict[Cell, Posted | None] = {cell: None for cell in self.cells if cell[0] in days}
        cells |= {(posted.duty.day, posted.duty.person): posted for posted in duties}
        return replace(self.changed(cells, names), days=self.days | days)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a version besides its cells.

    ``what`` is "published", "restored", "swap", "substitute" or "absent"; ``late``: recorded or approved only after
    the shift had begun (补登, 000-026); ``instead``: whose duty a substitute takes; ``rests``: a rest day that is owed
    for work on a rest day (补休, 002-018); ``row``: the row of a sheet that asked for it, so that it is recorded once.
    """

    what: str
    approved_by: str = ""
    late: bool = False
    note: str = ""
    file: str = ""
    restored: int = 0
    rests: tuple[tuple[str, date], ...] = ()
    shortages: tuple[Text, ...] = ()
    row: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One publication, change or restoration. ``added`` and ``removed`` are days published or withdrawn by it."""

    number: int
    facts: Facts
    at: datetime
    recorded: datetime
    author: str
    moves: tuple[Move, ...]
    added: frozenset[date]
    removed: frozenset[date]

    @property
    def days(self) -> list[date]:
        """The days it touches, in order."""
        return sorted({move.day for move in self.moves} | self.added | self.removed)


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


# --- asking -----------------------------------------------------------------------------------------------------------


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
    return _replay(journal, as_of)[1]


def versions(journal: Journal | Pages) -> list[Version]:
    """Every version in order."""
    return _replay(journal, None)[0]


def moves(one: Board, other: Board) -> list[Move]:
    """What differs between two boards, by person and day."""
    cells = sorted(one.cells.keys() | other.cells.keys(), key=lambda cell: (cell[1], cell[0]))
    pairs = ((day, person, one.of(person, day), other.of(person, day)) for day, person in cells)
    return [Move(day, person, before, after) for day, person, before, after in pairs if before != after]


def rests_owed(journal: Journal | Pages) -> list[tuple[str, date]]:
    """Person and day of every rest owed, where the work that earned it still stands."""
    found, now = _replay(journal, None)
    booked = dict.fromkeys(rest for version in found for rest in version.facts.rests)
    return [(person, day) for person, day in booked if now.of(person, day)]


def unfilled(journal: Journal | Pages) -> dict[Cell, Posted]:
    """The duties that somebody was recorded absent from and that nobody has taken since."""
    then: list[dict[Cell, Posted]] = [{}]  # as of each version
    for version in versions(journal):
        touched = {(move.day, move.person) for move in version.moves}
        touched |= {(day, version.facts.instead) for day in version.days}
        found = {cell: posted for cell, posted in then[-1].items() if cell not in touched}
        if version.facts.what == "absent":
            found |= {(move.day, move.person): move.before for move in version.moves if move.before}
        if version.facts.restored:
            days = version.days
            found = {cell: posted for cell, posted in found.items() if cell[0] not in days}
            found |= {cell: posted for cell, posted in then[version.facts.restored].items() if cell[0] in days}
        then.append(found)
    return then[-1]


def _eats(duty: Duty, minute: int) -> bool:
    since = minute - duty.day.toordinal() * DAY
    return duty.meal is not None and duty.meal[0] <= since < duty.meal[1]


def _order(posted: Posted) -> tuple[date, int, str, str]:
    return posted.duty.day, posted.shift.start, posted.duty.shift, posted.duty.person


# --- recording --------------------------------------------------------------------------------------------------------


def record(book: Book, facts: Facts, after: Board, at: datetime | None = None) -> Version | None:
    """Record a version that makes the board ``after``; None, and nothing recorded, where nothing would change."""
    found, now = _replay(book, None)
    changed = moves(now, after)
    added, removed = after.days - now.days, now.days - after.days
    if not changed and not added and not removed:
        return None
    kind = {"published": PUBLISHED, "restored": RESTORED}.get(facts.what, CHANGED)
    people = {move.person for move in changed}
    names = {person: after.names[person] for person in sorted(people) if person in after.names}
    data = _write_facts(facts) | _write_moves(changed) | {
        "added": [day.isoformat() for day in sorted(added)],
        "removed": [day.isoformat() for day in sorted(removed)],
        "names": names,
    }  # fmt: skip
    event = book.append(kind, data, at)
    return _version(len(found) + 1, event, tuple(changed))


def _replay(journal: Journal | Pages, as_of: AsOf) -> tuple[list[Version], Board]:
    """The versions up to one, or up to a moment, and the board they make."""
    found: list[Version] = []
    days: set[date] = set()
    cells: dict[Cell, Posted] = {}
    names: dict[str, str] = {}
    for number, event in enumerate(_events(journal, as_of), 1):
        changed = tuple(_read_moves(event.data, cells))
        for move in changed:
            if move.after:
                cells[move.day, move.person] = move.after
            else:
                del cells[move.day, move.person]
        version = _version(number, event, changed)
        days = days - version.removed | version.added
        names |= event.data["names"]
        found.append(version)
    return found, Board(frozenset(days), cells, names)


def _events(journal: Journal | Pages, as_of: AsOf) -> list[Event]:
    events = journal.events(*KINDS)
    if isinstance(as_of, int):
        return events[:as_of]
    if as_of is None:
        return events
    until = max((place for place, event in enumerate(events, 1) if event.recorded <= as_of), default=0)
    return events[:until]


# --- the data of an event ---------------------------------------------------------------------------------------------


def _version(number: int, event: Event, changed: tuple[Move, ...]) -> Version:
    added, removed = (frozenset(map(date.fromisoformat, event.data[key])) for key in ("added", "removed"))
    return Version(number, _read_facts(event.data), event.at, event.recorded, event.author, changed, added, removed)


def _write_facts(facts: Facts) -> dict[str, Any]:
    return {
        "what": facts.what,
        "approved_by": facts.approved_by,
        "late": facts.late,
        "note": facts.note,
        "file": facts.file,
        "restored": facts.restored,
        "rests": [[person, day.isoformat()] for person, day in facts.rests],
        "shortages": [pack(text) for text in facts.shortages],
        "row": facts.row,
        "instead": facts.instead,
    }


def _read_facts(data: Mapping[str, Any]) -> Facts:
    plain = {name: data[name] for name in ("what", "approved_by", "late", "note", "file", "restored", "row")}
    plain["instead"] = data.get("instead", "")  # the first journals lack it
    rests = tuple((person, date.fromisoformat(day)) for person, day in data["rests"])
    return Facts(**plain, rests=rests, shortages=tuple(unpack(text) for text in data["shortages"]))


def _write_moves(changed: Iterable[Move]) -> dict[str, Any]:
    """The cells as they are now. A shift stands once, a cell names it by its place; a cell without one is a day off."""
    shifts: dict[Shift, int] = {}
    cells: list[dict[str, Any]] = []
    for move in changed:
        cell: dict[str, Any] = {"day": move.day.isoformat(), "person": move.person}
        if move.after:
            duty = move.after.duty
            cell["shift"] = shifts.setdefault(move.after.shift, len(shifts))
            cell |= {"posts": list(duty.posts)} if duty.posts else {}
            cell |= {"meal": list(duty.meal)} if duty.meal else {}
        cells.append(cell)
    return {"shifts": [_write_shift(shift) for shift in shifts], "cells": cells}


def _read_moves(data: Mapping[str, Any], before: Mapping[Cell, Posted]) -> Iterator[Move]:
    shifts = [Shift(**values) for values in data["shifts"]]
    for cell in data["cells"]:
        day, person = date.fromisoformat(cell["day"]), cell["person"]
        after = None
        if "shift" in cell:
            shift = shifts[cell["shift"]]
            meal = (cell["meal"][0], cell["meal"][1]) if "meal" in cell else None
            after = Posted(Duty(day, shift.code, person, tuple(cell.get("posts", ())), meal), shift)
        yield Move(day, person, before.get((day, person)), after)


def _write_shift(shift: Shift) -> dict[str, Any]:
    return {
        "code": shift.code, "name": shift.name, "start": shift.start, "end": shift.end, "paid": shift.paid,
        "kind": shift.kind, "open_ended": shift.open_ended,
    }  # fmt: skip
