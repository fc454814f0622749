"""A prize for the first and the second."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar

from cstools.language import Text, mark
from cstools.money import ZERO, fen, split
from cstools.pay import members
from cstools.pay.case import Case
from cstools.pay.element import UNDECIDED, Element, Span, parameter
from cstools.pay.pricing import Lot
from cstools.pay.sales import lots, order_lots, sales_of
from cstools.pay.slip import Given, Why
from cstools.pay.wages import plain
from cstools.tables import kinds

SHARE, ALL, NUMBER = "share", "all", "number"
TIES = {
    SHARE: (mark("they share the prizes of their places"), "均分"), ALL: (mark("each gets the prize"), "并列都发"),
    NUMBER: (mark("the lower number wins"), "工号小者优先"),
}  # fmt: skip
RECOMMENDED, ORDERS, AMOUNT = "recommended", "orders", "amount"
BY = {
    RECOMMENDED: (mark("orders of recommended merchants"), "重点商家订单数"), ORDERS: (mark("orders"), "订单数"),
    AMOUNT: (mark("paid amount less refunds"), "销售额"),
}  # fmt: skip
ONE = Decimal(1)


@dataclass(frozen=True)
class RankingPrize(Element):
    """Whoever has the most orders of recommended merchants in the month gets 60 yuan, the second 30 (003-090)."""

    label: ClassVar[str] = mark("ranking prize")
    sentence: ClassVar[str] = mark(
        "The most {by} in the month win {first} yuan, the second {second}[[; of those who are equal {tie}]]."
    )
    span: ClassVar[Span] = Span.COMMISSION
    by_results: ClassVar[bool] = True

    first: Decimal = parameter(mark("first prize"), kinds.number.between(0), Decimal(60), (Decimal(60), Decimal(50)))
    second: Decimal = parameter(mark("second prize"), kinds.number.between(0), Decimal(30), (Decimal(30), Decimal(0)))
    third: Decimal = parameter(mark("third prize"), kinds.number.between(0), Decimal(0), (Decimal(0), Decimal("10.01")))
    by: str = parameter(mark("ranked by"), kinds.choice(BY), RECOMMENDED, (RECOMMENDED, ORDERS, AMOUNT))
    tie: Any = parameter(
        mark("tie"), kinds.choice(TIES), UNDECIDED, (SHARE, ALL, NUMBER),
        question=Text("who wins where several are equal: they share the prizes, each gets it, or the lower number"),
    )  # fmt: skip

    def lines(self, case: Case) -> Iterator[Given]:
        """One's prize."""
        if why := members.together(case, self.ranking).get(case.number):
            own = Why(Text("own orders"), parts=tuple(lot.why for lot in self._lots(case)))
            yield self.line(why.amount or ZERO, replace(why, parts=(*why.parts, own)))

    def ranking(self, team: Sequence[Case]) -> dict[str, Why]:
        """Who wins how much, and by what; whoever has nothing wins nothing."""
        scores = {case.number: self._score(case) for case in team}
        names = {case.number: case.employee.name for case in team}
        best = sorted({score for score in scores.values() if score > 0}, reverse=True)
        told = tuple(Why(Text("{name}: {score}", name=names[number], score=plain(scores[number])))
                     for number in sorted(scores, key=lambda number: (-scores[number], number))
                     if scores[number] > 0)  # fmt: skip
        found, place = {}, 0
        for score in best:
            equal = [number for number in scores if scores[number] == score]
            for number, prize in self._prizes(place, equal).items():
                if prize:
                    text = Text("place {place} by {by}: {score}[[, equal with {others} more]]", place=place + 1,
                                by=Text(BY[self.by][0]), score=plain(score),
                                others=len(equal) - 1 or None)  # fmt: skip
                    found[number] = Why(text, prize, parts=told)
            place += len(equal)
        return found

    def _prizes(self, place: int, equal: Sequence[str]) -> dict[str, Decimal]:
        """What those who are equal get from a place on."""
        prizes = [fen(prize) for prize in (self.first, self.second, self.third)][place:] + [ZERO] * len(equal)
        if self.tie == SHARE:
            return split(sum(prizes[: len(equal)], ZERO), dict.fromkeys(equal, ONE))
        if self.tie == ALL:
            return dict.fromkeys(equal, prizes[0])
        return dict(zip(equal, prizes, strict=False))

    def _score(self, case: Case) -> Decimal:
        """What somebody is ranked by; orders of which nothing is left don't count."""
        return sum((lot.amount if self.by == AMOUNT else lot.count for lot in self._lots(case)), Decimal(0))

    def _lots(self, case: Case) -> list[Lot]:
        """The sales and refunds that count; only an order of this period is taken back from a number of them."""
        if self.by != RECOMMENDED:
            return lots(case)
        asked = {sale.number for sale in sales_of(case) if sale.facts.recommended}
        return [lot for lot in order_lots(case) if lot.why.text.params["order"] in asked]
