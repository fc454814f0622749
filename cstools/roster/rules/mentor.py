"""Trainees beside their mentors."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from cstools.language import Text, mark
from cstools.people import Person
from cstools.roster import parameters
from cstools.roster.problem import Problem
from cstools.roster.rule import Breach, Place, Rule, View, parameter
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster

together = parameters.choice({"same": mark("the same shift"), "overlap": mark("an overlapping shift")})


@dataclass(frozen=True)
class Mentor(Rule):
    """One mentor, one trainee (004-030), until the probation ends; a mentor who has left binds nobody any more."""

    label: ClassVar[str] = mark("trainee with mentor")
    sentence: ClassVar[str] = mark("While on probation a person only works when the mentor works {overlap} that day.")
    view: ClassVar[View] = View.DAY

    overlap: str = parameter(mark("together in"), together, "same", ("same", "overlap"))

    def build(self, plan: "Plan", scope: Scope) -> None:
        """No shift of a trainee without a shift of the mentor's that fits it."""
        problem = plan.problem
        for trainee, mentor, day in _pairs(problem, scope):
            for code in problem.shifts_on(day):
                fitting = [plan.works(mentor.number, day, other) for other in self._fitting(problem, day, code)]
                plan.at_least(fitting, 1, when=[plan.works(trainee.number, day, code)])

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each day on which a trainee works without the mentor."""
        for trainee, mentor, day in _pairs(roster.problem, scope):
            code = roster.shift(trainee.number, day)
            other = roster.shift(mentor.number, day)
            if code and other not in self._fitting(roster.problem, day, code):
                yield Breach(
                    Place((trainee.number, mentor.number), (day,), (code,)),
                    Text(
                        "{name} works {shift} on {day} without {mentor}, who has {other}",
                        name=trainee.name, shift=code, day=day, mentor=mentor.name, other=other or Text("a day off"),
                    ),
                )  # fmt: skip

    def _fitting(self, problem: Problem, day: date, code: str) -> list[str]:
        """The mentor's shifts that have the mentor there for a trainee's shift."""
        if self.overlap == "same":
            return [code]
        shifts = problem.shifts_on(day)
        mine = shifts[code]
        return [other for other, shift in shifts.items() if shift.start < mine.end and mine.start < shift.end]


def _pairs(problem: Problem, scope: Scope) -> Iterator[tuple[Person, Person, date]]:
    """Each trainee whom the rule applies to, with the mentor, day by day."""
    for trainee in scope.named(problem.people):
        for day in problem.days:
            if trainee.on_probation(day) and scope.covers(trainee, day):
                mentor = problem.person.get(trainee.on(day).mentor)
                if mentor and mentor.employed(day):
                    yield trainee, mentor, day
