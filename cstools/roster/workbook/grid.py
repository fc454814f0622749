"""Sheet 排班: people by days, as sheet 排班草稿 has it, with totals beside and needs below; one page for the wall."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby

from cstools.language import Text
from cstools.people import Person
from cstools.roster import cells
from cstools.roster.covered import Covered
from cstools.roster.findings import BROKEN, kind_of
from cstools.roster.result import Result
from cstools.roster.workbook import look
from cstools.roster.workbook.frame import HEAD, WEEKDAYS, Frame
from cstools.roster.workbook.sizes import set_sizes
from cstools.shifts import Shift
from cstools.tables.style import Style
from cstools.tables.write import BookWriter, SheetWriter, block


def write(book: BookWriter, result: Result, title: str) -> Frame:
    """Write the sheet; its frame tells the others where things are."""
    roster = result.roster
    if roster is None:
        raise ValueError(result.status)
    frame = Frame(roster)
    sheet = book.sheet(frame.sheet, tab="5B9BD5")
    _head(sheet, frame, title)
    _people(sheet, frame, set(_broken(result)))
    _needs(sheet, frame)
    _legend(sheet, frame)
    set_sizes(sheet, frame)
    sheet.freeze(frame.first_row, frame.first_day)
    sheet.page(
        title_rows=f"1:{frame.first_row - 1}", title_columns="A:B", high=1 if frame.legend <= look.ONE_PAGE else 0
    )
    return frame


def _broken(result: Result) -> Iterator[tuple[str, date]]:
    """The cells that a broken hard rule is about."""
    for breach in result.breaches:
        if kind_of(breach) == BROKEN:
            yield from ((number, day) for number in breach.place.people for day in breach.place.days)


def _head(sheet: SheetWriter, frame: Frame, title: str) -> None:
    sheet.put(1, 1, title, look.TITLE)
    sheet.merge(block(1, 1, 1, frame.last_column))
    sides = [Text("number"), Text("name"), *([Text("group")] if frame.groups else [])]
    bottom = frame.first_row - 1
    labels = [*enumerate(sides, 1), *enumerate((total.label for total in frame.totals), frame.first_total)]
    for column, label in labels:
        for row in range(HEAD, bottom + 1):
            sheet.put(row, column, label if row == HEAD else None, look.HEAD)
        sheet.merge(block(HEAD, column, bottom, column))
    for day, mark in frame.marks.items():
        style = look.head_style(mark)
        sheet.put(HEAD, frame.column(day), day, replace(style, format="m/d", bold=False))
        sheet.put(WEEKDAYS, frame.column(day), mark.weekday, style)
    if frame.named:
        _holidays(sheet, frame)


def _holidays(sheet: SheetWriter, frame: Frame) -> None:
    """The row of names: days in a row that share one share a cell."""
    row = WEEKDAYS + 1
    for word, group in groupby(frame.days, key=lambda day: frame.marks[day].word):
        days = list(group)
        left, right = frame.column(days[0]), frame.column(days[-1])
        for day in days:
            style = look.head_style(frame.marks[day])
            sheet.put(row, frame.column(day), word if word and day == days[0] else None, style)
        if word and right > left:
            sheet.merge(block(row, left, row, right))


def _people(sheet: SheetWriter, frame: Frame, broken: set[tuple[str, date]]) -> None:
    styles = look.shift_styles(cells.shifts(frame.roster))
    before: str | None = None
    for nth, person in enumerate(frame.people):
        row = frame.row[person.number]
        group = frame.groups[nth] if frame.groups else ""
        edge = bool(frame.groups) and group != before  # a thick line where a group begins
        before = group
        for column, words in enumerate([person.number, person.name, *([group] if frame.groups else [])], 1):
            sheet.put(row, column, words, replace(look.NAME, top=edge))
        for day in frame.days:
            style = _style(frame, styles, person, day, wrong=(person.number, day) in broken)
            sheet.put(row, frame.column(day), cells.word(frame.roster, person, day), replace(style, top=edge))
            if half := cells.half_leave(frame.roster, person, day):
                sheet.note(row, frame.column(day), half)
        for column, total in enumerate(frame.totals, frame.first_total):
            sheet.put(row, column, total.values[nth], replace(look.FIGURE, top=edge, edge=column == frame.first_total))


def _style(frame: Frame, styles: dict[str, Style], person: Person, day: date, *, wrong: bool) -> Style:
    """A cell's look: its shift's, or a day off's; red and underlined where a hard rule is broken."""
    code = frame.roster.shift(person.number, day)
    leave = bool(cells.leave_word(frame.roster, person, day))
    style = styles.get(code, look.CELL) if code else look.off_style(frame.marks[day], leave=leave)
    return replace(style, colour=look.ALARM, bold=True, underline=True, fill="FFFFFF") if wrong else style


def _needs(sheet: SheetWriter, frame: Frame) -> None:
    """A row for each need: 4/4, in red with the number missing where it isn't met."""
    for row, need in enumerate(frame.needs, frame.first_need):
        top = row == frame.first_need
        name = replace(look.HEAD, top=top, wrap=False, shrink=True)
        sheet.put(row, 1, None, name)
        sheet.put(row, 2, need.label, name)
        if frame.groups:
            sheet.put(row, 3, None, name)
            sheet.merge(block(row, 2, row, 3))
        for day, mark in frame.marks.items():
            covered = need.by_day.get(day)
            ground = look.off_style(mark, leave=True).fill
            style = replace(_need_style(covered), top=top, fill=ground)
            sheet.put(row, frame.column(day), covered.words if covered else None, style)


def _need_style(covered: Covered | None) -> Style:
    if covered and (covered.short or covered.surplus):
        return replace(look.FIGURE, size=9, colour=look.ALARM, bold=True, wrap=True)
    return replace(look.FIGURE, size=9, shrink=True, bold=bool(covered and covered.below))


def _legend(sheet: SheetWriter, frame: Frame) -> None:
    """What the letters mean, on the page itself: not everybody who reads the wall has seen sheet 说明."""
    shifts = cells.shifts(frame.roster).values()
    words = [_meaning(shift) for shift in shifts]
    if any(shift.open_ended for shift in shifts):
        words.append(str(Text("+: may end later")))
    sheet.put(frame.legend, 2, "　　".join(words), replace(look.PLAIN, size=11))
    sheet.merge(block(frame.legend, 2, frame.legend, frame.last_column))


def _meaning(shift: Shift) -> str:
    name = "" if shift.code in shift.name else f" {shift.name}"
    return f"{shift.code}{name} {look.span(shift)}"
