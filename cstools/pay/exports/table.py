"""A table for another program: every field checked, identifiers as text, written whole or not at all."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from cstools.errors import BadInput, Fault, Source
from cstools.language import Text
from cstools.money import fen
from cstools.tables.style import PLAIN, Style
from cstools.tables.write import BookWriter

Field = str | Decimal | int | None
_RUNS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BLANKS: Final = " \t\r\n\v\f\u00a0\u3000\ufeff"
_QUOTED: Final = ","  # the only separator for which programs understand quotes
_MONEY: Final = Style(format="0.00")
_TEXT: Final = Style(format="@")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows for another program: lines above the header, headers, rows of fields, lines below.

    Strings are written as text, so that an account number keeps its digits; Decimals are amounts to the fen.
    """

    name: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Field]]
    above: Sequence[Sequence[Field]] = ()
    below: Sequence[Sequence[Field]] = ()
    with_header: bool = True

    def lines(self) -> Iterable[Sequence[Field]]:
        """Everything from the top, the header included where it is written."""
        return (*self.above, *([tuple(self.headers)] if self.with_header else ()), *self.rows, *self.below)


def refuse_formulas(table: Table) -> None:
    """Refuse a text that another program would run as a formula. Raises BadInput with every such field."""
    wrong, right = Text("this would run as a formula where it is read"), Text("change it in sheet 人员")

    def runs(field: str) -> bool:
        return field.startswith(("\t", "\r")) or field.lstrip(_BLANKS).startswith(_RUNS)

    _refuse(table, runs, wrong, right)


def _refuse(table: Table, bad: Callable[[str], bool], wrong: Text, right: Text) -> None:
    """Raise BadInput with every text that is bad, called by its header and the number of its row."""
    faults = [
        Fault(Source(table.name, cell=f"{header} {number}".strip()), field, wrong, right)
        for number, row in enumerate(table.rows, 1) for header, field in zip(table.headers, row, strict=True)
        if isinstance(field, str) and bad(field)
    ]  # fmt: skip
    faults += [Fault(Source(table.name), field, wrong, Text("change it in the template"))
               for line in (tuple(table.headers), *table.above, *table.below) for field in line
               if isinstance(field, str) and bad(field)]  # fmt: skip
    if faults:
        raise BadInput(faults)


def to_csv(table: Table, encoding: str = "utf-8-sig", separator: str = ",") -> bytes:
    """The table as csv. Raises BadInput for formulas, and for a character that the encoding doesn't have.

    Between anything but commas no text is quoted, as banks' programs would read the quotes: one that holds the
    separator is refused.
    """
    refuse_formulas(table)
    if separator != _QUOTED:
        wrong = Text("this holds the file’s separator")
        _refuse(table, lambda field: any(mark in field for mark in (separator, '"', "\n")), wrong,
                Text("change it in sheet 人员"))  # fmt: skip
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerows([_plain(field) for field in line] for line in table.lines())
    try:
        return text.getvalue().encode(encoding)
    except UnicodeEncodeError as error:
        letter = text.getvalue()[error.start : error.end]
        wrong = Text("“{letter}” can't be written in {encoding}", letter=letter, encoding=encoding)
        raise BadInput(
            [Fault(Source(table.name), letter, wrong, Text("another spelling, or another encoding"))]
        ) from error


def to_xlsx(table: Table, made: datetime) -> bytes:
    """The table as the only sheet of a workbook: identifiers as text, amounts with two places."""
    refuse_formulas(table)
    writer = BookWriter(created=made)
    sheet = writer.sheet(table.name)
    for row, line in enumerate(table.lines(), 1):
        for place, field in enumerate(line, 1):
            if field is not None:
                amount = isinstance(field, Decimal)
                sheet.put(row, place, field, _MONEY if amount else _TEXT if isinstance(field, str) else PLAIN)
    sheet.fit(least=8)
    return writer.to_bytes()


def _plain(field: Field) -> str:
    if field is None:
        return ""
    return f"{fen(field):.2f}" if isinstance(field, Decimal) else str(field)
