"""The law's overtime a month."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cstools.language import Text, mark
from cstools.people import Person
from cstools.roster import parameters
from cstools.roster.parameters import show_hours
from cstools.roster.periods import Period, periods
from cstools.roster.problem import Problem
from cstools.roster.rule import Breach, Place, Rule, Strength, parameter
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster


@dataclass(frozen=True)
class LawOvertime(Rule):
    """At most 36 hours of overtime a month (劳动法 art. 41), of the month so far.

    Overtime here is what the paid hours of the month's known days exceed their standard time by: 8 hours for each of
    them that is a workday by the holiday calendar (make-up days are) and no day of leave. Time off for a worked rest
    day so counts by itself, and statutory days count in full. What the law's rates need by day is for pay to say.
    """

    label: ClassVar[str] = mark("law: overtime a month")
    sentence: ClassVar[str] = mark(
        "In a month nobody works more than {at_most} h beyond {hours} h for each workday (the month so far)."
    )
    default: ClassVar[Strength | None] = Strength.WATCH

    at_most: int = parameter(mark("at most"), parameters.hours, 36 * 60, (36 * 60, 8 * 60, 0))
    hours: int = parameter(mark("hours a day"), parameters.hours, 8 * 60)

    def build(self, plan: "Plan", scope: Scope) -> None:
        """Each month's paid time within the standard time and the overtime allowed."""
        problem = plan.problem
        for person in scope.named(problem.people):
            number = person.number
            for month in periods(problem, "month", person, scope):
                paid = [
                    (plan.works(number, day, code), problem.paid(number, day, code))
                    for day in month.days
                    for code in problem.shifts_on(day)
                ]
                plan.at_most(paid, self._standard(problem, person, month) + self.at_most, unit=60)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each month with too much overtime."""
        problem = roster.problem
        for person in scope.named(problem.people):
            for month in periods(problem, "month", person, scope):
                duties = [duty for day in month.days if (duty := roster.duty(person.number, day))]
                paid = sum(problem.paid(person.number, duty.day, duty.shift) for duty in duties)
                standard = self._standard(problem, person, month)
                over = paid - standard - self.at_most
                if over > 0:
                    yield Breach(
                        Place((person.number,), month.now),
                        Text(
                            "{name}: {paid} h from {first} to {last}, standard {standard} h: {overtime} h of overtime,"
                            " {over} h over {most}",
                            name=person.name, paid=show_hours(paid), first=month.days[0], last=month.days[-1],
                            standard=show_hours(standard), overtime=show_hours(paid - standard),
                            over=show_hours(over), most=show_hours(self.at_most),
                        ),
                        -(-over // 60),
                    )  # fmt: skip

    def _standard(self, problem: Problem, person: Person, month: Period) -> int:
        """Standard time of the days that count, in minutes."""
        return self.hours * sum(
            problem.calendar.is_workday(day) and not problem.on_leave(person.number, day) for day in month.days
        )
