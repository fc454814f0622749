"""The tax on a year-end bonus taxed apart (财税〔2018〕164号, 公告2023年第30号): once a year, while a table holds."""

from collections.abc import Iterator
from decimal import Decimal

from cstools.language import Text
from cstools.money import ZERO, fen, percent, show
from cstools.pay.case import Case
from cstools.pay.law import TaxTable
from cstools.pay.slip import Notice, Why


def apart_table(case: Case) -> TaxTable:
    """The table on the day a run is paid; an empty one where the law has none any more."""
    return case.inputs.law.bonus.on(case.run.paid_on) or TaxTable()


def apart(case: Case, table: TaxTable, bonus: Decimal) -> tuple[Why, Decimal]:
    """The reason and the tax: bonus ÷ 12 finds the row, tax = bonus × rate − quick deduction."""
    months = case.inputs.law.number("bonus_months", case.run.paid_on)
    row = table.bracket(bonus / months)
    tax = _tax(table, bonus, months)
    found = Why(Text("{bonus} ÷ {months} = {month}: {rate}, quick deduction {quick}", bonus=show(bonus),
                     months=f"{months:f}", month=show(fen(bonus / months)), rate=percent(row.rate),
                     quick=show(row.quick)), source=table.source)  # fmt: skip
    text = Text("{bonus} × {rate} − {quick}", bonus=show(bonus), rate=percent(row.rate), quick=show(row.quick))
    return Why(text, -tax, table.source, (found,)), tax


def trap(case: Case, table: TaxTable, bonus: Decimal) -> Iterator[Notice]:
    """Where a smaller bonus would leave more: just above the end of a row its whole rate is the next one's."""
    months = case.inputs.law.number("bonus_months", case.run.paid_on)
    ends = [row.most * months for row in table.brackets if row.most is not None and row.most * months < bonus]
    net = bonus - _tax(table, bonus, months)
    for end in ends[-1:]:
        more = end - _tax(table, end, months) - net
        if more > 0:
            yield Notice(Text("a bonus of {end} would leave {more} more after tax than {bonus}", end=show(end),
                              more=show(more), bonus=show(bonus)), source=table.source)  # fmt: skip


def _tax(table: TaxTable, bonus: Decimal, months: Decimal) -> Decimal:
    row = table.bracket(bonus / months)
    return max(ZERO, fen(bonus * row.rate - row.quick))
