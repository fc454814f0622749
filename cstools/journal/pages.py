"""What a journal holds, and what can be asked of one that is open."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, Final

from cstools.journal.words import like, read_all, stamp

_LAST: Final = 2**63 - 1  # no number is above SQLite's largest
_EVENT: Final = "number, kind, at, recorded, author, data"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened ``at`` a time and was ``recorded`` at another; both are wall times of the desk's zone."""

    number: int
    kind: str
    at: datetime
    recorded: datetime
    author: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Something computed, kept whole; ``hash`` is the SHA-256 of its content in hexadecimal."""

    number: int
    name: str
    recorded: datetime
    author: str
    hash: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Card:
    """Where one thing stands: ``number`` is the last event's that spoke of it, ``at`` a time to look it up by.

    ``live`` is False for what is over, so that it isn't read with the rest; ``grave`` marks what is still looked for
    when it is over.
    """

    shelf: str
    key: str
    number: int
    live: bool
    at: datetime
    data: Mapping[str, Any]
    grave: bool = False


class Pages:
    """What can be read in an open journal."""

    def __init__(self, link: sqlite3.Connection) -> None:
        self._link = link

    def begin(self) -> None:
        """From now on everything is read as it is at the first question, whoever writes meanwhile."""
        self._link.execute("BEGIN")

    # --- events and snapshots -----------------------------------------------------------------------------------------

    def events(self, *kinds: str, after: int = 0, until: int | None = None) -> list[Event]:
        """The events of some kinds, or of all, with numbers above ``after`` and up to ``until``, in order."""
        of_kind = f" AND kind IN ({_marks(kinds)})" if kinds else ""
        query = f"SELECT {_EVENT} FROM events WHERE number > ? AND number <= ?{of_kind} ORDER BY number"  # noqa: S608 - only question marks are filled in
        return [_event(row) for row in self._link.execute(query, (after, until or _LAST, *kinds))]

    def first(self, *kinds: str) -> Event | None:
        """The first event of some kinds; None where there is none."""
        # With + the events are read from the first on, rather than all of these kinds sorted.
        query = f"SELECT {_EVENT} FROM events WHERE +kind IN ({_marks(kinds)}) ORDER BY number LIMIT 1"  # noqa: S608 - only question marks are filled in
        row = self._link.execute(query, kinds).fetchone()
        return _event(row) if row else None

    def snapshot(self, name: str) -> Snapshot | None:
        """The latest snapshot of that name; None where there is none."""
        query = (
            "SELECT number, name, recorded, author, hash, content FROM snapshots"
            " WHERE name = ? ORDER BY number DESC LIMIT 1"
        )
        row = self._link.execute(query, (name,)).fetchone()
        if not row:
            return None
        number, name, recorded, author, digest, content = row
        return Snapshot(number, name, datetime.fromisoformat(recorded), author, digest, content)

    def last(self, *kinds: str) -> int:
        """The number of the last event, or of the last of some kinds; 0 where there is none."""
        if not kinds:
            return self._number("SELECT MAX(number) FROM events")
        return max(self._number("SELECT MAX(number) FROM events WHERE kind = ?", kind) for kind in kinds)

    def _number(self, query: str, *values: str) -> int:
        number: int | None = self._link.execute(query, values).fetchone()[0]
        return number or 0

    # --- cards --------------------------------------------------------------------------------------------------------

    def card(self, shelf: str, key: str) -> Card | None:
        """One card; None where nothing was filed under that key."""
        found = self._cards("shelf = ? AND key = ?", shelf, key)
        return found[0] if found else None

    def cards(self, shelf: str, *, holding: str = "") -> list[Card]:
        """All cards of a shelf, or those whose data hold a text, in any case of its letters."""
        if holding:
            return self._cards("shelf = ? AND data LIKE ? ESCAPE '!'", shelf, like(holding))
        return self._cards("shelf = ?", shelf)

    def live_cards(self, *shelves: str) -> list[Card]:
        """The cards of some shelves that are not over."""
        return self._cards(f"shelf IN ({_marks(shelves)}) AND live", *shelves)

    def cards_since(self, shelf: str, since: datetime) -> list[Card]:
        """The cards of a shelf, over or not, whose time is ``since`` or later."""
        return self._cards("shelf = ? AND at >= ?", shelf, stamp(since))

    def grave_cards(self, shelf: str, since: datetime, after: int | None) -> list[Card]:
        """The grave cards of a shelf that are over: since a time, or, where it is told, by an event above a number."""
        over = "shelf = ? AND grave AND NOT live"
        if after is None:
            return self._cards(f"{over} AND at >= ?", shelf, stamp(since))
        return self._cards(f"({over} AND at >= ?) OR ({over} AND number > ?)", shelf, stamp(since), shelf, after)

    def cards_between(self, shelves: Sequence[str], first: str, last: str) -> list[Card]:
        """The cards of some shelves whose keys lie from ``first`` up to, but without, ``last``."""
        return self._cards(f"shelf IN ({_marks(shelves)}) AND key >= ? AND key < ?", *shelves, first, last)

    def written(self, shelf: str) -> list[tuple[str, bool, str]]:
        """Key, whether live, and the JSON of every card of a shelf, by key: for whoever reads few of many."""
        query = "SELECT key, live, data FROM cards WHERE shelf = ? ORDER BY key"
        return [(key, bool(live), data) for key, live, data in self._link.execute(query, (shelf,))]

    def _cards(self, condition: str, *values: str | int) -> list[Card]:
        query = f"SELECT number, shelf, key, live, at, grave, data FROM cards WHERE {condition}"  # noqa: S608 - one of our own conditions
        rows = sorted(self._link.execute(query, values), key=itemgetter(0))
        return [
            Card(shelf, key, number, bool(live), datetime.fromisoformat(at), data, bool(grave))
            for data, (number, shelf, key, live, at, grave, _) in zip(
                read_all(row[-1] for row in rows), rows, strict=True
            )
        ]

    # --- the events of cards ------------------------------------------------------------------------------------------

    def thread(self, shelf: str, key: str) -> list[Event]:
        """The events that were filed on a card, in order."""
        return self._threads("key = ?", shelf, key).get(key, [])

    def threads(self, shelf: str, after: int | None, since: datetime | None = None) -> dict[str, list[Event]]:
        """The cards of a shelf that ``touched`` tells, by key, with their events up to there; none begun only later."""
        later, values = _later("shelf = ?", (shelf,), after, since)
        earlier, limits = ["1"], list[str | int]()
        if after is not None:
            earlier, limits = [*earlier, "threads.number <= ?"], [*limits, after]
        if since is not None:
            earlier, limits = [*earlier, "threads.at <= ?"], [*limits, stamp(since)]
        condition = f"{' AND '.join(earlier)} AND key IN (SELECT key FROM ({later}))"  # noqa: S608 - our own words
        return self._threads(condition, shelf, *limits, *values)

    def _threads(self, condition: str, shelf: str, *values: str | int) -> dict[str, list[Event]]:
        columns = "key, events.number, kind, events.at, recorded, author, data"
        joined = "threads JOIN events ON events.number = threads.number"
        query = f"SELECT {columns} FROM {joined} WHERE shelf = ? AND {condition} ORDER BY threads.number"  # noqa: S608 - one of our own conditions
        found: dict[str, list[Event]] = {}
        for key, *row in self._link.execute(query, (shelf, *values)):
            found.setdefault(key, []).append(_event(row))
        return found

    def touched(self, shelves: Sequence[str], after: int | None, since: datetime | None = None) -> set[tuple[str, str]]:
        """Shelf and key of the cards that an event above ``after`` was filed on, or one of a time after ``since``."""
        query, values = _later(f"shelf IN ({_marks(shelves)})", shelves, after, since)
        return set(self._link.execute(query, values))

    def began(self, shelf: str) -> datetime | None:
        """The earliest time that an event filed on a shelf speaks of; None where there is none."""
        (at,) = self._link.execute("SELECT MIN(at) FROM threads WHERE shelf = ?", (shelf,)).fetchone()
        return datetime.fromisoformat(at) if at else None


def _later(
    shelves: str, values: Sequence[str], after: int | None, since: datetime | None
) -> tuple[str, tuple[str | int, ...]]:
    """The query for what was filed after a number or speaks of a later time, and its values; None asks for nothing."""
    limits: dict[str, str | int] = {}
    if after is not None:
        limits["number > ?"] = after
    if since is not None:
        limits["at > ?"] = stamp(since)
    queries = [f"SELECT shelf, key FROM threads WHERE {shelves} AND {condition}" for condition in limits]  # noqa: S608 - our own words
    return " UNION ".join(queries), tuple(value for limit in limits.values() for value in (*values, limit))


def _marks(values: Sequence[str]) -> str:
    """So many question marks."""
    return ", ".join("?" * len(values))


def _event(row: Sequence[Any]) -> Event:
    number, kind, at, recorded, author, data = row
    return Event(number, kind, datetime.fromisoformat(at), datetime.fromisoformat(recorded), author, json.loads(data))
