"""Headers of exports: one or two levels, units in brackets, line breaks; columns found by name, never by place."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cstools.errors import Fault
from cstools.language import Text
from cstools.tables.grid import Cell, Row, Sheet, fold
from cstools.tables.kinds import trim

_WITHIN: Final = 15
_UNIT: Final = re.compile(r"\((天|小时|分钟|分|次|次数)\)$")
_NAME: Final = fold("姓名")


@dataclass(frozen=True, slots=True)
class Head:
    """A column's header. ``group`` is the level above it, ``unit`` 天, 小时, 分钟 or 次; all folded, empty for none."""

    place: int
    cell: Cell
    group: str
    name: str
    unit: str

    @property
    def whole(self) -> str:
        """As it stands there, folded, with its unit."""
        return fold(str(self.cell.value))

    @property
    def full(self) -> str:
        """Both levels."""
        return self.group + self.name


@dataclass(frozen=True, slots=True)
class Want:
    """A column a format has: its key, its names (the better ones first), its unit where the header has none, and
    whether it must be there.
    """

    key: str
    names: tuple[str, ...]
    unit: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """A sheet's header: its columns in order, its first row's number and its last one's."""

    top: int
    bottom: int
    heads: tuple[Head, ...]

    def names(self) -> frozenset[str]:
        """Every name, alone and with its group's."""
        return frozenset(name for head in self.heads for name in (head.whole, head.name, head.full, head.group))


def find_header(sheet: Sheet, name: str = _NAME) -> Header | None:
    """The header: the first row with a column 姓名 (or another folded ``name``), and the row below where it has two
    levels; None where no row has one.
    """  # fmt: skip
    for row in sheet.rows[:_WITHIN]:
        place = next((place for place, cell in enumerate(row.cells, 1) if _named(cell) == name), None)
        if place:
            below = next((other for other in sheet.rows if other.number == row.number + 1), None)
            upper = sheet.spread(row, across=True)
            if below and _is_lower(sheet, row, below, place):
                return Header(row.number, below.number, tuple(_two_levels(upper, sheet.spread(below))))
            return Header(row.number, row.number, tuple(_one_level(upper)))
    return None


def _named(cell: Cell) -> str:
    return _UNIT.sub("", fold(str(cell.value))) if cell.value is not None else ""


def _is_lower(sheet: Sheet, row: Row, below: Row, place: int) -> bool:
    """Whether the row below is the header's second level: 姓名 is merged down into it, or there is nothing below it."""
    if any(merge.top == row.number and merge.bottom == below.number for merge in sheet.merges):
        return True
    return below.cell(place).value is None and any(cell.value is not None for cell in below.cells)


def _one_level(row: Row) -> Iterator[Head]:
    for place, cell in enumerate(row.cells, 1):
        if cell.value is not None:
            yield _head(place, cell, "")


def _two_levels(upper: Row, lower: Row) -> Iterator[Head]:
    group = ""
    for place in range(1, max(len(upper.cells), len(lower.cells)) + 1):
        above, cell = upper.cell(place), lower.cell(place)
        if above.value is not None:
            group = fold(str(above.value))
        if cell.value is None or cell.value == above.value:
            if above.value is not None:
                yield _head(place, above, "")
        else:
            yield _head(place, cell, group)


def _head(place: int, cell: Cell, group: str) -> Head:
    name = fold(str(cell.value))
    unit = _UNIT.search(name)
    return Head(
        place, cell, group, _UNIT.sub("", name), {"分": "分钟", "次数": "次"}.get(unit[1], unit[1]) if unit else ""
    )


def place(
    sheet: Sheet, header: Header, wants: Sequence[Want], faults: list[Fault], skip: Sequence[str] = ()
) -> dict[str, Head] | None:
    """Each wanted column's header by its key; None, with faults, where a required one is missing or one is doubled.

    ``skip`` are beginnings of groups that hold other things under the same names.
    """
    before = len(faults)
    found: dict[str, Head] = {}
    heads = [head for head in header.heads if not head.group.startswith(tuple(map(fold, skip)) or ("\0",))]
    for want in wants:
        exact = next((same for name in want.names if (same := _called(heads, fold(name)))), [])
        if exact:
            found[want.key] = exact[0]
        for other in exact[1:]:
            right = Text("keep one: the other is in {cell}", cell=exact[0].cell.ref)
            faults.append(
                Fault(sheet.source(other.cell.ref), other.cell.value, Text("this column stands twice"), right)
            )
    missing = tuple(want.names[0] for want in wants if want.required and want.key not in found)
    if missing:
        shown = tuple(str(head.cell.value).replace("\n", "") for head in header.heads)
        wrong = Text("the header {missing} is missing", missing=missing)
        faults.append(
            Fault(sheet.source(f"A{header.top}"), None, wrong, Text("found in this row: {found}", found=shown))
        )
    return found if len(faults) == before else None


def _called(heads: Sequence[Head], name: str) -> list[Head]:
    """The columns of a name: those whose whole header it is, else without the unit, else without the group."""
    for attribute in ("whole", "full", "name"):
        if found := [head for head in heads if getattr(head, attribute) == name]:
            return found
    return []


def body(sheet: Sheet, header: Header, key: Head) -> Iterator[Row]:
    """The rows below a header that have something in a column, sums and comments left out."""
    for row in sheet.rows:
        value = row.cell(key.place).value
        if row.number > header.bottom and value is not None and trim(str(value)) not in {"合计", "总计", "小计", "--"}:
            yield row


def blank(value: object) -> bool:
    """Whether a cell says nothing: empty, or the dashes with which exports fill empty cells."""
    return value is None or (isinstance(value, str) and trim(value) in {"", "-", "--", "—", "——", "无", "null"})


def unit_of(head: Head, want: Want | None, units: Mapping[str, str]) -> str:
    """The unit of a column: its header's own, the one set for it, or the format's; empty where nobody says."""
    if head.unit:
        return head.unit
    told = {fold(name): unit for name, unit in units.items()}
    return told.get(head.name) or told.get(head.full) or (want.unit if want else "")
