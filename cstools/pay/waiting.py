"""Months that have input and no run yet: told by their attendance reports and by sheet 事件."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from cstools.attendance import files
from cstools.pay.desks import PayDesk
from cstools.pay.sheets.happened import EVENTS
from cstools.pay.sheets.reading import Reading

# A report's name tells its days: 每日统计_20260901-20260930.xlsx.
_DATED: Final = re.compile(r"(20\d\d)[-_.年]?(0[1-9]|1[0-2])(?:[-_.月]?(?:[0-2]\d|3[01]))?")


def waiting(pay: PayDesk, made: Iterable[date]) -> list[date]:
    """First days of months with input, the oldest first, but for those that were run, and those before the first run.

    What can't be read tells nothing here: a run names its faults.
    """
    run = set(made)
    found = {month for month in _months(pay) if month <= pay.desk.today()}
    return sorted(month for month in found - run if not run or month > min(run))


def _months(pay: PayDesk) -> Iterator[date]:
    for path in files(pay.folder, pay.attendance):
        if told := _DATED.search(path.stem):
            yield date(int(told[1]), int(told[2]), 1)
    reading = Reading(pay.sheets([]), pay.pay.book)
    for record in reading.rows(EVENTS):
        yield record["at"].date().replace(day=1)
