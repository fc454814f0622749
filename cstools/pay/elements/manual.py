"""Lines entered by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from cstools.language import Text, mark
from cstools.money import fen
from cstools.pay.case import Case
from cstools.pay.element import Element, parameter
from cstools.pay.slip import Given, Group, Notice, Why
from cstools.tables import kinds


@dataclass(frozen=True)
class Manual(Element):
    """Amounts that somebody has approved with a reason (001-019): paid or taken back, each a line.

    One without a reason or an approver is not paid, and told. A negative one is pay taken back, never damages or a
    fine: those have standards of their own.
    """

    label: ClassVar[str] = mark("manual line")
    sentence: ClassVar[str] = mark("Each event of {events} is a line by itself, with its reason and who approved it.")
    always: ClassVar[bool] = True

    events: tuple[str, ...] = parameter(mark("events"), kinds.words, ("手工",), (("手工",), ("手工", "补发")))
    taxable: bool = parameter(mark("taxable"), kinds.yes_no, True, (True, False))

    def lines(self, case: Case) -> Iterator[Given]:
        """A line for each event, or why there is none."""
        for event in case.events(*self.events):
            about = {"kind": event.kind, "day": event.day}
            if not event.amount:
                yield Notice(Text("{kind} on {day} has no amount", **about), grave=True, source=event.source)
            elif not event.reason or not event.approved_by:
                text = Text("{kind} on {day} is not paid: it needs a reason and who approved it", **about)
                yield Notice(text, grave=True, source=event.source)
            else:
                text = Text("{kind} on {day}: {reason}, approved by {approver}", kind=event.kind, day=event.day,
                            reason=event.reason, approver=event.approved_by)  # fmt: skip
                amount = fen(event.amount)
                why = Why(text, amount, event.source)
                group = Group.EARNED if self.taxable or amount < 0 else Group.TAX_FREE
                yield self.line(amount, why, group, Text("{kind}: {reason}", kind=event.kind,
                                                               reason=event.reason))  # fmt: skip
