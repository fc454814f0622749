"""What days must cost by themselves: never more than any roster costs, and a search looks elsewhere."""

from dataclasses import replace

import numpy as np
import pytest
import searching
from test_solve import MONDAY, needs, problem, soft

from cstools.roster import phases
from cstools.roster import solve as solving
from cstools.roster.arrays import Numbers
from cstools.roster.daily import Daily
from cstools.roster.ground import Ground
from cstools.roster.inputs import Wish
from cstools.roster.result import Limits, Status
from cstools.roster.rules.cover_minimum import CoverMinimum
from cstools.roster.rules.wishes import Wishes
from cstools.roster.solve import solve
from cstools.roster.solver import Clock, Stop, run_part


def reckoned(ground: Ground, tiers: list[int], values: Numbers, seconds: float = 20) -> Daily:
    """What the days must cost in these tiers."""
    daily = Daily(ground.table, ground.days, values)
    daily.reckon(tiers, Clock(seconds, deterministic=False), seconds, Stop(), 1, 2)
    return daily


def test_no_roster_costs_less_than_its_days_must_whatever_the_rules() -> None:
    tight = 0
    for seed, _, plan, ground, values in searching.rosters(40, 2):
        table = ground.table
        daily = reckoned(ground, plan.tiers, values)
        for tier in plan.tiers:
            part = table.everything(table.low, table.aim({tier: 1}), {}, hint=False)
            best = run_part(part, table.low, searching.EFFORT, Stop())
            assert best.status is Status.OPTIMAL
            assert table.least_cost(tier) <= daily.bound(tier) <= best.cost, (seed, tier)
            paid = table.paid(tier, values)
            assert (daily.spare(tier, paid) <= paid + 1e-9).all()
            tight += table.least_cost(tier) < daily.bound(tier) == best.cost
    assert tight


def test_what_a_day_must_cost_is_not_searched_for() -> None:
    """Three are asked for on Monday where there are two: one is missing whatever is done, and nobody on Tuesday."""
    asked = problem(2, 2, soft(CoverMinimum(), 1))
    plan, ground = searching.planned(replace(asked, demands=needs(asked, "白", 1) + needs(asked, "白", 3)[:1]))
    table = ground.table
    nobody = table.low.copy()
    nobody[table.idle] = table.high[table.idle]
    worst = run_part(table.part(nobody, table.follows, table.aim({1: 1})), nobody, searching.EFFORT, Stop()).values
    best = run_part(
        table.everything(nobody, table.aim({1: 1}), {}, hint=False), nobody, searching.EFFORT, Stop()
    ).values
    assert worst is not None
    assert best is not None
    ground.daily = daily = reckoned(ground, plan.tiers, worst)
    assert daily.must[1].tolist() == [1, 0]
    assert daily.bound(1) == table.cost(1, best) == 1
    assert table.cost(1, worst) == 5
    assert ground.costly(1, worst)[1].sum() == pytest.approx(4)
    assert not len(ground.costly(1, best)[0])


def test_where_no_time_is_left_nothing_is_told() -> None:
    asked = problem(2, 2, soft(CoverMinimum(), 1))
    plan, ground = searching.planned(replace(asked, demands=needs(asked, "白", 3)))
    values = ground.table.high.copy()
    daily = reckoned(ground, plan.tiers, values, 0)
    assert daily.bound(1) == ground.table.least_cost(1)
    assert (daily.spare(1, ground.table.paid(1, values)) == ground.table.paid(1, values)).all()


def test_a_shortage_that_a_day_cannot_avoid_is_proven_without_a_search_of_the_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(solving, "TIERED", 0.0)
    monkeypatch.setattr(phases, "DAILY", 0.5)
    asked = problem(3, 7, soft(CoverMinimum(), 1), soft(Wishes(), 2))
    wishes = tuple(Wish(person.number, MONDAY, on=False, weight=1) for person in asked.people)
    result = solve(replace(asked, demands=needs(asked, "白", 4), wishes=wishes), Limits(3))
    (first, second) = result.tiers
    assert (first.cost, first.bound) == (7, 7)
    assert second.cost == 3
    assert np.sum([breach.stated is not None and breach.stated.tier == 1 for breach in result.breaches]) == 7
