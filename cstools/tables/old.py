"""Old .xls workbooks, as 旺店通 and the tax client still write them; openpyxl reads none."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cstools.tables.opening import damaged, told_protected


@dataclass(frozen=True, slots=True)
class OldSheet:
    """A sheet's name, its rows from the first on (None for an empty cell), and its merged blocks.

    A block is its first and last cell, each as row and column from 0. A formula that was never computed reads as empty:
    the format doesn't tell it from an empty cell.
    """

    name: str
    rows: list[list[object]]
    merges: tuple[tuple[tuple[int, int], tuple[int, int]], ...]


def old_sheets(path: Path, data: bytes) -> Iterator[OldSheet]:
    """The sheets of an .xls file. Raises BadInput where it is protected or damaged."""
    from python_calamine import CalamineError, CalamineWorkbook

    if "EncryptedPackage".encode("utf-16-le") in data:
        raise told_protected(path)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            rows: list[list[object]] = [
                [None if value == "" else value for value in row] for row in sheet.to_python(skip_empty_area=False)
            ]
            yield OldSheet(name, rows, tuple(sheet.merged_cell_ranges or ()))
    except CalamineError as error:
        raise damaged(path) from error
