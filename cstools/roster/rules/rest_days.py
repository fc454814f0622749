"""Rest days in a week or a month."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cstools.language import Text, mark
from cstools.roster import parameters
from cstools.roster.periods import periods
from cstools.roster.rule import Breach, Place, Rule, parameter
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster


@dataclass(frozen=True)
class RestDays(Rule):
    """Rest days a period, such as four a month (001-026, 004-018)."""

    label: ClassVar[str] = mark("rest days")
    sentence: ClassVar[str] = mark(
        "In each {period} a person has[[ at least {at_least}]][[ at most {at_most}]] rest days."
    )

    period: str = parameter(mark("period"), parameters.period, "month", ("week", "month"))
    at_least: int | None = parameter(mark("at least"), parameters.optional_count, None, (None, 2, 3), eases=-1)
    at_most: int | None = parameter(mark("at most"), parameters.optional_count, None, (None, 4), eases=1)

    def build(self, plan: "Plan", scope: Scope) -> None:
        """Days off in the roster's part of each period: the share that is still owed, and no more than is left."""
        for person in scope.named(plan.problem.people):
            for period in periods(plan.problem, self.period, person, scope):
                off = [plan.off(person.number, day) for day in period.now]
                past = sum(plan.off(person.number, day) is plan.true for day in period.past)
                if self.at_least is not None:
                    plan.at_least(off, period.share(self.at_least, past))
                if self.at_most is not None:
                    plan.at_most(off, max(0, self.at_most - past))

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each period with too few or too many days off."""
        for person in scope.named(roster.problem.people):
            for period in periods(roster.problem, self.period, person, scope):
                past = sum(not roster.on_duty(person.number, day) for day in period.past)
                now = sum(not roster.on_duty(person.number, day) for day in period.now)
                least = period.share(self.at_least or 0, past)
                place = Place((person.number,), period.now)
                if now < least:
                    yield Breach(
                        place,
                        Text(
                            "{name} has {now} rest days from {first} to {last}, {least} are due ({past} before it)",
                            name=person.name, now=now, first=period.now[0], last=period.now[-1], least=least, past=past,
                        ),
                        least - now,
                    )  # fmt: skip
                if self.at_most is not None and now > max(0, self.at_most - past):
                    yield Breach(
                        place,
                        Text(
                            "{name} has {now} rest days from {first} to {last}, the {period} has {most} left",
                            name=person.name, now=now, first=period.now[0], last=period.now[-1],
                            most=max(0, self.at_most - past), period=parameters.period.show(self.period),
                        ),
                        now - max(0, self.at_most - past),
                    )  # fmt: skip
