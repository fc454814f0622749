"""Rows of a big file one after the other, each a list of plain text, without an object for each cell.

A csv file isn't decoded as a whole: in GBK and UTF-8 no byte of a comma, a quote or an end of line is ever part of
another letter, so that rows are split as Latin-1, and only the cells that are asked for are turned into words. That
takes a third less time than decoding all, and a letter cut in half in a cell that nobody reads hurts nobody.
"""

import codecs
import csv
import io
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cstools.days import read_number
from cstools.language import Text
from cstools.tables.grid import letters
from cstools.tables.old import OldSheet, old_sheets
from cstools.tables.opening import DAMAGED, OLE, damaged, neither, no_workbook, not_csv, opening

_HEAD: Final = 1 << 16
_SPOILT_FROM: Final = 10**15  # Excel keeps 15 digits and makes zeros of the rest
_CSV: Final = frozenset({".csv", ".txt"})


@dataclass(frozen=True, slots=True)
class Stream:
    """A sheet's rows from its first line on, blank ones too, so that the nth is Excel's row n.

    A row's cells are raw: ``words`` turns one into text. Going through ``rows`` raises BadInput where the file turns
    out to be damaged.
    """

    file: str
    sheet: str
    rows: Iterator[list[str]]
    words: Callable[[str], str]


def cell_name(column: int, row: int) -> str:
    """A cell's name: its column counted from 0, its row from 1."""
    return f"{letters(column + 1)}{row}"


def read_streams(path: Path) -> Iterator[Stream]:
    """The sheets of a workbook (.xlsx, .xlsm, .xls), or the one of a csv file.

    Raises BadInput with one fault where the file can't be read. A number of more than 15 digits in a workbook's cell,
    whose last digits Excel has lost, reads ``2.41E+18``.
    """
    with opening(path), path.open("rb") as file:
        head = file.read(_HEAD)
        if head.startswith(OLE):
            for sheet in old_sheets(path, head + file.read()):
                if not sheet.name.startswith("_"):
                    yield Stream(path.name, sheet.name, _old_rows(sheet), str)
            return
    if path.suffix.lower() in _CSV and not head.startswith(b"PK"):
        yield Stream(path.name, "", _csv_rows(path, head), _words(_encoding(path, head)))
    elif path.suffix.lower() in _CSV or not head.startswith(b"PK"):
        raise no_workbook(path)
    else:
        yield from _workbook_streams(path)


# --- csv --------------------------------------------------------------------------------------------------------------


def _csv_rows(path: Path, head: bytes) -> Iterator[list[str]]:
    first_line = head.split(b"\n", 1)[0]
    delimiter = "\t" if first_line.count(b"\t") > first_line.count(b",") else ","
    with opening(path), path.open(encoding="latin-1", newline="\n") as lines:
        if head.startswith(codecs.BOM_UTF8):
            lines.seek(len(codecs.BOM_UTF8))
        reader = csv.reader(lines, delimiter=delimiter)
        try:
            yield from reader
        except csv.Error as error:
            raise not_csv(path, str(error), str(Text("line {line}", line=reader.line_num))) from error


def _encoding(path: Path, head: bytes) -> str:
    """UTF-8 or else GBK, as the header tells, or all of the head where that has no Chinese. Raises BadInput."""
    header = head.split(b"\n", 1)[0]
    for encoding in ("utf-8", "gb18030"):
        try:
            # The last letter of what was read may be cut in half.
            codecs.getincrementaldecoder(encoding)().decode(head if header.isascii() else header)
        except UnicodeDecodeError:
            continue
        return encoding
    raise neither(path)


def _words(encoding: str) -> Callable[[str], str]:
    decode = codecs.getdecoder(encoding)  # half the time of bytes.decode, which looks it up each time

    def words(raw: str) -> str:
        if raw.isascii():
            return raw
        data, _ = codecs.latin_1_encode(raw)
        try:
            return decode(data)[0]
        except UnicodeDecodeError:
            return data.decode("gb18030", "replace")  # a note cut off in the middle of a letter

    return words


# --- workbooks --------------------------------------------------------------------------------------------------------


def _workbook_streams(path: Path) -> Iterator[Stream]:
    from openpyxl import load_workbook

    with opening(path):
        data = io.BytesIO(path.read_bytes())  # no file stays open while somebody goes through the rows, or doesn't
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of each extension it doesn't know
        try:
            sheets = load_workbook(data, read_only=True, data_only=True).worksheets
        except DAMAGED as error:
            raise damaged(path) from error
    for sheet in sheets:
        if not sheet.title.startswith("_"):
            yield Stream(path.name, sheet.title, _workbook_rows(path, sheet), str)


def _old_rows(sheet: OldSheet) -> Iterator[list[str]]:
    width = max(map(len, sheet.rows), default=0)
    for row in sheet.rows:
        yield [*map(_plain, row), *[""] * (width - len(row))]


def _workbook_rows(path: Path, sheet: Any) -> Iterator[list[str]]:
    width = 0
    try:
        sheet.reset_dimensions()  # exports often tell wrong ones
        for row in sheet.iter_rows(values_only=True):
            width = max(width, len(row))
            yield [*map(_plain, row), *[""] * (width - len(row))]
    except DAMAGED as error:
        raise damaged(path) from error


def _plain(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{float(value):.14E}" if abs(value) >= _SPOILT_FROM else f"{read_number(value):f}"
    return str(value)
