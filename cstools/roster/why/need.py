"""A single demand as a rule, so that it can be asked for by itself, and for as many people as one likes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cstools.language import Text
from cstools.roster import cover
from cstools.roster.inputs import Demand
from cstools.roster.rule import Breach, Rule, View
from cstools.roster.rules.cover_minimum import CoverMinimum
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster


@dataclass(frozen=True)
class Need(Rule):
    """One demand gets so many people; sheet 规则 does not know this rule."""

    label: ClassVar[str] = CoverMinimum.label
    sentence: ClassVar[str] = CoverMinimum.sentence
    view: ClassVar[View] = View.DAY

    demand: Demand
    people: int

    def build(self, plan: "Plan", scope: Scope) -> None:  # noqa: ARG002 - a rule's shape
        """The demand's count reaches the number."""
        plan.at_least_each(cover.terms(plan, self.demand), self.people)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:  # noqa: ARG002 - a rule's shape
        """The demand below the number."""
        have = min(cover.counts(roster, self.demand), default=0)
        if have < self.people:
            text = Text("{what}: {have} of {need} people", what=cover.what(self.demand), have=have, need=self.people)
            yield Breach(cover.place(self.demand), text, self.people - have, self.demand.source)
