"""Wishes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cstools.language import Text, mark
from cstools.roster.inputs import Wish
from cstools.roster.problem import Problem
from cstools.roster.rule import Breach, Place, Rule, Strength
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster


@dataclass(frozen=True)
class Wishes(Rule):
    """Sheet 愿望: to work, or not to work, some shift or any shift on a day, each with its weight."""

    label: ClassVar[str] = mark("wishes")
    sentence: ClassVar[str] = mark("People get the days off and the shifts that they wish for.")
    default: ClassVar[Strength | None] = Strength.SOFT

    def build(self, plan: "Plan", scope: Scope) -> None:
        """Each wish as its person and day have it."""
        for wish in _wishes(plan.problem, scope):
            codes = plan.problem.codes(wish.shifts, wish.day)
            works = [plan.works(wish.person, wish.day, code) for code in codes]
            if wish.on:
                plan.at_least(works, 1, weight=wish.weight)
            else:
                plan.at_most(works, 0, weight=wish.weight)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each wish that was not met."""
        problem = roster.problem
        for wish in _wishes(problem, scope):
            shift = roster.shift(wish.person, wish.day)
            if (shift in problem.codes(wish.shifts, wish.day)) is wish.on:
                continue
            about = {
                "name": problem.person[wish.person].name,
                "day": wish.day,
                "shifts": wish.shifts or Text("any shift"),
                "shift": shift or Text("a day off"),
            }
            text = (
                Text("{name} wished for {shifts} on {day} and has {shift}", **about)
                if wish.on
                else Text("{name} wished not to work {shifts} on {day} and has {shift}", **about)
            )
            yield Breach(Place((wish.person,), (wish.day,), wish.shifts), text, wish.weight, wish.source)


def _wishes(problem: Problem, scope: Scope) -> Iterator[Wish]:
    """The wishes for days in the roster and in scope."""
    for wish in problem.wishes:
        person = problem.person.get(wish.person)
        if person and wish.day in problem.horizon and scope.covers(person, wish.day):
            yield wish
