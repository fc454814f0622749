"""What the shop's files say of a period, and adding it up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import overload

from cstools.money import split
from cstools.orders.ledger import DAY_MASK, Key, Ledger, key_of
from cstools.orders.sale import AgentTotal, Conflict, Group, Refund, ReportTotal, Sale, State, Total
from cstools.orders.settings import Undecided
from cstools.orders.values import yuan


class Sales(Sequence[Sale]):
    """The sales of a period, by day and number; each is made when it is asked for, because there may be millions."""

    def __init__(self, ledger: Ledger, first: date, last: date) -> None:
        self._ledger = ledger
        self._first = first
        self._last = last
        self._keys: list[Key] | None = None
        self._groups: Mapping[Group, Total] | None = None

    def _sorted(self) -> list[Key]:
        if self._keys is None:
            found = (
                (record[1] & DAY_MASK, str(key), key) for key, record in self._ledger.within(self._first, self._last)
            )
            self._keys = [key for _, _, key in sorted(found)]
        return self._keys

    def _sale(self, key: Key) -> Sale:
        record = self._ledger.seen[key]
        assert isinstance(record, tuple)  # noqa: S101 - those within the period are
        return self._ledger.sale(key, record)

    def __len__(self) -> int:
        return len(self._sorted())

    def __iter__(self) -> Iterator[Sale]:
        return map(self._sale, self._sorted())

    @overload
    def __getitem__(self, index: int) -> Sale: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Sale]: ...
    def __getitem__(self, index: int | slice) -> Sale | Sequence[Sale]:
        found = self._sorted()[index]
        return [self._sale(key) for key in found] if isinstance(found, list) else self._sale(found)

    def find(self, number: str) -> Sale | None:
        """The sale of an order; None where it doesn't count in the period."""
        key = key_of(number)
        record = self._ledger.seen.get(key)
        if isinstance(record, int | None):
            return None
        sale = self._ledger.sale(key, record)
        return sale if self._first <= sale.day <= self._last else None

    def of(self, states: Iterable[State]) -> Iterator[Sale]:
        """The sales in some states, by day and number."""
        wanted = frozenset(states)
        kinds = {number for number, kind in enumerate(self._ledger.table.kinds) if kind.facts.state in wanted}
        seen = self._ledger.within(self._first, self._last)
        keys = sorted((record[1] & DAY_MASK, str(key), key) for key, record in seen if record[2] in kinds)
        return (self._sale(key) for _, _, key in keys)

    def groups(self) -> Mapping[Group, Total]:
        """All of them, added up by day and facts; reckoned once."""
        if self._groups is None:
            self._groups = self._added_up()
        return self._groups

    def _added_up(self) -> dict[Group, Total]:
        totals: dict[tuple[int, int], list[int]] = {}
        for record in self._ledger.seen.values():  # a million times: which days are of the period is asked below
            if type(record) is tuple:
                amount, code, kind, _ = record
                total = totals.get((code, kind))
                if total is None:
                    totals[code, kind] = [1, amount]
                else:
                    total[0] += 1
                    total[1] += amount
        groups: dict[Group, tuple[int, int]] = {}
        for (code, kind), (count, amount) in totals.items():
            day = date.fromordinal(code & DAY_MASK)
            if self._first <= day <= self._last:
                group = Group(day, self._ledger.table.facts(kind))
                orders, paid = groups.get(group, (0, 0))
                groups[group] = orders + count, paid + amount
        ordered = sorted(groups.items(), key=lambda pair: (pair[0].day, repr(pair[0].facts)))
        return {group: Total(orders, yuan(paid)) for group, (orders, paid) in ordered}


def _groups(sales: Iterable[Sale]) -> dict[Group, Total]:
    groups: dict[Group, Total] = {}
    for sale in sales:
        group = Group(sale.day, sale.facts)
        orders, paid = groups.get(group, Total(0, Decimal(0)))
        groups[group] = Total(orders + 1, paid + sale.paid)
    return groups


@dataclass(frozen=True, slots=True)
class Orders:
    """What the shop's files say of a period.

    ``refunds`` are those that take effect in it, of orders that may have counted before; ``totals`` are a report's, by
    agent. While ``undecided`` isn't empty the rest is worth nothing: without a date that counts there are no sales.
    """

    sales: Sequence[Sale] = ()
    refunds: tuple[Refund, ...] = ()
    totals: Mapping[str, ReportTotal] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    undecided: tuple[Undecided, ...] = ()

    def of(self, *states: State) -> Iterator[Sale]:
        """The sales in some states, by day and number."""
        if isinstance(self.sales, Sales):
            return self.sales.of(states)
        return (sale for sale in self.sales if sale.state in states)

    def find(self, number: str) -> Sale | None:
        """The sale of an order (000-093); None where it doesn't count in the period."""
        if isinstance(self.sales, Sales):
            return self.sales.find(number)
        return next((sale for sale in self.sales if sale.number == number), None)

    def groups(self) -> Mapping[Group, Total]:
        """All sales added up by day and facts: quick, and enough for every price by order, day or class."""
        return self.sales.groups() if isinstance(self.sales, Sales) else _groups(self.sales)

    def by_agent(self) -> Mapping[str, AgentTotal]:
        """What each agent sold and had taken back, by number; shared orders in fen, the lower number first (P1)."""
        totals: dict[str, AgentTotal] = {}
        for (_, facts), total in self.groups().items():
            if len(facts.credited) == 1:
                _add(totals, facts.credited[0], orders=total.orders, paid=total.paid)
        shared = any(len(group.facts.credited) > 1 for group in self.groups())
        for sale in self.of(State.AMBIGUOUS) if shared else ():
            for agent, part in shares(sale.paid, sale.facts.credited).items():
                _add(totals, agent, shared=1, paid=part)
        for refund in self.refunds:
            credited = refund.sale.facts.credited if refund.sale else ()
            for agent, part in shares(refund.amount, credited).items():
                _add(totals, agent, refunded=part)
        return dict(sorted(totals.items()))


def shares(amount: Decimal, agents: Iterable[str]) -> dict[str, Decimal]:
    """An order's amount among those who are credited with it: in fen where they are several, the lower first."""
    among = sorted(agents)
    if len(among) == 1:
        return {among[0]: amount}
    return split(amount, dict.fromkeys(among, Decimal(1))) if among else {}


def _add(
    totals: dict[str, AgentTotal], agent: str, *, orders: int = 0, shared: int = 0,
    paid: Decimal = Decimal(0), refunded: Decimal = Decimal(0),
) -> None:  # fmt: skip
    had = totals.get(agent, AgentTotal())
    totals[agent] = replace(had, orders=had.orders + orders, shared=had.shared + shared, paid=had.paid + paid,
                            refunded=had.refunded + refunded)  # fmt: skip
