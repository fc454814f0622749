"""Meals in turns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from cstools.days import show_time
from cstools.language import Text, mark
from cstools.roster import parameters
from cstools.roster.problem import Problem
from cstools.roster.rule import Breach, Place, Rule, View, parameter
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster

Meal = tuple[str, tuple[int, int]]  # a shift's code and one of its slots


@dataclass(frozen=True)
class Meals(Rule):
    """Staggered meals (000-045). Slots that overlap, of whatever shifts of the day, count as one."""

    label: ClassVar[str] = mark("staggered meals")
    sentence: ClassVar[str] = mark("At most {at_most} of those on duty eat at the same time.")
    view: ClassVar[View] = View.DAY

    at_most: int = parameter(mark("at most"), parameters.count, 2, (1, 2), eases=1)

    def build(self, plan: "Plan", scope: Scope) -> None:
        """No more than so many at each time that people eat."""
        for day in plan.problem.days:
            people = scope.among(plan.problem.people, day)
            for _, meals in _tables(plan.problem, day):
                plan.at_most(
                    [plan.eats(person.number, day, code, slot) for person in people for code, slot in meals],
                    self.at_most,
                )

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each time at which too many eat."""
        problem = roster.problem
        for day in problem.days:
            for moment, meals in _tables(problem, day):
                eating = scope.among(
                    (problem.person[duty.person] for duty in roster.of(day) if (duty.shift, duty.meal) in meals), day
                )
                if len(eating) > self.at_most:
                    codes = tuple(sorted({code for code, _ in meals}))
                    yield Breach(
                        Place(tuple(person.number for person in eating), (day,), codes),
                        Text(
                            "{day} {time}: {have} people eat at once ({names}), at most {most} may",
                            day=day, time=show_time(moment), have=len(eating),
                            names=[person.name for person in eating], most=self.at_most,
                        ),
                        len(eating) - self.at_most,
                    )  # fmt: skip


def _tables(problem: Problem, day: date) -> list[tuple[int, frozenset[Meal]]]:
    """The times of a day at which most meals run together, and those meals; no table is a part of another."""
    meals: list[Meal] = [(code, slot) for code, shift in problem.shifts_on(day).items() for slot in shift.meals]
    tables = {
        frozenset(meal for meal in meals if meal[1][0] <= moment < meal[1][1]): moment
        for moment in sorted({slot[0] for _, slot in meals}, reverse=True)
    }
    return sorted((moment, table) for table, moment in tables.items() if not any(table < other for other in tables))
