"""A first roster: a few people after the other, each with what those before them leave.

Whoever is not planned yet counts as off where that costs something, and as whatever suits best where a hard rule asks.
So it may turn out late that a hard rule can't be kept: then some who are planned already are planned once more.
"""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Final

import numpy as np

from cstools.roster.arrays import Flags, Numbers
from cstools.roster.gaps import Gaps
from cstools.roster.ground import Ground
from cstools.roster.part import Aim
from cstools.roster.result import Status
from cstools.roster.solver import PORTFOLIO, Clock, Effort, Outcome, Stop, run_part

BATCH: Final = 300  # variables that are planned at once
SECONDS: Final = 0.0002  # for each of them, when they are first tried
GAP: Final = 0.1  # of what one is worth that a person's roster may be worse than it might: the search does that better
SHORT: Final = 2.0  # seconds to see whether a batch fits
FAILURES: Final = 12  # batches that had to be planned again together with others, before this is given up


@dataclass
class Batch:
    """People who are planned together, and how often that has failed."""

    people: list[int]
    failed: int = 0


@dataclass
class Start:
    """Plans everybody, a batch of people at a time, some batches side by side."""

    ground: Ground
    aim: Aim
    clock: Clock
    stop: Stop
    seed: int
    until: float = 0.0  # what is to be left of the clock: where this leads nowhere, the whole may still be searched
    values: Numbers = field(init=False)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        table = self.ground.table
        self.values = table.low.copy()
        self.values[table.idle] = np.minimum(1, table.high[table.idle])
        self._known = np.zeros(self.ground.people, bool)
        self._random = random.Random(self.seed)  # noqa: S311 - a search, not a secret
        self._waiting = self._batches()
        self._near = 0.0
        self._failures = 0
        self._impossible = False

    def _batches(self) -> list[Batch]:
        """Everybody, in an order of chance."""
        weights = self.ground.weights.sum(axis=1)
        found = [Batch([])]
        size = 0
        for person in self._random.sample(range(self.ground.people), self.ground.people):
            if size + weights[person] > BATCH and found[-1].people:
                found.append(Batch([]))
                size = 0
            found[-1].people.append(person)
            size += int(weights[person])
        return found

    def run(self, threads: int) -> Outcome:
        """A roster by its cells, from which the rest is to be settled, or why there is none: INFEASIBLE is proven, for
        what was asked was less than all the rules.
        """
        if self.ground.table.contradicts():
            return Outcome(Status.INFEASIBLE)
        self._gaps = Gaps.of(self.ground, self.aim[0])
        self._near = GAP * self._nobody() / self.ground.people
        with ThreadPoolExecutor(threads) as pool:
            for work in [pool.submit(self._work) for _ in range(threads)]:
                work.result()
        if self._impossible or not self._known.all():
            return Outcome(Status.INFEASIBLE if self._impossible else Status.UNKNOWN)
        return Outcome(Status.FEASIBLE, self.values)

    def _nobody(self) -> int:
        """What it costs where nobody works; 0 where that cannot be told."""
        table, cost = self.ground.table, 0
        frees = [table.follows & ~table.hubs]  # what many share takes long to choose
        if table.hubs.any():
            frees.append(table.follows | table.hubs)
        for free in frees:
            part = table.foresighted(self.values, free, self.aim, table.owner >= 0)
            seconds = min(max(SHORT, SECONDS * len(part.variables)), self._left())
            outcome = run_part(part, self.values, self._effort(seconds), self.stop)
            self.clock.spend(outcome.work)
            if outcome.values is not None:
                cost = outcome.cost
                break
        return cost

    def _effort(self, seconds: float) -> Effort:
        return Effort(seconds, 1, self.seed, self.clock.deterministic)

    def _left(self) -> float:
        return self.clock.left() - self.until

    def _work(self) -> None:
        """Plan batches until none is left."""
        while self._left() > 0 and not self.stop.asked and not self._impossible and self._failures <= FAILURES:
            with self._lock:
                if not self._waiting:
                    return
                batch = self._waiting.pop()
                known, values = self._known.copy(), self.values.copy()
            outcome, mine = self._plan(batch, known, values)
            with self._lock:
                if outcome.values is None:
                    self._again(batch, known, outcome.status)
                elif self._fits(batch, known, mine, outcome.values):
                    self.values[mine] = outcome.values[mine]
                    self._known[batch.people] = True
                else:
                    self._waiting.append(batch)

    def _fits(self, batch: Batch, known: Flags, mine: Numbers, values: Numbers) -> bool:
        """Whether a batch still keeps the hard rules between people with those who were planned at the same time."""
        if (known == self._known).all():
            return True
        table, ground = self.ground.table, self.ground
        rows, free = ground.between(batch.people, mine)
        if not len(rows):
            return True
        both = np.where(table.owner < 0, values, self.values)
        both[mine] = values[mine]
        part = table.among(both, free, rows, self._unknown(self._known, batch))
        return run_part(part, both, self._effort(SHORT), self.stop).values is not None

    def _plan(self, batch: Batch, known: Flags, values: Numbers) -> tuple[Outcome, Numbers]:
        """Plan a batch; with the variables of its cells."""
        ground = self.ground
        cells = np.zeros((ground.people, ground.days), bool)
        cells[batch.people] = True
        mine = ground.variables(cells)
        left = ~known
        left[batch.people] = True
        aim = self._gaps.sharpened(self.aim, left, values)
        part = ground.table.foresighted(values, mine, aim, self._unknown(known, batch))
        seconds = max(1.0, SECONDS * len(part.variables)) * 2 ** max(0, batch.failed - 1)
        effort = replace(self._effort(min(seconds, self._left())), seed=self.seed + batch.failed, absolute=self._near)
        # What one kind of search finds hard another finds at once.
        kind = replace(effort, light=True, quick=batch.failed == 1)
        effort = replace(effort, workers=PORTFOLIO) if batch.failed > 1 else kind
        outcome = run_part(part, values, effort, self.stop)
        self.clock.spend(outcome.work)
        return outcome, np.flatnonzero(mine)

    def _unknown(self, known: Flags, batch: Batch) -> Flags:
        """The variables of those who are neither planned nor in the batch, and what many share."""
        ground = self.ground
        cells = np.zeros((ground.people, ground.days), bool)
        cells[known] = True
        cells[batch.people] = True
        return (~ground.variables(cells) & (ground.table.owner >= 0)) | ground.table.hubs

    def _again(self, batch: Batch, known: Flags, status: Status) -> None:
        """Plan a batch once more: with more time, or where that is not it, together with others who were planned."""
        batch.failed += 1
        if status is Status.INFEASIBLE:
            self._failures += 1
            planned = np.flatnonzero(known & self._known).tolist()
            if not known.any():
                self._impossible = True
                return
            others = self._random.sample(planned, min(len(planned), 2 * len(batch.people)))
            self._known[others] = False
            batch.people += others
        self._waiting.append(batch)


def settled(ground: Ground, values: Numbers, aim: Aim, effort: Effort, stop: Stop) -> Outcome:
    """What follows from the cells as they stand."""
    table = ground.table
    return run_part(table.part(values, table.follows | table.hubs, aim), values, effort, stop)
