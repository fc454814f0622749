"""What must be remembered: append-only events and snapshots in one file, and the only module that speaks SQL.

An event is something that was said or decided: its kind, when it was (``at``), when it was written down, by whom, and
data as JSON. Events are numbered from 1 without gaps. A snapshot is a computed thing kept whole, so that it never has
to be computed again to be explained. Nothing of these is ever changed or deleted; each family owns its kinds of events.

A card is where something that many events speak of stands now (an item, a key): the family folds its events into it, in
the transaction that appends them, so that what is open is found among years of what is closed. Cards hold nothing that
the events don't; they are a finding aid and may be filed anew.

Every write is one transaction that holds the file from its first read to its commit (BEGIN IMMEDIATE), so what was
read is still true when it is written. The journal mode is DELETE, so that copying the folder copies everything.
"""

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import Any, Final

from cstools.errors import BadInput, CstoolsError, Fault, Locked, Source
from cstools.language import Text

WAIT: Final = 120.0  # seconds that a writer waits for the others before it gives up: twenty may be at it at once
APPLICATION: Final = 0x63737475  # "cstu", SQLite's mark of whose file it is

_NUMBERED: Final = """
    CREATE TRIGGER {table}_numbered BEFORE INSERT ON {table}
    WHEN NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM {table})
    BEGIN SELECT RAISE(ABORT, '{table} are numbered without gaps'); END"""
_KEPT: Final = """
    CREATE TRIGGER {table}_{verb} BEFORE {verb} ON {table}
    BEGIN SELECT RAISE(ABORT, '{table} are never changed'); END"""


def _guards(table: str) -> tuple[str, ...]:
    """The triggers that keep a table append-only and numbered without gaps, whoever writes."""
    return (_NUMBERED.format(table=table), *(_KEPT.format(table=table, verb=verb) for verb in ("UPDATE", "DELETE")))


# What brings a journal from each schema version to the next; a released step is never edited, only followed by others.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE events (
            number INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            at TEXT NOT NULL,
            recorded TEXT NOT NULL,
            author TEXT NOT NULL,
            data TEXT NOT NULL)""",
        "CREATE INDEX events_by_kind ON events (kind, number)",
        """CREATE TABLE snapshots (
            number INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            recorded TEXT NOT NULL,
            author TEXT NOT NULL,
            hash TEXT NOT NULL,
            content BLOB NOT NULL)""",
        "CREATE INDEX snapshots_by_name ON snapshots (name, number)",
        *_guards("events"),
        *_guards("snapshots"),
    ),
    (
        """CREATE TABLE cards (
            shelf TEXT NOT NULL,
            key TEXT NOT NULL,
            number INTEGER NOT NULL,
            live INTEGER NOT NULL,
            at TEXT NOT NULL,
            data TEXT NOT NULL,
            PRIMARY KEY (shelf, key))""",
        "CREATE INDEX live_cards ON cards (shelf) WHERE live",
        "CREATE INDEX cards_by_time ON cards (shelf, at)",
        """CREATE TABLE threads (
            shelf TEXT NOT NULL,
            key TEXT NOT NULL,
            number INTEGER NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (shelf, key, number)) WITHOUT ROWID""",
        "CREATE INDEX threads_by_number ON threads (shelf, number)",
        "CREATE INDEX threads_by_time ON threads (shelf, at)",
    ),
)


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

    ``live`` is False for what is over, so that it isn't read with the rest.
    """

    shelf: str
    key: str
    number: int
    live: bool
    at: datetime
    data: Mapping[str, Any]


class Pages:
    """What can be read in an open journal."""

    def __init__(self, link: sqlite3.Connection) -> None:
        self._link = link

    def begin(self) -> None:
        """From now on everything is read as it is at the first question, whoever writes meanwhile."""
        self._link.execute("BEGIN")

    def events(self, *kinds: str, after: int = 0) -> list[Event]:
        """The events of some kinds, or of all, with numbers above ``after``, in order."""
        of_kind = f" AND kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
        query = f"SELECT number, kind, at, recorded, author, data FROM events WHERE number > ?{of_kind} ORDER BY number"  # noqa: S608 - only question marks are filled in
        return [_event(row) for row in self._link.execute(query, (after, *kinds))]

    def first(self, *kinds: str) -> Event | None:
        """The first event of some kinds; None where there is none."""
        query = f"SELECT * FROM events WHERE kind IN ({', '.join('?' * len(kinds))}) ORDER BY number LIMIT 1"  # noqa: S608 - only question marks are filled in
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
        return Snapshot(number, name, _moment(recorded), author, digest, content)

    def last(self) -> int:
        """The number of the last event; 0 where there is none."""
        number: int = self._link.execute("SELECT COALESCE(MAX(number), 0) FROM events").fetchone()[0]
        return number

    def card(self, shelf: str, key: str) -> Card | None:
        """One card; None where nothing was filed under that key."""
        found = self._cards("key = ?", shelf, key)
        return found[0] if found else None

    def cards(self, shelf: str, *, holding: str = "") -> list[Card]:
        """All cards of a shelf, or those whose data hold a text, in any case of its letters."""
        return self._cards("data LIKE ? ESCAPE '!'", shelf, _like(holding)) if holding else self._cards("1", shelf)

    def live_cards(self, shelf: str) -> list[Card]:
        """The cards of a shelf that are not over."""
        return self._cards("live", shelf)

    def cards_since(self, shelf: str, since: datetime) -> list[Card]:
        """The cards of a shelf, over or not, whose time is ``since`` or later."""
        return self._cards("at >= ?", shelf, _stamp(since))

    def cards_under(self, shelf: str, prefix: str) -> list[Card]:
        """The cards of a shelf whose keys begin so."""
        return self._cards("key >= ? AND key < ?", shelf, prefix, f"{prefix}\U0010ffff")

    def thread(self, shelf: str, key: str) -> list[Event]:
        """The events that were filed on a card, in order."""
        query = (
            "SELECT events.number, kind, events.at, recorded, author, data FROM threads"
            " JOIN events ON events.number = threads.number"
            " WHERE shelf = ? AND key = ? ORDER BY threads.number"
        )
        return [_event(row) for row in self._link.execute(query, (shelf, key))]

    def touched(self, shelf: str, after: int, since: datetime | None = None) -> set[str]:
        """The keys of the cards that an event above ``after`` was filed on, or one that was later than ``since``."""
        query = "SELECT key FROM threads WHERE shelf = ? AND number > ?"
        found = {key for (key,) in self._link.execute(query, (shelf, after))}
        if since is not None:
            query = "SELECT key FROM threads WHERE shelf = ? AND at > ?"
            found.update(key for (key,) in self._link.execute(query, (shelf, _stamp(since))))
        return found

    def _cards(self, condition: str, shelf: str, *values: str) -> list[Card]:
        query = f"SELECT shelf, key, number, live, at, data FROM cards WHERE shelf = ? AND {condition} ORDER BY number"  # noqa: S608 - one of our own conditions
        return [
            Card(shelf, key, number, bool(live), _moment(at), json.loads(data))
            for shelf, key, number, live, at, data in self._link.execute(query, (shelf, *values))
        ]


class Book(Pages):
    """A journal open for writing: all that is appended is recorded together, or none of it."""

    def __init__(self, link: sqlite3.Connection, author: str, now: datetime) -> None:
        super().__init__(link)
        self.author = author
        self.now = now

    def append(self, kind: str, data: Mapping[str, Any], at: datetime | None = None) -> Event:
        """Record an event; ``at`` is when it was, now where nothing else was said."""
        event = Event(self._next("events"), kind, at or self.now, self.now, self.author, data)
        row = (event.number, kind, _stamp(event.at), _stamp(self.now), self.author, canonical(data))
        self._link.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)", row)
        return event

    def keep(self, name: str, content: bytes) -> Snapshot:
        """Keep a computed thing whole; what is already the latest of that name is not kept twice."""
        digest = hashlib.sha256(content).hexdigest()
        latest = self.snapshot(name)
        if latest and latest.hash == digest:
            return latest
        kept = Snapshot(self._next("snapshots"), name, self.now, self.author, digest, content)
        row = (kept.number, name, _stamp(self.now), self.author, digest, content)
        self._link.execute("INSERT INTO snapshots VALUES (?, ?, ?, ?, ?, ?)", row)
        return kept

    def file(self, card: Card, event: Event) -> None:
        """Put a card where its event leaves it; ``event`` is what changed it."""
        row = (card.shelf, card.key, card.number, card.live, _stamp(card.at), canonical(card.data))
        self._link.execute("INSERT OR REPLACE INTO cards VALUES (?, ?, ?, ?, ?, ?)", row)
        thread = (card.shelf, card.key, event.number, _stamp(event.at))
        self._link.execute("INSERT INTO threads VALUES (?, ?, ?, ?)", thread)

    def unfile(self) -> None:
        """Take every card away, to file them anew from the events."""
        for table in ("cards", "threads"):
            self._link.execute(f"DELETE FROM {table}")  # noqa: S608 - our two tables

    def _next(self, table: str) -> int:
        number: int = self._link.execute(f"SELECT COALESCE(MAX(number), 0) + 1 FROM {table}").fetchone()[0]  # noqa: S608 - one of our two tables
        return number


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal's file, which the first write creates; one that isn't there yet reads as empty.

    Every method raises Locked after ``wait`` seconds behind other writers, BadInput where the file is no journal or a
    newer cstools wrote it, and CstoolsError where it can't be read or written.
    """

    path: Path
    wait: float = WAIT

    @classmethod
    def open(cls, path: Path, wait: float = WAIT) -> "Journal":
        """The journal in a file, brought to this version's schema where an older one wrote it."""
        journal = cls(path, wait)
        with journal._reading():
            return journal

    def events(self, *kinds: str, after: int = 0) -> list[Event]:
        """The events of some kinds, or of all, with numbers above ``after``, in order."""
        with self._reading() as pages:
            return pages.events(*kinds, after=after) if pages else []

    def snapshot(self, name: str) -> Snapshot | None:
        """The latest snapshot of that name; None where there is none."""
        with self._reading() as pages:
            return pages.snapshot(name) if pages else None

    @contextmanager
    def writing(self, *, by: str, now: datetime) -> Iterator[Book]:
        """Read, then append, while nobody else writes. An error in the block leaves the journal as it was."""
        _create(self.path)
        with _told(self.path), closing(self._connect()) as link:  # closing an open transaction undoes it
            link.execute("PRAGMA journal_mode = DELETE").fetchall()
            link.execute("BEGIN IMMEDIATE")
            _migrate(link, self.path)
            yield Book(link, by, now)
            link.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[Pages | None]:
        """Read several things as they were at one moment; None where there is no journal yet."""
        with self._reading() as pages:
            if pages:
                pages.begin()
            yield pages

    @contextmanager
    def _reading(self) -> Iterator[Pages | None]:
        if not _exists(self.path):
            yield None
            return
        with _told(self.path), closing(self._connect()) as link:
            version = _version(link, self.path)
            if 0 < version < len(MIGRATIONS):
                link.execute("BEGIN IMMEDIATE")
                _migrate(link, self.path)
                link.execute("COMMIT")
            yield Pages(link) if version else None

    def _connect(self) -> sqlite3.Connection:
        # For reading too: a writer that was killed leaves something to undo. SQLite itself falls back to reading only.
        return sqlite3.connect(_address(self.path.absolute()), timeout=self.wait, isolation_level=None, uri=True)


def _address(path: PurePath) -> str:
    """A file that is there already, as SQLite takes it: it knows no hosts, so a share's name is part of the path."""
    address = path.as_uri()
    return f"{address if address.startswith('file:///') else address.replace('//', '////', 1)}?mode=rw"


def _create(path: Path) -> None:
    """An empty file that only its owner reads, as salaries may be in it (Windows knows no such modes)."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
    except OSError as error:
        raise _out_of_reach(path, error) from error


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise _out_of_reach(path, error) from error


def _out_of_reach(path: Path, error: OSError) -> CstoolsError:
    reason = error.strerror or type(error).__name__
    return CstoolsError(Text("{path} can't be written: {reason}", path=str(path), reason=reason))


def _version(link: sqlite3.Connection, path: Path) -> int:
    """The file's schema version, 0 for an empty file. Raises BadInput where the file isn't ours or is too new."""
    found: int = link.execute("PRAGMA user_version").fetchone()[0]
    owner: int = link.execute("PRAGMA application_id").fetchone()[0]
    if owner != APPLICATION and (found or link.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]):
        raise _bad(path, Text("this database belongs to another program"), Text("a journal of cstools"))
    if found > len(MIGRATIONS):
        wrong = Text("a newer cstools wrote this journal (version {found})", found=found)
        raise _bad(path, wrong, Text("update cstools; this one knows version {known}", known=len(MIGRATIONS)))
    return found


def _migrate(link: sqlite3.Connection, path: Path) -> None:
    """Bring the schema up to date, inside the transaction that is open."""
    found = _version(link, path)
    if found == len(MIGRATIONS):
        return
    for step in MIGRATIONS[found:]:
        for statement in step:
            link.execute(statement)
    link.execute(f"PRAGMA application_id = {APPLICATION}")
    link.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What SQLite says, as errors that a user can put right; a mistake of ours stays what it is."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explain(path, error) or error from error


def _explain(path: Path, error: sqlite3.Error) -> CstoolsError | None:
    """The error for SQLite's code; None for one that only a mistake in this program can bring about."""
    shown = str(path)
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the rest is detail
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return Locked(Text("{path} is being written by others: try again in a minute", path=shown))
    if code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
        right = Text("a journal of cstools; put back the last copy of the folder that works")
        return _bad(path, Text("this isn't a journal, or it is damaged"), right)
    if code == sqlite3.SQLITE_FULL:
        return CstoolsError(Text("{path} can't be written: the disk is full; nothing was recorded", path=shown))
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR}:
        return CstoolsError(Text("{path} can't be written: {reason}", path=shown, reason=str(error)))
    return None


def _bad(path: Path, wrong: Text, right: Text) -> BadInput:
    return BadInput([Fault(Source(str(path)), None, wrong, right)])


def _event(row: tuple[int, str, str, str, str, str]) -> Event:
    number, kind, at, recorded, author, data = row
    return Event(number, kind, _moment(at), _moment(recorded), author, json.loads(data))


def _like(text: str) -> str:
    """A pattern that finds a text as it stands in JSON."""
    words = re.sub("([%_!])", r"!\1", canonical({"": text})[5:-2])
    return f"%{words}%"


def _stamp(moment: datetime) -> str:
    return moment.isoformat(sep=" ", timespec="seconds")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


# --- what events hold -------------------------------------------------------------------------------------------------


def canonical(data: Mapping[str, Any]) -> str:
    """JSON with sorted keys and nothing to spare: the same data is the same text. Decimals are given as text.

    Raises TypeError or ValueError for what JSON can't hold, which is a mistake of the caller.
    """
    return json.dumps(data, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def pack(value: object) -> Any:
    """A sentence or one of its parameters as JSON: key and parameters, so that each reader hears their language."""
    if isinstance(value, Text):
        return {"text": value.key, "params": {name: pack(each) for name, each in value.params.items()}}
    if isinstance(value, date) and not isinstance(value, datetime):
        return {"day": value.isoformat()}
    if isinstance(value, list | tuple):
        return [pack(each) for each in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def unpack(data: Any) -> Any:
    """What ``pack`` made into JSON, back again; tuples come back as lists."""
    if isinstance(data, dict) and "text" in data:
        key = data["text"]
        return Text(key, **{name: unpack(each) for name, each in data["params"].items()})
    if isinstance(data, dict):
        return date.fromisoformat(data["day"])
    return [unpack(each) for each in data] if isinstance(data, list) else data
