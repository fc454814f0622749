"""Shifts that ask for a skill."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from cstools.language import Text, mark
from cstools.people import Person
from cstools.roster.problem import Problem
from cstools.roster.rule import Breach, Place, Rule, Strength, View
from cstools.roster.scope import Scope
from cstools.shifts import Shift

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster


@dataclass(frozen=True)
class Skilled(Rule):
    """Sheet 班次, column 技能: a shift is worked by people who have one of its skills that day."""

    label: ClassVar[str] = mark("skills for shifts")
    sentence: ClassVar[str] = mark("Who works a shift has one of the skills that the shift asks for.")
    view: ClassVar[View] = View.CELL
    default: ClassVar[Strength | None] = Strength.HARD

    def build(self, plan: "Plan", scope: Scope) -> None:
        """No shift without its skill."""
        for person, day, lacking in _lacking(plan.problem, scope):
            plan.at_most([plan.works(person.number, day, code) for code in lacking], 0)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each duty of somebody who lacks its skill."""
        for person, day, lacking in _lacking(roster.problem, scope):
            shift = lacking.get(roster.shift(person.number, day))
            if shift:
                yield Breach(
                    Place((person.number,), (day,), (shift.code,)),
                    Text(
                        "{name} has {shift} on {day} without any of its skills ({skills})",
                        name=person.name, shift=shift.code, day=day, skills=sorted(shift.skills),
                    ),
                )  # fmt: skip


def _lacking(problem: Problem, scope: Scope) -> Iterator[tuple[Person, date, dict[str, Shift]]]:
    """People and days in scope, and the shifts that the person lacks the skill for."""
    for day in problem.days:
        for person in scope.among(problem.people, day):
            shifts = problem.shifts_on(day)
            yield person, day, {code: shift for code, shift in shifts.items() if not person.has(shift.skills, day)}
