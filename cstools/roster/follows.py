"""What of a table follows from its cells, and how: joined, by any of several, or paid for where rows lack something.

It knows rows and prices, and nothing of any rule.
"""

from typing import Final

import numpy as np

from cstools.roster.arrays import NONE, Flags, Numbers, extremes, row_of_each
from cstools.roster.rows import NOBODY, OPEN
from cstools.roster.table import Table

UNBOUND: Final = OPEN // 2  # an end beyond this binds nothing: opposites have moved it a little
PAIR: Final = 2


class Follows:
    """Which variables of a table follow in which way, and by which rows.

    ``joined`` and ``either`` give the row that tells a variable; such rows are ``dropped``, for they hold in any case.
    What ``pays`` does so for one row or for the worst of several; ``head`` is, by row, the first of the variables that
    pay for it, and ``nth``, by variable, the unit that it is for, 0 for one that pays for all. ``levels`` are left to
    choose besides cells, as is what is fair to many. What ``stands`` is decided, or nothing of all this.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.row = row_of_each(table.starts)
        self.lengths = np.diff(table.starts)
        self.asked = np.zeros(len(table.least), bool)  # rows that hold under a condition
        self.asked[list(table.conditions)] = True
        self.dropped = np.zeros(len(table.least), bool)  # rows that only tell what follows
        self.block = blocks(table)
        self.joined = self._joined()
        self.either = self._either()
        self.pays, self.head, self.nth = self._paying()
        open_ = self.block.copy()
        open_[[*self.joined, *self.either]] = True
        self.levels = (table.owner == NOBODY) & (table.low == 0) & (table.high == 1) & ~self.pays & ~open_
        self.stands = ~self.pays & ~self.levels & ((table.low == table.high) | ~open_)

    def _joined(self) -> dict[int, int]:
        """By variable of a cell that others of the cell make together: the row that says so."""
        table, row, factor = self.table, self.row, self.table.factors
        later = (table.owner >= 0) & ~self.block & (table.low < table.high)
        count = len(table.least)
        equal = (table.least == 0) & (table.most == 0) & ~self.asked
        ones = np.bincount(row, (factor == 1) & self.block[table.columns], count)
        made = np.bincount(row, (factor == -1) & later[table.columns], count)
        found: dict[int, int] = {}
        for one in np.flatnonzero(equal & (made == 1) & (ones == self.lengths - 1)).tolist():
            column = table.columns[table.starts[one] : table.starts[one + 1]]
            variable = int(column[later[column]][0])
            if variable not in found and (table.owner[column] == table.owner[variable]).all():
                found[variable] = one
                self.dropped[one] = True
        return found

    def _either(self) -> dict[int, int]:
        """By variable that holds where any of some literals does: the row that says that one of them must."""
        table = self.table
        opens = np.full(len(table.low), NONE)
        opens[table.columns[::-1]] = self.row[::-1]
        new = (table.owner == NOBODY) & (table.low < table.high) & (table.high == 1) & ~table.hubs & (opens >= 0)
        found: dict[int, int] = {}
        for variable in np.flatnonzero(new).tolist():
            one = int(opens[variable])
            others = table.columns[table.starts[one] + 1 : table.starts[one + 1]].tolist()
            if self._tells(variable, one) and found.keys().isdisjoint(others):  # of others it would be hard to follow
                found[variable] = one
                self.dropped[one + 1 : one + int(self.lengths[one])] = True
        return found

    def _tells(self, variable: int, one: int) -> bool:
        """Whether a row says that a literal holds where the variable does, and the next rows that they go together."""
        table, many = self.table, int(self.lengths[one]) - 1
        start, rows = int(table.starts[one]), slice(one + 1, one + 1 + many)
        column, factor = table.columns[start : start + 1 + many], table.factors[start : start + 1 + many]
        opposite = factor[1:] < 0
        if many < 1 or column[0] != variable or table.least[one] != -opposite.sum() or table.most[one] < UNBOUND:
            return False
        if factor[0] != -1 or (np.abs(factor) != 1).any() or self.asked[one : one + 1 + many].any():
            return False
        pairs = table.starts[rows]
        if len(pairs) < many or (self.lengths[rows] != PAIR).any():
            return False
        return bool(
            (table.columns[pairs] == variable).all()
            and (table.factors[pairs] == 1).all()
            and (table.columns[pairs + 1] == column[1:]).all()
            and (table.factors[pairs + 1] == -factor[1:]).all()
            and (table.least[rows] == opposite).all()
        )

    def _paying(self) -> tuple[Flags, Numbers, Numbers]:
        """Which variables pay, in groups that lie together; by row the first of its group; by variable its unit."""
        table, size, count = self.table, len(self.table.low), len(self.table.least)
        prices = np.array([np.zeros(size, np.int64), *table.costs.values()])
        pays = (table.owner == NOBODY) & ~table.hubs & ((prices > 0).sum(axis=0) == 1) & (prices >= 0).all(axis=0)
        pays[list(self.either)] = False
        term = np.flatnonzero(pays[table.columns])
        row, column, factor = self.row[term], table.columns[term], table.factors[term]
        first, last = extremes(row, column, column, count, size)
        unit, most = extremes(row, factor, factor, count, OPEN)
        even = (last - first + 1 == np.bincount(row, minlength=count)) & (unit == most) & (unit > 0)
        even &= table.most >= UNBOUND
        head, other = extremes(column, first[row], first[row], size, size)
        end, beyond = extremes(column, last[row], last[row], size, size)
        price, tier = prices.sum(axis=0), prices.argmax(axis=0)
        lead = np.minimum(head, size - 1)
        several = end > lead
        nth = np.where(several, np.arange(size) - lead + 1, 0)
        fits = pays & (head == other) & (end == beyond) & (tier == tier[lead])
        fits &= (price == price[lead] * np.maximum(nth, 1)) & (~several | (table.high <= 1))
        odd = np.zeros(size, bool)
        odd[first[row[~(fits[column] & even[row])]]] = True
        fits &= ~odd[lead]
        return fits, np.where((last >= 0) & ~odd[np.minimum(first, size - 1)], first, NONE), nth


def blocks(table: Table) -> Flags:
    """The variables that describe cells by themselves: the first of each cell's that lie together."""
    edges = np.flatnonzero(np.diff(table.owner)) + 1
    first, last = np.concatenate(([0], edges)), np.concatenate((edges, [len(table.owner)]))
    owner = table.owner[first]
    _, where = np.unique(owner, return_index=True)
    found = np.zeros(len(table.owner), bool)
    for nth in where[owner[where] >= 0].tolist():
        found[first[nth] : last[nth]] = True
    return found
