"""Leave."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from cstools.days import span
from cstools.language import Text, mark
from cstools.roster import parameters
from cstools.roster.problem import Problem
from cstools.roster.rule import Breach, Place, Rule, Strength, View, parameter
from cstools.roster.scope import Scope
from cstools.team.leave import Leave

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster


@dataclass(frozen=True)
class OnLeave(Rule):
    """Sheet 请假: whole and half days. Leave that the manager has not signed is not valid yet (000-067); a desk that
    rather keeps the days free meanwhile lets it bind.
    """

    label: ClassVar[str] = mark("leave")
    sentence: ClassVar[str] = mark(
        "Nobody works during leave[[, approved or not{unapproved}]]; half days meet at {noon}."
    )
    view: ClassVar[View] = View.CELL
    default: ClassVar[Strength | None] = Strength.HARD

    noon: int = parameter(mark("noon"), parameters.time, 12 * 60, (12 * 60, 13 * 60 + 30))
    unapproved: bool = parameter(mark("unapproved leave binds"), parameters.flag, default=True, samples=(True, False))

    def build(self, plan: "Plan", scope: Scope) -> None:
        """No shift that a leave forbids."""
        for leave, day, codes in self._forbidden(plan.problem, scope):
            plan.at_most([plan.works(leave.person, day, code) for code in codes], 0)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each leave's day with a shift that it forbids."""
        for leave, day, codes in self._forbidden(roster.problem, scope):
            shift = roster.shift(leave.person, day)
            if shift in codes:
                yield Breach(
                    Place((leave.person,), (day,), (shift,)),
                    Text(
                        "{name} has {shift} on {day} but is on leave ({kind})",
                        name=roster.problem.person[leave.person].name, shift=shift, day=day,
                        kind=leave.kind or Text("leave"),
                    ),
                    source=leave.source,
                )  # fmt: skip

    def _forbidden(self, problem: Problem, scope: Scope) -> Iterator[tuple[Leave, date, list[str]]]:
        """Each leave that binds, its days in the roster and in scope, and the shifts that it forbids there."""
        for leave in problem.leaves:
            person = problem.person.get(leave.person)
            if person is None or not (leave.approved or self.unapproved):
                continue
            for day in span(max(leave.first, problem.days[0]), min(leave.last, problem.days[-1])):
                if scope.covers(person, day):
                    shifts = problem.shifts_on(day)
                    yield leave, day, [code for code in shifts if leave.blocks(day, shifts[code], self.noon)]
