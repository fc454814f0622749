"""Sheet 统计: everybody's figures, their sums and spreads, and a picture of who works how much."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties

from cstools.language import Text
from cstools.roster import cells
from cstools.roster.roster import Roster
from cstools.roster.statistics import Measure, Statistics, count_all, kind_of
from cstools.roster.workbook import look
from cstools.tables.write import BookWriter, SheetWriter, block, display_width

HATCHES: Final[tuple[Literal["wdUpDiag", "smGrid", "wdDnDiag", "pct20"], ...]] = (
    "wdUpDiag",
    "smGrid",
    "wdDnDiag",
    "pct20",
)
HEAD: Final = 2
ROW: Final = 18.0  # points


def write(book: BookWriter, roster: Roster, title: str) -> None:
    """Write the sheet."""
    statistics = count_all(roster)
    measures = statistics.measures()
    sheet = book.sheet(str(Text("Statistics")), tab="FFC000")
    groups = [cells.group_of(roster, count.person) for count in statistics.counts]
    first = 4 if any(groups) else 3
    last = first + len(measures) - 1
    sheet.put(1, 1, title, look.TITLE)
    sheet.merge(block(1, 1, 1, last))
    heads = [Text("number"), Text("name"), *([Text("group")] if any(groups) else [])]
    sheet.row(HEAD, [*heads, *(measure.label for measure in measures)], look.HEAD)
    for nth, (count, group) in enumerate(zip(statistics.counts, groups, strict=True)):
        names = [count.person.number, count.person.name, *([group] if any(groups) else [])]
        sheet.row(HEAD + 1 + nth, names, replace(look.FIGURE, shrink=True))
        sheet.row(HEAD + 1 + nth, [measure.values[nth] for measure in measures], look.FIGURE, first=first)
    _sums(sheet, HEAD + 1 + len(statistics.counts), measures, first)
    _sizes(sheet, measures, first, HEAD + 4 + len(statistics.counts))
    sheet.freeze(HEAD + 1, first)
    _chart(sheet, statistics, measures, first, _fills(roster))
    sheet.page(title_rows=f"{HEAD}:{HEAD}", high=1 if len(statistics.counts) <= look.ONE_PAGE else 0)


def _sums(sheet: SheetWriter, row: int, measures: Sequence[Measure], first: int) -> None:
    for nth, label in enumerate((Text("total"), Text("least"), Text("most"), Text("spread"))):
        sheet.row(row + nth, [None] * (first - 1), look.TOTAL)
        sheet.put(row + nth, 2, label, look.TOTAL)
        figures = [(measure.total, measure.least, measure.most, measure.spread)[nth] for measure in measures]
        sheet.row(row + nth, figures, look.TOTAL, first=first)


def _sizes(sheet: SheetWriter, measures: Sequence[Measure], first: int, last_row: int) -> None:
    sheet.fit(1, first - 1, least=6, most=18)
    for column, measure in enumerate(measures, first):
        sheet.width(column, min(max(display_width(str(measure.label)) + 2, 7), 12))
    for row in range(1, last_row + 1):
        sheet.height(row, look.TALL if row <= HEAD else ROW)


def _fills(roster: Roster) -> dict[str, str]:
    """The colour of each kind of shift: that of its first shift in the grid."""
    shifts = cells.shifts(roster)
    styles = look.shift_styles(shifts)
    return {kind_of(shift): styles[code].fill for code, shift in reversed(shifts.items())}


def _chart(
    sheet: SheetWriter, statistics: Statistics, measures: Sequence[Measure], first: int, fills: Mapping[str, str]
) -> None:
    """Bars of duties by kind of shift, right of the table and as high as it, a bar beside each row."""
    people = len(statistics.counts)
    kinds = statistics.by_kind()
    if not people or not kinds:
        return
    labels = [measure.label for measure in measures]
    left = first + labels.index(kinds[0].label)
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 40
    chart.title = str(Text("Duties by kind of shift"))
    data = Reference(sheet.raw, min_col=left, max_col=left + len(kinds) - 1, min_row=HEAD, max_row=HEAD + people)
    chart.add_data(data, titles_from_data=True)
    chart.set_categories(Reference(sheet.raw, min_col=2, min_row=HEAD + 1, max_row=HEAD + people))
    used: list[str] = []
    for series, kind in zip(chart.series, statistics.kinds, strict=True):
        series.graphicalProperties = _bar(fills[kind], used)
        used.append(fills[kind])
    chart.y_axis.majorGridlines = None
    chart.x_axis.scaling.orientation = "maxMin"  # the first person on top
    chart.x_axis.delete = chart.y_axis.delete = False  # openpyxl hides both otherwise
    chart.legend.position = "b"
    chart.width, chart.height = 13, max(7.5, (people + 6) * ROW / 72 * 2.54)
    last = first + len(measures)
    sheet.raw.add_chart(chart, f"{sheet.cell(1, last + 1).column_letter}1")
    sheet.width(last, 2)


def _bar(fill: str, used: Sequence[str]) -> GraphicalProperties:
    """A bar's look: hatched where on a black-and-white print it would look like one of those before it."""
    alike = sum(abs(look.brightness(fill) - look.brightness(other)) < look.ALIKE for other in used)
    if not alike:
        bar = GraphicalProperties(solidFill=fill)
    else:
        hatch = PatternFillProperties(HATCHES[(alike - 1) % len(HATCHES)], fgClr=_ink("7F7F7F"), bgClr=_ink(fill))
        bar = GraphicalProperties(pattFill=hatch)
    bar.line.solidFill = "404040"
    return bar


def _ink(colour: str) -> ColorChoice:
    return ColorChoice(srgbClr=colour)  # type: ignore[arg-type] # the stubs want an element where openpyxl takes text
