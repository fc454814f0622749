"""Hard rules that leave nobody any work, such as days in a row 至多=0."""

from collections.abc import Iterator
from itertools import product

from cstools.roster.problem import Problem
from cstools.roster.roster import Roster, breaches
from cstools.roster.rule import Stated, Strength
from cstools.shifts import Duty


def idle_rules(problem: Problem) -> Iterator[Stated]:
    """The hard rules of a problem that are broken by whatever anybody works, as far as some hundred tries tell."""
    for stated in problem.rules:
        hard = stated.strength is Strength.HARD and not stated.rule.shortage
        if hard and problem.people and not any(_allowed(problem, stated, duties) for duties in _tries(problem)):
            yield stated


def _tries(problem: Problem) -> Iterator[list[Duty]]:
    """A person's first days with one shift, a day more each time; and a day with everybody on one shift."""
    for person, code in product(problem.people, problem.shifts.codes()):
        duties = [Duty(day, code, person.number) for day in problem.days if person.employed(day)]
        yield from (duties[: last + 1] for last in range(len(duties)))
    for day, code in product(problem.days, problem.shifts.codes()):
        yield [Duty(day, code, person.number) for person in problem.people if person.employed(day)]


def _allowed(problem: Problem, stated: Stated, duties: list[Duty]) -> bool:
    """Whether a rule is broken no more with these duties than with none."""
    alone, idle = (breaches(Roster(problem, each, detailed=False), stated) for each in (duties, ()))
    return sum(breach.amount for breach in alone) <= sum(breach.amount for breach in idle)
