"""Equipment that is being started or stopped (000-032)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from cstools.handover.book import Book
from cstools.handover.change import Change
from cstools.handover.gate import Gate
from cstools.handover.words import MOVING, Equipment
from cstools.language import Text, mark


@dataclass(frozen=True)
class EquipmentMoving(Gate):
    """No handover while equipment is starting or stopping."""

    label: ClassVar[str] = mark("equipment starting or stopping")
    sentence: ClassVar[str] = mark("No equipment is being started or stopped.")

    def closed(self, book: Book, change: Change, moment: datetime) -> Iterator[Text]:  # noqa: ARG002 - a gate's shape
        for machine in book.equipment():
            state = Equipment(machine["state"])
            if state in MOVING:
                yield Text("{name} is {state}", name=machine["equipment"], state=state.text)
