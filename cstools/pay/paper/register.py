"""The register, 工资表: a row a person, totals and a line that proves them; every line; what to check."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from decimal import Decimal

from cstools.errors import Fault
from cstools.language import Text
from cstools.money import ZERO
from cstools.orders import Orders, State
from cstools.orders.sale import STATES
from cstools.pay.explain import of_line
from cstools.pay.inputs import Inputs
from cstools.pay.paper import look
from cstools.pay.paper.columns import MoneyColumn, money_columns
from cstools.pay.run import KINDS, Run
from cstools.pay.slip import GROUPS, Slip
from cstools.tables.style import TITLE
from cstools.tables.write import BookWriter, SheetWriter, Value, block

WHO = ("number", "name", "department", "position")


def register(run: Run, slips: Sequence[Slip], inputs: Inputs, notes: Iterable[Fault]) -> bytes:
    """The register as a workbook; the same slips give the same bytes."""
    writer = BookWriter(title(run), datetime.combine(run.paid_on, time()))
    _people(writer, run, slips)
    _lines(writer, slips)
    _warnings(writer, slips, notes)
    if inputs.orders:
        _orders(writer, inputs.orders)
    return writer.to_bytes()


def title(run: Run) -> str:
    """What a run is called on paper: 2026年10月工资表."""
    kind = Text(KINDS[run.kind])
    return str(Text("Payroll of {year}-{month}, {kind}", year=run.month.year, month=run.month.month, kind=kind))


# --- one row a person -------------------------------------------------------------------------------------------------


def _people(writer: BookWriter, run: Run, slips: Sequence[Slip]) -> None:
    sheet = writer.sheet(str(Text("Payroll")), tab="2E75B6")
    columns = money_columns(slips)
    width = len(WHO) + len(columns) + 1
    sheet.put(1, 1, title(run), TITLE)
    sheet.merge(block(1, 1, 1, width))
    sheet.put(2, 1, _periods(run), look.FAINT)
    sheet.merge(block(2, 1, 2, width))
    _heads(sheet, columns)
    row = 5
    for row, slip in enumerate(slips, 5):
        who = (slip.person, slip.name, slip.about.get("department", ""), slip.about.get("position", ""))
        sheet.row(row, who, look.CELL)
        for place, column in enumerate(columns, len(WHO) + 1):
            sheet.put(row, place, column.amount(slip) or None, column.style)
        sheet.put(row, width, _remarks(slip), look.WRAPPED)
    _totals(sheet, row + 1 if slips else 5, slips, columns)
    _widths(sheet, columns)
    sheet.freeze(5, 3)
    sheet.page(title_rows="3:4", title_columns="A:B")


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
    heads = (Text("number"), Text("name"), Text("department"), Text("position"))
    for place, head in enumerate(heads, 1):
        _tall(sheet, place, str(head))
    start = len(WHO) + 1
    for place, column in enumerate(columns, start):
        if not column.band:
            _tall(sheet, place, column.head)
            continue
        sheet.put(3, place, column.band, look.BAND)
        sheet.put(4, place, column.head, look.HEAD)
    place = start
    while place < start + len(columns):
        band = columns[place - start].band
        last = place
        while band and last + 1 < start + len(columns) and columns[last + 1 - start].band == band:
            last += 1
        if band and last > place:
            sheet.merge(block(3, place, 3, last))
        place = last + 1
    _tall(sheet, start + len(columns), str(Text("remark")))
    sheet.height(4, 42)


def _tall(sheet: SheetWriter, place: int, head: str) -> None:
    sheet.put(3, place, head, look.HEAD)
    sheet.put(4, place, None, look.HEAD)
    sheet.merge(block(3, place, 4, place))


def _totals(sheet: SheetWriter, row: int, slips: Sequence[Slip], columns: Sequence[MoneyColumn]) -> None:
    """The totals, and whether they agree: each way of adding up must give the same net."""
    sheet.put(row, 1, Text("total of {count} people", count=len(slips)), look.TOTAL_WORD)
    for place in range(2, len(WHO) + 1):
        sheet.put(row, place, None, look.TOTAL_WORD)
    sheet.merge(block(row, 1, row, len(WHO)))
    for place, column in enumerate(columns, len(WHO) + 1):
        sheet.put(row, place, sum((column.amount(slip) for slip in slips), ZERO), look.TOTAL)
    sheet.put(row, len(WHO) + len(columns) + 1, None, look.TOTAL_WORD)
    agrees, words = proof(slips, columns)
    sheet.put(row + 1, 1, words, look.GOOD if agrees else look.BAD)
    sheet.merge(block(row + 1, 1, row + 1, len(WHO) + len(columns) + 1))
    signatures = (Text("made by:"), Text("checked by:"), Text("approved by:"))
    for place, words in zip((1, 5, 9), signatures, strict=True):
        sheet.put(row + 3, place, words)


def proof(slips: Sequence[Slip], columns: Sequence[MoneyColumn]) -> tuple[bool, Text]:
    """Whether Σ columns = Σ lines = Σ nets, in words."""
    nets = sum((slip.net for slip in slips), ZERO)
    lines = sum((slip.total(*(group for group in GROUPS if group.value != "employer")) for slip in slips), ZERO)
    parts = sum((column.amount(slip) for slip in slips for column in columns
                 if column.band and column.style is look.MONEY and column.band != str(Text("employer's share"))),
                ZERO)  # fmt: skip
    if nets == lines == parts:
        return True, Text("agrees: the columns, the lines and the slips all make {net}", net=f"{nets:,.2f}")
    return False, Text("does not agree: columns {parts}, lines {lines}, slips {nets}", parts=f"{parts:,.2f}",
                       lines=f"{lines:,.2f}", nets=f"{nets:,.2f}")  # fmt: skip


def _remarks(slip: Slip) -> str:
    return "；".join(str(notice.text) for notice in slip.notices if notice.grave)


def _widths(sheet: SheetWriter, columns: Sequence[MoneyColumn]) -> None:
    for place, width in enumerate((8, 10, 10, 10), 1):
        sheet.width(place, width)
    for place in range(len(WHO) + 1, len(WHO) + len(columns) + 1):
        sheet.width(place, 11.5)
    sheet.width(len(WHO) + len(columns) + 1, 34)


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


def _warnings(writer: BookWriter, slips: Sequence[Slip], notes: Iterable[Fault]) -> None:
    """What somebody must look at: law, minimum wage, flags; then what is doubtful in the files."""
    sheet = writer.sheet(str(Text("Check")), tab="C00000")
    sheet.row(1, (Text("number"), Text("name"), Text("what to look at"), Text("where")), look.HEAD)
    found = sorted(((slip, notice) for slip in slips for notice in slip.notices), key=lambda pair: not pair[1].grave)
    row = 1
    for row, (slip, notice) in enumerate(found, 2):
        sheet.row(row, (slip.person, slip.name), look.CELL)
        sheet.put(row, 3, notice.text, look.GRAVE if notice.grave else look.WRAPPED)
        sheet.put(row, 4, notice.source, look.WRAPPED)
    for row, note in enumerate(notes, len(found) + 2):
        sheet.row(row, ("", ""), look.CELL)
        sheet.put(row, 3, str(note), look.WRAPPED)
        sheet.put(row, 4, str(note.source), look.WRAPPED)
    if row == 1:
        sheet.put(2, 3, Text("nothing"), look.WRAPPED)
    for place, width in enumerate((8, 10, 90, 40), 1):
        sheet.width(place, width)
    sheet.freeze(2, 1)
    sheet.page(title_rows="1:1")


def _orders(writer: BookWriter, orders: Orders) -> None:
    """Orders that are nobody's, several people's, or that two files tell differently."""
    sheet = writer.sheet(str(Text("Orders to check")), tab="ED7D31")
    heads = (Text("state"), Text("order"), Text("day"), Text("amount"), Text("numbers in the note"), Text("reason"),
             Text("where"))  # fmt: skip
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
