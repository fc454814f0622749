"""Income tax withheld from wages, and the tax on a year-end bonus that is taxed apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from cstools.language import Text, mark
from cstools.money import ZERO, show
from cstools.pay.bonus_tax import apart, apart_table, trap
from cstools.pay.case import Case
from cstools.pay.client.figure import as_the_client
from cstools.pay.element import Element, Stage
from cstools.pay.elements.bonus import BONUS
from cstools.pay.law import TaxTable
from cstools.pay.run import RunKind
from cstools.pay.slip import Fact, Given, Group, Notice
from cstools.pay.tax_reasons import LAW, tax_why
from cstools.pay.withholding import (
    KEYS,
    Cumulatives,
    Months,
    after,
    at_once,
    before,
    by_item,
    declared_for,
    opening,
)  # fmt: skip

PENSION: Final = "个人养老金"  # the tax client asks for it by the year, beside special additional deductions


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
            why = tax_why(case, table, earlier, now)
            if case.inputs.client is not None and case.run.kind is not RunKind.BONUS:  # theirs is the tax on wages
                due, why, notices = as_the_client(case, why, due)
                yield from notices
            yield self.line(-due, why, Group.TAX)
        for key in KEYS[:-1]:
            yield Fact(f"tax.{key}", now.of(key) - earlier.of(key))
        yield Fact("tax.withheld", due)
        for key in KEYS[:-2]:
            yield Fact(f"sum.tax.{key}", now.of(key))
        yield Fact("sum.tax.withheld_before", now.withheld)
        yield from _items(case)
        yield from self._bonus(case, table, now)
        yield from _notices(case, earlier)

    def _bonus(self, case: Case, table: TaxTable, now: Cumulatives) -> Iterator[Given]:
        """The tax on a bonus taxed apart; for any bonus what the other way would cost."""
        law = apart_table(case)
        if bonus := case.total(Group.BONUS):
            why, tax = apart(case, law, bonus)
            yield self.line(-tax, why, Group.TAX, Text("tax on the year-end bonus"))
            yield Fact("tax.bonus", bonus)
            yield Fact("tax.bonus_tax", tax)
            together = now.due(table, bonus) - now.due(table)
            yield Notice(Text("bonus {bonus} taxed apart: {apart}; together with wages it would be {together} now",
                              bonus=show(bonus), apart=show(tax), together=show(together)))  # fmt: skip
            yield from trap(case, law, bonus)
        elif law and (bonus := case.total(Group.EARNED, item=BONUS)):
            together = now.due(table) - now.due(table, -bonus)
            yield Notice(Text("bonus {bonus} taxed together with wages: {together} now; apart it would be {apart}",
                              bonus=show(bonus), apart=show(apart(case, law, bonus)[1]),
                              together=show(together)))  # fmt: skip


def _items(case: Case) -> Iterator[Fact]:
    """Deductions by item for the tax client: special ones and the personal pension by the year, others by the run."""
    months, found, year = Months.of(case), opening(case), case.run.tax_month.year
    declared = declared_for(case)
    for what, amount in (declared.amounts if declared else by_item(case, "special", months)).items():
        yield Fact(f"special.{what}", amount)
    if pension := by_item(case, "other", months).get(PENSION):
        yield Fact(f"special.{PENSION}", pension)
    for what, amount in by_item(case, "other", months.after(found.until if found else None)).items():
        yield Fact(f"other.{what}", amount - case.past.year(year, f"other.{what}"))


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
        yield Notice(text, source=LAW)
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
