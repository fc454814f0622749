"""A roster in arrays as machine code has it, and the sheets on which a search notes what a move does."""

from typing import Final, NamedTuple

import numpy as np

from cstools.roster.arrays import NONE, Flags, Numbers, Reals, extremes, row_of_each, starts_of, sums
from cstools.roster.flat import Flat
from cstools.roster.ground import Ground
from cstools.roster.moves import HARD, JOINT, KINDS, LONGEST, PAYS, TELLING

BOUND: Final = 1 << 30  # what rows come to is less


class Facts(NamedTuple):
    """What does not change: see ``Flat``. ``terms`` are row and factor, those of a variable from ``starts`` on, in rows
    of several people from ``shared`` on; cells ``begin`` at variables, and have so many.

    ``pool`` are patterns, the first of them of cells without variables, others of cells of one size from ``pools`` on;
    ``off`` tells those of nobody at work, ``allowed`` which a cell may have (cells × patterns).
    """

    starts: Numbers
    shared: Numbers
    terms: Numbers
    prices: Numbers  # variables × tiers
    members: Numbers
    begin: Numbers
    size: Numbers
    pool: Numbers
    pools: Numbers
    off: Flags
    allowed: Flags
    days: int


class Stand(NamedTuple):
    """Where the searches stand. What belongs to a row lies together, as what belongs to a group does: most of the time
    goes to fetching it. ``patterns`` are numbers of the pool's, by cell.
    """

    rows: Numbers
    groups: Numbers
    patterns: Numbers


class Notes(NamedTuple):
    """What one search writes down about the move it weighs, and by ``change`` what its moves have changed so far."""

    variables: Numbers
    signs: Numbers
    rows: Numbers  # MARK and DELTA
    touched: Numbers
    seen: Numbers
    cells: Numbers
    given: Numbers
    groups: Numbers
    bills: Numbers
    costs: Numbers
    change: Numbers
    number: Numbers  # of the move
    chance: Numbers
    counts: Numbers  # by kind: TRIED, TAKEN


class Stint(NamedTuple):
    """What one search is to do: so many moves between some people, at a heat, with a weight for each tier.

    Only one that may ``lead`` changes rows of several people. ``shares``, of 1, up to which it tries each kind.
    """

    people: Numbers
    lead: bool
    shares: Reals
    moves: int
    heat: float
    weights: Reals


def laid_out(ground: Ground, flat: Flat, values: Numbers) -> tuple[Facts, Stand]:
    """A roster in arrays for machine code."""
    table = ground.table
    block = np.flatnonzero(flat.block)
    owner = table.owner[block]
    size = np.bincount(owner, minlength=ground.people * ground.days)
    begin = np.zeros_like(size)
    begin[owner[::-1]] = block[::-1]
    pool, patterns = _patterns(size, begin, block[values[block] == 1], table.owner)
    idle: Flags = np.zeros(len(table.low), bool)
    idle[table.idle] = True
    off: Flags = np.zeros(len(pool), bool)
    off[patterns] = (pool[patterns, 1] != NONE) & idle[begin + np.maximum(pool[patterns, 1], 0)]
    lone = _lone(flat, table.owner)
    allowed = _allowed(ground, flat, (size, begin, pool), lone)
    column = row_of_each(flat.starts)
    kept = ~lone[flat.rows]
    row, column, factor = flat.rows[kept], column[kept], flat.factors[kept]
    order = np.lexsort((row, flat.joint[row], column))
    starts = starts_of(column, len(table.low))
    alone = np.bincount(column, ~flat.joint[row], len(table.low)).astype(np.int64)
    facts = Facts(
        starts=starts, shared=starts[:-1] + alone, terms=np.column_stack((row, factor))[order].astype(np.int32),
        prices=np.ascontiguousarray(flat.prices.T), members=flat.groups.members, begin=begin, size=size,
        pool=np.ascontiguousarray(pool[:, 1:]).astype(np.int16),
        pools=np.searchsorted(pool[:, 0], np.arange(size.max() + 2)), off=off, allowed=allowed, days=ground.days,
    )  # fmt: skip
    return facts, Stand(*_state(flat, values), patterns)


def _patterns(size: Numbers, begin: Numbers, holding: Numbers, owner: Numbers) -> tuple[Numbers, Numbers]:
    """The patterns there are, each after the size of its cells, and which of them each cell has.

    A pattern is places in a cell, from 0, of the variables that hold.
    """
    cell = owner[holding]
    first = np.concatenate(([True], cell[1:] != cell[:-1]))[: len(cell)]
    nth = np.arange(len(cell)) - np.maximum.accumulate(np.where(first, np.arange(len(cell)), 0))
    found = np.full((len(size) + 1, int(nth.max(initial=0)) + 2), NONE)
    found[:-1, 0], found[-1, 0] = size, 0  # the last one is of a cell without variables, if there is none
    found[cell, nth + 1] = holding - begin[cell]
    pool, which = np.unique(found, axis=0, return_inverse=True)
    return pool, which.reshape(-1)[:-1]


def _lone(flat: Flat, owner: Numbers) -> Flags:
    """The hard rows that speak of one cell alone: whether a pattern keeps them is known before it is tried."""
    cells = owner[row_of_each(flat.starts)]
    one, other = extremes(flat.rows, cells, cells, len(flat.least), len(owner))
    found: Flags = (one == other) & (one >= 0) & (flat.group == NONE) & (flat.either == NONE)
    return found


def _allowed(ground: Ground, flat: Flat, cells: tuple[Numbers, Numbers, Numbers], lone: Flags) -> Flags:
    """Which patterns a cell may have by its own variables and the rows of it alone (cells × patterns)."""
    table, (size, begin, pool) = ground.table, cells
    block = np.flatnonzero(flat.block)
    column = row_of_each(flat.starts)
    mine = lone[flat.rows]
    row, column, factor = flat.rows[mine], column[mine], flat.factors[mine]
    cell_of = np.zeros(len(lone), np.int64)
    cell_of[row] = table.owner[column]
    found: Flags = np.zeros((len(size), len(pool)), bool)
    for nth, (wide, *places) in enumerate(pool.tolist()):
        alike = np.flatnonzero(size == wide)
        values = np.zeros(len(table.low), np.int64)
        for place in places:
            values[begin[alike] + place] |= place != NONE
        found[alike, nth] = True
        wrong = block[(values[block] < table.low[block]) | (values[block] > table.high[block])]
        come = sums(row, factor * values[column], len(lone))
        broken = lone & ((come < flat.least) | (come > flat.most))
        found[table.owner[wrong], nth] = False
        found[cell_of[broken], nth] = False
    return found


def _state(flat: Flat, values: Numbers) -> tuple[Numbers, Numbers]:
    """Rows and groups, as machine code has them."""
    found = flat.sums(values)
    tells = np.where(flat.group != NONE, flat.group, flat.either)
    kind = np.where(flat.group != NONE, PAYS, np.where(flat.either != NONE, TELLING, HARD)) + JOINT * flat.joint
    rows = np.column_stack((found, flat.least, np.minimum(flat.most, BOUND), kind, tells, flat.above))
    groups = flat.groups
    first, last, paid = groups.first[:-1], groups.first[1:], groups.paid(flat.lacks(found))
    pays: Numbers = np.column_stack((first, last, groups.price, groups.unit, groups.growing, groups.tier, paid))
    narrow: Numbers = np.clip(rows, -BOUND, BOUND).astype(np.int32)
    return narrow, pays


def empty(flat: Flat, facts: Facts, seed: int) -> Notes:
    """A new sheet for one search; its seed is not 0."""
    rows, groups, tiers = len(flat.least), len(flat.groups.price), len(flat.prices)
    cells, wide = 2 * LONGEST, facts.pool.shape[1]
    kinds = (len(KINDS), 2)

    def numbers(*shape: int) -> Numbers:
        return np.zeros(shape, np.int64)

    return Notes(
        variables=numbers(2 * cells * wide), signs=numbers(2 * cells * wide), rows=np.zeros((rows, 2), np.int32),
        touched=numbers(rows), seen=numbers(groups), cells=numbers(cells), given=numbers(cells),
        groups=numbers(groups), bills=numbers(groups), costs=numbers(tiers), change=numbers(tiers), number=numbers(1),
        chance=np.array([seed], np.uint64), counts=numbers(*kinds),
    )  # fmt: skip
