"""Forward rotation."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from cstools.language import Text, mark
from cstools.roster import parameters
from cstools.roster.rule import Breach, Place, Rule, View, parameter
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster


@dataclass(frozen=True)
class Forward(Rule):
    """From one day to the next a person's shifts begin later or at the same time, never earlier."""

    label: ClassVar[str] = mark("forward rotation")
    sentence: ClassVar[str] = mark(
        "The next day’s shift never begins earlier than the shift of the day before[[, or at most {tolerance} hours]]."
    )
    view: ClassVar[View] = View.CELL

    tolerance: int = parameter(mark("tolerance in hours"), parameters.hours, 0, (0, 60, 480), eases=60)

    def build(self, plan: "Plan", scope: Scope) -> None:
        """No shift with the shifts that begin earlier on the next day."""
        problem = plan.problem
        for person in scope.named(problem.people):
            for day in problem.days:
                before = day - timedelta(days=1)
                for code, shift in problem.shifts_on(before).items() if scope.covers(person, day) else ():
                    earlier = [
                        plan.works(person.number, day, later)
                        for later, next_shift in problem.shifts_on(day).items()
                        if next_shift.start < shift.start - self.tolerance
                    ]
                    plan.at_most([plan.works(person.number, before, code), *earlier], 1)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each shift that begins too early after the day before's."""
        problem = roster.problem
        for person in scope.named(problem.people):
            for day in problem.days:
                before = day - timedelta(days=1)
                shift = problem.shift(roster.shift(person.number, before), before)
                later = problem.shift(roster.shift(person.number, day), day)
                if shift and later and later.start < shift.start - self.tolerance and scope.covers(person, day):
                    yield Breach(
                        Place((person.number,), (before, day), (shift.code, later.code)),
                        Text(
                            "{name} goes back from {shift} on {before} to {later} on {day}",
                            name=person.name, shift=shift.code, before=before, later=later.code, day=day,
                        ),
                    )  # fmt: skip
