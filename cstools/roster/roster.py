"""A finished roster: who works what, asked rather than indexed. Knows no solver."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from cstools.roster.problem import OFF, Problem
from cstools.roster.rule import Breach, Stated, Strength
from cstools.shifts import Duty


class Roster:
    """The duties of a problem's horizon, and its past behind them.

    ``detailed`` says whether posts and meals are known; a grid of letters alone does not tell them.
    """

    def __init__(self, problem: Problem, duties: Iterable[Duty], *, detailed: bool = True) -> None:
        self.problem = problem
        self.duties = frozenset(duties)
        self.detailed = detailed
        self._cells: dict[tuple[str, date], Duty] = {(duty.person, duty.day): duty for duty in problem.past}
        self._cells.update(((duty.person, duty.day), duty) for duty in self.duties)
        self._by_day: dict[date, list[Duty]] = {}
        for duty in sorted(self._cells.values()):
            self._by_day.setdefault(duty.day, []).append(duty)

    def duty(self, person: str, day: date) -> Duty | None:
        """The person's duty that day, past or planned."""
        return self._cells.get((person, day))

    def shift(self, person: str, day: date) -> str:
        """The code of the person's shift that day, "" for none."""
        duty = self._cells.get((person, day))
        return duty.shift if duty else OFF

    def on_duty(self, person: str, day: date) -> bool:
        """Whether the person works that day."""
        return (person, day) in self._cells

    def known(self, day: date) -> bool:
        """Whether the day's duties are known (a day off is then really off)."""
        return self.problem.known(day)

    def of(self, day: date, codes: Iterable[str] | None = None) -> list[Duty]:
        """The duties of a day, of some shifts or of all, by shift and person."""
        wanted = None if codes is None else frozenset(codes)
        return [duty for duty in self._by_day.get(day, ()) if wanted is None or duty.shift in wanted]

    def audit(self) -> list[Breach]:
        """Every breach of every rule that the problem states."""
        return [breach for stated in self.problem.rules for breach in breaches(self, stated)]

    def costs(self) -> dict[int, int]:
        """What the soft rules cost, by tier; every tier that the problem has is there."""
        return costs_of(self.problem, self.audit())


def breaches(roster: Roster, stated: Stated) -> Iterator[Breach]:
    """What one stated rule finds in a roster."""
    for breach in stated.rule.check(roster, stated.scope):
        yield replace(breach, stated=stated)


def costs_of(problem: Problem, found: Iterable[Breach]) -> dict[int, int]:
    """What some breaches cost, by tier; every tier that the problem has is there."""
    costs = dict.fromkeys(tiers(problem), 0)
    for breach in found:
        if breach.cost:
            costs[breach.cost[0]] += breach.cost[1]
    return costs


def tiers(problem: Problem) -> list[int]:
    """The tiers that a problem's soft rules lie in, the most important first."""
    return sorted({stated.tier for stated in problem.rules if stated.strength is Strength.SOFT})
