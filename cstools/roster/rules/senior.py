"""Somebody senior on every shift."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cstools.language import Text, mark
from cstools.roster import parameters
from cstools.roster.rule import Breach, Place, Rule, View, parameter
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster


@dataclass(frozen=True)
class Senior(Rule):
    """A 组长 or 老员工, a 班长, a 值班经理 to turn to on each shift (000-054, 002-048, 003-016, 003-054).

    The scope says whose presence asks for one (all, or part-timers only); anybody with the skill will do.
    """

    label: ClassVar[str] = mark("senior on every shift")
    sentence: ClassVar[str] = mark(
        "Wherever somebody works a shift[[ of {shifts}]], at least {at_least} of those on it has one of: {skills}."
    )
    view: ClassVar[View] = View.DAY

    skills: tuple[str, ...] = parameter(mark("skills"), parameters.skills, ("组长", "老员工"))
    at_least: int = parameter(mark("at least"), parameters.count, 1, (1, 2), eases=-1)
    shifts: tuple[str, ...] = parameter(mark("shifts"), parameters.shifts, (), ((), ("晚",), ("晚班",)))

    def build(self, plan: "Plan", scope: Scope) -> None:
        """Enough of the seniors on a shift, where anybody whom the rule is about works it."""
        people = plan.problem.people
        for day in plan.problem.days:
            juniors = scope.among(people, day)
            seniors = [person for person in people if person.has(self.skills, day)]
            for code in plan.problem.codes(self.shifts, day):
                anybody = plan.either(plan.works(person.number, day, code) for person in juniors)
                there = [plan.works(person.number, day, code) for person in seniors]
                plan.at_least(there, self.at_least, when=[anybody])

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each shift that somebody works without enough seniors."""
        problem = roster.problem
        for day in problem.days:
            for code in problem.codes(self.shifts, day):
                there = [problem.person[duty.person] for duty in roster.of(day, [code])]
                seniors = sum(person.has(self.skills, day) for person in there)
                juniors = scope.among(there, day)
                if juniors and seniors < self.at_least:
                    yield Breach(
                        Place(tuple(person.number for person in juniors), (day,), (code,)),
                        Text(
                            "{day} {shift}: {have} of {need} people with {skills} ({names} on it)",
                            day=day, shift=code, have=seniors, need=self.at_least, skills="/".join(self.skills),
                            names=[person.name for person in there],
                        ),
                        self.at_least - seniors,
                    )  # fmt: skip
