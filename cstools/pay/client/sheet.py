"""税款计算 as the tax client exports it, under its older and its newer headers."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from cstools.days import month_of, read_day, read_month
from cstools.desk import Form
from cstools.errors import BadInput, Fault
from cstools.language import Text, mark
from cstools.money import ZERO
from cstools.pay.sheets.kinds import money
from cstools.tables import kinds
from cstools.tables.columns import Column, Record, Table, read_rows
from cstools.tables.grid import Row, Sheet, fold, read_book
from cstools.tables.kinds import Kind


def _read_period(value: object) -> date:
    """A month as any of 2026-09, 202609, 2026-09-30 and 20260930."""
    try:
        return read_month(value)[0]
    except ValueError:
        return month_of(read_day(value))[0]


PERIOD: Final = Kind(_read_period, Text("not a month"), Text("a month such as 2026-10"))
ID: Final = Column("id_number", mark("ID number"), kinds.identifier,
                   aliases=("证件号码", "证照号码", "身份证号码", "身份证号"))  # fmt: skip
WHO: Final = (
    Column("number", mark("number"), kinds.identifier, aliases=("员工编号",)),
    Column("name", mark("name"), kinds.text, required=True, aliases=("纳税人姓名",)), ID,
)  # fmt: skip


def _money(key: str, label: str, *aliases: str) -> Column:
    return Column(key, label, money, aliases=aliases)


# The special additional deductions, by their keys here; 个人养老金 is an other deduction.
SPECIAL: Final[Mapping[str, tuple[str, ...]]] = {
    "children": ("累计子女教育支出扣除", "累计子女教育"),
    "study": ("累计继续教育支出扣除", "累计继续教育"),
    "mortgage": ("累计住房贷款利息支出扣除", "累计住房贷款利息"),
    "rent": ("累计住房租金支出扣除", "累计住房租金"),
    "parents": ("累计赡养老人支出扣除", "累计赡养老人"),
    "infant": ("累计3岁以下婴幼儿照护支出扣除", "累计3岁以下婴幼儿照护", "累计婴幼儿照护费用", "累计婴幼儿照护"),
}
PENSION: Final = ("累计个人养老金扣除", "累计个人养老金")
CLIENT: Final = Form("税款计算", (
    *WHO,
    Column("item", "所得项目", kinds.text, default=""),
    Column("from_month", "税款所属期起", PERIOD),
    Column("to_month", "税款所属期止", PERIOD, aliases=("税款所属期", "所属期")),
    _money("income", "本期收入"), _money("free", "本期免税收入"),
    _money("pension", "本期基本养老保险费"), _money("medical", "本期基本医疗保险费"),
    _money("unemployment", "本期失业保险费"), _money("fund", "本期住房公积金"),
    _money("total_income", "累计收入额", "累计收入"), _money("total_free", "累计免税收入"),
    _money("total_basic", "累计减除费用"), _money("total_insurance", "累计专项扣除"),
    *(_money(key, *names) for key, names in SPECIAL.items()),
    _money("pension_fund", *PENSION), _money("total_other", "累计其他扣除"),
    _money("donated", "累计准予扣除的捐赠", "累计准予扣除的捐赠额"),
    _money("taxable", "累计应纳税所得额"), _money("tax", "累计应纳税额"),
    _money("relief", "累计减免税额", "减免税额"), _money("withheld", "累计已预缴税额", "已缴税额", "累计已缴税额"),
    Column("due", "累计应补(退)税额", money, required=True, aliases=("应补(退)税额", "应补退税额", "累计应补退税额")),
))  # fmt: skip
_TOTAL: Final = re.compile("(合|总|小|共)计")
WAGES: Final = frozenset(map(fold, ("正常工资薪金", "工资薪金", "工资薪金所得", "正常工资薪金收入", "工资、薪金所得")))
BONUS: Final = frozenset(map(fold, ("全年一次性奖金收入", "全年一次性奖金")))


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A person's row, ``month`` being its tax month, None where the file doesn't tell."""

    record: Record
    month: date | None

    def amount(self, key: str) -> Decimal | None:
        """An amount; an empty cell is nothing, None where the file has no such column."""
        found: Decimal | None = self.record[key]
        return found if found is not None else ZERO if key in self.record.cells else None

    def sum(self, *keys: str) -> Decimal | None:
        """Several together; None where the file has none of the columns."""
        found = [amount for key in keys if (amount := self.amount(key)) is not None]
        return sum(found, ZERO) if found else None

    @property
    def is_bonus(self) -> bool:
        """Whether it is of a year-end bonus taxed apart."""
        return fold(self.record["item"]) in BONUS


def read_client(path: Path, faults: list[Fault]) -> list[ClientRow]:
    """The wages and bonuses in a 税款计算; other kinds of income are left out, what is wrong goes to ``faults``."""
    try:
        book = read_book(path)
    except BadInput as error:
        faults += error.faults
        return []
    return list(_rows(read_rows(without_totals(book.find(CLIENT.label) or book.first), CLIENT.columns, faults)))


def without_totals(sheet: Sheet) -> Sheet:
    """A sheet without the rows in which others' programs add it up."""
    return replace(sheet, rows=tuple(row for row in sheet.rows if not _TOTAL.match(_first(row))))


def _first(row: Row) -> str:
    return fold(next((str(cell.value) for cell in row.cells if cell.value is not None), ""))


def _rows(table: Table) -> Iterator[ClientRow]:
    for record in table:
        if not record["item"] or fold(record["item"]) in WAGES | BONUS:
            yield ClientRow(record, record["to_month"] or record["from_month"])


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody a row may be about."""

    number: str
    name: str
    id_number: str


class People:
    """Whom the rows of a file may be about: found by ID, by number, or by a name that only one has."""

    def __init__(self, people: Iterable[Known]) -> None:
        self._by: dict[str, dict[str, list[Known]]] = {"id_number": {}, "number": {}, "name": {}}
        for one in people:
            for key, index in self._by.items():
                if word := fold(getattr(one, key)):
                    index.setdefault(word, []).append(one)

    def whose(self, record: Record) -> str:
        """The number of whom a row is about; empty for nobody, and for a namesake with another ID."""
        for key in ("id_number", "number"):
            same = self._by[key].get(fold(record[key] or ""), [])
            if len(same) == 1:
                return same[0].number
        named = self._by["name"].get(fold(record["name"]), [])
        if len(named) != 1:
            return ""
        told, mine = fold(record["id_number"] or ""), fold(named[0].id_number)
        return "" if told and mine and told != mine else named[0].number
