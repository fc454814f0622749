"""Whole weekends."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from cstools.language import Text, mark
from cstools.people import Person
from cstools.roster.problem import Problem
from cstools.roster.rule import Breach, Place, Rule, View
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster

SUNDAY = 6


@dataclass(frozen=True)
class WholeWeekends(Rule):
    """Saturday and Sunday are both worked or both off; a weekend of which only one day is known is left out."""

    label: ClassVar[str] = mark("whole weekends")
    sentence: ClassVar[str] = mark("A weekend is worked whole or not at all.")
    view: ClassVar[View] = View.CELL

    def build(self, plan: "Plan", scope: Scope) -> None:
        """Neither of the two days alone."""
        for person in scope.named(plan.problem.people):
            for saturday, sunday in _weekends(plan.problem, person, scope):
                plan.forbid([plan.on_duty(person.number, saturday), plan.off(person.number, sunday)])
                plan.forbid([plan.off(person.number, saturday), plan.on_duty(person.number, sunday)])

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each weekend with one day worked."""
        for person in scope.named(roster.problem.people):
            for saturday, sunday in _weekends(roster.problem, person, scope):
                worked = [day for day in (saturday, sunday) if roster.on_duty(person.number, day)]
                if len(worked) == 1:
                    yield Breach(
                        Place((person.number,), (saturday, sunday)),
                        Text("{name} works only {day} of that weekend", name=person.name, day=worked[0]),
                    )


def _weekends(problem: Problem, person: Person, scope: Scope) -> Iterator[tuple[date, date]]:
    """The person's weekends whose Sunday is in the roster and in scope, both days known."""
    for sunday in problem.days:
        saturday = sunday - timedelta(days=1)
        if sunday.weekday() != SUNDAY or not scope.covers(person, sunday):
            continue
        if problem.tells(person, saturday) and problem.tells(person, sunday):
            yield saturday, sunday
