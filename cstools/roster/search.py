"""A large-neighbourhood search: free a part of a good roster, keep the rest, solve again, keep what is better.

It knows cells and costs, and nothing of any rule.
"""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from ortools.sat.python import cp_model

from cstools.roster.plan import Cell, Plan
from cstools.roster.result import Status
from cstools.roster.roster import Roster
from cstools.roster.solver import Clock, Effort, Stop, run

BRIEF: Final = 3.0  # seconds (or units of work) for one part
LONGER: Final = 0.1  # by how much of it more after each part in a row that gained nothing
LONGEST: Final = 12.0
PATIENCE: Final = 12  # parts in a row in vain before a search leaves its place
ALLOWANCE: Final = 100  # what share of its cost it may lose thereby: one in so many
AIMED: Final = 0.7  # how often a part is chosen where something costs


@dataclass
class Incumbent:
    """The best roster so far, shared by the searches."""

    roster: Roster
    cost: int
    bound: int
    tell: Callable[[int, int], None] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def offer(self, roster: Roster, cost: int) -> bool:
        """Take a roster that costs no more; whether it costs less."""
        with self.lock:
            better = cost < self.cost
            if cost <= self.cost:
                self.roster, self.cost = roster, cost
            if better and self.tell:
                self.tell(cost, self.bound)
            return better


@dataclass
class Size:
    """How large a part of one kind is, as a share of the whole; it grows while parts are proven quickly."""

    share: float

    def learn(self, status: Status, *, quick: bool) -> None:
        """Grow after a part that was solved with ease; shrink after one that was not, and more where it led nowhere."""
        if status is not Status.OPTIMAL:
            self.share = max(0.02, self.share * (0.85 if status is Status.FEASIBLE else 0.6))
        elif quick:
            self.share = min(1.0, self.share * 1.15)


class Neighbourhood:
    """Chooses parts of a roster: a few people throughout, everybody for some days, or some people for some days."""

    def __init__(self, plan: Plan, seed: int) -> None:
        self.people = [person.number for person in plan.problem.people]
        self.days = plan.problem.days
        self.random = random.Random(seed)  # noqa: S311 - a search, not a secret
        self.sizes = {"people": Size(0.25), "days": Size(0.2), "block": Size(0.45)}

    def choose(self, roster: Roster, costly: list[tuple[tuple[str, ...], tuple[date, ...]]]) -> tuple[str, set[Cell]]:
        """A kind of part and its cells, near something that costs more often than not."""
        kind = self.random.choice(list(self.sizes))
        people, days = self.random.choice(costly) if costly and self.random.random() < AIMED else ((), ())
        share = self.sizes[kind].share
        chosen = self.days
        if kind == "days":
            chosen = self._window(days, max(2, round(share * len(self.days))))
            return kind, {(person, day) for person in self.people for day in chosen}
        if kind == "block":
            chosen = self._window(days, max(2, round(share * len(self.days))))
        count = min(len(self.people), max(2, round(share * len(self.people))))
        near = [person for person in people if person in roster.problem.person][:count]
        others = [person for person in self.people if person not in near]
        team = near + self.random.sample(others, count - len(near))
        return kind, {(person, day) for person in team for day in chosen}

    def _window(self, near: tuple[date, ...], length: int) -> tuple[date, ...]:
        """Days in a row, around one of the days given."""
        middle = self.days.index(self.random.choice([day for day in near if day in self.days] or list(self.days)))
        first = min(max(0, middle - self.random.randrange(length)), max(0, len(self.days) - length))
        return self.days[first : first + length]


def improve(plan: Plan, tier: int, incumbent: Incumbent, clock: Clock, stop: Stop, *, until: float, seed: int) -> None:
    """Improve the incumbent in a tier ``until`` that much of the clock is left; ``plan``'s objective is that tier's."""
    walk = _Walk(plan, tier, incumbent, Neighbourhood(plan, seed))
    while clock.left() > until and incumbent.cost > incumbent.bound and not stop.asked:
        limit = min(BRIEF * (1 + LONGER * walk.dry), LONGEST, clock.left() - until)
        chance = walk.parts.random.randrange(1 << 30)
        walk.step(Effort(limit, workers=1, seed=chance, deterministic=clock.deterministic), clock, stop)


class _Walk:
    """One search's way: where it stands, which may be a little worse than the best, and what it has gained lately."""

    def __init__(self, plan: Plan, tier: int, incumbent: Incumbent, parts: Neighbourhood) -> None:
        self.plan, self.tier, self.incumbent, self.parts = plan, tier, incumbent, parts
        self.dry = 0  # parts since the best was bettered, here or elsewhere
        self._return()

    def _return(self) -> None:
        """Stand where the best is."""
        self._stand(self.incumbent.roster, self.incumbent.cost)
        self.best, self.fruitless = self.incumbent.cost, 0

    def _stand(self, roster: Roster, cost: int) -> None:
        self.roster, self.cost = roster, cost
        self.costly = costs_of(roster, self.tier)

    def step(self, effort: Effort, clock: Clock, stop: Stop) -> None:
        """Solve one part anew; after many in vain, leave the place for one near it that is little worse."""
        if self.incumbent.cost < self.best:
            self.dry = 0
            self._return()
        kick = self.fruitless >= PATIENCE
        if kick and self.cost > self.incumbent.cost:
            self._return()
        kind, cells = self.parts.choose(self.roster, self.costly)
        model = freed(self.plan, self.roster, cells)
        if kick:
            self._leave(model, cells)
        outcome = run(model, effort, stop)
        clock.spend(outcome.work)
        self.dry, self.fruitless = self.dry + 1, 0 if kick else self.fruitless + 1
        if not kick:
            self.parts.sizes[kind].learn(outcome.status, quick=outcome.work < effort.seconds / 3)
        if outcome.holds is None:
            return
        found = Roster(self.plan.problem, self.plan.read(outcome.holds))
        cost = found.costs()[self.tier] if kick else outcome.cost
        if cost < self.cost:
            self.fruitless = 0
        self._stand(found, cost)
        if self.incumbent.offer(found, cost):
            self.best, self.dry = cost, 0

    def _leave(self, model: cp_model.CpModel, cells: set[Cell]) -> None:
        """Ask for a roster as unlike this one as a little more cost allows."""
        model.add(self.plan.cost(self.tier) <= self.cost + 2 + self.cost // ALLOWANCE)
        here = [(variable, value) for cell, variable, value in self.plan.values(self.roster) if cell in cells]
        model.minimize(sum(variable if value else 1 - variable for variable, value in here))


def costs_of(roster: Roster, tier: int) -> list[tuple[tuple[str, ...], tuple[date, ...]]]:
    """People and days of each breach that costs something in the tier."""
    return [
        (breach.place.people, breach.place.days) for breach in roster.audit() if breach.cost and breach.cost[0] == tier
    ]


def freed(plan: Plan, roster: Roster, cells: set[Cell]) -> cp_model.CpModel:
    """The plan's model with all cells but these bound to the roster, and the roster hinted."""
    model = plan.model.clone()
    model.clear_hints()  # type: ignore[no-untyped-call] # ortools leaves this one without types
    variables = model.proto.variables
    for cell, literal, value in plan.values(roster):
        model.add_hint(literal, value)
        if cell not in cells:
            domain = variables[literal.index].domain
            domain.clear()
            domain.extend([int(value), int(value)])
    return model
