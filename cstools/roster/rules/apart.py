"""People who are kept apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cstools.language import Text, mark
from cstools.roster import parameters
from cstools.roster.rule import Breach, Place, Rule, View, parameter
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster


@dataclass(frozen=True)
class Apart(Rule):
    """The people whom the rule is scoped to: name two of them, or a skill of which each shift has one at most."""

    label: ClassVar[str] = mark("kept apart")
    sentence: ClassVar[str] = mark("No two of these people work the same shift[[ of {shifts}]].")
    view: ClassVar[View] = View.DAY

    shifts: tuple[str, ...] = parameter(mark("shifts"), parameters.shifts, (), ((), ("晚",), ("晚班",)))

    def build(self, plan: "Plan", scope: Scope) -> None:
        """At most one of the people on each shift."""
        for day in plan.problem.days:
            people = scope.among(plan.problem.people, day)
            for code in plan.problem.codes(self.shifts, day):
                plan.at_most([plan.works(person.number, day, code) for person in people], 1)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each shift that several of the people are on."""
        problem = roster.problem
        for day in problem.days:
            for code in problem.codes(self.shifts, day):
                there = scope.among((problem.person[duty.person] for duty in roster.of(day, [code])), day)
                if len(there) > 1:
                    yield Breach(
                        Place(tuple(person.number for person in there), (day,), (code,)),
                        Text(
                            "{names} are on the same shift {shift} on {day}",
                            names=[person.name for person in there], shift=code, day=day,
                        ),
                        len(there) - 1,
                    )  # fmt: skip
