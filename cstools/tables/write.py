"""Styled workbooks: one writer for rosters, templates and reports; the same content gives the same bytes."""

import io
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import cast

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from wcwidth import wcswidth

from cstools.language import Text, translate
from cstools.tables.columns import Column
from cstools.tables.grid import letters
from cstools.tables.save import save_bytes, stamp
from cstools.tables.style import BODY, FONT, HEADER, PLAIN, REQUIRED, TITLE, WRAPPED, Looks, Style, differential, dress

ALWAYS = datetime(2000, 1, 1)  # noqa: DTZ001 - Excel's times have no zone
Value = str | int | float | Decimal | bool | date | datetime | time | timedelta | Text | None


def display_width(words: str) -> int:
    """The width of the widest line in half-width cells: a Chinese character takes two."""
    return max((max(wcswidth(line), 0) for line in words.splitlines()), default=0)


def block(top: int, left: int, bottom: int, right: int) -> str:
    """A block of cells as Excel writes it: ``B2:D9``."""
    return f"{letters(left)}{top}:{letters(right)}{bottom}"


class BookWriter:
    """A workbook in the making. ``created`` is the only date in its properties.

    With a ``template`` it begins as a copy of that workbook, whose looks and page setup stay.
    """

    def __init__(self, title: str = "", created: datetime = ALWAYS, template: Path | None = None) -> None:
        self.book = load_workbook(template) if template else _new_book()
        self.created = created
        self.book.properties.creator = self.book.properties.lastModifiedBy = "cstools"
        self.book.properties.title = title or None
        self.book.properties.created = self.book.properties.modified = created
        self.looks = Looks()
        self._lists: dict[tuple[str, ...], str] = {}

    @property
    def first(self) -> "SheetWriter":
        """The first sheet of a template, as it is."""
        return SheetWriter(self, self.book.worksheets[0])

    def sheet(self, name: str, *, tab: str = "") -> "SheetWriter":
        """A new sheet after the others; ``tab`` is its tab's colour, RRGGBB."""
        sheet = cast("Worksheet", self.book.create_sheet(name))
        if tab:
            sheet.sheet_properties.tabColor = f"FF{tab}"
        writer = SheetWriter(self, sheet)
        writer.page()
        return writer

    def list_range(self, words: Sequence[str]) -> str:
        """A range on the hidden sheet ``_lists``: Excel refuses lists of over 255 characters in a cell's rule."""
        key = tuple(words)
        if key not in self._lists:
            hidden = self.book["_lists"] if "_lists" in self.book.sheetnames else self.book.create_sheet("_lists")
            hidden.sheet_state = "hidden"
            column = len(self._lists) + 1
            for row, word in enumerate(key, 1):
                _fill_in(cast("Cell", hidden.cell(row, column)), word)
            self._lists[key] = f"_lists!${letters(column)}$1:${letters(column)}${len(key)}"
        return self._lists[key]

    def to_bytes(self) -> bytes:
        """The workbook as bytes, the same for the same content."""
        if "_lists" in self.book.sheetnames:
            self.book.move_sheet("_lists", len(self.book.sheetnames))
        written = io.BytesIO()
        self.book.save(written)
        return stamp(written.getvalue(), self.created)

    def save(self, path: Path) -> None:
        """Write the workbook; raises Locked where the file is open."""
        save_bytes(path, self.to_bytes())


class SheetWriter:
    """One sheet; rows and columns count from 1. ``raw`` is openpyxl's own sheet, for charts."""

    def __init__(self, book: BookWriter, raw: Worksheet) -> None:
        self.book = book
        self.raw = raw

    def cell(self, row: int, column: int) -> Cell:
        """The cell as openpyxl has it; not one inside a merged block but its first."""
        return cast("Cell", self.raw.cell(row, column))

    def put(self, row: int, column: int, value: Value, style: Style = PLAIN) -> None:
        """Fill a cell; text is never a formula."""
        cell = self.cell(row, column)
        _fill_in(cell, value)
        dress(cell, style, self.book.looks)

    def say(self, place: str, value: Value) -> None:
        """Fill a cell such as ``B7`` and leave its look; text is never a formula."""
        _fill_in(cast("Cell", self.raw[place]), value)

    def note(self, row: int, column: int, words: object) -> None:
        """A comment on a cell, as large as its text."""
        self.cell(row, column).comment = _comment(str(words))

    def link(self, row: int, column: int, sheet: str, place: str) -> None:
        """Make a cell lead to a place of this workbook, such as sheet ``排班`` and ``B7``."""
        cell = self.cell(row, column)
        quoted = sheet.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{place}")

    def row(self, row: int, values: Iterable[Value], style: Style = PLAIN, *, first: int = 1) -> None:
        """Fill a row's cells from a first column on."""
        for column, value in enumerate(values, first):
            self.put(row, column, value, style)

    def merge(self, cells: str) -> None:
        """Merge a block; its first cell's value stands for all."""
        self.raw.merge_cells(cells)

    def join(self, cells: str) -> None:
        """Merge a block whose cells all have their looks already, without asking openpyxl to draw its edges anew."""
        self.raw.merged_cells.add(cells)

    def insert(self, row: int, count: int) -> None:
        """Make room for so many rows: what stands from ``row`` on moves down, merged blocks and heights too."""
        raw = self.raw
        merges = [merge for merge in raw.merged_cells.ranges if merge.min_row >= row]
        heights = {at: size.height for at, size in raw.row_dimensions.items() if at >= row}
        for merge in merges:
            raw.merged_cells.remove(merge)
        if raw.max_row >= row:
            raw.move_range(block(row, 1, raw.max_row, raw.max_column), rows=count)
        for merge in merges:
            merge.shift(row_shift=count)
            raw.merged_cells.add(merge)
        for at in heights:
            del raw.row_dimensions[at]
        for at, height in heights.items():
            raw.row_dimensions[at + count].height = height

    def break_after(self, row: int) -> None:
        """Begin a new page below a row."""
        self.raw.row_breaks.append(Break(id=row))

    def freeze(self, row: int, column: int) -> None:
        """Keep what is above and left of a cell in sight."""
        self.raw.freeze_panes = f"{letters(column)}{row}"

    def width(self, column: int, cells: float) -> None:
        """A column's width in half-width characters."""
        self.raw.column_dimensions[letters(column)].width = cells

    def height(self, row: int, points: float) -> None:
        """A row's height in points."""
        self.raw.row_dimensions[row].height = points

    def fit(self, first: int = 1, last: int | None = None, *, least: float = 6, most: float = 40) -> None:
        """Columns as wide as their widest text, within bounds; merged titles don't count."""
        blocks = self.raw.merged_cells.ranges
        titles = {(block.min_row, block.min_col) for block in blocks if block.min_col < block.max_col}
        for column in range(first, (last or self.raw.max_column) + 1):
            rows = (row for row in range(1, self.raw.max_row + 1) if (row, column) not in titles)
            widest = max((display_width(_shown(self.cell(row, column).value)) for row in rows), default=0)
            self.width(column, min(max(widest * 1.1 + 2, least), most))

    def choices(self, cells: str, words: Sequence[str] | str, *, strict: bool = True) -> None:
        """A drop-down list on a block: words, or a range such as ``=Team!$A$2:$A$99``.

        Where not ``strict``, Excel takes other words too.
        """
        source = words.removeprefix("=") if isinstance(words, str) else self.book.list_range(words)
        rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=strict)
        rule.errorTitle = str(Text("not in the list"))
        rule.error = str(Text("please choose from the list"))
        rule.add(cells)
        self.raw.add_data_validation(rule)

    def highlight(self, cells: str, formula: str, style: Style) -> None:
        """A conditional look: where the formula (written for the block's first cell, without =) is true."""
        self.raw.conditional_formatting.add(cells, Rule(type="expression", formula=[formula], dxf=differential(style)))

    def page(self, *, upright: bool = False, title_rows: str = "", title_columns: str = "", high: int = 0) -> None:
        """A4, landscape unless ``upright``, as wide as the page and ``high`` pages high (0: as many as needed).

        Title rows (``1:2``) and columns (``A:B``) come again on each page.
        """
        self.raw.page_setup.paperSize = 9  # A4
        self.raw.page_setup.orientation = "portrait" if upright else "landscape"
        self.raw.page_setup.fitToWidth, self.raw.page_setup.fitToHeight = 1, high
        self.raw.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        margins = self.raw.page_margins
        margins.left = margins.right = 0.4
        margins.top = margins.bottom = 0.6
        margins.header = margins.footer = 0.3  # else LibreOffice cuts them
        self.raw.print_options.horizontalCentered = True
        if self.raw.oddFooter is not None:  # always there, but false while it is empty
            self.raw.oddFooter.center.text = "&P / &N"
        if title_rows:
            self.raw.print_title_rows = title_rows
        if title_columns:
            self.raw.print_title_cols = title_columns


def _new_book() -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    # The workbook's default font, which cells typed later take: openpyxl only lets it be replaced in place.
    book._fonts = IndexedList([Font(name=FONT, charset=134, size=10)])  # type: ignore[attr-defined] # noqa: SLF001
    return book


def _fill_in(cell: Cell, value: Value) -> None:
    if isinstance(value, Text):
        value = str(value)
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.data_type = "s"  # "=1+1" is somebody's name, "#N/A" a text: never a formula, never an error
    if value.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True  # nor when it is edited in Excel


def _comment(words: str) -> Comment:
    lines = sum(max(1, math.ceil(display_width(line) / 34)) for line in words.splitlines())
    return Comment(words, "cstools", height=24 + 20 * lines, width=280)


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)


# --- templates --------------------------------------------------------------------------------------------------------

_SPARE_ROWS = 300


def write_table(
    writer: BookWriter, name: str, columns: Sequence[Column], records: Iterable[Mapping[str, object]] = (),
    *, title: str = "",
) -> SheetWriter:  # fmt: skip
    """A sheet that read_rows reads back: headers in the language spoken, each with a note, lists, formats, frozen.

    ``records`` hold typed values by column key, missing or None for an empty cell. A title goes in a merged row above.
    """
    sheet = writer.sheet(name)
    head = 2 if title else 1
    if title:
        sheet.put(1, 1, title, TITLE)
        sheet.merge(block(1, 1, 1, max(len(columns), 2)))
    last = head
    for place, column in enumerate(columns, 1):
        look = REQUIRED if column.required else HEADER
        sheet.put(head, place, translate(column.label), look)
        sheet.note(head, place, _note(column))
    for last, record in enumerate(records, head + 1):
        for place, column in enumerate(columns, 1):
            value = record.get(column.key)
            style = WRAPPED if column.kind.format == "@" else BODY
            sheet.put(last, place, None if value is None else cast("Value", column.kind.write(value)), style)
            sheet.cell(last, place).number_format = column.kind.format
    for place, column in enumerate(columns, 1):
        # For the rows typed later: else Excel makes 7 of 007.
        sheet.raw.column_dimensions[letters(place)].number_format = column.kind.format
        options: Sequence[str] | str = column.choices or tuple(translate(key) for key in column.kind.options)
        if options:
            sheet.choices(block(head + 1, place, last + _SPARE_ROWS, place), options, strict=not column.kind.many)
    sheet.fit(last=len(columns), least=9)
    sheet.freeze(head + 1, 1)
    sheet.page(title_rows=f"{head}:{head}")
    return sheet


def _note(column: Column) -> str:
    must = Text("must be filled in") if column.required else Text("may stay empty")
    return "\n".join(str(line) for line in (column.note, column.kind.right, must) if line)
