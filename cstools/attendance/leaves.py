"""The columns of leave and of overtime, whatever a company calls them and in whatever unit."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from cstools.attendance.facts import DayKind, Leaves, Overtime
from cstools.attendance.heads import Head
from cstools.attendance.lines import HOUR, Lines
from cstools.tables.grid import Row, fold

_LEAVE: Final = re.compile(r"(?:请假|假勤统计)-?")
_KINDS: Final[tuple[tuple[str, DayKind], ...]] = (("工作日", "workday"), ("休息日", "rest"), ("节假日", "holiday"))


def leaves(lines: Lines, row: Row) -> Leaves:
    """Kinds and hours of leave in a row, those of nought left out."""
    found = ((_kind(head), lines.hours(row, head)) for head in lines.others() if _is_leave(lines, head))
    return tuple((kind, hours) for kind, hours in found if hours)


def _kind(head: Head) -> str:
    return _LEAVE.sub("", head.name)


def _is_leave(lines: Lines, head: Head) -> bool:
    if "加班" in head.full or head.unit == "次":
        return False
    if head.group == "请假" or (head.name.startswith("请假-") and len(head.name) > len("请假-")):
        return True
    own = {fold(word) for word in lines.job.settings.leave_words}
    return head.name.endswith(("假", "休")) or head.name in own


def overtimes(lines: Lines, row: Row, person: str, day: date | None) -> Iterator[Overtime]:
    """The overtime in a row, for each kind of day; where it is parted into pay and time off, by these parts."""
    heads = [head for head in lines.others() if "加班" in head.full and head.unit != "次"]
    for word, kind in _KINDS:
        mine = [head for head in heads if word in head.full]
        parts = [head for head in mine if "调休" in head.name or "加班费" in head.name] or mine
        for head in parts:
            yield from _overtime(lines, row, head, person, day, kind)
    if not any(word in head.full for head in heads for word, _ in _KINDS):
        for head in heads:
            if "时长" in head.name:
                yield from _overtime(lines, row, head, person, day, None)


def _overtime(
    lines: Lines, row: Row, head: Head, person: str, day: date | None, kind: DayKind | None
) -> Iterator[Overtime]:
    hours = lines.hours(row, head) or Decimal(0)
    if hours:
        yield Overtime(person, round(hours * HOUR), day, kind or "", approval="export", time_off="调休" in head.name,
                       source=lines.source(row, head))  # fmt: skip
