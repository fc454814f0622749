"""Which patterns a cell may have, and which may follow which on the next day: known before they are tried.

It knows rows and cells, and nothing of any rule.
"""

from collections import defaultdict
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from cstools.roster.arrays import NONE, Flags, Numbers, extremes, row_of_each, starts_of, sums
from cstools.roster.flat import Flat
from cstools.roster.table import Table

ROOM: Final = 1 << 26  # bytes for tables of pairs; where they need more, rows tell

Said: TypeAlias = tuple[int, int, tuple[tuple[int, int], ...]]  # by a row of two cells: least, most, places and factors


class Cells(NamedTuple):
    """Cells of so many variables from ``begin`` on; the pool of patterns, those of cells of a size from ``pools`` on.

    A pattern is a size and, to the end filled up with NONE, places in the cell of the variables that hold.
    """

    size: Numbers
    begin: Numbers
    pool: Numbers
    pools: Numbers
    days: int

    def of_size(self, size: int) -> slice:
        """The patterns of cells of a size."""
        return slice(self.pools[size], self.pools[size + 1])


class Spans(NamedTuple):
    """The first and the last cell that each row speaks of, -1 for what is no cell, and whether it is hard."""

    first: Numbers
    last: Numbers
    hard: Flags


def spans(flat: Flat, owner: Numbers) -> Spans:
    """Which cells rows speak of."""
    cells = owner[row_of_each(flat.starts)]
    first, last = extremes(flat.rows, cells, cells, len(flat.least), len(owner))
    return Spans(first, last, (flat.group == NONE) & (flat.either == NONE))


def alone(cells: Cells, flat: Flat, table: Table, reach: Spans) -> tuple[Flags, Flags]:
    """The hard rows that speak of one cell alone, and which patterns a cell may have by them and by its own variables
    (cells × patterns).
    """
    one, other, hard = reach
    lone: Flags = (one == other) & (one >= 0) & hard
    block = np.flatnonzero(flat.block)
    column = row_of_each(flat.starts)
    mine = lone[flat.rows]
    row, column, factor = flat.rows[mine], column[mine], flat.factors[mine]
    found: Flags = np.zeros((len(cells.size), len(cells.pool)), bool)
    for nth, (wide, *places) in enumerate(cells.pool.tolist()):
        alike = np.flatnonzero(cells.size == wide)
        values = np.zeros(len(table.low), np.int64)
        for place in places:
            values[cells.begin[alike] + place] |= place != NONE
        found[alike, nth] = True
        wrong = block[(values[block] < table.low[block]) | (values[block] > table.high[block])]
        come = sums(row, factor * values[column], len(lone))
        broken = lone & ((come < flat.least) | (come > flat.most))
        found[table.owner[wrong], nth] = False
        found[one[broken], nth] = False
    return lone, found


def after(cells: Cells, flat: Flat, table: Table, reach: Spans) -> tuple[Numbers, Flags, Flags]:
    """By cell its table, what may follow what there (tables × patterns × patterns), and the rows that say so: the hard
    ones that speak of two days of a person, one after the other.
    """
    one, other, hard = reach
    near: Flags = hard & (one >= 0) & (other == one + 1) & (one // cells.days == other // cells.days)
    said = _said(cells, flat, table.owner, one, near)
    numbers: dict[tuple[int, int, frozenset[Said]], int] = {}
    many = len(cells.pool)
    beside, tables = np.zeros(len(cells.size), np.int64), [np.ones((many, many), bool)]
    for cell, rows in said.items():
        alike = (int(cells.size[cell]), int(cells.size[cell + 1]), frozenset(rows))
        beside[cell] = numbers.setdefault(alike, len(tables))
        if beside[cell] == len(tables):
            tables.append(_pairs(cells, *alike))
        if len(tables) * many * many > ROOM:
            return np.zeros_like(beside), np.ones((1, many, many), bool), np.zeros_like(near)
    return beside, np.array(tables), near


def _said(cells: Cells, flat: Flat, owner: Numbers, one: Numbers, near: Flags) -> dict[int, list[Said]]:
    """What is said of each cell and the next one: places in the next one count from the cell's size on."""
    column = row_of_each(flat.starts)
    mine = near[flat.rows]
    row, column, factor = flat.rows[mine], column[mine], flat.factors[mine]
    cell = one[row]
    place = column - cells.begin[owner[column]] + np.where(owner[column] == cell, 0, cells.size[cell])
    order = np.lexsort((place, row))
    terms = list(zip(place[order].tolist(), factor[order].tolist(), strict=True))
    starts = starts_of(row, len(near))
    found: dict[int, list[Said]] = defaultdict(list)
    for nth in np.flatnonzero(near).tolist():
        said = tuple(terms[starts[nth] : starts[nth + 1]])
        found[int(one[nth])].append((int(flat.least[nth]), int(flat.most[nth]), said))
    return found


def _pairs(cells: Cells, size: int, following: int, rows: frozenset[Said]) -> Flags:
    """Which pattern of cells of one size may be followed by which of another."""
    found: Flags = np.ones((len(cells.pool), len(cells.pool)), bool)
    first, then = cells.of_size(size), cells.of_size(following)
    held = np.zeros((size + following + 1, len(cells.pool)), np.int64)  # the last one takes up what is filled up
    for place in cells.pool[first, 1:].T:
        held[place, np.arange(first.start, first.stop)] = 1
    for place in cells.pool[then, 1:].T:
        held[np.where(place == NONE, NONE, size + place), np.arange(then.start, then.stop)] += 2
    for least, most, terms in rows:
        mine, theirs = np.zeros(first.stop - first.start, np.int64), np.zeros(then.stop - then.start, np.int64)
        for place, factor in terms:
            if place < size:
                mine += factor * (held[place, first] & 1)
            else:
                theirs += factor * (held[place, then] >> 1)
        come = mine[:, None] + theirs[None, :]
        found[first, then] &= (come >= least) & (come <= most)
    return found
