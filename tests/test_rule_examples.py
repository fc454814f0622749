"""What the rules on one person's days find, by example.

A row is a person's days, 休 off, ? unknown, the days before the roster in front of the bar. What is found is given as
the first and last day (0 is the roster's first) and the amount.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cstools.dated import Dated
from cstools.people import Person, Terms
from cstools.roster.inputs import Fixed, Wish
from cstools.roster.problem import Problem
from cstools.roster.roster import Roster
from cstools.roster.rule import Rule
from cstools.roster.rules.employment import Employment
from cstools.roster.rules.fixed import FixedCells
from cstools.roster.rules.forward import Forward
from cstools.roster.rules.hours import Hours
from cstools.roster.rules.leave import OnLeave
from cstools.roster.rules.rest import Rest
from cstools.roster.rules.rest_days import RestDays
from cstools.roster.rules.rest_in_seven import RestInSeven
from cstools.roster.rules.run import DaysInARow
from cstools.roster.rules.run_off import DaysOffInARow
from cstools.roster.rules.same_shift import SameShift
from cstools.roster.rules.sequence import ForbiddenSequence
from cstools.roster.rules.shift_count import ShiftCount
from cstools.roster.rules.skilled import Skilled
from cstools.roster.rules.weekends import Weekends
from cstools.roster.rules.whole_weekends import WholeWeekends
from cstools.roster.rules.wishes import Wishes
from cstools.roster.scope import EVERYBODY, Scope
from cstools.shifts import DAY, Duty, Shift, ShiftBook
from cstools.team.leave import Leave

MONDAY = date(2026, 11, 2)  # the day before is a Sunday and the month's first day
SATURDAY = date(2026, 10, 31)
SHIFTS = ShiftBook.of(
    [
        Shift("白", "白班", 540, 1080, 480, "日班", meals=((720, 750), (750, 780))),
        Shift("中", "中班", 600, 1140, 450, "日班"),
        Shift("晚", "晚班", 960, DAY, 450, "晚班"),
        Shift("夜", "夜班", DAY, DAY + 480, 480, "晚班", frozenset({"组长", "老员工"})),
    ]
)

Found = list[tuple[int, int, int]]


def made(row: str, first: date = MONDAY, person: Person | None = None) -> Roster:
    """The problem and roster that a row of days says."""
    past, now = row.split("|")
    days = {first + timedelta(days=nth): code for nth, code in enumerate(past + now, -len(past))}
    duties = {Duty(day, code, "A") for day, code in days.items() if code not in "休?"}
    horizon = tuple(day for day in days if day >= first)
    known = frozenset(day for day, code in days.items() if day < first and code != "?")
    before = frozenset(duty for duty in duties if duty.day < first)
    problem = Problem(horizon, (person or Person("A", "甲"),), SHIFTS, past=before, past_days=known)
    return Roster(problem, duties - before)


def found(rule: Rule, roster: Roster, scope: Scope = EVERYBODY) -> Found:
    first = roster.problem.days[0]
    breaches = list(rule.check(roster, scope))
    assert all("{" not in str(breach.text) and breach.place.people == ("A",) for breach in breaches)
    return [
        ((breach.place.days[0] - first).days, (breach.place.days[-1] - first).days, breach.amount)
        for breach in breaches
    ]


@pytest.mark.parametrize(
    ("rule", "row", "expected"),
    [
        # The past counts; of what is too much, the days in the roster.
        (DaysInARow(at_most=3), "休白白|白白休", [(-2, 1, 1)]),
        (DaysInARow(at_most=3), "白白白白白|白白", [(-5, 1, 2)]),
        (DaysInARow(at_most=3), "?白|白白休白白白", []),
        # A run is too short only where both its ends are known; one that the roster cuts off is, too.
        (DaysInARow(3, None), "休|白白休白", [(0, 1, 1)]),
        (DaysInARow(3, None), "?|白休白白", []),
        (DaysInARow(3, None), "?白|休白白", []),
        (DaysInARow(3, None), "休白|休白白", [(-1, -1, 2)]),
        (DaysOffInARow(2, None), "白|休白白休", [(0, 0, 1)]),
        (DaysOffInARow(2, None), "白休|白", [(-1, -1, 1)]),
        (DaysOffInARow(at_most=1), "白休|休休白休休", [(-1, 1, 2), (3, 4, 1)]),
        (RestInSeven(), "白白白白白白|白休", [(-6, 0, 1)]),
        (RestInSeven(), "?白白白白白|白休", []),
        (RestInSeven(), "|白白白白白白休白白白白白白白", [(7, 13, 1)]),
        # Two days off in seven: the first window has only one day left to give, the second two.
        (RestInSeven(7, 2), "白白白白白白|白白", [(-6, 0, 1), (-5, 1, 2)]),
        (ForbiddenSequence((("晚", "白"),)), "晚|白晚休白", [(-1, 0, 1)]),
        (ForbiddenSequence((("夜", "休", "日班"),)), "夜休|中夜休晚", [(-2, 0, 1)]),
        (ForbiddenSequence((("任", "off", "任意"),)), "夜?|中休白", [(0, 2, 1)]),
        (ForbiddenSequence((("休", "晚"),)), "?|晚", []),
        (Forward(), "晚|白白中中晚夜休白", [(-1, 0, 1)]),
        (Forward(60), "|中白夜中", [(2, 3, 1)]),
        (SameShift(), "白|中中休晚", [(-1, 0, 1)]),
        (SameShift("kind"), "白|中晚夜休白", [(0, 1, 1)]),
        (Rest(11 * 60), "晚|白晚中", [(-1, 0, 1), (1, 2, 1)]),
        (Skilled(), "|夜白", [(0, 0, 1)]),
    ],
)
def test_days_and_what_follows_them(rule: Rule, row: str, expected: Found) -> None:
    assert found(rule, made(row)) == expected


@pytest.mark.parametrize(
    ("rule", "first", "row", "expected"),
    [
        # A week of 24 h at most, two days of 8 h gone: three more are 24 h over 8 h, and 7.5 h begun is paid for whole.
        (Hours("week", None, 24 * 60), MONDAY, "|白白白中", [(0, 3, 8)]),
        (Hours("week", None, 24 * 60), MONDAY + timedelta(days=2), "白白|白白白", [(0, 2, 16)]),
        (Hours("day", None, 450), MONDAY, "|白中", [(0, 0, 1)]),
        # 21 h in the week; in its first three of seven days a third of 9 h is already due.
        (Hours("week", 21 * 60), MONDAY, "|中休休", [(0, 2, 2)]),
        (Hours("horizon", 21 * 60), MONDAY, "|中中休", [(0, 2, 6)]),
        (ShiftCount(("晚班",), "month", None, 1), MONDAY, "晚|晚白夜", [(0, 2, 2)]),
        (ShiftCount(("晚",), "week", 1), MONDAY, "|白白白", []),
        # Six days of seven: most of the quota is due, which is all of one.
        (ShiftCount(("晚",), "week", 1), MONDAY, "|白白白白白白", [(0, 5, 1)]),
        (ShiftCount(("晚",), "week", 1), MONDAY, "|白白白白白白白", [(0, 6, 1)]),
        (ShiftCount((), "horizon", 3), MONDAY, "|白休休晚", [(0, 3, 1)]),
        (RestDays("week", 1), MONDAY, "|白白白白白白白", [(0, 6, 1)]),
        (RestDays("week", None, 1), MONDAY + timedelta(days=2), "休休|休", [(0, 0, 1)]),
        # Saturday the 31st and Sunday the 1st are one weekend, and October's.
        (Weekends("month", 1), SATURDAY, "|白白休休休休休白休休休休休休休白", [(7, 15, 1)]),
        (Weekends("month", 0), SATURDAY, "|白", [(0, 0, 1)]),
        (Weekends("month", 1), SATURDAY + timedelta(days=1), "白|白", []),
        (Weekends("month", 1), SATURDAY + timedelta(days=1), "白" + "休" * 6 + "休|白", [(0, 0, 1)]),
        (Weekends("horizon", 1), SATURDAY, "|白白休休休休休休白", [(0, 8, 1)]),
        (WholeWeekends(), SATURDAY, "|白休休休休休休白白休休休休休白白", [(0, 1, 1)]),
        (WholeWeekends(), SATURDAY + timedelta(days=1), "休|白", [(-1, 0, 1)]),
        (WholeWeekends(), SATURDAY + timedelta(days=1), "?|白", []),
    ],
)
def test_weeks_months_and_weekends(rule: Rule, first: date, row: str, expected: Found) -> None:
    assert found(rule, made(row, first)) == expected


def test_a_rule_holds_on_the_last_day_of_what_breaks_it() -> None:
    tuesdays = Scope(weekdays=frozenset({1}))
    assert found(DaysInARow(at_most=1), made("白|白白白"), tuesdays) == [(-1, 2, 1)]
    assert found(ForbiddenSequence((("白", "中"),)), made("白|中白中"), tuesdays) == []


def test_leave_forbids_shifts_that_reach_into_it() -> None:
    roster = made("|白晚白晚白")
    leaves = (
        Leave("A", MONDAY, MONDAY + timedelta(days=1), "am"),
        Leave("A", MONDAY + timedelta(days=2), MONDAY + timedelta(days=2), "pm"),
        Leave("A", MONDAY + timedelta(days=4), MONDAY + timedelta(days=9), approved=False),
        Leave("B", MONDAY, MONDAY + timedelta(days=9)),
    )
    roster = Roster(replace(roster.problem, leaves=leaves), roster.duties)
    assert found(OnLeave(), roster) == [(0, 0, 1), (2, 2, 1), (4, 4, 1)]
    assert found(OnLeave(unapproved=False), roster) == [(0, 0, 1), (2, 2, 1)]
    assert found(OnLeave(noon=16 * 60), roster) == [(0, 0, 1), (2, 2, 1), (4, 4, 1)]
    assert found(OnLeave(noon=17 * 60, unapproved=False), roster) == [(0, 0, 1), (1, 1, 1), (2, 2, 1)]


def test_wishes_cost_what_they_weigh() -> None:
    roster = made("|白晚休夜")
    wishes = (
        Wish("A", MONDAY, on=False, weight=3),
        Wish("A", MONDAY + timedelta(days=1), on=True, shifts=("日班",), weight=2),
        Wish("A", MONDAY + timedelta(days=2), on=True),
        Wish("A", MONDAY + timedelta(days=3), on=False, shifts=("晚", "白")),
    )
    roster = Roster(replace(roster.problem, wishes=wishes), roster.duties)
    assert found(Wishes(), roster) == [(0, 0, 3), (1, 1, 2), (2, 2, 1)]


def test_fixed_cells_keep_their_shift_posts_and_meal() -> None:
    roster = made("|白白白休")
    days = roster.problem.days
    cells = (
        Fixed("A", days[0], "晚"),
        Fixed("A", days[1], "白", ("主旺旺",)),
        Fixed("A", days[2], "白", (), (720, 750)),
        Fixed("A", days[3], ""),
    )
    duties = {replace(duty, posts=("主旺旺",), meal=(750, 780)) for duty in roster.duties}
    problem = replace(roster.problem, fixed=cells)
    assert found(FixedCells(), Roster(problem, duties)) == [(0, 0, 1), (2, 2, 1)]
    assert found(FixedCells(), Roster(problem, roster.duties)) == [(0, 0, 1), (1, 1, 1), (2, 2, 1)]
    assert found(FixedCells(), Roster(problem, roster.duties, detailed=False)) == [(0, 0, 1)]
    assert found(FixedCells(), Roster(problem, ())) == [(0, 0, 1), (1, 1, 1), (2, 2, 1)]


def test_people_work_from_the_day_they_join_to_the_day_they_leave() -> None:
    person = Person("A", "甲", hired=MONDAY + timedelta(days=1), left=MONDAY + timedelta(days=2))
    assert found(Employment(), made("|白白白白", person=person)) == [(0, 0, 1), (3, 3, 1)]
    # Days before joining are no days off, and a run that leaving cuts is not too short.
    assert found(DaysOffInARow(at_most=0), made("|休白白休", person=person)) == []
    assert found(DaysInARow(3, None), made("休|休白白休", person=person)) == []


def test_a_shift_takes_any_one_of_its_skills_as_they_are_that_day() -> None:
    terms = Dated.since([(None, Terms()), (MONDAY + timedelta(days=1), Terms(frozenset({"老员工"})))])
    assert found(Skilled(), made("|夜夜", person=Person("A", "甲", terms))) == [(0, 0, 1)]


def test_a_quota_for_some_weekdays_is_whole_and_one_for_part_of_a_month_is_not() -> None:
    weekends = Scope(weekdays=frozenset({5, 6}))
    assert found(RestDays("week", 1), made("|休白白白白白白"), weekends) == [(5, 6, 1)]
    assert found(RestDays("week", 2), made("|白白白白白白休"), Scope(first=MONDAY + timedelta(days=3))) == []


def test_a_monthly_minimum_is_spread_over_what_is_left_and_met_in_full_at_the_end() -> None:
    four = RestDays("month", 4)
    # One of four days had; 3 are owed in 21 days: one in this week, and two of two in the last two days.
    assert found(four, made("休白白白白白白白白|白白白白白白白", date(2026, 11, 10))) == [(0, 6, 1)]
    assert found(four, made("休休" + "白" * 26 + "|白白", date(2026, 11, 29))) == [(0, 1, 2)]
    # Who joins in the middle owes half.
    newcomer = Person("A", "甲", hired=date(2026, 11, 16))
    assert found(four, made("|" + "白" * 15, date(2026, 11, 16), newcomer)) == [(0, 14, 2)]
