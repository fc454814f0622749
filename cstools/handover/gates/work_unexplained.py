"""Work left open without a word (000-024), or without what its type needs so that nobody asks again (002-024)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from cstools.handover.book import Book
from cstools.handover.change import Change
from cstools.handover.gate import Gate
from cstools.handover.items import Item
from cstools.handover.words import Stage, Status
from cstools.language import Text, mark

EXPLAINED: Final = frozenset({Status.CUSTOMER, Status.DEPARTMENT, Status.SOLVED})


@dataclass(frozen=True)
class WorkUnexplained(Gate):
    """What the outgoing people leave open says why (or for whom it waits), and holds what its type needs.

    What another matter opened is left open because its time hasn't come; once it is overdue it says why, too.
    """

    label: ClassVar[str] = mark("open work unexplained")
    sentence: ClassVar[str] = mark("Whatever the outgoing people leave open says why, and lacks nothing.")

    def closed(self, book: Book, change: Change, moment: datetime) -> Iterator[Text]:
        leaving = {worker.number for worker in change.outgoing}
        for item in book.open_items(change.team):
            if item.owner in leaving and item.opened <= moment:
                yield from _reasons(book, item, moment)


def _reasons(book: Book, item: Item, moment: datetime) -> Iterator[Text]:
    waits = item.parent and book.setup.deadlines.of(item, moment).stage is not Stage.OVERDUE
    if not item.reason and item.status not in EXPLAINED and not waits:
        yield Text("matter {number} is left open without a reason: {title}", number=item.number, title=item.title)
    if missing := book.setup.types.of(item).missing(item):
        labels = tuple(Text(label) for label in missing)
        yield Text("matter {number} lacks {missing}: {title}", number=item.number, missing=labels, title=item.title)
