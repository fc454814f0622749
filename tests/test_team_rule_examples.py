"""What the rules on people of one day find, by example: who is with whom, at which post, at which meal or meeting."""

from dataclasses import replace
from datetime import date

import pytest

from cstools.dated import Dated
from cstools.people import Person, Terms
from cstools.roster.inputs import Demand, Meeting
from cstools.roster.problem import Problem
from cstools.roster.roster import Roster
from cstools.roster.rule import Rule
from cstools.roster.rules.apart import Apart
from cstools.roster.rules.cover_maximum import CoverMaximum
from cstools.roster.rules.cover_target import CoverTarget
from cstools.roster.rules.meals import Meals
from cstools.roster.rules.meeting import Meeting as Meetings
from cstools.roster.rules.mentor import Mentor
from cstools.roster.rules.posts import Posts
from cstools.roster.rules.senior import Senior
from cstools.roster.rules.together import Together
from cstools.roster.scope import EVERYBODY, Scope
from cstools.shifts import DAY, Duty, Shift, ShiftBook
from cstools.team.leave import Leave

DAY_ONE = date(2026, 11, 2)
NOON, HALF_PAST, ONE = (720, 750), (750, 780), (780, 810)
LONG = (735, 765)  # lies across NOON and HALF_PAST
SHIFTS = ShiftBook.of(
    [
        Shift("白", "白班", 540, 1080, 480, meals=(NOON, HALF_PAST, ONE)),
        Shift("中", "中班", 600, 1140, 450, meals=(LONG,)),
        Shift("晚", "晚班", 1080, DAY, 360),
    ]
)
TEAM = (
    Person("A", "甲", Dated.always(Terms(frozenset({"组长"}), group="一组"))),
    Person("B", "乙", Dated.always(Terms(mentor="A")), probation_until=DAY_ONE),
    Person("C", "丙", Dated.always(Terms(contract="兼职"))),
)
PROBLEM = Problem((DAY_ONE,), TEAM, SHIFTS)
Found = list[tuple[str, int]]


def made(shifts: str, problem: Problem = PROBLEM, **meals: tuple[int, int]) -> Roster:
    """A day's roster: the letters of A, B, C, 休 off, and by their numbers the meals that they take."""
    return Roster(
        problem,
        [
            Duty(DAY_ONE, code, person, meal=meals.get(person))
            for person, code in zip("ABC", shifts, strict=True)
            if code != "休"
        ],
    )


def found(rule: Rule, roster: Roster, scope: Scope = EVERYBODY) -> Found:
    """Whom each breach names, and its amount."""
    breaches = list(rule.check(roster, scope))
    assert all("{" not in str(breach.text) and breach.place.days == (DAY_ONE,) for breach in breaches)
    return [("".join(breach.place.people), breach.amount) for breach in breaches]


@pytest.mark.parametrize(
    ("rule", "scope", "shifts", "expected"),
    [
        (Senior(), EVERYBODY, "白白晚", [("C", 1)]),
        (Senior(at_least=2), EVERYBODY, "白白休", [("AB", 1)]),
        (Senior(shifts=("白",)), EVERYBODY, "白白晚", []),
        # Only part-timers need one with them; anybody's presence will do.
        (Senior(), Scope(contracts=frozenset({"兼职"})), "休白休", []),
        (Senior(), Scope(contracts=frozenset({"兼职"})), "白休白", []),
        (Senior(), Scope(contracts=frozenset({"兼职"})), "休白白", [("C", 1)]),
        (Mentor(), EVERYBODY, "白白休", []),
        (Mentor(), EVERYBODY, "中白休", [("BA", 1)]),
        (Mentor(), EVERYBODY, "休白休", [("BA", 1)]),
        (Mentor(overlap="overlap"), EVERYBODY, "中白休", []),
        (Mentor(overlap="overlap"), EVERYBODY, "白晚休", [("BA", 1)]),  # one ends where the other begins
        (Mentor(overlap="overlap"), EVERYBODY, "晚白休", [("BA", 1)]),
        (Mentor(overlap="overlap"), EVERYBODY, "中晚休", []),
        (Apart(), EVERYBODY, "白白白", [("ABC", 2)]),
        (Apart(shifts=("晚",)), EVERYBODY, "白白晚", []),
        (Apart(), Scope(people=frozenset({"A", "C"})), "白白晚", []),
        (Together(), EVERYBODY, "白休白", []),
        (Together(), EVERYBODY, "白晚中", [("ABC", 2)]),
        (Together(rest_too=True), EVERYBODY, "白休白", [("ABC", 1)]),
        (Together(rest_too=True), EVERYBODY, "休休休", []),
    ],
)  # fmt: skip
def test_who_is_with_whom(rule: Rule, scope: Scope, shifts: str, expected: Found) -> None:
    assert found(rule, made(shifts), scope) == expected


def test_a_mentor_binds_until_the_probation_ends_and_while_employed() -> None:
    later = replace(PROBLEM, people=(TEAM[0], replace(TEAM[1], probation_until=date(2026, 11, 1)), TEAM[2]))
    gone = replace(PROBLEM, people=(replace(TEAM[0], left=date(2026, 11, 1)), *TEAM[1:]))
    assert found(Mentor(), made("休白休", later)) == []
    assert found(Mentor(), made("休白休", gone)) == []


def test_leave_is_no_reason_for_the_others_to_rest() -> None:
    away = replace(PROBLEM, leaves=(Leave("B", DAY_ONE, DAY_ONE),))
    assert found(Together(rest_too=True), made("白休白", away)) == []


@pytest.mark.parametrize(
    ("leave", "rule", "shifts", "expected"),
    [
        (None, Meetings(), "白晚休", [("C", 1)]),
        (None, Meetings(within=True), "白晚白", [("B", 1)]),
        (None, Meetings(within=True), "中中中", []),
        ("", Meetings(), "白白休", []),
        ("am", Meetings(), "白白休", []),
        ("pm", Meetings(), "白白休", [("C", 1)]),  # the meeting ends at noon
    ],
)
def test_meetings_call_in_all_who_are_not_on_leave_then(
    leave: str | None,
    rule: Rule,
    shifts: str,
    expected: Found,
) -> None:
    problem = replace(
        PROBLEM,
        meetings=(Meeting("例会", DAY_ONE, 660, 720, frozenset("ABC")),),
        leaves=() if leave is None else (Leave("C", DAY_ONE, DAY_ONE, leave),),
    )
    assert found(rule, made(shifts, problem)) == expected


def test_meals_that_overlap_count_together_once() -> None:
    assert found(Meals(at_most=1), made("白白白", A=NOON, B=HALF_PAST, C=ONE)) == []
    assert found(Meals(at_most=1), made("白白白", A=NOON, B=NOON, C=NOON)) == [("ABC", 2)]
    assert found(Meals(at_most=1), made("白中休", A=NOON, B=LONG)) == [("BA", 1)]
    assert found(Meals(at_most=1), made("白中休", A=ONE, B=LONG)) == []


def test_a_person_holds_few_posts() -> None:
    roster = Roster(
        PROBLEM,
        [Duty(DAY_ONE, "晚", "A", ("主旺旺", "值日", "副旺旺")), Duty(DAY_ONE, "晚", "B", ("主旺旺",))],
    )
    assert found(Posts(), roster) == [("A", 2)]
    assert found(Posts(posts=("主旺旺", "副旺旺")), roster) == [("A", 1)]
    assert found(Posts(posts=("主旺旺",)), roster) == []


def test_targets_and_maxima_weigh_each_person() -> None:
    demand = Demand(DAY_ONE, ("白",), target=3, maximum=1, short=2, surplus=3)
    few = replace(PROBLEM, demands=(demand,))
    assert found(CoverTarget(), made("白休休", few)) == [("", 4)]
    assert found(CoverMaximum(), made("白白白", few)) == [("", 6)]
    assert found(CoverTarget(), made("休休休", replace(few, demands=(replace(demand, target=None),)))) == []


def test_in_a_window_the_fullest_moment_is_held_to_the_maximum() -> None:
    window = Demand(DAY_ONE, window=(570, 660), maximum=1)
    problem = replace(PROBLEM, demands=(window,))
    assert found(CoverMaximum(), made("白中中", problem)) == [("", 2)]
    assert found(CoverMaximum(), made("白休晚", problem)) == []
