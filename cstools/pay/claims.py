"""What an element holds against somebody: by its nature not earned, or a claim that later elements take or carry."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from cstools.language import Text, mark
from cstools.money import ZERO, show
from cstools.pay.element import Element
from cstools.pay.slip import Fact, Given, Group, Notice, Why

if TYPE_CHECKING:
    from cstools.pay.case import Case

UNEARNED: Final = "unearned"
DAMAGES: Final = "damages"
FINE: Final = "fine"
NATURES: Final = {
    UNEARNED: (mark("pay not earned"), "未得提成", "绩效"), DAMAGES: (mark("damages"), "赔偿"),
    FINE: (mark("fine"), "罚款"),
}  # fmt: skip


def held(element: Element, case: "Case", nature: str, why: Why) -> Iterator[Given]:
    """A negative reason as a line, where it is pay not earned, else as a claim.

    No more is left unearned than results have earned so far (003-087: 基本工资不参与考核).
    """
    amount = why.amount or ZERO
    if amount < 0 and nature != UNEARNED:
        yield Fact(f"claim.{nature}.{element.name()}", -amount, why)
    elif amount < 0:
        rest = max(ZERO, -amount - max(ZERO, by_results(case)))
        if rest:
            over = Why(Text("not taken: no more pay for results was earned"), rest)
            why = Why(Text(element.label), amount + rest, parts=(why, over))
            yield Notice(Text("{rest} of {kind} is not taken, there is no pay for results left", rest=show(rest),
                              kind=Text(element.label)))  # fmt: skip
        if amount + rest:
            yield element.line(amount + rest, why)


def by_results(case: "Case") -> Decimal:
    """What results have earned so far."""
    from cstools.pay.elements import all_elements

    found = {name for name, element in all_elements().items() if element.by_results}
    return sum((line.amount for line in case.lines if line.group is Group.EARNED and line.item in found), ZERO)
