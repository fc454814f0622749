"""A roster in arrays as machine code has it, and the sheets on which a search notes what a move does."""

from typing import Final, NamedTuple

import numpy as np

from cstools.roster.allowed import Cells, after, alone, spans
from cstools.roster.arrays import NONE, Flags, Numbers, Reals, extremes, row_of_each, starts_of
from cstools.roster.flat import Flat
from cstools.roster.ground import Ground
from cstools.roster.moves import HARD, JOINT, LEAST, PAYS, SUM, TELLING
from cstools.roster.proposals import KINDS, LONGEST

BOUND: Final = 1 << 30  # what rows come to is less


class Facts(NamedTuple):
    """What does not change: see ``Flat``. ``terms`` are row and factor, those of a variable from ``starts`` on, in rows
    that pay from ``paying`` on, in rows of several people from ``shared`` on; cells ``begin`` at variables, and have so
    many.

    ``pool`` are patterns, the first of them of cells without variables, others of cells of one size from ``pools`` on;
    ``off`` tells those of nobody at work, ``allowed`` which a cell may have (cells × patterns), the table of ``pairs``
    that is ``beside`` a cell which may be followed by which on the next day (tables × patterns × patterns).

    ``daily`` are rows of several people that pay for what they lack on one day, the one that they are ``on``.
    ``levels`` are variables that hold or not whatever cells have.
    """

    starts: Numbers
    paying: Numbers
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
    beside: Numbers
    pairs: Flags
    daily: Numbers
    on: Numbers
    levels: Numbers
    days: int


class Stand(NamedTuple):
    """Where the searches stand. What belongs to a row lies together, as what belongs to a group does: most of the time
    goes to fetching it. ``patterns`` are numbers of the pool's, by cell; ``levels`` say which of them hold.
    """

    rows: Numbers
    groups: Numbers
    patterns: Numbers
    levels: Numbers


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

    Only one that may ``lead`` changes rows of several people. ``shares``, of 1, up to which it tries each kind;
    ``lacking`` are rows of several people on one day that are to be filled.
    """

    people: Numbers
    lead: bool
    shares: Reals
    moves: int
    heat: float
    weights: Reals
    lacking: Numbers


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
    cells = Cells(size, begin, pool, np.searchsorted(pool[:, 0], np.arange(size.max() + 2)), ground.days)
    reach = spans(flat, table.owner)
    lone, allowed = alone(cells, flat, table, reach)
    beside, pairs, near = after(cells, flat, table, reach)
    column = row_of_each(flat.starts)
    kept = ~(lone | near)[flat.rows]
    row, column, factor = flat.rows[kept], column[kept], flat.factors[kept]
    pays = flat.group[row] != NONE
    order = np.lexsort((row, pays, flat.joint[row], column))
    starts = starts_of(column, len(table.low))
    joint, on = flat.joint[row], _days(flat, table.owner, ground.days)
    hard, mine = (np.bincount(column, kind, len(table.low)).astype(np.int64) for kind in (~joint & ~pays, ~joint))
    facts = Facts(
        starts=starts, paying=starts[:-1] + hard, shared=starts[:-1] + mine,
        terms=np.column_stack((row, factor))[order].astype(np.int32),
        prices=np.ascontiguousarray(flat.prices.T), members=flat.groups.members, begin=begin, size=size,
        pool=np.ascontiguousarray(pool[:, 1:]).astype(np.int16),
        pools=cells.pools, off=off, allowed=allowed, beside=beside, pairs=pairs,
        daily=np.flatnonzero((on != NONE) & (flat.group != NONE)), on=on, levels=flat.levels,
        days=ground.days,
    )  # fmt: skip
    return facts, Stand(*state(flat, values), patterns, values[flat.levels])


def _days(flat: Flat, owner: Numbers, days: int) -> Numbers:
    """The day that each row of several people speaks of; NONE if of several, and for all other rows."""
    cells = owner[row_of_each(flat.starts)]
    day = np.where(cells >= 0, cells % days, NONE)
    one, other = extremes(flat.rows, day, day, len(flat.least), days)
    return np.where(flat.joint & (one == other), one, NONE)


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


def state(flat: Flat, values: Numbers) -> tuple[Numbers, Numbers]:
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


def lacking(facts: Facts, stand: Stand) -> Numbers:
    """Rows of several people on one day that pay for what they lack."""
    rows = stand.rows[facts.daily]
    return facts.daily[rows[:, SUM] < rows[:, LEAST]]


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
