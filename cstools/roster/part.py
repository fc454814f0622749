"""A part of a table: the rows between the variables that are left to decide where all others stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from cstools.roster.arrays import Flags, Numbers, sums
from cstools.roster.rows import Literal, variable_of

if TYPE_CHECKING:
    from cstools.roster.table import Table

Aim: TypeAlias = tuple[Numbers, int]  # prices by variable, and an offset
NOTHING: Final[Aim] = (np.zeros(0, np.int64), 0)
Terms: TypeAlias = tuple[Numbers, Numbers, Numbers]  # row, variable, factor


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

    def hinted(self, values: Numbers) -> "Part":
        """The same with values of the table for a search to begin with."""
        return replace(self, hints=dict(enumerate(values[self.variables].tolist())))


def cut(
    table: "Table",
    values: Numbers,
    free: Flags,
    rows: Numbers,
    aim: Aim = NOTHING,
    held: Mapping[int, int] | None = None,
    unknown: Flags | None = None,
) -> Part:
    """What some rows ask of the ``free`` variables where the others have their ``values``.

    The ``aim`` is to be made small, the ``held`` tiers cost no more than so much. Of what is ``unknown`` a row that may
    cost takes the value, any other what suits it best.
    """
    free = free & (table.low < table.high)
    chosen = np.flatnonzero(free)
    place = np.full(len(table.low), -1)
    place[chosen] = np.arange(len(chosen))
    row, column, factor = table.terms(rows)
    stands = ~free[column]
    least, most = _left(table, values, rows, (row[stands], column[stands], factor[stands]), unknown)
    row, column, factor = row[~stands], column[~stands], factor[~stands]
    binds = _binding(table, (row, column, factor), least, most)
    conditions = _conditions(table, rows, binds, values, free, unknown, place)
    kept = binds[row]
    number = np.cumsum(binds) - 1
    counts = np.bincount(number[row[kept]], minlength=int(binds.sum()))
    return Part(
        variables=chosen,
        low=table.low[chosen],
        high=table.high[chosen],
        starts=np.concatenate(([0], np.cumsum(counts))),
        columns=place[column[kept]],
        factors=factor[kept],
        least=least[binds],
        most=most[binds],
        conditions={int(number[row]): when for row, when in conditions.items()},
        objective=_price(aim, values, chosen) if aim is not NOTHING else None,
        held=tuple(
            _price((table.costs[tier], table.offsets[tier]), values, chosen, most)
            for tier, most in (held or {}).items()
        ),
    )


def _left(
    table: "Table", values: Numbers, rows: Numbers, standing: Terms, unknown: Flags | None
) -> tuple[Numbers, Numbers]:
    """The ends of rows, less what stands in them."""
    row, column, factor = standing
    fixed = sums(row, factor * values[column], len(rows))
    least, most = table.least[rows] - fixed, table.most[rows] - fixed
    if unknown is not None:
        wide = unknown[column] & (table.hubs[column] | ~table.costly[rows][row])
        row, column, factor = row[wide], column[wide], factor[wide]
        low, high, now, up = table.low[column], table.high[column], values[column], factor > 0
        least -= sums(row, factor * (np.where(up, high, low) - now), len(rows))
        most -= sums(row, factor * (np.where(up, low, high) - now), len(rows))
    return least, most


def _binding(table: "Table", open_: Terms, least: Numbers, most: Numbers) -> Flags:
    """The rows that do not hold whatever is decided."""
    row, column, factor = open_
    up = factor > 0
    low, high = table.low[column], table.high[column]
    smallest = sums(row, np.where(up, factor * low, factor * high), len(least))
    largest = sums(row, np.where(up, factor * high, factor * low), len(least))
    binds: Flags = (smallest < least) | (largest > most)
    return binds


def _conditions(
    table: "Table", rows: Numbers, binds: Flags, values: Numbers, free: Flags, unknown: Flags | None, place: Numbers
) -> dict[int, tuple[Literal, ...]]:
    """What is left of the rows' conditions; a row whose condition does not hold does not bind any more."""
    found: dict[int, tuple[Literal, ...]] = {}
    if not table.conditions:
        return found
    for nth in np.flatnonzero(binds).tolist():
        when = table.conditions.get(int(rows[nth]))
        if not when:
            continue
        left = []
        for literal in when:
            variable = variable_of(literal)
            if free[variable]:
                left.append(int(place[variable]) if literal >= 0 else ~int(place[variable]))
            elif bool(values[variable]) is (literal < 0) or (
                unknown is not None and unknown[variable] and table.low[variable] < table.high[variable]
            ):
                binds[nth] = False
        if binds[nth] and left:
            found[nth] = tuple(left)
    return found


def _price(aim: Aim, values: Numbers, chosen: Numbers, most: int | None = None) -> Price:
    """Prices of what is chosen, beside what the others pay."""
    prices, offset = aim
    mine = prices[chosen]
    costly = np.flatnonzero(mine)
    rest = int(prices @ values) - int(mine @ values[chosen]) + offset
    return Price(costly, mine[costly], rest, most)
