"""The rows of 交接日志.xlsx that are new or changed, whole and checked, or every wrong cell told at once."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

from cstools.desk import Form
from cstools.errors import BadInput, Fault, Source
from cstools.handover.book_sheets.checking import check
from cstools.handover.book_sheets.sheets import FORMS, ITEMS, SIGNATURES
from cstools.handover.setup import Setup
from cstools.journal import Pages, canonical
from cstools.language import Text
from cstools.tables.columns import Record, Table, read_rows
from cstools.tables.grid import Book, Row, Sheet, fold
from cstools.team import Team

LONGEST: Final = 9  # digits of a row's number; what is longer is a mark of what was typed


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: its values by column, people as numbers and shifts as codes, and what it is known by.

    A row with a number of its own stays the same row whatever else changes in it; any other is known by what was typed,
    the second and third that say the same by that, too: the same count in the next shift is another one. ``group`` is
    whose sheet a signature is for.
    """

    form: Form
    record: Record
    values: Mapping[str, Any]
    nth: int = 1
    group: str = ""

    @property
    def told(self) -> str:
        """All it says, as text that can be kept."""
        return _kept(self.values)

    @property
    def typed(self) -> str:
        """A mark of what stands in its cells, whatever that means by now."""
        return hashlib.sha256(_kept(self.record.values).encode()).hexdigest()[:20]

    @property
    def key(self) -> str:
        """What it is known by."""
        nth = str(self.nth) if self.nth > 1 else ""
        return "|".join(filter(None, (self.form.label, self.record.values.get("id") or self.typed, nth, self.group)))

    @property
    def row(self) -> dict[str, str]:
        """What is kept of it beside the event that it made: also in which workbook's which sheet it stands."""
        sheet = f"{self.record.sheet.file}|{self.form.label}"
        return {"key": self.key, "told": self.told, "typed": self.typed, "sheet": sheet}


@dataclass(frozen=True)
class Seen:
    """What was read before: which sheets of a workbook of this name, and which rows as they stand."""

    pages: Pages | None
    file: str

    def sheets(self) -> frozenset[str]:
        """The labels of the sheets that something was read from."""
        labels = [form.label for form in FORMS]
        return frozenset(
            label for label in labels if self.pages and self.pages.card("workbook", f"{self.file}|{label}")
        )

    def numbers(self, form: Form) -> int:
        """The highest number that a row of a sheet ever had."""
        keys = [card.key.split("|") for card in self.pages.cards("row")] if self.pages else []
        own = (key[1] for key in keys if key[0] == form.label)
        return max((int(number) for number in own if number.isdecimal() and len(number) < LONGEST), default=0)

    def has(self, entry: Entry) -> bool:
        """Whether the row was read just as it stands. It isn't checked again: people leave, and types change."""
        card = self.pages.card("row", entry.key) if self.pages else None
        return card is not None and card.data.get("typed") == entry.typed


def read_entries(book: Book, team: Team, setup: Setup, seen: Seen, group: str = "") -> list[Entry]:
    """Every row that is new or has changed, sheet by sheet; raises BadInput with every fault."""
    faults: list[Fault] = []
    found: list[Entry] = []
    needed = {ITEMS.label} | seen.sheets()
    for form in FORMS:
        if sheet := book.find(form.label, form.aliases):
            table = read_rows(_without_blanks(sheet, form), form.columns, faults)
            rows = _rows(table, form, group if form is SIGNATURES else "")
            faults += _twice(rows)
            found += [check_row(entry, team, setup, faults) for entry in rows if not seen.has(entry)]
            for record in table.broken:  # what else is wrong in its other cells
                check(form, record, team, setup, faults)
        elif form.label in needed:
            faults.append(_lost(book.file, form))
    if faults:
        raise BadInput(faults)
    return found


def check_row(entry: Entry, team: Team, setup: Setup, faults: list[Fault]) -> Entry:
    """The row with people's numbers and shifts' codes; whatever is wrong with it is a fault."""
    return replace(entry, values=check(entry.form, entry.record, team, setup, faults))


def _rows(table: Table, form: Form, group: str) -> list[Entry]:
    """The rows that can be read; those without a number of their own that say the same told apart by their order."""
    seen: Counter[str] = Counter()
    found: list[Entry] = []
    for record in table:
        entry = Entry(form, record, record.values, group=group)
        seen[entry.key] += 1
        found.append(entry if record.values.get("id") else replace(entry, nth=seen[entry.key]))
    return found


def _lost(file: str, form: Form) -> Fault:
    right = Text("put it back under its name, or copy it from an older copy of the workbook")
    return Fault(Source(file), None, Text("the sheet “{name}” is missing", name=Text(form.label)), right)


def _without_blanks(sheet: Sheet, form: Form) -> Sheet:
    """The sheet without the rows that hold no more than their ready-made number."""
    numbers = form.columns[0].names() if form.columns[0].key == "id" else frozenset()
    place = next((place for row in sheet.rows for place, cell in enumerate(row.cells, 1)
                  if fold(str(cell.value)) in numbers), 0)  # fmt: skip
    return replace(sheet, rows=tuple(row for row in sheet.rows if not place or _holds_more(row, place)))


def _holds_more(row: Row, place: int) -> bool:
    return any(cell.value is not None for at, cell in enumerate(row.cells, 1) if at != place)


def _twice(entries: list[Entry]) -> Iterator[Fault]:
    seen: set[str] = set()
    for entry in entries:
        if entry.key in seen:
            yield entry.record.fault("id", Text("this number stands twice"), Text("one row a number"))
        seen.add(entry.key)


def _kept(values: Mapping[str, Any]) -> str:
    return canonical({name: _plain(value) for name, value in values.items() if name != "id" and value is not None})


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
