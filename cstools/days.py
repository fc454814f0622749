"""Days, weeks, months, times of day up to 48:00, numbers as people type them, and China's holidays.

A time of day is minutes from midnight, 0 to 2880: 24:00 is an ordinary end of a shift, 25:10 is ten past one the next
morning. Every reader takes what Chinese sheets hold (full-width digits, 上午9:00, 2026年11月9日, Excel values) and
raises a plain ValueError for the rest; who calls it knows the cell and says what would be right.
"""

import re
import unicodedata
from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from cstools.errors import CstoolsError
from cstools.language import Text

Minutes: TypeAlias = int
DAY: Final[Minutes] = 24 * 60
LATEST: Final[Minutes] = 2 * DAY
SERIALS: Final = range(40000, 60001)  # Excel's day numbers from 2009 to 2064: other numbers are no dates
_EXCEL_FIRST: Final = date(1900, 1, 1)


def _plain(text: str) -> str:
    """Full-width letters, digits and signs as ASCII, lower case, no blanks around."""
    return unicodedata.normalize("NFKC", text).strip().lower()


# --- times of day -----------------------------------------------------------------------------------------------------

_NEXT_DAY = re.compile(r"\(?(?:次日|第二天|翌日|隔天|隔日|next day|\+1)\)?")
_PART = re.compile(r"上午|早上|早晨|清晨|凌晨|中午|下午|傍晚|晚上|晚间|[ap]\.?m\.?")
_CLOCK = re.compile(r"(\d{1,2})(?::([0-5]\d)(?::([0-5]\d))?|[点时](?:([0-5]?\d)分?|(半)|(一刻)|(三刻)|整|钟)?)")


def read_time(value: object) -> Minutes:
    """Minutes from midnight, 0 to 2880, seconds dropped.

    Takes text (``24:00 8:30 上午9:00 晚上8点半 次日1:00 9:00 AM``), a time, and what Excel stores: fractions of a day
    (1.0 is 24:00), timedeltas, and datetimes of Excel's day zero and one. Raises ValueError for all else, for what can
    be read in two ways (上午12:00), and beyond 48:00.
    """
    minutes = _read_clock(value) if isinstance(value, str) else _from_excel(value)
    if not 0 <= minutes <= LATEST:
        raise ValueError(value)
    return minutes


def _from_excel(value: object) -> Minutes:
    if isinstance(value, time):
        return value.hour * 60 + value.minute
    if isinstance(value, datetime):
        # Excel's day 1 is 1900-01-01, LibreOffice's 1899-12-31.
        zero = _EXCEL_FIRST - timedelta(days=2 if value.date() < _EXCEL_FIRST else 1)
        value = value - datetime.combine(zero, time())
    if isinstance(value, timedelta):
        return round(value.total_seconds()) // 60  # 8:29:59.9999 is what a fraction of a day makes of 8:30
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value * DAY <= LATEST:
        return round(value * DAY * 60) // 60
    raise ValueError(value)


def _read_clock(text: str) -> Minutes:
    rest, nights = _NEXT_DAY.subn("", _plain(text))
    parts = _PART.findall(rest)
    found = _CLOCK.fullmatch(_PART.sub("", rest).strip())
    if not found or nights > 1 or len(parts) > 1:
        raise ValueError(text)
    hour, colon, _, spoken, half, quarter, three = found.groups()
    minute = int(colon or spoken or 0) or (30 if half else 15 if quarter else 45 if three else 0)
    if parts:
        hour = _hour(int(hour), parts[0])
    return nights * DAY + int(hour) * 60 + minute


# The hour said -> the hour of 24, per part of the day. What people read in two ways is in none: 上午12:00, 晚上1点.
_SAME: Final = {hour: hour for hour in range(25)}
_LATER: Final = {hour: hour + 12 for hour in range(13)}


def _hours(said: range, table: Mapping[int, int]) -> dict[int, int]:
    return {hour: table[hour] for hour in said}


_MORNING = _hours(range(12), _SAME)
_AFTERNOON = _hours(range(1, 8), _LATER) | _hours(range(12, 24), _SAME)
_EVENING = _hours(range(5, 13), _LATER) | _hours(range(13, 25), _SAME)
_HOURS: Final[Mapping[str, Mapping[int, int]]] = MappingProxyType({
    "凌晨": _hours(range(7), _SAME) | {12: 0},
    "清晨": _MORNING, "早晨": _MORNING, "早上": _MORNING, "上午": _MORNING,
    "中午": _hours(range(10, 15), _SAME) | _hours(range(1, 3), _LATER),
    "下午": _AFTERNOON, "傍晚": _AFTERNOON, "晚上": _EVENING, "晚间": _EVENING,
    "am": _MORNING | {12: 0}, "pm": _hours(range(1, 12), _LATER) | _hours(range(12, 24), _SAME),
})  # fmt: skip


def _hour(hour: int, part: str) -> int:
    """The hour of 24 that "上午9", "晚上8" or "9 pm" means."""
    try:
        return _HOURS[part.replace(".", "")][hour]
    except KeyError as error:
        raise ValueError(part, hour) from error


def show_time(minutes: Minutes) -> str:
    """``510`` as ``08:30``, ``1440`` as ``24:00``, ``1510`` as ``25:10``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


# --- days -------------------------------------------------------------------------------------------------------------

_MIDNIGHT = re.compile(r"(?:[t ]\s*0?0:00(?::00)?(?:\.0+)?)$")
_WEEKDAY_AFTER = re.compile(r"\s*\(?((?:周|星期|礼拜)[一二三四五六日天]|mon|tue|wed|thu|fri|sat|sun)\)?$")
_YEAR_DAY = re.compile(r"(\d{4})\s*(?:([-/.])(\d{1,2})\2(\d{1,2})|年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?)")
_SHORT_DAY = re.compile(r"(\d{1,2})\s*(?:[-/.](\d{1,2})|月\s*(\d{1,2})\s*[日号]?)")


def read_day(value: object, near: date | None = None) -> date:
    """A date from a date, a datetime, an Excel serial (40000 to 60000) or text.

    Text without a year (``11/9``, ``11月9日``) means the year nearest to ``near``. A weekday after it must be right.
    Raises ValueError for impossible dates, for all else, and for a day without a year where ``near`` is None.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return _read_day(value, near)
    if isinstance(value, int | float) and float(value).is_integer():
        if value in SERIALS:
            return date(1899, 12, 30) + timedelta(days=int(value))
        return _read_day(str(int(value)), near)
    raise ValueError(value)


def _read_day(text: str, near: date | None) -> date:
    words = _MIDNIGHT.sub("", _plain(text))
    weekday = _WEEKDAY_AFTER.search(words)
    words = _WEEKDAY_AFTER.sub("", words)
    if re.fullmatch(r"[12]\d{7}", words):
        day = date(int(words[:4]), int(words[4:6]), int(words[6:]))
    elif found := _YEAR_DAY.fullmatch(words):
        year, _, *rest = found.groups()
        month, number = (part for part in rest if part)
        day = date(int(year), int(month), int(number))
    elif found := _SHORT_DAY.fullmatch(words):
        month, number = (part for part in found.groups() if part)
        day = _nearest(int(month), int(number), near)
    else:
        raise ValueError(text)
    if weekday and read_weekday(weekday[1]) != day.weekday():
        raise ValueError(text)
    return day


def _nearest(month: int, number: int, near: date | None) -> date:
    if near is None:
        raise ValueError(month, number)
    years = (near.year - 1, near.year, near.year + 1)
    days = [
        date(year, month, number) for year in years if month in range(1, 13) and number <= monthrange(year, month)[1]
    ]
    return min(days, key=lambda day: abs(day - near))  # none of them: min of nothing is a ValueError too


def span(first: date, last: date) -> tuple[date, ...]:
    """Every day from the first to the last, both included; none where the last is before the first."""
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def week_of(day: date) -> tuple[date, date]:
    """The Monday and the Sunday of the week a day lies in."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of the month a day lies in."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def read_month(value: object) -> tuple[date, date]:
    """The first and the last day of ``2026-11``, ``2026/11``, ``202611``, ``2026年11月`` or of a date's month."""
    if isinstance(value, date):
        return month_of(read_day(value))
    found = re.fullmatch(r"(\d{4})(?:[-/.]?(\d{2})|[-/.](\d)|\s*年\s*(\d{1,2})\s*月份?)", _plain(str(value)))
    if not found:
        raise ValueError(value)
    return month_of(date(int(found[1]), int(found[2] or found[3] or found[4]), 1))


# --- weekdays ---------------------------------------------------------------------------------------------------------

_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PREFIX = r"(?:周|星期|礼拜|每周)"
_GROUPS: Final[Mapping[str, range]] = MappingProxyType({
    "工作日": range(5), "weekdays": range(5), "workdays": range(5),
    "周末": range(5, 7), "双休日": range(5, 7), "weekend": range(5, 7), "weekends": range(5, 7),
    "每天": range(7), "每日": range(7), "全部": range(7), "daily": range(7), "all": range(7),
})  # fmt: skip


def read_weekday(text: str) -> int:
    """0 for Monday to 6 for Sunday, from 周一, 星期日, 礼拜天, 一, 周1, Mon or Monday. Raises ValueError otherwise."""
    word = re.sub(f"^{_PREFIX}", "", _plain(text))
    if len(word) == 1 and word in "一二三四五六日1234567":
        return "一二三四五六日".find(word) if not word.isdigit() else int(word) - 1
    if word == "天":
        return 6
    for number, name in enumerate(_ENGLISH):
        if name[:3] == word[:3] and name.startswith(word.rstrip(".")):
            return number
    raise ValueError(text)


def read_weekdays(text: str) -> frozenset[int]:
    """Weekdays from a list with ranges and groups: ``周一、周三-周五``, ``周六日``, ``工作日``, ``Mon, Wed-Fri``.

    A range may run over Sunday (``周五至周一``). Raises ValueError for an unknown word and for an empty list.
    """
    words = re.sub(r"\s*(?:[-–—~]|至|到)\s*", "-", _plain(text))
    found: set[int] = set()
    for word in re.split(r"[、,;/|\s]+", words.strip("、,;/|")):
        first, dash, last = word.partition("-")
        if word in _GROUPS:
            found.update(_GROUPS[word])
        elif dash:
            start, end = read_weekday(first), read_weekday(last)
            found.update((start + n) % 7 for n in range((end - start) % 7 + 1))
        elif run := re.fullmatch(f"{_PREFIX}?([一二三四五六日天]{{2,}})", word):
            found.update(read_weekday(letter) for letter in run[1])
        else:
            found.add(read_weekday(word))
    return frozenset(found)


# --- numbers ----------------------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?|[-+]?\.\d+")


def read_number(value: object) -> Decimal:
    """A number exactly as written: ``0.5``, ``０。５``, ``1,234.50``, or an Excel number by the 15 digits Excel shows.

    Raises ValueError for anything else, percent signs and units included.
    """
    if isinstance(value, float):
        value = Decimal(f"{value:.15g}")
    if isinstance(value, Decimal | int) and not isinstance(value, bool) and Decimal(value).is_finite():
        return Decimal(value)
    words = re.sub(r"(?<=\d)。(?=\d)", ".", _plain(value).replace("−", "-")) if isinstance(value, str) else ""
    if not _NUMBER.fullmatch(words):
        raise ValueError(value)
    return Decimal(words.replace(",", ""))


# --- holidays ---------------------------------------------------------------------------------------------------------

# The days paid threefold: 全国年节及纪念日放假办法 art. 2, as of 2013-12-11 (11 days) until 2024, as of 2024-11-10
# (13 days, with 除夕 and 2 May) since 2025. The days moved around them are not statutory. Mid-autumn of 2020 fell on
# National Day, so that year has ten dates.
_LEAST: Final = 12  # statutory days of a year from 2025 on: one less than 13 where Mid-autumn meets National Day
_STATUTORY: Final[Mapping[int, str]] = MappingProxyType({
    2020: "01-01 01-25 01-26 01-27 04-04 05-01 06-25 10-01 10-02 10-03",
    2021: "01-01 02-12 02-13 02-14 04-04 05-01 06-14 09-21 10-01 10-02 10-03",
    2022: "01-01 02-01 02-02 02-03 04-05 05-01 06-03 09-10 10-01 10-02 10-03",
    2023: "01-01 01-22 01-23 01-24 04-05 05-01 06-22 09-29 10-01 10-02 10-03",
    2024: "01-01 02-10 02-11 02-12 04-04 05-01 06-10 09-17 10-01 10-02 10-03",
    2025: "01-01 01-28 01-29 01-30 01-31 04-04 05-01 05-02 05-31 10-01 10-02 10-03 10-06",
    2026: "01-01 02-16 02-17 02-18 02-19 04-05 05-01 05-02 06-19 09-25 10-01 10-02 10-03",
})  # fmt: skip


def unknown_year(year: int, entered: int = 0) -> Text:
    """What is said of a year whose holidays nobody has told us; ``entered`` statutory days are there so far."""
    return Text("the holidays of {year} are not in this version: enter all its statutory days in sheet Holidays"
                "[[ (so far {entered} of them)]]", year=year, entered=entered or None)  # fmt: skip


class UnknownYear(CstoolsError):
    """A year whose holidays nobody has told us; they are never estimated."""

    exit_code = 3

    def __init__(self, year: int, entered: int = 0) -> None:
        super().__init__(unknown_year(year, entered))
        self.year = year


@dataclass(frozen=True, slots=True)
class MarkedDay:
    """A row of a desk's sheet 节假日: a statutory day, a day off around it, or a make-up workday."""

    kind: Literal["statutory", "rest", "work"]
    name: str = ""


@lru_cache(maxsize=4096)
def _published(day: date) -> tuple[bool, str] | None:
    """Whether a day is off, and its holiday's name (empty for a plain day); None where the year is not published."""
    import chinese_calendar

    try:
        off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None
    return off, chinese_calendar.Holiday(name).chinese if off and name else ""


@lru_cache(maxsize=64)
def statutory_days(year: int) -> frozenset[date]:
    """The statutory holidays of a year as the law and the moon have them; none for a year we have no list of."""
    return frozenset(date.fromisoformat(f"{year}-{text}") for text in _STATUTORY.get(year, "").split())


@dataclass(frozen=True)
class Calendar:
    """China's workdays and holidays; a desk's own rows (sheet 节假日) win over what was published.

    Every question but ``is_weekend`` raises UnknownYear for a year that was not published and has not all its statutory
    days among the rows. In a year known from the rows alone plain weekends rest, and the rows decide the rest.
    """

    marked: Mapping[date, MarkedDay] = field(default_factory=dict)

    def known(self, year: int) -> bool:
        """Whether the year's holidays were published, or entered by the desk."""
        published = year in _STATUTORY and _published(date(year, 1, 1)) is not None
        return published or self.entered(year) >= _LEAST

    def entered(self, year: int) -> int:
        """How many statutory days of a year the desk has entered."""
        return self._entered.get(year, 0)

    def is_weekend(self, day: date) -> bool:
        """A plain Saturday or Sunday, whatever was moved."""
        return day.weekday() in _GROUPS["weekend"]

    def is_workday(self, day: date) -> bool:
        """A day people work by law: make-up days count."""
        return not self.is_rest_day(day)

    def is_rest_day(self, day: date) -> bool:
        """A weekend that wasn't moved, or a day off of a holiday, statutory or not."""
        if row := self._row(day):
            return row.kind != "work"
        published = _published(day)
        return published[0] if published else self.is_weekend(day)

    def is_statutory(self, day: date) -> bool:
        """One of the 13 days (11 until 2024) on which work is paid threefold."""
        if row := self._row(day):
            return row.kind == "statutory"
        return day in statutory_days(day.year)

    def is_holiday(self, day: date) -> bool:
        """A day off within a holiday that has a name; a plain weekend is none."""
        return self.is_rest_day(day) and bool(self.name(day) or self.is_statutory(day))

    def name(self, day: date) -> str:
        """春节, 国庆节 and so on, or the name in the desk's row; empty for any other day, make-up workdays included."""
        if row := self._row(day):
            return row.name
        published = _published(day)
        return published[1] if published else ""

    def taken_away(self) -> tuple[date, ...]:
        """The statutory days that the desk's rows call something else: worth asking about."""
        return tuple(sorted(day for day, row in self.marked.items()
                            if row.kind != "statutory" and day in statutory_days(day.year)))  # fmt: skip

    def _row(self, day: date) -> MarkedDay | None:
        if not self.known(day.year):
            raise UnknownYear(day.year, self.entered(day.year))
        return self.marked.get(day)

    @cached_property
    def _entered(self) -> Mapping[int, int]:
        return Counter(day.year for day, row in self.marked.items() if row.kind == "statutory")
