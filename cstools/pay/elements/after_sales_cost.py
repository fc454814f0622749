"""After-sales cost that an agent caused."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from cstools.language import Text, mark
from cstools.money import ZERO, fen, show
from cstools.orders import shares
from cstools.pay.case import Case
from cstools.pay.claims import DAMAGES, NATURES, UNEARNED, held
from cstools.pay.element import UNDECIDED, Element, Span, Stage, parameter
from cstools.pay.slip import Given, Notice, Why
from cstools.tables import kinds

if TYPE_CHECKING:
    from cstools.pay.inputs import Inputs


@dataclass(frozen=True)
class AfterSalesCost(Element):
    """Cost that an agent caused, where it passes a floor (000-096): the part above it is borne by the agent.

    As damages it is taken within article 16 (工资支付暂行规定), the rest carried on; or it is commission not earned.
    """

    label: ClassVar[str] = mark("after-sales cost")
    sentence: ClassVar[str] = mark(
        "After-sales cost by one’s own fault, events of {events}, above[[ {floor} yuan]] a month is borne as {nature}."
    )
    span: ClassVar[Span] = Span.COMMISSION
    stage: ClassVar[Stage] = Stage.TOP_UP  # after the commission that it may leave unearned
    by_results: ClassVar[bool] = True

    floor: Any = parameter(
        mark("floor"), kinds.number.between(0), UNDECIDED, (Decimal(200), Decimal(0)),
        question=Text("the after-sales cost in yuan a month above which an agent bears it (the source has no figure)"),
    )  # fmt: skip
    nature: str = parameter(
        mark("nature"), kinds.choice({key: NATURES[key] for key in (DAMAGES, UNEARNED)}), DAMAGES, (DAMAGES, UNEARNED)
    )
    events: tuple[str, ...] = parameter(mark("events"), kinds.words, ("售后成本",))

    def undecided(self, inputs: "Inputs") -> Iterator[tuple[str, Text]]:
        """The floor, where there is such a cost."""
        if any(event.kind in self.events for event in inputs.events):
            yield from super().undecided(inputs)

    def lines(self, case: Case) -> Iterator[Given]:
        """What lies above the floor."""
        parts = []
        for event in case.events(*self.events):
            about = {"kind": event.kind, "day": event.day}
            if event.amount is None:
                text = Text("{kind} on {day} has no amount", **about)
                yield Notice(text, grave=True, source=event.source)
                continue
            mine = shares(fen(event.amount), set(event.people))[case.number]
            text = Text("{kind} on {day}[[: {reason}]]", reason=event.reason or None, **about)
            parts.append(Why(text, -mine, event.source))
        cost = -sum((part.amount or ZERO for part in parts), ZERO)
        if parts and cost > self.floor:
            excess, said = cost - fen(self.floor), show(fen(self.floor))
            text = Text("cost of {cost} above {floor}", cost=show(cost), floor=said)
            rest = Why(Text("borne by the shop: up to {floor}", floor=said), fen(self.floor))
            yield from held(self, case, self.nature, Why(text, -excess, parts=(*parts, rest)))
