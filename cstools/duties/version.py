"""A version of the roster: one event, what it changed and what is known of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeAlias

from cstools.duties.board import Board, Cell, Move, Posted, read_moves
from cstools.journal import Event, Journal, Pages, pack, unpack
from cstools.language import Text

PUBLISHED: Final = "roster.published"
CHANGED: Final = "roster.changed"
RESTORED: Final = "roster.restored"
KINDS: Final = (PUBLISHED, CHANGED, RESTORED)

AsOf: TypeAlias = int | datetime | None  # a version's number, a moment of recording, or now


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


def version_of(number: int, event: Event, changed: tuple[Move, ...]) -> Version:
    """An event of the roster as the version that it is."""
    added, removed = (frozenset(map(date.fromisoformat, event.data[key])) for key in ("added", "removed"))
    return Version(number, read_facts(event.data), event.at, event.recorded, event.author, changed, added, removed)


def replay(journal: Journal | Pages, as_of: AsOf) -> tuple[list[Version], Board]:
    """The versions up to one, or up to a moment, and the board they make, from the events alone."""
    found: list[Version] = []
    days: set[date] = set()
    cells: dict[Cell, Posted] = {}
    names: dict[str, str] = {}
    for number, event in enumerate(_events(journal, as_of), 1):
        changed = tuple(read_moves(event.data, cells))
        for move in changed:
            if move.after:
                cells[move.day, move.person] = move.after
            else:
                del cells[move.day, move.person]
        version = version_of(number, event, changed)
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


def absences(found: Iterable[Version]) -> dict[Cell, Posted]:
    """The duties that somebody was recorded absent from and that nobody has taken since."""
    then: list[dict[Cell, Posted]] = [{}]  # as of each version
    for version in found:
        left = {cell: posted for cell, posted in then[-1].items() if cell not in taken(version)}
        left |= absent(version)
        if version.facts.restored:
            days = version.days
            left = {cell: posted for cell, posted in left.items() if cell[0] not in days}
            left |= {cell: posted for cell, posted in then[version.facts.restored].items() if cell[0] in days}
        then.append(left)
    return then[-1]


def taken(version: Version) -> set[Cell]:
    """The cells from which nobody is absent any more after a version: those it fills anew, and whose duty it gives."""
    return {(move.day, move.person) for move in version.moves} | {(day, version.facts.instead) for day in version.days}


def absent(version: Version) -> dict[Cell, Posted]:
    """The duties that nobody does after a version."""
    if version.facts.what != "absent":
        return {}
    return {(move.day, move.person): move.before for move in version.moves if move.before}


# --- the data of an event ---------------------------------------------------------------------------------------------


def write_facts(facts: Facts) -> dict[str, Any]:
    """The facts as they stand in an event."""
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


def read_facts(data: Mapping[str, Any]) -> Facts:
    """What ``write_facts`` wrote."""
    plain = {name: data[name] for name in ("what", "approved_by", "late", "note", "file", "restored", "row")}
    plain["instead"] = data.get("instead", "")  # the first journals lack it
    rests = tuple((person, date.fromisoformat(day)) for person, day in data["rests"])
    return Facts(**plain, rests=rests, shortages=tuple(unpack(text) for text in data["shortages"]))
