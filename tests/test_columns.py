"""Whole rosters as columns: the bound holds, the shares are rosters', and where people share nothing it is exact."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random

import numpy as np
import pytest
import searching
from test_solve import MONDAY, needs, problem, soft

from cstools.roster import columns, guide
from cstools.roster.arrays import Numbers
from cstools.roster.columns import Relaxation
from cstools.roster.deep import dig, follow, shapes
from cstools.roster.ground import Digger, Ground
from cstools.roster.guide import Guide, Relaxed
from cstools.roster.inputs import Wish
from cstools.roster.part import Aim
from cstools.roster.result import Status
from cstools.roster.rules.cover_minimum import CoverMinimum
from cstools.roster.rules.wishes import Wishes
from cstools.roster.search import Incumbent, Walk
from cstools.roster.solver import Clock, Stop, run_part

EFFORT = searching.EFFORT


def rounds(relaxation: Relaxation, most: int = 200) -> None:
    """Solve a relaxation, or as much of it as so many rounds do."""
    with ThreadPoolExecutor(1) as pool:
        for _ in range(most):
            if not relaxation.round(EFFORT, Stop(), pool) or relaxation.done:
                return


def relaxed(ground: Ground, values: Numbers, aim: Aim) -> Relaxed:
    """All of a roster, to be relaxed."""
    return Relaxed(ground, values, ground.table.low < ground.table.high, aim)


def test_no_roster_costs_less_than_the_bound_whatever_the_rules() -> None:
    tight = 0
    for seed, _, plan, ground, values in searching.rosters(40, 2):
        table = ground.table
        if not plan.tiers:
            continue
        aim = table.aim({tier: 100**nth for nth, tier in enumerate(plan.tiers)})
        best = run_part(table.everything(table.low, aim, {}, hint=False), table.low, EFFORT, Stop())
        assert best.status is Status.OPTIMAL
        relaxation = relaxed(ground, values, aim).relaxation
        rounds(relaxation)
        assert relaxation.floor <= relaxation.lower <= best.cost <= relaxation.paid, seed
        assert relaxation.bound <= relaxation.value + 1e-6, seed
        tight += relaxation.lower == best.cost
    assert tight > 15


def test_where_nobody_shares_anything_the_relaxation_is_the_optimum() -> None:
    """Wishes alone: each person's best column is that person's best roster."""
    asked = problem(3, 7, soft(Wishes(), 1))
    wishes = tuple(
        Wish("002", MONDAY, on=True, shifts=(code,), weight=weight) for code, weight in (("白", 3), ("晚", 2))
    )
    table = (ground := searching.planned(replace(asked, wishes=wishes))[1]).table
    values = searching.some_roster(Random(3), table)
    assert values is not None
    relaxation = relaxed(ground, values, table.aim({1: 1})).relaxation
    rounds(relaxation)
    assert relaxation.value == relaxation.lower == 2


def covered(people: int, days: int, wanted: int) -> Ground:
    """So many people who are wanted every day, nobody else deciding anything."""
    asked = problem(people, days, soft(CoverMinimum(), 1))
    return searching.planned(replace(asked, demands=needs(asked, "白", wanted)))[1]


def nobody(ground: Ground) -> Numbers:
    """The roster where nobody works."""
    table = ground.table
    values = table.low.copy()
    values[table.idle] = 1
    found = run_part(table.part(values, table.follows, table.aim({1: 1})), values, EFFORT, Stop()).values
    assert found is not None
    return found


def test_a_guide_leads_to_a_roster() -> None:
    """From nobody at work to everybody who is wanted, and what no good column has is left out."""
    ground = covered(6, 7, 8)
    table = ground.table
    values = nobody(ground)
    assert table.cost(1, values) == 56
    whole = relaxed(ground, values, table.aim({1: 1}))
    assert whole.run(Clock(20, deterministic=False), 20, Stop(), 1, threads=2)
    guide = whole.guide()
    assert guide
    assert guide.shares.max() <= 1 + 1e-6
    assert guide.might[guide.shares > 0.01].all()
    incumbent = Incumbent(ground, [1], values, [0])
    walk = Walk(incumbent, Digger(ground, 1, guided=True), guide)
    follow(walk, table.low < table.high, EFFORT, Clock(20, deterministic=False), Stop())
    assert incumbent.costs == (14,)
    assert not table.breaks(incumbent.values)


def test_a_guide_that_contradicts_itself_leads_nowhere() -> None:
    """Everything for sure, and nothing possible: then a walk stays where it is."""
    ground = covered(3, 7, 2)
    table = ground.table
    values = searching.some_roster(Random(1), table)
    assert values is not None
    everything = np.ones(len(table.low))
    guide = Guide(everything, everything > 1, everything.astype(np.int64))
    walk = Walk(Incumbent(ground, [1], values, [0]), Digger(ground, 1, guided=True), guide)
    follow(walk, table.low < table.high, EFFORT, Clock(20, deterministic=False), Stop())
    assert (walk.values == values).all()


def test_a_relaxation_that_tells_nothing_or_takes_too_long_guides_nobody() -> None:
    ground = covered(6, 7, 4)
    table = ground.table
    values = searching.some_roster(Random(1), table)
    assert values is not None
    free = relaxed(ground, values, (np.zeros(len(table.low), np.int64), 0))
    assert not free.run(Clock(20, deterministic=False), 0.0, Stop(), 1, threads=1)
    idle = covered(6, 7, 4)  # everybody who is wanted can come: the relaxation costs nothing
    relaxation = relaxed(idle, nobody(idle), idle.table.aim({1: 1}))
    assert not relaxation.run(Clock(20, deterministic=False), 20, Stop(), 1, threads=1)
    stopped = Stop()
    stopped.ask()
    assert not relaxed(ground, values, table.aim({1: 1})).run(Clock(20, deterministic=False), 20, stopped, 1, threads=1)


def test_days_of_everybody_are_relaxed_and_searched_within_a_longer_roster() -> None:
    """A deep shape never makes a roster worse, and leaves all other days as they are."""
    ground = covered(6, 35, 8)
    table = ground.table
    values = nobody(ground)
    incumbent = Incumbent(ground, [1], values, [0])
    walk = Walk(incumbent, Digger(ground, 1))
    (shape,) = shapes(ground, 10)
    walk.digger.shapes.append(shape)
    cells = np.zeros((6, 35), bool)
    cells[:, 7:35] = True
    dig(walk, shape, cells, Clock(30, deterministic=False), Stop())
    assert incumbent.costs == (280 - 6 * 28,)
    assert not table.breaks(incumbent.values)
    outside = ~ground.variables(cells) & (table.owner >= 0)
    assert (incumbent.values[outside] == values[outside]).all()


def asked_for() -> Relaxed:
    """Eight people of whom three are wanted, from a roster in which nobody works."""
    ground = covered(8, 7, 3)
    return relaxed(ground, ground.table.low, ground.table.aim({1: 1}))


@pytest.mark.parametrize(("haste", "sweeps"), [(float("inf"), 1.0), (float("-inf"), 0.25)])
def test_a_sweep_is_everybody_priced_once(monkeypatch: pytest.MonkeyPatch, haste: float, sweeps: float) -> None:
    monkeypatch.setattr(columns, "HASTE", haste)
    relaxation = asked_for().relaxation
    rounds(relaxation, 1)
    assert relaxation.sweeps == sweeps


def test_a_relaxation_goes_on_where_a_first_sweep_of_everybody_leaves_time_for_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(columns, "HASTE", float("inf"))
    monkeypatch.setattr(guide, "LONGEST", 3)
    first = 1.0
    for most, rounds_told in ((100.0, 2), (1.1 * guide.SWEEPS, 2), (0.9 * guide.SWEEPS, 1)):
        told: list[float] = []

        def tell(_: int, relaxation: Relaxation, told: list[float] = told) -> None:
            told.append(relaxation.work)

        asked_for().run(Clock(1e6, deterministic=True), most * first, Stop(), 1, 1, tell)
        assert len(told) == rounds_told
        first = told[0]
