"""The rows of a plan as a table, and parts of it: what is left to decide where some values stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cstools.roster.pieces import Pieces
from cstools.roster.rows import NOBODY, Costs, Literal, Rows, variable_of

Numbers: TypeAlias = NDArray[np.signedinteger]
Reals: TypeAlias = NDArray[np.floating]
Flags: TypeAlias = NDArray[np.bool_]
Aim: TypeAlias = tuple[Numbers, int]  # prices by variable, and an offset
NOTHING: Final[Aim] = (np.zeros(0, np.int64), 0)
EMPTY: Final[Mapping[int, int]] = {}
BLOCK: Final = 1 << 20  # terms that are looked at together
FEW: Final = 100  # one number in so many is soon sorted; more are marked in a list of all
HUB: Final = 60  # rows; a variable without a cell that more rows share stands while a part is searched
AT_ONCE: Final = 1 << 17  # rows
ROUNDS: Final = 30  # of drawing conclusions from rows before anything is searched


@dataclass(frozen=True)
class Price:
    """Σ price · variable + offset, to be made small or (``most``) kept small."""

    variables: Numbers
    prices: Numbers
    offset: int
    most: int | None = None


@dataclass(frozen=True)
class Part:
    """Rows between the variables that are left to decide.

    ``variables`` are their numbers in the table; rows, prices and ``hints`` (position → value) number them from 0 on.
    ``conditions`` are by row.
    """

    variables: Numbers
    low: Numbers
    high: Numbers
    starts: Numbers
    columns: Numbers
    factors: Numbers
    least: Numbers
    most: Numbers
    conditions: Mapping[int, tuple[Literal, ...]] = field(default_factory=dict)
    objective: Price | None = None
    held: tuple[Price, ...] = ()
    hints: Mapping[int, int] = field(default_factory=dict)


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
        row = np.repeat(np.arange(count), np.diff(self.starts[first : last + 1]))
        firm = np.ones(count, bool)
        firm[[row - first for row in self.conditions if first <= row < last]] = False
        low, high = self.low[column], self.high[column]
        up = factor > 0
        lost = np.abs(factor) * (high - low)
        largest = _sums(row, np.where(up, factor * high, factor * low), count)
        spare = largest - self.least[first:last]
        room = self.most[first:last] - largest + _sums(row, lost, count)
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
            len(self._cut(values, none, rows[first : first + AT_ONCE], None, NOTHING, EMPTY, {}).least)
            for first in range(0, len(rows), AT_ONCE)
        )

    def _turned(self) -> tuple[Numbers, Numbers]:
        """Where each variable's rows begin, and the rows."""
        asked = [(variable_of(lit), row) for row, when in self.conditions.items() for lit in when]
        more = np.array(asked, np.int64).reshape(-1, 2)
        variables = np.concatenate((self.columns, more[:, 0].astype(np.int32)))
        rows = np.repeat(np.arange(len(self.least), dtype=np.int32), np.diff(self.starts))
        rows = np.concatenate((rows, more[:, 1].astype(np.int32)))
        order = np.argsort(variables, kind="stable")
        return np.concatenate(([0], np.cumsum(np.bincount(variables, minlength=len(self.low))))), rows[order]

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
        return _distinct(_spread(self._by_variable, self._rows_of, variables), len(self.least))

    def with_any(self, rows: Numbers, variables: Flags) -> Numbers:
        """Those of the rows that speak of any of the variables."""
        row, column, _ = self.terms(rows)
        return rows[np.unique(row[variables[column]])]

    def terms(self, rows: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """The terms of some rows: which of the rows each is in, counted from 0, its variable and its factor."""
        row = np.repeat(np.arange(len(rows)), self.starts[rows + 1] - self.starts[rows])
        return row, _spread(self.starts, self.columns, rows), _spread(self.starts, self.factors, rows)

    def variables_of(self, rows: Numbers) -> Numbers:
        """The variables of some rows."""
        found = _spread(self.starts, self.columns, rows)
        if self.conditions:
            asked = [variable_of(lit) for row in rows.tolist() for lit in self.conditions.get(row, ())]
            found = np.concatenate((found, np.array(asked, np.int64)))
        return _distinct(found, len(self.low))

    # -- parts ---------------------------------------------------------------------------------------------------

    def whole(self) -> Part:
        """Everything that is not decided yet, with the objective and the hints of the rows."""
        free = self.low < self.high
        hints = {}
        if self._hints:
            chosen = np.flatnonzero(free).tolist()
            hints = {nth: self._hints[variable] for nth, variable in enumerate(chosen) if variable in self._hints}
        aim = (_dense(self._objective, len(free)), self._objective.offset) if self._objective else NOTHING
        return self._cut(self.low, free, np.arange(len(self.least)), None, aim, self._held, hints)

    def part(
        self, values: Numbers, free: Flags, aim: Aim, held: Mapping[int, int] = EMPTY, *, also: Flags | None = None
    ) -> Part:
        """What is left to decide of the ``free`` variables, and of all that follow from them, where others stand.

        The ``aim`` is to be made small, the ``held`` tiers cost no more than so much. Rows that speak only of what
        stands are left out, but for those of ``also``.
        """
        free, rows = self._closed(free)
        if also is not None:
            rows = np.union1d(rows, self.rows_of(np.flatnonzero(also)))
        free &= ~self._pieces.needless(self, free, values)
        return self._cut(values, free, rows, None, aim, held, dict(enumerate(values[np.flatnonzero(free)].tolist())))

    def everything(self, values: Numbers, aim: Aim, held: Mapping[int, int], *, hint: bool) -> Part:
        """All that is not decided yet."""
        free = self.low < self.high
        hints = dict(enumerate(values[free].tolist())) if hint else {}
        return self._cut(self.low, free, np.arange(len(self.least)), None, aim, held, hints)

    def foresighted(self, values: Numbers, free: Flags, aim: Aim, unknown: Flags) -> Part:
        """The same where some variables are not known yet: a row that may cost takes them as they stand, any other as
        what suits it best.
        """
        free, rows = self._closed(free)
        return self._cut(values, free, rows, unknown, aim, EMPTY, {})

    def among(self, values: Numbers, free: Flags, rows: Numbers, unknown: Flags) -> Part:
        """These rows alone, seen in the same way."""
        return self._cut(values, free, rows, unknown, NOTHING, EMPTY, {})

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

    def _cut(
        self,
        values: Numbers,
        free: Flags,
        rows: Numbers,
        unknown: Flags | None,
        objective: Aim,
        held: Mapping[int, int],
        hints: Mapping[int, int],
    ) -> Part:
        free = free & (self.low < self.high)
        chosen = np.flatnonzero(free)
        place = np.full(len(self.low), -1)
        place[chosen] = np.arange(len(chosen))
        lengths = self.starts[rows + 1] - self.starts[rows]
        terms = _spread_index(self.starts, rows)
        row = np.repeat(np.arange(len(rows)), lengths)
        column, factor = self.columns[terms], self.factors[terms]
        stands = ~free[column]
        fixed = _sums(row[stands], factor[stands] * values[column[stands]], len(rows))
        least, most = self.least[rows] - fixed, self.most[rows] - fixed
        if unknown is not None:
            wide = stands & unknown[column] & (self.hubs[column] | ~self.costly[rows][row])
            low, high = self.low[column[wide]], self.high[column[wide]]
            now, up = values[column[wide]], factor[wide] > 0
            least -= _sums(row[wide], factor[wide] * (np.where(up, high, low) - now), len(rows))
            most -= _sums(row[wide], factor[wide] * (np.where(up, low, high) - now), len(rows))
        row, column, factor = row[~stands], column[~stands], factor[~stands]
        up = factor > 0
        low, high = self.low[column], self.high[column]
        smallest = _sums(row, np.where(up, factor * low, factor * high), len(rows))
        largest = _sums(row, np.where(up, factor * high, factor * low), len(rows))
        binds = (smallest < least) | (largest > most)
        conditions = self._conditions(rows, binds, values, free, unknown, place)
        kept = binds[row]
        number = np.cumsum(binds) - 1
        counts = np.bincount(number[row[kept]], minlength=int(binds.sum()))
        return Part(
            variables=chosen,
            low=self.low[chosen],
            high=self.high[chosen],
            starts=np.concatenate(([0], np.cumsum(counts))),
            columns=place[column[kept]],
            factors=factor[kept],
            least=least[binds],
            most=most[binds],
            conditions={int(number[row]): when for row, when in conditions.items()},
            objective=self._price(objective, values, chosen) if objective is not NOTHING else None,
            held=tuple(
                self._price((self.costs[tier], self.offsets[tier]), values, chosen, most) for tier, most in held.items()
            ),
            hints=hints,
        )

    def _conditions(
        self, rows: Numbers, binds: Flags, values: Numbers, free: Flags, unknown: Flags | None, place: Numbers
    ) -> dict[int, tuple[Literal, ...]]:
        """What is left of the rows' conditions; a row whose condition does not hold does not bind any more."""
        found: dict[int, tuple[Literal, ...]] = {}
        if not self.conditions:
            return found
        for nth in np.flatnonzero(binds).tolist():
            when = self.conditions.get(int(rows[nth]))
            if not when:
                continue
            left = []
            for literal in when:
                variable = variable_of(literal)
                if free[variable]:
                    left.append(int(place[variable]) if literal >= 0 else ~int(place[variable]))
                elif bool(values[variable]) is (literal < 0) or (
                    unknown is not None and unknown[variable] and self.low[variable] < self.high[variable]
                ):
                    binds[nth] = False
            if binds[nth] and left:
                found[nth] = tuple(left)
        return found

    def _price(self, costs: tuple[Numbers, int], values: Numbers, chosen: Numbers, most: int | None = None) -> Price:
        prices, offset = costs
        mine = prices[chosen]
        costly = np.flatnonzero(mine)
        rest = int(prices @ values) - int(mine @ values[chosen]) + offset
        return Price(costly, mine[costly], rest, most)


def _numbers(values: object) -> Numbers:
    return np.array(values, np.int64)


def _dense(costs: Costs, count: int) -> Numbers:
    """Prices by variable."""
    found = np.zeros(count, np.int64)
    np.add.at(found, _numbers(costs.variables), _numbers(costs.prices))
    return found


def _sums(groups: Numbers, values: NDArray[np.number], count: int) -> Numbers:
    """The sum of the values of each group."""
    return np.rint(np.bincount(groups, weights=values, minlength=count)).astype(np.int64)


def extremes(groups: Numbers, first: Numbers, last: Numbers, count: int, top: int) -> tuple[Numbers, Numbers]:
    """The least first and the greatest last one of each group; ``top`` and -1 where it has none."""
    least, most = np.full(count, top), np.full(count, -1)
    np.minimum.at(least, groups, first)
    np.maximum.at(most, groups, last)
    return least, most


def _distinct(numbers: Numbers, count: int) -> Numbers:
    """The numbers below ``count`` that occur, in order."""
    if len(numbers) < count // FEW:
        return np.unique(numbers)
    found = np.zeros(count, bool)
    found[numbers] = True
    return np.flatnonzero(found)


def _spread_index(starts: Numbers, chosen: Numbers) -> Numbers:
    """The positions of all that belongs to the chosen ones, where one's things lie from its start to the next one's."""
    lengths = starts[chosen + 1] - starts[chosen]
    shift = np.repeat(starts[chosen] - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    return np.arange(len(shift)) + shift


def _spread(starts: Numbers, things: Numbers, chosen: Numbers) -> Numbers:
    return things[_spread_index(starts, chosen)]
