"""An acceptance of what nobody has handed over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from cstools.handover.book import Book
from cstools.handover.change import Change
from cstools.handover.gate import IN, OUT, Gate
from cstools.language import Text, mark


@dataclass(frozen=True)
class NotSignedOut(Gate):
    """The relief accepts only what somebody has signed; a supervisor may override where the outgoing people left."""

    label: ClassVar[str] = mark("not signed by those who leave")
    sentence: ClassVar[str] = mark("Before the relief accepts, somebody of the outgoing shift has signed.")
    sides: ClassVar[tuple[str, ...]] = (IN,)

    def closed(self, book: Book, change: Change, moment: datetime) -> Iterator[Text]:  # noqa: ARG002 - a gate's shape
        if not any(entry["side"] == OUT for entry in book.of(change).get("signatures", [])):
            yield Text("nobody of the outgoing shift has signed")
