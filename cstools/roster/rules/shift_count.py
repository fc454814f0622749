"""How often a person works some shifts."""

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
class ShiftCount(Rule):
    """Shifts of some codes or kinds a period; none named: any shift."""

    label: ClassVar[str] = mark("number of shifts")
    sentence: ClassVar[str] = mark(
        "In each {period} a person works[[ at least {at_least}]][[ at most {at_most}]] shifts[[ of {shifts}]]."
    )

    shifts: tuple[str, ...] = parameter(mark("shifts"), parameters.shifts, (), ((), ("晚",), ("晚", "夜"), ("早班",)))
    period: str = parameter(mark("period"), parameters.period, "month", ("week", "month", "horizon"))
    at_least: int | None = parameter(mark("at least"), parameters.optional_count, None, (None, 1, 3, 12), eases=-1)
    at_most: int | None = parameter(mark("at most"), parameters.optional_count, None, (None, 0, 1, 3), eases=1)

    def build(self, plan: "Plan", scope: Scope) -> None:
        """Shifts in the roster's part of each period: the share that is still owed, and no more than is left."""
        problem = plan.problem
        for person in scope.named(problem.people):
            for period in periods(problem, self.period, person, scope):
                past, now = (
                    [plan.works(person.number, day, code) for day in days for code in problem.codes(self.shifts, day)]
                    for days in (period.past, period.now)
                )
                done = sum(literal is plan.true for literal in past)
                if self.at_least is not None:
                    plan.at_least(now, period.share(self.at_least, done))
                if self.at_most is not None:
                    plan.at_most(now, max(0, self.at_most - done))

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each period with too few or too many of these shifts."""
        problem = roster.problem
        for person in scope.named(problem.people):
            for period in periods(problem, self.period, person, scope):
                past, now = (
                    sum(roster.shift(person.number, day) in problem.codes(self.shifts, day) for day in days)
                    for days in (period.past, period.now)
                )
                place = Place((person.number,), period.now, self.shifts)
                about = {"name": person.name, "now": now, "first": period.now[0], "last": period.now[-1],
                         "shifts": self.shifts or Text("any shift")}  # fmt: skip
                least = period.share(self.at_least or 0, past)
                if now < least:
                    text = Text(
                        "{name} works {now} of {shifts} from {first} to {last}, {least} are due ({past} before it)",
                        **about, least=least, past=past,
                    )  # fmt: skip
                    yield Breach(place, text, least - now)
                most = now if self.at_most is None else max(0, self.at_most - past)
                if now > most:
                    text = Text(
                        "{name} works {now} of {shifts} from {first} to {last}, the {period} has {most} left",
                        **about, most=most, period=parameters.period.show(self.period),
                    )  # fmt: skip
                    yield Breach(place, text, now - most)
