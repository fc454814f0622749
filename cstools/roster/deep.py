"""Deep parts: everybody's days relaxed together, and searched from where that leads.

It knows cells and costs, and nothing of any rule.
"""

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from cstools.roster.arrays import Flags
from cstools.roster.ground import Digger, Ground, Shape
from cstools.roster.guide import Relaxed
from cstools.roster.result import Status
from cstools.roster.solver import Clock, Effort, Outcome, Stop, run_part

if TYPE_CHECKING:
    from cstools.roster.search import Walk

DAYS: Final = 28  # over which everybody is relaxed together, at first
WIDE: Final = 14_000  # variables that are relaxed together, at first; where they reach over fewer days it does not pay
LATER: Final = 0.15  # share of the time after which that is first tried
SHORTEST: Final = 7
RELAXED: Final = 60.0  # seconds for relaxing some days of everybody
LIKELY: Final = 0.8  # a share that is taken for granted where a guide is followed
GUIDED: Final = 20.0  # seconds to follow it
PATIENCE: Final = 6.0  # seconds in vain before a search of what a relaxation has opened ends


def shapes(ground: Ground, seconds: float) -> list[Shape]:
    """The deep shape of a long roster in so much time; none where it would reach over too few days to pay."""
    daily = ground.weights.sum() / ground.days
    far = min(DAYS, int(WIDE / max(1, daily)))
    if ground.days <= DAYS or far < SHORTEST:
        return []
    return [Shape(far, ground.days, daily, deep=True, size=math.inf, turn=seconds * LATER)]


def dig(walk: "Walk", shape: Shape, cells: Flags, clock: Clock, stop: Stop) -> None:
    """Relax everybody's days together, and search there for a while, from where that leads."""
    ground, table, chance = walk.ground, walk.table, walk.digger.random
    free = ground.variables(cells)
    begun = clock.left()
    aim, held = walk.aim(free)
    relaxed = Relaxed(ground, walk.values, free, aim, held)
    there = relaxed.run(clock, min(RELAXED, clock.left() / 3), stop, chance.randrange(1 << 30), threads=1)
    took = begun - clock.left()
    if there:
        days = np.flatnonzero(cells.any(axis=0))
        digger = Digger(ground, chance.randrange(1 << 30), range(days[0], days[-1] + 1), guided=True)
        inner = walk.alone(digger, relaxed.guide(), table.closed(free))
        follow(inner, free & (table.low < table.high), inner.effort(clock), clock, stop)
        until = clock.left() - max(took, PATIENCE)
        while clock.left() > max(0, until) and inner.dry < PATIENCE and not stop.asked:
            inner.step(inner.effort(clock), clock, stop)
        spent = begun - clock.left()
        found = Outcome(Status.FEASIBLE, inner.incumbent.values, work=spent)
        walk.take(free, shape, found, walk.effort(clock), stop)
    else:
        walk.digger.learn(shape, 0.0, took)
        spent = took
    shape.deepen(SHORTEST, there=there, quick=took < RELAXED / 2)
    walk.passed(spent)


def follow(walk: "Walk", within: Flags, effort: Effort, clock: Clock, stop: Stop) -> None:
    """Stand where the guide leads, if what is likely goes together: that may be a way worse than the best."""
    guide, table = walk.guide, walk.table
    if not guide:
        return
    aim, held = walk.aim(within)
    effort = replace(effort, seconds=min(GUIDED, clock.left() / 4))
    cells = (table.owner >= 0) & within
    whole = run_part(table.part(guide.whole, within & ~cells, aim, held, also=cells), guide.whole, effort, stop)
    values = walk.values if whole.values is None else whole.values
    clock.spend(whole.work)
    walk.reach(whole)
    sure, never = cells & (guide.shares >= LIKELY), cells & ~guide.might
    if whole.values is not None:
        sure, never = sure & (values == 1), never & (values == 0)
    values = np.where(sure, 1, np.where(never, 0, values))
    stands = sure | never
    part = replace(table.part(values, within & ~stands, aim, held, also=stands), hints={})  # they lead astray
    outcome = run_part(part, values, effort, stop)
    clock.spend(outcome.work)
    walk.reach(outcome)
