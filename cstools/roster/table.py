"""The rows of a plan as a table, and parts of it: what is left to decide where some values stand."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np

from cstools.roster.arrays import Flags, Numbers, distinct, row_of_each, spread, starts_of, sums, terms
from cstools.roster.part import NOTHING, Aim, Part, cut
from cstools.roster.pieces import Pieces
from cstools.roster.rows import NOBODY, Costs, Rows, variable_of

BLOCK: Final = 1 << 20  # terms that are looked at together
HUB: Final = 60  # rows; a variable without a cell that more rows share stands while a part is searched
AT_ONCE: Final = 1 << 17  # rows
ROUNDS: Final = 30  # of drawing conclusions from rows before anything is searched


class Table:
    """All rows of a plan, for cutting parts out of them quickly. It does not change with the rows any more."""

    def __init__(self, rows: Rows) -> None:
        self.low, self.high = _numbers(rows.low), _numbers(rows.high)
        self.owner = np.frombuffer(rows.owner, np.int32)
        self.starts = _numbers(rows.starts)
        self.columns = np.frombuffer(rows.variables, np.int32)
        self.factors = np.frombuffer(rows.factors, np.int64)
        self.least, self.most = _numbers(rows.least), _numbers(rows.most)
        self.conditions = rows.conditions
        self.costs = {tier: _dense(costs, len(self.low)) for tier, costs in rows.costs.items()}
        self.offsets = {tier: costs.offset for tier, costs in rows.costs.items()}
        self._held = dict(rows.held)
        self.idle = _numbers(rows.idle)
        self._objective = rows.objective
        self._hints = rows.hints
        self._conclude()
        self._by_variable, self._rows_of = self._turned()
        undecided = (self.owner == NOBODY) & (self.low < self.high)
        priced = undecided & np.any([np.zeros(len(self.low)), *self.costs.values()], axis=0)
        self.costly = np.zeros(len(self.least), bool)  # rows that may cost instead of being kept
        self.costly[self.rows_of(np.flatnonzero(priced))] = True
        self.hubs = np.zeros(len(self.low), bool)
        for variable in np.flatnonzero(undecided & (np.diff(self._by_variable) > HUB)).tolist():
            beside = self.variables_of(self.rows_of(np.array([variable])))
            self.hubs[variable] = undecided[beside].sum() > HUB
        self.follows = undecided & ~self.hubs
        self._pieces = Pieces(self, priced & self.follows & (np.diff(self._by_variable) == 1))

    def _conclude(self) -> None:
        """Decide the variables that a row alone decides; what contradicts itself is left to the solver."""
        count = len(self.least)
        edges = np.searchsorted(self.starts, np.arange(0, len(self.columns) + BLOCK, BLOCK))
        for _ in range(ROUNDS):
            blocks = pairwise(np.minimum(edges, count).tolist())
            decided = [self._decide(first, last) for first, last in blocks if first < last]
            if not any(decided):
                return

    def _decide(self, first: int, last: int) -> bool:
        """Decide what the rows from ``first`` to before ``last`` decide; whether there was anything."""
        start, end = int(self.starts[first]), int(self.starts[last])
        column, factor = self.columns[start:end], self.factors[start:end]
        count = last - first
        row = row_of_each(self.starts[first : last + 1])
        firm = np.ones(count, bool)
        firm[[row - first for row in self.conditions if first <= row < last]] = False
        low, high = self.low[column], self.high[column]
        up = factor > 0
        lost = np.abs(factor) * (high - low)
        largest = sums(row, np.where(up, factor * high, factor * low), count)
        spare = largest - self.least[first:last]
        room = self.most[first:last] - largest + sums(row, lost, count)
        if (spare[firm] < 0).any() or (room[firm] < 0).any():
            return False
        binary = firm[row] & (high - low == 1)
        must, cannot = binary & (lost > spare[row]), binary & (lost > room[row])
        if not (must.any() or cannot.any()):
            return False
        ones, zeros = column[(must & up) | (cannot & ~up)], column[(must & ~up) | (cannot & up)]
        if len(np.intersect1d(ones, zeros)):
            return False
        self.low[ones], self.high[zeros] = 1, 0
        return True

    def contradicts(self) -> bool:
        """Whether a row of nothing but decided variables does not hold: no part of the table would ever look at it."""
        decided = np.ones(len(self.least), bool)
        decided[self.rows_of(np.flatnonzero(self.low < self.high))] = False
        return self.breaks(self.low, np.flatnonzero(decided))

    def breaks(self, values: Numbers, rows: Numbers | None = None) -> bool:
        """Whether values break any of the rows, or any at all."""
        rows = np.arange(len(self.least)) if rows is None else rows
        none = np.zeros(len(self.low), bool)
        return any(
            len(cut(self, values, none, rows[first : first + AT_ONCE]).least) for first in range(0, len(rows), AT_ONCE)
        )

    def _turned(self) -> tuple[Numbers, Numbers]:
        """Where each variable's rows begin, and the rows."""
        asked = [(variable_of(lit), row) for row, when in self.conditions.items() for lit in when]
        more = np.array(asked, np.int64).reshape(-1, 2)
        variables = np.concatenate((self.columns, more[:, 0].astype(np.int32)))
        rows = row_of_each(self.starts, np.int32)
        rows = np.concatenate((rows, more[:, 1].astype(np.int32)))
        order = np.argsort(variables, kind="stable")
        return starts_of(variables, len(self.low)), rows[order]

    def paid(self, tier: int, values: Numbers) -> Numbers:
        """What each variable costs more than it might, as it stands."""
        prices = self.costs[tier]
        paid: Numbers = prices * values - np.minimum(prices * self.low, prices * self.high)
        return paid

    def least_cost(self, tier: int) -> int:
        """A bound that needs no search: every variable as cheap as it may be."""
        prices = self.costs[tier]
        return int(np.minimum(prices * self.low, prices * self.high).sum()) + self.offsets[tier]

    # -- values --------------------------------------------------------------------------------------------------

    def cost(self, tier: int, values: Numbers) -> int:
        """What a tier costs."""
        return int(self.costs[tier] @ values) + self.offsets[tier]

    def rows_of(self, variables: Numbers) -> Numbers:
        """The rows that speak of any of the variables."""
        return distinct(spread(self._by_variable, self._rows_of, variables), len(self.least))

    def with_any(self, rows: Numbers, variables: Flags) -> Numbers:
        """Those of the rows that speak of any of the variables."""
        row, column, _ = self.terms(rows)
        return rows[np.unique(row[variables[column]])]

    def terms(self, rows: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """The terms of some rows: which of the rows each is in, counted from 0, its variable and its factor."""
        return terms(self.starts, self.columns, self.factors, rows)

    def variables_of(self, rows: Numbers) -> Numbers:
        """The variables of some rows."""
        found = spread(self.starts, self.columns, rows)
        if self.conditions:
            asked = [variable_of(lit) for row in rows.tolist() for lit in self.conditions.get(row, ())]
            found = np.concatenate((found, np.array(asked, np.int64)))
        return distinct(found, len(self.low))

    # -- parts ---------------------------------------------------------------------------------------------------

    def whole(self) -> Part:
        """Everything that is not decided yet, with the objective and the hints of the rows."""
        free = self.low < self.high
        aim = (_dense(self._objective, len(free)), self._objective.offset) if self._objective else NOTHING
        part = cut(self, self.low, free, np.arange(len(self.least)), aim, self._held)
        if not self._hints:
            return part
        hints = {nth: self._hints[one] for nth, one in enumerate(part.variables.tolist()) if one in self._hints}
        return replace(part, hints=hints)

    def part(
        self,
        values: Numbers,
        free: Flags,
        aim: Aim,
        held: Mapping[int, int] | None = None,
        *,
        also: Flags | None = None,
    ) -> Part:
        """What is left to decide of the ``free`` variables, and of all that follow from them, where others stand.

        The ``aim`` is to be made small, the ``held`` tiers cost no more than so much. Rows that speak only of what
        stands are left out, but for those of ``also``.
        """
        free, rows = self._closed(free)
        if also is not None:
            rows = np.union1d(rows, self.rows_of(np.flatnonzero(also)))
        free &= ~self._pieces.needless(self, free, values)
        return cut(self, values, free, rows, aim, held).hinted(values)

    def everything(self, values: Numbers, aim: Aim, held: Mapping[int, int], *, hint: bool) -> Part:
        """All that is not decided yet."""
        free = self.low < self.high
        part = cut(self, self.low, free, np.arange(len(self.least)), aim, held)
        return part.hinted(values) if hint else part

    def foresighted(self, values: Numbers, free: Flags, aim: Aim, unknown: Flags) -> Part:
        """The same where some variables are not known yet: a row that may cost takes them as they stand, any other as
        what suits it best.
        """
        free, rows = self._closed(free)
        return cut(self, values, free, rows, aim, unknown=unknown)

    def among(self, values: Numbers, free: Flags, rows: Numbers, unknown: Flags) -> Part:
        """These rows alone, seen in the same way."""
        return cut(self, values, free, rows, unknown=unknown)

    def aim(self, weights: Mapping[int, int]) -> Aim:
        """Some tiers together, each with a weight."""
        prices = sum((self.costs[tier] * weight for tier, weight in weights.items()), np.zeros(len(self.low), np.int64))
        return prices, sum(self.offsets[tier] * weight for tier, weight in weights.items())

    def closed(self, free: Flags) -> Flags:
        """The free variables with all that follow from them."""
        return self._closed(free)[0]

    def _closed(self, free: Flags) -> tuple[Flags, Numbers]:
        """The free variables with all that follow from them, and the rows that speak of any."""
        free = free & (self.low < self.high)
        follows = self.follows
        seen = np.zeros(len(self.least), bool)
        new = np.flatnonzero(free)
        while len(new):
            rows = self.rows_of(new)
            rows = rows[~seen[rows]]
            seen[rows] = True
            found = self.variables_of(rows)
            new = found[follows[found] & ~free[found]]
            free[new] = True
        return free, np.flatnonzero(seen)


def _numbers(values: object) -> Numbers:
    return np.array(values, np.int64)


def _dense(costs: Costs, count: int) -> Numbers:
    """Prices by variable."""
    found = np.zeros(count, np.int64)
    np.add.at(found, _numbers(costs.variables), _numbers(costs.prices))
    return found
