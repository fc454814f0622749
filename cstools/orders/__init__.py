"""The shop's exports: which orders count in a period, whose they are, and which refunds take something back.

``read_orders`` is the only door; pay and records come in by it.
"""

from collections.abc import Container
from datetime import date
from pathlib import Path

from cstools.errors import Fault
from cstools.orders.reading import Shop
from cstools.orders.result import Orders, shares
from cstools.orders.sale import AgentTotal, Conflict, Facts, Group, Refund, ReportTotal, Sale, State, Total
from cstools.orders.settings import OrderSettings, Undecided

__all__ = [
    "AgentTotal", "Conflict", "Facts", "Group", "OrderSettings", "Orders", "Refund", "ReportTotal", "Sale", "State",
    "Total", "Undecided", "read_orders", "shares",
]  # fmt: skip


def read_orders(
    folder: Path,
    settings: OrderSettings,
    first: date,
    last: date,
    faults: list[Fault],
    notes: list[Fault],
    known: Container[str] | None = None,
) -> Orders:
    """The orders that count from ``first`` to ``last``, both included, of all the files of a desk's folder.

    Neither the order of files nor that of rows matters. ``known`` are the agents' numbers: others in a note are only
    numbers (None: every number that the pattern finds is an agent). Adds every fault to ``faults``, what is doubtful
    to ``notes``, and raises none.
    """
    return Shop(folder, settings, first, last, known, faults, notes).read()
