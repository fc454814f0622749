"""Costs that grow: the first missing costs 1, the second 2 more. Each is a piece; parts seldom need the dear ones.

Where a row can lack three at most, whatever the cells of a part become, its fourth piece may stand.
"""

from typing import TYPE_CHECKING

import numpy as np

from cstools.roster.rows import OPEN

if TYPE_CHECKING:
    from cstools.roster.arrays import Flags, Numbers
    from cstools.roster.table import Table


class Pieces:
    """The variables that only pay for what one row lacks, of rows that have several such: the cheaper ones first.

    ``before``, by variable: how much of its row the cheaper ones pay for; -1 for what is no such piece. ``lone`` are
    priced variables without a cell that a single row speaks of. The table is not kept: it is to be gone when its last
    reader is, for the rows that it reads cannot grow as long as it is there.
    """

    def __init__(self, table: "Table", lone: "Flags") -> None:
        prices = np.sum([np.zeros(len(table.low), np.int64), *table.costs.values()], axis=0)
        places = np.flatnonzero((lone & (prices > 0) & (table.low == 0))[table.columns] & (table.factors > 0))
        row = np.searchsorted(table.starts, places, side="right") - 1
        column, factor = table.columns[places], table.factors[places]
        asked = (table.most[row] >= OPEN) & (np.bincount(row, minlength=len(table.least))[row] > 1)
        row, column, factor = row[asked], column[asked], factor[asked]
        order = np.lexsort((prices[column] / factor, row))
        row, column, factor = row[order], column[order], factor[order]
        paid = np.cumsum(factor * table.high[column])
        ahead = np.concatenate(([0], paid[:-1]))
        first = np.concatenate(([True], row[1:] != row[:-1]))[: len(row)]
        base = np.maximum.accumulate(np.where(first, ahead, 0))
        self.before = np.full(len(table.low), -1)
        self.before[column] = ahead - base
        self._row = np.zeros(len(table.low), np.int64)
        self._row[column] = row

    def needless(self, table: "Table", free: "Flags", values: "Numbers") -> "Flags":
        """Those of the free variables that no part needs in which only these are free: the dear ones, as they stand."""
        found = np.zeros(len(free), bool)
        mine = np.flatnonzero(free & (self.before >= 0) & (values == 0))
        if not len(mine):
            return found
        rows, place = np.unique(self._row[mine], return_inverse=True)
        row, column, factor = table.terms(rows)
        mean = np.where(factor > 0, table.low[column], table.high[column])
        least = np.where(free[column], np.where(self.before[column] >= 0, 0, mean), values[column]) * factor
        lacking = table.least[rows] - np.bincount(row, least, len(rows)).astype(np.int64)
        found[mine] = self.before[mine] >= lacking[place]
        return found
