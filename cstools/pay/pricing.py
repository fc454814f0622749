"""Commission tables: what lots of sales are worth by 提成表, at flat or dated rates, in brackets whole or marginal."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

from cstools.language import Text, mark
from cstools.money import in_parts, percent, show
from cstools.pay.inputs import Inputs, Rate
from cstools.pay.slip import Notice, Why
from cstools.pay.wages import plain

WHOLE: Final = "whole"
MARGINAL: Final = "marginal"
COMMISSIONS: Final = ("commission", "commission_per_order", "commission_pool", "silent_orders")  # by element
BRACKETS: Final = {
    WHOLE: (mark("whole amount"), "全额", "全额累进"),
    MARGINAL: (mark("each part at its own rate"), "超额", "超额累进"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lot:
    """Something sold or taken back, in one person's share: ``amount`` in yuan, ``count`` in orders.

    ``day`` is the day whose rates hold: of a refund, the day on which its order counted.
    """

    day: date
    merchant: str
    amount: Decimal
    count: Decimal
    why: Why


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a commission before it is rounded: so much at such a rate."""

    text: Text
    product: Decimal
    quantity: Decimal
    rate: Decimal
    source: str
    whys: tuple[Why, ...] = ()


Step: TypeAlias = tuple[Decimal, Decimal]  # from so much on, so much of a yuan or an order
Key: TypeAlias = tuple[str, tuple[Step, ...]]  # a merchant class and its table


def rows_of(inputs: Inputs, scheme: str, *, units: bool) -> tuple[Rate, ...]:
    """The rows of a scheme with a percentage, or with a price an order; of any scheme where none is told."""
    rows = tuple(row for row in inputs.rates if (row.unit is not None) is units)
    return tuple(row for row in rows if row.scheme == scheme) if scheme else rows


def open_questions(inputs: Inputs, scheme: str, *, units: bool | None = None) -> Iterator[tuple[str, Text]]:
    """What is open about a scheme: which one is meant, or that there is none of that name."""
    rows = [row for row in inputs.rates if units is None or (row.unit is not None) is units]
    names = sorted({row.scheme for row in rows})
    if scheme and scheme not in names:
        asked = {None: None, True: Text("yuan an order"), False: Text("rate")}[units]
        yield "scheme", Text("sheet 提成表 has no scheme “{scheme}”[[ with its {column}]][[; it has {choices}]]",
                             scheme=scheme, column=asked, choices=tuple(names) or None)  # fmt: skip
    elif not scheme and len(names) > 1:
        yield "scheme", Text("which scheme of sheet 提成表: {choices}", choices=tuple(names))


def has_brackets(rows: Iterable[Rate]) -> bool:
    """Whether a table has more than one bracket, so that whole and marginal differ."""
    return any(row.above > 0 for row in rows)


def price(lots: Sequence[Lot], rows: Sequence[Rate], brackets: object) -> Iterator[Part]:
    """The parts of what lots are worth, by merchant class and table, in that order; lots without a rate are left out.

    The sum over all of the period, of each merchant class by itself, decides the bracket. Where a class has two tables
    within a period, each holds for its own days' part of the sum.
    """
    groups: dict[Key, list[Lot]] = {}
    tables: dict[Key, tuple[Rate, ...]] = {}
    for lot in sorted(lots, key=lambda lot: (lot.day, lot.why.source, str(lot.why.text.params))):
        if table := table_on(rows, lot.day, lot.merchant):
            key = (table[0].merchant, tuple((row.above, _value(row)) for row in table))
            groups.setdefault(key, []).append(lot)
            tables.setdefault(key, table)
    for key in sorted(groups, key=lambda key: (key[0], groups[key][0].day, key[1])):
        total = sum((_measure(tables[key], lots) for other, lots in groups.items() if other[0] == key[0]), Decimal(0))
        yield from _parts(tables[key], groups[key], total, brackets)


def unpriced(lots: Iterable[Lot], rows: Sequence[Rate]) -> Iterator[Notice]:
    """Notices of orders that no row has a rate or a price for, by merchant class: they bring nothing."""
    found: dict[str, Decimal] = {}
    for lot in lots:
        if lot.count > 0 and not table_on(rows, lot.day, lot.merchant):
            found[lot.merchant] = found.get(lot.merchant, Decimal(0)) + lot.count
    for merchant, count in sorted(found.items()):
        text = Text("{count} orders have no price[[: merchant class “{merchant}”]]", count=plain(count),
                    merchant=merchant or None)  # fmt: skip
        yield Notice(text, grave=True)


def table_on(rows: Iterable[Rate], day: date, merchant: str) -> tuple[Rate, ...]:
    """The rows that hold on a day for a class of merchant, the lowest first: its own, or else those for all.

    Of two rows of one bracket the one that begins later holds.
    """
    valid = [row for row in rows if (row.first or day) <= day <= (row.last or day)]
    mine = [row for row in valid if merchant and row.merchant == merchant] or [row for row in valid if not row.merchant]
    table = {row.above: row for row in sorted(mine, key=lambda row: row.first or date.min)}
    return tuple(table[above] for above in sorted(table))


def _value(row: Rate) -> Decimal:
    return row.rate if row.rate is not None else row.unit or Decimal(0)


def _measure(table: Sequence[Rate], lots: Iterable[Lot]) -> Decimal:
    """What a table counts: orders where it has prices an order, else yuan."""
    return sum((lot.amount if table[0].rate is not None else lot.count for lot in lots), Decimal(0))


def _parts(table: Sequence[Rate], lots: Sequence[Lot], total: Decimal, brackets: object) -> Iterator[Part]:
    """A table's parts for its lots, which are a part of a total; the orders stand under the first."""
    mine = _measure(table, lots)
    whys = tuple(lot.why for lot in lots)
    if brackets == MARGINAL and len(table) > 1 and total > 0:
        for row, end in zip(table, [*(row.above for row in table[1:]), None], strict=True):
            within = max(Decimal(0), (total if end is None else min(total, end)) - row.above)
            if within:
                share = within if mine == total else within * mine / total
                yield _part(row, share, whys)
                whys = ()
    else:
        reached = [row for row in table if row.above <= max(total, Decimal(0))]
        if reached:
            yield _part(reached[-1], mine, whys)


def _part(row: Rate, quantity: Decimal, whys: tuple[Why, ...]) -> Part:
    bracket = plain(row.above) if row.above else None
    if row.rate is None:
        text = Text("{count} orders[[ of {merchant}]] × {unit}[[ (from {above} orders on)]]", count=plain(quantity),
                    merchant=row.merchant or None, unit=plain(_value(row)), above=bracket)  # fmt: skip
    else:
        text = Text("{amount}[[ of {merchant}]] × {rate}[[ (from {above} on)]]", amount=show(quantity),
                    merchant=row.merchant or None, rate=percent(row.rate), above=bracket)  # fmt: skip
    return Part(text, quantity * _value(row), quantity, _value(row), row.source, whys)


def told(parts: Sequence[Part]) -> tuple[Why, ...]:
    """Parts as reasons whose amounts add up to their sum, rounded once."""
    amounts = in_parts(part.product for part in parts)
    return tuple(Why(part.text, amount, part.source, part.whys) for part, amount in zip(parts, amounts, strict=True))
