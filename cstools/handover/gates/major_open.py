"""重大/紧急 matters that are not finished (000-031)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from cstools.handover.book import Book
from cstools.handover.change import Change
from cstools.handover.gate import Gate
from cstools.handover.words import Status
from cstools.language import Text, mark


@dataclass(frozen=True)
class MajorOpen(Gate):
    """No handover while a major or urgent matter is neither solved nor closed."""

    label: ClassVar[str] = mark("major matter open")
    sentence: ClassVar[str] = mark("No major or urgent matter is left unfinished.")

    def closed(self, book: Book, change: Change, moment: datetime) -> Iterator[Text]:
        for item in book.open_items(change.team):
            if item.opened <= moment and item.severity.grave and item.status is not Status.SOLVED:
                yield Text(
                    "{severity} matter {number} isn't finished: {title}",
                    severity=item.severity.text,
                    number=item.number,
                    title=item.title,
                )
