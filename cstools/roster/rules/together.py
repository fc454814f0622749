"""People who are kept together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from cstools.language import Text, mark
from cstools.people import Person
from cstools.roster import parameters
from cstools.roster.problem import OFF, Problem
from cstools.roster.rule import Breach, Place, Rule, View, parameter
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster


@dataclass(frozen=True)
class Together(Rule):
    """The people whom the rule is scoped to: those of them who work on a day work the same shift."""

    label: ClassVar[str] = mark("kept together")
    sentence: ClassVar[str] = mark(
        "Those of these people who work on a day work the same shift[[, and they rest on the same days{rest_too}]]."
    )
    view: ClassVar[View] = View.DAY

    rest_too: bool = parameter(mark("rest too"), parameters.flag, default=False, samples=(False, True))

    def build(self, plan: "Plan", scope: Scope) -> None:
        """At most one shift a day is worked by any of the people; with ``rest_too`` a day off counts as one more."""
        for day in plan.problem.days:
            people = scope.among(plan.problem.people, day)
            used = [
                plan.either(plan.works(person.number, day, code) for person in people)
                for code in plan.problem.shifts_on(day)
            ]
            if self.rest_too:
                used.append(plan.either(plan.off(person.number, day) for person in _free(plan.problem, people, day)))
            plan.at_most(used, 1)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each day on which the people are not together."""
        for day in roster.problem.days:
            people = scope.among(roster.problem.people, day)
            free = _free(roster.problem, people, day) if self.rest_too else []
            has = [(person, roster.shift(person.number, day)) for person in people]
            has = [(person, shift) for person, shift in has if shift != OFF or person in free]
            kinds = {shift for _, shift in has}
            if len(kinds) > 1:
                who = [
                    Text("{name} {shift}", name=person.name, shift=shift or Text("a day off")) for person, shift in has
                ]
                yield Breach(
                    Place(tuple(person.number for person, _ in has), (day,), tuple(sorted(kinds - {OFF}))),
                    Text("{day}: not together, {who}", day=day, who=who),
                    len(kinds) - 1,
                )


def _free(problem: Problem, people: list[Person], day: date) -> list[Person]:
    """Those whose day off is the roster's doing: leave is no reason for the others to rest."""
    return [person for person in people if person.employed(day) and not problem.on_leave(person.number, day)]
