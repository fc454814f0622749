"""Sheet 人员 of a pay desk: who is paid, where they work, which bases hold for them, whose bank account it is."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from cstools.dated import Dated
from cstools.desk import Form
from cstools.language import Text, mark
from cstools.pay.people import NOTHING, Employee, PayTerms
from cstools.pay.sheets.kinds import amount, part
from cstools.pay.sheets.reading import Reading
from cstools.tables import kinds
from cstools.tables.columns import Column, Record
from cstools.tables.grid import fold
from cstools.tables.kinds import Kind

DINGTALK: Final = "dingtalk"
EXAMPLE: Final = "示例"  # how templates/pay calls its people
SYSTEMS: Final = {"standard": (mark("standard hours"), "标准"), "cycle": (mark("hours by cycle"), "综合", "综合工时"),
                  "untimed": (mark("untimed"), "不定时", "不定时工时")}  # fmt: skip


def _read_years(value: object) -> frozenset[int]:
    words = re.split(r"[、,;\s]+", unicodedata.normalize("NFKC", str(value)).strip())
    years = frozenset(int(word.removesuffix("年")) for word in words if word)
    if not years or not all(2000 <= year <= 2100 for year in years):  # noqa: PLR2004 - years that are meant
        raise ValueError(value)
    return years


years = Kind(_read_years, Text("not a year"), Text("a year such as 2026, or several with 、 between"),
             lambda value: "、".join(map(str, sorted(value))), "@", many=True)  # fmt: skip

EMPLOYEES: Final = Form(mark("Employees"), (
    Column("number", mark("number"), kinds.identifier, required=True, aliases=("员工编号", "编号", "员工号"),
           note=Text("the same as in the roster desk: 007 stays 007")),
    Column("name", mark("name"), kinds.text, required=True, aliases=("名字", "员工")),
    Column("hired", mark("hired"), kinds.day, aliases=("入职日期",)),
    Column("left", mark("left"), kinds.day, aliases=("离职日期",), note=Text("the last day employed")),
    Column("probation_until", mark("probation until"), kinds.day, aliases=("试用期", "试用期到"),
           note=Text("its last day")),
    Column("working_since", mark("working since"), kinds.day, aliases=("参加工作", "参加工作日期"),
           note=Text("the first day of all working life: annual leave counts from it")),
    Column("department", mark("department"), kinds.text, default=""),
    Column("position", mark("position"), kinds.text, default="", aliases=("职位",)),
    Column("level", mark("level"), kinds.text, default="", aliases=("职级", "等级")),
    Column("city", mark("city"), kinds.text, default="", aliases=("参保城市", "参保地"),
           note=Text("where the person is insured: sheet 城市参数 has its rates")),
    Column("hours", mark("working hours"), kinds.choice(SYSTEMS), default="standard", aliases=("工时制度",)),
    Column("insurance_base", mark("insurance base"), amount, aliases=("社保缴费基数",),
           note=Text("yuan a month before floor and ceiling; empty: not insured here")),
    Column("fund_base", mark("fund base"), amount, aliases=("公积金缴存基数",)),
    Column("fund_rate", mark("fund rate"), part, aliases=("公积金比例", "个人比例"),
           note=Text("the worker's own part where the city leaves a choice, such as 7%")),
    Column("first_job", mark("first job in"), years, default=frozenset(),
           note=Text("the year of somebody's first job (公告2020年第13号)")),
    Column("sixty_thousand", mark("60,000 up front in"), years, default=frozenset(), aliases=("扣除6万年度",),
           note=Text("years in which 60,000 is deducted from January on (公告2020年第19号)")),
    Column("id_type", mark("ID type"), kinds.text, default="居民身份证"),
    Column("id_number", mark("ID number"), kinds.identifier, default="", aliases=("身份证号", "身份证号码")),
    Column("mobile", mark("mobile"), kinds.identifier, default="", aliases=("手机号", "手机号码", "联系手机")),
    Column("bank", mark("bank"), kinds.text, default="", aliases=("收款银行", "银行")),
    Column("account", mark("bank account"), kinds.identifier, default="", aliases=("银行账号", "卡号", "账号")),
    Column(DINGTALK, mark("DingTalk UserId"), kinds.identifier, default="", aliases=("钉钉", "UserId")),
    Column("since", mark("valid from"), kinds.day, aliases=("生效日期", "起"),
           note=Text("a later row of the same number changes what it fills from this day on")),
), ("员工", "人员表"))  # fmt: skip
_DATED: Final = (
    "department", "position", "level", "city", "hours", "insurance_base", "fund_base", "fund_rate", "bank", "account",
)  # fmt: skip


def read_employees(reading: Reading) -> None:
    """Fill ``reading.employees`` in the sheet's order."""
    table = reading.rows(EMPLOYEES, required=True)
    reading.blind = not table.records and not table.broken
    reading.broken = frozenset(
        fold(str(word)) for record in table.broken for key in ("number", "name") if (word := record.values.get(key))
    )
    rows: dict[str, list[Record]] = {}
    for record in table:
        rows.setdefault(record["number"], []).append(record)
    for number, records in rows.items():
        reading.employees[number] = _employee(number, _in_order(records, reading), reading)
        if records[0]["name"].startswith(EXAMPLE):
            reading.notes.append(records[0].fault(
                "name", Text("an example row of a new desk: this person would be paid"),
                Text("delete the row, or enter somebody of yours"),
            ))  # fmt: skip


def _in_order(records: Sequence[Record], reading: Reading) -> list[Record]:
    """One person's rows by their first day, without those that say the same number is somebody else."""
    first = records[0]
    kept = [first]
    for record in records[1:]:
        same = next((other for other in kept if other["since"] == record["since"]), None)
        if same or fold(record["name"]) != fold(first["name"]):
            other = same or first
            wrong = Text("this number stands twice: {name} in {cell} has it too", name=other["name"],
                         cell=other.source("number").cell)  # fmt: skip
            right = Text("another number, or a date in column {column}", column=Text("valid from"))
            reading.faults.append(record.fault("number", wrong, right))
        else:
            kept.append(record)
    return sorted(kept, key=lambda record: record["since"] or date.min)


def _employee(number: str, records: Sequence[Record], reading: Reading) -> Employee:
    terms: list[tuple[date | None, PayTerms]] = []
    now = NOTHING
    fixed: dict[str, object] = {}
    for record in records:
        # An empty cell keeps what an earlier row said; a column's default is not something said.
        said = {key: record[key] for key in _DATED if (cell := record.cells.get(key)) and cell.value is not None}
        now = replace(now, **said)
        terms.append((record["since"], now))
        keys = ("hired", "left", "probation_until", "working_since", "id_number", "mobile", "first_job",
                "sixty_thousand")  # fmt: skip
        fixed |= {key: record[key] for key in keys if record[key]}
        fixed["id_type"] = record["id_type"]
        fixed["accounts"] = ((DINGTALK, record[DINGTALK]),) if record[DINGTALK] else fixed.get("accounts", ())
    employee = Employee(number, records[0]["name"], Dated[PayTerms].since(terms),
                        source=records[0].source("number"), **fixed)  # type: ignore[arg-type] # fmt: skip
    if employee.hired and employee.left and employee.left < employee.hired:
        wrong = Text("{name} leaves before being hired", name=employee.name)
        reading.faults.append(records[0].fault("left", wrong, Text("a day from {day} on", day=employee.hired)))
    return employee
