"""Call-backs that were due and not made."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from cstools.days import span
from cstools.language import Text, mark
from cstools.money import ZERO, fen
from cstools.pay.case import Case
from cstools.pay.claims import FINE, NATURES, UNEARNED, held
from cstools.pay.element import UNDECIDED, Element, Stage, parameter
from cstools.pay.events import Event
from cstools.pay.slip import Given, Notice, Why
from cstools.pay.wages import plain
from cstools.tables import kinds

FOUR, MONDAYS = "four", "mondays"
WEEKS = {FOUR: (mark("four weeks each month"), "每月四周", "四周"), MONDAYS: (mark("the month’s Mondays"), "按周一数")}
WHOLE, EMPLOYED = "whole", "employed"
PART = {WHOLE: (mark("the whole quota"), "不折算"), EMPLOYED: (mark("by days employed"), "按在职")}


@dataclass(frozen=True)
class Callbacks(Element):
    """20 call-backs a week, 80 a month, counted on the 1st; each one short of it costs 0.2 yuan (003-097, 003-098).

    The source makes four weeks of every month, though some have five Mondays: the desk says which holds.
    """

    label: ClassVar[str] = mark("call-backs")
    sentence: ClassVar[str] = mark(
        "{weekly} call-backs a week[[, {weeks}]]: each one short costs {amount} yuan (events of {events})."
    )
    stage: ClassVar[Stage] = Stage.TOP_UP  # after the commission that it may leave unearned
    by_results: ClassVar[bool] = True

    weekly: Decimal = parameter(
        mark("call-backs a week"), kinds.number.between(0), Decimal(20), (Decimal(20), Decimal(3))
    )
    amount: Decimal = parameter(
        mark("yuan for each one short"), kinds.number.between(0), Decimal("0.2"), (Decimal("0.2"), Decimal("0.125"))
    )
    weeks: Any = parameter(
        mark("weeks a month"), kinds.choice(WEEKS), UNDECIDED, (FOUR, MONDAYS),
        question=Text("a month’s call-backs are those of four weeks (80), or of as many weeks as it has Mondays"),
    )  # fmt: skip
    part_month: str = parameter(mark("part month"), kinds.choice(PART), EMPLOYED, (WHOLE, EMPLOYED))
    nature: str = parameter(
        mark("nature"), kinds.choice({key: NATURES[key] for key in (UNEARNED, FINE)}), FINE, (FINE, UNEARNED)
    )
    events: tuple[str, ...] = parameter(mark("events"), kinds.words, ("回访",))

    def lines(self, case: Case) -> Iterator[Given]:
        """What the shortfall costs; without any count nothing, and told."""
        counts, days = case.events(*self.events), list(case.days())
        if days and not counts:
            text = Text("no call-backs are entered, so none are counted as missing")
            yield Notice(text, grave=True)
        if not counts:
            return
        period = span(case.whole.first, case.whole.last)
        weeks = 4 if self.weeks == FOUR else sum(day.weekday() == 0 for day in period)
        counted = len(period) if self.part_month == WHOLE else len(days)
        quota = Decimal(int(self.weekly * weeks * counted / len(period)))
        done = sum((event.quantity or ZERO for event in counts), Decimal(0))
        if done < quota:
            cost = -fen((quota - done) * self.amount)
            text = Text("{short} short of {quota} × {unit}", short=plain(quota - done), quota=plain(quota),
                        unit=plain(self.amount))  # fmt: skip
            parts = [_count(event) for event in counts]
            due = Text("due: {weekly} a week × {weeks} weeks[[ × {days} of {all} days]]", weekly=plain(self.weekly),
                       weeks=weeks, days=counted if counted < len(period) else None, all=len(period))  # fmt: skip
            yield from held(self, case, self.nature, Why(text, cost, parts=(Why(due), *parts)))


def _count(event: Event) -> Why:
    text = Text("{kind} on {day}: {count}", kind=event.kind, day=event.day, count=plain(event.quantity or ZERO))
    return Why(text, source=event.source)
