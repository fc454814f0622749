"""The least cover that a desk needs."""

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
class CoverMinimum(Rule):
    """Sheet 需求, column 最少: by shift, skill, post or time of day (000-045, 003-071)."""

    label: ClassVar[str] = mark("minimum cover")
    sentence: ClassVar[str] = mark("Every need of sheet 需求 gets at least its minimum of people.")
    view: ClassVar[View] = View.DAY
    default: ClassVar[Strength | None] = Strength.SOFT
    tier: ClassVar[int] = 1
    shortage: ClassVar[bool] = True

    def build(self, plan: "Plan", scope: Scope) -> None:
        """Each demand's count reaches its minimum."""
        for demand in cover.demands(plan.problem, scope):
            plan.at_least_each(cover.terms(plan, demand), demand.minimum, weight=demand.short)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each demand below its minimum."""
        for demand in cover.demands(roster.problem, scope):
            have = min(cover.counts(roster, demand), default=0)
            if have < demand.minimum:
                yield Breach(
                    cover.place(demand),
                    Text(
                        "{what}: {have} of at least {need} people, {missing} short",
                        what=cover.what(demand), have=have, need=demand.minimum, missing=demand.minimum - have,
                    ),
                    (demand.minimum - have) * demand.short,
                    demand.source,
                )  # fmt: skip
