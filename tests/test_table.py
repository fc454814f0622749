"""A part cut out of a plan says of the whole what the whole says."""

from random import Random

import numpy as np
import pytest
import searching
from test_rows import Drawn

from cstools.roster import table as tables
from cstools.roster.arrays import Flags
from cstools.roster.result import Status
from cstools.roster.rows import Costs, Rows
from cstools.roster.solver import Stop, run_part
from cstools.roster.start import settled
from cstools.roster.table import Table

EFFORT = searching.EFFORT


def some_cells(rng: Random, table: Table, chance: float) -> Flags:
    """The variables of some cells."""
    cells = {cell for cell in range(max(table.owner) + 1) if rng.random() < chance}
    return np.array([int(owner) in cells for owner in table.owner])


def test_what_a_part_finds_keeps_the_rules_and_costs_what_the_roster_says() -> None:
    changed = 0
    for seed, rng, plan, ground, first in searching.rosters(30, 2):
        table, values = ground.table, first
        for _ in range(4):
            free = some_cells(rng, table, rng.choice((0.2, 0.6)))
            found = run_part(table.part(values, free, searching.fancy(rng, table)), values, EFFORT, Stop()).values
            assert found is not None, seed
            stands = (table.owner >= 0) & ~free
            assert (found[stands] == values[stands]).all(), seed
            changed += int((found != values).any())
            rest = settled(ground, found, table.aim(dict.fromkeys(plan.tiers, 1)), EFFORT, Stop()).values
            assert rest is not None, seed
            roster = searching.read(plan, rest)
            assert searching.broken(roster) == [], seed
            assert {tier: table.cost(tier, rest) for tier in plan.tiers} == roster.costs(), seed
            values = found
    assert changed > 50


@pytest.mark.parametrize("hub", [60, 3])
def test_foresight_asks_no_more_than_all_the_rules(hub: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where some stand as in a roster that keeps the rules, the others can't be in the way, however they stand."""
    monkeypatch.setattr(tables, "HUB", hub)
    bound = 0
    for seed, rng, plan, ground, good in searching.rosters(40, 3):
        table = ground.table
        known, mine = some_cells(rng, table, rng.choice((0, 0.5))), some_cells(rng, table, 0.4)
        values = table.low.copy()
        values[table.idle] = table.high[table.idle]
        values[known] = good[known]
        unknown = (~known & ~mine & (table.owner >= 0)) | table.hubs
        part = table.foresighted(values, mine, table.aim(dict.fromkeys(plan.tiers, 1)), unknown)
        outcome = run_part(part, values, EFFORT, Stop())
        assert outcome.status is Status.OPTIMAL, seed
        bound += len(part.least) > 0
    assert bound > 20


def test_foresight_of_everything_is_the_whole() -> None:
    for seed in range(25):
        rng = Random(seed)
        plan, ground = searching.planned(searching.drawn(rng, rng.sample(searching.WIDE, 3), 4))
        table = ground.table
        values, aim = table.low.copy(), table.aim(dict.fromkeys(plan.tiers, 1))
        nothing = np.zeros(len(values), bool)
        part = table.foresighted(values, table.owner >= 0, aim, nothing)
        outcome = run_part(part, values, EFFORT, Stop())
        good = searching.some_roster(rng, table)
        assert (outcome.values is None or table.contradicts()) is (good is None), seed
        if outcome.values is not None and good is not None:
            rest = settled(ground, outcome.values, aim, EFFORT, Stop()).values
            assert rest is not None, seed
            assert searching.broken(searching.read(plan, rest)) == [], seed


def by_foresight(rows: Rows, free: set[int], unknown: set[int], values: list[int]) -> tuple[int, ...] | None:
    """What costs least where some variables are free and some are not known; a later variable is dearer."""
    table = Table(rows)
    flags = [np.array([nth in which for nth in range(len(values))]) for which in (free, unknown)]
    part = table.foresighted(np.array(values), flags[0], (np.arange(len(values)), 0), flags[1])
    found = run_part(part, np.array(values), EFFORT, Stop()).values
    return None if found is None else tuple(found.tolist())


def test_a_condition_that_is_not_known_does_not_bind() -> None:
    for opposite in (False, True):
        rows = Rows()
        mine, other = rows.new(0), rows.new(1)
        rows.add([(mine, 1)], least=1, when=[~other if opposite else other])
        holds = [1, 0, int(not opposite)]
        assert by_foresight(rows, {mine}, set(), holds) == (1, 1, holds[2])
        assert by_foresight(rows, {mine}, {other}, holds) == tuple(holds)
        assert by_foresight(rows, {mine}, set(), [1, 0, int(opposite)]) == (1, 0, int(opposite))


def test_a_condition_that_is_decided_binds_though_its_cell_is_not_known() -> None:
    rows = Rows()
    mine, other = rows.new(0), rows.new(1)
    rows.all_of([other])
    rows.add([(mine, 1)], least=1, when=[other])
    assert by_foresight(rows, {mine}, {other}, [1, 0, 1]) == (1, 1, 1)


def test_who_is_not_known_does_what_a_hard_rule_wants_and_counts_as_off_where_that_costs() -> None:
    for price in (0, 5):
        rows = Rows()
        mine, other, missing = rows.new(0), rows.new(1), rows.new()
        if price:
            rows.costs[1] = Costs()
            rows.costs[1].add(missing, price)
        rows.add([(mine, 1), (other, 1), *[(missing, 1)] * bool(price)], least=1)
        assert by_foresight(rows, {mine}, set(), [1, 0, 0, 0]) == (1, 1, 0, 0)
        assert by_foresight(rows, {mine}, set(), [1, 0, 1, 0]) == (1, 0, 1, 0)
        assert by_foresight(rows, {mine}, {other}, [1, 0, 0, 0]) == ((1, 1, 0, 0) if price else (1, 0, 0, 0))


@pytest.mark.parametrize("block", [1 << 20, 3])
def test_what_is_decided_holds_in_every_solution(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "BLOCK", block)
    decided, contradictions = 0, 0
    for seed in range(600):
        drawn = Drawn(seed)
        drawn.state()
        table, good = Table(drawn.rows), drawn.good()
        for values in good:
            assert ((table.low <= values) & (values <= table.high)).all(), seed
        decided += bool(good) and int((table.low[1:] == table.high[1:]).sum())
        if table.contradicts():
            assert not good, seed
            contradictions += 1
        elif (table.low == table.high).all():
            assert good, seed
    assert decided > 50
    assert contradictions > 20


@pytest.mark.parametrize("block", [1 << 20, 1])
def test_one_decision_brings_the_next(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "BLOCK", block)
    rows = Rows()
    first, second, third, fourth, fifth = (rows.new() for _ in range(5))
    rows.add([(fourth, 1), (fifth, 1)], least=1)
    rows.add([(second, 1), (third, 1)], most=1)
    rows.add([(third, 1), (fourth, 2)], least=2)
    rows.add([(second, 1)], least=1, when=[fifth])
    rows.add([(second, 1), (first, -1)], least=0)
    rows.all_of([first])
    table = Table(rows)
    assert table.low.tolist() == [1, 1, 1, 0, 1, 0]
    assert table.high.tolist() == [1, 1, 1, 0, 1, 1]
    assert table.whole().variables.tolist() == [fifth]
