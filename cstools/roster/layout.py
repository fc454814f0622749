"""A roster in arrays as machine code has it, and the sheets on which a search notes what a move does."""

from typing import Final, NamedTuple

import numpy as np

from cstools.roster.arrays import NONE, Flags, Numbers, Reals, row_of_each
from cstools.roster.flat import Flat
from cstools.roster.follows import blocks
from cstools.roster.ground import Ground
from cstools.roster.moves import HARD, JOINT, KINDS, LONGEST, PAYS, TELLING

BOUND: Final = 1 << 30  # what rows come to is less


class Facts(NamedTuple):
    """What does not change: see ``Flat``. ``terms`` are row and factor, those of a variable from ``starts`` on, in rows
    of several people from ``shared`` on; cells ``begin`` at variables, and have so many; ``pool`` are patterns by how
    many variables a cell has.
    """

    starts: Numbers
    shared: Numbers
    terms: Numbers
    prices: Numbers  # variables × tiers
    members: Numbers
    low: Numbers
    high: Numbers
    begin: Numbers
    size: Numbers
    idle: Flags
    pool: Numbers
    pools: Numbers
    days: int


class Stand(NamedTuple):
    """Where the searches stand. What belongs to a row lies together, as what belongs to a group does: most of the time
    goes to fetching it. ``patterns`` are by cell.
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
    block = np.flatnonzero(blocks(table))
    owner = table.owner[block]
    size = np.bincount(owner, minlength=ground.people * ground.days)
    begin = np.zeros_like(size)
    begin[owner[::-1]] = block[::-1]
    holding = block[values[block] == 1]
    cell = table.owner[holding]
    first = np.concatenate(([True], cell[1:] != cell[:-1]))
    nth = np.arange(len(cell)) - np.maximum.accumulate(np.where(first, np.arange(len(cell)), 0))
    patterns = np.full((len(size), int(nth.max(initial=0)) + 1), NONE, np.int16)
    patterns[cell, nth] = holding - begin[cell]
    known = np.unique(np.column_stack((size, patterns))[size > 0], axis=0)
    idle: Flags = np.zeros(len(table.low), bool)
    idle[table.idle] = True
    column = row_of_each(flat.starts)
    order = np.lexsort((flat.rows, flat.joint[flat.rows], column))
    alone = np.bincount(column, ~flat.joint[flat.rows], len(table.low)).astype(np.int64)
    facts = Facts(
        starts=flat.starts, shared=flat.starts[:-1] + alone,
        terms=np.column_stack((flat.rows, flat.factors))[order].astype(np.int32),
        prices=np.ascontiguousarray(flat.prices.T), members=flat.groups.members, low=table.low, high=table.high,
        begin=begin, size=size, idle=idle, pool=known[:, 1:].astype(np.int16),
        pools=np.searchsorted(known[:, 0], np.arange(size.max() + 2)), days=ground.days,
    )  # fmt: skip
    return facts, Stand(*_state(flat, values), patterns)


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


def empty(flat: Flat, stand: Stand, seed: int) -> Notes:
    """A new sheet for one search; its seed is not 0."""
    rows, groups, tiers = len(flat.least), len(flat.groups.price), len(flat.prices)
    cells, wide = 2 * LONGEST, stand.patterns.shape[1]
    kinds = (len(KINDS), 2)

    def numbers(*shape: int) -> Numbers:
        return np.zeros(shape, np.int64)

    return Notes(
        variables=numbers(2 * cells * wide), signs=numbers(2 * cells * wide), rows=np.zeros((rows, 2), np.int32),
        touched=numbers(rows), seen=numbers(groups), cells=numbers(cells), given=np.zeros((cells, wide), np.int16),
        groups=numbers(groups), bills=numbers(groups), costs=numbers(tiers), change=numbers(tiers), number=numbers(1),
        chance=np.array([seed], np.uint64), counts=numbers(*kinds),
    )  # fmt: skip
