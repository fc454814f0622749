"""The register, 工资表: a row a person, totals and a line that proves them; every line; what to check."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from itertools import groupby

from cstools.errors import Fault
from cstools.hours import Warned
from cstools.language import Text
from cstools.money import ZERO, show
from cstools.orders import Orders, State
from cstools.orders.sale import STATES
from cstools.pay.compute import in_order
from cstools.pay.explain import of_line
from cstools.pay.inputs import Inputs
from cstools.pay.paper import look
from cstools.pay.paper.columns import MoneyColumn, group_columns, money_columns
from cstools.pay.run import KINDS, Run
from cstools.pay.slip import GROUPS, Group, Slip
from cstools.tables.style import TITLE, Style
from cstools.tables.write import BookWriter, SheetWriter, Value, block

WHO = 3  # columns before the money: number, name, position


def register(run: Run, slips: Sequence[Slip], inputs: Inputs, notes: Iterable[Fault]) -> bytes:
    """The register as a workbook; the same slips give the same bytes."""
    writer = BookWriter(title(run), datetime.combine(run.paid_on, time()))
    order = [stated.element.name() for stated in in_order(inputs.stated)]
    people = Grid(str(Text("Payroll")), "2E75B6", money_columns(slips, order))
    _people(writer, run, slips, people, proof(slips, people.columns))
    if employer := group_columns(slips, Group.EMPLOYER, order):
        total = MoneyColumn("", str(Text("total")), lambda slip: slip.total(Group.EMPLOYER), look.SUM)
        _people(writer, run, slips, Grid(str(Text("Employer's share")), "9DC3E6", [*employer, total]))
    _lines(writer, slips)
    _warnings(writer, slips, notes, inputs.hours.warnings if inputs.hours else ())
    if inputs.orders:
        _orders(writer, inputs.orders)
    return writer.to_bytes()


def title(run: Run) -> str:
    """What a run is called on paper: 2026年10月工资表."""
    kind = Text(KINDS[run.kind])
    return str(Text("Payroll of {year}-{month}, {kind}", year=run.month.year, month=run.month.month, kind=kind))


# --- one row a person -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Grid:
    """A sheet of amounts: its name, its tab's colour, its columns."""

    name: str
    tab: str
    columns: Sequence[MoneyColumn]

    @property
    def width(self) -> int:
        """All columns, the remark too."""
        return WHO + len(self.columns) + 1


def _people(
    writer: BookWriter, run: Run, slips: Sequence[Slip], grid: Grid, proven: tuple[bool, Text] | None = None
) -> None:
    """A row a person, and the totals; ``proven`` is whether they agree, in words."""
    sheet = writer.sheet(grid.name, tab=grid.tab)
    sheet.put(1, 1, title(run), TITLE)
    sheet.merge(block(1, 1, 1, grid.width))
    sheet.put(2, 1, _periods(run), look.FAINT)
    sheet.merge(block(2, 1, 2, grid.width))
    _heads(sheet, grid.columns)
    for row, slip in enumerate(slips, _TOP):
        sheet.row(row, (slip.person, slip.name, slip.about.get("position", "")), look.CELL)
        for place, column in enumerate(grid.columns, WHO + 1):
            sheet.put(row, place, column.amount(slip) or None, column.style)
        grave = any(notice.grave for notice in slip.notices)
        sheet.put(row, grid.width, Text("see sheet {sheet}", sheet=Text("Check")) if grave else None, look.REMARK)
        sheet.height(row, 18)
    _totals(sheet, _TOP + len(slips), slips, grid, proven)
    for place, width in enumerate((6, 9, 10), 1):
        sheet.width(place, width)
    for place in range(WHO + 1, grid.width):
        sheet.width(place, 10.5)
    sheet.width(grid.width, 13)
    sheet.freeze(_TOP, 3)
    sheet.page(title_rows="3:4", title_columns="A:B")


_TOP = 5  # the first person's row


def _periods(run: Run) -> str:
    return str(Text(
        "worked {work_first} to {work_last} · attendance {att_first} to {att_last} · commission {com_first} to"
        " {com_last} · paid {paid} · taxed in {tax}",
        work_first=run.work.first.isoformat(), work_last=run.work.last.isoformat(),
        att_first=run.attendance.first.isoformat(), att_last=run.attendance.last.isoformat(),
        com_first=run.commission.first.isoformat(), com_last=run.commission.last.isoformat(),
        paid=run.paid_on.isoformat(), tax=f"{run.tax_month:%Y-%m}",
    ))  # fmt: skip


def _heads(sheet: SheetWriter, columns: Sequence[MoneyColumn]) -> None:
    """Two rows of headers: the bands of groups above the names of lines."""
    for place, head in enumerate((Text("number"), Text("name"), Text("position")), 1):
        _tall(sheet, place, str(head))
    start = WHO + 1
    for place, column in enumerate(columns, start):
        if column.band:
            sheet.put(3, place, column.band, look.BAND)
            sheet.put(4, place, column.head, look.HEAD)
        else:
            _tall(sheet, place, column.head)
    for band, together in groupby(enumerate(columns, start), key=lambda pair: pair[1].band):
        places = [place for place, _ in together]
        if band and len(places) > 1:
            sheet.merge(block(3, places[0], 3, places[-1]))
    _tall(sheet, start + len(columns), str(Text("remark")))
    sheet.height(3, 18)
    sheet.height(4, 32)


def _tall(sheet: SheetWriter, place: int, head: str) -> None:
    sheet.put(3, place, head, look.HEAD)
    sheet.put(4, place, None, look.HEAD)
    sheet.merge(block(3, place, 4, place))


def _totals(sheet: SheetWriter, row: int, slips: Sequence[Slip], grid: Grid, proven: tuple[bool, Text] | None) -> None:
    """The totals, and whether they agree: each way of adding up must give the same net."""
    for place in range(1, grid.width + 1):
        sheet.put(row, place, None, look.TOTAL_WORD)
    sheet.put(row, 1, Text("total of {count} people", count=len(slips)), look.TOTAL_WORD)
    sheet.merge(block(row, 1, row, WHO))
    for place, column in enumerate(grid.columns, WHO + 1):
        sheet.put(row, place, sum((column.amount(slip) for slip in slips), ZERO), look.TOTAL)
    sheet.height(row, 20)
    if proven is None:
        return
    agrees, words = proven
    sheet.put(row + 1, 1, words, look.GOOD if agrees else look.BAD)
    sheet.merge(block(row + 1, 1, row + 1, grid.width))
    for place, who in zip((1, 6, 11), (Text("made by:"), Text("checked by:"), Text("approved by:")), strict=True):
        sheet.put(row + 3, place, who)


def proof(slips: Sequence[Slip], columns: Sequence[MoneyColumn]) -> tuple[bool, Text]:
    """Whether Σ columns = Σ lines = Σ nets, in words."""
    nets = sum((slip.net for slip in slips), ZERO)
    lines = sum((line.amount for slip in slips for line in slip.lines if line.group is not Group.EMPLOYER), ZERO)
    parts = sum((column.amount(slip) for slip in slips for column in columns if column.band), ZERO)
    if nets == lines == parts:
        return True, Text("agrees: the columns, the lines and the slips all make {net}", net=show(nets))
    return False, Text("does not agree: columns {parts}, lines {lines}, slips {nets}", parts=show(parts),
                       lines=show(lines), nets=show(nets))  # fmt: skip


# --- all lines, warnings, orders --------------------------------------------------------------------------------------


def _lines(writer: BookWriter, slips: Sequence[Slip]) -> None:
    """Every line with its quantity, rate and first reasons; ``cstools pay explain`` goes all the way down."""
    sheet = writer.sheet(str(Text("Lines")), tab="70AD47")
    heads = (Text("number"), Text("name"), Text("part"), Text("line"), Text("quantity"), Text("rate"), Text("amount"),
             Text("why"))  # fmt: skip
    sheet.row(1, heads, look.HEAD)
    row = 1
    for slip in slips:
        for line in slip.lines:
            row += 1
            before: tuple[Value, ...] = (slip.person, slip.name, Text(GROUPS[line.group]), line.label)
            sheet.row(row, (*before, line.quantity, line.rate), look.CELL)
            sheet.put(row, 7, line.amount, look.MONEY)
            branches = [branch for branch in of_line(line) if 0 < branch.depth < 3]  # noqa: PLR2004 - the first reasons
            sheet.put(row, 8, "\n".join(str(branch).strip() for branch in branches[:_REASONS]), look.WRAPPED)
    for place, width in enumerate((8, 10, 14, 22, 10, 10, 13, 80), 1):
        sheet.width(place, width)
    sheet.freeze(2, 3)
    sheet.page(title_rows="1:1")


_REASONS = 6  # so many lines are read in a cell


def _warnings(writer: BookWriter, slips: Sequence[Slip], notes: Iterable[Fault], limits: Iterable[Warned]) -> None:
    """What somebody must look at: law, minimum wage, flags; what is doubtful in the files; limits on hours."""
    sheet = writer.sheet(str(Text("Check")), tab="C00000")
    sheet.row(1, (Text("number"), Text("name"), Text("what to look at"), Text("where")), look.HEAD)
    names = {slip.person: slip.name for slip in slips}
    told = sorted(((slip, notice) for slip in slips for notice in slip.notices), key=lambda pair: not pair[1].grave)
    rows: list[tuple[Value, Value, Value, Value, Style]] = [
        *((slip.person, slip.name, notice.text, notice.source, look.GRAVE if notice.grave else look.WRAPPED)
          for slip, notice in told),
        *(("", "", str(note), str(note.source), look.WRAPPED) for note in notes),
        *((warned.person, names.get(warned.person, ""), warned.what, Text("limits on hours"), look.WRAPPED)
          for warned in limits),
    ]  # fmt: skip
    for row, (number, name, words, where, style) in enumerate(rows or [("", "", Text("nothing"), "", look.WRAPPED)], 2):
        sheet.row(row, (number, name), look.CELL)
        sheet.put(row, 3, words, style)
        sheet.put(row, 4, where, look.WRAPPED)
    for place, width in enumerate((8, 10, 90, 40), 1):
        sheet.width(place, width)
    sheet.freeze(2, 1)
    sheet.page(title_rows="1:1")


def _orders(writer: BookWriter, orders: Orders) -> None:
    """Orders that are nobody's, several people's, or that two files tell differently."""
    sheet = writer.sheet(str(Text("Orders to check")), tab="ED7D31")
    heads = (Text("state"), Text("order number"), Text("day"), Text("amount"), Text("numbers in the note"),
             Text("reason"), Text("where"))  # fmt: skip
    sheet.row(1, heads, look.HEAD)
    row = 1
    doubtful = list(orders.of(State.UNATTRIBUTED, State.AMBIGUOUS, State.SILENT))
    for row, sale in enumerate(doubtful, 2):
        sheet.row(row, (Text(STATES[sale.state]), sale.number, sale.day.isoformat()), look.CELL)
        sheet.put(row, 4, Decimal(sale.paid), look.MONEY)
        sheet.put(row, 5, "、".join(sale.facts.agents), look.CELL)
        sheet.put(row, 6, sale.facts.reason, look.WRAPPED)
        sheet.put(row, 7, str(sale.source), look.CELL)
    for row, conflict in enumerate(orders.conflicts, len(doubtful) + 2):
        sheet.row(row, (Text("conflict"), conflict.number, "", "", ""), look.CELL)
        sheet.put(row, 6, conflict.wrong, look.WRAPPED)
        sheet.put(row, 7, "、".join(map(str, conflict.sources)), look.WRAPPED)
    if row == 1:
        sheet.put(2, 6, Text("nothing"), look.WRAPPED)
    for place, width in enumerate((12, 24, 12, 12, 16, 50, 44), 1):
        sheet.width(place, width)
    sheet.freeze(2, 1)
    sheet.page(title_rows="1:1")
