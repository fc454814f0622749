"""The tax client's 税款计算 against a tax month of ours."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from cstools.desk import Form
from cstools.errors import BadInput, Fault
from cstools.language import Text, mark
from cstools.money import ZERO
from cstools.pay.exports.tax import Taxed
from cstools.pay.law import SCHEMES
from cstools.pay.reconcile import Difference
from cstools.pay.sheets.kinds import money
from cstools.pay.slip import Group
from cstools.tables import kinds
from cstools.tables.columns import Column, Record, Table, read_rows
from cstools.tables.grid import read_book


def _money(key: str, label: str, *aliases: str) -> Column:
    return Column(key, label, money, aliases=aliases)


# 税款计算 as the client exports it; older and newer names of the same column.
CLIENT: Final = Form("税款计算", (
    Column("number", mark("number"), kinds.identifier, aliases=("工号",)),
    Column("name", mark("name"), kinds.text, required=True, aliases=("姓名",)),
    Column("id_number", mark("ID number"), kinds.identifier, aliases=("证件号码",)),
    Column("item", "所得项目", kinds.text, default=""),
    Column("from_month", "税款所属期起", kinds.text, default=""),
    Column("to_month", "税款所属期止", kinds.text, default=""),
    _money("income", "本期收入"), _money("free", "本期免税收入"),
    _money("pension", "本期基本养老保险费"), _money("medical", "本期基本医疗保险费"),
    _money("unemployment", "本期失业保险费"), _money("fund", "本期住房公积金"),
    _money("total_income", "累计收入额", "累计收入"), _money("total_free", "累计免税收入"),
    _money("total_basic", "累计减除费用"), _money("total_insurance", "累计专项扣除"),
    _money("children", "累计子女教育支出扣除", "累计子女教育"),
    _money("study", "累计继续教育支出扣除", "累计继续教育"),
    _money("mortgage", "累计住房贷款利息支出扣除", "累计住房贷款利息"),
    _money("rent", "累计住房租金支出扣除", "累计住房租金"),
    _money("parents", "累计赡养老人支出扣除", "累计赡养老人"),
    _money("infant", "累计3岁以下婴幼儿照护支出扣除", "累计3岁以下婴幼儿照护", "累计婴幼儿照护费用"),
    _money("pension_fund", "累计个人养老金扣除", "累计个人养老金"), _money("total_other", "累计其他扣除"),
    _money("taxable", "累计应纳税所得额"), _money("tax", "累计应纳税额"),
    _money("relief", "累计减免税额", "减免税额"), _money("withheld", "累计已预缴税额", "已缴税额"),
    Column("due", "累计应补(退)税额", money, required=True, aliases=("应补(退)税额", "应补退税额")),
))  # fmt: skip
SPECIAL: Final = ("children", "study", "mortgage", "rent", "parents", "infant", "pension_fund")


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared: its name, the client's figure of a row, ours, and the likely cause of a difference."""

    what: Text
    theirs: Callable[[Record], Decimal | None]
    ours: Callable[[Taxed], Decimal]
    cause: Text


def read_client(path: Path) -> Table:
    """The client's 税款计算. Raises BadInput with everything wrong in it."""
    faults: list[Fault] = []
    book = read_book(path)
    sheet = book.find(CLIENT.label) or book.first
    table = read_rows(sheet, CLIENT.columns, faults)
    if faults:
        raise BadInput(faults)
    return replace(table, records=tuple(record for record in table if record["item"] in {"", *_ITEMS}))


_ITEMS: Final = ("正常工资薪金", "工资薪金", "工资薪金所得", "正常工资薪金收入", "工资、薪金所得")


def reconcile_tax(table: Table, people: Sequence[Taxed]) -> Iterator[Difference]:
    """Every difference of a tax month, by person; the first that explains the others comes first."""
    rows = {record["number"] or record["id_number"]: record for record in table}
    seen = set()
    for one in people:
        record = rows.get(one.person) or rows.get(str(one.about.get("id_number") or ""))
        record = record or next((row for row in table if row["name"] == one.name and not row["number"]), None)
        if record is None:
            cause = Text("the client doesn't have this person: 人员信息采集, then import the wages")
            yield Difference(one.person, one.name, Text("the person"), None, one.total(Group.EARNED), cause)
            continue
        seen.add(id(record))
        yield from _person(record, one)
    for record in table:
        if id(record) not in seen:
            cause = Text("nobody is paid under this number in this tax month: left, or another number")
            yield Difference(record["number"] or "", record["name"], Text("the person"), record["income"], None, cause)


def _person(record: Record, one: Taxed) -> Iterator[Difference]:
    """What differs for one person: causes first; the tax itself only where nothing else explains it."""
    found = False
    for compared in _compared():
        theirs, ours = compared.theirs(record), compared.ours(one)
        if theirs is not None and theirs != ours:
            found = True
            yield Difference(one.person, one.name, compared.what, theirs, ours, compared.cause)
    theirs, ours = record["due"], -one.total(Group.TAX)
    if not found and max(theirs, ZERO) != ours:
        yield Difference(one.person, one.name, Text("tax to be withheld"), theirs, ours,
                         Text("the sums agree: the tax table, or relief, differs"))  # fmt: skip


def _compared() -> tuple[Compared, ...]:
    """What is compared, in the order in which one thing explains the next."""
    own = tuple(
        Compared(Text(SCHEMES[key]), _field(key), _own(key),
                 Text("the base, the city's rates, or first and last insured month: see the bill"))
        for key in ("pension", "medical", "unemployment", "fund")
    )  # fmt: skip
    return (
        Compared(Text("income"), _field("income"), lambda one: one.total(Group.EARNED, Group.TAX_FREE),
                 Text("the file imported there isn't this run's: make it and import it again")),
        Compared(Text("tax-free income"), _field("free"), lambda one: one.total(Group.TAX_FREE),
                 Text("the file imported there isn't this run's: make it and import it again")),
        *own,
        Compared(Text("basic deduction so far"), _field("total_basic"), _sum("tax.basic"),
                 Text("another month of joining, first job, or 60,000 at once")),
        Compared(Text("special additional deductions so far"), _special, _sum("tax.special"),
                 Text("the worker changed them in the app: import 专项附加扣除 again")),
        Compared(Text("withheld before, this year"), _field("withheld"), _sum("tax.withheld_before"),
                 Text("期初累计, or a month whose tax was declared otherwise")),
        Compared(Text("income so far"), _field("total_income"), _sum("tax.income"),
                 Text("期初累计, or an earlier month that was declared otherwise")),
        Compared(Text("own insurance and fund so far"), _field("total_insurance"), _sum("tax.insurance"),
                 Text("期初累计, or an earlier month that was declared otherwise")),
    )  # fmt: skip


def _field(key: str) -> Callable[[Record], Decimal | None]:
    return lambda record: record[key]


def _own(key: str) -> Callable[[Taxed], Decimal]:
    return lambda one: one.own(key)


def _sum(key: str) -> Callable[[Taxed], Decimal]:
    return lambda one: one.fact(f"sum.{key}")


def _special(record: Record) -> Decimal | None:
    """All kinds together; None where the file has none of the columns."""
    found = [record[key] for key in SPECIAL if record[key] is not None]
    return sum(found, ZERO) if found else None
