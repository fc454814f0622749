"""Sheet 按日: a row for each duty, day after day, whole days on a page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from openpyxl.worksheet.pagebreak import Break

from cstools.days import show_time
from cstools.language import Text, show
from cstools.roster import cells
from cstools.roster.marks import mark_day
from cstools.roster.roster import Roster
from cstools.roster.workbook import look
from cstools.shifts import Duty
from cstools.tables.style import Style
from cstools.tables.write import BookWriter, SheetWriter, Value, block

ROW: Final = 18.0  # points
ROWS: Final = 26  # that fit below the header on a page
WIDTHS: Final = (12, 6, 9, 22, 11, 13, 22, 14, 9)
DAY, WEEKDAY, SHIFT, NAME, POST = 0, 1, 2, 5, 6  # columns, from 0


def write(book: BookWriter, roster: Roster, title: str, arrive_before: int) -> None:
    """Write the sheet. People arrive so many minutes before a shift."""
    sheet = book.sheet(str(Text("By day")), tab="70AD47")
    headers = (Text("date"), Text("weekday"), Text("shift"), Text("time"), Text("number"), Text("name"), Text("post"),
               Text("meal"), Text("arrive by"))  # fmt: skip
    sheet.row(1, headers, look.HEAD)
    order = {person.number: place for place, person in enumerate(cells.rows(roster))}
    styles = look.shift_styles(cells.shifts(roster))
    days = [_duties(roster, day, order) for day in roster.problem.days]
    row = 2
    for duties in days:
        for nth, duty in enumerate(duties):
            style = styles.get(duty.shift, look.CELL)
            _duty(sheet, row, _values(roster, duty, arrive_before), _styles(roster, duty, style, first=nth == 0))
            row += 1
    for column, width in enumerate(WIDTHS, 1):
        sheet.width(column, width)
    sheet.height(1, ROW * 1.2)
    sheet.freeze(2, 1)
    sheet.raw.auto_filter.ref = block(1, 1, max(row - 1, 1), len(WIDTHS))
    _pages(sheet, title, [len(duties) for duties in days])


def _duties(roster: Roster, day: date, order: Mapping[str, int]) -> list[Duty]:
    """A day's duties by the time they begin, then in the grid's order."""
    codes = list(roster.problem.shifts_on(day))

    def place(duty: Duty) -> tuple[int, int, int]:
        shift = roster.problem.shift(duty.shift, day)
        return shift.start if shift else 0, codes.index(duty.shift) if shift else 0, order.get(duty.person, len(order))

    return sorted(roster.of(day), key=place)


def _values(roster: Roster, duty: Duty, arrive_before: int) -> list[Value]:
    shift = roster.problem.shift(duty.shift, duty.day)
    person = roster.problem.person.get(duty.person)
    return [
        duty.day,
        mark_day(roster.problem.calendar, duty.day).weekday,
        duty.shift,
        look.span(shift) if shift else "",
        duty.person,
        person.name if person else "",
        show(duty.posts),
        f"{show_time(duty.meal[0])}–{show_time(duty.meal[1])}" if duty.meal else "",
        show_time(shift.start - arrive_before) if shift and shift.start >= arrive_before else "",
    ]


def _styles(roster: Roster, duty: Duty, shift: Style, *, first: bool) -> list[Style]:
    """Looks of a row's cells; a day's first row has a line above it, and its date in black."""
    mark = mark_day(roster.problem.calendar, duty.day)
    styles = [look.FIGURE] * len(WIDTHS)
    styles[DAY] = replace(look.FIGURE, format="yyyy-mm-dd", bold=first, colour="" if first else look.FAINT)
    styles[WEEKDAY] = replace(look.FIGURE, fill=look.off_style(mark, leave=True).fill)
    styles[SHIFT] = replace(shift, size=10)
    styles[NAME] = replace(look.FIGURE, bold=True, shrink=True)
    styles[POST] = look.CENTRED
    return [replace(style, top=True) for style in styles] if first else styles


def _duty(sheet: SheetWriter, row: int, values: Sequence[Value], styles: Sequence[Style]) -> None:
    for column, (value, style) in enumerate(zip(values, styles, strict=True), 1):
        sheet.put(row, column, value, style)
    sheet.height(row, ROW)


def _pages(sheet: SheetWriter, title: str, lengths: Sequence[int]) -> None:
    """Whole days on a page; Excel forgets breaks where a sheet is fitted to pages, so this one isn't."""
    sheet.page(title_rows="1:1")
    if sheet.raw.oddHeader is not None:  # always there, but false while it is empty
        sheet.raw.oddHeader.center.text = title.replace("&", "&&")
    if sheet.raw.sheet_properties.pageSetUpPr:
        sheet.raw.sheet_properties.pageSetUpPr.fitToPage = False
    for row in _breaks(lengths):
        sheet.raw.row_breaks.append(Break(id=row))


def _breaks(lengths: Sequence[int]) -> Iterator[int]:
    """The last row of each page but the last."""
    row = used = 0
    for length in lengths:
        if used and used + length > ROWS:
            yield row + 1
            used = 0
        used += length
        row += length
