"""The law's rest day a week."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from cstools.days import span
from cstools.language import Text, mark
from cstools.roster import parameters
from cstools.roster.rule import Breach, Place, Rule, Strength, parameter
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster


@dataclass(frozen=True)
class LawRestDay(Rule):
    """At least one rest day a week (劳动法 art. 38), read strictly: in any seven days in a row.

    Each day that ends seven without a rest day counts one; days that nobody knows about are taken for rest.
    """

    label: ClassVar[str] = mark("law: weekly rest day")
    sentence: ClassVar[str] = mark("In any {days} days in a row everybody has a rest day.")
    default: ClassVar[Strength | None] = Strength.WATCH

    days: int = parameter(mark("days"), parameters.count, 7, (7, 3))

    def build(self, plan: "Plan", scope: Scope) -> None:
        """A day off among each seven days."""
        for person in scope.named(plan.problem.people):
            for day in plan.problem.days:
                if scope.covers(person, day):
                    plan.forbid(plan.on_duty(person.number, one) for one in plan.problem.before(day, self.days))

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each run of days without a rest day."""
        problem = roster.problem
        for person in scope.named(problem.people):
            ends = [
                day
                for day in problem.days
                if scope.covers(person, day)
                and all(roster.on_duty(person.number, one) for one in problem.before(day, self.days))
            ]
            for run in _in_a_row(ends):
                days = span(run[0] - timedelta(days=max(0, self.days - 1)), run[-1])
                yield Breach(
                    Place((person.number,), days),
                    Text(
                        "{name} works {count} days in a row from {first} to {last}, with no rest day in any {days}",
                        name=person.name, count=len(days), first=days[0], last=days[-1], days=self.days,
                    ),
                    len(run),
                )  # fmt: skip


def _in_a_row(days: list[date]) -> list[list[date]]:
    """Days grouped into runs."""
    runs: list[list[date]] = []
    for day in days:
        if runs and runs[-1][-1] + timedelta(days=1) == day:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs
