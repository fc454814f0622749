"""Weekends worked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from cstools.days import month_of, span
from cstools.language import Text, mark
from cstools.people import Person
from cstools.roster import parameters
from cstools.roster.problem import Problem
from cstools.roster.rule import Breach, Place, Rule, parameter
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster

SATURDAY = 5
PERIOD = parameters.choice({"month": mark("month"), "horizon": mark("whole roster")})


@dataclass(frozen=True)
class Weekends(Rule):
    """Weekends with a shift on Saturday or Sunday. A weekend belongs to the month of its Saturday; of one that the
    roster's border cuts, the known day counts.
    """

    label: ClassVar[str] = mark("weekends worked")
    sentence: ClassVar[str] = mark("In each {period} a person works on at most {at_most} weekends.")

    period: str = parameter(mark("period"), PERIOD, "month", ("month", "horizon"))
    at_most: int = parameter(mark("at most"), parameters.count, 2, (0, 1, 2), eases=1)

    def build(self, plan: "Plan", scope: Scope) -> None:
        """No more weekends with work than the past has left."""
        for person in scope.named(plan.problem.people):
            for weekends, left in self._periods(plan.problem, person, scope):
                worked = [plan.either(plan.on_duty(person.number, day) for day in weekend) for weekend in weekends]
                plan.at_most(worked, left)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each period with too many weekends worked."""
        for person in scope.named(roster.problem.people):
            for weekends, left in self._periods(roster.problem, person, scope):
                worked = [[day for day in weekend if roster.on_duty(person.number, day)] for weekend in weekends]
                days = [on_duty[0] for on_duty in worked if on_duty]
                if len(days) > left:
                    yield Breach(
                        Place((person.number,), tuple(day for on_duty in worked for day in on_duty)),
                        Text(
                            "{name} works on the weekends of {days}, the {period} has {left} left",
                            name=person.name, days=days, left=left, period=PERIOD.show(self.period),
                        ),
                        len(days) - left,
                    )  # fmt: skip

    def _periods(self, problem: Problem, person: Person, scope: Scope) -> Iterator[tuple[list[list[date]], int]]:
        """By period: the weekends that are not yet lost to the past, each by its days that count, and how many of them
        may be worked.
        """
        touched = {_saturday(day) for day in problem.days if day.weekday() >= SATURDAY}
        every = touched
        if self.period == "month":
            every = {
                _saturday(day) for saturday in touched for day in span(*month_of(saturday)) if day.weekday() == SATURDAY
            }
        past = problem.past_by_person[person.number]
        groups: dict[date, list[list[date]]] = {}
        for saturday in sorted(every):
            days = [saturday, saturday + timedelta(days=1)]
            first = month_of(saturday)[0] if self.period == "month" else date.min
            counted = [day for day in days if problem.tells(person, day) and scope.covers(person, day)]
            groups.setdefault(first, []).append(counted)
        for weekends in groups.values():
            lost = sum(any(day in past for day in weekend) for weekend in weekends)
            left = [weekend for weekend in weekends if not any(day in past for day in weekend)]
            yield left, max(0, self.at_most - lost)


def _saturday(day: date) -> date:
    return day - timedelta(days=day.weekday() - SATURDAY)
