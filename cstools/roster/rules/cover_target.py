"""The cover that a desk would like to have."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cstools.language import Text, mark
from cstools.roster import cover
from cstools.roster.rule import Breach, Rule, Strength, View
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster


@dataclass(frozen=True)
class CoverTarget(Rule):
    """Sheet 需求, column 目标; a need whose target is left open asks for nothing here."""

    label: ClassVar[str] = mark("target cover")
    sentence: ClassVar[str] = mark("Every need of sheet 需求 gets its target of people.")
    view: ClassVar[View] = View.DAY
    default: ClassVar[Strength | None] = Strength.SOFT
    tier: ClassVar[int] = 2

    def build(self, plan: "Plan", scope: Scope) -> None:
        """Each demand's count reaches its target."""
        for demand in cover.demands(plan.problem, scope):
            if demand.target is not None:
                plan.at_least_each(cover.terms(plan, demand), demand.target, weight=demand.short)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each demand below its target."""
        for demand in cover.demands(roster.problem, scope):
            have = min(cover.counts(roster, demand), default=0)
            if demand.target is not None and have < demand.target:
                yield Breach(
                    cover.place(demand),
                    Text(
                        "{what}: {have} people, the target is {target}",
                        what=cover.what(demand), have=have, target=demand.target,
                    ),
                    (demand.target - have) * demand.short,
                    demand.source,
                )  # fmt: skip
