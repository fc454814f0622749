"""The journal's file: opening it, one writer at a time, whatever the system or other programs did to it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import Final

from cstools.journal import schema
from cstools.journal.book import Book
from cstools.journal.pages import Event, Pages, Snapshot
from cstools.journal.trouble import out_of_reach, told

WAIT: Final = 120.0  # seconds that a writer waits for the others before it gives up: twenty may be at it at once


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
        with told(self.path), closing(self._connect()) as link:  # closing an open transaction undoes it
            link.execute("PRAGMA journal_mode = DELETE").fetchall()
            link.execute("BEGIN IMMEDIATE")
            schema.migrate(link, self.path)
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
        with told(self.path), closing(self._connect()) as link:
            link.execute("BEGIN")  # what tells whose file it is must be of one moment: another may write the first page
            version = schema.version_of(link, self.path)
            link.execute("COMMIT")
            if 0 < version < len(schema.MIGRATIONS):
                link.execute("BEGIN IMMEDIATE")
                schema.migrate(link, self.path)
                link.execute("COMMIT")
            yield Pages(link) if version else None

    def _connect(self) -> sqlite3.Connection:
        # For reading too: a writer that was killed leaves something to undo. SQLite itself falls back to reading only.
        return sqlite3.connect(address(self.path.absolute()), timeout=self.wait, isolation_level=None, uri=True)


def address(path: PurePath) -> str:
    """A file that is there already, as SQLite takes it: it knows no hosts, so a share's name is part of the path."""
    found = path.as_uri()
    return f"{found if found.startswith('file:///') else found.replace('//', '////', 1)}?mode=rw"


def _create(path: Path) -> None:
    """An empty file that only its owner reads, as salaries may be in it (Windows knows no such modes)."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
    except OSError as error:
        raise out_of_reach(path, error) from error


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise out_of_reach(path, error) from error
