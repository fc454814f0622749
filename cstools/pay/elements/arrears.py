"""Arrears and recoveries: what came to light about closed months, settled in the open one."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from cstools.language import Text, mark
from cstools.money import ZERO, fen, percent, show
from cstools.pay.case import Case
from cstools.pay.element import Element, Stage
from cstools.pay.late import Late
from cstools.pay.room import Room
from cstools.pay.slip import Fact, Given, Notice, Why


@dataclass(frozen=True)
class Arrears(Element):
    """The difference between what closed months were and what they are by what is known now.

    What is owed is paid at once. What was paid too much is recovered within the bounds of 工资支付暂行规定 art. 16
    (20 % of the wage, and never below the minimum wage), month after month until nothing is left.
    """

    label: ClassVar[str] = mark("arrears")
    sentence: ClassVar[str] = mark(
        "What came to light about closed months is paid, or recovered within the law’s bounds, in the open month."
    )
    stage: ClassVar[Stage] = Stage.SETTLE
    always: ClassVar[bool] = True

    def lines(self, case: Case) -> Iterator[Given]:
        """A line for each difference that is settled now."""
        if not case.holds:
            return
        open_ = [(late, _left(case, late)) for late in case.inputs.late.get(case.number, ())]
        for late, rest in open_:
            if rest > 0:
                yield from self._settle(late, rest, rest)
        recoveries = [(late, rest) for late, rest in open_ if rest < 0]
        if recoveries:
            yield from self._recover(case, recoveries, sum((rest for _, rest in open_ if rest > 0), ZERO))

    def _recover(self, case: Case, recoveries: list[tuple[Late, Decimal]], owed: Decimal) -> Iterator[Given]:
        """Recoveries in the order of their months, as far as the bounds allow."""
        room = Room.of(case)
        figure = case.inputs.law.figure("damages_share", case.run.work.last)
        most = max(ZERO, min(fen((room.earned + owed) * figure.value), room.left + owed))
        for late, rest in recoveries:
            taken = min(most, -rest)
            most -= taken
            if taken:
                yield from self._settle(late, rest, -taken)
            if taken < -rest:
                text = Text(
                    "{name}: {rest} of {month} is still to be recovered (at most {share} of a month’s wage)",
                    name=case.employee.name, rest=show(-rest - taken), month=f"{late.month:%Y-%m}",
                    share=percent(figure.value),
                )  # fmt: skip
                yield Notice(text, source=figure.source)

    def _settle(self, late: Late, rest: Decimal, amount: Decimal) -> Iterator[Given]:
        month = f"{late.month:%Y-%m}"
        parts = [Why(Text("{line} of {month} by what is known now", line=late.label, month=month), late.now,
                     parts=(late.why,)),
                 Why(Text("as {month} was closed", month=month), -late.then)]  # fmt: skip
        if settled := late.now - late.then - rest:
            parts.append(Why(Text("settled since"), -settled))
        if amount != rest:
            parts.append(Why(Text("left for later months"), amount - rest))
        label = Text("arrears of {month}: {line}", month=month, line=late.label)
        if amount < 0:
            label = Text("recovery of {month}: {line}", month=month, line=late.label)
        yield self.line(amount, Why(label, amount, parts=tuple(parts)), label=label)
        yield Fact(late.key, amount)


def _left(case: Case, late: Late) -> Decimal:
    """What of a difference was not settled by an earlier run."""
    settled = sum((slip.facts.get(late.key, ZERO) for slip in case.past), ZERO)
    return late.now - late.then - settled
