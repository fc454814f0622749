"""Fair shares, on small teams where a lead sees at a glance what is fair."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from cstools.dated import Dated
from cstools.people import Person, Terms
from cstools.roster.inputs import Demand
from cstools.roster.problem import Problem
from cstools.roster.result import Limits
from cstools.roster.roster import Roster
from cstools.roster.rule import Rule, Stated, Strength
from cstools.roster.rules.cover_maximum import CoverMaximum
from cstools.roster.rules.cover_minimum import CoverMinimum
from cstools.roster.rules.fair import Fair
from cstools.roster.scope import Scope
from cstools.roster.solve import solve
from cstools.shifts import Duty, Shift, ShiftBook
from cstools.team.leave import Leave

MONDAY = date(2026, 11, 2)
SHIFTS = ShiftBook.of([Shift("白", "白班", 510, 1020, 480), Shift("晚", "晚班", 990, 1440, 450)])
TEAM = ("甲", "乙", "丙")
EVENINGS = Fair(of="shifts", shifts=("晚",))


def week(people: Mapping[str, str], first: date = MONDAY) -> list[Duty]:
    """Duties of each person from a row of letters, a day each, "-" for a day off and "主" for 白 with the main account."""
    return [
        Duty(
            first + timedelta(days=nth), "白" if letter == "主" else letter, name, ("主旺旺",) if letter == "主" else ()
        )
        for name, row in people.items()
        for nth, letter in enumerate(row)
        if letter != "-"
    ]


def problem(days: int, past: Mapping[str, str] | None = None, names: tuple[str, ...] = TEAM) -> Problem:
    """A problem from MONDAY on, whose past is the rows' days just before."""
    back = max(map(len, (past or {}).values()), default=0)
    before = MONDAY - timedelta(days=back)
    return Problem(
        tuple(MONDAY + timedelta(days=nth) for nth in range(days)),
        tuple(Person(name, name) for name in names),
        SHIFTS,
        past=frozenset(week(past or {}, before)),
        past_days=frozenset(before + timedelta(days=nth) for nth in range(back)),
    )


def found(
    asked: Problem, rows: Mapping[str, str], rule: Rule = EVENINGS, scope: Scope | None = None
) -> dict[str, tuple[str, int]]:
    """What the rule says of a roster: person → (fair, amount)."""
    return {
        breach.place.people[0]: (str(breach.text.params["fair"]), breach.amount)
        for breach in rule.check(Roster(asked, week(rows)), scope or Scope())
    }


def test_equal_numbers_are_fair_and_one_more_where_they_cannot_be_equal() -> None:
    assert found(problem(3), {"甲": "晚--", "乙": "-晚-", "丙": "--晚"}) == {}
    assert found(problem(4), {"甲": "晚--晚", "乙": "-晚--", "丙": "--晚-"}) == {}


def test_the_second_turn_too_many_counts_two_more() -> None:
    rows = {"甲": "晚晚晚晚-", "乙": "----晚", "丙": "-晚---"}
    assert found(problem(5), rows) == {"甲": ("1–2", 3)}


def test_who_had_fewer_before_gets_more_now() -> None:
    before = {"甲": "晚--", "乙": "-晚晚", "丙": "---"}  # an even split: one each
    asked = problem(3, before)
    assert found(asked, {"甲": "晚--", "丙": "-晚晚"}) == {}
    assert found(asked, {"甲": "晚--", "乙": "-晚-", "丙": "--晚"}) == {"乙": ("0", 1)}


def test_unknown_days_are_not_guessed() -> None:
    asked = replace(problem(3, {"甲": "晚晚晚"}), past_days=frozenset())
    assert found(asked, {"甲": "晚--", "乙": "-晚-", "丙": "--晚"}) == {}


def test_days_beyond_those_counted_are_forgotten() -> None:
    asked = problem(3, {"甲": "晚晚晚---", "乙": "-", "丙": "-"})
    even = {"甲": "晚--", "乙": "-晚-", "丙": "--晚"}
    assert found(asked, even)
    assert found(asked, even, replace(EVENINGS, days_back=3)) == {}


def test_a_newcomer_has_nothing_to_catch_up_on() -> None:
    before = {"甲": "晚晚晚---", "乙": "---晚晚晚"}
    asked = problem(3, before)
    people = tuple(replace(one, hired=MONDAY) if one.name == "丙" else one for one in asked.people)
    assert found(replace(asked, people=people), {"甲": "晚--", "乙": "-晚-", "丙": "--晚"}) == {}
    assert found(asked, {"甲": "晚--", "乙": "-晚-", "丙": "--晚"}) != {}


def test_days_of_leave_are_no_days_for_a_turn() -> None:
    away = Leave("丙", MONDAY, MONDAY + timedelta(days=2))
    rows = {"甲": "晚晚--", "乙": "--晚晚", "丙": "----"}
    assert found(problem(4), rows) == {"丙": ("1–2", 1)}
    assert found(replace(problem(4), leaves=(away,)), rows) == {}


def test_a_long_debt_is_made_up_by_one_turn_a_week() -> None:
    asked = problem(7, {"甲": "晚" * 12, "乙": "-" * 12, "丙": "-" * 12})  # four each would have been fair
    rows = {"甲": "晚------", "乙": "-晚晚晚---", "丙": "----晚晚晚"}
    assert found(asked, rows) == {}
    assert found(asked, rows, replace(EVENINGS, catch_up=8))["甲"] == ("0", 1)


def test_weekend_days_and_holidays() -> None:
    weekends = Fair(of="weekends")
    assert found(problem(7), {"甲": "白白白白---", "乙": "-----白白", "丙": "-----白白"}, weekends) == {
        "甲": ("1–2", 1)
    }
    assert found(problem(7), {"甲": "-----白-", "乙": "------白", "丙": "白白-----"}, weekends) == {}
    national = replace(problem(1), days=tuple(date(2026, 10, nth) for nth in range(1, 5)))
    duties = week({"甲": "白白白-", "乙": "---白", "丙": "----"}, date(2026, 10, 1))
    assert [
        (breach.place.people, breach.amount) for breach in Fair(of="holidays").check(Roster(national, duties), Scope())
    ] == [(("甲",), 1), (("丙",), 1)]


def test_rest_goes_round_the_weekdays() -> None:
    asked = problem(7, {"甲": "白白白白白白-", "乙": "-白白白白白白", "丙": "白-白白白白白"})
    again = {"甲": "白白白白白白-", "乙": "-白白白白白白", "丙": "白-白白白白白"}
    moved = {"甲": "-白白白白白白", "乙": "白-白白白白白", "丙": "白白白白白白-"}
    rests = Fair(of="rests")
    assert found(asked, moved, rests) == {}
    said = [str(breach.text) for breach in rests.check(Roster(asked, week(again)), Scope())]
    assert len(said) == 3
    assert sum(breach.amount for breach in rests.check(Roster(asked, week(again)), Scope())) == 3


def test_posts_are_shared_among_those_with_the_skill() -> None:
    days = problem(2).days
    asked = replace(
        problem(2),
        people=(*problem(2).people, Person("丁", "丁", Dated.always(Terms(frozenset({"售前"}))))),
        demands=tuple(Demand(day, ("白",), post="主旺旺") for day in days),
    )
    posts = Fair(of="posts", posts=("主旺旺",))
    assert found(asked, {"甲": "主主"}, posts) == {"甲": ("0–1", 1)}
    for_few = replace(asked, demands=tuple(replace(demand, skill="售前") for demand in asked.demands))
    assert found(for_few, {"丁": "主主"}, posts) == {}
    assert not list(posts.check(Roster(asked, week({"甲": "主主"}), detailed=False), Scope()))


def test_only_those_in_scope_share() -> None:
    rows = {"甲": "晚--", "乙": "-晚晚", "丙": "---"}
    assert found(problem(3), rows, scope=Scope(people=frozenset({"甲", "乙"}))) == {}


def test_three_weeks_of_evenings_solved_one_by_one_end_even() -> None:
    past: frozenset[Duty] = frozenset()
    rules = (
        Stated(CoverMinimum(), Strength.HARD),
        Stated(CoverMaximum(), Strength.HARD),
        Stated(EVENINGS, Strength.SOFT, tier=4),
    )
    names = ("甲", "乙", "丙", "丁", "戊")
    for nth in range(3):
        first = MONDAY + timedelta(weeks=nth)
        days = tuple(first + timedelta(days=day) for day in range(7))
        asked = replace(
            problem(1, names=names), days=days, rules=rules, past=past,
            past_days=frozenset(MONDAY + timedelta(days=day) for day in range(7 * nth)),
            demands=tuple(Demand(day, ("晚",), minimum=1, maximum=1) for day in days),
        )  # fmt: skip
        roster = solve(asked, Limits(20, workers=1)).roster
        assert roster is not None
        past |= roster.duties
        counts = [sum(duty.person == name and duty.shift == "晚" for duty in past) for name in names]
        assert max(counts) - min(counts) <= 1, counts
    assert sum(counts) == 21
