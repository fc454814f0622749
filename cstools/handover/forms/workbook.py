"""A sheet as a workbook to print: its body goes where the template says ``$sections``, blanks are filled around it."""

from pathlib import Path
from string import Template
from typing import Final

from cstools.errors import Source
from cstools.handover.forms.blanks import demand, fill
from cstools.handover.forms.outline import Outline
from cstools.handover.forms.rows import COLUMNS, Planned, lines_in, plan, tallness
from cstools.language import Text
from cstools.tables.grid import letters, read_book
from cstools.tables.write import BookWriter, SheetWriter, block

BODY: Final = "$sections"
PAGE: Final = 780.0  # points from top to bottom of an A4 page within its margins
ROW: Final = 15.0  # of a row without a height of its own
SHRINKS: Final = 1.3  # of a page, up to which a sheet is made smaller to stay on one


def to_workbook(outline: Outline, template: Path) -> bytes:
    """The workbook; raises BadInput where the template can't be read or asks for what isn't known."""
    read_book(template)  # tells in our words what makes a file unreadable
    book = BookWriter(f"{outline.title} {outline.change}", template=template)
    sheet = book.first
    source = Source(template.name, sheet.raw.title)
    cells = (cell for row in sheet.raw.iter_rows() for cell in row)
    texts = {cell.coordinate: cell.value for cell in cells if isinstance(cell.value, str)}
    demand(texts.values(), ("sections", "notes"), source)
    body = next(sheet.raw[place].row for place, words in texts.items() if words.strip() == BODY)
    _fill_blanks(sheet, outline, {place: words for place, words in texts.items() if words.strip() != BODY}, source)
    rows = plan(outline, _widths(sheet, 1, COLUMNS))
    _clear(sheet, body)
    sheet.insert(body + 1, len(rows) - 1)
    for at, row in enumerate(rows, body):
        _write(sheet, at, row)
    if sum(sheet.raw.row_dimensions[at].height or ROW for at in range(1, sheet.raw.max_row + 1)) <= PAGE * SHRINKS:
        sheet.raw.page_setup.fitToHeight = 1
    return book.to_bytes()


def _fill_blanks(sheet: SheetWriter, outline: Outline, texts: dict[str, str], source: Source) -> None:
    values = _values(outline)
    for place, words in texts.items():
        if not Template(words).get_identifiers():
            continue
        told = fill(words, values, Source(source.file, source.sheet, place))
        sheet.say(place, told)
        _grow(sheet, place, told)


def _values(outline: Outline) -> dict[str, str]:
    """What fills the blanks around the body."""
    people, rest = outline.facts[:2], outline.facts[2:]
    found = {
        "title": outline.title,
        "change": outline.change,
        "people": _pairs(people),
        "when": _pairs(rest),
        "notes": "\n".join(outline.notes),
        "sections": "",
    }
    for name, box in zip(("outgoing", "relief", "supervisor"), outline.boxes, strict=True):
        signed = "\n".join(box.signed) or box.blank
        found |= {f"{name}_label": box.title, f"{name}_names": box.names, f"{name}_signed": signed}
    return found


def _pairs(facts: tuple[tuple[str, str], ...]) -> str:
    return "　".join(str(Text("{label}: {words}", label=label, words=words)) for label, words in facts)


def _grow(sheet: SheetWriter, place: str, words: str) -> None:
    """Make a row high enough for what fills its cell."""
    cell = sheet.raw[place]
    merge = next((one for one in sheet.raw.merged_cells.ranges if place in one), None)
    width = sum(_widths(sheet, cell.column, merge.max_col if merge else cell.column))
    size = float(cell.font.sz or 10)
    lines = lines_in(words, width, size)
    if lines > 1:
        sheet.height(cell.row, max(sheet.raw.row_dimensions[cell.row].height or 0, tallness(lines, size)))


def _widths(sheet: SheetWriter, first: int, last: int) -> list[float]:
    return [sheet.raw.column_dimensions[letters(column)].width for column in range(first, last + 1)]


def _write(sheet: SheetWriter, at: int, row: Planned) -> None:
    for field in row.fields:
        last = at + field.down - 1
        for row_at in range(at, last + 1):
            for column in range(field.first, field.last + 1):
                words = field.words if (row_at, column) == (at, field.first) else None
                sheet.put(row_at, column, words, field.style)
        sheet.join(block(at, field.first, last, field.last))
    sheet.height(at, row.height)


def _clear(sheet: SheetWriter, row: int) -> None:
    """Take the body's own row out of the way."""
    for merge in [one for one in sheet.raw.merged_cells.ranges if one.min_row <= row <= one.max_row]:
        sheet.raw.unmerge_cells(str(merge))
