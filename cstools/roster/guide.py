"""Where good rosters lie: the relaxation of a part, read as a guide for the search of it.

What nearly every share agrees on is likely, what no good column has is not; the rest is what is left to decide.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import numpy as np

from cstools.roster.arrays import Flags, Numbers, Reals
from cstools.roster.columns import BATCHES, Relaxation
from cstools.roster.ground import Ground
from cstools.roster.part import Aim
from cstools.roster.solver import Clock, Effort, Stop

ENOUGH: Final = 0.01  # of its value that a relaxation may leave open where time is short
LONGEST: Final = 1000  # rounds
SWEEPS: Final = 12  # rounds of everybody that lead somewhere, more or less
NOTHING: Final = 0.02  # of a roster's cost: a relaxation that comes to less tells nothing
LOWER: Final = 0.8  # of a roster's cost: one that comes to less may guide, though it is not solved
ONE: Final = 5.0  # seconds for one person in one round
DEARER: Final = 0.35  # of what a person costs on average: a column that costs so much more may still be a good one
SMALL: Final = 0.01  # a share that does not count

Told: TypeAlias = Callable[[int, Relaxation], None]


@dataclass(frozen=True)
class Guide:
    """What a relaxation takes, by variable of the table: how much of each, which ones it takes or might, and what is
    near it in whole numbers where each person is looked at alone.
    """

    shares: Reals
    might: Flags
    whole: Numbers


@dataclass
class Relaxed:
    """One part's relaxation, within some time."""

    ground: Ground
    values: Numbers
    free: Flags
    aim: Aim
    held: Mapping[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        table = self.ground.table
        part = table.part(self.values, self.free, self.aim, self.held)
        person = np.where(table.owner >= 0, table.owner // self.ground.days, -1)
        self.relaxation = Relaxation(part, person[part.variables])

    def run(self, clock: Clock, most: float, stop: Stop, seed: int, threads: int, tell: Told | None = None) -> bool:
        """Round after round, with no more than ``most`` of the clock; whether it has come to where it may guide."""
        relaxation, begun = self.relaxation, clock.left()
        paid = relaxation.paid - relaxation.floor
        with ThreadPoolExecutor(threads) as pool:
            for nth in range(1, LONGEST):
                before = relaxation.work
                left = most - (begun - clock.left())
                going = relaxation.round(Effort(min(ONE, left), 1, seed, clock.deterministic), stop, pool)
                clock.spend(relaxation.work - before)
                if tell:
                    tell(nth, relaxation)
                spent = begun - clock.left()
                value = relaxation.value - relaxation.floor
                if value < NOTHING * paid or (nth <= BATCHES and spent * SWEEPS > most * relaxation.sweeps):
                    return False
                if stop.asked or not going or relaxation.done or spent >= most or (self.near and spent > most / 2):
                    break
        return self.near or value < LOWER * paid

    @property
    def near(self) -> bool:
        """Whether little is left open."""
        return self.relaxation.open <= ENOUGH * (self.relaxation.value - self.relaxation.floor)

    def guide(self) -> Guide | None:
        """What the relaxation tells, if it is solved."""
        found = self.relaxation.shares()
        if found is None:
            return None
        count = len(self.values)
        variables = self.relaxation.part.variables
        shares, might, whole = np.zeros(count), np.ones(count, bool), self.values.copy()
        shares[variables], whole[variables] = found
        dearer = DEARER * (self.relaxation.value - self.relaxation.floor) / len(self.relaxation.people)
        might[variables] = self.relaxation.within(dearer) | (shares[variables] > SMALL)
        might[self.ground.table.owner < 0] = True
        return Guide(shares, might, whole)
