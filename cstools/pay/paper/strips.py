"""工资条: one strip a person on A4, to be cut and handed out. Notices are the clerk's and stay in the register."""

from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal

from cstools.language import Text
from cstools.money import ZERO
from cstools.pay.paper import look
from cstools.pay.paper.register import title
from cstools.pay.run import Run
from cstools.pay.slip import GROSS, Group, Line, Slip
from cstools.tables.style import Style
from cstools.tables.write import BookWriter, SheetWriter, block

ACROSS = 6  # amounts beside each other
PAGE = 740.0  # points of height on A4 within the margins
NAME = Style(bold=True, size=12)
CUT = Style(colour="A5A5A5", align="center")
Pair = tuple[str, Decimal, Style]


def strips(run: Run, slips: Sequence[Slip]) -> bytes:
    """Everybody's strip in one sheet, none cut by the end of a page; the same slips give the same bytes."""
    writer = BookWriter(title(run), datetime.combine(run.paid_on, time()))
    sheet = writer.sheet(str(Text("Slips")), tab="2E75B6")
    for place in range(1, ACROSS + 1):
        sheet.width(place, 13)
    row, used = 1, 0.0
    for slip in slips:
        last, high = _strip(sheet, row, run, slip)
        if used + high > PAGE:
            sheet.break_after(row - 1)
            used = 0.0
        row, used = last + 1, used + high
    sheet.page(upright=True)
    return writer.to_bytes()


def _strip(sheet: SheetWriter, row: int, run: Run, slip: Slip) -> tuple[int, float]:
    """One strip; gives its last row, and its height in points."""
    first = row
    sheet.put(row, 1, Text("{title} · {number} {name}", title=title(run), number=slip.person, name=slip.name), NAME)
    where = " · ".join(word for word in (slip.about.get("department"), slip.about.get("position")) if word)
    paid = Text("paid {day}", day=run.paid_on.isoformat())
    sheet.put(row + 1, 1, f"{where}{' · ' if where else ''}{paid}", look.FAINT)
    heights = [20.0, 15.0]
    row += 2
    pairs = _pairs(slip)
    for start in range(0, len(pairs), ACROSS):
        part = pairs[start : start + ACROSS]
        for place, (head, amount, style) in enumerate(part, 1):
            sheet.put(row, place, head, look.HEAD)
            sheet.put(row + 1, place, amount, style)
        heights += [30.0 if any(len(head) > _LONG for head, _, _ in part) else 17.0, 17.0]
        row += 2
    sheet.put(row, 1, "－ " * 40, CUT)
    heights += [14.0, 8.0]
    for place, height in enumerate(heights, first):
        sheet.height(place, height)
    tables = range(first + 2, first + 2 + 2 * -(-len(pairs) // ACROSS))
    for line in range(first, row + 1):
        if line not in tables:
            sheet.merge(block(line, 1, line, ACROSS))
    return row + 1, sum(heights)


_LONG = 8  # characters that fit one line of a header


def _pairs(slip: Slip) -> list[Pair]:
    """What the strip shows: what was earned, gross, what was taken, net."""
    earned = [line for line in slip.lines if line.group in GROSS]
    taken = [line for line in slip.lines if line.group not in (*GROSS, Group.EMPLOYER)]
    return [
        *_by_label(earned), (str(Text("gross")), slip.gross, look.SUM),
        *_by_label(taken), (str(Text("net")), slip.net, look.NET),
    ]  # fmt: skip


def _by_label(lines: Sequence[Line]) -> list[Pair]:
    found: dict[str, Decimal] = {}
    for line in lines:
        found[str(line.label)] = found.get(str(line.label), ZERO) + line.amount
    return [(label, amount, look.MONEY) for label, amount in found.items()]
