"""Sheet 检查: what is short, what is broken, what the law says, what is not as wished; each leads to its cell."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from cstools.language import Text, show
from cstools.roster.findings import BROKEN, COST, SHORTAGE, Section, sections
from cstools.roster.problem import Problem
from cstools.roster.result import Result
from cstools.roster.rule import Breach
from cstools.roster.workbook import look
from cstools.roster.workbook.frame import Frame
from cstools.tables.style import LINK
from cstools.tables.write import BookWriter, SheetWriter, Value, block, display_width

HEADERS: Final = 6
WIDTHS: Final = (18, 74, 22, 20, 8, 10)
ROW: Final = 17.0  # points
INDENT: Final = "    "


def write(
    book: BookWriter, result: Result, frame: Frame, notes: Sequence[object], why: Callable[[Breach], Sequence[object]]
) -> None:
    """Write the sheet; ``why`` gives the lines under a shortage; notes, such as unapproved leave, come last."""
    sheet = book.sheet(str(Text("Findings")), tab="C00000" if result.broken else "A5A5A5")
    headers = (Text("rule"), Text("finding"), Text("who"), Text("when"), Text("cost"), Text("place"))
    sheet.row(1, headers, look.HEAD)
    for column, width in enumerate(WIDTHS, 1):
        sheet.width(column, width)
    row = 2
    for section in sections(result.breaches):
        _title(sheet, row, section)
        row += 1
        for breach in section.breaches:
            _finding(sheet, row, breach, frame)
            row += 1
            for line in why(breach) if section.kind == SHORTAGE else ():
                _reason(sheet, row, str(line))
                row += 1
        if not section.breaches:
            sheet.row(row, [Text("none"), *[None] * (HEADERS - 1)], replace(look.WORDS, colour=look.FAINT))
            row += 1
    if notes:
        _band(sheet, row, Text("Notes ({count})", count=len(notes)))
        for row_of_note, note in enumerate(notes, row + 1):
            sheet.row(row_of_note, [None, str(note), *[None] * (HEADERS - 2)], look.WORDS)
            sheet.height(row_of_note, _height(str(note)))
    sheet.freeze(2, 1)
    sheet.page(title_rows="1:1")


def _title(sheet: SheetWriter, row: int, section: Section) -> None:
    title = Text("{title} ({count})", title=section.title, count=len(section.breaches))
    alarm = section.kind in {SHORTAGE, BROKEN} and bool(section.breaches)
    _band(sheet, row, title, alarm=alarm)
    if section.kind == COST and section.breaches:
        sheet.put(row, 5, section.cost, replace(look.SECTION, align="center"))


def _band(sheet: SheetWriter, row: int, title: Text, *, alarm: bool = False) -> None:
    style = replace(look.SECTION, colour=look.ALARM) if alarm else look.SECTION
    sheet.row(row, [title, *[None] * (HEADERS - 1)], style)
    sheet.merge(block(row, 1, row, 4))
    sheet.height(row, ROW * 1.2)


def _finding(sheet: SheetWriter, row: int, breach: Breach, frame: Frame) -> None:
    words = str(breach.text)
    rule = Text(breach.stated.rule.label) if breach.stated else None
    cost = breach.cost[1] if breach.cost else None
    values: list[Value] = [rule, words, _who(frame.roster.problem, breach), _when(breach.place.days), cost]
    sheet.row(row, values, look.WORDS)
    sheet.put(row, 5, cost, look.FIGURE)
    place = frame.place(breach)
    sheet.put(row, 6, place or None, replace(LINK, border=True, align="center") if place else look.FIGURE)
    if place:
        sheet.link(row, 6, frame.sheet, place)
    sheet.height(row, max(_height(words), _height(_who(frame.roster.problem, breach), WIDTHS[2])))


def _reason(sheet: SheetWriter, row: int, words: str) -> None:
    """Why the place above is empty, or what would fill it."""
    sheet.row(row, [None, INDENT + words, *[None] * (HEADERS - 2)], replace(look.WORDS, colour=look.FAINT))
    sheet.height(row, _height(INDENT + words))


def _who(problem: Problem, breach: Breach) -> str:
    """Names with their numbers: two people may share a name."""
    people = [problem.person.get(number) for number in breach.place.people]
    names = [f"{person.number} {person.name}" if person else number
             for number, person in zip(breach.place.people, people, strict=True)]  # fmt: skip
    return show(names) if names else ""


def _when(days: Sequence[date]) -> str:
    """A day, or the first and the last of some."""
    shown = [f"{day:%m-%d}" for day in sorted(days)]
    return " – ".join(dict.fromkeys([shown[0], shown[-1]])) if shown else ""


def _height(words: str, width: float = WIDTHS[1]) -> float:
    """Rows don't grow by themselves in every program that shows a workbook."""
    lines = -(-display_width(words) // int(width - 4)) or 1
    return ROW * lines
