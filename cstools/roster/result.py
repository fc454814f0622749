"""What a solve gives back. "No answer" is a Result with a status, never an exception."""

import enum
from dataclasses import dataclass
from typing import Final

from cstools.language import Text
from cstools.roster.roster import Roster
from cstools.roster.rule import Breach, Strength

BEGINNING: Final = Text("reading the rules")


class Status(enum.Enum):
    """OPTIMAL: every tier proven; FEASIBLE: a roster, not all proven; INFEASIBLE: proven that there is none;
    UNKNOWN: none found in the time given, which says nothing about whether there is one.
    """

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to search, in seconds, or with ``deterministic`` in the solver's own units of work: then the same
    problem, seed and version give the same roster on the same machine.
    """

    seconds: float = 60.0
    seed: int = 1
    deterministic: bool = False
    workers: int | None = None


@dataclass(frozen=True, slots=True)
class TierCost:
    """A tier's cost, and the bound below which it cannot fall while the tiers above keep theirs."""

    tier: int
    cost: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether the cost is proven to be the least."""
        return self.bound >= self.cost

    @property
    def gap(self) -> float:
        """(cost − bound) / cost, 0 where proven."""
        return 0.0 if self.proven else (self.cost - self.bound) / self.cost


@dataclass(frozen=True, slots=True)
class Progress:
    """What a search has at some moment: its tier, the tier's cost and bound (None before a roster was found), and what
    it is trying.
    """

    seconds: float = 0.0
    tier: int = 0
    cost: int | None = None
    bound: int | None = None
    trying: Text = BEGINNING


@dataclass(frozen=True)
class Result:
    """A roster (None where there is none), what it breaks, and what each tier costs."""

    status: Status
    roster: Roster | None
    tiers: tuple[TierCost, ...]
    seconds: float
    seed: int
    interrupted: bool = False
    breaches: tuple[Breach, ...] = ()

    @property
    def broken(self) -> list[Breach]:
        """Breaches of hard rules and shortages: what makes exit code 1."""
        return [breach for breach in self.breaches if is_broken(breach)]


def is_broken(breach: Breach) -> bool:
    """Whether a breach is one of a hard rule, or a shortage of cover."""
    stated = breach.stated
    return stated is not None and (stated.strength is Strength.HARD or stated.rule.shortage)
