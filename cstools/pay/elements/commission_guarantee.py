"""Guaranteed commission."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from cstools.days import span
from cstools.language import Text, mark
from cstools.money import ZERO, fen, show
from cstools.pay.case import Case
from cstools.pay.element import UNDECIDED, Element, Span, Stage, parameter
from cstools.pay.pricing import COMMISSIONS
from cstools.pay.slip import Given, Why
from cstools.tables import kinds

if TYPE_CHECKING:
    from cstools.pay.inputs import Inputs

WHOLE, EMPLOYED = "whole", "employed"
PRORATED = {WHOLE: (mark("paid whole"), "不折算", "全额"), EMPLOYED: (mark("by days employed"), "按在职")}


@dataclass(frozen=True)
class CommissionGuarantee(Element):
    """保底提成 (003-042): max(commission, guarantee), so whoever earns less gets what is missing."""

    label: ClassVar[str] = mark("guaranteed commission")
    sentence: ClassVar[str] = mark(
        "Commission of at least[[ {amount}]] yuan a month: what is missing is added[[; in a part month {part_month}]]."
    )
    stage: ClassVar[Stage] = Stage.TOP_UP
    span: ClassVar[Span] = Span.COMMISSION
    by_results: ClassVar[bool] = True

    amount: Any = parameter(
        mark("yuan a month"), kinds.number.between(0), UNDECIDED, (Decimal(1500), Decimal(80)),
        question=Text("the guaranteed commission in yuan a month (the source has 1500, and 2000 to 5000)"),
    )  # fmt: skip
    part_month: Any = parameter(
        mark("part month"), kinds.choice(PRORATED), UNDECIDED, (WHOLE, EMPLOYED),
        question=Text("whether a guarantee is paid whole in a part month, or by days employed"),
    )  # fmt: skip

    def undecided(self, inputs: "Inputs") -> Iterator[tuple[str, Text]]:
        """How much, and how a part month counts where somebody has one."""
        partial = inputs.run is None or any(
            inputs.run.commission != one.employed(inputs.run.commission) and one.employed(inputs.run.commission)
            for one in inputs.employees.values()
        )
        for name, question in super().undecided(inputs):
            if name != "part_month" or partial:
                yield name, question

    def lines(self, case: Case) -> Iterator[Given]:
        """What is missing, where something is."""
        days, period = sum(1 for _ in case.days()), case.whole
        earned = sum((case.total(item=item) for item in (*COMMISSIONS, self.name())), ZERO)
        part = self.part_month == EMPLOYED and days < len(span(period.first, period.last))
        floor = fen(self.amount * days / len(span(period.first, period.last)) if part else Decimal(self.amount))
        if days and earned < floor:
            missing = floor - earned
            text = Text("guaranteed {floor} less commission of {earned}", floor=show(floor), earned=show(earned))
            by_days = Why(Text("{amount} × {days} of {all} days", amount=show(self.amount), days=days,
                               all=len(span(period.first, period.last))))  # fmt: skip
            parts = (Why(Text("guaranteed"), floor, str(case.stated.source or ""), (by_days,) if part else ()),
                     Why(Text("commission earned"), -earned))  # fmt: skip
            yield self.line(missing, Why(text, missing, parts=parts))
