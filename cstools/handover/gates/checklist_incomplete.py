"""Preparation that is not done (000-033, 000-037): lines of the outgoing shift's checklist without a tick."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from cstools.handover.book import Book
from cstools.handover.change import Change
from cstools.handover.checks import CLOSING, TIMED, in_shift
from cstools.handover.gate import Gate
from cstools.language import Text, mark


@dataclass(frozen=True)
class ChecklistIncomplete(Gate):
    """No handover before every line of the outgoing shift's checklist is ticked; timed ones once their time is past."""

    label: ClassVar[str] = mark("checklist incomplete")
    sentence: ClassVar[str] = mark("Every line of the outgoing shift's checklist is ticked.")

    def closed(self, book: Book, change: Change, moment: datetime) -> Iterator[Text]:
        for day, shift in change.shifts:
            ticked = book.ticks(day, shift.code)
            for check in in_shift(book.setup.checks, day, shift, CLOSING, TIMED):
                due = check.due(day)
                if check.line not in ticked and (due is None or due <= moment):
                    yield Text("not ticked: {line}", line=check.line)
