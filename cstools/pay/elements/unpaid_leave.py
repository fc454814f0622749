"""Unpaid leave and absence."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from cstools.language import mark
from cstools.money import ZERO
from cstools.pay.away import ABSENT, away, lost
from cstools.pay.case import Case
from cstools.pay.element import Element, Span, parameter
from cstools.pay.slip import Given
from cstools.tables import kinds


@dataclass(frozen=True)
class UnpaidLeave(Element):
    """Days of unpaid leave, and absence without leave, are not paid: month ÷ 21.75 each, never more than base pay."""

    label: ClassVar[str] = mark("unpaid leave")
    sentence: ClassVar[str] = mark(
        "Each day of {leave}, and of absence without leave if so set, takes month ÷ 21.75 off base pay."
    )
    span: ClassVar[Span] = Span.ATTENDANCE
    for_absence: ClassVar[bool] = True

    leave: tuple[str, ...] = parameter(mark("kinds of leave"), kinds.words, ("事假",), (("事假",), ("事假", "调休")))
    absence: bool = parameter(mark("absence too"), kinds.yes_no, True, (True, False))

    def lines(self, case: Case) -> Iterator[Given]:
        """One line, each day below it."""
        days = away(case, (*self.leave, ABSENT) if self.absence else self.leave)
        earlier = [line.amount for line in case.lines if line.item == "sick_pay" and line.amount < 0]
        if why := lost(case, days, case.total(item="base") + sum(earlier, ZERO)):
            yield self.line(why.amount or ZERO, why, quantity=sum((day.part for day in days), Decimal(0)))
