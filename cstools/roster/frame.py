"""Where the header of a grid stands: people down, days across, however it is laid out."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from cstools.days import read_day
from cstools.desk import Form
from cstools.errors import Fault
from cstools.language import Text, mark
from cstools.tables.grid import Book, Cell, Row, Sheet, fold
from cstools.team.reading import NAME, NUMBER

GRID: Final = Form(mark("roster"), (NUMBER, NAME), ("排班表", "班表"))
_HEADER_WITHIN: Final = 15
_YEARS: Final = range(2000, 2100)  # others are typing mistakes, or times that Excel holds as dates
_DATELIKE: Final = re.compile(r"\d{1,4}\s*[-/.年月]\s*\d{1,2}")


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a grid's header stands: the columns of number, name and days, A being 1."""

    header: Row
    number: int | None
    name: int | None
    days: Mapping[int, date]


def find_frame(sheet: Sheet, near: date, faults: list[Fault]) -> Frame | None:
    """The header of a grid within the first 15 rows; None where no row has 工号 or 姓名, and dates."""
    best: tuple[int, Row] | None = None
    for row in sheet.rows[:_HEADER_WITHIN]:
        spread = sheet.spread(row)
        if _columns(spread)[0]:
            dates = sum(_as_day(cell, near) is not None for cell in spread.cells)
            if dates and (best is None or dates > best[0]):
                best = dates, spread
    return _frame(sheet, best[1], near, faults) if best else None


def _columns(row: Row) -> tuple[dict[str, int], list[tuple[int, Cell]]]:
    """The places of number and name, and the other filled cells of a header."""
    places: dict[str, int] = {}
    others = []
    for place, cell in enumerate(row.cells, 1):
        if cell.value is None:
            continue
        name = fold(str(cell.value))
        column = next((column for column in GRID.columns if name in column.names()), None)
        if column:
            places.setdefault(column.key, place)
        else:
            others.append((place, cell))
    return places, others


def _as_day(cell: Cell, near: date) -> date | None:
    try:
        return _read_header_day(cell.value, near)
    except ValueError:
        return None


def _read_header_day(value: object, near: date) -> date:
    if not isinstance(value, str | date):
        raise ValueError(value)  # a number is a total
    day = read_day(" ".join(value.split()) if isinstance(value, str) else value, near)
    if day.year not in _YEARS:
        raise ValueError(value)
    return day


def _frame(sheet: Sheet, header: Row, near: date, faults: list[Fault]) -> Frame:
    places, others = _columns(header)
    days: dict[int, date] = {}
    for place, cell in others:
        try:
            day = _read_header_day(cell.value, near)
        except ValueError:
            if isinstance(cell.value, str) and _DATELIKE.match(unicodedata.normalize("NFKC", cell.value)):
                faults.append(
                    Fault(sheet.source(cell.ref), cell.value, Text("not a date"), Text("a date such as 2026-11-09"))
                )
            continue
        if day in days.values():
            first = next(header.cell(other).ref for other, known in days.items() if known == day)
            faults.append(
                Fault(
                    sheet.source(cell.ref),
                    cell.value,
                    Text("this day stands twice"),
                    Text("keep one: the other is in {cell}", cell=first),
                )
            )
        else:
            days[place] = day
    return Frame(header, places.get("number"), places.get("name"), days)


def grid_sheet(book: Book, near: date) -> Sheet:
    """The sheet of a file that holds the grid: the one called 排班, else the first that has a grid's header."""
    named = book.find(GRID.label, GRID.aliases)
    if named:
        return named
    return next((sheet for sheet in book.sheets.values() if find_frame(sheet, near, [])), book.first)


def grid_days(book: Book, near: date) -> tuple[date, ...]:
    """The days that a file's grid has columns for, in order; none where it has no header."""
    frame = find_frame(grid_sheet(book, near), near, [])
    return tuple(sorted(frame.days.values())) if frame else ()


def filled_days(sheet: Sheet, near: date) -> frozenset[date]:
    """The days of a grid for which some row of a person has a filled cell."""
    frame = find_frame(sheet, near, [])
    if frame is None:
        return frozenset()
    rows = [row for row in sheet.rows if row.number > frame.header.number and _is_persons(frame, row)]
    return frozenset(day for place, day in frame.days.items() if any(row.cell(place).value is not None for row in rows))


def _is_persons(frame: Frame, row: Row) -> bool:
    place = frame.number or frame.name
    return place is not None and row.cell(place).value is not None
