"""工资条: one strip a person on A4, to be cut and handed out."""

from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal

from cstools.language import Text
from cstools.money import ZERO
from cstools.pay.paper import look
from cstools.pay.paper.register import title
from cstools.pay.run import Run
from cstools.pay.slip import GROSS, Group, Line, Slip
from cstools.tables.style import TITLE, Style
from cstools.tables.write import BookWriter, SheetWriter, block

ACROSS = 6  # amounts beside each other
CUT = Style(colour="A5A5A5", align="center")
Pair = tuple[str, Decimal, Style]


def strips(run: Run, slips: Sequence[Slip]) -> bytes:
    """Everybody's strip in one sheet; the same slips give the same bytes."""
    writer = BookWriter(title(run), datetime.combine(run.paid_on, time()))
    sheet = writer.sheet(str(Text("Slips")), tab="2E75B6")
    for place in range(1, ACROSS + 1):
        sheet.width(place, 16)
    row = 1
    for slip in slips:
        row = _strip(sheet, row, run, slip)
    sheet.page(upright=True)
    return writer.to_bytes()


def _strip(sheet: SheetWriter, row: int, run: Run, slip: Slip) -> int:
    """One strip; gives the next one's first row."""
    sheet.put(row, 1, Text("{title} · {number} {name}", title=title(run), number=slip.person, name=slip.name), TITLE)
    sheet.merge(block(row, 1, row, ACROSS))
    where = " · ".join(word for word in (slip.about.get("department"), slip.about.get("position")) if word)
    paid = Text("paid {day}", day=run.paid_on.isoformat())
    sheet.put(row + 1, 1, f"{where}{' · ' if where else ''}{paid}", look.FAINT)
    sheet.merge(block(row + 1, 1, row + 1, ACROSS))
    row += 2
    pairs = _pairs(slip)
    for start in range(0, len(pairs), ACROSS):
        part = pairs[start : start + ACROSS]
        for place in range(1, ACROSS + 1):
            head, amount, style = part[place - 1] if place <= len(part) else ("", None, look.MONEY)
            sheet.put(row, place, head, look.HEAD)
            sheet.put(row + 1, place, amount, style)
        sheet.height(row, 30 if any(len(head) > _LONG for head, _, _ in part) else 18)
        row += 2
    for words in [str(notice.text) for notice in slip.notices if notice.grave]:
        sheet.put(row, 1, words, Style(wrap=True, colour="C00000", size=9))
        sheet.merge(block(row, 1, row, ACROSS))
        row += 1
    sheet.put(row, 1, "－ " * 40, CUT)
    sheet.merge(block(row, 1, row, ACROSS))
    return row + 2


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
