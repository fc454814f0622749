"""Simulated annealing: exchanges between people's days in a roster that cools down, in all tiers at once.

Hot, a roster wanders far; cooling, the tiers freeze one after the other, the most important one first. It knows cells
and costs, and nothing of any rule.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Final

import numpy as np

from cstools.roster.arrays import NONE, Numbers, Reals
from cstools.roster.flat import flatten
from cstools.roster.ground import Ground
from cstools.roster.layout import Stand, Stint, empty, lacking, laid_out, state
from cstools.roster.moves import TAKEN, TRIED, settle, walk
from cstools.roster.proposals import BESIDE, FREE, KINDS
from cstools.roster.rows import Rows
from cstools.roster.search import Incumbent
from cstools.roster.solver import Clock, Stop
from cstools.roster.table import Table

MOVES: Final = 20_000  # in a round
TOGETHER: Final = 10  # people between whom a search exchanges days in a round: what belongs to more is slow to fetch
LIKE: Final = 0.8  # how often these are such as may do the same
SETTLED: Final = 0.1  # how often levels are tried after a round
RATE: Final = 1_500_000  # moves that count as a unit of work
WORTH: Final = 40.0  # what one less in a tier is worth in the tier below it
HOT: Final = 0.3  # the heat to begin with, for what one is worth in the first tier that costs more than it must
WARM: Final = 3.0  # the least heat to begin with, for what one is worth in the last tier
FEW: Final = 5  # by how much: less is found in the heat of the next tier
COLD: Final = 0.3  # the heat in the end, for what one is worth in the last tier
COOL: Final = 0.4  # the heat to begin with where nothing frozen is to melt, for that
COLDEST: Final = 0.05  # the heat in the end there
OFFERED: Final = 5.0  # seconds between two rosters that are offered
FADING: Final = 0.98  # what was counted in a round counts so much less in the next one
STEADY: Final = 0.7  # of all moves whose kinds are as they are, whichever does better
BITS: Final = 62
NOTHING: Final = np.zeros(0, np.int64)
COUNTED: Final = 1 << 30  # moves, after which they are counted anew: rows have little room for their number


def prepare() -> None:
    """Have the machine code made, or fetched where it is kept: by a search between two people, of no moves."""
    rows = Rows()
    for cell in range(2):
        rows.new(cell)
    table = Table(rows)
    search = Annealing(Incumbent(Ground(table, 2, 1), [], table.low, []), 1, 1)
    stint = search.stint(search.people, 1.0, lead=True)._replace(moves=0)
    for made in (walk, settle):
        made(search.facts, search.stand, search.notes[0], stint)


class Annealing:
    """An incumbent's roster as the searches see it that exchange days in it, one for each core."""

    def __init__(self, incumbent: Incumbent, cores: int, seed: int) -> None:
        self.incumbent, self.ground = incumbent, incumbent.ground
        self.flat = flatten(self.ground.table, incumbent.values, self.ground.days)
        self.values = self.flat.completed(incumbent.values)
        costs = incumbent.costs_of(self.values)
        self.random = Random(seed)  # noqa: S311 - a search, not a secret
        self.facts, self.stand = laid_out(self.ground, self.flat, self.values)
        size = self.facts.size.reshape(self.ground.people, self.ground.days)
        self.people = np.flatnonzero(size.any(axis=1)).tolist()
        may = self.facts.allowed.reshape(self.ground.people, self.ground.days, -1).any(axis=1)
        self.kinds = np.unique(may, axis=0, return_inverse=True)[1].reshape(-1).tolist()
        searches = max(1, min(cores, len(self.people) // 2))
        self.costs = np.array(costs)
        self.best, self.kept = costs, self.now()
        self.counts = np.zeros((len(KINDS), 2))
        self.weights = self._weights()
        seeds = [self.random.getrandbits(BITS) | 1 for _ in range(searches)]
        self.notes = [empty(self.flat, self.facts, seed) for seed in seeds]

    def cool(self, clock: Clock, until: float, stop: Stop, tell: Callable[[float], None]) -> None:
        """Cool down until so much is left of the clock, and offer the best there was; ``tell`` hears the share done."""
        over, many = np.array(self.best) - self.incumbent.bounds, len(self.best)
        open_ = int(np.argmax(np.append(over[:-1] > FEW, True)))
        lower = many - 1 - max(open_, min(1, many - 2))  # what the first of several lacks is found in the second's heat
        self._cool(max(WARM, HOT * WORTH**lower), COLD, clock, until, stop, tell)

    def chill(self, clock: Clock, until: float, stop: Stop, tell: Callable[[float], None]) -> None:
        """The same where all has frozen, the last tier nearly so: what parts have changed settles in it."""
        self._cool(COOL, COLDEST, clock, until, stop, tell)

    def _cool(
        self, hot: float, cold: float, clock: Clock, until: float, stop: Stop, tell: Callable[[float], None]
    ) -> None:
        begun = offered = clock.left()
        if not self.people:
            return
        with ThreadPoolExecutor(max_workers=len(self.notes)) as threads:
            while (left := clock.left()) > until and not stop.asked and self.incumbent.proven < len(self.best):
                done = (begun - left) / (begun - until)
                tell(done)
                heat = hot * (cold / hot) ** done
                self._round(threads, heat)
                clock.spend(MOVES / RATE)
                if offered - clock.left() > OFFERED:
                    self.offer()
                    self.back(heat)
                    offered = clock.left()
        self.offer()

    def _round(self, threads: ThreadPoolExecutor, heat: float) -> None:
        """Each search goes on for some moves, with people of its own; one of them may change what people share."""
        teams = self._teams()
        lead = self.random.randrange(len(teams))
        searches = []
        for nth, notes in enumerate(self.notes):
            stint = self.stint(teams[nth], heat, lead=nth == lead)
            searches.append(threads.submit(walk, self.facts, self.stand, notes, stint))
        for search in searches:
            search.result()
        if self.random.random() < SETTLED:
            settle(self.facts, self.stand, self.notes[0], self.stint(self.people, heat, lead=True))
        self.counts *= FADING
        for notes in self.notes:
            self.costs += notes.change
            self.counts += notes.counts
            notes.change[:], notes.counts[:] = 0, 0
            if notes.number[0] > COUNTED:
                notes.number[:], notes.rows[:], notes.seen[:] = 0, 0, 0
        if (costs := tuple(self.costs.tolist())) < self.best:
            self.best, self.kept = costs, self.now()

    def now(self) -> tuple[Numbers, Numbers]:
        """The patterns and levels as they are."""
        return self.stand.patterns.copy(), self.stand.levels.copy()

    def back(self, heat: float) -> None:
        """Go on from the best where that is cheaper in tiers that have frozen: it would end with hot tiers below them.

        A tier has frozen where one less in the next one is worth more than the heat.
        """
        frozen = sum(heat <= WORTH**below for below in range(len(self.best) - 1))
        if tuple(self.costs[:frozen].tolist()) > self.best[:frozen]:
            patterns, levels = self.kept
            self.stand = Stand(*state(self.flat, self.completed(patterns, levels)), patterns.copy(), levels.copy())
            self.costs[:] = self.best

    def _teams(self) -> list[list[int]]:
        """People for each search, most of the time such as may do the same: others can exchange little."""
        order, many = self.random.sample(self.people, len(self.people)), len(self.notes)
        if self.random.random() < LIKE:
            order.sort(key=self.kinds.__getitem__)
        size, first = min(TOGETHER, len(order) // many), self.random.randrange(len(order))
        order = order[first:] + order[:first]
        return [order[nth * size : (nth + 1) * size] for nth in range(many)]

    def stint(self, people: Sequence[int], heat: float, *, lead: bool) -> Stint:
        """What one search is to do in a round."""
        found = lacking(self.facts, self.stand) if lead else NOTHING
        return Stint(np.array(people), lead, self._shares(FREE if lead else BESIDE), MOVES, heat, self.weights, found)

    def _weights(self) -> Reals:
        """What one is worth in each tier, if the least that can cost there is worth so much more than in the next."""
        groups, worths = self.flat.groups, []
        for nth, prices in enumerate(self.flat.prices):
            least = np.gcd.reduce(np.concatenate((prices, groups.price[groups.tier == nth])))
            worths.append(WORTH ** (len(self.best) - 1 - nth) / max(1, least))
        return np.array(worths)

    def _shares(self, may: Reals) -> Reals:
        """Up to which share of 1 each kind of move is tried: those that change costs somewhat more often than others.

        Days apart seldom do, but what they change is what days in a row do not.
        """
        rate = (may > 0) * (self.counts[:, TAKEN] + 1) / (self.counts[:, TRIED] + len(KINDS))
        found: Reals = np.cumsum((1 - STEADY) * rate / rate.sum() + STEADY * may / may.sum())
        return found

    def offer(self) -> None:
        """Offer the best so far."""
        if self.best < self.incumbent.costs:
            values = self.completed(*self.kept)
            self.incumbent.offer(values, self.incumbent.costs_of(values))

    def completed(self, patterns: Numbers, levels: Numbers) -> Numbers:
        """The values of cells with these patterns, at these levels."""
        values = self.values.copy()
        values[self.flat.levels] = levels
        values[self.flat.block] = 0
        held = self.facts.pool[patterns]
        cell, place = np.nonzero(held != NONE)
        values[self.facts.begin[cell] + held[cell, place]] = 1
        return self.flat.completed(values)
