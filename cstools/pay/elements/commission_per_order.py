"""Commission by the order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from cstools.language import Text, mark
from cstools.money import ZERO, in_parts
from cstools.pay.case import Case
from cstools.pay.element import UNDECIDED, Element, Span, parameter
from cstools.pay.pricing import (
    BRACKETS,
    MARGINAL,
    WHOLE,
    has_brackets,
    open_questions,
    price,
    rows_of,
    told,
    unpriced,
)  # fmt: skip
from cstools.pay.sales import lots
from cstools.pay.slip import Given, Why
from cstools.tables import kinds

if TYPE_CHECKING:
    from cstools.pay.inputs import Inputs


@dataclass(frozen=True)
class CommissionPerOrder(Element):
    """So much for each valid order (003-087), dated and by merchant class (003-088); no target and no cap (003-089).

    An order of which nothing is left after refunds is taken back at the rate of the day on which it counted.
    """

    label: ClassVar[str] = mark("commission per order")
    sentence: ClassVar[str] = mark(
        "So much for each valid order of one’s own[[, by scheme {scheme}]][[, in brackets by {brackets}]]."
    )
    span: ClassVar[Span] = Span.COMMISSION
    by_results: ClassVar[bool] = True

    scheme: str = parameter(mark("scheme"), kinds.text, "", ("", "热线", "热线阶梯"))
    brackets: Any = parameter(
        mark("brackets"), kinds.choice(BRACKETS), UNDECIDED, (WHOLE, MARGINAL),
        question=Text("the price of a bracket holds for all orders (全额), or only for those in it (超额)"),
    )  # fmt: skip

    def undecided(self, inputs: "Inputs") -> Iterator[tuple[str, Text]]:
        """The scheme where there are several, and what brackets mean where it has some."""
        yield from open_questions(inputs, self.scheme, units=True)
        if has_brackets(rows_of(inputs, self.scheme, units=True)):
            yield from super().undecided(inputs)

    def lines(self, case: Case) -> Iterator[Given]:
        """One line; its parts are prices and merchant classes, below them each order."""
        rows = rows_of(case.inputs, self.scheme, units=True)
        mine = [lot for lot in lots(case) if lot.count]
        parts = list(price(mine, rows, self.brackets))
        total = sum(in_parts(part.product for part in parts), ZERO)
        if parts:
            only = parts[0] if len(parts) == 1 else None
            yield self.line(total, Why(Text("commission on valid orders"), total, parts=told(parts)),
                            quantity=only.quantity if only else None, rate=only.rate if only else None)  # fmt: skip
        yield from unpriced(mine, rows)
