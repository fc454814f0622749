"""Exchanging days as a roster cools down: what follows from cells is worked out as the rows say, and no rule breaks."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest
import searching
from test_solve import hard as hard_problem
from test_solve import needs, problem, soft

from cstools.dated import Dated
from cstools.roster import allowed, anneal, machine, moves, phases, proposals, ready
from cstools.roster import solve as solving
from cstools.roster.anneal import Annealing
from cstools.roster.arrays import NONE, Numbers, row_of_each
from cstools.roster.flat import flatten
from cstools.roster.ground import Ground
from cstools.roster.inputs import Demand, Wish
from cstools.roster.plan import Plan
from cstools.roster.ready import Ready, begun
from cstools.roster.result import Limits
from cstools.roster.roster import Roster
from cstools.roster.rule import Stated
from cstools.roster.rules import all_rules
from cstools.roster.rules.cover_minimum import CoverMinimum
from cstools.roster.rules.fair import Fair
from cstools.roster.rules.same_shift import SameShift
from cstools.roster.rules.shift_count import ShiftCount
from cstools.roster.rules.wishes import Wishes
from cstools.roster.scope import Scope
from cstools.roster.search import Costs, Incumbent
from cstools.roster.solve import solve
from cstools.roster.solver import Clock, Stop, holds, run_part
from cstools.shifts import Duty

RULES = list(all_rules().values())


def drawn(seed: int) -> tuple[Plan, Ground, Numbers] | None:
    """A problem with rules of all kinds, each hard once, and a roster that keeps them; None where there is none."""
    rng = Random(seed)
    asked = searching.drawn(rng, [RULES[seed % len(RULES)], *rng.sample(searching.WIDE, 2)], soft=6)
    plan, ground = searching.planned(asked)
    values = searching.some_roster(rng, ground.table)
    return None if values is None or not plan.tiers else (plan, ground, values)


def annealing(plan: Plan, ground: Ground, values: Numbers, cores: int, seed: int = 1) -> Annealing:
    bounds = [ground.table.least_cost(tier) - 1 for tier in plan.tiers]  # so that nothing is proven
    return Annealing(Incumbent(ground, plan.tiers, values, bounds), cores, seed)


def cooled(search: Annealing, work: float) -> Annealing:
    """The same after so many units of work."""
    search.cool(Clock(work, deterministic=True), 0.0, Stop(), lambda _: None)
    return search


@pytest.mark.parametrize("seed", range(3 * len(RULES)))
def test_what_follows_is_as_cheap_as_a_solver_makes_it(seed: int) -> None:
    if not (found := drawn(seed)):
        return
    plan, ground, values = found
    table = ground.table
    flat = flatten(table, values, ground.days)
    completed = flat.completed(values)
    assert not table.breaks(completed)
    told = np.concatenate((flat.groups.paying[0], flat.either[flat.either != NONE]))
    follows = np.flatnonzero((table.owner < 0) & table.follows)
    stands = np.setdiff1d(follows, told)  # the level of what is fair, where few share: it is settled by parts
    table.low[stands] = table.high[stands] = values[stands]
    free = np.zeros(len(values), bool)
    free[follows] = True
    for tier in plan.tiers:
        least = run_part(table.part(values, free, table.aim({tier: 1})), values, searching.EFFORT, Stop())
        assert least.values is not None
        assert table.cost(tier, completed) == table.cost(tier, least.values)


@pytest.mark.parametrize("seed", range(len(RULES)))
@pytest.mark.parametrize(("cores", "room"), [(1, allowed.ROOM), (2, allowed.ROOM), (1, 0)])
def test_costs_are_kept_count_of_and_no_hard_rule_breaks(
    seed: int, cores: int, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not (found := drawn(seed)):
        return
    plan, ground, values = found
    monkeypatch.setattr(anneal, "MOVES", 500)
    monkeypatch.setattr(allowed, "ROOM", room)
    search = cooled(annealing(plan, ground, values, cores, seed), 5 * 500 / anneal.RATE)
    for now, costs in ((search.now(), tuple(search.costs.tolist())), (search.kept, search.best)):
        there = search.completed(*now)
        assert not ground.table.breaks(there)
        assert search.incumbent.costs_of(there) == costs
    assert search.incumbent.costs <= search.incumbent.costs_of(values)


@pytest.mark.parametrize("seed", range(0, 3 * len(RULES), 3))
def test_what_may_follow_what_on_the_next_day_is_what_the_rows_say(seed: int) -> None:
    if not (found := drawn(seed)):
        return
    plan, ground, values = found
    search = annealing(plan, ground, values, 1)
    flat, facts, owner = search.flat, search.facts, ground.table.owner
    cells = owner[row_of_each(flat.starts)]
    hard = (flat.group == NONE) & (flat.either == NONE)
    for cell in range(len(facts.size) - 1):
        if (cell + 1) % ground.days == 0:
            continue
        two = np.isin(cells, (cell, cell + 1))
        rows = np.setdiff1d(flat.rows[two & hard[flat.rows]], flat.rows[~two])
        rows = rows[[{cell, cell + 1} <= set(cells[flat.rows == row].tolist()) for row in rows]]
        mine, theirs = (range(facts.pools[size], facts.pools[size + 1]) for size in facts.size[cell : cell + 2])
        for one, then in product(mine, theirs):
            there = np.zeros(len(values), np.int64)
            for at, held in ((cell, facts.pool[one]), (cell + 1, facts.pool[then])):
                there[facts.begin[at] + held[held != NONE]] = 1
            come = flat.sums(there)[rows]
            may = ((come >= flat.least[rows]) & (come <= flat.most[rows])).all()
            assert facts.pairs[facts.beside[cell], one, then] == may


def only(monkeypatch: pytest.MonkeyPatch, kind: int) -> None:
    """Moves of one kind alone."""
    monkeypatch.setattr(Annealing, "_shares", lambda *_: np.arange(len(proposals.KINDS)) >= kind)


def test_what_many_lack_is_filled_and_somebody_else_takes_over_what_was_in_the_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = problem(3, 2, ShiftCount(shifts=("白班",), at_most=1), soft(CoverMinimum(), 1), soft(SameShift(), 2))
    first, then = asked.days
    *able, other = asked.people
    skilled = Dated.always(replace(other.on(first), skills=frozenset({"投诉"})))
    asked = replace(
        asked,
        people=(*(replace(person, terms=skilled) for person in able), other),
        demands=(Demand(first, ("白",), minimum=2), Demand(then, ("白",), "投诉", minimum=1)),
    )
    plan, ground = searching.planned(asked)
    values = values_of(plan, ground, Roster(asked, frozenset(Duty(first, "白", person.number) for person in able)))
    only(monkeypatch, proposals.FILL)
    search = annealing(plan, ground, values, 1)
    assert search.best == (1, 0)
    assert cooled(search, 0.05).incumbent.costs == (0, 0)
    assert search.incumbent.costs_of(search.completed(*search.now())) == tuple(search.costs.tolist())
    assert search.facts.daily.size


def test_somebody_else_takes_over_what_one_who_comes_for_another_cannot_do(monkeypatch: pytest.MonkeyPatch) -> None:
    never = replace(Stated(ShiftCount(shifts=("晚班",), at_most=0)), scope=Scope(people=frozenset({"001"})))
    asked = problem(3, 2, never, CoverMinimum(), soft(Wishes(), 1), soft(SameShift(), 2))
    first, then = asked.days
    demands = (Demand(first, ("白",), minimum=1), Demand(first, ("晚",), minimum=1), Demand(then, ("白",), minimum=2))
    asked = replace(asked, demands=demands, wishes=(Wish("001", then, on=False),))
    plan, ground = searching.planned(asked)
    had = {Duty(first, "晚", "002"), Duty(first, "白", "003"), Duty(then, "白", "001"), Duty(then, "白", "003")}
    only(monkeypatch, proposals.BY)
    search = cooled(annealing(plan, ground, values_of(plan, ground, Roster(asked, frozenset(had))), 1), 0.05)
    assert search.best[0] == 0
    now = plan.read(partial(holds, search.completed(*search.kept)))
    assert {(duty.day, duty.shift, duty.person) for duty in now} == {
        (first, "白", "001"), (first, "晚", "003"), (then, "白", "002"), (then, "白", "003")
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_what_is_fair_is_found_for_the_cells_as_they_are(seed: int) -> None:
    rng = Random(seed)
    rules = (Fair(of="shifts", shifts=("晚班",)), Fair(of="rests"), Fair(of="weekends"))
    plan, ground = searching.planned(problem(4, 14, soft(rng.choice(rules), 1)))
    values = searching.some_roster(rng, ground.table)
    assert values is not None
    flat = flatten(ground.table, values, ground.days)
    values[flat.levels] = 0
    search = annealing(plan, ground, flat.completed(values), 1)
    stint = search.stint(search.people, 1e-9, lead=True)
    for _ in range(30):
        moves.settle(search.facts, search.stand, search.notes[0], stint)
    there, free = search.completed(*search.now()), ground.table.owner < 0
    assert not ground.table.breaks(there)
    best = run_part(ground.table.part(there, free, ground.table.aim({1: 1})), there, searching.EFFORT, Stop())
    assert best.values is not None
    assert ground.table.cost(1, there) == ground.table.cost(1, best.values)
    assert search.best[0] + search.notes[0].change[0] == ground.table.cost(1, there)


def values_of(plan: Plan, ground: Ground, roster: Roster) -> Numbers:
    """A roster's cells, and what follows from them."""
    values = ground.table.low.copy()
    for _, variable, held in plan.values(roster):
        values[variable] = held
    return flatten(ground.table, values, ground.days).completed(values)


def wished(count: int, days: int) -> tuple[Plan, Ground, Numbers]:
    """People who each wish for one of two shifts every day, and of whom each begins with the other one."""
    asked = problem(count, days, soft(Wishes(), 1), soft(SameShift(), 2))
    codes = ("白", "晚")
    wishes = [
        Wish(person.number, day, on=True, shifts=(codes[nth % 2],), weight=1)
        for nth, person in enumerate(asked.people)
        for day in asked.days
    ]
    demands = (*needs(asked, "白", count // 2), *needs(asked, "晚", count // 2))
    asked = replace(asked, wishes=tuple(wishes), demands=demands, rules=(*asked.rules, Stated(CoverMinimum())))
    plan, ground = searching.planned(asked)
    duties = {
        Duty(day, codes[(nth + 1) % 2], person.number)
        for nth, person in enumerate(asked.people)
        for day in asked.days
    }  # fmt: skip
    return plan, ground, values_of(plan, ground, Roster(asked, frozenset(duties)))


@pytest.mark.parametrize("cores", [1, 2])
def test_days_are_exchanged_until_everybody_has_what_was_wished_for(cores: int) -> None:
    plan, ground, values = wished(6, 7)
    search = annealing(plan, ground, values, cores)
    assert search.best == (42, 0)
    assert cooled(search, 1.0).incumbent.costs == (0, 0)
    assert search.incumbent.costs_of(search.completed(*search.now())) == tuple(search.costs.tolist())


def test_a_roster_cools_down_evenly_from_what_one_is_worth_in_the_first_tier(monkeypatch: pytest.MonkeyPatch) -> None:
    plan, ground, values = wished(6, 7)
    heats: list[float] = []
    monkeypatch.setattr(Annealing, "_round", lambda *words: heats.append(words[-1]))
    cooled(annealing(plan, ground, values, 1), 5 * anneal.MOVES / anneal.RATE)
    first = anneal.HOT * anneal.WORTH
    assert heats[:5] == pytest.approx([first * (anneal.COLD / first) ** (nth / 5) for nth in range(5)])


def test_a_tier_that_has_frozen_goes_back_to_its_best() -> None:
    plan, ground, values = wished(6, 7)
    search = annealing(plan, ground, values, 1)
    search.costs += 1  # as if it had got dearer since
    begun = search.stand
    search.back(1.1)
    assert search.stand is begun
    search.back(1.0)
    assert search.stand is not begun
    assert tuple(search.costs.tolist()) == search.best
    assert all((one == other).all() for one, other in zip(search.stand, begun, strict=True))


def test_the_last_of_the_cold_makes_nothing_dearer() -> None:
    plan, ground, values = wished(6, 7)
    search = cooled(annealing(plan, ground, values, 2), 0.02)
    before = search.incumbent.costs
    search.chill(Clock(0.1, deterministic=True), 0.0, Stop(), lambda _: None)
    assert search.best <= before
    assert search.incumbent.costs == search.best


def test_moves_are_counted_anew_before_there_is_no_room_for_their_number() -> None:
    plan, ground, values = wished(6, 7)
    search = annealing(plan, ground, values, 2)
    for notes in search.notes:
        notes.number[:] = anneal.COUNTED
    search = cooled(search, 100_000 / anneal.RATE)
    assert all(0 < notes.number[0] < 10 * anneal.MOVES for notes in search.notes)
    assert search.incumbent.costs_of(search.completed(*search.now())) == tuple(search.costs.tolist())


def test_a_search_by_itself_is_repeatable() -> None:
    plan, ground, values = wished(6, 7)
    first, again, other = (cooled(annealing(plan, ground, values, 1, seed), 0.05) for seed in (1, 1, 2))
    assert (first.stand.patterns == again.stand.patterns).all()
    assert (first.costs == again.costs).all()
    assert (first.notes[0].chance != other.notes[0].chance).any()


def test_nothing_is_exchanged_once_a_search_is_to_stop() -> None:
    plan, ground, values = wished(6, 7)
    stop = Stop()
    stop.ask()
    search = annealing(plan, ground, values, 1)
    search.cool(Clock(60.0, deterministic=False), 0.0, stop, lambda _: None)
    assert (search.incumbent.values == values).all()


def test_nothing_is_exchanged_where_every_day_is_filled_by_hand() -> None:
    plan, ground, values = wished(6, 7)
    ground.table.low[:] = ground.table.high[:] = values
    search = annealing(plan, Ground(ground.table, ground.people, ground.days), values, 2)
    assert (cooled(search, 1.0).incumbent.values == values).all()


def test_where_machine_code_cannot_be_kept_it_is_made_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def njit(*, cache: bool = False, **_: object) -> Callable[[object], object]:
        if cache:
            raise RuntimeError("no locator available")
        return lambda function: function

    monkeypatch.setattr(machine, "njit", njit)
    assert machine.kept(len) is len


def test_a_solve_exchanges_days_where_several_tiers_are_left_and_is_repeatable(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Costs] = []

    def cool(self: Annealing, *words: Any) -> None:
        begun.append(self.incumbent.costs)
        original(self, *words)

    def chill(self: Annealing, *words: Any) -> None:
        chilled.append(self.incumbent.costs)
        last(self, *words)

    chilled: list[Costs] = []
    original, last = Annealing.cool, Annealing.chill
    monkeypatch.setattr(Annealing, "cool", cool)
    monkeypatch.setattr(Annealing, "chill", chill)
    asked = hard_problem()
    several = replace(asked, rules=(*asked.rules, soft(SameShift(), 2), soft(Fair(), 3)))
    with monkeypatch.context() as patch:
        patch.setattr(ready, "ENOUGH", 0.0)
        patch.setattr(solving, "TIERED", 0.0)
        patch.setattr(phases, "LAST", phases.PARTS)  # before parts prove it
        first, again = (solve(several, Limits(3.0, deterministic=True)) for _ in range(2))
        solve(asked, Limits(1.0, deterministic=True))
    assert len(begun) == 2
    assert first.roster
    assert again.roster
    assert first.roster.duties == again.roster.duties
    assert tuple(tier.cost for tier in first.tiers) <= chilled[0] <= begun[0]
    solve(several, Limits(1.0))
    assert len(begun) == 2


def test_what_was_made_ready_serves_any_roster() -> None:
    anneal.prepare()
    kinds = len(moves.walk.signatures)  # type: ignore[attr-defined] # of machine code
    for seed in range(12):
        if found := drawn(seed):
            cooled(annealing(*found, 1), 0.01)
    assert len(moves.walk.signatures) == kinds  # type: ignore[attr-defined] # of machine code


def test_what_goes_wrong_in_the_background_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ValueError("no such machine")

    monkeypatch.setattr(anneal, "prepare", broken)
    with pytest.raises(ValueError, match="no such machine"):
        Ready().now(wait=True)


ENDING = """
import atexit, sys, time
from cstools.roster import anneal, ready

def prepare():
    time.sleep(2)
    print("made", flush=True)

anneal.prepare = prepare
made = ready.begun(2, 10.0)
atexit.register(print, "written", flush=True)
sys.exit(3)
"""


def test_python_ends_once_machine_code_is_made() -> None:
    ended = subprocess.run([sys.executable, "-c", ENDING], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (3, "written\nmade\n", "")


def test_whoever_does_not_wait_for_machine_code_interrupts_it() -> None:
    with subprocess.Popen([sys.executable, "-c", ENDING], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as ending:
        assert ending.stdout
        assert ending.stdout.readline() == b"written\n"
        time.sleep(0.5)  # until it waits
        ending.send_signal(signal.SIGINT)
        assert ending.communicate() == (b"", b"")
        assert ending.returncode == 130


def test_machine_code_is_made_where_days_are_exchanged() -> None:
    assert begun(1, 60.0) is None
    assert begun(2, 9.9) is None
