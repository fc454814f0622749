"""Why so much income tax is withheld: the year's sums down to lines, months and deductions."""

from collections.abc import Iterator
from typing import Final

from cstools.language import Text
from cstools.money import fen, percent, show
from cstools.pay.case import Case
from cstools.pay.law import TaxTable
from cstools.pay.slip import Group, Why
from cstools.pay.withholding import Cumulatives, Months, at_once, declared_for

LAW: Final = "公告2018年第61号"


def tax_why(case: Case, table: TaxTable, earlier: Cumulatives, now: Cumulatives) -> Why:
    """Tax on the sums, what was withheld before, and what is not paid back: they add up to the line."""
    row, tax = table.bracket(now.taxable), fen(table.tax(now.taxable))
    text = Text("{taxable} so far this year × {rate} − {quick}", taxable=show(now.taxable), rate=percent(row.rate),
                quick=show(row.quick))  # fmt: skip
    if now.taxable <= 0:
        text = Text("{taxable} so far this year: no tax", taxable=show(now.taxable))
    parts = [Why(text, -tax, table.source, tuple(_sums(case, earlier, now)))]
    if now.relief:
        parts.append(Why(Text("tax relief so far this year"), now.relief))
    if now.withheld:
        parts.append(Why(Text("withheld before, this year"), now.withheld))
    if (kept := tax - now.relief - now.withheld) < 0:
        parts.append(Why(Text("not paid back within the year"), kept, f"{LAW} 第六条"))
    due = now.due(table)
    return Why(Text("income tax of {month}", month=f"{case.run.tax_month:%Y-%m}"), -due, parts=tuple(parts))


def _sums(case: Case, earlier: Cumulatives, now: Cumulatives) -> Iterator[Why]:
    """What taxable income is made of, so far and in this run."""
    labels = {"income": Text("income"), "free": Text("less tax-free income"), "basic": Text("less basic deduction"),
              "insurance": Text("less own insurance and fund"), "special": Text("less special additional deductions"),
              "other": Text("less other deductions")}  # fmt: skip
    below = {"income": tuple(_income(case)), "basic": tuple(_basic(case)), "special": tuple(_deductions(case))}
    for key, label in labels.items():
        if now.of(key) or key in {"income", "basic"}:
            text = Text("{what} {amount}: {now} now, {before} before", what=label, amount=show(now.of(key)),
                        now=show(now.of(key) - earlier.of(key)), before=show(earlier.of(key)))  # fmt: skip
            yield Why(text, parts=below.get(key, ()))


def _income(case: Case) -> Iterator[Why]:
    for line in case.lines:
        if line.group in {Group.EARNED, Group.TAX_FREE}:
            yield Why(Text("{label} {amount}", label=line.label, amount=show(line.amount)))


def _basic(case: Case) -> Iterator[Why]:
    """For which months, and by which rule."""
    whole, year = at_once(case.employee, case), case.run.tax_month.year
    months = Months.of(case)
    if whole:
        yield Why(Text("{amount} at once for {year}", amount=show(whole.value), year=year), source=whole.source)
    elif months.count:
        figure = case.inputs.law.figure("basic_deduction", case.run.tax_month)
        yield Why(Text("{amount} × {months} months since {first}", amount=show(figure.value), months=months.count,
                       first=f"{months.first:%Y-%m}"), source=figure.source)  # fmt: skip
    if year in case.employee.first_job:
        yield Why(Text("first job of the year: from January on"), source="公告2020年第13号")


def _deductions(case: Case) -> Iterator[Why]:
    if declared := declared_for(case):
        for what, amount in declared.amounts.items():
            text = Text("{what}: {amount} so far, as the tax client has it in {month}", what=what, amount=show(amount),
                        month=f"{declared.month:%Y-%m}")  # fmt: skip
            yield Why(text, source=declared.source)
        return
    for row in case.inputs.deductions.get(case.number, ()):
        if row.kind == "special" and row.first <= case.run.tax_month and row.first.year <= case.run.tax_month.year:
            last = f"{row.last:%Y-%m}" if row.last else None
            text = Text("{what}: {amount} a month from {first}[[ to {last}]]", what=row.what, amount=show(row.amount),
                        first=f"{row.first:%Y-%m}", last=last)  # fmt: skip
            yield Why(text, source=row.source)
