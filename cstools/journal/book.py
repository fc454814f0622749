"""A journal open for writing: events and snapshots to append, and the cards to keep in step with them."""

import hashlib
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cstools.journal.pages import Card, Event, Pages, Snapshot
from cstools.journal.words import canonical, stamp


class Book(Pages):
    """A journal open for writing: all that is appended is recorded together, or none of it."""

    def __init__(self, link: sqlite3.Connection, author: str, now: datetime) -> None:
        super().__init__(link)
        self.author = author
        self.now = now

    def append(self, kind: str, data: Mapping[str, Any], at: datetime | None = None) -> Event:
        """Record an event; ``at`` is when it was, now where nothing else was said."""
        event = Event(self._next("events"), kind, at or self.now, self.now, self.author, data)
        row = (event.number, kind, stamp(event.at), stamp(self.now), self.author, canonical(data))
        self._link.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)", row)
        return event

    def keep(self, name: str, content: bytes) -> Snapshot:
        """Keep a computed thing whole; what is already the latest of that name is not kept twice."""
        digest = hashlib.sha256(content).hexdigest()
        latest = self.snapshot(name)
        if latest and latest.hash == digest:
            return latest
        kept = Snapshot(self._next("snapshots"), name, self.now, self.author, digest, content)
        row = (kept.number, name, stamp(self.now), self.author, digest, content)
        self._link.execute("INSERT INTO snapshots VALUES (?, ?, ?, ?, ?, ?)", row)
        return kept

    def lay(self, card: Card) -> None:
        """Put a card where it stands."""
        row = (card.shelf, card.key, card.number, card.live, stamp(card.at), canonical(card.data), card.grave)
        self._link.execute("INSERT OR REPLACE INTO cards VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def file(self, card: Card, event: Event) -> None:
        """Put a card where its event leaves it; ``event`` is what changed it, and is remembered with the card."""
        self.lay(card)
        thread = (card.shelf, card.key, event.number, stamp(event.at))
        self._link.execute("INSERT INTO threads VALUES (?, ?, ?, ?)", thread)

    def unfile(self, *shelves: str) -> None:
        """Take every card from some shelves, to file them anew from the events."""
        for table in ("cards", "threads"):
            for shelf in shelves:
                self._link.execute(f"DELETE FROM {table} WHERE shelf = ?", (shelf,))  # noqa: S608 - our two tables

    def _next(self, table: str) -> int:
        number: int = self._link.execute(f"SELECT COALESCE(MAX(number), 0) + 1 FROM {table}").fetchone()[0]  # noqa: S608 - one of our two tables
        return number
