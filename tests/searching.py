"""Small problems with rules of all kinds as a search sees them, and rosters of theirs that keep the rules."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from random import Random

import numpy as np
import sampler

from cstools.roster.arrays import Numbers
from cstools.roster.ground import Ground
from cstools.roster.part import Aim
from cstools.roster.plan import Plan
from cstools.roster.problem import Problem
from cstools.roster.roster import Roster
from cstools.roster.rule import Rule, Stated, Strength
from cstools.roster.rules import all_rules
from cstools.roster.solver import Effort, Stop, holds, run_part
from cstools.roster.table import Table

EFFORT = Effort(20, workers=1)
WIDE = [kind for kind in all_rules().values() if kind.name() != "employment"]


def draw(rng: Random, kind: type[Rule]) -> Rule:
    """A rule with one of its samples for each parameter."""
    return kind(**{name: rng.choice(about["samples"]) for name, about in kind.parameters().items()})


def drawn(rng: Random, hard: list[type[Rule]], soft: int, weight: int = 3) -> Problem:
    """A sampled problem with these hard rules, and so many soft ones in up to three tiers."""
    asked = sampler.problem(rng)
    firm = [Stated(draw(rng, kind), scope=sampler.scope(rng, asked)) for kind in hard]
    loose = [
        Stated(draw(rng, kind), Strength.SOFT, rng.randint(1, 3), rng.randint(1, weight), sampler.scope(rng, asked))
        for kind in rng.sample(WIDE, soft)
    ]
    return replace(asked, rules=(*firm, *loose))


def planned(asked: Problem) -> tuple[Plan, Ground]:
    """The plan of a problem, and the ground that a search digs in."""
    plan = Plan(asked)
    for stated in asked.rules:
        plan.state(stated)
    return plan, Ground(Table(plan.rows), len(asked.people), len(asked.days))


def fancy(rng: Random, table: Table) -> Aim:
    """Prices of chance for the cells' variables."""
    prices = np.array([rng.randint(-5, 5) for _ in table.low], np.int64)
    return prices * (table.owner >= 0), 0


def some_roster(rng: Random, table: Table) -> Numbers | None:
    """Values that keep all hard rules, as chance likes them; None where there are none."""
    return run_part(table.everything(table.low, fancy(rng, table), {}, hint=False), table.low, EFFORT, Stop()).values


def rosters(seeds: int, hard: int) -> Iterator[tuple[int, Random, Plan, Ground, Numbers]]:
    """Sampled problems with so many hard rules, each with a roster that keeps them, where there is one."""
    for seed in range(seeds):
        rng = Random(seed)
        plan, ground = planned(drawn(rng, rng.sample(WIDE, hard), 5))
        values = some_roster(rng, ground.table)
        if values is not None:
            yield seed, rng, plan, ground, values


def read(plan: Plan, values: Numbers) -> Roster:
    """The roster that values tell."""
    return Roster(plan.problem, plan.read(partial(holds, values)))


def broken(roster: Roster) -> list[str]:
    """The hard rules that a roster breaks."""
    return [str(one.text) for one in roster.audit() if one.stated and one.stated.strength is Strength.HARD]
