"""What a gate is: one file, typed parameters, a sentence; it says in plain words why a handover may not happen now.

A file in ``cstools/handover/gates`` holds one subclass of Gate. That it exists is its registration.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from cstools.desk.settings import setting, yes_no
from cstools.handover.book import Book
from cstools.handover.change import Change
from cstools.language import Text

OUT, IN = "out", "in"


@dataclass(frozen=True)
class Gate(ABC):
    """A gate. Subclasses are frozen dataclasses whose fields are ``setting(...)``, set in [handover.gates.NAME].

    ``label`` is its name on the sheet and ``sentence`` what it asks, both English keys; ``sides`` are the signatures
    it binds. tests/test_handover_gates.py holds every gate to closing and opening.
    """

    label: ClassVar[str]
    sentence: ClassVar[str]
    sides: ClassVar[tuple[str, ...]] = (OUT,)

    on: bool = setting(True, yes_no, Text("true or false"))  # noqa: FBT003 - a default

    @abstractmethod
    def closed(self, book: Book, change: Change, moment: datetime) -> Iterator[Text]:
        """Every reason for which the handover may not be signed at a moment; none: the gate is open."""

    @classmethod
    def name(cls) -> str:
        """The gate's key: the name of its file."""
        return cls.__module__.rpartition(".")[2]
