"""A year-end bonus."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from cstools.language import Text, mark
from cstools.money import ZERO, show
from cstools.pay.case import Case
from cstools.pay.element import UNDECIDED, Element, parameter
from cstools.pay.events import Event
from cstools.pay.law import TaxTable
from cstools.pay.slip import Fact, Given, Group, Notice, Why
from cstools.pay.withholding import opening
from cstools.tables import kinds

if TYPE_CHECKING:
    from cstools.pay.inputs import Inputs

BONUS: Final = "bonus"
PAID: Final = "bonus.paid"  # a fact: what was paid, of the events of the month
APART, TOGETHER = "apart", "together"
WAYS = {
    APART: (mark("taxed apart"), "单独", "单独计税"), TOGETHER: (mark("taxed together with wages"), "并入", "合并计税"),
}  # fmt: skip


@dataclass(frozen=True)
class Bonus(Element):
    """A year-end bonus, taxed by itself once a year while the law allows it, or together with wages.

    Which of them is the worker's choice (公告2023年第30号), so it has no default; state the element twice for those who
    choose otherwise. A second one in a year, and one paid after the law's last day, is taxed together, and told.
    """

    label: ClassVar[str] = mark("year-end bonus")
    sentence: ClassVar[str] = mark("Each event of {events} is a year-end bonus[[, {taxed}]].")
    always: ClassVar[bool] = True
    in_bonus: ClassVar[bool] = True

    events: tuple[str, ...] = parameter(mark("events"), kinds.words, ("年终奖",), (("年终奖",), ("年终奖", "全年奖金")))
    taxed: Any = parameter(
        mark("taxed how"), kinds.choice(WAYS), UNDECIDED, (APART, TOGETHER),
        question=Text("the year-end bonus is taxed apart (单独计税) or together with wages (并入综合所得)"),
    )  # fmt: skip

    def undecided(self, inputs: "Inputs") -> Iterator[tuple[str, Text]]:
        """How it is taxed, once there is one."""
        if any(event.kind in self.events for event in inputs.events):
            yield from super().undecided(inputs)

    def lines(self, case: Case) -> Iterator[Given]:
        """One line of all events not paid yet."""
        events = [event for event in case.events(*self.events) if event.amount]
        total = sum((event.amount or ZERO for event in events), ZERO)
        paid = sum((amount for month, amount in case.past.since(case.run.month, PAID) if month == case.run.month), ZERO)
        if not total or paid == total:
            return
        if paid:
            text = Text(
                "{paid} of this month’s bonus was paid in an earlier run; the rest is not paid by itself",
                paid=show(paid),
            )
            yield Notice(text, grave=True, source=events[-1].source)
            return
        refused = self._refused(case)
        if refused:
            yield Notice(refused, grave=True, source=events[0].source)
        group = Group.BONUS if self.taxed == APART and not refused else Group.EARNED
        parts = tuple(map(_told, events))
        yield self.line(total, Why(Text("year-end bonus"), total, parts=parts), group, comparable=False)
        yield Fact(PAID, total)

    def _refused(self, case: Case) -> Text | None:
        """Why it can't be taxed apart though the desk says so."""
        if self.taxed != APART:
            return None
        year, found = case.run.tax_month.year, opening(case)
        if case.past.year(year, "tax.bonus") or (found and found.bonus):
            return Text("a bonus was taxed apart in {year} already: this one is taxed together with wages", year=year)
        if not (case.inputs.law.bonus.on(case.run.paid_on) or TaxTable()):
            return Text("on {day} no bonus may be taxed apart: it is taxed together with wages", day=case.run.paid_on)
        return None


def _told(event: Event) -> Why:
    text = Text("{kind} on {day}[[: {reason}]]", kind=event.kind, day=event.day, reason=event.reason or None)
    return Why(text, event.amount, event.source)
