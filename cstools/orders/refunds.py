"""Which refunds take something back in a period, and of which order (clawback)."""

from collections.abc import Iterator, Mapping
from datetime import date

from cstools.language import Text
from cstools.orders.ledger import DAY_MASK, Key, Ledger, Record
from cstools.orders.refund_files import Returned
from cstools.orders.sale import Conflict, Refund, State
from cstools.orders.values import yuan


def taken_back(
    ledger: Ledger, refunds: tuple[Returned, ...], aliases: Mapping[Key, Key], conflicts: list[Conflict]
) -> Iterator[Refund]:
    """Every refund of an order that counts, or that no file has, with the day on which it takes effect.

    That is when it was finished, but not before its order counts. An order's refunds never take back more than was
    paid: what is over is a conflict. Refunds of orders that never count, or are no sale, take nothing back.
    """
    by_order: dict[Key, list[Returned]] = {}
    for refund in refunds:
        by_order.setdefault(aliases.get(refund.order, refund.order), []).append(refund)
    for key, those in by_order.items():
        record = ledger.seen.get(key)
        those.sort(key=lambda refund: (refund.day, refund.number))
        if record is None:
            for refund in those:
                yield Refund(
                    refund.number,
                    str(key),
                    date.fromordinal(refund.day),
                    yuan(refund.amount),
                    None,
                    whole=False,
                    source=refund.source,
                )
        elif isinstance(record, tuple) and ledger.table.facts(record[2]).state is not State.EXCLUDED:
            yield from _of_order(ledger, key, record, those, conflicts)


def _of_order(
    ledger: Ledger, key: Key, record: Record, those: list[Returned], conflicts: list[Conflict]
) -> Iterator[Refund]:
    sale = ledger.sale(key, record)
    left, counted = record[0], record[1] & DAY_MASK
    for refund in those:
        amount = min(left, refund.amount)
        left -= amount
        if amount < refund.amount:
            wrong = Text("refund {number} of {amount} is more than what is left of the order: {left}",
                         number=refund.number, amount=yuan(refund.amount), left=yuan(amount))  # fmt: skip
            conflicts.append(Conflict(str(key), wrong, (refund.source, sale.source)))
        if amount:
            day = date.fromordinal(max(refund.day, counted))
            yield Refund(refund.number, str(key), day, yuan(amount), sale, whole=not left, source=refund.source)
