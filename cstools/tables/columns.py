"""Tables with declared columns: found by their headers, wherever they stand; every wrong cell told at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cstools.errors import Fault, Source, nearest
from cstools.language import Text, translate
from cstools.tables.grid import Cell, Row, Sheet, Unreadable, both_names, fold
from cstools.tables.kinds import Kind, Wrong

_HEADER_WITHIN = 15
_COMMENT = ("#", "说明")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    ``label`` is a catalogue key: its header in either language, with ``aliases`` besides. An empty cell, or a table
    without the column, gives ``default``; where ``required``, a fault. ``note`` is shown at the header of a template.
    ``choices`` makes a drop-down list where the kind has none: words, or a range such as ``=Team!$A$2:$A$99``.
    """

    key: str
    label: str
    kind: Kind
    required: bool = False
    default: object = None
    aliases: tuple[str, ...] = ()
    note: Text | None = None
    choices: Sequence[str] | str | None = None

    def names(self) -> frozenset[str]:
        """Its headers, folded."""
        return both_names(self.label).union(map(fold, self.aliases))


@dataclass(frozen=True, slots=True)
class Record:
    """A row's values by column key, and where each came from; ``row`` has the cells nobody declared, too."""

    sheet: Sheet
    row: Row
    values: Mapping[str, Any]
    cells: Mapping[str, Cell]

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def source(self, key: str | None = None) -> Source:
        """The cell of a column; the row's first where the table doesn't have that column, or none is named."""
        cell = self.cells.get(key) if key else None
        return self.sheet.source(cell.ref if cell else f"A{self.row.number}")

    def fault(self, key: str, wrong: Text, right: Text | None = None) -> Fault:
        """A fault of one of its cells that only the reader of the whole table can see."""
        cell = self.cells.get(key)
        return Fault(self.source(key), cell.value if cell else None, wrong, right)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that could be read whole.

    ``broken`` are those with a fault, holding what could be read of them: so that a person whose 入职 is wrong isn't
    also called unknown wherever their number stands. ``others`` are the headers nobody asked for, by their column
    (A is 1): typing mistakes, or the days of a roster.
    """

    records: tuple[Record, ...] = ()
    broken: tuple[Record, ...] = ()
    others: Mapping[int, Cell] = field(default_factory=dict)
    sheet: Sheet | None = None
    labels: tuple[str, ...] = field(default=(), repr=False)

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    @property
    def unknown(self) -> tuple[Cell, ...]:
        """The headers nobody asked for."""
        return tuple(self.others.values())

    def notes(self) -> Iterator[Fault]:
        """A note for each unknown header, with the nearest known one: doubtful, not wrong."""
        for cell in self.unknown:
            if self.sheet:
                right = nearest(str(cell.value), (translate(label) for label in self.labels))
                wrong = Text("this column isn't known and isn't read")
                yield Fault(self.sheet.source(cell.ref), cell.value, wrong, right)


def read_rows(sheet: Sheet, columns: Sequence[Column], faults: list[Fault]) -> Table:
    """Read a table: its header may stand anywhere in the first 15 rows, its columns in any order.

    Blank rows and rows that start with # or 说明 are skipped. Adds every fault to ``faults`` and raises none.
    """
    header = _find_header(sheet, columns, faults)
    if header is None:
        return Table(sheet=sheet)
    places, unknown = _place(sheet, header, columns, faults)
    records: list[Record] = []
    broken: list[Record] = []
    for row in _body(sheet, header):
        if not any(row.cell(place).value is not None for place in places.values()):
            continue
        record, whole = _read(sheet, row, columns, places, faults)
        (records if whole else broken).append(record)
    return Table(tuple(records), tuple(broken), unknown, sheet, tuple(column.label for column in columns))


def _find_header(sheet: Sheet, columns: Sequence[Column], faults: list[Fault]) -> Row | None:
    """The row that holds the most of the columns; None, with one fault, where none holds all the required ones."""
    rows = [sheet.spread(row) for row in sheet.rows[:_HEADER_WITHIN]]
    if not rows:
        right = Text("headers: {names}", names=tuple(Text(column.label) for column in columns))
        faults.append(Fault(sheet.source(), None, Text("the sheet is empty"), right))
        return None
    best = max(rows, key=lambda row: (not _missing(row, columns), _held(row, columns)))
    if not _missing(best, columns) and _held(best, columns):
        return best
    faults.append(_no_header(sheet, max(rows, key=lambda row: _held(row, columns)), columns))
    return None


def _headers(row: Row) -> set[str]:
    return {fold(str(cell.value)) for cell in row.cells if cell.value is not None}


def _held(row: Row, columns: Sequence[Column]) -> int:
    names = _headers(row)
    return sum(not column.names().isdisjoint(names) for column in columns)


def _missing(row: Row, columns: Sequence[Column]) -> list[Column]:
    names = _headers(row)
    return [column for column in columns if column.required and column.names().isdisjoint(names)]


def _no_header(sheet: Sheet, row: Row, columns: Sequence[Column]) -> Fault:
    missing = tuple(Text(column.label) for column in _missing(row, columns) or columns)
    shown = tuple(str(cell.value).replace("\n", "") for cell in row.cells if cell.value is not None)
    wrong = Text("the header {missing} is missing", missing=missing)
    return Fault(sheet.source(f"A{row.number}"), None, wrong, Text("found in this row: {found}", found=shown))


def _place(
    sheet: Sheet, header: Row, columns: Sequence[Column], faults: list[Fault]
) -> tuple[dict[str, int], dict[int, Cell]]:
    """Each column's place, A being 1, and by their place the cells of the header that are no column's."""
    places: dict[str, int] = {}
    unknown: dict[int, Cell] = {}
    for place, cell in enumerate(header.cells, 1):
        if cell.value is None:
            continue
        name = fold(str(cell.value))
        column = next((column for column in columns if name in column.names()), None)
        if column is None:
            unknown[place] = cell
        elif column.key in places:
            first = header.cell(places[column.key]).ref
            faults.append(Fault(sheet.source(cell.ref), cell.value, Text("this column stands twice"),
                                Text("keep one: the other is in {cell}", cell=first)))  # fmt: skip
        else:
            places[column.key] = place
    return places, unknown


def _body(sheet: Sheet, header: Row) -> Iterator[Row]:
    """The rows below the header, and below a header cell merged over several rows; comments left out."""
    bottoms = (merge.bottom for merge in sheet.merges if merge.top <= header.number <= merge.bottom)
    last = max(bottoms, default=header.number)
    for row in sheet.rows:
        first = next(cell.value for cell in row.cells if cell.value is not None)
        if row.number > last and not (isinstance(first, str) and first.strip().startswith(_COMMENT)):
            yield row


def _read(
    sheet: Sheet, row: Row, columns: Sequence[Column], places: Mapping[str, int], faults: list[Fault]
) -> tuple[Record, bool]:
    """A row's record, and whether every cell could be read."""
    cells = {key: row.cell(place) for key, place in places.items()}
    values: dict[str, Any] = {}
    before = len(faults)
    for column in columns:
        values[column.key] = column.default
        cell = cells.get(column.key)
        if cell is None or cell.value is None:
            if column.required:
                place = cell.ref if cell else f"A{row.number}"
                wrong = Text("{column} is empty", column=Text(column.label))
                faults.append(Fault(sheet.source(place), None, wrong, column.kind.right))
            continue
        try:
            values[column.key] = read_cell(cell, column.kind)
        except Wrong as error:
            wrong = Text("{column}: {wrong}", column=Text(column.label), wrong=error.wrong)
            faults.append(Fault(sheet.source(cell.ref), cell.value, wrong, error.right))
    return Record(sheet, row, values, cells), len(faults) == before


def read_cell(cell: Cell, kind: Kind) -> Any:
    """A cell's value as its kind; None for an empty cell. Raises Wrong, also for a cell without a readable value."""
    if isinstance(cell.value, Unreadable):
        raise Wrong(cell.value.wrong, cell.value.right)
    return None if cell.value is None else kind(cell.value)
