"""Days in a row, worked or off: the same for a plan and for a finished roster."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cstools.people import Person
from cstools.roster.problem import Problem
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Literal, Plan
    from cstools.roster.roster import Roster

ONE = timedelta(days=1)


def limit(plan: "Plan", person: Person, scope: Scope, asked: tuple[int | None, int | None], *, off: bool) -> None:
    """Runs of at least and at most so many days; see Run for which runs are bound."""
    problem, number = plan.problem, person.number
    inside: Callable[[str, date], Literal] = plan.off if off else plan.on_duty
    least, most = asked
    ends = [day for day in (problem.days[0] - ONE, *problem.days) if scope.covers(person, day)]
    for last in ends:
        if most is not None and last in problem.horizon:
            days = problem.before(last, most + 1)
            if all(problem.tells(person, day) for day in days):
                plan.forbid([inside(number, day) for day in days])
        for length in range(1, least or 0):
            before, *days = problem.before(last, length + 1)
            after = last + ONE
            if after in problem.horizon and all(problem.tells(person, day) for day in (before, *days, after)):
                outside = [plan.no(inside(number, day)) for day in (before, after)]
                plan.forbid([*outside, *(inside(number, day) for day in days)], weight=(least or 0) - length)


@dataclass(frozen=True, slots=True)
class Run:
    """Days in a row that touch the roster. ``whole`` says that the days before and after it are known: only then can
    it be too short. A run that ends the day before the roster counts: the roster has ended it.
    """

    days: tuple[date, ...]
    whole: bool

    def missing(self, least: int | None) -> int:
        """How many days it is too short."""
        return max(0, (least or 0) - len(self.days)) if self.whole else 0

    def over(self, most: int | None, problem: Problem, person: Person, scope: Scope) -> int:
        """How many of its days, in the roster and in scope, come after as many as are allowed."""
        if most is None:
            return 0
        return sum(day in problem.horizon and scope.covers(person, day) for day in self.days[most:])


def runs(roster: "Roster", person: Person, *, off: bool) -> Iterator[Run]:
    """A person's runs that touch the roster, or end right before it."""
    problem = roster.problem

    def inside(day: date) -> bool:
        return problem.tells(person, day) and roster.on_duty(person.number, day) is not off

    day = problem.days[0] - ONE
    while inside(day) and inside(day - ONE):
        day -= ONE
    while day <= problem.days[-1]:
        days = [day] if inside(day) else []
        while days and inside(days[-1] + ONE):
            days.append(days[-1] + ONE)
        if days:
            whole = problem.tells(person, day - ONE) and problem.tells(person, days[-1] + ONE)
            yield Run(tuple(days), whole)
        day += ONE * (len(days) or 1)
