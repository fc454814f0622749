"""The cumulatives of 累计预扣法: what the tax year holds at the end of a run, and its tax (公告2018年第61号 art. 6).

What a run adds is a fact of its slip, so that every later run of the year finds the sums; several runs of one tax month
add up. Special additional deductions and the basic deduction are counted anew by months each time, so that one entered
late is made up for, and a month without pay loses nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from cstools.days import month_of
from cstools.money import ZERO, fen
from cstools.pay.case import Case
from cstools.pay.inputs import Declared, Opening
from cstools.pay.law import Figure, TaxTable
from cstools.pay.people import Employee
from cstools.pay.slip import Group

KEYS: Final = ("income", "free", "insurance", "special", "other", "basic", "relief", "withheld")


@dataclass(frozen=True, slots=True)
class Cumulatives:
    """Sums of a tax year, in yuan. ``income`` includes the tax-free; ``insurance`` is the worker's own share."""

    income: Decimal = ZERO
    free: Decimal = ZERO
    insurance: Decimal = ZERO
    special: Decimal = ZERO
    other: Decimal = ZERO
    basic: Decimal = ZERO
    relief: Decimal = ZERO
    withheld: Decimal = ZERO

    @property
    def taxable(self) -> Decimal:
        """Cumulative taxable income; negative where the deductions are more."""
        return self.income - self.free - self.basic - self.insurance - self.special - self.other

    def of(self, key: str) -> Decimal:
        """One of them by its key."""
        found: Decimal = getattr(self, key)
        return found

    def due(self, table: TaxTable, more: Decimal = ZERO) -> Decimal:
        """What is to be withheld now, with so much more income; never negative."""
        tax = fen(table.tax(self.taxable + more))
        return max(ZERO, tax - self.relief - self.withheld)


@dataclass(frozen=True, slots=True)
class Months:
    """The months of a tax year for which the basic deduction counts, both included; none where ``last`` is before."""

    first: date
    last: date

    @classmethod
    def of(cls, case: Case) -> "Months":
        """From January or the month of joining to the tax month; January for a first job (公告2020年第13号).

        After the month of leaving no more months count: the law counts those employed.
        """
        employee, until = case.employee, case.run.tax_month
        january = until.replace(month=1)
        joined = month_of(employee.hired)[0] if employee.hired else january
        first = january if until.year in employee.first_job else max(january, joined)
        return cls(first, min(until, month_of(employee.left)[0]) if employee.left else until)

    @property
    def count(self) -> int:
        """How many they are."""
        return max(0, (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1)

    def until(self, month: date) -> "Months":
        """Those of them up to a month."""
        return Months(self.first, min(self.last, month))

    def after(self, month: date | None) -> "Months":
        """Those of them after a month; all where there is none."""
        if month is None:
            return self
        following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        return Months(max(self.first, following), self.last)

    def __iter__(self) -> Iterator[date]:
        for nth in range(self.count):
            month = self.first.month - 1 + nth
            yield date(self.first.year + month // 12, month % 12 + 1, 1)


def opening(case: Case) -> Opening | None:
    """What another system withheld in the same year, before the month."""
    year = case.run.tax_month.year
    return next((one for one in case.inputs.openings.get(case.number, ()) if one.year == year), None)


def before(case: Case) -> Cumulatives:
    """The year's sums before this run: the opening's, and what the facts of earlier slips add to it."""
    found, year = opening(case), case.run.tax_month.year
    start = {key: getattr(found, key, ZERO) for key in KEYS}
    if found:
        start["basic"] = _basic(case, Months.of(case).until(found.until))
    return Cumulatives(**{key: amount + case.past.year(year, f"tax.{key}") for key, amount in start.items()})


def after(case: Case) -> Cumulatives:
    """The year's sums with this run's lines, before its own tax."""
    earlier, months = before(case), Months.of(case)
    found = opening(case)
    free = case.total(Group.TAX_FREE)
    open_months = months.after(found.until if found else None)
    special, other, relief = (getattr(found, kind, ZERO) + _deducted(case, kind, open_months)
                              for kind in ("special", "other", "relief"))  # fmt: skip
    if declared := declared_for(case):
        special = sum(declared.amounts.values(), ZERO)
    return Cumulatives(
        earlier.income + case.total(Group.EARNED) + free, earlier.free + free,
        earlier.insurance - case.total(Group.INSURANCE), special, other, _basic(case, months), relief, earlier.withheld,
    )  # fmt: skip


def _deducted(case: Case, kind: str, months: Months) -> Decimal:
    rows = [row for row in case.inputs.deductions.get(case.number, ()) if row.kind == kind]
    return sum((row.amount for row in rows for month in months
                if row.first <= month <= (row.last or month)), ZERO)  # fmt: skip


def by_item(case: Case, kind: str, months: Months) -> dict[str, Decimal]:
    """Deductions of a kind by item over some months, as the tax client asks for them."""
    found: dict[str, Decimal] = {}
    for row in case.inputs.deductions.get(case.number, ()):
        if row.kind == kind:
            count = sum(row.first <= month <= (row.last or month) for month in months)
            found[row.what] = found.get(row.what, ZERO) + row.amount * count
    return found


def declared_for(case: Case) -> Declared | None:
    """What the tax client holds of somebody's special additional deductions, where the desk reads its files."""
    found = case.inputs.declared.get(case.number)
    return found if found and found.month.year == case.run.tax_month.year else None


def at_once(employee: Employee, case: Case) -> Figure | None:
    """The year's basic deduction where it counts whole from January on (公告2020年第19号)."""
    if case.run.tax_month.year not in employee.sixty_thousand:
        return None
    return case.inputs.law.figure("sixty_thousand", case.run.tax_month)


def _basic(case: Case, months: Months) -> Decimal:
    """The basic deduction of some months, each by the figure of its own month."""
    if months.count and (whole := at_once(case.employee, case)):
        return whole.value
    return sum((case.inputs.law.number("basic_deduction", month) for month in months), ZERO)
