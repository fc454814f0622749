"""Arrays of whole numbers: groups of them, and rows of terms that lie one after the other.

``starts`` tells where each row's terms begin and, at last, where all end.
"""

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.signedinteger]
Reals: TypeAlias = NDArray[np.floating]
Flags: TypeAlias = NDArray[np.bool_]
NONE: Final = -1  # for the number of something, where there is nothing
FEW: Final = 100  # one number in so many is soon sorted; more are marked in a list of all


def sums(groups: Numbers, values: NDArray[np.number], count: int) -> Numbers:
    """The sum of the values of each group."""
    return np.rint(np.bincount(groups, weights=values, minlength=count)).astype(np.int64)


def extremes(groups: Numbers, first: Numbers, last: Numbers, count: int, top: int) -> tuple[Numbers, Numbers]:
    """The least first and the greatest last one of each group; ``top`` and -1 where it has none."""
    least, most = np.full(count, top), np.full(count, -1)
    np.minimum.at(least, groups, first)
    np.maximum.at(most, groups, last)
    return least, most


def distinct(numbers: Numbers, count: int) -> Numbers:
    """The numbers below ``count`` that occur, in order."""
    if len(numbers) < count // FEW:
        return np.unique(numbers)
    found = np.zeros(count, bool)
    found[numbers] = True
    return np.flatnonzero(found)


def starts_of(groups: Numbers, count: int) -> Numbers:
    """Where each group's numbers begin, once they lie one group after the other, and at last where all end."""
    return np.concatenate(([0], np.cumsum(np.bincount(groups, minlength=count))))


def row_of_each(starts: Numbers, kind: type[np.signedinteger] = np.int64) -> Numbers:
    """The row of each term, in numbers of a ``kind``."""
    return np.repeat(np.arange(len(starts) - 1, dtype=kind), np.diff(starts))


def places(starts: Numbers, rows: Numbers) -> Numbers:
    """Where the terms of some rows lie."""
    lengths = starts[rows + 1] - starts[rows]
    shift = np.repeat(starts[rows] - (np.cumsum(lengths) - lengths), lengths)
    found: Numbers = np.arange(len(shift)) + shift
    return found


def spread(starts: Numbers, things: Numbers, rows: Numbers) -> Numbers:
    """What belongs to some rows, where things lie as terms do."""
    return things[places(starts, rows)]


def terms(starts: Numbers, columns: Numbers, factors: Numbers, rows: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The terms of some rows: which of the rows each is in, counted from 0, its column and its factor."""
    where = places(starts, rows)
    return np.repeat(np.arange(len(rows)), starts[rows + 1] - starts[rows]), columns[where], factors[where]
