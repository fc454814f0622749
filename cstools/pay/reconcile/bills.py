"""The bills of insurance and housing fund against the slips of an insured month."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from cstools.days import month_of
from cstools.desk import Form
from cstools.errors import BadInput, Fault
from cstools.language import Text, mark
from cstools.money import ZERO, fen, show
from cstools.pay.client.sheet import PERIOD, WHO, Known, People, without_totals
from cstools.pay.exports.tax import Taxed
from cstools.pay.law import SCHEMES
from cstools.pay.people import Employee
from cstools.pay.reconcile import Difference
from cstools.pay.sheets.kinds import money
from cstools.pay.slip import Group, Line
from cstools.tables import kinds
from cstools.tables.columns import Column, Record, Table, read_rows
from cstools.tables.grid import both_names, fold, read_book
from cstools.tables.kinds import Kind

_WORDS: Final = {"养老": "pension", "医疗": "medical", "失业": "unemployment", "工伤": "injury", "生育": "maternity",
                 "公积金": "fund"}  # fmt: skip


def _read_scheme(value: object) -> str:
    """An insurance by its word, however an office calls it: 企业职工基本养老保险费(个人缴纳)."""
    text = fold(str(value))
    known = {name: key for key, label in SCHEMES.items() for name in both_names(label)}
    found = known.get(text) or next((key for word, key in _WORDS.items() if word in text), None)
    if found is None:
        raise ValueError(value)
    return found


_SCHEME: Final = Kind(_read_scheme, Text("not one of the choices"),
                      Text("one of {choices}", choices=tuple(map(Text, SCHEMES.values()))))  # fmt: skip
BILL: Final = Form("社保公积金账单", (
    *WHO,
    Column("scheme", mark("insurance or fund"), _SCHEME, required=True,
           aliases=("险种", "征收品目", "征收项目", "缴费险种")),
    Column("amount", "应缴费额", money, aliases=("应缴金额", "应补(退)费额", "缴费金额")),
    Column("month", mark("insured month"), PERIOD, aliases=("费款所属期", "费款所属期止", "缴费月份", "所属期")),
    Column("kind", mark("kind of payment"), kinds.text, default="", aliases=("缴费类型", "应缴类型")),
    Column("own", mark("own share"), money, default=ZERO, aliases=("个人缴费", "个人应缴", "个人部分", "个人缴费额")),
    Column("employer", mark("employer's share"), money, default=ZERO,
           aliases=("单位缴费", "单位应缴", "单位部分", "单位缴费额")),
))  # fmt: skip
_ARREARS: Final = "补缴"


def read_bill(path: Path) -> Table:
    """A bill: a row for each person and scheme with both shares in columns, or one for each share.

    Raises BadInput with everything wrong in it.
    """
    faults: list[Fault] = []
    table = read_rows(without_totals(read_book(path).first), BILL.columns, faults)
    if faults:
        raise BadInput(faults)
    return replace(table, records=tuple(map(_parted, table)))


def _parted(record: Record) -> Record:
    """A row with both shares: one with a single amount is the worker's where its 品目 says 个人."""
    if record["amount"] is None:
        return record
    side = "own" if "个人" in str(record.cells["scheme"].value) else "employer"
    return replace(record, values={**record.values, side: record["amount"]})


def reconcile_insurance(
    table: Table, people: Sequence[Taxed], month: date, employees: Mapping[str, Employee]
) -> Iterator[Difference]:
    """Every difference between bills and slips of an insured month, one for each person and cause.

    Schemes on the bills alone (a fund's bill comes by itself) are compared. What the bills say of other months, or call
    补缴, is told by itself.
    """
    known = People(Known(one.person, one.name, str(one.about.get("id_number") or "")) for one in people)
    billed = {record["scheme"] for record in table}
    bills: dict[str, list[Record]] = {}
    for record in table:
        bills.setdefault(known.whose(record), []).append(record)
    for one in people:
        yield from Bill(one, month, employees.get(one.person), billed).differences(bills.get(one.person, []))
    nobodys: dict[str, list[Record]] = {}
    for record in bills.get("", ()):
        nobodys.setdefault(record["name"], []).append(record)
    for name, rows in nobodys.items():
        cause = Text("billed, but nobody is paid under this name: left without being taken off the bill?")
        yield Difference(rows[0]["number"] or "", name, _names(row["scheme"] for row in rows), _all(rows), None, cause)


@dataclass(frozen=True)
class Share:
    """One side of a scheme: whose share, theirs and ours, and our line where there is one."""

    scheme: str
    theirs: Decimal
    ours: Decimal
    line: Line | None

    @property
    def rounding(self) -> bool:
        """Whether it is within a yuan."""
        return abs(self.theirs - self.ours) < 1

    @property
    def base(self) -> Decimal | None:
        """The base that makes theirs by our rate."""
        return self.theirs / self.line.rate if self.line and self.line.rate else None


@dataclass(frozen=True)
class Bill:
    """One person's slips of an insured month, to be compared with what was billed of some schemes."""

    one: Taxed
    month: date
    employee: Employee | None
    schemes: Iterable[str]

    def differences(self, rows: Sequence[Record]) -> Iterator[Difference]:
        """What differs, one for each cause."""
        late = [row for row in rows if _ARREARS in row["kind"] or (row["month"] and row["month"] != self.month)]
        usual = [row for row in rows if row not in late]
        if late:
            months = tuple(f"{month:%Y-%m}" for month in sorted({row["month"] for row in late if row["month"]}))
            yield self._tell([row["scheme"] for row in late], _all(late), None,
                             Text("arrears (补缴)[[ of {months}]]: not in this month's slip",
                                  months=months or None))  # fmt: skip
        theirs, ours = {row["scheme"] for row in usual}, {key for key in SCHEMES if any(self._ours(key))}
        if missing := [key for key in SCHEMES if key in ours - theirs and key in self.schemes]:
            total = sum((sum(self._ours(key), ZERO) for key in missing), ZERO)
            yield self._tell(missing, None, total, self._why_unbilled())
        if more := [key for key in SCHEMES if key in theirs - ours]:
            yield self._tell(more, _all(row for row in usual if row["scheme"] in more), None, self._why_untaken())
        yield from self._shares([row for row in usual if row["scheme"] in ours])

    def _shares(self, rows: Sequence[Record]) -> Iterator[Difference]:
        """Shares that both have and that differ: by rounding, or by base and rate."""
        found = []
        for key in dict.fromkeys(row["scheme"] for row in rows):
            mine = [row for row in rows if row["scheme"] == key]
            for side, group in (("own", Group.INSURANCE), ("employer", Group.EMPLOYER)):
                lines = self.one.lines(key, group)
                ours = sum((abs(line.amount) for line in lines), ZERO)
                share = Share(key, sum((row[side] for row in mine), ZERO), ours, lines[0] if lines else None)
                found += [share] if share.theirs != share.ours else []
        for rounding in (True, False):
            if some := [share for share in found if share.rounding is rounding]:
                theirs, ours = (sum((getattr(share, side) for share in some), ZERO) for side in ("theirs", "ours"))
                cause = Text("rounded otherwise: see column 取整 of sheet 城市参数") if rounding else _base(some)
                yield self._tell([share.scheme for share in some], theirs, ours, cause)

    def _why_unbilled(self) -> Text:
        """Why somebody may be missing on the bill: the first insured month, or one who left."""
        if self.employee and self.employee.hired and month_of(self.employee.hired)[0] == self.month:
            return Text("taken from the wage, but not on the bill: joined {day}, the first insured month is another",
                        day=self.employee.hired)  # fmt: skip
        if self.employee and self.employee.left and month_of(self.employee.left)[0] == self.month:
            return Text("taken from the wage, but not on the bill: left {day}, the last insured month is another",
                        day=self.employee.left)  # fmt: skip
        return Text("taken from the wage, but not on the bill: not enrolled there")

    def _why_untaken(self) -> Text:
        """Why the bill may have somebody from whom nothing is taken."""
        if self.employee and self.employee.hired and month_of(self.employee.hired)[0] == self.month:
            return Text("on the bill, but not taken: joined {day}, the first insured month is this one there",
                        day=self.employee.hired)  # fmt: skip
        if self.employee and self.employee.left and self.employee.left < month_of(self.month)[1]:
            return Text("on the bill, but not taken: left {day}, and not taken off the bill", day=self.employee.left)
        return Text("on the bill, but not taken: no base in sheet 人员")

    def _tell(self, schemes: Iterable[str], theirs: Decimal | None, ours: Decimal | None, cause: Text) -> Difference:
        return Difference(self.one.person, self.one.name, _names(schemes), theirs, ours, cause)

    def _ours(self, key: str) -> list[Decimal]:
        return [self.one.own(key), self.one.employer(key)]


def _base(shares: Sequence[Share]) -> Text:
    """Another base where one explains all shares, as far as rounding goes; else another rate."""
    found = max((share for share in shares if share.base is not None), key=lambda share: share.theirs, default=None)
    if found is None or found.base is None or found.line is None:
        return Text("another base or rate")
    one = all(share.line and abs(found.base * (share.line.rate or 0) - share.theirs) < 1 for share in shares)
    if not one:
        return Text("another rate, or another base for each of them")
    return Text("another base: theirs is {theirs}, ours {ours}", theirs=show(fen(found.base)),
                ours=show(found.line.quantity or ZERO))  # fmt: skip


def _names(schemes: Iterable[str]) -> Text:
    named = set(schemes)
    return Text("{schemes}", schemes=tuple(Text(label) for key, label in SCHEMES.items() if key in named))


def _all(rows: Iterable[Record]) -> Decimal:
    return sum((row[side] for row in rows for side in ("own", "employer")), ZERO)
