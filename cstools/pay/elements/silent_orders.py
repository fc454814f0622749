"""Commission on silent orders."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from cstools.language import Text, mark
from cstools.money import ZERO, in_parts, show, split
from cstools.orders import State
from cstools.pay import members
from cstools.pay.case import Case
from cstools.pay.element import UNDECIDED, Element, Span, parameter
from cstools.pay.pricing import BRACKETS, MARGINAL, WHOLE, Lot, has_brackets, open_questions, price, rows_of, told
from cstools.pay.run import Period
from cstools.pay.sales import has_state, lots_of_state
from cstools.pay.slip import Given, Notice, Slip, Why, total
from cstools.tables import kinds

if TYPE_CHECKING:
    from cstools.pay.inputs import Inputs

NOBODY, TURNS, EQUAL, DUTY = "none", "turns", "equal", "duty"
POLICIES = {
    NOBODY: (mark("to nobody"), "不算", "不计"), TURNS: (mark("to each in turn"), "轮流"),
    EQUAL: (mark("to all equally"), "平分"), DUTY: (mark("to those on duty that day"), "当班平分"),
}  # fmt: skip
ONE = Decimal(1)


@dataclass(frozen=True)
class SilentOrders(Element):
    """闷拍, orders for which nobody was asked: no commission, in turn, or split equally (000-095).

    Equally is among those in the team on the order's day. In turn each of ``rota`` (or everybody, by number) has
    ``turn_days`` days from ``turn_from`` on, for ever; somebody who isn't there any more is passed over. The refund of
    an order goes to whoever had it on that order's day.
    """

    label: ClassVar[str] = mark("silent orders")
    sentence: ClassVar[str] = mark(
        "Commission on silent orders goes[[ {policy}]][[, by scheme {scheme}]][[, in brackets by {brackets}]]."
    )
    span: ClassVar[Span] = Span.COMMISSION
    by_results: ClassVar[bool] = True

    policy: Any = parameter(
        mark("policy"), kinds.choice(POLICIES), UNDECIDED, (NOBODY, TURNS, EQUAL, EQUAL, DUTY),
        question=Text("whose commission silent orders are: nobody’s, each one’s in turn, all equally, or the shift’s"),
    )  # fmt: skip
    scheme: str = parameter(mark("scheme"), kinds.text, "", ("店铺", "热线", "阶梯"))
    brackets: Any = parameter(
        mark("brackets"), kinds.choice(BRACKETS), UNDECIDED, (WHOLE, MARGINAL),
        question=Text("the rate of a bracket holds for the whole amount (全额), or only for its own part (超额)"),
    )  # fmt: skip
    turn_days: int = parameter(mark("days a turn"), kinds.whole.between(1, 366), 7, (1, 3, 7))
    turn_from: date | None = parameter(mark("turns from"), kinds.day, None, (date(2026, 9, 7),))
    rota: tuple[str, ...] = parameter(mark("in the order of"), kinds.words, (), ((), ("002", "001")))

    def undecided(self, inputs: "Inputs") -> Iterator[tuple[str, Text]]:
        """The policy, and what it needs, where there are silent orders."""
        if not has_state(inputs, State.SILENT) or self.policy == NOBODY:
            return
        yield from open_questions(inputs, self.scheme)
        brackets = any(has_brackets(rows_of(inputs, self.scheme, units=units)) for units in (False, True))
        for name, question in super().undecided(inputs):
            if name != "brackets" or brackets:
                yield name, question
        if self.policy == TURNS and self.turn_from is None:
            yield "turn_from", Text("the day on which the first turn of silent orders begins")

    def lines(self, case: Case) -> Iterator[Given]:
        """One's part of each pot; a pot is all of the period's, or what one turn or one shift has."""
        pots = members.together(case, self.pots)
        mine = [pot for pot in pots if case.number in pot.split]
        amount = sum((pot.split[case.number] for pot in mine), ZERO)
        if mine:
            parts = tuple(_part(pot, case.number) for pot in mine)
            yield self.line(amount, Why(Text("commission on silent orders"), amount, parts=parts))
        nobodys = [pot for pot in pots if not pot.split]
        if nobodys and nobodys[0].first == case.number:  # told once
            text = Text("commission of {pot} on silent orders is nobody’s: nobody was there on their days",
                        pot=show(sum((pot.amount for pot in nobodys), ZERO)))  # fmt: skip
            yield Notice(text, grave=True)

    def pots(self, team: Sequence[Case]) -> list["Pot"]:
        """What there is to split, and among whom."""
        if not team or self.policy == NOBODY:
            return []
        inputs = team[0].inputs
        groups: dict[tuple[str, ...], list[Lot]] = {}
        for lot in lots_of_state(inputs, State.SILENT, team[0].whole):
            groups.setdefault(self._whose(lot.day, team), []).append(lot)
        rows = [rows_of(inputs, self.scheme, units=units) for units in (False, True)]
        found = []
        for people, lots in sorted(groups.items()):
            parts = [part for one in rows for part in price(lots, one, self.brackets)]
            amount = sum(in_parts(part.product for part in parts), ZERO)
            if parts:
                shares = split(amount, dict.fromkeys(people, ONE)) if people else {}
                found.append(Pot(amount, shares, told(parts), team[0].number))
        return found

    def _whose(self, day: date, team: Sequence[Case]) -> tuple[str, ...]:
        """Who gets what was ordered on a day, by number; nobody where nobody was there."""
        there = [case.number for case in team if _there(case, day)]
        if self.policy == EQUAL:
            return tuple(there)
        if self.policy == DUTY:
            return tuple(number for number in there if team[0].inputs.board.of(number, day))
        everybody = self.rota or tuple(case.number for case in team)
        turn = (day - (self.turn_from or day)).days // self.turn_days % len(everybody)
        after = [*everybody[turn:], *everybody[:turn]]
        return next(((number,) for number in after if number in there), ())

    def broken(self, inputs: "Inputs", slips: Iterable[Slip]) -> Iterator[str]:
        """Σ split = pot."""
        found = members.each_stated(inputs, SilentOrders, SilentOrders.pots)
        pots = sum((pot.amount for one in found for pot in one if pot.split), ZERO)
        paid = sum((total(slip.lines, item=self.name()) for slip in slips), ZERO)
        if paid != pots:
            yield f"the parts of {self.name()} make {paid}, the pots {pots}"


def _there(case: Case, day: date) -> bool:
    """Whether somebody was in the team on a day, within the run's period or before it (a refund's order)."""
    return bool(case.employee.employed(Period(day, day))) and case.stated.scope.covers(case.employee, day)


def _part(pot: "Pot", number: str) -> Why:
    whole = Why(Text("to be split: {pot}", pot=show(pot.amount)), parts=pot.whys)
    text = Text("part of {pot} among {people} people", pot=show(pot.amount), people=len(pot.split))
    return Why(text, pot.split[number], parts=(whole,))


@dataclass(frozen=True, slots=True)
class Pot:
    """An amount, each one's part (nobody has one where nobody was there), and why it is so much."""

    amount: Decimal
    split: Mapping[str, Decimal]
    whys: tuple[Why, ...]
    first: str  # the team's first number
