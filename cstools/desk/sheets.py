"""The sheets of a desk: in its workbook, or as csv files beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cstools.errors import BadInput, Fault
from cstools.tables.columns import Column
from cstools.tables.grid import Book, Sheet, both_names, fold, read_book


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet that a desk may have: its name (a catalogue key), its columns, and other names it may go by."""

    label: str
    columns: Sequence[Column]
    aliases: tuple[str, ...] = ()

    def names(self) -> frozenset[str]:
        """Its names, folded."""
        return both_names(self.label).union(map(fold, self.aliases))


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of a desk: those of its workbook, and instead of a missing one a csv file of its name."""

    book: Book | None
    folder: Path

    def find(self, form: Form, faults: list[Fault]) -> Sheet | None:
        """The sheet of a form; None where there is none, or where its csv can't be read (a fault then)."""
        if self.book and (sheet := self.book.find(form.label, form.aliases)):
            return sheet
        for path in self.csv_files(form):
            try:
                return read_book(path).first
            except BadInput as error:
                faults.extend(error.faults)
        return None

    def csv_files(self, form: Form) -> list[Path]:
        """The csv files that go by a form's name."""
        return sorted(path for path in self.folder.glob("*.csv") if fold(path.stem) in form.names())
