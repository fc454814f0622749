"""What a user can put right: each class of error with its exit code, and faults with their place."""

import difflib
import errno
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from cstools.language import Text, mark

# The system says these in its own language, which isn't the reader's.
_SYSTEM: Final[Mapping[int, str]] = {
    **dict.fromkeys((errno.EACCES, errno.EPERM), mark("you may not read or write there")),
    errno.EROFS: mark("that disk can only be read"),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), mark("the disk is full")),
    errno.ENOENT: mark("there is no such folder"),
    errno.EISDIR: mark("it is a folder"),
    **dict.fromkeys((errno.ENOTDIR, errno.EEXIST), mark("a file is in the way")),
    errno.ENAMETOOLONG: mark("the name is too long"),
    errno.EIO: mark("the disk fails"),
    **dict.fromkeys((errno.EMFILE, errno.ENFILE), mark("too many files are open")),
    errno.EBUSY: mark("it is in use"),
    errno.ENOLCK: mark("files in that folder can’t be locked"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value came from: a file, a sheet (empty for csv and toml) and a cell, such as B7 (or a line or key)."""

    file: str
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        place = f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet or self.cell
        return f"{self.file} {place}".strip()


@dataclass(frozen=True, slots=True)
class Fault:
    """One wrong value: where it stands, what stands there, what is wrong with it, what would be right."""

    source: Source
    value: object
    wrong: Text
    right: Text | None = None

    def __str__(self) -> str:
        value = self.value
        if isinstance(value, datetime) and value.time() == time():
            value = value.date()  # as Excel shows it
        shown = "" if value is None or value == "" else f" “{value}”"
        right = f" → {self.right}" if self.right else ""
        return f"{self.source}{shown}: {self.wrong}{right}".replace("\n", " ")


class CstoolsError(Exception):
    """Anything a user can put right. ``exit_code`` is the command's; ``lines`` is what is shown, a line each."""

    exit_code = 1

    def __init__(self, *lines: Text | str) -> None:
        super().__init__(*lines)
        self.lines: Sequence[object] = lines

    def __str__(self) -> str:
        return "\n".join(str(line) for line in self.lines)


class Refused(CstoolsError):
    """A rule, a gate or a closed month says no; nothing was changed."""

    exit_code = 1


class UsageFault(CstoolsError):
    """The command's words can't be taken."""

    exit_code = 2


class BadInput(CstoolsError):
    """What was read is wrong; every fault is told at once."""

    exit_code = 3

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)
        self.lines = self.faults


class NoAnswer(CstoolsError):
    """No roster was found."""

    exit_code = 4


class Locked(CstoolsError):
    """Somebody else is writing; try later."""

    exit_code = 75


def system_says(error: OSError) -> Text:
    """Why the system won't have a file read or written."""
    known = _SYSTEM.get(error.errno or 0)
    return Text(known) if known else Text("system error {code}", code=errno.errorcode.get(error.errno or 0, "?"))


def nearest(word: str, known: Iterable[str]) -> Text | None:
    """The question “did you mean …?”, or None where nothing known is near."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return Text("did you mean “{name}”?", name=close[0]) if close else None
