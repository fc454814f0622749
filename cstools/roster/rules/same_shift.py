"""The same shift through a run of working days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from cstools.language import Text, mark
from cstools.roster import parameters
from cstools.roster.problem import Problem
from cstools.roster.rule import Breach, Place, Rule, View, parameter
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster

BY = parameters.choice({"shift": mark("shift"), "kind": mark("kind of shift")})


@dataclass(frozen=True)
class SameShift(Rule):
    """The shift, or its kind, only changes after a day off; a shift without a kind is a kind of its own."""

    label: ClassVar[str] = mark("same shift in a run")
    sentence: ClassVar[str] = mark("Between two days off the {by} stays the same.")
    view: ClassVar[View] = View.CELL

    by: str = parameter(mark("by"), BY, "shift", ("shift", "kind"))

    def build(self, plan: "Plan", scope: Scope) -> None:
        """No shift of one sort on the day after a shift of another."""
        problem = plan.problem
        for person in scope.named(problem.people):
            number = person.number
            for day in problem.days:
                before = day - timedelta(days=1)
                sorts = dict.fromkeys(self._sort(problem, code, before) for code in problem.shifts_on(before))
                for sort in sorts if scope.covers(person, day) else ():
                    same = [code for code in problem.shifts_on(before) if self._sort(problem, code, before) == sort]
                    other = [code for code in problem.shifts_on(day) if self._sort(problem, code, day) != sort]
                    plan.at_most(
                        [
                            *(plan.works(number, before, code) for code in same),
                            *(plan.works(number, day, code) for code in other),
                        ],
                        1,
                    )

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each change from one day to the next."""
        problem = roster.problem
        for person in scope.named(problem.people):
            for day in problem.days:
                before = day - timedelta(days=1)
                last, now = roster.shift(person.number, before), roster.shift(person.number, day)
                if not last or not now or not scope.covers(person, day):
                    continue
                if self._sort(problem, last, before) != self._sort(problem, now, day):
                    yield Breach(
                        Place((person.number,), (before, day), (last, now)),
                        Text(
                            "{name} changes from {last} to {now} on {day} without a day off",
                            name=person.name, last=last, now=now, day=day,
                        ),
                    )  # fmt: skip

    def _sort(self, problem: Problem, code: str, day: date) -> str:
        """What must stay the same: the code or the kind."""
        return (self.by == "kind" and problem.shifts_on(day)[code].kind) or code
