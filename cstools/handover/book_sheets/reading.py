"""The rows of 交接日志.xlsx, whole and checked: people and shifts known, or every wrong cell told at once."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Final

from cstools.desk import Form
from cstools.errors import BadInput, Fault
from cstools.handover.book_sheets.sheets import FORMS
from cstools.handover.setup import Setup
from cstools.journal import canonical
from cstools.language import Text
from cstools.tables.columns import Record, read_rows
from cstools.tables.grid import Sheet, fold, read_book
from cstools.team import Team

PEOPLE: Final = ("by", "owner", "liable", "read")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: its values by column, people as numbers and shifts as codes, and what it is known by.

    A row with a number of its own stays the same row whatever else changes in it; any other is known by what it says.
    """

    form: Form
    record: Record
    values: Mapping[str, Any]

    @property
    def told(self) -> str:
        """All it says, as text that can be kept."""
        return canonical({name: _plain(value) for name, value in self.values.items() if name != "id"})

    @property
    def key(self) -> str:
        """What it is known by."""
        own = self.values.get("id") or hashlib.sha256(self.told.encode()).hexdigest()[:20]
        return f"{self.form.label}|{own}"


def read_entries(path: Path, team: Team, setup: Setup) -> list[Entry]:
    """Every row of the workbook, sheet by sheet; raises BadInput with every fault."""
    faults: list[Fault] = []
    book = read_book(path)
    found: list[Entry] = []
    for form in FORMS:
        if sheet := book.find(form.label, form.aliases):
            table = read_rows(_without_blanks(sheet), form.columns, faults)
            found += [_entry(form, record, team, setup, faults) for record in table]
    faults += _twice(found)
    if faults:
        raise BadInput(faults)
    return found


def _without_blanks(sheet: Sheet) -> Sheet:
    """The sheet without the rows that hold no more than their ready-made number."""
    filled = (row for row in sheet.rows if sum(cell.value is not None for cell in row.cells) > 1)
    return replace(sheet, rows=tuple(filled))


def _entry(form: Form, record: Record, team: Team, setup: Setup, faults: list[Fault]) -> Entry:
    values = {name: value for name, value in record.values.items() if value is not None}
    for name in PEOPLE:
        if name in values:
            values[name] = _numbers(record, name, values[name], team, faults)
    if "shift" in values:
        codes = team.shift_words().get(fold(values["shift"]), ())
        if len(codes) == 1:
            values["shift"] = codes[0]
        else:
            wrong = Text("no shift is called this") if not codes else Text("several shifts are called this")
            faults.append(record.fault("shift", wrong, Text("one of {names}", names=team.shifts.codes())))
    if "kind" in values and "owner" in values and setup.types.find(values["kind"]) is None:
        faults.append(record.fault("kind", Text("this type isn't known"), setup.types.nearest(values["kind"])))
    return Entry(form, record, values)


def _numbers(record: Record, name: str, told: str | tuple[str, ...], team: Team, faults: list[Fault]) -> Any:
    """People's numbers, for one or for several words."""
    numbers = []
    for word in (told,) if isinstance(told, str) else told:
        person = team.find(word)
        if person is None or isinstance(person, Text):
            faults.append(record.fault(name, person or Text("the row can't be read"), team.nearest(word)))
        else:
            numbers.append(person.number)
    return "".join(numbers[:1]) if isinstance(told, str) else tuple(numbers)


def _twice(entries: list[Entry]) -> Iterator[Fault]:
    seen: set[str] = set()
    for entry in entries:
        if "id" in entry.values and entry.key in seen:
            yield entry.record.fault("id", Text("this number stands twice"), Text("one row a number"))
        seen.add(entry.key)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
