"""What the title above an export's header tells: which days it is about, and when it was made."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from cstools.days import read_day
from cstools.errors import Fault
from cstools.language import Text
from cstools.tables.grid import Cell, Sheet
from cstools.tables.kinds import moment

_DAY: Final = r"(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?"
_PERIOD: Final = re.compile(rf"统计(?:日期|时间|周期)\s*:?\s*({_DAY})\s*(?:至|到|~|-|–|—)\s*({_DAY})")
_PERIOD_SAID: Final = re.compile(r"统计(?:日期|时间|周期)\s*:")
_MADE: Final = re.compile(r"(?:生成|制表|导出)时间\s*:?\s*(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[ T]*\d{1,2}:\d{2}(?::\d{2})?)")


@dataclass(frozen=True, slots=True)
class Title:
    """First and last day, and when the file was made; None where the title doesn't say."""

    first: date | None = None
    last: date | None = None
    made: datetime | None = None


def read_title(sheet: Sheet, above: int, faults: list[Fault]) -> Title:
    """The title in the rows above a header's; days that can't be are a fault."""
    cells = [cell for row in sheet.rows if row.number < above for cell in row.cells if isinstance(cell.value, str)]
    made = next((found for cell in cells if (found := _made(str(cell.value)))), None)
    for cell in cells:
        plain = unicodedata.normalize("NFKC", str(cell.value))
        if not _PERIOD_SAID.search(plain) and not _PERIOD.search(plain):
            continue
        try:
            return Title(*_period(plain, made), made)
        except ValueError:
            faults.append(_no_period(sheet, cell))
    return Title(made=made)


def _made(words: str) -> datetime | None:
    found = _MADE.search(unicodedata.normalize("NFKC", words))
    try:
        made = moment(found[1].replace("/", "-").replace(".", "-")) if found else None
    except ValueError:
        return None
    return made if isinstance(made, datetime) else None


def _period(plain: str, made: datetime | None) -> tuple[date, date]:
    """First and last day. Days without a year are the latest ones before the file was made."""
    found = _PERIOD.search(plain)
    if not found:
        raise ValueError(plain)
    first, last = (_day(word, made) for word in found.groups())
    if not re.match(r"\d{4}", found[1]) and first > last:
        first = first.replace(year=last.year - 1)
    if first > last:
        raise ValueError(plain)
    return first, last


def _day(word: str, made: datetime | None) -> date:
    if re.match(r"\d{4}", word):
        return read_day(word)
    if made is None:
        raise ValueError(word)
    day = read_day(word, made.date())
    return day if datetime.combine(day, time()) <= made else read_day(word, date(day.year - 1, day.month, 1))


def _no_period(sheet: Sheet, cell: Cell) -> Fault:
    right = Text("from and to, such as 统计日期：2026-10-26 至 2026-11-25")
    return Fault(sheet.source(cell.ref), cell.value, Text("the days of this export can't be read"), right)
