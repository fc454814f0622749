"""Commission on one's own sales."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from cstools.language import Text, mark
from cstools.money import ZERO, in_parts
from cstools.pay.case import Case
from cstools.pay.element import UNDECIDED, Element, Span, parameter
from cstools.pay.pricing import BRACKETS, MARGINAL, WHOLE, has_brackets, open_questions, price, rows_of, told, unpriced
from cstools.pay.sales import lots
from cstools.pay.slip import Given, Why
from cstools.tables import kinds

if TYPE_CHECKING:
    from cstools.pay.inputs import Inputs


@dataclass(frozen=True)
class Commission(Element):
    """A percentage of what customers paid for one's own orders, less refunds (003-048), flat or in brackets.

    A refund takes back at the rate of the day on which its order counted, in a later month too. In brackets the
    period's sum less refunds decides, whole (全额) or each part at its own rate (超额): the sources don't say which.
    """

    label: ClassVar[str] = mark("commission")
    sentence: ClassVar[str] = mark(
        "A percentage of one’s own paid orders less refunds[[, by scheme {scheme}]][[, in brackets by {brackets}]]."
    )
    span: ClassVar[Span] = Span.COMMISSION
    by_results: ClassVar[bool] = True

    scheme: str = parameter(mark("scheme"), kinds.text, "", ("", "店铺", "阶梯"))
    brackets: Any = parameter(
        mark("brackets"), kinds.choice(BRACKETS), UNDECIDED, (WHOLE, MARGINAL),
        question=Text("the rate of a bracket holds for the whole amount (全额), or only for its own part (超额)"),
    )  # fmt: skip

    def undecided(self, inputs: "Inputs") -> Iterator[tuple[str, Text]]:
        """The scheme where there are several, and what brackets mean where it has some."""
        yield from open_questions(inputs, self.scheme, units=False)
        if has_brackets(rows_of(inputs, self.scheme, units=False)):
            yield from super().undecided(inputs)

    def lines(self, case: Case) -> Iterator[Given]:
        """One line; its parts are rates and brackets, below them each order and refund."""
        mine, rows = lots(case), rows_of(case.inputs, self.scheme, units=False)
        parts = list(price(mine, rows, self.brackets))
        total = sum(in_parts(part.product for part in parts), ZERO)
        if parts:
            only = parts[0] if len(parts) == 1 else None
            yield self.line(total, Why(Text("commission on own orders"), total, parts=told(parts)),
                            quantity=only.quantity if only else None, rate=only.rate if only else None)  # fmt: skip
        yield from unpriced(mine, rows)
