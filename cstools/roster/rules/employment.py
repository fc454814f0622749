"""Employment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from cstools.language import Text, mark
from cstools.people import Person
from cstools.roster.problem import Problem
from cstools.roster.rule import Breach, Place, Rule, Strength, View
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster


@dataclass(frozen=True)
class Employment(Rule):
    """From the day somebody joins to the last day before leaving, both included (004-030)."""

    label: ClassVar[str] = mark("employment")
    sentence: ClassVar[str] = mark("Nobody works before joining or after leaving.")
    view: ClassVar[View] = View.CELL
    default: ClassVar[Strength | None] = Strength.HARD

    def build(self, plan: "Plan", scope: Scope) -> None:
        """Nobody's cell outside the employment; the plan leaves these empty, but a part of a roster may stand."""
        for person, day in _outside(plan.problem, scope):
            plan.at_least([plan.off(person.number, day)], 1)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each duty outside the employment."""
        for person, day in _outside(roster.problem, scope):
            if shift := roster.shift(person.number, day):
                yield Breach(
                    Place((person.number,), (day,), (shift,)),
                    Text("{name} is not employed on {day} but has {shift}", name=person.name, day=day, shift=shift),
                )


def _outside(problem: Problem, scope: Scope) -> Iterator[tuple[Person, date]]:
    """People and days in scope, outside the employment."""
    for person in scope.named(problem.people):
        for day in problem.days:
            if not person.employed(day) and scope.covers(person, day):
                yield person, day
