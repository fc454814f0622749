"""What is found of rows, whole or in part, is what counting through all values finds."""

from collections.abc import Callable, Iterable
from itertools import product
from random import Random

import numpy as np

from cstools.roster.result import Status
from cstools.roster.rows import NOBODY, OPEN, Costs, Literal, Rows
from cstools.roster.solver import Assumptions, Effort, Outcome, Stop, run, run_part
from cstools.roster.table import Table

EFFORT = Effort(10, workers=1)
Values = tuple[int, ...]
Terms = list[tuple[Literal, int]]
Row = tuple[Terms, int, int, list[Literal]]


class Drawn:
    """Random rows, and beside them what they ask."""

    def __init__(self, seed: int) -> None:
        self.rng = rng = Random(seed)
        self.rows = Rows()
        for _ in range(rng.randint(1, 5)):
            self.rows.new(rng.choice((NOBODY, 0, 1)), rng.choice((1, 1, 1, 3)))
        self.all = list(
            product(*(range(low, high + 1) for low, high in zip(self.rows.low, self.rows.high, strict=True)))
        )
        single = [variable for variable, most in enumerate(self.rows.high) if most == 1]
        self.single = single + [~variable for variable in single]
        self.literals = list(range(len(self.rows.high))) + [~variable for variable in single]
        self.asked = [self.row() for _ in range(rng.randint(0, 6))]
        self.prices = {tier: self.terms(rng.randint(0, 3), (-2, 1, 4)) for tier in (1, 2)}

    def terms(self, count: int, factors: tuple[int, ...]) -> Terms:
        return [(self.rng.choice(self.literals), self.rng.choice(factors)) for _ in range(count)]

    def row(self) -> Row:
        """One that may be a clause, one of several, at most one, or any other."""
        rng = self.rng
        terms = self.terms(rng.choice((0, 1, 2, 2, 3, 4)), rng.choice(((1,), (-1,), (1, -1, 2, -3))))
        least = rng.choice((-OPEN, 1, rng.randint(-2, 2)))
        most = rng.choice((OPEN, max(least, 1), max(least, rng.randint(-1, 3))))
        return terms, least, most, rng.choices(self.single, k=rng.choice((0, 0, 0, 1, 2)))

    def state(self) -> None:
        for row in self.asked:
            self.rows.add(*row)
        for tier, prices in self.prices.items():
            costs = self.rows.costs[tier] = Costs()
            for literal, price in prices:
                costs.add(literal, price)

    def cost(self, *tiers: int) -> Callable[[Values], int]:
        return lambda values: sum(total(values, self.prices[tier]) for tier in tiers)

    def good(self) -> list[Values]:
        return [values for values in self.all if keeps(values, self.asked)]


def total(values: Values, terms: Terms) -> int:
    return sum(factor * (values[literal] if literal >= 0 else 1 - values[~literal]) for literal, factor in terms)


def keeps(values: Values, asked: Iterable[Row]) -> bool:
    return all(
        least <= total(values, terms) <= most or any(not total(values, [(literal, 1)]) for literal in when)
        for terms, least, most, when in asked
    )


def agree(outcome: Outcome, good: list[Values], cost: Callable[[Values], int]) -> None:
    if not good:
        assert outcome.status is Status.INFEASIBLE
        return
    assert (outcome.status, outcome.cost, outcome.bound) == (Status.OPTIMAL, *[min(map(cost, good))] * 2)
    assert outcome.values is not None
    found = tuple(outcome.values.tolist())
    assert found in good
    assert cost(found) == outcome.cost


def test_the_whole_is_as_cheap_as_can_be() -> None:
    feasible = 0
    for seed in range(300):
        drawn = Drawn(seed)
        drawn.state()
        rows, good, cost = drawn.rows, drawn.good(), drawn.cost(2)
        feasible += bool(good)
        rows.minimise_tier(2)
        rows.hints = {1: 1}
        agree(run(rows, EFFORT, Stop()), good, cost)
        held = rows.copy()
        held.held = {1: 0}
        held.minimise(drawn.prices[2])
        agree(run(held, EFFORT, Stop()), [values for values in good if drawn.cost(1)(values) <= 0], cost)
        agree(run(rows, EFFORT, Stop()), good, cost)  # and the copy has left it alone
    assert 50 < feasible < 250


def test_a_part_is_as_cheap_as_can_be_where_the_rest_stands() -> None:
    for seed in range(300):
        drawn = Drawn(seed)
        drawn.state()
        good = drawn.good()
        if not good:
            continue
        table = Table(drawn.rows)
        assert not table.contradicts()
        now = drawn.rng.choice(good)
        free = np.array([drawn.rng.random() < 0.5 for _ in now])
        values, most = np.array(now), drawn.cost(1)(now)
        part = table.part(values, free, table.aim({1: 3, 2: 1}), {1: most})
        stands = set(range(len(now))) - set(part.variables.tolist())
        assert all(drawn.rows.owner[variable] == NOBODY or free[variable] for variable in part.variables)
        found = [other for other in good if drawn.cost(1)(other) <= most and all(other[at] == now[at] for at in stands)]
        agree(run_part(part, values, EFFORT, Stop()), found, drawn.cost(1, 1, 1, 2))


def test_a_contradiction_of_what_is_decided_is_seen() -> None:
    rows = Rows()
    assert not Table(rows).contradicts()
    first, second = rows.new(), rows.new()
    rows.all_of([first, second])
    assert not Table(rows).contradicts()
    alone, when = rows.copy(), rows.copy()
    rows.add([(first, 1), (second, 1)], most=1)
    alone.add([], least=1)
    when.add([], least=1, when=[first, second])
    for one in (rows, alone, when):
        assert Table(one).contradicts()
        assert run(one, EFFORT, Stop()).status is Status.INFEASIBLE


def test_the_literals_named_suffice_for_a_contradiction() -> None:
    named = 0
    for seed in range(300):
        drawn = Drawn(seed)
        holds = [drawn.rows.new() for _ in drawn.asked]
        for hold, (terms, least, most, when) in zip(holds, drawn.asked, strict=True):
            drawn.rows.add(terms, least, most, [*when, hold])
        chosen = [nth for nth in range(len(holds)) if drawn.rng.random() < 0.8]
        status, core, _ = Assumptions(drawn.rows).core([holds[nth] for nth in chosen], EFFORT)
        possible = any(keeps(values, [drawn.asked[nth] for nth in chosen]) for values in drawn.all)
        assert status is (Status.OPTIMAL if possible else Status.INFEASIBLE), seed
        if not possible:
            assert set(core) <= {holds[nth] for nth in chosen}
            assert not any(keeps(values, [drawn.asked[holds.index(one)] for one in core]) for values in drawn.all), seed
            named += len(core) < len(chosen)
    assert named > 50
