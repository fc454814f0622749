"""What a plan asks for, as rows of whole numbers: compact, and of no solver.

A variable is its number, counted from 0; a literal is a variable, or its opposite as ``~variable``. Variable 0 always
is 1. A row says least ≤ Σ factor · literal ≤ most, where all the literals of its condition hold.
"""

from array import array
from collections.abc import Iterable, Sequence
from copy import copy
from typing import Final, TypeAlias

Literal: TypeAlias = int
Term: TypeAlias = Literal | tuple[Literal, int]
TRUE: Final = 0
FALSE: Final = ~TRUE
OPEN: Final = 1 << 50  # a row's end that binds nothing
NOBODY: Final = -1  # the owner of a variable that follows from others


def variable_of(literal: Literal) -> int:
    """The variable that a literal speaks of."""
    return ~literal if literal < 0 else literal


class Costs:
    """What some literals cost, and what is paid whatever they are."""

    def __init__(self) -> None:
        self.variables = array("q")
        self.prices = array("q")
        self.offset = 0

    def add(self, literal: Literal, price: int) -> None:
        """The literal costs so much where it holds."""
        if literal < 0:
            self.offset += price
            literal, price = ~literal, -price
        self.variables.append(literal)
        self.prices.append(price)

    def copy(self) -> "Costs":
        """The same once more."""
        other = Costs()
        other.variables, other.prices, other.offset = self.variables[:], self.prices[:], self.offset
        return other


class Rows:
    """Variables, rows between them, and what they cost.

    ``costs`` are by tier, ``objective`` is what a search makes small, ``held`` the tiers that may cost no more than so
    much; ``hints`` are values that a search may begin with, ``idle`` the variables that are 1 where nobody works.
    """

    def __init__(self) -> None:
        self.low = array("q", [1])
        self.high = array("q", [1])
        self.owner = array("i", [NOBODY])
        self.starts = array("q", [0])
        self.variables = array("i")
        self.factors = array("q")
        self.least = array("q")
        self.most = array("q")
        self.conditions: dict[int, tuple[Literal, ...]] = {}
        self.costs: dict[int, Costs] = {}
        self.objective: Costs | None = None
        self.held: dict[int, int] = {}
        self.hints: dict[int, int] = {}
        self.idle = array("q")

    def new(self, owner: int = NOBODY, most: int = 1) -> Literal:
        """A variable from 0 to ``most``; ``owner`` is the cell that it describes, if it describes one."""
        self.low.append(0)
        self.high.append(most)
        self.owner.append(owner)
        return len(self.low) - 1

    def add(
        self, terms: Iterable[tuple[Literal, int]], least: int = -OPEN, most: int = OPEN, when: Sequence[Literal] = ()
    ) -> None:
        """One more row."""
        for literal, factor in terms:
            if literal < 0:
                self.variables.append(~literal)
                self.factors.append(-factor)
                least -= factor
                most -= factor
            else:
                self.variables.append(literal)
                self.factors.append(factor)
        if when:
            self.conditions[len(self.least)] = tuple(when)
        self.starts.append(len(self.variables))
        self.least.append(least)
        self.most.append(most)

    def all_of(self, literals: Iterable[Literal], when: Sequence[Literal] = ()) -> None:
        """Each of the literals holds."""
        for literal in literals:
            self.add([(literal, 1)], least=1, when=when)

    def minimise(self, terms: Iterable[tuple[Literal, int]]) -> None:
        """Make the sum of these terms small, in place of what was to be small before."""
        self.objective = Costs()
        for literal, price in terms:
            self.objective.add(literal, price)

    def minimise_tier(self, *tiers: int) -> None:
        """Make what these tiers cost together small."""
        self.objective = Costs()
        for costs in (self.costs[tier] for tier in tiers):
            self.objective.variables.extend(costs.variables)
            self.objective.prices.extend(costs.prices)
            self.objective.offset += costs.offset

    def copy(self) -> "Rows":
        """The same once more, to add to."""
        other = copy(self)
        for name, value in vars(self).items():
            setattr(other, name, copy(value))
        other.costs = {tier: costs.copy() for tier, costs in self.costs.items()}
        return other
