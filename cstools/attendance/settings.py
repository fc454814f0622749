"""Section [attendance] of a pay desk's cstools.toml: where the files lie, what they mean, and how hours are counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from cstools.days import read_time
from cstools.desk.settings import count, names, one_of, setting, yes_no
from cstools.language import Text

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
SYSTEMS: Final = ("standard", "cycle", "untimed")
MEANINGS: Final = ("normal", "rest", "late", "early", "missing", "absent", "leave")
UNITS: Final = ("天", "小时", "分钟")


def table_of(*allowed: str) -> Callable[[object], Mapping[str, str]]:
    """What takes a table of words to words; only the ``allowed`` ones on the right, where any are given."""

    def take(value: object) -> Mapping[str, str]:
        if not isinstance(value, dict) or not all(isinstance(word, str) and word.strip() for word in value.values()):
            raise ValueError(value)
        if allowed and not set(value.values()) <= set(allowed):
            raise ValueError(value)
        return MappingProxyType(dict(value))

    return take


def some_hours(value: object) -> Decimal:
    """What takes hours of a day, halves and quarters too."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 24:  # noqa: PLR2004 - a day
        raise ValueError(value)
    return Decimal(str(value))


def two_times(value: object) -> tuple[int, int]:
    """What takes a span of the day as two times; in minutes."""
    first, last = map(read_time, names(value))
    if first >= last:
        raise ValueError(value)
    return first, last


_MINUTES: Final = Text("minutes, from {least} to {most}", least=0, most=1440)
_YES_NO: Final = Text("true or false")


@dataclass(frozen=True, slots=True)
class HoursSettings:
    """Section [attendance.hours]: what counts as overtime, and at which rate. None and "" are not chosen yet.

    ``auto_extend``: what an open-ended shift goes on past its end is overtime without anybody's approval (000-059,
    004-019 say that it goes on, not that it is paid). ``rest_days``: a rest day is one without a duty on the published
    roster ("roster"), or a day off by the calendar ("calendar"). ``export_approves``: overtime in an export was
    approved before it began. ``systems``: each contract's working hours: "standard", "cycle" (综合计算工时) or
    "untimed" (不定时); others are standard. ``untimed_holidays``: whether these are paid threefold on statutory days,
    as some provinces have it. ``unit`` and ``minimum`` round a day's overtime down and leave small ones out.
    ``day_limit`` and ``month_limit`` (Labour Law art. 41) and ``week`` (art. 36, State Council order 174: 40 h) only
    warn.
    """

    auto_extend: bool | None = setting(None, yes_no, _YES_NO)
    rest_days: str = setting("", one_of("roster", "calendar"), Text("“roster” or “calendar”"))
    export_approves: bool | None = setting(None, yes_no, _YES_NO)
    systems: Mapping[str, str] = setting(
        _NOTHING,
        table_of(*SYSTEMS),
        Text('contracts and one of {choices}, such as: 全职 = "standard"', choices=SYSTEMS),
    )
    untimed_holidays: bool | None = setting(None, yes_no, _YES_NO)
    unit: int = setting(1, count(1, 60), Text("minutes, from {least} to {most}", least=1, most=60))
    minimum: int = setting(0, count(0, 240), Text("minutes, from {least} to {most}", least=0, most=240))
    day: int = setting(480, count(60, 720), Text("minutes, from {least} to {most}", least=60, most=720))
    week: int = setting(2400, count(60, 4800), Text("minutes, from {least} to {most}", least=60, most=4800))
    day_limit: int = setting(180, count(0, 720), Text("minutes, from {least} to {most}", least=0, most=720))
    month_limit: int = setting(2160, count(0, 9600), Text("minutes, from {least} to {most}", least=0, most=9600))


@dataclass(frozen=True, slots=True)
class AttendanceSettings:
    """Section [attendance]. None and "" are not chosen yet: the sources leave them open (see ``undecided``).

    ``files``: patterns of files in the desk's folder. ``columns`` and ``totals``: the desk's own names of columns and
    how another system's export calls them (per day, per period). ``units``: the unit of a header that has none;
    ``words``: what a company's own words in the cells mean; ``leave_words``: kinds of leave whose name doesn't end in
    假 or 休. ``leave_day``: hours of a day of leave. ``grace``: minutes late that don't count; ``absent_after``:
    later than this is an absence (001-024). ``severe_late``: what a source's 严重迟到 is where only totals are known.
    ``quota``: rest days and leave a month (001-026); ``quota_rests``: whether the rest days on the roster use it up
    too; ``quota_leave``: the kinds of leave that do, ``quota_by``: by the times of leave or by its days.
    ``noon``: the span in which being offline is marked (001-028).
    """

    files: tuple[str, ...] = setting(
        ("考勤/*.xlsx", "考勤/*.xls", "考勤/*.csv"), names, Text('a list of patterns such as ["考勤/*.xlsx"]')
    )
    columns: Mapping[str, str] = setting(_NOTHING, table_of(), Text('names and headers, such as: start = "签到时间"'))
    totals: Mapping[str, str] = setting(_NOTHING, table_of(), Text('names and headers, such as: late = "迟到次数"'))
    units: Mapping[str, str] = setting(
        _NOTHING, table_of(*UNITS), Text('headers and one of {choices}, such as: 休息日加班 = "小时"', choices=UNITS)
    )
    words: Mapping[str, str] = setting(
        _NOTHING, table_of(*MEANINGS), Text('words and one of {choices}, such as: 外勤 = "normal"', choices=MEANINGS)
    )
    leave_words: tuple[str, ...] = setting((), names, Text('a list of names such as ["育儿"]'))
    leave_day: Decimal = setting(  # noqa: RUF009 - a Decimal doesn't change
        Decimal(8), some_hours, Text("hours, more than 0 and up to 24")
    )
    grace: int = setting(0, count(0, 120), Text("minutes, from {least} to {most}", least=0, most=120))
    absent_after: int = setting(30, count(0, 1440), _MINUTES)
    severe_late: str = setting("", one_of("late", "absence"), Text("“late” or “absence”"))
    quota: int = setting(4, count(0, 31), Text("days, from {least} to {most}", least=0, most=31))
    quota_leave: tuple[str, ...] | None = setting(None, names, Text('a list of kinds such as ["事假"]'))
    quota_rests: bool | None = setting(None, yes_no, _YES_NO)
    quota_by: str = setting("", one_of("times", "days"), Text("“times” or “days”"))
    noon: tuple[int, int] = setting((720, 840), two_times, Text('two times such as ["12:00", "14:00"]'))
    hours: HoursSettings = HoursSettings()
