"""The wrong cells of one file, told by cell; after the first twenty of a column, how many more there are."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from cstools.errors import Fault, Source
from cstools.language import Text
from cstools.orders.headers import Sheet
from cstools.tables.kinds import Wrong

_TOLD: Final = 20
T = TypeVar("T")


class Complaints:
    """What is wrong in a file; ``finish`` adds what wasn't told cell by cell."""

    def __init__(self, sheet: Sheet, faults: list[Fault]) -> None:
        self._sheet = sheet
        self._faults = faults
        self._counts: Counter[str] = Counter()

    def tell(self, row: int, key: str, value: str, wrong: Wrong) -> None:
        """A cell that can't be taken."""
        self._counts[key] += 1
        if self._counts[key] <= _TOLD:
            self._faults.append(Fault(self._sheet.source(row, key), value, wrong.wrong, wrong.right))

    def read(self, row: int, cells: Sequence[str], key: str, read: Callable[[str], T]) -> T | None:
        """What a row's cell holds; None, and a fault, where it can't be taken."""
        text = self._sheet.words(cells, key)
        try:
            return read(text)
        except Wrong as wrong:
            self.tell(row, key, text, wrong)
            return None

    def finish(self) -> None:
        """How many more there are in each column."""
        for key, count in self._counts.items():
            if count > _TOLD:
                header = self._sheet.header[self._sheet.places.get(key, 0)]
                wrong = Text("{count} more cells of this column can't be read", count=count - _TOLD)
                self._faults.append(Fault(Source(self._sheet.stream.file, self._sheet.stream.sheet), header, wrong))
