"""Refund files: what was given back, when it was finished, each refund once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cstools.errors import Fault, Source
from cstools.language import Text
from cstools.orders.complaints import Complaints
from cstools.orders.headers import Field, Sheet, open_sheet, with_headers
from cstools.orders.ledger import Key, key_of
from cstools.orders.sale import Conflict
from cstools.orders.settings import OrderSettings
from cstools.orders.values import is_nothing, read_amount, read_number_of, read_that_day, unwrap, yuan

FIELDS: Final = (
    Field("refund", ("退款编号", "退款单号", "退款ID", "售后编号", "售后单号")),
    Field("number", ("订单编号", "订单号", "原始单号", "交易号", "关联订单号"), required=True),
    Field("status", ("退款状态", "售后状态"), required=True),
    Field("amount", ("买家退款金额", "退款金额", "退款总额", "实退金额"), required=True),
    Field("finished", ("退款完结时间", "完结时间", "退款完成时间", "退款成功时间", "完成时间"), required=True),
)


@dataclass(frozen=True, slots=True)
class Returned:
    """A refund that was finished: its number, its order's, the amount in 1/10,000 yuan, the day's ordinal."""

    number: str
    order: Key
    amount: int
    day: int
    source: Source


@dataclass(frozen=True, slots=True)
class RefundFiles:
    """Finished refunds, and where two files say different things of one; how many aren't finished."""

    refunds: tuple[Returned, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    def orders(self) -> set[Key]:
        """The orders of which something was given back."""
        return {refund.order for refund in self.refunds}


def read_refunds(paths: Iterable[Path], settings: OrderSettings, faults: list[Fault]) -> RefundFiles:
    """The refunds of some files, newest first: of one in several the newest tells, if only that it isn’t done."""
    fields = with_headers(FIELDS, settings.refund_columns)
    seen: dict[str, Returned | None] = {}
    conflicts: list[Conflict] = []
    for path in paths:
        if sheet := open_sheet(path, fields, faults):
            for number, refund in _read(sheet, settings, faults).items():
                newer = seen.setdefault(number, refund)
                if (
                    newer
                    and refund
                    and (newer.order, newer.amount, newer.day) != (refund.order, refund.amount, refund.day)
                ):
                    conflicts.append(_conflict(newer, refund))
    return RefundFiles(tuple(refund for refund in seen.values() if refund), tuple(conflicts))


def _read(sheet: Sheet, settings: OrderSettings, faults: list[Fault]) -> Mapping[str, Returned | None]:
    """A file's refunds by their number; None for one that isn't finished."""
    found: dict[str, Returned | None] = {}
    complaints = Complaints(sheet, faults)
    unnumbered: Counter[tuple[Key, int, int]] = Counter()
    for row, cells in sheet.rows():
        if unwrap(sheet.words(cells, "status")) not in settings.refunded:
            if not is_nothing(number := sheet.words(cells, "refund")):
                found.setdefault(unwrap(number), None)
            continue
        told = _values(sheet, row, cells, complaints)
        if told is None:
            continue
        number, order, amount, day = told
        if not number:  # two alike in one file are two refunds, the same two in another file are these two
            unnumbered[order, amount, day] += 1
            number = f"{order} {amount} {day} {unnumbered[order, amount, day]}"
        refund = Returned(number, order, amount, day, sheet.source(row, "number"))
        known = found.setdefault(number, refund)
        if known is None or (known.order, known.amount, known.day) != (order, amount, day):
            wrong = Text("this refund stands twice and says different things")
            faults.append(Fault(sheet.source(row, "refund"), number, wrong, Text("keep the row that is right")))
    complaints.finish()
    return found


def _values(sheet: Sheet, row: int, cells: Sequence[str], complaints: Complaints) -> tuple[str, Key, int, int] | None:
    """A finished refund's number (empty for none), order, amount and day; None where a cell of it is wrong."""
    own = "" if is_nothing(sheet.words(cells, "refund")) else complaints.read(row, cells, "refund", read_number_of)
    order = complaints.read(row, cells, "number", read_number_of)
    amount = complaints.read(row, cells, "amount", read_amount)
    day = complaints.read(row, cells, "finished", read_that_day)
    if own is None or order is None or amount is None or day is None:
        return None
    return own, key_of(order), amount, day


def _conflict(newer: Returned, older: Returned) -> Conflict:
    wrong = Text("refund {number}: {first} yuan in the newest export, which counts, and {second}",
                 number=newer.number, first=yuan(newer.amount), second=yuan(older.amount))  # fmt: skip
    return Conflict(str(newer.order), wrong, (newer.source, older.source))
