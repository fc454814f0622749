"""Days off in a row."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cstools.language import Text, mark
from cstools.roster import parameters
from cstools.roster.rule import Breach, Place, Rule, parameter
from cstools.roster.runs import limit, runs
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster


@dataclass(frozen=True)
class DaysOffInARow(Rule):
    """Days off in a row, those before the roster included; as rule run has it."""

    label: ClassVar[str] = mark("days off in a row")
    sentence: ClassVar[str] = mark("A person has[[ at least {at_least}]][[ at most {at_most}]] days off in a row.")

    at_least: int | None = parameter(mark("at least"), parameters.optional_count, None, (None, 2, 3), eases=-1)
    at_most: int | None = parameter(mark("at most"), parameters.optional_count, None, (None, 1, 2, 3), eases=1)

    def build(self, plan: "Plan", scope: Scope) -> None:
        """No run of days off that is too long up to any day, and none that is too short."""
        for person in scope.named(plan.problem.people):
            limit(plan, person, scope, (self.at_least, self.at_most), off=True)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each run that is too short or too long, by the days that are missing or too many."""
        for person in scope.named(roster.problem.people):
            for run in runs(roster, person, off=True):
                place = Place((person.number,), run.days)
                about = {"name": person.name, "days": len(run.days), "first": run.days[0], "last": run.days[-1]}
                if (missing := run.missing(self.at_least)) and scope.covers(person, run.days[-1]):
                    text = Text(
                        "{name} has only {days} days off in a row, {first} to {last}; at least {least} are asked",
                        **about,
                        least=self.at_least,
                    )
                    yield Breach(place, text, missing)
                if over := run.over(self.at_most, roster.problem, person, scope):
                    text = Text(
                        "{name} has {days} days off in a row, {first} to {last}; at most {most} are allowed",
                        **about,
                        most=self.at_most,
                    )
                    yield Breach(place, text, over)
