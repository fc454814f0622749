"""Which columns a register has: one for each thing that some slip calls a line, by group."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cstools.language import Text
from cstools.pay.paper import look
from cstools.pay.slip import GROSS, GROUPS, Group, Slip
from cstools.tables.style import Style


@dataclass(frozen=True, slots=True)
class MoneyColumn:
    """A column of amounts: the band above it, its header, a slip's amount in it."""

    band: str
    head: str
    amount: Callable[[Slip], Decimal]
    style: Style = look.MONEY


def money_columns(slips: Iterable[Slip], order: Sequence[str]) -> list[MoneyColumn]:
    """Gross by line, then what is taken by line, and net; lines in the ``order`` of their elements."""
    found = list(slips)
    columns = [column for group in GROSS for column in group_columns(found, group, order)]
    columns.append(MoneyColumn("", str(Text("gross")), lambda slip: slip.gross, look.SUM))
    taken = (Group.INSURANCE, Group.TAX, Group.TAKEN, Group.KEPT)
    columns += [column for group in taken for column in group_columns(found, group, order)]
    columns.append(MoneyColumn("", str(Text("net")), lambda slip: slip.net, look.NET))
    return columns


def group_columns(slips: Sequence[Slip], group: Group, order: Sequence[str]) -> list[MoneyColumn]:
    """A group's lines, each label a column."""
    labels: dict[str, tuple[int, int]] = {}
    for slip in slips:
        for seen, line in enumerate(slip.lines):
            if line.group is group:
                place = order.index(line.item) if line.item in order else len(order)
                labels.setdefault(str(line.label), (place, seen))
    band = str(Text(GROUPS[group]))
    return [MoneyColumn(band, label, _amount(group, label)) for label in sorted(labels, key=labels.__getitem__)]


def _amount(group: Group, label: str) -> Callable[[Slip], Decimal]:
    def amount(slip: Slip) -> Decimal:
        found = (line.amount for line in slip.lines if line.group is group and str(line.label) == label)
        return sum(found, Decimal("0.00"))

    return amount
