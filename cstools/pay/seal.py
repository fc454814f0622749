"""The seal of the pay journal: each of its events holds a checksum over itself and the one before it.

Nobody changes or takes away an event by hand without breaking the chain from there on, and what was made in a run
without its checksum telling. Who also makes the last links anew is caught by the seal on paper: the command that
closes a month prints it.
"""

import hashlib
from typing import Any, Final

from cstools.errors import CstoolsError
from cstools.journal import Book, Event, Pages, canonical
from cstools.language import Text

KINDS: Final = ("pay.run.made", "pay.run.approved", "pay.run.closed", "pay.run.reopened")
FORMAT: Final = 1  # of what a run keeps; a journal with a higher one was written by a newer cstools
SHOWN: Final = 12  # so many characters of a seal are read aloud


class Tampered(CstoolsError):
    """The pay journal isn't what was written into it."""


def link(before: str, kind: str, data: dict[str, Any]) -> str:
    """The checksum of an event that follows one with the checksum ``before``."""
    bare = {key: value for key, value in data.items() if key != "seal"}
    return hashlib.sha256(canonical({"before": before, "kind": kind, "data": bare}).encode()).hexdigest()


def append(book: Book, kind: str, data: dict[str, Any]) -> Event:
    """Record an event of the pay journal with its seal."""
    found = book.events(*KINDS)
    before = found[-1].data["seal"] if found else ""
    data = {**data, "format": FORMAT, "at": book.now.isoformat(timespec="seconds"), "by": book.author}
    return book.append(kind, {**data, "seal": link(before, kind, data)})


def checked(pages: Pages | None) -> list[Event]:
    """Every event of the pay journal, the chain being whole. Raises Tampered, or CstoolsError for a newer format."""
    before = ""
    try:
        found = pages.events(*KINDS) if pages else []
    except ValueError as error:  # no JSON any more, or no time
        raise Tampered(Text("the pay journal was changed by hand: it can't be read any more")) from error
    for event in found:
        if not _as_recorded(event, before):
            raise Tampered(Text("the pay journal was changed by hand: event {number} isn't what was recorded",
                                number=event.number))  # fmt: skip
        before = str(event.data["seal"])
    return found


def _as_recorded(event: Event, before: str) -> bool:
    """Whether an event holds what was sealed, its time and author too. Raises CstoolsError for a newer format."""
    data = event.data
    if not isinstance(data, dict):
        return False
    written = data.get("format")
    if isinstance(written, int) and written > FORMAT:
        raise CstoolsError(Text("a newer cstools wrote this pay journal; this one doesn't touch it"))
    outside = (event.at.isoformat(), event.recorded.isoformat(), event.author)
    sealed = (data.get("at"), data.get("at"), data.get("by"))
    return outside == sealed and data.get("seal") == link(before, event.kind, data)


def content(pages: Pages, name: str, expected: str) -> bytes:
    """A kept content by its name, which must have the checksum that its run's event recorded. Raises Tampered."""
    try:
        kept = pages.snapshot(name)
    except ValueError:  # its time is none
        kept = None
    if kept is None or hashlib.sha256(_bytes(kept.content)).hexdigest() != expected:
        raise Tampered(Text("the pay journal was changed by hand: {name} isn't what was computed", name=name))
    return kept.content


def _bytes(content: object) -> bytes:
    """What lies in the column: text, too, once somebody edited it there."""
    return content if isinstance(content, bytes) else str(content).encode()
