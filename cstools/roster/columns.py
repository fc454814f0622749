"""A relaxation of a part: each person's whole rosters as columns, mixed by shares, under what joins the people.

A master decides how much of which column each person takes, and what the rows between people are worth; at these
prices everybody is planned anew, alone, which makes more columns (Dantzig and Wolfe 1960). Its bound is far better
than that of the rows themselves, and its shares tell where good rosters lie. It knows people and rows, no rule.
"""

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from cstools.roster.arrays import Flags, Numbers, Reals, row_of_each
from cstools.roster.master import Master
from cstools.roster.part import Part, Price
from cstools.roster.rows import NOBODY, OPEN
from cstools.roster.solver import Effort, Outcome, Priced, Stop
from cstools.roster.split import own_part, own_rows, split

FINE: Final = 100  # prices are whole hundredths, so that bounds are exact
MIXED: Final = 0.5  # how much of the best prices so far is in those that are tried: they swing less
STEADIER: Final = 0.7  # of that share, after a round in vain
NEARLY: Final = 0.5  # share of what is open that a column may be worse than the best one
CLOSED: Final = 0.0005  # share of the cost that may be open at the end
HASTE: Final = 0.02  # of the cost that a round of some has to gain, or all are priced
ROUGH: Final = 0.1  # of its cost that a column of such a round may be worse than the best one
BATCHES: Final = 4  # such rounds price everybody once
LITTLE: Final = 0.01  # a share of the best prices that is as good as none


@dataclass(frozen=True)
class Person:
    """One person's share of a part: variables (positions there), and what they are in the rows between people.

    ``rows``, ``places`` and ``factors`` are the terms there: the joint row, the variable within ``variables``.
    """

    variables: Numbers
    rows: Numbers
    places: Numbers
    factors: Numbers
    model: Priced


class Relaxation:
    """The columns, the master, the best bound so far.

    ``owners`` tells the person of each of the part's variables, or NOBODY; what follows from one person's alone is that
    person's too. The part's hints are the first columns, and have to be a solution; ``paid`` is what they cost,
    ``floor`` what nothing can cost less than.
    """

    def __init__(self, part: Part, owners: Numbers) -> None:
        self.part = part
        whose, joint = split(part, owners)
        objective = part.objective or Price(np.zeros(0, np.int64), np.zeros(0, np.int64), 0)
        self.price = np.zeros(len(part.variables), np.int64)
        self.price[objective.variables] = objective.prices
        self.offset = objective.offset
        row, column, factor, self.least, self.most = _joint_rows(part, joint)
        self.shared = np.flatnonzero(whose == NOBODY)
        self._shared = _terms(self.shared, whose[column] == NOBODY, row, column, factor, len(whose))
        chosen = np.array([part.hints[nth] for nth in range(len(whose))], np.int64)
        self.floor = self.offset + int(np.minimum(self.price * part.low, self.price * part.high).sum())
        self.paid = self.offset + int(self.price @ chosen)
        self.master = Master(self.least, self.most)
        low, high = part.low[self.shared], part.high[self.shared]
        for nth, variable in enumerate(self.shared.tolist()):
            mine = self._shared[1] == nth
            self.master.shared(
                int(low[nth]), int(high[nth]), int(self.price[variable]), self._shared[0][mine], self._shared[2][mine]
            )
        self.people: list[Person] = []
        self.columns: list[dict[bytes, Numbers]] = []
        for person, rows in own_rows(part, whose, joint):
            variables = np.flatnonzero(whose == person)
            terms = _terms(variables, whose[column] == person, row, column, factor, len(whose))
            self.people.append(Person(variables, *terms, Priced(own_part(part, variables, rows))))
            self.columns.append({})
            self.master.person()
            self.add(len(self.people) - 1, chosen[variables])
        self.value = float("inf")
        self.bound = -float("inf")
        self.prices = np.zeros(len(self.least), np.int64)
        self._mixed = MIXED
        self._turn = 0
        self._best = self.prices
        self.sweeps = 0.0  # how often everybody was priced
        self.work = 0.0

    def add(self, nth: int, values: Numbers) -> bool:
        """One more column for the nth person; False where it is there already."""
        key = values.tobytes()
        if key in self.columns[nth]:
            return False
        self.columns[nth][key] = values
        person = self.people[nth]
        entries = np.zeros(len(self.least), np.int64)
        np.add.at(entries, person.rows, person.factors * values[person.places])
        rows = np.flatnonzero(entries)
        self.master.column(nth, int(self.price[person.variables] @ values), rows, entries[rows])
        return True

    @property
    def open(self) -> float:
        """What the bound leaves open of the relaxation's own value."""
        return self.value - self.bound

    @property
    def lower(self) -> int:
        """The bound of a cost in whole numbers."""
        return math.ceil(max(0.0, self.bound) - 1e-6)

    @property
    def done(self) -> bool:
        """Whether more rounds would tell little."""
        return self.open <= max(1 / FINE, CLOSED * (self.value - self.floor))

    def round(self, effort: Effort, stop: Stop, pool: ThreadPoolExecutor) -> bool:
        """Price everybody once, or some while that is worth more; False where it was in vain for good, or broken off.

        Only where all are priced there is a bound.
        """
        solved = self.master.solve()
        if solved is None:
            return False
        gained, self.value = self.value - solved[0] - self.offset, solved[0] + self.offset
        some = range(len(self.people))
        if gained > HASTE * (self.value - self.floor):
            some = some[self._turn :: BATCHES]
            self._turn = (self._turn + 1) % BATCHES
        self.sweeps += len(some) / max(1, len(self.people))
        whole = len(some) == len(self.people)
        first = self.bound == -float("inf")
        self.prices = self._valid(solved[1])
        if not first and whole:
            self.prices = np.rint(self._mixed * self._best + (1 - self._mixed) * self.prices).astype(np.int64)
        room = 0.0 if first else max(0.0, NEARLY * FINE * self.open / len(self.people))
        effort = replace(effort, workers=1, light=True, absolute=room, gap=0.0 if whole else ROUGH)

        def priced(nth: int) -> Outcome:
            return self.people[nth].model.solve(self._reduced(self.people[nth]), effort, stop)

        found = list(pool.map(priced, some))
        self.work += sum(outcome.work for outcome in found)
        new = [
            outcome.values is not None and self.add(nth, outcome.values)
            for nth, outcome in zip(some, found, strict=True)
        ]
        if any(outcome.values is None for outcome in found):
            return False
        if whole:
            bound = (self._rest() + sum(outcome.bound for outcome in found)) / FINE + self.offset
            if bound > self.bound:
                self.bound, self._best = bound, self.prices
            if not any(new):
                self._mixed *= STEADIER
        return any(new) or not whole or self._mixed > LITTLE

    def _valid(self, duals: Reals) -> Numbers:
        """What the rows are worth, in hundredths; nothing where only an open end would be worth something."""
        exact = np.rint(duals * FINE).astype(np.int64)
        exact[(exact > 0) & (self.least <= -OPEN // 2)] = 0
        exact[(exact < 0) & (self.most >= OPEN // 2)] = 0
        return exact

    def _reduced(self, person: Person) -> Numbers:
        """What a person's variables cost less what they are worth to others, in hundredths."""
        return self._less(person.variables, person.rows, person.places, person.factors)

    def _less(self, variables: Numbers, rows: Numbers, places: Numbers, factors: Numbers) -> Numbers:
        worth = np.zeros(len(variables), np.int64)
        np.add.at(worth, places, factors * self.prices[rows])
        less: Numbers = self.price[variables] * FINE - worth
        return less

    def _rest(self) -> int:
        """What the rows and the variables that people share come to, at least, at the prices."""
        ends = np.where(self.prices > 0, self.least, np.where(self.prices < 0, self.most, 0))
        reduced = self._less(self.shared, *self._shared)
        low, high = self.part.low[self.shared], self.part.high[self.shared]
        return int(self.prices @ ends) + int(np.minimum(reduced * low, reduced * high).sum())

    def shares(self) -> tuple[Reals, Numbers] | None:
        """How much of each variable of the part is taken, and what the column that each person takes most of has; of
        the shared ones nothing. None where the master fails.
        """
        if self.master.solve() is None:
            return None
        shares, most = np.zeros(len(self.part.variables)), np.zeros(len(self.part.variables), np.int64)
        for nth, person in enumerate(self.people):
            weights, columns = np.array(self.master.shares(nth)), np.array(list(self.columns[nth].values()))
            shares[person.variables] = weights @ columns
            most[person.variables] = columns[weights.argmax()]
        return shares, most

    def within(self, dearer: float) -> Flags:
        """The variables that are more than nothing in any column that costs, at the prices, so much more than its
        person's best one.
        """
        found = np.zeros(len(self.part.variables), bool)
        for nth, person in enumerate(self.people):
            columns = np.array(list(self.columns[nth].values()))
            costs = columns @ self._reduced(person)
            near = costs <= costs.min() + dearer * FINE
            found[person.variables] = (columns[near] != 0).any(axis=0)
        return found


def _joint_rows(part: Part, joint: Flags) -> tuple[Numbers, Numbers, Numbers, Numbers, Numbers]:
    """The terms of the rows between people (row, column, factor), and the rows' ends; what tiers hold are rows too.

    Rows under a condition are left out: less is asked, so that a bound stays one.
    """
    joint = joint.copy()
    joint[list(part.conditions)] = False
    row = row_of_each(part.starts)
    mine = joint[row]
    number = np.cumsum(joint) - 1
    rows, columns, factors = [number[row[mine]]], [part.columns[mine]], [part.factors[mine]]
    least, most = [part.least[joint]], [part.most[joint]]
    for nth, price in enumerate(part.held, int(joint.sum())):
        rows.append(np.full(len(price.variables), nth))
        columns.append(price.variables)
        factors.append(price.prices)
        least.append(np.array([-OPEN]))
        most.append(np.array([OPEN if price.most is None else price.most - price.offset]))
    terms = np.concatenate(rows), np.concatenate(columns), np.concatenate(factors)
    return *terms, np.concatenate(least), np.concatenate(most)


def _terms(
    variables: Numbers, mine: Flags, row: Numbers, column: Numbers, factor: Numbers, count: int
) -> tuple[Numbers, Numbers, Numbers]:
    """The terms of some variables: row, place among the variables, factor."""
    place = np.full(count, -1)
    place[variables] = np.arange(len(variables))
    return row[mine], place[column[mine]], factor[mine]
