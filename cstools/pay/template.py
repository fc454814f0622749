"""A new pay desk: pay.xlsx with every sheet, its cstools.toml, and a file to double-click on Windows."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from cstools import assets
from cstools.attendance.sheets import ATTENDANCE, OFFLINE, OVERTIME
from cstools.desk import Form
from cstools.desk.new import plain_files, write_desk
from cstools.errors import BadInput, Fault
from cstools.language import translate
from cstools.pay.sheets.cumulatives import DEDUCTIONS, OPENINGS
from cstools.pay.sheets.employees import EMPLOYEES
from cstools.pay.sheets.happened import EVENTS, STANDARDS
from cstools.pay.sheets.items import items_form
from cstools.pay.sheets.law import CITIES, FIGURES, SHARES, TAXES
from cstools.pay.sheets.wages import ALLOWANCES, BASES, RATES
from cstools.tables.columns import Column, read_rows
from cstools.tables.grid import fold, read_book
from cstools.tables.write import BookWriter, write_table

PROFILE: Final = "pay"
WORKBOOK: Final = "pay.xlsx"


def forms() -> Sequence[Form]:
    """Every sheet of a pay desk's workbook, in its order."""
    return (EMPLOYEES, BASES, items_form(), RATES, ALLOWANCES, STANDARDS, EVENTS, DEDUCTIONS, OPENINGS, ATTENDANCE,
            OVERTIME, OFFLINE, SHARES, CITIES, TAXES, FIGURES)  # fmt: skip


def new_pay_desk(folder: Path) -> list[Path]:
    """Write a new pay desk; the files written. Raises Refused, having written nothing, where one exists already."""
    return write_desk(folder, compose([assets.template(PROFILE)]), private=True)


def compose(folders: Sequence[Path]) -> dict[str, bytes]:
    """A pay desk's files by name, from a profile's folder and from others whose files replace its own."""
    paths = {path.name: path for folder in folders for path in sorted(folder.iterdir()) if path.is_file()}
    return {WORKBOOK: write_workbook(paths), **plain_files(paths)}


def write_workbook(paths: Mapping[str, Path]) -> bytes:
    """pay.xlsx with the rows of csv files by their sheets' names. Raises BadInput where a cell can't be taken."""
    faults: list[Fault] = []
    tables = [path for path in paths.values() if path.suffix == ".csv"]
    writer = BookWriter()
    for form in forms():
        path = next((path for path in tables if fold(path.stem) in form.names()), None)
        write_table(writer, translate(form.label), form.columns, _rows(path, form.columns, faults) if path else ())
    if faults:
        raise BadInput(faults)
    return writer.to_bytes()


def _rows(path: Path, columns: Sequence[Column], faults: list[Fault]) -> list[Mapping[str, Any]]:
    """The rows of a csv file, a cell left empty where it is empty there."""
    table = read_rows(read_book(path).first, columns, faults)
    return [
        {column.key: record[column.key] for column in columns
         if (cell := record.cells.get(column.key)) and cell.value is not None}
        for record in table
    ]  # fmt: skip
