"""Heights and widths of sheet 排班: one page, filled, whether it holds a week or a month."""

from typing import Final

from cstools.roster.workbook import look
from cstools.roster.workbook.frame import Frame
from cstools.tables.write import SheetWriter, display_width

ROW: Final = 18.0  # points
PAGE_HIGH: Final = 509.0  # points: A4 landscape within the margins
PAGE: Final = 784 / PAGE_HIGH
CHARACTER: Final = 6.0  # points a unit of column width takes
NARROW: Final = 5.6  # a day's column: 10/31 at least
WIDE: Final = 14.0


def set_sizes(sheet: SheetWriter, frame: Frame) -> None:
    """Rows of one height and days of one width, such that the sheet has a page's shape and fills it."""
    sheet.fit(1, frame.first_day - 1, least=5, most=16)
    taken = sum(sheet.raw.column_dimensions[letter].width for letter in "ABC"[: frame.first_day - 1])
    for column, total in enumerate(frame.totals, frame.first_total):
        widest = max(display_width(str(words)) for words in (total.label, *total.values))
        width = min(max(widest + 2, 6), 9)
        sheet.width(column, width)
        taken += width
    heights = _heights(frame)
    narrow = taken + NARROW * len(frame.days)
    stretch = min(max(narrow * CHARACTER / PAGE / sum(heights.values()), 1), 1.5)
    page = max(PAGE_HIGH, sum(heights.values()) * stretch) * PAGE / CHARACTER
    wide = min(max((page - taken) / len(frame.days), NARROW), WIDE)
    for day in frame.days:
        sheet.width(frame.column(day), round(wide, 1))
    for row, points in heights.items():
        sheet.height(row, round(points * stretch, 1))


def _heights(frame: Frame) -> dict[int, float]:
    """The least height of each row: two lines where somebody is missing."""
    heights = dict.fromkeys(range(1, frame.legend + 1), ROW)
    for row, need in enumerate(frame.needs, frame.first_need):
        if any("\n" in covered.words for covered in need.by_day.values()):
            heights[row] = look.TALL
    return heights | {1: look.TALL, frame.legend: look.TALL}
