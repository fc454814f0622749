"""What can go wrong with the journal's file, as errors that a user can put right."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cstools.errors import BadInput, CstoolsError, Fault, Locked, Source
from cstools.language import Text


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
    if code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
        right = Text("a journal of cstools; put back the last copy of the folder that works")
        return no_journal(path, Text("this isn't a journal, or it is damaged"), right)
    if code == sqlite3.SQLITE_FULL:
        return CstoolsError(Text("{path} can't be written: the disk is full; nothing was recorded", path=shown))
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR}:
        return CstoolsError(Text("{path} can't be written: {reason}", path=shown, reason=str(error)))
    return None


def no_journal(path: Path, wrong: Text, right: Text) -> BadInput:
    """The error for a file that can't be taken as a journal."""
    return BadInput([Fault(Source(str(path)), None, wrong, right)])


def out_of_reach(path: Path, error: OSError) -> CstoolsError:
    """The error for a file that the system keeps from us."""
    reason = error.strerror or type(error).__name__
    return CstoolsError(Text("{path} can't be written: {reason}", path=str(path), reason=reason))
