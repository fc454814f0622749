"""What each day must cost by itself: a bound for each tier, and where a search need not look.

A day by itself keeps the rows that speak of nothing but that day. No two days share any of them, so what days must cost
adds up to a bound; and where a day costs no more than that, nothing is to be gained. It knows days and prices, no rule.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np

from cstools.roster.arrays import Numbers, Reals
from cstools.roster.part import NOTHING, Part
from cstools.roster.rows import NOBODY
from cstools.roster.solver import Clock, Effort, Priced, Stop
from cstools.roster.split import own_part, own_rows, split
from cstools.roster.table import Table


class Daily:
    """A table's days, each by itself, and by tier what each must cost beside the least that anything could.

    ``values`` are a roster, for the searches to begin with.
    """

    def __init__(self, table: Table, days: int, values: Numbers) -> None:
        self.table, self.days, self.values = table, days, values
        self.must: dict[int, Numbers] = {}
        part = table.everything(table.low, NOTHING, {}, hint=False)
        owner = table.owner[part.variables]
        whose, joint = split(part, np.where(owner >= 0, owner % days, NOBODY))
        self._day = np.full(len(table.low), NOBODY)
        self._day[part.variables] = whose
        self._own: dict[int, tuple[Numbers, Part]] = {}
        for day, rows in own_rows(part, whose, joint):
            mine = np.flatnonzero(whose == day)
            variables = part.variables[mine]
            self._own[day] = variables, own_part(part, mine, rows).hinted(values[variables])
        self._models: dict[int, Priced] = {}

    def reckon(self, tiers: Sequence[int], clock: Clock, most: float, stop: Stop, seed: int, threads: int) -> None:
        """Find what each day must cost that costs something as it stands, with no more than ``most`` of the clock."""
        until = clock.left() - most
        with ThreadPoolExecutor(threads) as pool:
            for nth, tier in enumerate(tiers):
                dear = np.flatnonzero(self._paid(self.table.paid(tier, self.values)))
                spare = (clock.left() - until) / (len(tiers) - nth)
                if not len(dear) or spare <= 0 or stop.asked:
                    continue
                effort = Effort(spare * threads / len(dear), 1, seed, clock.deterministic)
                found = list(pool.map(partial(self._least, tier, effort, stop), dear.tolist()))
                clock.spend(sum(work for _, work in found))
                must = np.zeros(self.days, np.int64)
                must[dear] = [least for least, _ in found]
                self.must[tier] = must

    def _least(self, tier: int, effort: Effort, stop: Stop, day: int) -> tuple[int, float]:
        """What a day must cost in a tier beside the least that its variables could; with the work that took."""
        variables, part = self._own[day]
        if day not in self._models:
            self._models[day] = Priced(part)
        prices = self.table.costs[tier][variables]
        nothing = int(np.minimum(prices * part.low, prices * part.high).sum())
        found = self._models[day].solve(prices, effort, stop)
        return (max(0, found.bound - nothing) if found.values is not None or nothing >= 0 else 0), found.work

    def bound(self, tier: int) -> int:
        """What a tier costs at least."""
        return self.table.least_cost(tier) + (int(self.must[tier].sum()) if tier in self.must else 0)

    def spare(self, tier: int, paid: Numbers) -> Reals:
        """Of what variables pay in a tier, what their days need not: a share of it that is the same for all a day's."""
        share = np.ones(self.days + 1)  # the last one is nobody's
        if tier in self.must:
            share[:-1] -= self.must[tier] / np.maximum(1, self._paid(paid))
        found: Reals = paid * share.clip(0)[self._day]
        return found

    def _paid(self, paid: Numbers) -> Numbers:
        """What is paid, by day."""
        mine = self._day != NOBODY
        return np.bincount(self._day[mine], paid[mine], self.days).astype(np.int64)
