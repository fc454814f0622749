"""A relief that has not come (000-010): the outgoing people stay."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from cstools.handover.book import Book
from cstools.handover.change import Change
from cstools.handover.gate import Gate
from cstools.language import Text, mark


@dataclass(frozen=True)
class ReliefAbsent(Gate):
    """Nobody leaves before everybody of the relief has arrived.

    Where the shifts don't meet, or nobody is rostered to come, there is nobody to wait for. Somebody rostered but
    absent shuts it until a substitute is recorded in the roster, or a supervisor overrides.
    """

    label: ClassVar[str] = mark("relief not there")
    sentence: ClassVar[str] = mark("Everybody of the relief has arrived.")

    def closed(self, book: Book, change: Change, moment: datetime) -> Iterator[Text]:  # noqa: ARG002 - a gate's shape
        if change.written:
            return
        for worker in change.missing:
            yield Text("{name} is absent, and nobody stands in", name=worker.name)
        for worker in change.relief:
            if worker.number not in book.arrivals(worker.day, worker.shift.code):
                yield Text("{name} has not arrived", name=worker.name)
