"""Shifts that nobody asked for."""

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
class Unasked(Rule):
    """A shift on a day on which no row of sheet 需求 takes it, unless the person wishes for it or has it filled in.

    A code that stands in sheet 班次 for rare use (连班, 000-018) is then not handed out by chance.
    """

    label: ClassVar[str] = mark("unasked shifts")
    sentence: ClassVar[str] = mark("Nobody is given a shift that no need, no wish and no filled cell asks for.")
    view: ClassVar[View] = View.CELL
    default: ClassVar[Strength | None] = Strength.SOFT
    tier: ClassVar[int] = 2

    def build(self, plan: "Plan", scope: Scope) -> None:
        """None of the shifts that nobody asks for."""
        for person, day, codes in _unasked(plan.problem, scope):
            plan.at_most([plan.works(person.number, day, code) for code in codes], 0)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each duty that nobody asked for."""
        for person, day, codes in _unasked(roster.problem, scope):
            shift = roster.shift(person.number, day)
            if shift in codes:
                text = Text(
                    "{name} works {shift} on {day}, which nothing asks for", name=person.name, shift=shift, day=day
                )
                yield Breach(Place((person.number,), (day,), (shift,)), text)


def _unasked(problem: Problem, scope: Scope) -> Iterator[tuple[Person, date, list[str]]]:
    """Each person's days in scope with the shifts that nothing asks for there."""
    wished = {(wish.person, wish.day, code) for wish in problem.wishes if wish.on for code in wish.shifts}
    filled = {(cell.person, cell.day, cell.shift) for cell in problem.fixed}
    for day in problem.days:
        demands = problem.demands_by_day.get(day, ())
        rare = [code for code in problem.shifts_on(day) if not any(demand.takes(code) for demand in demands)]
        for person in scope.among(problem.people, day) if rare else ():
            cell = [(person.number, day, code) for code in rare]
            if codes := [one[2] for one in cell if one not in wished and one not in filled]:
                yield person, day, codes
