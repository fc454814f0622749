"""Where a search may dig: the cells of a table, what costs there, and parts of many shapes around it.

It knows people, days and prices, and nothing of any rule.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from cstools.roster.arrays import Flags, Numbers, Reals, extremes
from cstools.roster.result import Status
from cstools.roster.table import Table

if TYPE_CHECKING:
    from cstools.roster.daily import Daily

SPANS: Final = (3, 7, 14, 28, 56)  # days that a part may reach over, besides the whole roster
SCATTERED: Final = (1, 3, 4)  # days anywhere in the roster, between which turns and days off can be exchanged
AIMED: Final = 0.8  # how often a part is chosen where something costs
BEGIN: Final = 800  # variables that a part begins with
FEWEST: Final = 60
GROW: Final = 1.2
SHRINK: Final = 0.85
FAIL: Final = 0.6
ALL: Final = 1.3  # of a window's variables on average; a window that has everybody may have more than others
ALIKE: Final = 0.25  # share of the time that goes to all alike that take turns, whatever they gain
LATELY: Final = 5.0  # seconds
DEEPER: Final = 7  # days more that are relaxed together


@dataclass(kw_only=True)
class Turn:
    """One of several that take turns: the later is its next one the less it gains by the second."""

    rate: float = 0.0  # what a second gains, of late
    turn: float = 0.0


def learn(turns: Sequence[Turn], one: Turn, gain: float, seconds: float) -> None:
    """Remember what one of them has gained in so much time."""
    seconds = max(seconds, 0.02)
    one.rate += (max(gain, 0.0) / seconds - one.rate) * (1 - math.exp(-seconds / LATELY))
    total = sum(other.rate for other in turns)
    one.turn += seconds / (ALIKE / len(turns) + ((1 - ALIKE) * one.rate / total if total else 0))


@dataclass
class Shape(Turn):
    """Parts over so many days: how many variables they have, which grows while they are easy, and what they gain.

    A part that has everybody grows by days, up to ``longest``. ``daily`` are the variables of a day. A ``guided`` part
    leaves out what a guide tells to leave out; a ``deep`` one has everybody and is relaxed before it is searched; the
    days of a ``scattered`` one lie anywhere.
    """

    days: int
    longest: int
    daily: float
    guided: bool = False
    deep: bool = False
    scattered: bool = False
    size: float = BEGIN

    def learn(self, status: Status, *, quick: bool) -> None:
        """Grow after a part that was solved with ease; shrink after one that was not, and more where it led nowhere."""
        if status is not Status.OPTIMAL:
            self.size = max(FEWEST, self.size * (SHRINK if status is Status.FEASIBLE else FAIL))
        elif quick:
            self.size *= GROW
            if self.size > self.days * self.daily * ALL:
                self.size /= GROW
                self.days = min(self.longest, self.days + 1 + self.days // 8)

    def deepen(self, least: int, *, there: bool, quick: bool) -> None:
        """More days after a relaxation that came soon; fewer, but no fewer than some, after one that did not come."""
        if not there:
            self.days = max(least, self.days * 2 // 3)
        elif quick:
            self.days = min(self.longest, self.days + DEEPER)


class Ground:
    """Cells by person and day: cell = person · days + day."""

    def __init__(self, table: Table, people: int, days: int) -> None:
        self.table, self.people, self.days = table, people, days
        open_ = (table.low < table.high) & (table.owner >= 0)
        weights = np.bincount(table.owner[open_], minlength=people * days).reshape(people, days)
        self.weights = weights  # variables left to decide, by person and day
        self.daily: Daily | None = None  # what days must cost, where that is known

    def variables(self, cells: Flags) -> Flags:
        """The variables of some cells (people × days)."""
        return np.append(cells.ravel(), False)[self.table.owner]

    def costly(self, tier: int, values: Numbers, within: Flags | None = None) -> tuple[Numbers, Reals]:
        """The variables (of those within) that cost something as they stand, and how much; not what days must cost."""
        paid = self.table.paid(tier, values)
        dear: Reals = self.daily.spare(tier, paid) if self.daily else paid.astype(float)
        found = np.flatnonzero(dear if within is None else dear * within)
        return found, dear[found]

    def cells_of(self, variable: int) -> Numbers:
        """The cells that a variable depends on."""
        seen = np.array([variable])
        for _ in range(3):
            owners = self.table.owner[seen[self.table.low[seen] < self.table.high[seen]]]
            if (owners >= 0).any():
                return np.unique(owners[owners >= 0])
            seen = self.table.variables_of(self.table.rows_of(seen))
        return np.array([], np.int64)

    def between(self, people: Sequence[int], mine: Numbers) -> tuple[Numbers, Flags]:
        """The hard rows that join some people's variables with those of others, and what follows from both there."""
        table = self.table
        rows = table.rows_of(mine)
        rows = rows[~table.costly[rows]]
        follow = table.variables_of(rows)
        follow = follow[self._joint[follow]]
        free = np.zeros(len(table.low), bool)
        free[follow] = True
        around = table.rows_of(follow)
        others = ~np.isin(table.owner // self.days, people) & (table.owner >= 0)
        asked = np.array([row for row in rows.tolist() if row in table.conditions], np.int64)
        return np.unique(np.concatenate((table.with_any(rows, others), around[~table.costly[around]], asked))), free

    @cached_property
    def shared(self) -> list[Numbers]:
        """What many share, in groups that no row joins: each can be chosen anew without the others."""
        left = set(np.flatnonzero(self.table.hubs).tolist())
        groups = []
        while left:
            new = [left.pop()]
            group = list(new)
            while new:
                beside = self.table.variables_of(self.table.rows_of(np.array(new)))
                new = [variable for variable in beside.tolist() if variable in left]
                left.difference_update(new)
                group += new
            groups.append(np.array(sorted(group)))
        return groups

    @cached_property
    def _joint(self) -> Flags:
        """The variables without a cell that follow, by hard rows, from the cells of several people."""
        table = self.table
        rows = table.rows_of(np.flatnonzero(table.follows))
        rows = rows[~table.costly[rows]]
        row, column, _ = table.terms(rows)
        mine = table.owner[column] >= 0
        person = table.owner[column[mine]] // self.days
        first, last = extremes(row[mine], person, person, len(rows), self.people)
        least, most = extremes(column, first[row], last[row], len(table.low), self.people)
        joint: Flags = table.follows & (least < most)
        return joint


class Digger:
    """Chooses parts, and learns which shapes and sizes pay."""

    def __init__(
        self, ground: Ground, seed: int, days: range | None = None, *, guided: bool = False, scattered: bool = False
    ) -> None:
        self.ground = ground
        self.within = days or range(ground.days)
        self.random = random.Random(seed)  # noqa: S311 - a search, not a secret
        spans = sorted({min(span, len(self.within)) for span in SPANS} | {len(self.within)})
        daily = ground.weights.sum() / ground.days
        longest = [len(self.within), *spans[2:], len(self.within)]
        self.shapes = [
            Shape(span, most, daily, way)
            for way in ((False, True) if guided else (False,))
            for span, most in zip(spans, longest, strict=False)
        ]
        if scattered:
            self.shapes += [Shape(many, many, daily, scattered=True) for many in SCATTERED if many < len(self.within)]

    def choose(self, costly: tuple[Numbers, Reals]) -> tuple[Shape, Flags]:
        """A shape and cells (people × days), near something that costs more often than not."""
        ground = self.ground
        shape = self._shape()
        people, days = self._aim(costly)
        chosen = self._days(days, shape)
        weights = ground.weights[:, chosen].sum(axis=1)
        order = self.random.sample(people, len(people))
        near = set(people)
        order += [person for person in self.random.sample(range(ground.people), ground.people) if person not in near]
        cells = np.zeros((ground.people, ground.days), bool)
        left = shape.size
        for person in order:
            if weights[person] and left > 0:
                cells[person, chosen] = True
                left -= weights[person]
        return shape, cells

    def _aim(self, costly: tuple[Numbers, Reals]) -> tuple[Sequence[int], Sequence[int]]:
        """People and days of something that costs, the dearer the likelier; none where chance says so."""
        variables, paid = costly
        if not len(variables) or self.random.random() > AIMED:
            return (), ()
        variable = self.random.choices(variables.tolist(), paid.tolist())[0]
        cells = self.ground.cells_of(variable)
        people, days = np.unique(cells // self.ground.days), np.unique(cells % self.ground.days)
        return people.tolist(), days.tolist()

    def _days(self, near: Sequence[int], shape: Shape) -> list[int]:
        """The days of a part: in a row around one of the days given, or that one and others anywhere."""
        one = self.random.choice([day for day in near if day in self.within] or self.within)
        if shape.scattered:
            return [one, *self.random.sample([day for day in self.within if day != one], shape.days - 1)]
        first = min(one - self.random.randrange(shape.days), self.within.stop - shape.days)
        first = max(self.within.start, first)
        return list(range(first, first + shape.days))

    def _shape(self) -> Shape:
        """The shape whose turn it is."""
        return min(self.shapes, key=lambda shape: shape.turn)

    def learn(self, shape: Shape, gain: float, seconds: float) -> None:
        """Remember what a part has gained."""
        learn(self.shapes, shape, gain, seconds)
