"""Commission of a team, split equally."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from cstools.language import Text, mark
from cstools.money import ZERO, in_parts, show, split
from cstools.orders import State
from cstools.pay import members
from cstools.pay.case import Case
from cstools.pay.element import UNDECIDED, Element, Span, parameter
from cstools.pay.pricing import (
    BRACKETS,
    MARGINAL,
    WHOLE,
    Lot,
    Part,
    has_brackets,
    open_questions,
    price,
    rows_of,
    told,
    unpriced,
)  # fmt: skip
from cstools.pay.sales import lots, lots_of_state
from cstools.pay.slip import Given, Slip, Why, total
from cstools.tables import kinds

if TYPE_CHECKING:
    from cstools.pay.inputs import Inputs

HEADS, DAYS = "heads", "days"
SHARES = {HEADS: (mark("by heads"), "按人头", "平分"), DAYS: (mark("by days employed"), "按在职")}
OWN, ALL = "own", "all"
ORDERS = {
    OWN: (mark("the team’s own orders"), "已归属"), ALL: (mark("own orders and those of nobody"), "全部"),
}  # fmt: skip


@dataclass(frozen=True)
class CommissionPool(Element):
    """The team's commission, a pool that is split equally to the fen (000-089): by heads, or by days in the team.

    Orders of nobody (without a number, or with several) come in only where the desk says so; silent ones never.
    """

    label: ClassVar[str] = mark("pooled commission")
    sentence: ClassVar[str] = mark(
        "Commission on {orders}[[, by scheme {scheme}]][[, in brackets by {brackets}]], split equally {shares}."
    )
    span: ClassVar[Span] = Span.COMMISSION
    by_results: ClassVar[bool] = True

    scheme: str = parameter(mark("scheme"), kinds.text, "", ("", "店铺", "阶梯"))
    brackets: Any = parameter(
        mark("brackets"), kinds.choice(BRACKETS), UNDECIDED, (WHOLE, MARGINAL),
        question=Text("the rate of a bracket holds for the whole amount (全额), or only for its own part (超额)"),
    )  # fmt: skip
    orders: str = parameter(mark("orders"), kinds.choice(ORDERS), OWN, (OWN, ALL))
    shares: str = parameter(mark("shares"), kinds.choice(SHARES), HEADS, (HEADS, DAYS))

    def undecided(self, inputs: "Inputs") -> Iterator[tuple[str, Text]]:
        """The scheme where there are several, and what brackets mean where it has some."""
        yield from open_questions(inputs, self.scheme, units=False)
        if has_brackets(rows_of(inputs, self.scheme, units=False)):
            yield from super().undecided(inputs)

    def lines(self, case: Case) -> Iterator[Given]:
        """One's part of the pool: what each one brought in, and one's own orders."""
        pool = members.together(case, self.pool)
        yield from unpriced(pool.sold.get(case.number, ()), rows_of(case.inputs, self.scheme, units=False))
        if case.number in pool.split and pool.parts:
            mine, said = pool.split[case.number], show(pool.amount)
            text = Text("part of {pool} among {people} people", pool=said, people=len(pool.split))
            own = tuple(lot.why for lot in pool.sold[case.number])
            brought = tuple(Why(one.text, parts=own if number == case.number else one.parts)
                            for number, one in pool.brought.items())  # fmt: skip
            whole = Why(Text("the team’s commission: {pool}", pool=said), parts=(*told(pool.parts), *brought))
            yield self.line(mine, Why(text, mine, parts=(whole,)))

    def pool(self, team: Sequence[Case]) -> "Pool":
        """What there is to split among a team, and how."""
        if not team:
            return Pool()
        inputs, period = team[0].inputs, team[0].whole
        sold = {case.number: lots(case) for case in team}
        if self.orders == ALL:
            sold[""] = [lot for state in (State.UNATTRIBUTED, State.AMBIGUOUS)
                        for lot in lots_of_state(inputs, state, period)]  # fmt: skip
        everything = [lot for one in sold.values() for lot in one]
        parts = [replace(part, whys=())
                 for part in price(everything, rows_of(inputs, self.scheme, units=False), self.brackets)]  # fmt: skip
        amount = sum(in_parts(part.product for part in parts), ZERO)
        weights = {case.number: Decimal(1) if self.shares == HEADS else Decimal(sum(1 for _ in case.days()))
                   for case in team}  # fmt: skip
        names = {case.number: case.employee.name for case in team}
        return Pool(amount, split(amount, weights), parts, {
            number: _brought(names.get(number), mine) for number, mine in sold.items() if mine
        }, sold)  # fmt: skip

    def broken(self, inputs: "Inputs", slips: Iterable[Slip]) -> Iterator[str]:
        """Σ split = pool."""
        pools = [pool.amount for pool in members.each_stated(inputs, CommissionPool, CommissionPool.pool)]
        paid = sum((total(slip.lines, item=self.name()) for slip in slips), ZERO)
        if paid != sum(pools, ZERO):
            yield f"the parts of {self.name()} make {paid}, the pools {sum(pools, ZERO)}"


def _brought(name: str | None, mine: Sequence[Lot]) -> Why:
    amount = show(sum((lot.amount for lot in mine), ZERO))
    if name is None:
        return Why(Text("orders of nobody: {amount} less refunds", amount=amount), parts=tuple(lot.why for lot in mine))
    return Why(Text("{name} brought {amount} less refunds", name=name, amount=amount))


@dataclass(frozen=True, slots=True)
class Pool:
    """An amount to be split, each one's part, how it was reckoned, and what each one brought."""

    amount: Decimal = ZERO
    split: Mapping[str, Decimal] = field(default_factory=dict)
    parts: Sequence[Part] = ()
    brought: Mapping[str, Why] = field(default_factory=dict)
    sold: Mapping[str, Sequence[Lot]] = field(default_factory=dict)
