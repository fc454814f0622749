"""A relief that is not fit to take over, and nobody found instead (as fuller copies of the same rule have it)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from cstools.handover.book import Book
from cstools.handover.change import Change
from cstools.handover.gate import IN, OUT, Gate
from cstools.language import Text, mark


@dataclass(frozen=True)
class ReliefUnfit(Gate):
    """Nobody hands over to somebody who was told unfit and is still the relief."""

    label: ClassVar[str] = mark("relief unfit")
    sentence: ClassVar[str] = mark("Nobody of the relief was told unfit for duty.")
    sides: ClassVar[tuple[str, ...]] = (OUT, IN)

    def closed(self, book: Book, change: Change, moment: datetime) -> Iterator[Text]:  # noqa: ARG002 - a gate's shape
        unfit = {entry["person"]: entry for entry in book.of(change).get("unfit", [])}
        for worker in change.relief:
            if worker.number in unfit:
                yield Text("{name} is unfit for duty: {why}", name=worker.name, why=unfit[worker.number]["why"])
