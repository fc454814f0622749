"""Reports of a period: a row for each person with totals, and mostly a column for each day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from cstools.attendance.day_facts import Told, day_fact
from cstools.attendance.facts import DayFact, MonthFact
from cstools.attendance.heads import Head, blank
from cstools.attendance.leaves import leaves, overtimes
from cstools.attendance.lines import Lines, Part
from cstools.days import read_weekday, span
from cstools.errors import Fault
from cstools.language import Text
from cstools.tables.grid import Row, Unreadable

_DAY: Final = re.compile(r"(?:(\d{1,2})日?)?\(?(?:星期|周)?([一二三四五六日天])?\)?")


def read_month(lines: Lines) -> Part:
    """The totals and the days of everybody in the report; nothing, with a fault, where its days aren't told."""
    title = lines.title
    part = Part(lines.sheet.source(), rank=1, made=title.made)
    if title.first is None or title.last is None:
        right = Text("from and to, such as 统计日期：2026-10-26 至 2026-11-25")
        wrong = Text("the title doesn't say which days this is about")
        lines.job.faults.append(Fault(lines.sheet.source("A1"), None, wrong, right))
        return part
    part.period = title.first, title.last
    columns = tuple(_columns(lines, title.first, title.last))
    for row in lines:
        person = lines.person(row, title.first, title.last)
        if person:
            total = _total(lines, row, person.number, title.first, title.last)
            part.months.append(total)
            part.days += _days(lines, row, columns, total)
            part.overtime += overtimes(lines, row, person.number, None)
    return part


def _total(lines: Lines, row: Row, person: str, first: date, last: date) -> MonthFact:
    missing = sum(lines.count(row, key) for key in ("missing", "missing_in", "missing_out"))
    return MonthFact(
        person, first, last,
        attended=lines.days(row, "attended"),
        rest=lines.days(row, "rest"),
        worked=lines.minutes(row, "worked"),
        late=lines.count(row, "late"),
        late_minutes=lines.minutes(row, "late_minutes"),
        severe=lines.count(row, "severe"),
        severe_minutes=lines.minutes(row, "severe_minutes"),
        truant=lines.count(row, "truant"),
        early=lines.count(row, "early"),
        early_minutes=lines.minutes(row, "early_minutes"),
        missing=missing,
        absent=lines.days(row, "absent") or Decimal(0),
        leave=leaves(lines, row),
        source=lines.source(row),
    )  # fmt: skip


# --- days -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Column:
    head: Head
    day: date


def _columns(lines: Lines, first: date, last: date) -> Iterator[_Column]:
    """The columns of the days, which must be those of the title, in order."""
    heads = [head for head in lines.others() if _is_day(head)]
    days = span(first, last)
    if heads and len(heads) != len(days):
        wrong = Text("{count} columns of days, but {days} days in the title", count=len(heads), days=len(days))
        source = lines.sheet.source(heads[-1].cell.ref)
        lines.job.faults.append(Fault(source, heads[-1].cell.value, wrong, Text("export the report again")))
        return
    for head, day in zip(heads, days, strict=False):
        if _is(head, day):
            yield _Column(head, day)
        else:
            source = lines.sheet.source(head.cell.ref)
            shown = str(head.cell.value).replace("\n", " ")
            lines.job.faults.append(Fault(source, shown, Text("by the title this column is {day}", day=day),
                                          Text("export the report again")))  # fmt: skip


def _is_day(head: Head) -> bool:
    found = _DAY.fullmatch(head.name)
    return bool(found and any(found.groups()) and ("考勤结果" in head.group or (found[1] and found[2])))


def _is(head: Head, day: date) -> bool:
    found = _DAY.fullmatch(head.name)
    if not found:
        return False
    return (not found[1] or int(found[1]) == day.day) and (not found[2] or read_weekday(found[2]) == day.weekday())


def _days(lines: Lines, row: Row, columns: tuple[_Column, ...], total: MonthFact) -> Iterator[DayFact]:
    """What the row's cells say of the days; lateness without minutes takes the total's where it is the only one."""
    late = total.late + total.severe + total.truant
    minutes = (total.late_minutes or 0) + (total.severe_minutes or 0)
    told = Told(minutes if late == 1 else None, total.early_minutes if total.early == 1 else None)
    for column in columns:
        cell = row.cell(column.head.place)
        if blank(cell.value):
            continue
        source = lines.sheet.source(cell.ref)
        if isinstance(cell.value, Unreadable):
            lines.job.faults.append(Fault(source, cell.value, cell.value.wrong, cell.value.right))
            continue
        said = lines.said(str(cell.value), source)
        yield day_fact(lines.job, total.person, column.day, said, source, told)
