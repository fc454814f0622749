"""A report of totals by agent, for shops that attribute by chat."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from cstools.days import month_of, span
from cstools.errors import Fault, Source
from cstools.language import Text
from cstools.orders.complaints import Complaints
from cstools.orders.headers import Field, Sheet, open_sheet, with_headers
from cstools.orders.sale import ReportTotal
from cstools.orders.settings import ReportSettings
from cstools.orders.values import SUMS, is_nothing, read_amount, read_count, read_name, read_that_day, yuan

FIELDS: Final = (
    Field("agent", ("工号", "客服工号", "客服", "客服昵称", "客服账号", "旺旺", "子账号", "旺旺子账号"), required=True),
    Field("paid", ("销售额", "客服销售额", "成交金额", "付款金额", "支付金额"), required=True),
    Field("refunded", ("退款金额", "成功退款金额")),
    Field("orders", ("订单数", "成交订单数", "付款订单数", "支付订单数", "成交笔数")),
    Field("day", ("日期", "统计日期")),
)
_DAY_IN_NAME: Final = re.compile(r"(?<!\d)(20\d\d)[-_.年]?(\d\d)[-_.月]?(\d\d)(?!\d)")
_MONTH_IN_NAME: Final = re.compile(r"(?<!\d)(20\d\d)[-_.年]?(\d\d)(?!\d)")


def read_report(
    paths: Iterable[Path], settings: ReportSettings, first: date, last: date, faults: list[Fault]
) -> dict[str, ReportTotal]:
    """Totals of a period by agent as they stand there; a fault where an agent's day stands twice."""
    fields = with_headers(FIELDS, settings)
    totals: dict[str, ReportTotal] = {}
    told: dict[tuple[str, date], Source] = {}
    for path in paths:
        if sheet := open_sheet(path, fields, faults):
            days = () if "day" in sheet.places else _days(path, first, last, faults)
            if "day" in sheet.places or days:
                _read(sheet, (first, last), days, totals, told, faults)
    return totals


def _days(path: Path, first: date, last: date, faults: list[Fault]) -> tuple[date, ...]:
    """The days that a file's name says it is about, which must be the whole period; none where it is about others."""
    try:
        named = [date(*map(int, found.groups())) for found in _DAY_IN_NAME.finditer(path.name)][-2:]
        if len(named) < 2:  # noqa: PLR2004 - a first and a last day
            months = [month_of(date(int(found[1]), int(found[2]), 1)) for found in _MONTH_IN_NAME.finditer(path.name)]
            named = list(months[-1]) if months else []
    except ValueError:
        named = []
    if not named:
        wrong = Text("neither a column nor the file’s name says which days this is about")
        right = Text("give it a name such as {name}", name="业绩_2026-10-01_2026-10-31.xlsx")
        faults.append(Fault(Source(path.name), None, wrong, right))
        return ()
    if named[1] < first or last < named[0]:
        return ()
    if (named[0], named[1]) != (first, last):
        wrong = Text("this report is about {first} to {last}, not the period’s days", first=named[0], last=named[1])
        right = Text("export it from {first} to {last}", first=first, last=last)
        faults.append(Fault(Source(path.name), None, wrong, right))
        return ()
    return span(first, last)


def _read(
    sheet: Sheet,
    period: tuple[date, date],
    days: tuple[date, ...],
    totals: dict[str, ReportTotal],
    told: dict[tuple[str, date], Source],
    faults: list[Fault],
) -> None:
    """Add a file's rows; ``days`` are what each is about where it has no day of its own."""
    complaints = Complaints(sheet, faults)
    for row, cells in sheet.rows():
        on = days
        if not days:
            day = complaints.read(row, cells, "day", read_that_day)
            on = (date.fromordinal(day),) if day and period[0] <= date.fromordinal(day) <= period[1] else ()
        if not on:
            continue
        total = _total(sheet, row, cells, complaints)
        if total is None:
            continue
        again = next((told[total.agent, day] for day in on if (total.agent, day) in told), None)
        if again:
            wrong = Text("this agent’s days stand twice")
            faults.append(Fault(total.source, total.agent, wrong, Text("keep one: the other is in {cell}", cell=again)))
            continue
        told.update({(total.agent, day): total.source for day in on})
        totals[total.agent] = _sum(totals.get(total.agent), total)
    complaints.finish()


def _total(sheet: Sheet, row: int, cells: list[str], complaints: Complaints) -> ReportTotal | None:
    """A row's total; None where a cell of it is wrong, or it adds up the others."""
    agent = complaints.read(row, cells, "agent", read_name)
    if agent is None or agent.startswith(SUMS):
        return None
    paid = complaints.read(row, cells, "paid", read_amount)
    back, orders = sheet.words(cells, "refunded"), sheet.words(cells, "orders")
    refunded = 0 if is_nothing(back) else complaints.read(row, cells, "refunded", read_amount)
    count = 0 if is_nothing(orders) else complaints.read(row, cells, "orders", read_count)
    if paid is None or refunded is None or count is None:
        return None
    return ReportTotal(agent, yuan(paid), yuan(refunded), count, sheet.source(row, "agent"))


def _sum(known: ReportTotal | None, total: ReportTotal) -> ReportTotal:
    if known is None:
        return total
    return ReportTotal(
        total.agent, known.paid + total.paid, known.refunded + total.refunded, known.orders + total.orders, known.source
    )
