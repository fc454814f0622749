"""The journal's tables, and how a file of an older version is brought to them."""

import sqlite3
from pathlib import Path
from typing import Final

from cstools.journal.trouble import no_journal
from cstools.language import Text

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
    (
        "ALTER TABLE cards ADD COLUMN grave INTEGER NOT NULL DEFAULT 0",
        # In our JSON nothing but the field itself can read like this: a quotation mark within a text is escaped.
        """UPDATE cards SET grave = 1 WHERE shelf = 'item'
            AND (instr(data, '"severity":"major"') OR instr(data, '"severity":"urgent"'))""",
        "CREATE INDEX grave_cards_by_time ON cards (shelf, at) WHERE grave AND NOT live",
        "CREATE INDEX grave_cards_by_number ON cards (shelf, number) WHERE grave AND NOT live",
    ),
)


def version_of(link: sqlite3.Connection, path: Path) -> int:
    """The file's schema version, 0 for an empty file. Raises BadInput where the file isn't ours or is too new."""
    found: int = link.execute("PRAGMA user_version").fetchone()[0]
    owner: int = link.execute("PRAGMA application_id").fetchone()[0]
    if owner != APPLICATION and (found or link.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]):
        raise no_journal(path, Text("this database belongs to another program"), Text("a journal of cstools"))
    if found > len(MIGRATIONS):
        wrong = Text("a newer cstools wrote this journal (version {found})", found=found)
        raise no_journal(path, wrong, Text("update cstools; this one knows version {known}", known=len(MIGRATIONS)))
    return found


def migrate(link: sqlite3.Connection, path: Path) -> None:
    """Bring the schema up to date, inside the transaction that is open."""
    found = version_of(link, path)
    if found == len(MIGRATIONS):
        return
    for step in MIGRATIONS[found:]:
        for statement in step:
            link.execute(statement)
    link.execute(f"PRAGMA application_id = {APPLICATION}")
    link.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
