"""Special commission."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from cstools.language import Text, mark
from cstools.money import ZERO, fen
from cstools.pay.case import Case
from cstools.pay.element import Element, Span, parameter
from cstools.pay.slip import Given, Notice, Why
from cstools.tables import kinds


@dataclass(frozen=True)
class SpecialCommission(Element):
    """特别提成 (001-017): what the boss grants for hard work or outstanding results, event by event."""

    label: ClassVar[str] = mark("special commission")
    sentence: ClassVar[str] = mark("Each event of {events} brings its amount, for the reason it gives.")
    span: ClassVar[Span] = Span.COMMISSION
    by_results: ClassVar[bool] = True

    events: tuple[str, ...] = parameter(mark("events"), kinds.words, ("特别提成",))

    def lines(self, case: Case) -> Iterator[Given]:
        """One line of all events, each a part."""
        parts = []
        for event in case.events(*self.events):
            if event.amount is None or not event.reason:
                text = Text("{kind} on {day} is not paid: it needs an amount and a reason", kind=event.kind,
                            day=event.day)  # fmt: skip
                yield Notice(text, grave=True, source=event.source)
            else:
                text = Text("{day}: {reason}[[, approved by {approver}]]", day=event.day, reason=event.reason,
                            approver=event.approved_by or None)  # fmt: skip
                parts.append(Why(text, fen(event.amount), event.source))
        if total := sum((part.amount or ZERO for part in parts), ZERO):
            yield self.line(total, Why(Text("special commission"), total, parts=tuple(parts)))
