"""Rest between two shifts."""

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

REACH = (1, 2)  # a shift ends at 48:00 at the latest, so the day after next is the last that it can touch


@dataclass(frozen=True)
class Rest(Rule):
    """Rest between shifts, by the clock; from the actual end where the last shift overran (000-059)."""

    label: ClassVar[str] = mark("rest between shifts")
    sentence: ClassVar[str] = mark("Between two shifts a person rests for at least {hours} hours.")
    view: ClassVar[View] = View.CELL

    hours: int = parameter(mark("hours"), parameters.hours, 11 * 60, (8 * 60, 11 * 60, 16 * 60), eases=-60)

    def build(self, plan: "Plan", scope: Scope) -> None:
        """No shift with the shifts that begin too soon after it."""
        problem = plan.problem
        for person in scope.named(problem.people):
            number = person.number
            for day in problem.days:
                if not scope.covers(person, day):
                    continue
                for before in (day - timedelta(days=back) for back in REACH):
                    past = problem.past_by_person[number].get(before)
                    for code in [past.shift] if past else problem.shifts_on(before):
                        worked = plan.works(number, before, code)
                        if worked is plan.false:
                            continue
                        end = problem.span(number, before, code, past.ended if past else None)[1]
                        soon = [
                            plan.works(number, day, later)
                            for later in problem.shifts_on(day)
                            if problem.span(number, day, later)[0] - end < self.hours
                        ]
                        plan.at_most([worked, *soon], 1)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each pair of shifts with too short a rest between them."""
        problem = roster.problem
        for person in scope.named(problem.people):
            for day in problem.days:
                duty = roster.duty(person.number, day)
                if duty is None or not scope.covers(person, day):
                    continue
                start = problem.span(person.number, day, duty.shift)[0]
                for before in (day - timedelta(days=back) for back in REACH):
                    last = roster.duty(person.number, before)
                    if last is None:
                        continue
                    rest = start - problem.span(person.number, before, last.shift, last.ended)[1]
                    if rest < self.hours:
                        yield Breach(
                            Place((person.number,), (before, day), (last.shift, duty.shift)),
                            Text(
                                "{name} rests only {rest} h between {first} {last} and {day} {shift}, not {hours} h",
                                name=person.name,
                                rest=parameters.show_hours(max(0, rest)),
                                first=before,
                                last=last.shift,
                                day=day,
                                shift=duty.shift,
                                hours=parameters.show_hours(self.hours),
                            ),
                        )
