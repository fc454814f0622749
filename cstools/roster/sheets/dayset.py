"""Days as sheet 需求 and 会议 name them: weekdays, workdays, holidays, dates, campaigns, the fourth Tuesday."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cstools.days import Calendar, read_day, read_weekdays
from cstools.tables.grid import fold

# How specific a word is; where several rows say something of one day, the most specific one holds.
EVERY, WEEKEND, WORKDAY, WEEKDAY, HOLIDAY, STATUTORY, CAMPAIGN, DATE = range(8)

_WORDS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("每天", "每日", "全部", "everyday", "daily", "all"), EVERY),
    **dict.fromkeys(("周末", "双休日", "weekend", "weekends"), WEEKEND),
    **dict.fromkeys(("工作日", "workday", "workdays", "休息日", "restday", "restdays"), WORKDAY),
    **dict.fromkeys(("节假日", "假日", "holiday", "holidays"), HOLIDAY),
    **dict.fromkeys(("法定节假日", "法定假日", "法定", "statutory", "statutoryholidays"), STATUTORY),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a list of days: whether it means a day, how specific it is, and of how many days it speaks."""

    means: Callable[[date], bool]
    rank: int
    width: int = 1

    @property
    def weight(self) -> tuple[int, int]:
        """What the more specific part has more of."""
        return self.rank, -self.width


@dataclass(frozen=True, slots=True)
class DaySet:
    """Days in words."""

    parts: tuple[Part, ...]

    def weight(self, day: date) -> tuple[int, int] | None:
        """How specific the words are that mean a day; None where none do."""
        return max((part.weight for part in self.parts if part.means(day)), default=None)


def read_days(text: str, calendar: Calendar, campaigns: Mapping[str, frozenset[date]], near: date) -> DaySet:
    """Days from a list with 、 or commas: 每天, 工作日, 休息日, 周末, 周一-周五, 节假日, 法定节假日, 双11.

    工作日 and 休息日 follow the calendar, make-up days and holidays included; 周末 is plain Saturday and Sunday. Raises
    KeyError with the word that means nothing.
    """
    parts = tuple(_read_part(word, calendar, campaigns, near) for word in _split(text, campaigns))
    return DaySet(parts or (Part(lambda _: True, EVERY),))


def _split(text: str, campaigns: Mapping[str, frozenset[date]]) -> list[str]:
    """The words of a list; a campaign's name may hold what else parts words."""
    if fold(text) in map(fold, campaigns):
        return [text.strip()]
    return [word.strip() for word in re.split(r"[、,;]", unicodedata.normalize("NFKC", text)) if word.strip()]


def _read_part(word: str, calendar: Calendar, campaigns: Mapping[str, frozenset[date]], near: date) -> Part:
    for name, days in campaigns.items():
        if fold(name) == fold(word):
            return Part(days.__contains__, CAMPAIGN, len(days))
    rank = _WORDS.get(fold(word))
    if rank is not None:
        return _named(word, rank, calendar)
    try:
        weekdays = read_weekdays(word)
    except ValueError:
        first, last = _read_span(word, near)
        return Part(lambda day: first <= day <= last, DATE, (last - first).days + 1)
    return Part(lambda day: day.weekday() in weekdays, WEEKDAY, len(weekdays))


def _named(word: str, rank: int, calendar: Calendar) -> Part:
    tests: dict[int, Callable[[date], bool]] = {
        EVERY: lambda _: True, WEEKEND: calendar.is_weekend,
        WORKDAY: calendar.is_rest_day if "休" in word or "rest" in word.lower() else calendar.is_workday,
        HOLIDAY: calendar.is_holiday, STATUTORY: calendar.is_statutory,
    }  # fmt: skip
    return Part(tests[rank], rank)


def _read_span(word: str, near: date) -> tuple[date, date]:
    """A date, or a first and a last one with 至, ~ or - between them."""
    try:
        day = read_day(word, near)
    except ValueError:
        pass
    else:
        return day, day
    for between in re.finditer(r"至|到|~|—+|–|-", word):
        try:
            first = read_day(word[: between.start()].strip(), near)
            last = read_day(word[between.end() :].strip(), first)
        except ValueError:
            continue
        if first <= last:
            return first, last
    raise KeyError(word)


# --- once a month -----------------------------------------------------------------------------------------------------

_MONTHLY = re.compile(
    r"(?:每月|monthly)?第([一二三四五12345])(个)?(?:周|星期)?的?((?:周|星期|礼拜)?[一二三四五六日天])"
)


@dataclass(frozen=True, slots=True)
class Monthly:
    """The n-th of a weekday each month. 每月第四周二 may be the fourth Tuesday or the fourth week's (003-092)."""

    nth: int
    weekday: int
    ambiguous: bool

    def means(self, day: date, reading: str) -> bool:
        """Whether it means a day, read as ``fourth`` (the fourth Tuesday) or ``week4`` (the Tuesday of week 4).

        Weeks begin on Monday; the first is the one in which the month begins, as a wall calendar counts rows.
        """
        if day.weekday() != self.weekday:
            return False
        if reading == "week4":
            first = day.replace(day=1)
            return (day - (first - timedelta(days=first.weekday()))).days // 7 + 1 == self.nth
        return (day.day - 1) // 7 + 1 == self.nth


def read_monthly(text: str) -> Monthly | None:
    """第四个周二 (the fourth Tuesday), 每月第四周二, 每月第四周周二 (either); None for anything else."""
    found = _MONTHLY.fullmatch(fold(text))
    if not found:
        return None
    number, counted, weekday = found.groups()
    nth = int(number) if number.isdigit() else "一二三四五".index(number) + 1
    return Monthly(nth, next(iter(read_weekdays(weekday))), not counted)
