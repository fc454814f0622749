"""What an element holds against somebody: by its nature not earned, or a claim that later elements take or carry."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from cstools.language import mark
from cstools.pay.element import Element
from cstools.pay.slip import Fact, Given, Why

UNEARNED: Final = "unearned"
DAMAGES: Final = "damages"
FINE: Final = "fine"
NATURES: Final = {
    UNEARNED: (mark("pay not earned"), "未得提成", "绩效"), DAMAGES: (mark("damages"), "赔偿"),
    FINE: (mark("fine"), "罚款"),
}  # fmt: skip


def held(element: Element, nature: str, why: Why) -> Iterator[Given]:
    """A negative reason as a line, where it is pay not earned, else as a claim."""
    amount = why.amount or Decimal(0)
    if amount < 0:
        if nature == UNEARNED:
            yield element.line(amount, why)
        else:
            yield Fact(f"claim.{nature}.{element.name()}", -amount, why)
