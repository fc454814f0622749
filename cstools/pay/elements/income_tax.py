"""Income tax withheld from wages, and the tax on a year-end bonus that is taxed apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Final

from cstools.language import Text, mark
from cstools.money import ZERO, fen, percent, show
from cstools.pay.case import Case
from cstools.pay.element import Element, Stage
from cstools.pay.elements.bonus import BONUS
from cstools.pay.law import TaxTable
from cstools.pay.slip import Fact, Given, Group, Notice, Why
from cstools.pay.withholding import (
    KEYS,
    Cumulatives,
    Months,
    after,
    at_once,
    before,
    opening,
    special_by_kind,
)  # fmt: skip

_LAW: Final = "公告2018年第61号"


@dataclass(frozen=True)
class IncomeTax(Element):
    """Tax by 累计预扣法 on the year's sums so far, less what was withheld; never negative, never paid back in the year.

    A negative balance is settled with the tax office after the year. Whoever had wages of up to 60,000 from the same
    employer in all of last year may deduct 60,000 from January on.
    """

    label: ClassVar[str] = mark("income tax")
    sentence: ClassVar[str] = mark(
        "Income tax on the year’s wages so far, less what has been withheld; never less than nothing."
    )
    stage: ClassVar[Stage] = Stage.TAX
    always: ClassVar[bool] = True
    in_bonus: ClassVar[bool] = True

    def lines(self, case: Case) -> Iterator[Given]:
        """The tax on wages, the tax on a bonus, what later runs need, and what somebody should look at."""
        if not case.holds:
            return
        table = case.inputs.law.wages.on(case.run.tax_month) or TaxTable()
        if not table:
            text = Text("no tax table holds in {month}: no tax is withheld", month=f"{case.run.tax_month:%Y-%m}")
            yield Notice(text, grave=True)
            return
        earlier, now = before(case), after(case)
        due = now.due(table)
        if now.income or now.withheld:
            yield self.line(-due, _why(case, table, earlier, now), Group.TAX)
        for key in KEYS[:-1]:
            yield Fact(f"tax.{key}", now.of(key) - earlier.of(key))
        yield Fact("tax.withheld", due)
        for key in ("income", "insurance", "special", "basic"):
            yield Fact(f"sum.tax.{key}", now.of(key))
        yield Fact("sum.tax.withheld_before", now.withheld)
        for what, amount in special_by_kind(case).items():
            yield Fact(f"special.{what}", amount)
        yield from self._bonus(case, table, now)
        yield from _notices(case, earlier)

    def _bonus(self, case: Case, table: TaxTable, now: Cumulatives) -> Iterator[Given]:
        """The tax on a bonus taxed apart; for any bonus what the other way would cost."""
        apart = case.inputs.law.bonus.on(case.run.paid_on) or TaxTable()
        if bonus := case.total(Group.BONUS):
            row, tax = _apart(case, apart, bonus)
            yield self.line(-tax, row, Group.TAX, Text("tax on the year-end bonus"))
            yield Fact("tax.bonus", bonus)
            yield Fact("tax.bonus_tax", tax)
            together = now.due(table, bonus) - now.due(table)
            yield Notice(Text("bonus {bonus} taxed apart: {apart}; together with wages it would be {together} now",
                              bonus=show(bonus), apart=show(tax), together=show(together)))  # fmt: skip
        elif apart and (bonus := case.total(Group.EARNED, item=BONUS)):
            together = now.due(table) - now.due(table, -bonus)
            yield Notice(Text("bonus {bonus} taxed together with wages: {together} now; apart it would be {apart}",
                              bonus=show(bonus), apart=show(_apart(case, apart, bonus)[1]),
                              together=show(together)))  # fmt: skip


def _apart(case: Case, table: TaxTable, bonus: Decimal) -> tuple[Why, Decimal]:
    """Bonus ÷ 12 finds the row; tax = bonus × rate − quick deduction (公告2023年第30号)."""
    months = case.inputs.law.figure("bonus_months", case.run.paid_on)
    row = table.bracket(bonus / months.value)
    tax = fen(bonus * row.rate - row.quick)
    found = Why(Text("{bonus} ÷ {months} = {month}: {rate}, quick deduction {quick}", bonus=show(bonus),
                     months=f"{months.value:f}", month=show(fen(bonus / months.value)), rate=percent(row.rate),
                     quick=show(row.quick)), source=table.source)  # fmt: skip
    text = Text("{bonus} × {rate} − {quick}", bonus=show(bonus), rate=percent(row.rate), quick=show(row.quick))
    return Why(text, -tax, table.source, (found,)), tax


def _why(case: Case, table: TaxTable, earlier: Cumulatives, now: Cumulatives) -> Why:
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
        parts.append(Why(Text("not paid back within the year"), kept, f"{_LAW} 第六条"))
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
    for row in case.inputs.deductions.get(case.number, ()):
        if row.kind == "special" and row.first <= case.run.tax_month and row.first.year <= case.run.tax_month.year:
            last = f"{row.last:%Y-%m}" if row.last else None
            text = Text("{what}: {amount} a month from {first}[[ to {last}]]", what=row.what, amount=show(row.amount),
                        first=f"{row.first:%Y-%m}", last=last)  # fmt: skip
            yield Why(text, source=row.source)


def _notices(case: Case, earlier: Cumulatives) -> Iterator[Notice]:
    """What may be wrong: a basic deduction that isn't due, or one that is lost."""
    year = case.run.tax_month.year
    last_year = case.past.year(year - 1, "tax.income")
    whole = at_once(case.employee, case)
    if whole and last_year > whole.value:
        text = Text(
            "{amount} may not be deducted at once: last year’s wages were {wages}",
            amount=show(whole.value),
            wages=show(last_year),
        )
        yield Notice(text, grave=True, source=whole.source)
    if not whole and not Months.of(case).count and case.total(Group.EARNED) > ZERO:
        text = Text("left before {month}: no basic deduction counts this year", month=f"{case.run.tax_month:%Y-%m}")
        yield Notice(text, source=_LAW)
    if gap := _gap(case):
        yield Notice(gap, grave=True, source=str(case.employee.source or ""))
    if earlier.basic > after(case).basic:
        text = Text("the basic deduction is less than before; check the days of joining and leaving")
        yield Notice(text, grave=True, source=str(case.employee.source or ""))


def _gap(case: Case) -> Text | None:
    """Months of the year that no slip and no opening has, or that both have: their tax would be wrong."""
    run, found = case.run, opening(case)
    mine = [slip.tax_month for slip in case.past if slip.tax_month.year == run.tax_month.year]
    about = {"month": f"{run.tax_month:%Y-%m}"}
    if found and found.until >= min([*mine, run.tax_month]):
        return Text("sheet 期初累计 holds months that were run here too: they count twice", **about)
    joined = case.employee.hired is not None and case.employee.hired >= run.month
    since = Months.of(case).after(found.until if found else None).first
    if not mine and not joined and since < run.tax_month:
        return Text("nothing is known of the months of this year before {month}: enter them in sheet 期初累计",
                    **about)  # fmt: skip
    return None
