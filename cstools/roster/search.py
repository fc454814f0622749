"""A large-neighbourhood search: free a part of a good roster, keep the rest, solve again, keep what is better.

It knows cells and costs, and nothing of any rule. All tiers are searched at once, a tier above before those below.
"""

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

import numpy as np

from cstools.roster.arrays import Flags, Numbers, Reals
from cstools.roster.deep import dig, follow, shapes
from cstools.roster.ground import Digger, Ground, Shape, Turn, learn
from cstools.roster.guide import Guide
from cstools.roster.part import Aim
from cstools.roster.solver import Clock, Effort, Outcome, Stop, run_part

BRIEF: Final = 1.5  # seconds (or units of work) for one part
LONGER: Final = 0.05  # seconds more for each second that gained nothing
LONGEST: Final = 12.0
PATIENCE: Final = 6.0  # seconds in vain before a search leaves its place
PARTS: Final = 12  # and parts
NEAR: Final = 0.02  # of what a part costs may be left on the table: the next part finds it
HASTE: Final = 5.0  # seconds since the last gain, until which that is so
ALLOWANCE: Final = 30  # what share of its cost it may lose thereby: one in so many
LEAST: Final = 0.01  # units of work that a part counts for at least
LEVEL: Final = 0.1  # share of the time for choosing anew what many share
SLACK: Final = 50  # by how much a tier may get worse for one less in a tier above it, besides twice what it costs
STRICT: Final = 0.2  # how often one less in a tier is worth anything below it
LARGEST: Final = 1 << 58  # that an aim may come to
DRAWS: Final = 8  # of parts, until one is found that no other search is at

Costs: TypeAlias = tuple[int, ...]


@dataclass
class Incumbent:
    """The best values so far, shared by the searches: what each tier costs, and a bound for it."""

    ground: Ground
    tiers: list[int]
    values: Numbers
    bounds: list[int]
    tell: Callable[["Incumbent", int, int], None] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)
    busy: dict[int, Flags] = field(default_factory=dict)  # by search: the cells that it is at

    def __post_init__(self) -> None:
        self.costs = self.costs_of(self.values)

    def costs_of(self, values: Numbers) -> Costs:
        """What each tier costs."""
        return tuple(self.ground.table.cost(tier, values) for tier in self.tiers)

    def offer(self, values: Numbers, costs: Costs) -> bool:
        """Take values that cost no more; whether they cost less."""
        with self.lock:
            better = costs < self.costs
            if costs <= self.costs:
                self.values, self.costs = values, costs
            return better

    @property
    def proven(self) -> int:
        """How many tiers, from the first on, cost what they must."""
        for nth, (cost, bound) in enumerate(zip(self.costs, self.bounds, strict=True)):
            if cost > bound:
                return nth
        return len(self.tiers)


def improve(walk: "Walk", clock: Clock, stop: Stop, until: float = 0.0) -> None:
    """Improve the incumbent until so much is left of the clock, or nothing is left to improve."""
    incumbent = walk.incumbent
    walk.back()
    walk.credit = math.inf  # what many share may stand as it was before something else was searched
    if not walk.led:
        walk.led = True
        everything = walk.table.low < walk.table.high
        follow(walk, everything, replace(walk.effort(clock), seconds=clock.left()), clock, stop)
    while clock.left() > until and incumbent.proven < len(incumbent.tiers) and not stop.asked:
        walk.step(walk.effort(clock), clock, stop)


class Walk:
    """One search's way: where it stands, which may be a little worse than the best, and what it has gained lately."""

    def __init__(
        self, incumbent: Incumbent, digger: Digger, guide: Guide | None = None, within: Flags | None = None
    ) -> None:
        self.incumbent, self.digger, self.guide, self.within = incumbent, digger, guide, within
        self.led = guide is None  # whether it has been where the guide leads
        self.ground, self.table = incumbent.ground, incumbent.ground.table
        self.credit = math.inf  # seconds for choosing anew what many share: at first all of it, then now and then
        self.shared: list[Numbers] = []
        self.turns = [Turn() for _ in incumbent.tiers]  # of digging at what costs there
        self.at = self.turns[0]
        self.dry = 0.0  # seconds since the best was bettered, here or elsewhere
        self.back()

    @classmethod
    def of(cls, incumbent: Incumbent, clock: Clock, seed: int, guide: Guide | None = None) -> "Walk":
        """One that digs anywhere in so much time."""
        several = len(incumbent.tiers) > 1
        digger = Digger(incumbent.ground, seed, guided=guide is not None, scattered=several)
        if not several and not guide:
            digger.shapes += shapes(incumbent.ground, clock.left())
        return cls(incumbent, digger, guide)

    def alone(self, digger: Digger, guide: Guide | None, within: Flags) -> "Walk":
        """One that begins where this one stands, and goes on without the others."""
        inner = Incumbent(self.ground, self.incumbent.tiers, self.values, list(self.incumbent.bounds))
        return Walk(inner, digger, guide, within)

    def back(self) -> None:
        """Stand where the best is."""
        with self.incumbent.lock:
            self._stand(self.incumbent.values, self.incumbent.costs)
        self.best, self.fruitless, self.parts = self.costs, 0.0, 0

    def _catch_up(self) -> None:
        """Stand where the best is, if another search has bettered it."""
        if self.incumbent.costs < self.best:
            self.dry = 0.0
            self.back()

    def passed(self, work: float) -> None:
        """So much time is gone."""
        self.dry, self.fruitless, self.credit = self.dry + work, self.fruitless + work, self.credit + LEVEL * work

    def _stand(self, values: Numbers, costs: Costs) -> None:
        self.values, self.costs = values, costs
        self.costly = [self.ground.costly(tier, values, self.within) for tier in self.incumbent.tiers]

    def effort(self, clock: Clock) -> Effort:
        """How one part is to be solved."""
        limit = min(BRIEF + LONGER * self.dry, LONGEST, clock.left())
        return Effort(limit, workers=1, seed=self.digger.random.randrange(1 << 30), deterministic=clock.deterministic)

    def reach(self, outcome: Outcome) -> None:
        """Stand where a search has led, whatever it costs."""
        if outcome.values is not None:
            self._stand(outcome.values, self.incumbent.costs_of(outcome.values))
            self._offer()

    def step(self, effort: Effort, clock: Clock, stop: Stop) -> None:
        """Solve one part anew; after many in vain, leave the place for one near it that is little worse."""
        self._catch_up()
        if self.ground.shared and self.credit >= 0:
            self._level(effort, clock, stop)
        kick = self.fruitless >= PATIENCE and self.parts >= PARTS
        if kick and self.costs > self.incumbent.costs:
            self.back()
        shape, cells = self._choose()
        free = self.ground.variables(cells)
        if self.incumbent.tell:
            self.incumbent.tell(self.incumbent, int(cells.any(axis=1).sum()), shape.days)
        if shape.deep:
            dig(self, shape, cells, clock, stop)
            return
        if shape.guided and self.guide:
            free &= self.guide.might | (self.values != 0)
        outcome = self._leave(free, effort, stop) if kick else self._solve(free, effort, stop)
        clock.spend(max(outcome.work, LEAST))
        self.passed(outcome.work)
        self.parts += 1
        if kick:
            self.fruitless, self.parts = 0.0, 0
        else:
            shape.learn(outcome.status, quick=outcome.work < effort.seconds / 3)
        self.take(free, shape, outcome, effort, stop, kick=kick)

    def _choose(self) -> tuple[Shape, Flags]:
        """A part, and if chance finds one soon, where no other search is: of two gains in one place one is lost."""
        busy = self.incumbent.busy
        others = [cells for search, cells in list(busy.items()) if search != id(self)]
        for _ in range(DRAWS):
            shape, cells = self.digger.choose(self._dear())
            if not any((cells & other).any() for other in others):
                break
        busy[id(self)] = cells
        return shape, cells

    def take(
        self, free: Flags, shape: Shape, outcome: Outcome, effort: Effort, stop: Stop, *, kick: bool = False
    ) -> None:
        """Stand where a part has led, and tell the others if that is better."""
        costs = self.costs if outcome.values is None else self.incumbent.costs_of(outcome.values)
        gain = _gain(self.costs, costs)
        if not kick:
            self.digger.learn(shape, gain, outcome.work)
            learn(self.turns[self.incumbent.proven :] or self.turns, self.at, gain, outcome.work)
        if outcome.values is None:
            return
        if gain > 0:
            self.fruitless, self.parts = 0.0, 0
            if self.incumbent.costs < self.best and self._merged(free, outcome.values, effort, stop):
                return
        if kick or costs <= self.costs:
            self._stand(outcome.values, costs)
            self._offer()

    def _offer(self) -> None:
        if self.incumbent.offer(self.values, self.costs):
            self.best, self.dry = self.costs, 0.0

    def _level(self, effort: Effort, clock: Clock, stop: Stop) -> None:
        """Choose anew something that many share, with the cells as they are."""
        self.shared = self.shared or self.digger.random.sample(self.ground.shared, len(self.ground.shared))
        free = np.zeros(len(self.values), bool)
        free[self.shared.pop()] = True
        aim, held = self.aim(free)
        outcome = run_part(self.table.part(self.values, free, aim, held), self.values, effort, stop)
        clock.spend(max(outcome.work, LEAST))
        self.credit = min(self.credit, math.inf if self.shared else 0.0) - max(outcome.work, LEAST)
        if outcome.values is not None and (costs := self.incumbent.costs_of(outcome.values)) <= self.costs:
            self._stand(outcome.values, costs)
            self._offer()

    def _dear(self) -> tuple[Numbers, Reals]:
        """What costs in the tier whose turn it is, of those that are not proven."""
        left = range(self.incumbent.proven, len(self.turns))
        dear = [nth for nth in left if len(self.costly[nth][0])] or [len(self.turns) - 1]
        nth = min(dear, key=lambda nth: self.turns[nth].turn)
        self.at = self.turns[nth]
        return self.costly[nth]

    def _solve(self, free: Flags, effort: Effort, stop: Stop) -> Outcome:
        aim, held = self.aim(free)
        part = self.table.part(self.values, free, aim, held)
        paid = int(self.table.paid(self.incumbent.tiers[-1], self.values)[part.variables].sum())
        near = replace(effort, absolute=paid * NEAR if self.dry < HASTE else 0.0)
        return self._settled(free, run_part(part, self.values, near, stop), effort, stop)

    def _settled(self, free: Flags, found: Outcome, effort: Effort, stop: Stop) -> Outcome:
        """The same cells with no more of what follows than must be, in tiers that got dearer for one above them.

        A search that left them out, or had no time for them, leaves anything there.
        """
        if found.values is None:
            return found
        for tier, before in zip(self.incumbent.tiers, self.costs, strict=True):
            if self.table.cost(tier, found.values) > before:
                held = {above: self.table.cost(above, found.values) for above in self.incumbent.tiers if above < tier}
                follow = self.table.closed(free) & self.table.follows
                part = self.table.part(found.values, follow, self.table.aim({tier: 1}), held)
                less = run_part(part, found.values, effort, stop)
                values = found.values if less.values is None else less.values
                found = replace(found, values=values, work=found.work + less.work)
        return found

    def aim(self, free: Flags) -> tuple[Aim, dict[int, int]]:
        """The tiers that are not proven, so weighted that none is traded for those below; the proven ones are held.

        What one less in a tier is worth is a little more than the tiers below pay now, and now and then all that they
        could: where such numbers get too large, some first tiers are held too, or some last ones left out, by chance.
        """
        table, chance = self.table, self.digger.random
        tiers = self.incumbent.tiers[self.incumbent.proven :]
        reach = table.closed(free) if len(tiers) > 1 else free
        most = {tier: int((np.abs(table.costs[tier]) * (table.high - table.low))[reach].sum()) for tier in tiers}
        worth = dict(most)
        if chance.random() > STRICT:
            paid = {tier: int(table.paid(tier, self.values)[reach].sum()) for tier in tiers}
            worth = {tier: min(most[tier], SLACK + 2 * paid[tier]) for tier in tiers}
        held = dict(zip(self.incumbent.tiers, self.costs, strict=True))
        while (weights := _weights(tiers, worth)) and sum(most[tier] * weights[tier] for tier in tiers) > LARGEST:
            tiers = chance.choice((tiers[1:], tiers[:-1]))
        above = self.incumbent.tiers[: self.incumbent.tiers.index(tiers[0])] if tiers else self.incumbent.tiers
        return table.aim(weights), {tier: held[tier] for tier in above}

    def _leave(self, free: Flags, effort: Effort, stop: Stop) -> Outcome:
        """A roster as unlike this one as a little more cost allows."""
        *above, (tier, cost) = zip(self.incumbent.tiers, self.costs, strict=True)
        held = {**dict(above), tier: cost + 2 + cost // ALLOWANCE}
        unlike = np.where(self.values == 0, 1, -1) * (self.table.owner >= 0)
        return run_part(self.table.part(self.values, free, (-unlike, 0), held), self.values, effort, stop)

    def _merged(self, free: Flags, found: Numbers, effort: Effort, stop: Stop) -> bool:
        """Bring a gain to the best, which another search has bettered meanwhile; whether that was possible."""
        table = self.table
        with self.incumbent.lock:
            best, costs = self.incumbent.values, self.incumbent.costs
        changed = np.flatnonzero(free & (found != self.values))
        cells = np.zeros(self.ground.people * self.ground.days, bool)
        cells[table.owner[changed]] = True
        mine = self.ground.variables(cells)
        both = best.copy()
        both[mine] = found[mine]
        follow = np.zeros(len(best), bool)
        follow[table.variables_of(table.rows_of(np.flatnonzero(mine)))] = True
        follow &= table.follows
        aim, held = self.aim(follow)
        joint = run_part(table.part(both, follow, aim, held, also=mine), both, effort, stop)
        if joint.values is None or self.incumbent.costs_of(joint.values) >= costs:
            return False
        self._stand(joint.values, self.incumbent.costs_of(joint.values))
        self._offer()
        return True


def _weights(tiers: Sequence[int], worth: Mapping[int, int]) -> dict[int, int]:
    """One less in a tier weighs more than what the tiers below it are worth."""
    found, weight = {}, 1
    for tier in reversed(tiers):
        found[tier] = weight
        weight *= 1 + worth[tier]
    return found


def _gain(before: Costs, after: Costs) -> float:
    """What share of the first tier that differs was gained."""
    for old, new in zip(before, after, strict=True):
        if old != new:
            return (old - new) / max(1, old)
    return 0.0
