"""Paid hours in a day, a week, a month or the whole roster."""

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

HOUR = 60  # a soft rule pays for each hour begun


@dataclass(frozen=True)
class Hours(Rule):
    """Paid hours a period, meetings included (000-062)."""

    label: ClassVar[str] = mark("working hours")
    sentence: ClassVar[str] = mark(
        "In each {period} a person works[[ at least {at_least}]][[ at most {at_most}]] hours."
    )

    period: str = parameter(mark("period"), parameters.period, "week", ("day", "week", "month", "horizon"))
    at_least: int | None = parameter(
        mark("at least"), parameters.optional_hours, None, (None, 16 * 60, 2250), eases=-60
    )
    at_most: int | None = parameter(
        mark("at most"), parameters.optional_hours, None, (None, 7 * 60, 1470, 24 * 60), eases=60
    )

    def build(self, plan: "Plan", scope: Scope) -> None:
        """Minutes in the roster's part of each period: the share that is still owed, and no more than is left."""
        problem = plan.problem
        for person in scope.named(problem.people):
            number = person.number
            worked = problem.past_by_person[number]
            for period in periods(problem, self.period, person, scope):
                terms = [
                    (plan.works(number, day, code), problem.paid(number, day, code))
                    for day in period.now
                    for code in problem.shifts_on(day)
                ]
                past = sum(problem.paid(number, day, worked[day].shift) for day in period.past if day in worked)
                if self.at_least is not None:
                    plan.at_least(terms, period.share(self.at_least, past), unit=HOUR)
                if self.at_most is not None:
                    plan.at_most(terms, max(0, self.at_most - past), unit=HOUR)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each period with too few or too many hours, by hours begun."""
        problem, show = roster.problem, parameters.show_hours
        for person in scope.named(problem.people):
            for period in periods(problem, self.period, person, scope):
                past, now = (
                    sum(
                        problem.paid(person.number, day, duty.shift)
                        for day in days
                        if (duty := roster.duty(person.number, day))
                    )
                    for days in (period.past, period.now)
                )
                place = Place((person.number,), period.now)
                about = {"name": person.name, "now": show(now), "first": period.now[0], "last": period.now[-1]}
                least = period.share(self.at_least or 0, past)
                if now < least:
                    text = Text(
                        "{name} works {now} h from {first} to {last}, {least} h are due ({past} h before it)",
                        **about, least=show(least), past=show(past),
                    )  # fmt: skip
                    yield Breach(place, text, -(-(least - now) // HOUR))
                most = now if self.at_most is None else max(0, self.at_most - past)
                if now > most:
                    text = Text(
                        "{name} works {now} h from {first} to {last}, the {period} has {most} h left",
                        **about, most=show(most), period=parameters.period.show(self.period),
                    )  # fmt: skip
                    yield Breach(place, text, -(-(now - most) // HOUR))
