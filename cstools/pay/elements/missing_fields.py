"""Orders whose fields are missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from cstools.language import Text, mark
from cstools.money import ZERO, in_parts, show
from cstools.pay.case import Case
from cstools.pay.element import Element, Span, parameter
from cstools.pay.pricing import COMMISSIONS
from cstools.pay.sales import sales_of, share
from cstools.pay.slip import Given, Why
from cstools.pay.wages import plain
from cstools.tables import kinds

ONE = Decimal(1)


@dataclass(frozen=True)
class MissingFields(Element):
    """A valid order holds seven fields; each that is missing or wrong takes something off the commission (003-096).

    It is taken off the commission, so never more than there is. Wrong fields that only people see are events.
    """

    label: ClassVar[str] = mark("missing fields")
    sentence: ClassVar[str] = mark(
        "Each field missing in one’s own orders, and each event of {events}, takes {amount} yuan off the commission."
    )
    span: ClassVar[Span] = Span.COMMISSION
    by_results: ClassVar[bool] = True

    amount: Decimal = parameter(
        mark("yuan a field"), kinds.number.between(0), Decimal("0.5"), (Decimal("0.5"), Decimal("0.125"))
    )
    events: tuple[str, ...] = parameter(mark("events"), kinds.words, ("订单差错",))

    def lines(self, case: Case) -> Iterator[Given]:
        """One line, each order and event a part."""
        found = [(share(Decimal(sale.facts.missing), sale, case.number),
                  Text("order {order} of {day}: {count} fields missing", order=sale.number, day=sale.day,
                       count=sale.facts.missing), str(sale.source))
                 for sale in sales_of(case) if sale.facts.missing]  # fmt: skip
        found += [(ONE if event.quantity is None else event.quantity,
                   Text("{kind} on {day}[[: {reason}]]", kind=event.kind, day=event.day, reason=event.reason or None),
                   event.source) for event in case.events(*self.events)]  # fmt: skip
        amounts = in_parts(-count * self.amount for count, _, _ in found)
        parts = [Why(text, amount, source) for amount, (_, text, source) in zip(amounts, found, strict=True)]
        total, earned = sum(amounts, ZERO), max(ZERO, sum((case.total(item=item) for item in COMMISSIONS), ZERO))
        if total < -earned:
            parts.append(Why(Text("no more than the commission of {earned}", earned=show(earned)), -earned - total))
            total = -earned
        if total:
            count = sum((count for count, _, _ in found), ZERO)
            text = Text("{count} fields × {unit}", count=plain(count), unit=plain(self.amount))
            yield self.line(total, Why(text, total, parts=tuple(parts)))
