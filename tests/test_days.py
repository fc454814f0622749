"""Times, days, weekdays and numbers as people type them; holidays against a second package and the law's list."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools.days import (
    Calendar,
    MarkedDay,
    UnknownYear,
    month_of,
    read_day,
    read_month,
    read_number,
    read_time,
    read_weekday,
    read_weekdays,
    show_time,
    span,
    statutory_days,
    week_of,
)


def excel(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]


def refuses(read: Callable[..., object], *given: object, **more: object) -> bool:
    try:
        read(*given, **more)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize(("value", "shown"), [
    ("24:00", "24:00"), ("8:30", "08:30"), ("08:30", "08:30"), ("８：３０", "08:30"), ("上午9:00", "09:00"),
    ("下午6:00", "18:00"), ("下午 18:00", "18:00"), ("晚上8点半", "20:30"), ("晚上12点", "24:00"), ("中午1点", "13:00"),
    ("凌晨12:30", "00:30"), ("9点", "09:00"), ("9点钟", "09:00"), ("9时05分", "09:05"), ("9点一刻", "09:15"),
    ("25:10", "25:10"), ("次日1:00", "25:00"), ("1:00（次日）", "25:00"), ("次日凌晨1点", "25:00"),
    ("9:00 AM", "09:00"),
    ("12:00 am", "00:00"), ("12:30 p.m.", "12:30"), ("18:00:00", "18:00"), ("48:00", "48:00"), ("0:00", "00:00"),
    (time(8, 30), "08:30"), (timedelta(days=1), "24:00"), (timedelta(hours=25, minutes=10), "25:10"),
    (timedelta(hours=8, minutes=29, seconds=59, microseconds=999999), "08:30"),
    (1.0, "24:00"), (1, "24:00"), (0.5, "12:00"), (0.354166666666667, "08:30"), (0, "00:00"),
    (excel(1899, 12, 31), "24:00"), (excel(1900, 1, 1), "24:00"), (excel(1900, 1, 1, 1, 30), "25:30"),
    (excel(1899, 12, 30, 9, 0), "09:00"),
])  # fmt: skip
def test_a_time_of_day_is_read(value: object, shown: str) -> None:
    assert show_time(read_time(value)) == shown


@pytest.mark.parametrize("value", [
    "", "9", "早班", "8:60", "48:01", "次日25:00", "上午12:00", "上午13:00", "晚上1点",
    "上午下午3:00", "-1:00", "13:00 AM", 9, 2.5, -0.1, float("nan"), True, None, excel(2026, 11, 9, 8, 30),
    timedelta(hours=49), timedelta(hours=-1),
])  # fmt: skip
def test_what_is_no_time_is_refused(value: object) -> None:
    assert refuses(read_time, value)


@given(st.integers(0, 2880))
def test_every_minute_comes_back(minutes: int) -> None:
    assert read_time(show_time(minutes)) == minutes
    assert read_time(minutes / 1440) == minutes
    assert read_time(timedelta(minutes=minutes)) == minutes


@pytest.mark.parametrize("value", [
    date(2026, 11, 9), excel(2026, 11, 9, 8, 30), "2026-11-09", "2026/11/9", "2026.11.9", "2026年11月9日", "20261109",
    "２０２６－１１－０９", "2026年 11月 9日", "2026-11-09(周一)", "2026-11-09（星期一）", "2026-11-09 Mon",
    "2026-11-09 00:00:00", "2026-11-09T00:00:00", 20261109, 46335, 46335.0, "11/9", "11-09（周一）", "11/9 周一", "11月9日", "11月9号", "11.9",
])  # fmt: skip
def test_a_day_is_read(value: object) -> None:
    assert read_day(value, near=date(2026, 9, 1)) == date(2026, 11, 9)


@pytest.mark.parametrize("value", [
    "", "2026-02-30", "2026-13-01", "2月30日", "26-11-09", "2026-11/09", "11-09(周二)", "2026-11-09 08:30", "明天",
    "46335", 9, 39999, 60001, 46335.5, float("nan"), float("inf"), True, None,
])  # fmt: skip
def test_what_is_no_day_is_refused(value: object) -> None:
    assert refuses(read_day, value, near=date(2026, 9, 1))


def test_a_day_without_a_year_is_the_nearest_one() -> None:
    assert read_day("1/3", near=date(2026, 12, 28)) == date(2027, 1, 3)
    assert read_day("12月30日", near=date(2026, 1, 2)) == date(2025, 12, 30)
    assert read_day("2/29", near=date(2027, 6, 1)) == date(2028, 2, 29)
    assert refuses(read_day, "11/9")
    assert refuses(read_day, "2/29", near=date(2026, 6, 1))


@pytest.mark.parametrize(("text", "number"), [
    ("周一", 0), ("星期三", 2), ("礼拜天", 6), ("周日", 6), ("一", 0), ("天", 6), ("周５", 4), ("7", 6),
    ("Mon", 0), ("sunday", 6), ("Thurs.", 3),
])  # fmt: skip
def test_a_weekday_is_read(text: str, number: int) -> None:
    assert read_weekday(text) == number


@pytest.mark.parametrize(("text", "numbers"), [
    ("周一、周三-周五", {0, 2, 3, 4}), ("周一 至 周三，周日", {0, 1, 2, 6}), ("周五~周一", {4, 5, 6, 0}),
    ("周六日", {5, 6}), ("一三五", {0, 2, 4}), ("工作日", {0, 1, 2, 3, 4}), ("周末;周一", {5, 6, 0}), ("Mon, Wed-Fri", {0, 2, 3, 4}),
    ("每天", set(range(7))),
])  # fmt: skip
def test_weekdays_are_read(text: str, numbers: set[int]) -> None:
    assert read_weekdays(text) == numbers


@pytest.mark.parametrize("text", ["", "、", "周八", "周一-", "周一、节日", "8", "0", "mo"])
def test_what_is_no_weekday_is_refused(text: str) -> None:
    assert refuses(read_weekdays, text)


def test_spans_weeks_and_months() -> None:
    assert span(date(2026, 10, 31), date(2026, 11, 2)) == (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 2))
    assert span(date(2026, 11, 2), date(2026, 11, 1)) == ()
    assert week_of(date(2026, 11, 15)) == (date(2026, 11, 9), date(2026, 11, 15))
    assert month_of(date(2028, 2, 10)) == (date(2028, 2, 1), date(2028, 2, 29))


@pytest.mark.parametrize(
    "value", ["2026-11", "2026/11", "２０２６年１１月", "202611", "2026.11", date(2026, 11, 7), excel(2026, 11, 1)]
)
def test_a_month_is_read(value: object) -> None:
    assert read_month(value) == (date(2026, 11, 1), date(2026, 11, 30))


@pytest.mark.parametrize("value", ["2026-13", "2026-00", "11月", "2026", "", None])
def test_what_is_no_month_is_refused(value: object) -> None:
    assert refuses(read_month, value)


@pytest.mark.parametrize(("value", "number"), [
    ("0.5", "0.5"), ("0。5", "0.5"), ("０。５", "0.5"), ("1,234.50", "1234.50"), ("１，２３４", "1234"), ("-3", "-3"),
    ("－3", "-3"), (".5", "0.5"), (7, "7"), (0.1 + 0.2, "0.3"), (1e21, "1e21"), (Decimal("1.10"), "1.10"),
])  # fmt: skip
def test_a_number_is_read_exactly(value: object, number: str) -> None:
    assert read_number(value) == Decimal(number)


@pytest.mark.parametrize(
    "value",
    ["", "一", "1,5", "1.2.3", "50%", "3元", "1e5", "nan", float("nan"), float("inf"), Decimal("nan"), True, None],
)
def test_what_is_no_number_is_refused(value: object) -> None:
    assert refuses(read_number, value)


# --- holidays ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", range(2020, 2027))
def test_holidays_agree_with_a_second_package(year: int) -> None:
    other = holidays.country_holidays("CN", years=year, language="en_US")
    mine = Calendar()
    for day in span(date(year, 1, 1), date(year, 12, 31)):
        assert mine.is_workday(day) == other.is_working_day(day), day
        named = [part for part in other.get(day, "").split("; ") if part]
        legal = [
            part
            for part in named
            if not part.startswith("Day off") and not part.endswith(("(observed)", "Extended Holiday"))
        ]
        assert mine.is_statutory(day) == bool(legal), day


def test_the_statutory_days_of_2026_are_the_laws() -> None:
    days = {f"{day:%m-%d}" for day in statutory_days(2026)}
    assert days == {
        "01-01", "02-16", "02-17", "02-18", "02-19", "04-05", "05-01", "05-02", "06-19", "09-25",
        "10-01", "10-02", "10-03",
    }  # fmt: skip
    assert [len(statutory_days(year)) for year in range(2020, 2027)] == [10, 11, 11, 11, 11, 13, 13]


def test_the_make_up_days_of_2026_are_workdays_and_still_weekends() -> None:
    worked = [
        day for day in span(date(2026, 1, 1), date(2026, 12, 31)) if day.weekday() >= 5 and Calendar().is_workday(day)
    ]
    assert [f"{day:%m-%d}" for day in worked] == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]
    assert all(
        Calendar().is_weekend(day) and not Calendar().is_holiday(day) and not Calendar().name(day) for day in worked
    )


def test_a_holiday_has_a_name_and_a_plain_weekend_has_none() -> None:
    calendar = Calendar()
    saturday_in, plain = date(2026, 2, 21), date(2026, 11, 7)
    assert (calendar.is_holiday(saturday_in), calendar.is_statutory(saturday_in), calendar.name(saturday_in)) == (
        True,
        False,
        "春节",
    )
    assert (calendar.is_rest_day(plain), calendar.is_holiday(plain), calendar.name(plain)) == (True, False, "")


def test_an_unknown_year_is_refused_and_never_guessed() -> None:
    calendar = Calendar({date(2027, 2, 10): MarkedDay("rest", "春节")})
    assert not calendar.known(2027)
    assert calendar.is_weekend(date(2027, 1, 2))
    for ask in (calendar.is_workday, calendar.is_rest_day, calendar.is_statutory, calendar.is_holiday, calendar.name):
        with pytest.raises(UnknownYear, match="2027") as caught:
            ask(date(2027, 2, 10))
        assert caught.value.exit_code == 3
    with pytest.raises(UnknownYear):
        Calendar().is_workday(date(2019, 5, 6))


def test_a_year_entered_by_the_desk_is_known() -> None:
    eve = {date(2027, 1, 1): MarkedDay("statutory", "元旦"), date(2027, 1, 3): MarkedDay("work"),
           date(2027, 1, 4): MarkedDay("rest")}  # fmt: skip
    assert not Calendar(eve).known(2027)  # one festival is not the year's
    with pytest.raises(UnknownYear, match="现在只有 1 天"):
        Calendar(eve).is_rest_day(date(2027, 5, 1))
    others = "02-05 02-06 02-07 02-08 04-05 05-01 05-02 06-09 09-15 10-01 10-02 10-03"
    calendar = Calendar(eve | {date.fromisoformat(f"2027-{day}"): MarkedDay("statutory") for day in others.split()})
    days = span(date(2027, 1, 1), date(2027, 1, 5))
    assert calendar.known(2027)
    assert [calendar.is_rest_day(day) for day in days] == [True, True, False, True, False]
    assert [calendar.is_holiday(day) for day in days] == [True, False, False, False, False]
    assert [calendar.name(day) for day in days] == ["元旦", "", "", "", ""]


def test_the_desks_rows_win_and_a_statutory_day_taken_away_is_told() -> None:
    eve = date(2026, 10, 1)
    calendar = Calendar({eve: MarkedDay("work", "店庆"), date(2026, 11, 9): MarkedDay("rest", "店休")})
    assert (calendar.is_workday(eve), calendar.is_statutory(eve)) == (True, False)
    assert (calendar.is_holiday(date(2026, 11, 9)), calendar.name(date(2026, 11, 9))) == (True, "店休")
    assert calendar.taken_away() == (eve,)
