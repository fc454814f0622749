"""A new desk's team.xlsx: every sheet with its headers, notes and drop-down lists, filled from plain sheets."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from cstools.days import Calendar
from cstools.desk import Form
from cstools.errors import BadInput, Fault
from cstools.language import WEEKDAYS, Text, spoken, translate
from cstools.roster.marks import mark_days
from cstools.roster.sheets.grids import DRAFT, FORMS, LAST
from cstools.roster.sheets.rules import RULES
from cstools.roster.template_lists import Lists
from cstools.tables import kinds
from cstools.tables.columns import Column, Record, Table, read_rows
from cstools.tables.grid import Sheet, letters
from cstools.tables.parameters import split_parameters
from cstools.tables.style import BODY, CENTRED, REQUIRED
from cstools.tables.write import BookWriter, block, write_table
from cstools.team import PEOPLE
from cstools.team.leave import ABSENCES, WISHES, wish_of

DRAFT_DAYS: Final = 35  # a month and the rest of its last week
PAST_DAYS: Final = 7
_REST: Final = replace(REQUIRED, fill="D9D9D9")
_NOTES: Final = {
    DRAFT.label: Text("fill in what is settled, a shift or 休: these cells stay as they are, blank ones are solved"),
    LAST.label: Text("who worked what in the days before, so that rest and runs are right from the first day on"),
}


def write_team(sheets: Mapping[str, Sheet], first: date) -> bytes:
    """The workbook of a desk whose first day is ``first``, from sheets by their form's key, some maybe missing.

    Raises BadInput where a cell isn't what its column takes.
    """
    faults: list[Fault] = []
    tables = {form.label: _read(form, sheets.get(form.label), faults) for form in FORMS}
    if faults:
        raise BadInput(faults)
    writer, lists, names = BookWriter(), Lists(tables), _names(tables)
    spans = {DRAFT.label: range(DRAFT_DAYS), LAST.label: range(-PAST_DAYS, 0)}
    for form in FORMS:
        if form.label in spans:
            days = [first + timedelta(days=after) for after in spans[form.label]]
            _write_grid(writer, form, tables, days, lists)
        else:
            columns = [_plain(lists.listed(form, column)) for column in form.columns]
            rows = [dict(_values(record, form.columns)) for record in tables[form.label]]
            if form is ABSENCES:
                rows = [{**row, "name": names[str(row["number"])]} for row in rows]
            write_table(writer, translate(form.label), columns, rows)
    return writer.to_bytes()


def _read(form: Form, sheet: Sheet | None, faults: list[Fault]) -> Table:
    """A sheet's rows; the days of a grid are columns of text."""
    if sheet is None:
        return Table()
    known = frozenset[str]().union(*(column.names() for column in form.columns))
    header = [str(cell.value) for cell in sheet.rows[0].cells if cell.value is not None]
    days = [Column(word, word, kinds.text) for word in header if form in (DRAFT, LAST) and word not in known]
    return read_rows(sheet, (*form.columns, *days), faults)


# --- tables -----------------------------------------------------------------------------------------------------------


def _is_text(column: Column) -> bool:
    return column.kind.format == kinds.text.format and not column.kind.options


def _plain(column: Column) -> Column:
    """The column as it is written: what is text stays as it stands in the profile."""
    return replace(column, kind=replace(column.kind, write=str)) if _is_text(column) else column


def _values(record: Record, columns: Sequence[Column]) -> Iterator[tuple[str, object]]:
    """A row's filled cells; what the program has words for in the language spoken."""
    for column in columns:
        cell = record.cells.get(column.key)
        if cell is None or cell.value is None:
            continue
        value = cell.value if _is_text(column) else record[column.key]
        if column in RULES.columns and column.key == "parameters":
            value = _parameters(record)
        elif column in ABSENCES.columns and column.key == "kind":
            value = translate(WISHES.get(wish_of(str(value)), str(value)))
        yield column.key, value


def _parameters(record: Record) -> str:
    """A rule's parameters as sheet 规则 has them: ``小时=11，周期=月``."""
    known = record["rule"].parameters()
    shown = []
    for name, text in split_parameters(record["parameters"]):
        kind = known[name]["kind"]
        shown.append(f"{translate(known[name]['label'])}={kind.show(kind.read(text))}")
    return ("，" if spoken() == "zh" else ", ").join(shown)


# --- grids ------------------------------------------------------------------------------------------------------------


def _names(tables: Mapping[str, Table], first: date = date.min) -> dict[str, str]:
    """Names by number of those who haven't left before a day."""
    left = {record["number"] for record in tables[PEOPLE.label] if record["left"] and record["left"] < first}
    return {record["number"]: record["name"] for record in tables[PEOPLE.label] if record["number"] not in left}


def _write_grid(
    writer: BookWriter, form: Form, tables: Mapping[str, Table], days: Sequence[date], lists: Lists
) -> None:
    """People down, days across: a column for each day, weekdays under the dates, the cells that the profile fills."""
    sheet = writer.sheet(translate(form.label))
    filled = {record["number"]: record.values for record in tables[form.label]}
    names = _names(tables, days[0])
    ahead = len(form.columns)
    sheet.row(1, [translate(column.label) for column in form.columns], REQUIRED)
    sheet.row(2, [""] * ahead, REQUIRED)
    for place, mark in enumerate(mark_days(Calendar(), days).values(), ahead + 1):
        style = _REST if mark.rest else REQUIRED
        sheet.put(1, place, mark.day, replace(style, format="m/d"))
        sheet.put(2, place, Text(WEEKDAYS[mark.day.weekday()]), style)
        sheet.width(place, 7)
    for row, (number, name) in enumerate(names.items(), 3):
        sheet.row(row, [number, name], replace(BODY, format="@"))
        words = filled.get(number, {})
        sheet.row(row, [words.get(day.isoformat()) for day in days], CENTRED, first=ahead + 1)
    last = ahead + len(days)
    sheet.note(1, 1, _NOTES[form.label])
    sheet.choices(block(3, ahead + 1, 2 + len(names), last), lists.cells(), strict=False)
    sheet.fit(last=ahead, least=9)
    sheet.freeze(3, ahead + 1)
    sheet.page(title_rows="1:2", title_columns=f"A:{letters(ahead)}")
