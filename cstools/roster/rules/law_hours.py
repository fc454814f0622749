"""The law's hours a week."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cstools.language import Text, mark
from cstools.roster import parameters
from cstools.roster.parameters import show_hours
from cstools.roster.periods import periods
from cstools.roster.rule import Breach, Place, Rule, Strength, parameter
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster


@dataclass(frozen=True)
class LawHours(Rule):
    """40 hours a week (国务院关于职工工作时间的规定 art. 3); 44 is the Labour Law's own limit (劳动法 art. 36).

    Paid minutes of the week's known days, Monday to Sunday. The rule is broken from the first of the two limits on and
    counts each hour begun beyond it; the text tells both.
    """

    label: ClassVar[str] = mark("law: hours a week")
    sentence: ClassVar[str] = mark(
        "In a week (Monday to Sunday) nobody works over {standard} h; over {limit} h is said too."
    )
    default: ClassVar[Strength | None] = Strength.WATCH

    standard: int = parameter(mark("hours"), parameters.hours, 40 * 60, (40 * 60, 20 * 60))
    limit: int = parameter(mark("legal limit"), parameters.hours, 44 * 60)

    def build(self, plan: "Plan", scope: Scope) -> None:
        """Each week's paid time within the standard."""
        problem = plan.problem
        for person in scope.named(problem.people):
            number = person.number
            for week in periods(problem, "week", person, scope):
                paid = [
                    (plan.works(number, day, code), problem.paid(number, day, code))
                    for day in week.days
                    for code in problem.shifts_on(day)
                ]
                plan.at_most(paid, self.standard, unit=60)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each week with more than the standard."""
        problem = roster.problem
        for person in scope.named(problem.people):
            for week in periods(problem, "week", person, scope):
                duties = [duty for day in week.days if (duty := roster.duty(person.number, day))]
                paid = sum(problem.paid(person.number, duty.day, duty.shift) for duty in duties)
                over = paid - self.standard
                if over > 0:
                    yield Breach(
                        Place((person.number,), tuple(duty.day for duty in duties)),
                        Text(
                            "{name}: {paid} h in the week from {first} to {last}, {over} h over {standard}"
                            "[[, {more} h over {limit}]]",
                            name=person.name, paid=show_hours(paid), first=week.first, last=week.last,
                            over=show_hours(over), standard=show_hours(self.standard),
                            more=show_hours(paid - self.limit) if paid > self.limit else None,
                            limit=show_hours(self.limit),
                        ),
                        -(-over // 60),
                    )  # fmt: skip
