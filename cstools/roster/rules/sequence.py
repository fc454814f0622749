"""Forbidden sequences of shifts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final

from cstools.language import Text, mark
from cstools.roster import parameters
from cstools.roster.rule import Breach, Place, Rule, View, parameter
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Literal, Plan
    from cstools.roster.roster import Roster

REST: Final = frozenset({"休", "off"})
ANY: Final = frozenset({"任", "任意", "any"})


@dataclass(frozen=True)
class ForbiddenSequence(Rule):
    """Shifts that do not follow each other from day to day, by codes or kinds; 休 is a day off, 任 any shift.

    The days before the roster count, unknown ones never match.
    """

    label: ClassVar[str] = mark("forbidden sequence")
    sentence: ClassVar[str] = mark("From day to day some shifts do not follow each other[[: {sequences}]].")
    view: ClassVar[View] = View.CELL

    sequences: tuple[tuple[str, ...], ...] = parameter(
        mark("sequences"), parameters.sequences, (),
        ((("晚", "白"),), (("夜", "休", "白"), ("夜", "早班")), (("任", "休", "any"),), (("晚班", "晚班", "off"),)),
    )  # fmt: skip

    def build(self, plan: "Plan", scope: Scope) -> None:
        """No sequence that ends on any day."""
        for person in scope.named(plan.problem.people):
            for last in plan.problem.days:
                for steps in self.sequences if scope.covers(person, last) else ():
                    days = plan.problem.before(last, len(steps))
                    plan.forbid([_does(plan, person.number, day, step) for day, step in zip(days, steps, strict=True)])

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each sequence found."""
        for person in scope.named(roster.problem.people):
            for last in roster.problem.days:
                for steps in self.sequences if scope.covers(person, last) else ():
                    days = roster.problem.before(last, len(steps))
                    if all(_did(roster, person.number, day, step) for day, step in zip(days, steps, strict=True)):
                        yield Breach(
                            Place((person.number,), tuple(days)),
                            Text(
                                "{name} has {steps} from {first} to {last}, which is not allowed",
                                name=person.name, steps=" → ".join(steps), first=days[0], last=last,
                            ),
                        )  # fmt: skip


def _does(plan: "Plan", person: str, day: date, step: str) -> "Literal":
    if step.lower() in REST:
        return plan.off(person, day) if plan.known(day) else plan.false
    if step.lower() in ANY:
        return plan.on_duty(person, day)
    return plan.any_of(person, day, plan.problem.codes((step,), day))


def _did(roster: "Roster", person: str, day: date, step: str) -> bool:
    if step.lower() in REST:
        return roster.known(day) and not roster.on_duty(person, day)
    if step.lower() in ANY:
        return roster.on_duty(person, day)
    return roster.shift(person, day) in roster.problem.codes((step,), day)
