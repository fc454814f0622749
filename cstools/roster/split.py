"""A part split among owners: whose each variable and each row is, and each owner's own part.

Owners are people, or days: whoever has cells. It knows no rule.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from cstools.roster.arrays import Flags, Numbers, extremes, row_of_each, terms
from cstools.roster.part import Part
from cstools.roster.rows import NOBODY, variable_of

CHAIN: Final = 10  # steps in which variables follow from cells


def split(part: Part, owners: Numbers) -> tuple[Numbers, Flags]:
    """Whose each variable is, and which rows join several owners, or speak of what is nobody's.

    ``owners`` are whole numbers from 0, or NOBODY; what follows from one owner's variables alone is that owner's too.
    """
    count = len(part.least)
    whose = owners.copy()
    row = row_of_each(part.starts)
    column = part.columns
    if part.conditions:
        pairs = [(nth, variable_of(one)) for nth, when in part.conditions.items() for one in when]
        row = np.concatenate((row, np.array([nth for nth, _ in pairs])))
        column = np.concatenate((column, np.array([one for _, one in pairs])))
    top = int(whose.max()) + 1
    for _ in range(CHAIN):
        first, last = _ends(row, whose[column], count, top)
        least, most = extremes(column, first[row], last[row], len(whose), top)
        new = (whose == NOBODY) & (least == most)
        if not new.any():
            break
        whose[new] = least[new]
    first, last = _ends(row, whose[column], count, top)
    joint = first < last
    joint[row[whose[column] == NOBODY]] = True
    return whose, joint


def _ends(groups: Numbers, owners: Numbers, count: int, top: int) -> tuple[Numbers, Numbers]:
    """The first and the last owner of each group."""
    some = owners != NOBODY
    return extremes(groups[some], owners[some], owners[some], count, top)


def own_rows(part: Part, whose: Numbers, joint: Flags) -> Iterator[tuple[int, Numbers]]:
    """Each owner with the rows of nobody else."""
    owner = np.full(len(part.least), NOBODY)
    owner[row_of_each(part.starts)] = whose[part.columns]
    for one in np.unique(whose[whose != NOBODY]).tolist():
        yield one, np.flatnonzero((owner == one) & ~joint)


def own_part(part: Part, variables: Numbers, rows: Numbers) -> Part:
    """One owner's part."""
    place = np.full(len(part.variables), -1)
    place[variables] = np.arange(len(variables))
    row, column, factor = terms(part.starts, part.columns, part.factors, rows)
    conditions = {
        nth: tuple(int(place[one]) if one >= 0 else ~int(place[~one]) for one in part.conditions[row])
        for nth, row in enumerate(rows.tolist())
        if row in part.conditions
    }
    return Part(
        variables=np.arange(len(variables)),
        low=part.low[variables],
        high=part.high[variables],
        starts=np.searchsorted(row, np.arange(len(rows) + 1)),
        columns=place[column],
        factors=factor,
        least=part.least[rows],
        most=part.most[rows],
        conditions=conditions,
    )
