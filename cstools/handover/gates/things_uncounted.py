"""Shared things that were not counted face to face (000-023)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from cstools.handover.book import Book
from cstools.handover.change import Change
from cstools.handover.gate import Gate
from cstools.language import Text, mark


@dataclass(frozen=True)
class ThingsUncounted(Gate):
    """Every shared thing was counted in the outgoing shift, and what is missing says where it is."""

    label: ClassVar[str] = mark("shared things not counted")
    sentence: ClassVar[str] = mark("Every shared thing was counted in this shift, and what is missing is explained.")

    def closed(self, book: Book, change: Change, moment: datetime) -> Iterator[Text]:  # noqa: ARG002 - a gate's shape
        for thing in book.things():
            counted = thing.get("counted_at", "")
            if not counted or datetime.fromisoformat(counted) < change.begins:
                yield Text("{name} was not counted in this shift", name=thing["thing"])
            elif (missing := thing.get("expected", 0) - thing["counted"]) > 0 and not (
                thing.get("holder") or thing.get("note")
            ):
                yield Text("{count} of {name} are missing, and nothing says where", count=missing, name=thing["thing"])
