"""A day off in every so many days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from cstools.language import Text, mark
from cstools.people import Person
from cstools.roster import parameters
from cstools.roster.problem import Problem
from cstools.roster.rule import Breach, Place, Rule, parameter
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster


@dataclass(frozen=True)
class RestInSeven(Rule):
    """做六休一 (000-058): one day off in any seven days, wherever they begin; with an unknown day they are left out."""

    label: ClassVar[str] = mark("days off in any seven")
    sentence: ClassVar[str] = mark("In any {window} days in a row a person has at least {at_least} days off.")

    window: int = parameter(mark("window in days"), parameters.count, 7, (3, 4, 7))
    at_least: int = parameter(mark("at least"), parameters.count, 1, (1, 2), eases=-1)

    def build(self, plan: "Plan", scope: Scope) -> None:
        """Each window has its days off."""
        for person in scope.named(plan.problem.people):
            for days, least in self._windows(plan.problem, person, scope):
                plan.at_least([plan.off(person.number, day) for day in days], least)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each window with too few days off."""
        for person in scope.named(roster.problem.people):
            for days, least in self._windows(roster.problem, person, scope):
                off = sum(not roster.on_duty(person.number, day) for day in days)
                if off < least:
                    yield Breach(
                        Place((person.number,), tuple(days)),
                        Text(
                            "{name} has {off} days off from {first} to {last}; any {window} days need {least}",
                            name=person.name, off=off, first=days[0], last=days[-1],
                            window=self.window, least=self.at_least,
                        ),
                        least - off,
                    )  # fmt: skip

    def _windows(self, problem: Problem, person: Person, scope: Scope) -> Iterator[tuple[list[date], int]]:
        """The windows that end within the roster and in scope, and of which every day is known, with their days off:
        no more than can still be had where the past has used up a window.
        """
        worked = problem.past_by_person[person.number]
        for last in problem.days:
            days = problem.before(last, self.window)
            if scope.covers(person, last) and all(problem.known(day) or day in worked for day in days):
                lost = sum(day in worked for day in days if day not in problem.horizon)
                yield days, min(self.at_least, len(days) - lost)
