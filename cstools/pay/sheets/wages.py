"""Sheets 底薪, 提成表 and 补贴: base pay by date, commission rates, allowances."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from cstools.dated import Dated
from cstools.desk import Form
from cstools.language import Text, mark
from cstools.pay.inputs import Allowance, Base, Rate
from cstools.pay.sheets.kinds import amount, part, price
from cstools.pay.sheets.reading import FIRST, LAST, NAME, NUMBER, REMARK, Reading, place
from cstools.tables import kinds
from cstools.tables.columns import Column, Record

if TYPE_CHECKING:
    from datetime import date

BASES: Final = Form(mark("Base pay"), (
    NUMBER, NAME,
    Column("level", mark("level"), kinds.text, default="", aliases=("职级", "等级"),
           note=Text("instead of a person: everybody of this level without a row of their own")),
    Column("amount", mark("base pay"), amount, required=True, aliases=("月薪", "基本工资"), note=Text("yuan a month")),
    Column("probation", mark("during probation"), amount, aliases=("试用期工资",),
           note=Text("yuan a month until probation ends; empty: the same. By law at least 80 %")),
    FIRST, REMARK,
), ("薪级", "基本工资"))  # fmt: skip
RATES: Final = Form(mark("Commission rates"), (
    Column("scheme", mark("scheme"), kinds.text, required=True, aliases=("提成方案",),
           note=Text("a name that sheet 薪资项目 uses")),
    Column("above", mark("from amount"), kinds.number, default=Decimal(0), aliases=("起点", "下限"),
           note=Text("yuan (or orders) from which this row holds; rows of a scheme make a bracket table")),
    Column("rate", mark("rate"), part, aliases=("比例", "提成比例"), note=Text("a percentage of the amount")),
    Column("unit", mark("yuan an order"), price, aliases=("单价", "每单"), note=Text("instead of a percentage")),
    Column("merchant", mark("merchant class"), kinds.text, default="", aliases=("商家类型",),
           note=Text("such as 签约; empty: all")),
    FIRST, LAST, REMARK,
), ("提成", "提成比例表"))  # fmt: skip
PER: Final = {"month": (mark("month"), "每月", "月"), "day": (mark("worked day"), "每天", "天", "日"),
              "shift": (mark("worked shift"), "每班", "班")}  # fmt: skip
PRORATED: Final = {"whole": (mark("paid whole"), "不折算", "全额"), "worked": (mark("by days worked"), "按出勤"),
                   "employed": (mark("by days employed"), "按在职")}  # fmt: skip
ALLOWANCES: Final = Form(mark("Allowances"), (
    Column("name", mark("allowance"), kinds.text, required=True, aliases=("名称", "补贴名称")),
    Column("amount", mark("amount"), amount, required=True),
    Column("per", mark("per"), kinds.choice(PER), default="month", aliases=("计算单位", "单位")),
    Column("prorated", mark("part month"), kinds.choice(PRORATED), default="", aliases=("折算",),
           note=Text("how a part month counts; must be chosen for monthly allowances")),
    Column("shifts", mark("shifts"), kinds.words, default=(), note=Text("for those per shift; empty: any")),
    Column("people", mark("people"), kinds.words, default=(), note=Text("numbers or names; empty: all")),
    Column("positions", mark("position"), kinds.words, default=(), aliases=("职位",)),
    Column("taxable", mark("taxable"), kinds.yes_no, default=True,
           note=Text("no only for a real missed-meal subsidy")),
    Column("hardship", mark("shift or hardship pay"), kinds.yes_no, default=False,
           note=Text("yes: does not count toward the minimum wage (最低工资规定 art. 12)")),
    FIRST, LAST, REMARK,
), ("津贴", "津贴补贴"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bases:
    """Base pay by employee number, and by level."""

    people: Mapping[str, Dated[Base]]
    levels: Mapping[str, Dated[Base]]


def read_bases(reading: Reading) -> Bases:
    """Base pay by date."""
    found: dict[bool, dict[str, list[tuple[date | None, Base]]]] = {True: {}, False: {}}
    for record in reading.rows(BASES):
        base = Base(record["amount"], record["probation"], place(record, "amount"))
        by_level = bool(record["level"]) and not record["number"] and not record["name"]
        if by_level:
            key: str | None = record["level"]
        else:
            employee = reading.person(record)
            key = employee.number if employee else None
        if key is None:
            continue
        rows = found[by_level].setdefault(key, [])
        if record["first"] in {first for first, _ in rows}:
            reading.faults.append(record.fault("first", Text("two rows begin on the same day"),
                                               Text("another day, or keep one row")))  # fmt: skip
        rows.append((record["first"], base))
    people, levels = ({key: Dated[Base].since(rows) for key, rows in found[which].items()} for which in (False, True))
    return Bases(people, levels)


def read_rates(reading: Reading) -> tuple[Rate, ...]:
    """The rows of every scheme, in the sheet's order."""
    rows = []
    seen: dict[tuple[object, ...], Record] = {}
    for record in reading.rows(RATES):
        first, last = reading.dates(record)
        if (record["rate"] is None) == (record["unit"] is None):
            wrong = Text("a row has either a rate or a price an order")
            reading.faults.append(record.fault("rate", wrong, Text("fill in one of the two")))
            continue
        key = (record["scheme"], record["unit"] is None, record["above"], record["merchant"], first)
        if key in seen:
            wrong = Text("this row stands twice: it is in {cell} too", cell=seen[key].source("scheme").cell)
            reading.faults.append(record.fault("scheme", wrong, Text("keep one")))
        seen[key] = record
        rows.append(Rate(record["scheme"], record["rate"], record["unit"], record["above"], record["merchant"], first,
                         last, place(record)))  # fmt: skip
    return tuple(rows)


def read_allowances(reading: Reading) -> tuple[Allowance, ...]:
    """The allowances, in the sheet's order."""
    return tuple(_allowance(record, reading) for record in reading.rows(ALLOWANCES))


def _allowance(record: Record, reading: Reading) -> Allowance:
    first, last = reading.dates(record)
    people = [found.number for word in record["people"] if (found := reading.look_up(record, "people", word))]
    return Allowance(
        record["name"], record["amount"], record["per"], record["shifts"], record["prorated"], record["taxable"],
        not record["hardship"], frozenset(people), frozenset(record["positions"]), first, last, place(record, "amount"),
    )  # fmt: skip
