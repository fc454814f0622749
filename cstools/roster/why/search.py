"""Solving for explanations: under one budget for all of them, counted."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from cstools.roster.plan import Cell, Literal, Plan
from cstools.roster.problem import Problem
from cstools.roster.result import Status
from cstools.roster.roster import Roster
from cstools.roster.rows import TRUE, Rows
from cstools.roster.rule import Stated, Strength
from cstools.roster.solver import Clock, Effort, Outcome, Stop, run
from cstools.roster.why.elements import Element
from cstools.roster.why.prices import EASE, price_of

ONCE: Final = 4.0  # seconds at most for one question
AROUND: Final = 3  # days before and after a place that may change for it


@dataclass
class Budget:
    """The time that is left for all explanations, and what it was spent on. ``ended``: it cut something short."""

    clock: Clock
    stop: Stop = field(default_factory=Stop)
    solves: int = 0
    ended: bool = False
    until: float = 0.0

    def left(self) -> float:
        """Seconds left for what is being explained now."""
        return self.clock.left() - self.until

    def run(self, rows: Rows, seconds: float = ONCE) -> Outcome:
        """Search rows, with one worker: what it proves is proven (more have said "infeasible" wrongly)."""
        limit = min(seconds, self.left())
        self.solves += 1
        outcome = run(rows, Effort(limit, workers=1, deterministic=self.clock.deterministic), self.stop)
        self.clock.spend(outcome.work)
        self.ended |= outcome.status is Status.UNKNOWN
        return outcome


class Elastic:
    """A plan in which each element holds or is given up at a price; it finds the cheapest that must be given up.

    The law's rows, where a desk makes them hard, are only given up with ``law``.
    """

    def __init__(self, plan: Plan, elements: Iterable[Element], *, law: bool = False) -> None:
        self.plan = plan
        self.kept: list[tuple[Element, Literal, int]] = []
        self._law = law
        self._prices: list[tuple[Literal, int]] = []
        for element in elements:
            self._add(element)
        plan.rows.minimise((plan.no(literal), price) for literal, price in self._prices)

    def _add(self, element: Element) -> None:
        price = price_of(element, law=self._law)
        if price is None:
            self.plan.state(element.stated)
            return
        kept = self._literal(price)
        self.plan.state(element.stated, kept)
        self.kept.append((element, kept, price))
        eased = _by_a_step(element)
        if eased:
            self.plan.state(eased, self._literal(EASE))

    def _literal(self, price: int) -> Literal:
        literal = self.plan.rows.new()
        self._prices.append((literal, price))
        self.plan.rows.hints[literal] = 1
        return literal

    def given_up(self, outcome: Outcome) -> list[Element]:
        """The elements that a solution gives up."""
        holds = outcome.holds
        return [element for element, kept, _ in self.kept if holds and not holds(kept)]

    def keep(self, kind: str) -> None:
        """From now on nothing of this kind is given up: the next solution is of another kind."""
        self.plan.rows.all_of(kept for element, kept, _ in self.kept if kind_of(element) == kind)

    def roster(self, outcome: Outcome) -> Roster:
        """The roster of a solution."""
        return Roster(self.plan.problem, self.plan.read(outcome.holds) if outcome.holds else ())

    def nearest(self, outcome: Outcome, roster: Roster, budget: Budget) -> Roster:
        """Of the rosters that give up the same as a solution the one that changes fewest cells of another."""
        found, holds = self.roster(outcome), outcome.holds
        rows = self.plan.rows.copy()
        rows.all_of(literal if holds and holds(literal) else ~literal for literal, _ in self._prices)
        rows.hints = {literal: int(value) for _, literal, value in self.plan.values(found)}
        rows.minimise(changes(self.plan, roster))
        again = budget.run(rows)
        return self.roster(again) if again.holds else found


def kind_of(element: Element) -> str:
    """What sort of thing is given up: two proposals of one sort say little more than one."""
    return element.rule


def dearest(given_up: Iterable[Element]) -> str:
    """The kind of the dearest of some elements."""
    return kind_of(max(given_up, key=lambda element: price_of(element, law=True) or 0))


def _by_a_step(element: Element) -> Stated | None:
    """The element with every number of its rule eased by a step, so that no more is given up than it takes."""
    if element.row is not None:
        return None
    rule, changes = element.stated.rule, {}
    for name, about in rule.parameters().items():
        value = getattr(rule, name)
        if about["eases"] and value is not None:
            changes[name] = max(0, value + about["eases"])
    return replace(element.stated, rule=replace(rule, **changes)) if changes else None


def around(problem: Problem, day: date) -> set[Cell]:
    """Everybody's cells of the days around a day."""
    days = [day + timedelta(days=nth) for nth in range(-AROUND, AROUND + 1)]
    return {(person.number, one) for person in problem.people for one in days if one in problem.horizon}


def changed_cells(before: Roster, after: Roster) -> list[Cell]:
    """People and days whose shift is another one."""
    cells = {(duty.person, duty.day) for duty in before.duties | after.duties}
    return sorted(cell for cell in cells if before.shift(*cell) != after.shift(*cell))


def changes(plan: Plan, roster: Roster) -> list[tuple[Literal, int]]:
    """How many cells a plan makes another shift than a roster has, as terms."""
    same = [
        plan.works(person.number, day, roster.shift(person.number, day))
        if roster.on_duty(person.number, day)
        else plan.off(person.number, day)
        for person in plan.problem.people
        for day in plan.problem.days
    ]
    return [(plan.no(literal), 1) for literal in same if literal != TRUE]


def hard(problem: Problem) -> list[Stated]:
    """What a problem states firmly, but for cover."""
    return [stated for stated in problem.rules if stated.strength is Strength.HARD and not stated.rule.shortage]
