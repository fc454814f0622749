"""Whose the shop's orders are, as lots that commission is reckoned on: each one's share, what was refunded taken off.

An order that several share is split among them to the fen, and counts as hundredths of an order for each; the lower
number gets the odd one (pay-law: splits).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from cstools.errors import Fault
from cstools.language import Text
from cstools.money import show
from cstools.orders import State, shares
from cstools.pay.case import Case
from cstools.pay.inputs import Inputs
from cstools.pay.pricing import Lot
from cstools.pay.run import Period
from cstools.pay.slip import Why
from cstools.tables.grid import fold

if TYPE_CHECKING:
    from cstools.orders import Refund, Sale

ONE: Final = Decimal(1)
_NOTHING: Final = Decimal(0)


@dataclass
class Shelf:
    """Sales and refunds of somebody, or of nobody."""

    sales: list["Sale"] = field(default_factory=list)
    refunds: list["Refund"] = field(default_factory=list)


def lots(case: Case) -> list[Lot]:
    """A person's own sales and refunds, on days for which the element is stated for them.

    Where the shop attributes by chat and hands out totals by agent, these are taken instead of orders.
    """
    if case.inputs.orders and case.inputs.orders.totals:
        return list(_reported(case))
    return order_lots(case)


def order_lots(case: Case) -> list[Lot]:
    """The same by orders alone, whatever a report says."""
    mine = _shelf(case.inputs).get(case.number, Shelf())
    sold = [_sold(sale, case.number) for sale in mine.sales if case.covers(sale.day)]
    return sold + [_back(refund, case.number) for refund in mine.refunds if case.covers(refund.day)]


def sales_of(case: Case) -> list["Sale"]:
    """A person's own sales, shared ones too."""
    return [sale for sale in _shelf(case.inputs).get(case.number, Shelf()).sales if case.covers(sale.day)]


def lots_of_state(inputs: Inputs, state: State, period: Period) -> list[Lot]:
    """Sales in a state, and refunds of such sales, of a period; nobody's share, but the whole of each."""
    shelf = _shelf(inputs).get(f"#{state}", Shelf())
    sold = [_sold(sale, "") for sale in shelf.sales if sale.day in period]
    return sold + [_back(refund, "") for refund in shelf.refunds if refund.day in period]


def has_state(inputs: Inputs, state: State) -> bool:
    """Whether there are orders in a state."""
    return f"#{state}" in _shelf(inputs)


def _shelf(inputs: Inputs) -> dict[str, Shelf]:
    """Sales and refunds by agent's number, and by ``#state`` for those that are nobody's."""
    return inputs.once("sales", lambda: _sorted_out(inputs))


def _sorted_out(inputs: Inputs) -> dict[str, Shelf]:
    found: dict[str, Shelf] = {}
    if inputs.orders:
        for sale in inputs.orders.sales:
            for key in _keys(sale):
                found.setdefault(key, Shelf()).sales.append(sale)
        for refund in inputs.orders.refunds:
            for key in _keys(refund.sale) if refund.sale else ():
                found.setdefault(key, Shelf()).refunds.append(refund)
    for shelf in found.values():
        shelf.sales.sort(key=lambda sale: (sale.day, sale.number))
        shelf.refunds.sort(key=lambda refund: (refund.day, refund.number, refund.order))
    return found


def _keys(sale: "Sale") -> Iterable[str]:
    return dict.fromkeys(sale.facts.credited) or (f"#{sale.state}",)


def share(amount: Decimal, sale: "Sale | None", number: str) -> Decimal:
    """Somebody's part of an amount in fen that belongs to an order; all of it where it is shared with nobody."""
    return shares(amount, set(sale.facts.credited)).get(number, amount) if sale else amount


def _sold(sale: "Sale", number: str) -> Lot:
    mine = share(sale.paid, sale, number)
    sharers = len(set(sale.facts.credited)) if number else 0
    text = Text("order {order} of {day}: {paid}[[, {share} of {sharers} sharing it]]", order=sale.number, day=sale.day,
                paid=show(sale.paid), share=show(mine) if sharers > 1 else None, sharers=sharers)  # fmt: skip
    return Lot(sale.day, sale.facts.merchant, mine, share(ONE, sale, number), Why(text, source=str(sale.source)))


def _back(refund: "Refund", number: str) -> Lot:
    sale = refund.sale
    mine = share(refund.amount, sale, number)
    text = Text("refund {refund} of {day} for order {order}[[ of {counted}]]: −{amount}[[, −{share} of it]]",
                refund=refund.number, day=refund.day, order=refund.order, counted=sale.day if sale else None,
                amount=show(refund.amount), share=show(mine) if mine != refund.amount else None)  # fmt: skip
    count = -share(ONE, sale, number) if refund.whole else _NOTHING
    merchant = sale.facts.merchant if sale else ""
    return Lot(sale.day if sale else refund.day, merchant, -mine, count, Why(text, source=str(refund.source)))


def _reported(case: Case) -> Iterator[Lot]:
    """What the shop's report says of a person, under any of their numbers; it knows no days."""
    day = _last(case)
    for name, report in case.inputs.orders.totals.items() if case.inputs.orders and day else ():
        if day and owner(case.inputs, name) == case.number:
            text = Text("report: {paid} paid, {refunded} refunded, {count} orders", paid=show(report.paid),
                        refunded=show(report.refunded), count=report.orders)  # fmt: skip
            yield Lot(day, "", report.paid - report.refunded, Decimal(report.orders),
                      Why(text, source=str(report.source)))  # fmt: skip


def owner(inputs: Inputs, name: str) -> str:
    """Whose number, account or name a report's agent is; empty where it is nobody's, or several people's."""
    called = fold(name)
    found = [number for number, one in inputs.employees.items()
             if called in {fold(number), fold(one.name), *(fold(account) for _, account in one.accounts)}]  # fmt: skip
    return found[0] if len(found) == 1 else next((number for number in found if fold(number) == called), "")


def strangers(inputs: Inputs) -> Iterator[Fault]:
    """A note on each agent of a report who is none of the employees: their sales bring nobody commission."""
    for name, report in inputs.orders.totals.items() if inputs.orders else ():
        if not owner(inputs, name):
            wrong = Text("none of the employees is called this, so nobody gets commission on {paid}",
                         paid=show(report.paid))  # fmt: skip
            yield Fault(report.source, name, wrong, Text("a number, a name or an account in sheet 人员"))


def differing(inputs: Inputs) -> Iterator[Fault]:
    """Where a report and the orders' notes tell different sales of an agent (001-012); the report is paid by."""
    orders = inputs.orders
    if orders is None or not orders.totals or not orders.sales:
        return
    noted = orders.by_agent()
    for name, report in orders.totals.items():
        number = owner(inputs, name)
        mine = noted[number].paid if number in noted else _NOTHING
        if number and mine != report.paid:
            wrong = Text("the report has {paid} paid, the orders with this number in their notes {orders}",
                         paid=show(report.paid), orders=show(mine))  # fmt: skip
            yield Fault(report.source, name, wrong, Text("commission goes by the report; look at what differs"))


def _last(case: Case) -> date | None:
    """The last day on which the element holds for a person."""
    return max(case.days(), default=None)
