"""Special additional deductions as the tax client exports them: month by month, or as the year's sums so far.

Two shapes are read, told apart by their headers. Month by month: a row for each person and item, 扣除项目, 月扣除额,
扣除有效期起 and 止. Sums (正常工资薪金 after 预填专项附加扣除): a row a person, a column 累计子女教育 and so on for
each item, of the month in 税款所属期止 or, where there is no such column, in the file's name (202610).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from cstools.days import month_of, read_month
from cstools.errors import BadInput
from cstools.language import Text, mark
from cstools.money import ZERO, show
from cstools.pay.client.imports import found, known
from cstools.pay.client.sheet import PENSION, PERIOD, SPECIAL, WHO, People, without_totals
from cstools.pay.inputs import Declared, Deduction
from cstools.pay.people import Employee
from cstools.pay.sheets.kinds import money
from cstools.pay.sheets.reading import Reading, place
from cstools.pay.withholding import Months
from cstools.tables import kinds
from cstools.tables.columns import Column, Record, read_rows
from cstools.tables.grid import Sheet, fold, read_book

# What the sheet calls an item, by its key.
ITEMS: Final[Mapping[str, str]] = {
    "children": "子女教育", "study": "继续教育", "mortgage": "住房贷款利息", "rent": "住房租金", "parents": "赡养老人",
    "infant": "婴幼儿照护",
}  # fmt: skip
_ALIASES: Final[Mapping[str, str]] = {
    "房贷": "住房贷款利息", "房租": "住房租金", "3岁以下婴幼儿照护": "婴幼儿照护", "赡养老人支出": "赡养老人",
    "子女教育支出": "子女教育", "继续教育支出": "继续教育", "住房租金支出": "住房租金",
    "住房贷款利息支出": "住房贷款利息",
}  # fmt: skip
_MONTHLY: Final = (
    *WHO,
    Column("what", mark("item"), kinds.text, required=True, aliases=("扣除项目", "专项附加扣除项目", "扣除类型")),
    Column("amount", mark("yuan a month"), money, required=True,
           aliases=("月扣除额", "月扣除金额", "每月扣除金额", "本月扣除金额", "扣除金额")),
    Column("first", mark("from month"), PERIOD, required=True, aliases=("扣除有效期起", "有效期起", "起始月份")),
    Column("last", mark("to month"), PERIOD, aliases=("扣除有效期止", "有效期止", "截止月份")),
)  # fmt: skip
_SUMS: Final = (
    *WHO,
    Column("to_month", "税款所属期止", PERIOD, aliases=("税款所属期", "所属期", "截至月份")),
    *(Column(key, names[0], money, default=ZERO, aliases=names[1:]) for key, names in SPECIAL.items()),
    Column("pension_fund", PENSION[0], money, default=ZERO, aliases=PENSION[1:]),
)  # fmt: skip


@dataclass(frozen=True)
class Deductions:
    """Reading the files into a reading's faults and notes, for a run's tax month."""

    reading: Reading
    tax_month: date

    def read(
        self, folder: Path, patterns: Iterable[str], told: Mapping[str, tuple[Deduction, ...]]
    ) -> tuple[dict[str, tuple[Deduction, ...]], dict[str, Declared]]:
        """Deductions by month with those of sheet 专项附加扣除, and the newest sums up to the tax month, by person.

        What the sheet tells otherwise is a fault by cell.
        """
        monthly = {number: list(rows) for number, rows in told.items()}
        sums: dict[str, tuple[Declared, Record]] = {}
        for path in found(folder, patterns):
            try:
                sheet = without_totals(read_book(path).first)
            except BadInput as error:
                self.reading.faults += error.faults
                continue
            if _is_monthly(sheet):
                for record in read_rows(sheet, _MONTHLY, self.reading.faults):
                    self._month(record, monthly)
            else:
                self._sums(sheet, path, sums)
        for number, (declared, record) in sums.items():
            self._compare(number, declared, record, monthly.get(number, ()))
        return {number: tuple(rows) for number, rows in monthly.items()}, {
            number: declared for number, (declared, _) in sums.items()
        }

    def _month(self, record: Record, monthly: dict[str, list[Deduction]]) -> None:
        """Add a row by month, unless the sheet has the same; a fault where it has another amount for the months."""
        number = self._whose(record)
        if not number:
            return
        what = _ALIASES.get(record["what"], record["what"])
        if what not in ITEMS.values():
            right = Text("one of {choices}", choices=tuple(ITEMS.values()))
            self.reading.faults.append(record.fault("what", Text("this isn't known here"), right))
            return
        row = Deduction(what, record["amount"], record["first"], record["last"], place(record, "amount"))
        mine = monthly.setdefault(number, [])
        same = next((old for old in mine if old.what == what and _overlap(old, row)), None)
        if same is None:
            mine.append(row)
        elif (same.amount, same.first, same.last) != (row.amount, row.first, row.last):
            wrong = Text("another row tells something else of these months: {amount} a month",
                         amount=show(same.amount))  # fmt: skip
            right = Text("keep one of them; the other is {cell}", cell=same.source)
            self.reading.faults.append(record.fault("amount", wrong, right))

    def _sums(self, sheet: Sheet, path: Path, sums: dict[str, tuple[Declared, Record]]) -> None:
        """Take a file's sums where they are newer than those so far and not of a later month than the run's."""
        table = read_rows(sheet, _SUMS, self.reading.faults)
        named = _month_in(path.stem)
        for record in table:
            number, month = self._whose(record), record["to_month"] or named
            if month is None:
                wrong = Text("the file doesn’t say of which month it is")
                right = Text("a column 税款所属期止, or the month in the file’s name, such as 202610")
                self.reading.faults.append(record.fault("to_month", wrong, right))
                return
            if not number or month > self.tax_month or month.year != self.tax_month.year:
                continue
            if number not in sums or sums[number][0].month < month:
                amounts = {ITEMS[key]: record[key] for key in SPECIAL if record[key]}
                sums[number] = Declared(month, amounts, place(record)), record

    def _compare(self, number: str, declared: Declared, record: Record, rows: Iterable[Deduction]) -> None:
        """Faults where the sheet's months make another sum; notes for what the file can't tell."""
        months = _months(self.reading.employees[number], declared.month)
        for key, what in ITEMS.items():
            mine = [row for row in rows if row.what == what and row.kind == "special" and row.first <= declared.month]
            total = sum((row.amount for row in mine for month in months
                         if row.first <= month <= (row.last or month)), ZERO)  # fmt: skip
            if mine and total != declared.amounts.get(what, ZERO):
                wrong = Text("sheet 专项附加扣除 makes {total} of {what} up to {month}", total=show(total), what=what,
                             month=f"{declared.month:%Y-%m}")  # fmt: skip
                right = Text("keep one of them; the other is {cell}", cell=mine[-1].source)
                self.reading.faults.append(record.fault(key, wrong, right))
        if declared.month < self.tax_month:
            wrong = Text("the newest sums of {name} are of {month}: nothing is deducted for the months after",
                         name=record["name"], month=f"{declared.month:%Y-%m}")  # fmt: skip
            self.reading.notes.append(record.fault("to_month", wrong, Text("export them again")))
        if record["pension_fund"] and not any(row.what == "个人养老金" for row in rows):
            wrong = Text("a personal pension is not read from here")
            self.reading.notes.append(record.fault("pension_fund", wrong, Text("enter it in sheet 专项附加扣除")))

    @cached_property
    def _people(self) -> People:
        return known(self.reading)

    def _whose(self, record: Record) -> str:
        number = self._people.whose(record)
        if not number:
            wrong = Text("nobody in sheet 人员 has this number or name")
            right = Text("the number, the ID number or the name of somebody in sheet 人员")
            self.reading.faults.append(record.fault("name", wrong, right))
        return number


def _is_monthly(sheet: Sheet) -> bool:
    names = next(column for column in _MONTHLY if column.key == "what").names()
    heads = {fold(str(cell.value)) for row in sheet.rows[:15] for cell in row.cells if cell.value is not None}
    return not names.isdisjoint(heads)


def _overlap(one: Deduction, other: Deduction) -> bool:
    return one.first <= (other.last or date.max) and other.first <= (one.last or date.max)


def _month_in(name: str) -> date | None:
    """The month that a file's name tells: 202610, 2026-10, 2026年10月."""
    for word in re.findall(r"20\d\d(?:[-.年]?\d\d?)(?:月)?", name):
        try:
            return read_month(word)[0]
        except ValueError:
            continue
    return None


def _months(employee: Employee, until: date) -> Months:
    """The months of the year in which somebody was employed, up to one."""
    january = until.replace(month=1)
    joined = month_of(employee.hired)[0] if employee.hired else january
    return Months(january if until.year in employee.first_job else max(january, joined), until)
