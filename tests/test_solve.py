"""The one door: what a solve promises, on rosters small enough to know the answer by hand."""

import random
import signal
import threading
import time
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

import pytest
import searching

from cstools.dated import Dated
from cstools.days import span
from cstools.people import Person, Terms
from cstools.roster import solve as solving
from cstools.roster.inputs import Demand, Fixed, Wish
from cstools.roster.plan import Plan
from cstools.roster.problem import Problem
from cstools.roster.result import Limits, Result, Status
from cstools.roster.rule import Rule, Stated, Strength
from cstools.roster.rules.apart import Apart
from cstools.roster.rules.cover_maximum import CoverMaximum
from cstools.roster.rules.cover_minimum import CoverMinimum
from cstools.roster.rules.cover_target import CoverTarget
from cstools.roster.rules.fixed import FixedCells
from cstools.roster.rules.hours import Hours
from cstools.roster.rules.leave import OnLeave
from cstools.roster.rules.rest import Rest
from cstools.roster.rules.rest_days import RestDays
from cstools.roster.rules.run import DaysInARow
from cstools.roster.rules.run_off import DaysOffInARow
from cstools.roster.rules.weekends import Weekends
from cstools.roster.rules.wishes import Wishes
from cstools.roster.solve import SMALL, solve
from cstools.roster.solver import Effort, Outcome, Stop, run
from cstools.roster.table import Table
from cstools.shifts import Duty, Shift, ShiftBook
from cstools.team.leave import Leave

MONDAY = date(2026, 11, 2)
SHIFTS = ShiftBook.of([Shift("白", "白班", 510, 1020, 510), Shift("晚", "晚班", 990, 1440, 450)])
QUICK = Limits(20, workers=1)


def people(count: int) -> tuple[Person, ...]:
    return tuple(Person(f"{nth:03d}", f"员工{nth}", Dated.always(Terms())) for nth in range(1, count + 1))


def problem(count: int, days: int, *rules: Rule | Stated, **more: object) -> Problem:
    stated = tuple(rule if isinstance(rule, Stated) else Stated(rule) for rule in rules)
    horizon = span(MONDAY, MONDAY + timedelta(days=days - 1))
    return replace(Problem(horizon, people(count), SHIFTS, stated), **more)  # type: ignore[arg-type] # any of its fields


def soft(rule: Rule, tier: int, weight: int = 1) -> Stated:
    return Stated(rule, Strength.SOFT, tier, weight)


def needs(asked: Problem, code: str, least: int) -> tuple[Demand, ...]:
    return tuple(Demand(day, (code,), minimum=least) for day in asked.days)


def words(result: Result) -> dict[str, str]:
    """Each person's row, a dot for a day off."""
    assert result.roster
    days = result.roster.problem.days
    return {
        person.number: "".join(result.roster.shift(person.number, day) or "." for day in days)
        for person in result.roster.problem.people
    }


def test_the_only_roster_there_is() -> None:
    """Two people, two shifts a day: the 8.5 h between 晚 and 白 force everybody to stay, and the wish says where."""
    asked = problem(2, 3, Rest(hours=11 * 60), soft(CoverMinimum(), 1), soft(Wishes(), 2))
    asked = replace(asked, demands=(*needs(asked, "白", 1), *needs(asked, "晚", 1)),
                    wishes=(Wish("002", MONDAY, on=True, shifts=("晚",)),))  # fmt: skip
    result = solve(asked, QUICK)
    assert result.status is Status.OPTIMAL
    assert words(result) == {"001": "白白白", "002": "晚晚晚"}
    assert [(tier.tier, tier.cost, tier.bound) for tier in result.tiers] == [(1, 0, 0), (2, 0, 0)]


def test_a_tier_above_is_never_traded_for_the_tiers_below() -> None:
    asked = problem(1, 1, soft(CoverMinimum(), 1), soft(Wishes(), 2, weight=1000))
    asked = replace(asked, demands=needs(asked, "白", 1), wishes=(Wish("001", MONDAY, on=False),))
    turned = replace(asked, rules=(soft(CoverMinimum(), 2), soft(Wishes(), 1, weight=1000)))
    assert words(solve(asked, QUICK)) == {"001": "白"}
    assert words(solve(turned, QUICK)) == {"001": "."}


def exactly(asked: Problem, tier: int, above: dict[int, int]) -> Outcome:
    """The least that a tier can cost while those above it cost no more than told."""
    plan = Plan(asked)
    for stated in asked.rules:
        plan.state(stated)
    for other, cost in above.items():
        plan.hold(other, cost)
    plan.rows.minimise_tier(tier)
    return run(plan.rows, Effort(20, workers=1), Stop())


@pytest.mark.parametrize(("seconds", "small"), [(0.3, 1), (20, SMALL)])
def test_the_costs_told_are_those_of_the_roster_and_the_bounds_are_true(
    seconds: float, small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solving, "SMALL", small)
    found = 0
    for seed in range(14):
        rng = random.Random(seed)
        asked = searching.drawn(rng, rng.sample(searching.WIDE, 2), 6)
        result = solve(asked, Limits(seconds, workers=1))
        if result.roster is None:
            assert (result.status, result.tiers) == (Status.INFEASIBLE, ())
            continue
        assert searching.broken(result.roster) == []
        told = {tier.tier: tier.cost for tier in result.tiers}
        assert told == result.roster.costs()
        assert (result.status is Status.OPTIMAL) is all(tier.proven for tier in result.tiers)
        found += len(told)
        above: dict[int, int] = {}
        for tier in result.tiers:
            least = exactly(asked, tier.tier, above)
            assert least.status is Status.OPTIMAL
            assert tier.bound <= least.cost <= tier.cost, seed
            assert tier.cost == least.cost or result.status is Status.FEASIBLE
            above[tier.tier] = tier.cost
    assert found > 14


def test_a_large_problem_gets_a_good_roster_without_a_search_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked is what some roster has, so that it can be had for nothing."""
    monkeypatch.setattr(solving, "SMALL", 1)
    monkeypatch.setattr(Table, "everything", lambda *_, **__: pytest.fail("the whole was searched"))
    asked = problem(12, 14, Rest(), DaysInARow(at_most=5), soft(CoverTarget(), 1), soft(CoverMaximum(), 1))
    here = {(nth, day): "白晚"[nth % 2] for nth in range(12) for at, day in enumerate(asked.days) if (at + nth) % 7 < 5}
    wanted = [
        (day, code, sum(here.get((nth, day)) == code for nth in range(12))) for day in asked.days for code in "白晚"
    ]
    asked = replace(
        asked, demands=tuple(Demand(day, (code,), target=count, maximum=count) for day, code, count in wanted)
    )
    result = solve(asked, Limits(6))
    assert result.status is Status.OPTIMAL
    assert [(tier.cost, tier.bound) for tier in result.tiers] == [(0, 0)]


def test_a_shortage_is_named_and_the_rest_is_the_best_there_is() -> None:
    asked = problem(2, 2, OnLeave(), soft(CoverMinimum(), 1))
    asked = replace(asked, demands=needs(asked, "白", 2), leaves=(Leave("001", MONDAY, MONDAY, kind="年假"),))
    result = solve(asked, QUICK)
    assert words(result) == {"001": ".白", "002": "白白"}
    assert [str(breach.text) for breach in result.broken] == ["2026-11-02 周一 白：至少要 2 人，只有 1 人，缺 1 人"]


def test_no_roster_is_a_status_and_unknown_is_not_infeasible() -> None:
    asked = problem(1, 1, FixedCells(), OnLeave())
    asked = replace(asked, fixed=(Fixed("001", MONDAY, "白"),), leaves=(Leave("001", MONDAY, MONDAY),))
    impossible, cut_short = solve(asked, QUICK), solve(problem(3, 7, Rest()), Limits(0))
    assert (impossible.status, impossible.roster) == (Status.INFEASIBLE, None)
    assert (cut_short.status, cut_short.roster) == (Status.UNKNOWN, None)


def test_the_past_binds_across_the_border() -> None:
    sunday = MONDAY - timedelta(days=1)
    asked = problem(1, 1, Rest(hours=11 * 60), soft(CoverMinimum(), 1))
    asked = replace(asked, demands=needs(asked, "白", 1), past_days=frozenset({sunday}))

    def can_work(last: Duty) -> bool:
        return words(solve(replace(asked, past=frozenset({last})), QUICK))["001"] == "白"

    assert can_work(Duty(sunday, "白", "001"))
    assert not can_work(Duty(sunday, "晚", "001"))
    assert not can_work(Duty(sunday, "白", "001", ended=24 * 60))  # 000-059: the rest counts from the actual end


def test_four_weeks_one_by_one_make_a_month_that_meets_its_quota() -> None:
    """004-018: four rest days a month, though everybody is wanted every day."""
    asked = problem(6, 7, RestDays(period="month", at_least=4), Rest(), soft(CoverMinimum(), 1))
    horizon = span(date(2026, 11, 1), date(2026, 11, 30))
    past: frozenset[Duty] = frozenset()
    done: list[date] = []
    shortages = []
    for first, last in ((0, 8), (8, 15), (15, 22), (22, 30)):
        week = horizon[first:last]
        now = replace(asked, days=week, past=past, past_days=frozenset(done))
        result = solve(replace(now, demands=needs(now, "白", 6)), QUICK)
        assert result.roster
        shortages.append(sum(breach.amount for breach in result.broken))
        past |= result.roster.duties
        done += week
    rests = {
        person.number: len(horizon) - sum(duty.person == person.number for duty in past) for person in asked.people
    }
    assert rests == dict.fromkeys(rests, 4)
    assert max(shortages) <= 2 * min(shortages), "no week is left with all the rest days"


def test_five_cells_changed_by_hand_stand() -> None:
    asked = problem(6, 7, Rest(), RestDays(period="week", at_least=1), FixedCells(), soft(CoverMinimum(), 1))
    asked = replace(asked, demands=(*needs(asked, "白", 2), *needs(asked, "晚", 2)))
    first = solve(asked, QUICK)
    assert first.roster
    cells = [(person.number, asked.days[nth]) for nth, person in enumerate(asked.people[:5])]
    other = {"": "白", "白": "", "晚": ""}
    changed = tuple(Fixed(number, day, other[first.roster.shift(number, day)]) for number, day in cells)
    again = solve(replace(asked, fixed=changed), QUICK)
    assert again.roster
    assert [again.roster.shift(cell.person, cell.day) for cell in changed] == [cell.shift for cell in changed]
    assert again.broken == []


def test_the_same_seed_gives_the_same_roster() -> None:
    asked = problem(8, 14, Rest(), RestDays(period="week", at_least=2), soft(CoverMinimum(), 1), soft(Wishes(), 2))
    wishes = tuple(Wish(one.number, day, on=False) for one, day in zip(chain(*[asked.people] * 2), asked.days))  # noqa: B905
    asked = replace(asked, demands=(*needs(asked, "白", 3), *needs(asked, "晚", 3)), wishes=wishes)
    limits = Limits(1.5, seed=7, deterministic=True)
    one, two = solve(asked, limits), solve(asked, limits)
    assert one.roster
    assert two.roster
    assert sorted(one.roster.duties) == sorted(two.roster.duties)
    assert one.tiers == two.tiers


def hard() -> Problem:
    """As hard as the field's instances of that size, which no plain model proves within a minute."""
    asked = problem(
        16, 28, DaysInARow(at_least=2, at_most=5), DaysOffInARow(at_least=2), Weekends(period="horizon", at_most=2),
        Hours(period="horizon", at_least=120 * 60, at_most=150 * 60), Rest(),
        soft(CoverTarget(), 1, 100), soft(CoverMaximum(), 1), soft(Wishes(), 1),
    )  # fmt: skip
    chance = random.Random(1)
    wishes = (Wish(one.number, day, chance.random() < 0.5, ("白",), chance.randint(1, 9))
              for one in asked.people for day in asked.days if chance.random() < 0.4)  # fmt: skip
    wanted = ((day, code, chance.randint(4, 6)) for day in asked.days for code in "白晚")
    demands = tuple(Demand(day, (code,), target=most, maximum=most) for day, code, most in wanted)
    return replace(asked, demands=demands, wishes=tuple(wishes))


def test_a_repeatable_search_takes_a_reasonable_time_on_the_wall() -> None:
    """However little work its parts are: a unit of work is about a second on a quiet machine."""
    begun = time.process_time()
    result = solve(hard(), Limits(1.5, deterministic=True))
    assert result.status is Status.FEASIBLE
    assert time.process_time() - begun < 15


def test_a_repeatable_search_of_next_to_nothing_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the parts are so small that the solver counts hardly any work, and no bound tells that all is done."""
    monkeypatch.setattr(solving, "SMALL", 1)
    monkeypatch.setattr(solving, "RELAXED", 0.0)
    begun = time.process_time()
    asked = problem(2, 3, Apart(), soft(CoverMinimum(), 1))
    result = solve(replace(asked, demands=needs(asked, "白", 2)), Limits(1, deterministic=True))
    assert (result.status, [(tier.cost, tier.bound) for tier in result.tiers]) == (Status.FEASIBLE, [(3, 0)])
    assert time.process_time() - begun < 10


def test_ctrl_c_is_heard_wherever_it_strikes() -> None:
    """Within a report too, and from the first moment on, when no search has begun that could be stopped."""
    result = solve(hard(), Limits(60), lambda _: signal.raise_signal(signal.SIGINT))
    assert result.interrupted
    assert result.seconds < 30
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_keeps_the_best_so_far() -> None:
    timer = threading.Timer(5, signal.raise_signal, [signal.SIGINT])
    timer.start()
    try:
        result = solve(hard(), Limits(90))
    finally:
        timer.cancel()
    assert result.interrupted
    assert result.status is Status.FEASIBLE
    assert result.roster
    assert result.seconds < 60
