"""A table's rows as what cells alone decide: what follows from cells is worked out there, not searched.

Levels are chosen besides cells; whatever else does not follow stands as it is. It knows rows and prices, and no rule.
"""

from dataclasses import dataclass

import numpy as np

from cstools.roster.arrays import NONE, Flags, Numbers, extremes, spread, starts_of, sums
from cstools.roster.follows import PAIR, UNBOUND, Follows
from cstools.roster.part import Terms
from cstools.roster.rows import NOBODY, OPEN, variable_of
from cstools.roster.solver import holds
from cstools.roster.table import Table


@dataclass(frozen=True)
class Made:
    """Joined variables; which of them, counted from 0, ``parts`` make."""

    variables: Numbers
    whose: Numbers
    parts: Numbers


@dataclass(frozen=True)
class Groups:
    """Rows that pay together for what the worst of them lacks: ``members[first[group]:first[group + 1]]``.

    A group pays its ``price`` for each ``unit``, where it is ``growing`` for the nth n times as much, in its tier
    (counted from 0). ``paying`` are variables that pay, their groups, and the unit that each is for: 0 is all.
    """

    first: Numbers
    members: Numbers
    price: Numbers
    unit: Numbers
    growing: Flags
    tier: Numbers
    paying: tuple[Numbers, Numbers, Numbers]

    def paid(self, units: Numbers) -> Numbers:
        """What groups pay that lack so many units."""
        return self.price * np.where(self.growing, units * (units + 1) // 2, units)


@dataclass(frozen=True)
class Flat:
    """Rows between the variables of cells, and ``levels``.

    ``starts``, ``rows`` and ``factors`` are by variable: which rows speak of it. A row keeps its sum between ``least``
    and ``most``; or it belongs to a ``group`` and lacks what its sum is below ``least``; or it tells an ``either``,
    which holds where the sum and ``above`` come to more than 0. A ``joint`` row speaks of several people. ``prices``,
    tiers × variables, are what variables cost by themselves. The variables of ``block`` describe cells by themselves.
    """

    starts: Numbers
    rows: Numbers
    factors: Numbers
    least: Numbers
    most: Numbers
    group: Numbers
    either: Numbers
    above: Numbers
    joint: Flags
    groups: Groups
    prices: Numbers
    made: Made
    block: Flags
    levels: Numbers

    def sums(self, values: Numbers) -> Numbers:
        """What each row comes to."""
        mine = np.repeat(values, np.diff(self.starts))
        return sums(self.rows, mine * self.factors, len(self.least))

    def lacks(self, found: Numbers) -> Numbers:
        """How many units each group lacks where rows come to so much."""
        members = self.groups.members
        worst = np.zeros(len(self.groups.price), np.int64)
        np.maximum.at(worst, self.group[members], (self.least - found)[members])
        return -(-worst // self.groups.unit)

    def completed(self, values: Numbers) -> Numbers:
        """The cells and levels as they are, and what follows from them."""
        values = values.copy()
        values[self.made.variables] = sums(self.made.whose, values[self.made.parts], len(self.made.variables))
        telling = np.flatnonzero(self.either != NONE)
        values[self.either[telling]] = (self.sums(values) + self.above)[telling] > 0
        units = self.lacks(self.sums(values))
        variable, group, nth = self.groups.paying
        values[variable] = np.where(nth == 0, units[group], units[group] >= nth)
        return values


def flatten(table: Table, values: Numbers, days: int) -> Flat:
    """The rows of a table where all that is neither a cell's nor a level nor follows from them has these values."""
    follows = Follows(table)
    size, count = len(table.low), len(table.least)
    made = _made(follows)
    base = _standing(follows, values)
    least, (row, column, factor) = _open(follows, values, table.least - base, made)
    most = np.where(table.most >= UNBOUND, OPEN, table.most - base)
    either = np.full(count, NONE)
    either[list(follows.either.values())] = list(follows.either)
    smallest, largest = (sums(row, end(factor, 0), count) for end in (np.minimum, np.maximum))
    binds = (smallest < least) | (largest > most)
    used = np.where(either != NONE, np.bincount(row, minlength=count) > 0, binds) & ~follows.dropped
    chosen, number = np.flatnonzero(used), np.cumsum(used) - 1
    found = _by_variable((number[row[used[row]]], column[used[row]], factor[used[row]]))
    group, groups = _groups(follows, chosen)
    return Flat(
        starts=starts_of(found[1], size),
        rows=found[0],
        factors=found[2],
        least=least[chosen],
        most=most[chosen],
        group=group,
        either=either[chosen],
        above=base[chosen] - table.least[chosen],
        joint=_joint(follows, found, either[chosen], days),
        groups=groups,
        prices=_prices(follows, made),
        made=made,
        block=follows.block,
        levels=np.flatnonzero(follows.levels),
    )


def _made(follows: Follows) -> Made:
    """The joined variables, and those that make them."""
    made, rows = (np.array(list(one), np.int64) for one in (follows.joined, follows.joined.values()))
    whose, parts, factor = follows.table.terms(rows)
    return Made(made, whose[factor > 0], parts[factor > 0])


def _standing(follows: Follows, values: Numbers) -> Numbers:
    """What stands in each row comes to."""
    table = follows.table
    mine = follows.stands[table.columns]
    return sums(follows.row[mine], (table.factors * values[table.columns])[mine], len(table.least))


def _open(follows: Follows, values: Numbers, least: Numbers, made: Made) -> tuple[Numbers, Terms]:
    """The least that rows ask of cells and of what holds for any of several, and their terms."""
    table = follows.table
    left = ~(follows.stands | follows.pays)[table.columns]
    left[table.starts[list(follows.either.values())]] = False  # the first term of a row that tells it
    found = (follows.row[left], table.columns[left], table.factors[left])
    least, more = _conditions(follows, found, least, values)
    row, column, factor = (np.concatenate(both) for both in zip(found, more, strict=True))
    return least, _gathered(_replaced((row, column, factor), made, len(table.low)), len(table.low))


def _conditions(follows: Follows, found: Terms, least: Numbers, values: Numbers) -> tuple[Numbers, Terms]:
    """Rows that hold under conditions as rows that hold in any case: terms that give all they ask where one fails.

    No rule bounds such a row from above: at most so much of something is at least so much of its opposite.
    """
    row, _, factor = found
    least, smallest = least.copy(), sums(row, np.minimum(factor, 0), len(least))
    more = []
    for one, when in follows.table.conditions.items():
        ample = max(0, int(least[one] - smallest[one]))
        for literal in when:
            variable = variable_of(literal)
            if follows.stands[variable]:
                least[one] -= 0 if holds(values, literal) else ample
            else:
                least[one] -= ample if literal >= 0 else 0
                more.append((one, variable, -ample if literal >= 0 else ample))
    rows, columns, factors = np.array(more, np.int64).reshape(-1, 3).T
    return least, (rows, columns, factors)


def _replaced(found: Terms, made: Made, size: int) -> Terms:
    """Terms in which those that make a joined variable stand for it."""
    row, column, factor = found
    place = np.full(size, NONE)
    place[made.variables] = np.arange(len(made.variables))
    mine = place[column] != NONE
    starts = starts_of(made.whose, len(made.variables))
    asked = place[column[mine]]
    many = np.diff(starts)[asked]
    return (
        np.concatenate((row[~mine], np.repeat(row[mine], many))),
        np.concatenate((column[~mine], spread(starts, made.parts, asked))),
        np.concatenate((factor[~mine], np.repeat(factor[mine], many))),
    )


def _gathered(found: Terms, size: int) -> Terms:
    """Terms of the same variable in a row as one."""
    row, column, factor = found
    both, place = np.unique(row * size + column, return_inverse=True)
    factor = sums(place, factor, len(both))
    both, factor = both[factor != 0], factor[factor != 0]
    return both // size, both % size, factor


def _by_variable(found: Terms) -> Terms:
    row, column, factor = found
    order = np.lexsort((row, column))
    return row[order], column[order], factor[order]


def _groups(follows: Follows, chosen: Numbers) -> tuple[Numbers, Groups]:
    """By row its group, and the groups."""
    table, size = follows.table, len(follows.table.low)
    heads = np.unique(follows.head[follows.head != NONE])
    head = follows.head[chosen]
    group = np.where(head != NONE, np.searchsorted(heads, head), NONE)
    members = np.flatnonzero(group != NONE)
    members = members[np.argsort(group[members], kind="stable")]
    term = np.flatnonzero(follows.pays[table.columns])
    lead = np.full(size, NONE)
    lead[table.columns[term]] = follows.head[follows.row[term]]
    unit = np.ones(len(heads), np.int64)
    unit[np.searchsorted(heads, lead[table.columns[term]])] = table.factors[term]
    prices = _stated(table)[:, heads]
    paying = np.flatnonzero(follows.pays)
    return group, Groups(
        first=starts_of(group[members], len(heads)),
        members=members,
        price=prices.sum(axis=0),
        unit=unit,
        growing=follows.nth[heads] > 0,
        tier=prices.argmax(axis=0),
        paying=(paying, np.searchsorted(heads, lead[paying]), follows.nth[paying]),
    )


def _prices(follows: Follows, made: Made) -> Numbers:
    """What variables cost by themselves, by tier; what a joined one costs those cost that make it."""
    found: Numbers = np.where(follows.stands | follows.pays, 0, _stated(follows.table))
    for price in found:
        np.add.at(price, made.parts, price[made.variables[made.whose]])
    found[:, made.variables] = 0
    return found


def _stated(table: Table) -> Numbers:
    """Prices by tier and variable; where there is no tier, of a single one that costs nothing."""
    return np.array(list(table.costs.values()) or [np.zeros(len(table.low), np.int64)])


def _joint(follows: Follows, found: Terms, either: Numbers, days: int) -> Flags:
    """The rows that speak of several people, themselves or by what follows from several; levels are nobody's."""
    table, (row, column, _) = follows.table, found
    mine = ~follows.levels[column]
    row, column = row[mine], column[mine]
    person = np.where(table.owner >= 0, table.owner // days, NOBODY)
    for _ in range(PAIR):  # what follows from one person is that person's
        mine = person[column] != NOBODY
        one, other = extremes(row[mine], person[column[mine]], person[column[mine]], len(either), len(person))
        telling = np.flatnonzero((either != NONE) & (one == other))
        person[either[telling]] = one[telling]
    several: Flags = one < other
    several[row[person[column] == NOBODY]] = True
    return several
