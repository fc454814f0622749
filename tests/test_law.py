"""The labour law, with figures that can be worked out by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cstools.days import UnknownYear
from cstools.people import Person
from cstools.roster.inputs import Meeting
from cstools.roster.problem import Problem
from cstools.roster.roster import Roster
from cstools.roster.rule import Breach, Rule, Strength
from cstools.roster.rules import all_rules
from cstools.roster.rules.law_holiday import LawHoliday
from cstools.roster.rules.law_hours import LawHours
from cstools.roster.rules.law_overtime import LawOvertime
from cstools.roster.rules.law_rest_day import LawRestDay
from cstools.roster.scope import EVERYBODY
from cstools.shifts import Duty, Shift, ShiftBook
from cstools.team.leave import Leave

SHIFTS = ShiftBook.of([Shift("白", "白班", 510, 1050, 480), Shift("长", "连班", 510, 1230, 660)])


def worked(first: date, row: str, past: str = "", leaves: tuple[Leave, ...] = ()) -> Roster:
    """One person's days from ``first`` on, a letter each, "-" for a day off; ``past`` lies just before them."""

    def duties(start: date, letters: str) -> list[Duty]:
        return [Duty(start + timedelta(days=nth), code, "1") for nth, code in enumerate(letters) if code != "-"]

    before = first - timedelta(days=len(past))
    problem = Problem(
        tuple(first + timedelta(days=nth) for nth in range(len(row))),
        (Person("1", "王芳"),),
        SHIFTS,
        leaves=leaves,
        past=frozenset(duties(before, past)),
        past_days=frozenset(before + timedelta(days=nth) for nth in range(len(past))),
    )
    return Roster(problem, duties(first, row))


def found(rule: Rule, roster: Roster) -> list[Breach]:
    return list(rule.check(roster, EVERYBODY))


def figures(rule: Rule, roster: Roster, *names: str) -> list[tuple[object, ...]]:
    """The amounts and the figures told of each breach."""
    return [(breach.amount, *(breach.text.params[name] for name in names)) for breach in found(rule, roster)]


def test_the_law_is_only_watched_unless_a_desk_says_more() -> None:
    laws = [rule for name, rule in all_rules().items() if name.startswith("law_")]
    assert len(laws) == 4
    assert {rule.default for rule in laws} == {Strength.WATCH}


def test_six_days_of_eight_hours_are_8_over_40_and_4_over_44() -> None:
    week = worked(date(2026, 11, 9), "白白白白白白-")
    assert figures(LawHours(), week, "paid", "over", "more") == [(8, "48", "8", "4")]


def test_43_hours_are_over_40_only_and_40_are_within() -> None:
    assert figures(LawHours(), worked(date(2026, 11, 9), "白白白白长--"), "paid", "more") == [(3, "43", None)]
    assert not found(LawHours(), worked(date(2026, 11, 9), "白白白白白--"))


def test_a_week_that_began_before_the_roster_counts_whole() -> None:
    assert figures(LawHours(), worked(date(2026, 11, 12), "白白白", past="白白白"), "paid") == [(8, "48")]
    assert not found(LawHours(), worked(date(2026, 11, 12), "白白白"))  # three unknown days are no hours


def test_the_week_ends_on_sunday() -> None:
    assert not found(LawHours(), worked(date(2026, 11, 11), "白白白白白白白白"))


def test_an_hour_begun_counts_and_a_meeting_outside_the_shift_is_worked() -> None:
    roster = worked(date(2026, 11, 9), "白白白白白--")
    meeting = Meeting("例会", date(2026, 11, 9), 1050, 1080, frozenset({"1"}))
    roster = Roster(replace(roster.problem, meetings=(meeting,)), roster.duties)
    assert figures(LawHours(), roster, "paid", "over") == [(1, "40.5", "0.5")]


def test_overtime_is_what_exceeds_eight_hours_a_workday() -> None:
    november = "".join("-" if date(2026, 11, 1 + nth).weekday() == 6 else "白" for nth in range(30))
    # 25 days of 8 h against 21 workdays of 8 h: 32 h of overtime
    assert not found(LawOvertime(), worked(date(2026, 11, 1), november))
    # one day of 11 h instead of 8 h: 35 h; two: 38 h, 2 h too many
    assert not found(LawOvertime(), worked(date(2026, 11, 1), november.replace("白", "长", 1)))
    longer = worked(date(2026, 11, 1), november.replace("白", "长", 2))
    assert figures(LawOvertime(), longer, "paid", "standard", "overtime", "over") == [(2, "206", "168", "38", "2")]


def test_overtime_knows_make_up_days_statutory_days_and_leave() -> None:
    # of the 5th to the 11th the first three are off for the holiday, Saturday the 10th is a make-up day: 8th, 9th, 10th
    roster = worked(date(2026, 10, 5), "白白白白白白白")
    strict = LawOvertime(at_most=0)
    assert figures(strict, roster, "paid", "standard") == [(32, "56", "24")]
    leave = Leave("1", date(2026, 10, 8), date(2026, 10, 8))
    assert figures(strict, worked(date(2026, 10, 5), "---白白白-", leaves=(leave,)), "standard") == [(8, "16")]


def test_the_months_past_counts_and_last_months_does_not() -> None:
    strict = LawOvertime(at_most=8 * 60)
    assert figures(strict, worked(date(2026, 11, 8), "白", past="白" * 7), "paid", "over") == [(16, "64", "16")]
    assert not found(strict, worked(date(2026, 11, 1), "白", past="白" * 7))


def test_no_rest_day_in_seven_counts_each_day_too_many() -> None:
    monday = date(2026, 11, 9)
    assert not found(LawRestDay(), worked(monday, "白白白白白白-白"))
    assert figures(LawRestDay(), worked(monday, "白" * 9 + "-"), "count") == [(3, 9)]
    assert figures(LawRestDay(), worked(monday, "白白-", past="白白白白白"), "count", "first") == [
        (1, 7, date(2026, 11, 4)),
    ]
    assert len(found(LawRestDay(), worked(monday, "白" * 7 + "-" + "白" * 7))) == 2


def test_work_on_the_statutory_days_only() -> None:
    national = worked(date(2026, 9, 30), "白白白白白白白白长")
    assert figures(LawHoliday(), national, "hours") == [(1, "8")] * 3
    assert [breach.place.days for breach in found(LawHoliday(), national)] == [
        (date(2026, 10, nth),) for nth in (1, 2, 3)
    ]  # fmt: skip
    assert str(found(LawHoliday(), national)[0].text.params["holiday"]) == "国庆节"


def test_an_unknown_year_is_refused() -> None:
    with pytest.raises(UnknownYear):
        found(LawHoliday(), worked(date(2027, 1, 1), "白"))
