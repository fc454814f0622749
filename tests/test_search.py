"""The search of parts: it never gets worse, never trades a tier for one below, and learns where it gains."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise
from random import Random

import numpy as np
import pytest
import searching
from test_solve import MONDAY, needs, people, problem, soft

from cstools.dated import Dated
from cstools.people import Terms
from cstools.roster import ground as grounds
from cstools.roster import search as searches
from cstools.roster import table as tables
from cstools.roster.arrays import Flags, Numbers, Reals
from cstools.roster.ground import Digger, Ground, Shape, learn
from cstools.roster.inputs import Demand, Wish
from cstools.roster.part import Part
from cstools.roster.plan import Plan
from cstools.roster.problem import Problem
from cstools.roster.result import Status
from cstools.roster.rule import Stated
from cstools.roster.rules.apart import Apart
from cstools.roster.rules.cover_minimum import CoverMinimum
from cstools.roster.rules.cover_target import CoverTarget
from cstools.roster.rules.fair import Fair
from cstools.roster.rules.rest import Rest
from cstools.roster.rules.senior import Senior
from cstools.roster.rules.wishes import Wishes
from cstools.roster.search import Costs, Incumbent, Walk, improve
from cstools.roster.solver import Clock, Effort, Outcome, Stop, run_part
from cstools.roster.start import settled


@dataclass
class Told(Incumbent):
    """An incumbent that remembers what it cost."""

    costly: list[Costs] = field(default_factory=list)

    def offer(self, values: Numbers, costs: Costs) -> bool:
        """Remember what was told."""
        better = super().offer(values, costs)
        assert costs == self.costs_of(values)
        self.costly.append(self.costs)
        return better


def begin(plan: Plan, ground: Ground, values: Numbers | None = None) -> Told:
    """An incumbent at these values, or where nobody works; nothing is proven."""
    table = ground.table
    if values is None:
        values = table.low.copy()
        values[table.idle] = table.high[table.idle]
    aim = table.aim(dict.fromkeys(plan.tiers, 1))
    rest = settled(ground, values, aim, searching.EFFORT, Stop()).values
    assert rest is not None
    return Told(ground, plan.tiers, rest, [-1] * len(plan.tiers))


def brief(seconds: float) -> Clock:
    return Clock(seconds, deterministic=False)


def improved(incumbent: Incumbent, clock: Clock, seed: int) -> None:
    """One search alone."""
    improve(Walk.of(incumbent, clock, seed), clock, Stop())


def wishing(count: int, days: int, *wanted: Wish, **rules: object) -> Problem:
    return replace(problem(count, days, soft(Wishes(), 1)), wishes=wanted, **rules)  # type: ignore[arg-type] # any field


# -- the incumbent ---------------------------------------------------------------------------------------------------


def test_no_worse_is_taken_and_worse_never() -> None:
    plan, ground = searching.planned(problem(1, 1, soft(CoverMinimum(), 1), soft(Wishes(), 2)))
    incumbent = begin(plan, ground)
    incumbent.costs = (5, 5)
    kept = incumbent.values
    for costs in ((5, 6), (6, 0), (6, 5)):
        assert not Incumbent.offer(incumbent, kept.copy(), costs)
        assert incumbent.values is kept
    for costs, better in (((5, 5), False), ((5, 4), True), ((4, 99), True), ((4, 99), False)):
        other = kept.copy()
        assert Incumbent.offer(incumbent, other, costs) is better
        assert incumbent.values is other
        assert incumbent.costs == costs


def test_tiers_are_proven_from_the_first_on() -> None:
    plan, ground = searching.planned(problem(1, 1, *(soft(Wishes(), tier) for tier in (1, 2, 3))))
    incumbent = begin(plan, ground)
    incumbent.costs = (3, 4, 5)
    for bounds, proven in (([2, 4, 5], 0), ([3, 3, 5], 1), ([3, 4, 0], 2), ([3, 4, 5], 3)):
        incumbent.bounds = bounds
        assert incumbent.proven == proven


# -- parts and tiers -------------------------------------------------------------------------------------------------


@pytest.fixture
def outcomes(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Numbers, Outcome]]:
    """What parts were searched from, and what that has led to."""
    seen: list[tuple[Numbers, Outcome]] = []

    def watched(part: Part, values: Numbers, *words: Effort | Stop) -> Outcome:
        outcome = run_part(part, values, *words)  # type: ignore[arg-type] # passed on as they come
        seen.append((values, outcome))
        return outcome

    monkeypatch.setattr(searches, "run_part", watched)
    return seen


def test_a_tier_above_is_never_traded_for_those_below(outcomes: list[tuple[Numbers, Outcome]]) -> None:
    """One missing person in tier 1 for thousands in the tiers below, and from where nobody works."""
    tempting = problem(2, 3, soft(CoverMinimum(), 1), soft(Wishes(), 2, 1000), soft(Wishes(), 3, 1000))
    tempting = replace(tempting, demands=needs(tempting, "白", 2),
                       wishes=tuple(Wish(one.number, day, on=False) for one in tempting.people for day in tempting.days))  # fmt: skip
    drawn = (searching.drawn(rng, rng.sample(searching.WIDE, 1), 7, weight=500) for rng in map(Random, range(25)))
    bettered = 0
    for asked in (tempting, *drawn):
        plan, ground = searching.planned(asked)
        values = searching.some_roster(Random(1), ground.table)
        if values is None or not plan.tiers:
            continue
        incumbent = begin(plan, ground, values)
        before = incumbent.costs
        improved(incumbent, brief(0.15), 1)
        assert all(later <= sooner for sooner, later in pairwise([before, *incumbent.costly]))
        for stood, outcome in outcomes:
            if outcome.status is Status.OPTIMAL and outcome.values is not None:
                assert incumbent.costs_of(outcome.values) <= incumbent.costs_of(stood)
        outcomes.clear()
        bettered += incumbent.costs < before
        roster = searching.read(plan, incumbent.values)
        assert searching.broken(roster) == []
        assert tuple(roster.costs().values()) == incumbent.costs
        if asked is tempting:
            assert incumbent.costs == (0, 6000, 6000)
    assert bettered > 10


def test_many_tiers_with_heavy_costs_are_weighed_all_the_same() -> None:
    asked = problem(8, 14, *(soft(CoverTarget(), tier, 900) for tier in range(1, 5)), soft(Wishes(), 5))
    demands = tuple(Demand(day, (code,), target=3) for day in asked.days for code in "白晚")
    wishes = tuple(Wish(one.number, day, on=False) for one in asked.people for day in asked.days)
    plan, ground = searching.planned(replace(asked, demands=demands, wishes=wishes))
    incumbent = begin(plan, ground)
    improved(incumbent, brief(1.0), 1)
    assert incumbent.costs == (*[0] * 4, 14 * 6)


def torn() -> Told:
    """One is wanted who would rather be off, and whose wish is dear; the wish is granted."""
    asked = problem(1, 2, soft(CoverMinimum(), 1), soft(Wishes(), 2, 1000))
    plan, ground = searching.planned(
        replace(asked, demands=needs(asked, "白", 1), wishes=(Wish("001", MONDAY, on=False),))
    )
    incumbent = begin(plan, ground)
    assert incumbent.costs == (2, 0)
    return incumbent


def test_one_less_in_a_tier_above_is_worth_anything_below() -> None:
    incumbent = torn()
    incumbent.bounds = [0, 1000]
    improved(incumbent, brief(0.5), 1)
    assert incumbent.costs == (0, 1000)


def test_a_proven_tier_is_kept_and_nothing_is_searched_where_all_are(outcomes: list[tuple[Numbers, Outcome]]) -> None:
    incumbent = torn()
    table = incumbent.ground.table
    part = table.everything(incumbent.values, table.aim({1: 5000, 2: 1}), {}, hint=False)
    best = run_part(part, incumbent.values, searching.EFFORT, Stop()).values
    assert best is not None
    incumbent.offer(best, incumbent.costs_of(best))
    incumbent.bounds = [0, -1]
    improved(incumbent, brief(0.3), 1)
    assert incumbent.costs == (0, 1000)
    assert outcomes
    assert all(outcome.values is None or incumbent.costs_of(outcome.values)[0] == 0 for _, outcome in outcomes)
    outcomes.clear()
    incumbent.bounds = [0, 1000]
    improved(incumbent, brief(20), 2)
    assert not outcomes


# -- two searches ----------------------------------------------------------------------------------------------------


class Given(Digger):
    """Digs where it is told to."""

    cells: Flags

    def choose(self, costly: tuple[Numbers, Reals]) -> tuple[Shape, Flags]:
        """The cells given."""
        return super().choose(costly)[0], self.cells


def meanwhile(asked: Problem, mine: tuple[int, int], theirs: tuple[int, int]) -> tuple[Told, Plan]:
    """What comes of a part with one cell, while another search has made better use of another cell."""
    plan, ground = searching.planned(asked)
    incumbent = begin(plan, ground)
    first = incumbent.values

    def at(cell: tuple[int, int]) -> Flags:
        cells = np.zeros((ground.people, ground.days), bool)
        cells[cell] = True
        return cells

    aim = ground.table.aim(dict.fromkeys(plan.tiers, 1))
    other = run_part(
        ground.table.part(first, ground.variables(at(theirs)), aim), first, searching.EFFORT, Stop()
    ).values
    assert other is not None

    def better(*_: object) -> None:
        incumbent.tell = None
        assert incumbent.offer(other, incumbent.costs_of(other))

    incumbent.tell = better
    digger = Given(ground, 1)
    digger.cells = at(mine)
    Walk(incumbent, digger).step(Effort(5, 1), brief(5), Stop())
    return incumbent, plan


def test_gains_in_different_cells_are_merged() -> None:
    asked = wishing(2, 2, Wish("001", MONDAY, on=True, shifts=("白",)), Wish("002", MONDAY, on=True, shifts=("白",)))
    incumbent, plan = meanwhile(asked, (0, 0), (1, 0))
    assert incumbent.costly == [(1,), (0,)]
    assert searching.read(plan, incumbent.values).shift("001", MONDAY) == "白"
    assert searching.read(plan, incumbent.values).shift("002", MONDAY) == "白"


def test_what_follows_from_both_gains_is_settled_anew() -> None:
    """Each of them fills the same gap of two, and what is missing is one variable that both depend on."""
    asked = problem(2, 1, soft(CoverMinimum(), 1))
    incumbent, plan = meanwhile(replace(asked, demands=needs(asked, "白", 2)), (0, 0), (1, 0))
    assert incumbent.costly == [(1,), (0,)]
    assert searching.read(plan, incumbent.values).costs() == {1: 0}


@pytest.mark.parametrize("rule", [Apart(), Rest(hours=16 * 60)])
def test_gains_that_a_hard_rule_keeps_apart_are_not_merged(rule: Apart | Rest) -> None:
    tuesday = problem(1, 2).days[1]
    if isinstance(rule, Apart):
        asked = wishing(
            2, 1, Wish("001", MONDAY, on=True, shifts=("白",)), Wish("002", MONDAY, on=True, shifts=("白",))
        )
        mine, theirs = (0, 0), (1, 0)
    else:
        asked = wishing(
            1, 2, Wish("001", MONDAY, on=True, shifts=("晚",)), Wish("001", tuesday, on=True, shifts=("白",))
        )
        mine, theirs = (0, 0), (0, 1)
    incumbent, plan = meanwhile(replace(asked, rules=(*problem(1, 1, rule).rules, *asked.rules)), mine, theirs)
    assert incumbent.costs == (1,)
    assert searching.broken(searching.read(plan, incumbent.values)) == []


def test_a_shift_of_many_people_is_opened_though_a_rule_joins_them_all() -> None:
    """Whether anybody works the shift follows from 70 people."""
    asked = problem(70, 1, Senior(skills=("组长",)), soft(CoverMinimum(), 1))
    seniors = [replace(one, terms=Dated.always(Terms(frozenset({"组长"})))) for one in people(70)[:35]]
    asked = replace(asked, people=(*seniors, *people(70)[35:]), demands=needs(asked, "白", 5))
    plan, ground = searching.planned(asked)
    incumbent = begin(plan, ground)
    incumbent.bounds = [0]
    improved(incumbent, brief(1), 1)
    assert incumbent.costs == (0,)


# -- where it digs ---------------------------------------------------------------------------------------------------


def costs_here(ground: Ground, costly: tuple[Numbers, Reals]) -> list[set[int]]:
    """The days of each thing that costs."""
    return [set((ground.cells_of(variable) % ground.days).tolist()) for variable in costly[0].tolist()]


@pytest.mark.parametrize("days", [5, 40])
def test_parts_lie_in_the_roster_and_follow_the_costs(days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = problem(9, days, soft(CoverMinimum(), 1))
    plan, ground = searching.planned(replace(asked, demands=needs(asked, "白", 3)[2:4]))
    incumbent = begin(plan, ground)
    costly = ground.costly(1, incumbent.values)
    assert costly[1].tolist() == [3, 3]
    near = costs_here(ground, costly)
    assert near == [{2}, {3}]
    for aimed in (0.0, 1.0):
        monkeypatch.setattr(grounds, "AIMED", aimed)
        digger, seen, hit = Digger(ground, 7), np.zeros((9, days), bool), 0
        for nth in range(300):
            shape, cells = digger.choose(costly)
            assert cells.shape == (9, days)
            assert cells.any()
            dug = set(np.flatnonzero(cells.any(axis=0)).tolist())
            hit += any(days_of & dug for days_of in near)
            digger.learn(shape, 0.0, 0.1)
            shape.learn(Status.UNKNOWN if nth % 2 else Status.OPTIMAL, quick=True)
            seen |= cells
        assert seen.all() or aimed
        assert hit == 300 if aimed else (hit < 300 or days < 10)


def test_scattered_days_lie_anywhere_and_one_of_them_where_something_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only where several tiers are left to search, and in a roster that has more days than they are."""
    monkeypatch.setattr(grounds, "AIMED", 1.0)
    asked = problem(9, 20, soft(CoverMinimum(), 1), soft(Wishes(), 2))
    wish = Wish("001", MONDAY, on=True)
    plan, ground = searching.planned(replace(asked, demands=needs(asked, "白", 3)[7:8], wishes=(wish,)))
    incumbent = begin(plan, ground)
    digger = Walk.of(incumbent, brief(5), 1).digger
    digger.shapes = scattered = [shape for shape in digger.shapes if shape.scattered]
    seen: set[tuple[int, ...]] = set()
    for _ in range(300):
        shape, cells = digger.choose(ground.costly(1, incumbent.values))
        days = tuple(np.flatnonzero(cells.any(axis=0)).tolist())
        assert len(days) == shape.days
        assert 7 in days
        shape.learn(Status.OPTIMAL, quick=True)
        digger.learn(shape, 0.0, 0.1)
        seen.add(days)
    assert [shape.days for shape in scattered] == [1, 3, 4], "they do not grow by days"
    assert len({days for days in seen if len(days) == 3}) > 50
    alone = Incumbent(ground, [1], incumbent.values, [0])
    assert not any(shape.scattered for shape in Walk.of(alone, brief(5), 1).digger.shapes)
    assert [shape.days for shape in Digger(ground, 1, range(3), scattered=True).shapes if shape.scattered] == [1]


def test_the_dearer_is_dug_at_more_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grounds, "AIMED", 1.0)
    off = [Wish("001", MONDAY, on=True, weight=1), Wish("003", problem(1, 56).days[-1], on=True, weight=9)]
    plan, ground = searching.planned(wishing(4, 56, *off))
    costly = ground.costly(1, begin(plan, ground).values)
    digger = Digger(ground, 3)
    for one in digger.shapes:
        one.size = 1
    dug: list[int] = []
    for _ in range(200):
        shape, cells = digger.choose(costly)
        dug += np.flatnonzero(cells.any(axis=1)).tolist()
        digger.learn(shape, 0.0, 1.0)
    assert set(dug) == {0, 2}
    assert 5 * 3 < dug.count(0) * 3 < dug.count(2)


def test_a_part_grows_while_it_is_easy_and_shrinks_where_it_is_not() -> None:
    """As many variables as it is told; a window that has everybody gets longer, up to the whole roster."""
    _, ground = searching.planned(problem(30, 60))
    whole = ground.weights.sum()

    def sizes(learn: Callable[[Shape], None], times: int) -> list[float]:
        """How many variables the parts of a shape have, and of all shapes together."""
        digger = Digger(ground, 1)
        for shape in digger.shapes:
            for _ in range(times):
                learn(shape)
        chosen = []
        for _ in digger.shapes:
            shape, cells = digger.choose((np.array([]), np.array([])))
            chosen.append(float(ground.weights[cells].sum()))
            digger.learn(shape, 0.0, 1.0)
        return chosen

    def easy(shape: Shape) -> None:
        shape.learn(Status.OPTIMAL, quick=True)

    def steady(shape: Shape) -> None:
        shape.learn(Status.OPTIMAL, quick=False)

    def hard(shape: Shape) -> None:
        shape.learn(Status.FEASIBLE, quick=False)

    def vain(shape: Shape) -> None:
        shape.learn(Status.UNKNOWN, quick=True)

    before = sizes(steady, 9)
    assert before == sizes(steady, 0)
    assert sum(sizes(easy, 2)) > sum(before) > sum(sizes(hard, 2)) > sum(sizes(vain, 2))
    assert max(sizes(easy, 50)) == whole
    least = sizes(vain, 200)
    assert min(least) > 0
    assert max(least) < whole / 5


def test_a_shape_that_gains_gets_the_most_turns_and_none_is_left_out() -> None:
    _, ground = searching.planned(problem(30, 60))
    digger = Digger(ground, 1)
    good = digger.shapes[2]
    turns = []
    for _ in range(400):
        shape, _cells = digger.choose((np.array([]), np.array([])))
        turns.append(shape)
        digger.learn(shape, 0.01 if shape is good else 0.0, 0.5)
    counts = [sum(one is shape for one in turns) for shape in digger.shapes]
    assert counts[2] > 200
    assert min(counts) > 5


def test_a_search_digs_where_no_other_does_if_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searches, "DRAWS", 100)
    asked = problem(4, 14, soft(CoverMinimum(), 1))
    plan, ground = searching.planned(replace(asked, demands=needs(asked, "白", 2)))
    incumbent = begin(plan, ground)
    walk = Walk(incumbent, Digger(ground, 1))
    walk.digger.shapes = [Shape(3, 3, 1.0, size=1)]
    other = np.zeros((4, 14), bool)
    other[:, :8] = True
    incumbent.busy[0] = other
    chosen = [walk._choose()[1] for _ in range(30)]
    assert not any((cells & other).any() for cells in chosen)
    other[:] = True
    assert walk._choose()[1].any()


# -- what many share, and what a tier that gains leaves behind --------------------------------------------------------


def sharing(monkeypatch: pytest.MonkeyPatch, *rules: Stated) -> tuple[Plan, Ground]:
    """Four people who share two kinds of shifts; what more than four rows speak of stands while parts are searched."""
    monkeypatch.setattr(tables, "HUB", 4)
    fair = (soft(Fair(of="shifts", shifts=(code,)), 2) for code in ("白", "晚"))
    asked = problem(4, 7, *rules, *fair)
    return searching.planned(replace(asked, demands=(*needs(asked, "白", 1), *needs(asked, "晚", 1))))


def loosened(ground: Ground, tier: int, values: Numbers) -> Numbers:
    """The same cells with more of what follows than must be."""
    table = ground.table
    loose = np.where(table.follows & (table.costs[tier] > 0), table.high, values)
    assert not table.breaks(loose)
    assert table.cost(tier, loose) > table.cost(tier, values)
    return loose


def test_what_many_share_falls_into_groups_without_a_row_in_common(monkeypatch: pytest.MonkeyPatch) -> None:
    _, ground = sharing(monkeypatch)
    table, groups = ground.table, ground.shared
    assert len(groups) > 1
    assert sorted(np.concatenate(groups).tolist()) == np.flatnonzero(table.hubs).tolist()
    for one, other in combinations(groups, 2):
        assert not np.intersect1d(table.rows_of(one), table.rows_of(other)).size


def test_what_many_share_is_chosen_anew_group_by_group(monkeypatch: pytest.MonkeyPatch) -> None:
    """The levels stand where nobody works; everybody on duty every day is as fair, at another level."""
    plan, ground = sharing(monkeypatch, soft(Wishes(), 1))
    incumbent = begin(plan, ground)
    values = incumbent.values.copy()
    values[ground.table.hubs] = ground.table.high[ground.table.hubs]
    values = settled_at(ground, values)
    assert ground.table.cost(2, values) > incumbent.costs[1]
    unfair = Told(ground, plan.tiers, values, [0, -1])
    walk = Walk(unfair, Digger(ground, 1))
    for _ in ground.shared:
        assert walk.credit == math.inf
        walk._level(Effort(5, 1), brief(5), Stop())
    assert unfair.costs == incumbent.costs
    assert walk.credit < 0


def settled_at(ground: Ground, values: Numbers) -> Numbers:
    """What follows, with the cells and what is shared as they are."""
    table = ground.table
    found = run_part(table.part(values, table.follows, table.aim({2: 1})), values, searching.EFFORT, Stop()).values
    assert found is not None
    return found


def test_what_follows_in_a_tier_that_got_dearer_is_made_as_little_as_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    plan, ground = sharing(monkeypatch, soft(Wishes(), 1))
    incumbent = begin(plan, ground)
    everything = ground.table.low < ground.table.high
    found = Outcome(Status.FEASIBLE, loosened(ground, 2, incumbent.values))
    walk = Walk(incumbent, Digger(ground, 1))
    better = walk._settled(everything, found, Effort(5, 1), Stop())
    assert better.values is not None
    assert incumbent.costs_of(better.values) == incumbent.costs
    assert better.work > found.work


def test_where_a_tier_gains_a_search_digs_more_often() -> None:
    plan, ground = searching.planned(problem(1, 1, soft(Wishes(), 1), soft(Wishes(), 2)))
    walk = Walk(begin(plan, ground), Digger(ground, 1))
    walk.costly = [(np.array([1]), np.array([1.0]))] * 2
    times = [0, 0]
    for _ in range(200):
        walk._dear()
        nth = walk.turns.index(walk.at)
        times[nth] += 1
        learn(walk.turns, walk.at, 0.01 * nth, 0.5)
    assert times[1] > 120
    assert times[0] > 5
    walk.costly[1] = np.array([], int), np.array([])
    walk._dear()
    assert walk.at is walk.turns[0]
