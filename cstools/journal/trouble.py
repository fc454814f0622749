"""What can go wrong with the journal's file, as errors that a user can put right."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cstools.errors import BadInput, CstoolsError, Fault, Locked, Source, system_says
from cstools.language import Text, mark

_REASONS: Final[Mapping[int, str]] = {
    sqlite3.SQLITE_READONLY: mark("it can only be read"),
    sqlite3.SQLITE_CANTOPEN: mark("it can't be opened there"),
    sqlite3.SQLITE_PERM: mark("you may not read or write there"),
    sqlite3.SQLITE_IOERR: mark("the disk fails"),
}


@contextmanager
def told(path: Path) -> Iterator[None]:
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
    lost = code == sqlite3.SQLITE_ERROR and str(error).startswith("no such table")  # somebody else took it away
    if lost or code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
        right = Text("a journal of cstools; put back the last copy of the folder that works")
        return no_journal(path, Text("this isn't a journal, or it is damaged"), right)
    if code == sqlite3.SQLITE_FULL:
        return CstoolsError(Text("{path} can't be written: the disk is full; nothing was recorded", path=shown))
    if code in _REASONS:
        return CstoolsError(Text("{path} can't be written: {reason}", path=shown, reason=Text(_REASONS[code])))
    return None


def no_journal(path: Path, wrong: Text, right: Text) -> BadInput:
    """The error for a file that can't be taken as a journal."""
    return BadInput([Fault(Source(str(path)), None, wrong, right)])


def out_of_reach(path: Path, error: OSError) -> CstoolsError:
    """The error for a file that the system keeps from us."""
    return CstoolsError(Text("{path} can't be written: {reason}", path=str(path), reason=system_says(error)))
