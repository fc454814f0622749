"""Workbooks and csv files as plain sheets of cells, each cell with its place.

Only what stands in the cells: values as Excel stores them, and a mark where a cell has no value to read (a formula that
was never computed, an error such as #N/A). Everything that makes a file unreadable is one Fault in a BadInput.
"""

import csv
import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cstools.errors import Source
from cstools.language import Text, translate
from cstools.tables.old import OldSheet, old_sheets
from cstools.tables.opening import DAMAGED, OLE, damaged, neither, no_workbook, not_csv, opening

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
_BRACKETS = str.maketrans("[]{}【】〔〕「」", "()()()()()")


@lru_cache(maxsize=4096)  # the same few words again and again
def fold(name: str) -> str:
    """A header or a sheet's name as it is compared: NFKC, no blanks or stars, one kind of brackets, no case."""
    plain = unicodedata.normalize("NFKC", name).translate(_BRACKETS)
    return re.sub(r"[\s*\u200b\ufeff]+", "", plain).casefold()


def both_names(key: str) -> frozenset[str]:
    """A catalogue key's English and Chinese, folded."""
    return frozenset({fold(key), fold(translate(key, "zh"))})


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What stands in a cell that holds no value."""

    shown: str
    wrong: Text
    right: Text

    def __str__(self) -> str:
        return self.shown


@dataclass(frozen=True, slots=True)
class Cell:
    """A value (None for an empty cell, Unreadable for one without a value) and its place, such as B7."""

    value: object
    ref: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row that isn't blank: its number in the sheet, and its cells from column A to the last filled one."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """The cell in a column, A being 1; an empty one beyond the last."""
        if column <= len(self.cells):
            return self.cells[column - 1]
        return Cell(None, f"{letters(column)}{self.number}")


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged block: its first and last row and column, both included, A being 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's rows, blank ones left out; ``file`` and ``name`` are what faults call it (no name for csv)."""

    file: str
    name: str
    rows: tuple[Row, ...]
    merges: tuple[Merge, ...] = ()

    def source(self, cell: str = "") -> Source:
        """The place of a cell, a row or the whole sheet."""
        return Source(self.file, self.name, cell)

    def spread(self, row: Row, *, across: bool = False) -> Row:
        """A title or header row in which a merged block's value stands in each of its rows.

        With ``across`` in each of its columns too, as the upper level of a two-level header needs it.
        """
        cells = {column: cell for column, cell in enumerate(row.cells, 1) if cell.value is not None}
        for merge in self.merges:
            if merge.top <= row.number <= merge.bottom:
                value = self.value(merge.top, merge.left)
                last = merge.right if across else merge.left
                for column in range(merge.left, last + 1):
                    cells[column] = Cell(value, f"{letters(column)}{row.number}")
        return _row(row.number, cells)

    def value(self, number: int, column: int) -> object:
        """The value at a row's number and a column's, both from 1."""
        return next((row.cell(column).value for row in self.rows if row.number == number), None)


@dataclass(frozen=True, slots=True)
class Book:
    """A file's sheets by name, in their order; sheets whose name starts with _ are the writers' own and left out."""

    file: str
    sheets: Mapping[str, Sheet] = field(default_factory=dict)

    def find(self, key: str, aliases: Iterable[str] = ()) -> Sheet | None:
        """The sheet with a key's name, in either language, or an alias; blanks, width and case don't matter."""
        wanted = both_names(key).union(map(fold, aliases))
        return next((sheet for name, sheet in self.sheets.items() if fold(name) in wanted), None)

    @property
    def first(self) -> Sheet:
        """The first sheet; a csv file's only one."""
        return next(iter(self.sheets.values()))


def letters(column: int) -> str:
    """A column's letters: 1 is A, 27 is AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def read_book(path: Path) -> Book:
    """A workbook (.xlsx, .xlsm, .xls) or a csv file (UTF-8 with or without BOM, GB18030) as sheets.

    Raises BadInput with one fault where it can't be read.
    """
    data = _read_bytes(path)
    if data.startswith(OLE):
        return _read_old(path, data)
    if path.suffix.lower() in {".csv", ".txt"} and not data.startswith(b"PK"):
        return _read_csv(path, data)
    if path.suffix.lower() == ".csv" or not data.startswith(b"PK"):
        raise no_workbook(path)
    try:
        return _read_workbook(path, data)
    except DAMAGED as error:
        raise damaged(path) from error


def _read_bytes(path: Path) -> bytes:
    with opening(path):
        return path.read_bytes()


# --- csv --------------------------------------------------------------------------------------------------------------


def _read_csv(path: Path, data: bytes) -> Book:
    try:
        lines = list(csv.reader(io.StringIO(_decode(path, data), newline="")))
    except csv.Error as error:
        raise not_csv(path, str(error)) from error
    rows = (_row(number, _csv_cells(number, line)) for number, line in enumerate(lines, 1))
    return Book(path.name, {path.stem: Sheet(path.name, "", tuple(row for row in rows if row.cells))})


def _decode(path: Path, data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise neither(path)


def _csv_cells(number: int, line: list[str]) -> dict[int, Cell]:
    cells = ((column, f"{letters(column)}{number}", text) for column, text in enumerate(line, 1) if text.strip())
    return {column: Cell(_error(text) if text in _ERRORS else text, ref) for column, ref, text in cells}


# --- workbooks --------------------------------------------------------------------------------------------------------


def _read_workbook(path: Path, data: bytes) -> Book:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of each extension it doesn't know; we only read values
        values = load_workbook(io.BytesIO(data), data_only=True)
        formulas = load_workbook(io.BytesIO(data)) if _has_formulas(data) else None
    sheets = {sheet.title: _read_sheet(path.name, sheet, formulas) for sheet in values.worksheets
              if not sheet.title.startswith("_")}  # fmt: skip
    if not sheets:
        raise ValueError(path)
    return Book(path.name, sheets)


def _read_old(path: Path, data: bytes) -> Book:
    sheets = {sheet.name: _old_sheet(path.name, sheet) for sheet in old_sheets(path, data) if sheet.name[:1] != "_"}
    if not sheets:
        raise damaged(path)
    return Book(path.name, sheets)


def _old_sheet(file: str, sheet: OldSheet) -> Sheet:
    rows = []
    for number, values in enumerate(sheet.rows, 1):
        filled = ((column, value) for column, value in enumerate(values, 1) if not _blank(value))
        cells = {column: Cell(_error(value) if isinstance(value, str) and value in _ERRORS else value,
                              f"{letters(column)}{number}") for column, value in filled}  # fmt: skip
        if cells:
            rows.append(_row(number, cells))
    merges = tuple(Merge(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in sheet.merges)
    return Sheet(file, sheet.name, tuple(rows), merges)


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _has_formulas(data: bytes) -> bool:
    """Reading a workbook a second time, for its formulas, doubles the time: only where there are any."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(re.search(rb"<(?:\w+:)?f[\s>/]", archive.read(name)) for name in names)


def _read_sheet(file: str, sheet: "Worksheet", formulas: "Workbook | None") -> Sheet:
    twin = formulas[sheet.title] if formulas else None
    rows: dict[int, dict[int, Cell]] = {}
    # Not sheet.iter_rows(): it makes a cell for every gap, and one stray cell at XFD1048576 would take all memory.
    for (number, column), cell in sheet._cells.items():  # noqa: SLF001
        value: object = cell.value
        if isinstance(value, str) and not value.strip():
            value = None
        if cell.data_type == "e":
            value = _error(str(value))
        elif value is None and cell.data_type != "str" and twin and twin.cell(number, column).data_type == "f":
            value = _formula(twin.cell(number, column).value)
        if value is not None:
            rows.setdefault(number, {})[column] = Cell(value, cell.coordinate)
    return Sheet(file, sheet.title, tuple(_row(n, rows[n]) for n in sorted(rows)), tuple(_merges(sheet)))


def _merges(sheet: "Worksheet") -> Iterator[Merge]:
    for block in sorted(sheet.merged_cells.ranges, key=lambda block: (block.min_row, block.min_col)):
        yield Merge(block.min_row, block.min_col, block.max_row, block.max_col)


def _row(number: int, cells: Mapping[int, Cell]) -> Row:
    filled = [column for column, cell in cells.items() if cell.value is not None]
    columns = range(1, max(filled, default=0) + 1)
    return Row(number, tuple(cells.get(column) or Cell(None, f"{letters(column)}{number}") for column in columns))


def _error(shown: str) -> Unreadable:
    right = Text("put the formula right, or type the value")
    return Unreadable(shown, Text("an error of Excel instead of a value"), right)


def _formula(value: object) -> Unreadable:
    shown = value if isinstance(value, str) else str(getattr(value, "text", "="))
    return Unreadable(shown, Text("a formula without a result"), Text("open the workbook once in Excel and save it"))
