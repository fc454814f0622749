"""Sheets 期初累计 and 专项附加扣除: what the tax year holds already, and what each may deduct."""

from datetime import date
from decimal import Decimal
from typing import Final

from cstools.desk import Form
from cstools.language import Text, mark
from cstools.pay.inputs import Deduction, Opening
from cstools.pay.sheets.kinds import amount, month
from cstools.pay.sheets.reading import NAME, NUMBER, REMARK, Reading, place
from cstools.tables import kinds
from cstools.tables.columns import Column

_ZERO: Final = Decimal(0)
OPENINGS: Final = Form(mark("Opening cumulatives"), (
    NUMBER, NAME,
    Column("until", mark("up to month"), month, required=True, aliases=("截至月份", "截至"),
           note=Text("the last month (of tax) that the figures include")),
    Column("income", mark("cumulative income"), amount, required=True, aliases=("累计收入额",)),
    Column("free", mark("cumulative tax-free income"), amount, default=_ZERO, aliases=("累计免税收入",)),
    Column("insurance", mark("cumulative special deductions"), amount, default=_ZERO, aliases=("累计专项扣除",),
           note=Text("own insurance and fund")),
    Column("special", mark("cumulative special additional deductions"), amount, default=_ZERO,
           aliases=("累计专项附加扣除",)),
    Column("other", mark("cumulative other deductions"), amount, default=_ZERO, aliases=("累计其他扣除",)),
    Column("withheld", mark("tax withheld"), amount, required=True, aliases=("累计已预缴税额", "已缴税额")),
    Column("relief", mark("cumulative tax relief"), amount, default=_ZERO, aliases=("累计减免税额",)),
    Column("bonus", mark("bonus taxed apart this year"), amount, default=_ZERO, aliases=("单独计税年终奖",),
           note=Text("a year-end bonus is taxed apart once a year")),
    REMARK,
), ("累计期初",))  # fmt: skip
KINDS: Final = {
    "special": (mark("special additional deduction"), "专项附加"), "other": (mark("other deduction"), "其他"),
    "relief": (mark("tax relief"), "减免"),
}  # fmt: skip
_OTHER: Final = ("个人养老金", "企业年金", "职业年金", "商业健康保险", "税延养老保险")  # 依法确定的其他扣除
DEDUCTIONS: Final = Form(mark("Special additional deductions"), (
    NUMBER, NAME,
    Column("what", mark("item"), kinds.text, required=True, aliases=("扣除项目",),
           note=Text("子女教育, 婴幼儿照护, 赡养老人, 住房贷款利息, 住房租金, 继续教育, 个人养老金")),
    Column("amount", mark("yuan a month"), amount, required=True, aliases=("月扣除额", "金额")),
    Column("kind", mark("kind"), kinds.choice(KINDS), aliases=("类别",),
           note=Text("empty: a special additional deduction, but for personal pensions and annuities")),
    Column("first", mark("from month"), month, required=True, aliases=("起始月份", "起")),
    Column("last", mark("to month"), month, aliases=("截止月份", "止"), note=Text("empty: until further notice")),
    REMARK,
), ("专项附加",))  # fmt: skip


def read_openings(reading: Reading) -> dict[str, tuple[Opening, ...]]:
    """Opening cumulatives by employee."""
    found: dict[str, dict[int, Opening]] = {}
    for record in reading.rows(OPENINGS):
        employee = reading.person(record)
        if employee is None:
            continue
        until: date = record["until"]
        mine = found.setdefault(employee.number, {})
        if until.year in mine:
            wrong = Text("{name} has two rows for {year}", name=employee.name, year=until.year)
            reading.faults.append(record.fault("until", wrong, Text("keep one")))
        mine[until.year] = Opening(until.year, until, record["income"], record["free"], record["insurance"],
                                   record["special"], record["other"], record["withheld"], place(record),
                                   record["relief"], record["bonus"])  # fmt: skip
    return {number: tuple(rows.values()) for number, rows in found.items()}


def read_deductions(reading: Reading) -> dict[str, tuple[Deduction, ...]]:
    """Special additional deductions by employee; rent and mortgage never together (国发〔2018〕41号 art. 20)."""
    found: dict[str, list[Deduction]] = {}
    for record in reading.rows(DEDUCTIONS):
        employee = reading.person(record)
        first, last = reading.dates(record)
        if employee is None or first is None:
            continue
        mine = found.setdefault(employee.number, [])
        mine.append(Deduction(record["what"], record["amount"], first, last, place(record, "amount"),
                              record["kind"] or ("other" if record["what"] in _OTHER else "special")))  # fmt: skip
        if clash := _housing(mine):
            wrong = Text("rent and mortgage interest are never deducted together")
            reading.faults.append(record.fault("what", wrong, Text("keep one; the other is in {cell}", cell=clash)))
    return {number: tuple(rows) for number, rows in found.items()}


def _housing(rows: list[Deduction]) -> str:
    """Where a row of housing stands that overlaps the latest one, which is of the other kind; empty for none."""
    new = rows[-1]
    other = {"住房租金": "住房贷款利息", "住房贷款利息": "住房租金"}.get(new.what)
    for old in rows[:-1]:
        if old.what == other and old.first <= (new.last or date.max) and new.first <= (old.last or date.max):
            return old.source
    return ""
