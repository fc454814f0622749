"""Which columns a register has: one for each thing that some slip calls a line, by group."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from cstools.language import Text
from cstools.pay.elements import all_elements
from cstools.pay.paper import look
from cstools.pay.slip import GROUPS, Group, Slip
from cstools.tables.style import Style


@dataclass(frozen=True, slots=True)
class MoneyColumn:
    """A column of amounts: the band above it, its header, a slip's amount in it."""

    band: str
    head: str
    amount: Callable[[Slip], Decimal]
    style: Style = look.MONEY


def money_columns(slips: Iterable[Slip]) -> list[MoneyColumn]:
    """Gross by line, then what is taken by line, net, and the employer's share; sums after each group that has several."""
    found = list(slips)
    columns: list[MoneyColumn] = []
    for group in (Group.EARNED, Group.BONUS, Group.TAX_FREE):
        columns += _group(found, group)
    columns.append(MoneyColumn("", str(Text("gross")), lambda slip: slip.gross, look.SUM))
    for group in (Group.INSURANCE, Group.TAX, Group.TAKEN, Group.KEPT):
        columns += _group(found, group)
    columns.append(MoneyColumn("", str(Text("net")), lambda slip: slip.net, look.NET))
    employer = _group(found, Group.EMPLOYER)
    if employer:
        total = MoneyColumn(str(Text(GROUPS[Group.EMPLOYER])), str(Text("total")),
                            lambda slip: slip.total(Group.EMPLOYER), look.SUM)  # fmt: skip
        columns += [*employer, total]
    return columns


def _group(slips: list[Slip], group: Group) -> list[MoneyColumn]:
    """A group's lines in the order of the elements, each label a column."""
    order = list(all_elements())
    labels: dict[str, tuple[int, str]] = {}
    for slip in slips:
        for line in slip.lines:
            if line.group is group:
                place = order.index(line.item) if line.item in order else len(order)
                labels.setdefault(str(line.label), (place, str(line.label)))
    band = str(Text(GROUPS[group]))
    return [MoneyColumn(band, label, _amount(group, label)) for label in sorted(labels, key=labels.__getitem__)]


def _amount(group: Group, label: str) -> Callable[[Slip], Decimal]:
    def amount(slip: Slip) -> Decimal:
        found = (line.amount for line in slip.lines if line.group is group and str(line.label) == label)
        return sum(found, Decimal("0.00"))

    return amount
