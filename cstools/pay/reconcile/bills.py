"""The bills of insurance and housing fund against a month's slips."""

from collections.abc import Iterable, Iterator, Sequence
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

BILL: Final = Form("社保公积金账单", (
    Column("number", mark("number"), kinds.identifier, aliases=("工号",)),
    Column("name", mark("name"), kinds.text, required=True, aliases=("姓名", "职工姓名")),
    Column("id_number", mark("ID number"), kinds.identifier, aliases=("证件号码", "身份证号", "身份证号码")),
    Column("scheme", mark("insurance or fund"), kinds.choice({
        "pension": (SCHEMES["pension"], "基本养老保险", "养老保险费"),
        "medical": (SCHEMES["medical"], "基本医疗保险", "医疗保险费"),
        "unemployment": (SCHEMES["unemployment"], "失业保险费"), "injury": (SCHEMES["injury"], "工伤保险费"),
        "maternity": (SCHEMES["maternity"], "生育保险费"), "fund": (SCHEMES["fund"], "公积金"),
    }), required=True, aliases=("险种", "征收项目", "缴费险种")),
    Column("month", mark("insured month"), kinds.text, default="", aliases=("费款所属期", "缴费月份", "所属期")),
    Column("kind", mark("kind of payment"), kinds.text, default="", aliases=("缴费类型", "应缴类型")),
    Column("own", mark("own share"), money, default=ZERO, aliases=("个人缴费", "个人应缴", "个人部分")),
    Column("employer", mark("employer's share"), money, default=ZERO, aliases=("单位缴费", "单位应缴", "单位部分")),
))  # fmt: skip
_ARREARS: Final = "补缴"


def read_bill(path: Path) -> Table:
    """A bill: a row for each person and scheme. Raises BadInput with everything wrong in it."""
    faults: list[Fault] = []
    table = read_rows(read_book(path).first, BILL.columns, faults)
    if faults:
        raise BadInput(faults)
    return table


def reconcile_insurance(table: Table, people: Sequence[Taxed]) -> Iterator[Difference]:
    """Every difference between bills and slips, by person and scheme; 补缴 of earlier months is told apart."""
    bills: dict[tuple[str, str], list[Record]] = {}
    for record in table:
        bills.setdefault((_who(record, people), record["scheme"]), []).append(record)
    for one in people:
        for scheme, label in SCHEMES.items():
            yield from _share(one, scheme, Text(label), bills.pop((one.person, scheme), []))
    for (person, scheme), rows in sorted(bills.items()):
        cause = Text("billed, but nobody is paid under this name: left without being taken off the bill?")
        yield Difference(person, rows[0]["name"], Text(SCHEMES[scheme]), _all(rows, "own", "employer"), None, cause)


def _who(record: Record, people: Iterable[Taxed]) -> str:
    """The number of whom a bill's row is about, by number, ID or name; empty for nobody."""
    for one in people:
        if record["number"] == one.person or (
            record["id_number"] and record["id_number"] == one.about.get("id_number")
        ):
            return one.person
    named = [one.person for one in people if one.name == record["name"]]
    return named[0] if len(named) == 1 else ""


def _share(one: Taxed, scheme: str, what: Text, rows: Sequence[Record]) -> Iterator[Difference]:
    ours = {"own": one.own(scheme), "employer": _employer(one, scheme)}
    late = [row for row in rows if _ARREARS in row["kind"]]
    usual = [row for row in rows if row not in late]
    if late:
        yield Difference(one.person, one.name, what, _all(late, "own", "employer"), None,
                         Text("arrears (补缴) of {months}: not in this month's slip",
                              months=tuple(row["month"] for row in late)))  # fmt: skip
    if not usual and any(ours.values()):
        yield Difference(one.person, one.name, what, None, sum(ours.values(), ZERO),
                         Text("taken from the wage, but not on the bill: joined after the bill's day?"))  # fmt: skip
        return
    if usual and not any(ours.values()):
        yield Difference(
            one.person,
            one.name,
            what,
            _all(usual, "own", "employer"),
            None,
            Text("on the bill, but not taken: no base in sheet 人员, or the first or last insured month"),
        )
        return
    for side, share in (("own", Text("own share")), ("employer", Text("employer's share"))):
        theirs = _all(usual, side)
        if theirs != ours[side]:
            yield Difference(one.person, one.name, Text("{what}, {share}", what=what, share=share), theirs, ours[side],
                             _likely(theirs, ours[side]))  # fmt: skip


def _likely(theirs: Decimal, ours: Decimal) -> Text:
    """Rounding where it is within a yuan, else base or rate."""
    if abs(theirs - ours) < 1:
        return Text("rounded otherwise: see column 取整 of sheet 城市参数")
    return Text("another base or rate: theirs is {ratio} of ours", ratio=f"{theirs / ours:.4f}" if ours else "–")


def _employer(one: Taxed, scheme: str) -> Decimal:
    """The employer's share of a scheme on somebody's slips."""
    found = Text(SCHEMES[scheme])
    lines = (line for slip in one.slips for line in slip.lines if line.group is Group.EMPLOYER)
    return sum((line.amount for line in lines if line.label.params.get("scheme") == found), ZERO)


def _all(rows: Iterable[Record], *sides: str) -> Decimal:
    return sum((row[side] for row in rows for side in sides), ZERO)
