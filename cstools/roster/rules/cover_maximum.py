"""The most people that a desk has room or work for."""

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
class CoverMaximum(Rule):
    """Sheet 需求, column 最多; in a window of the day the fullest moment counts."""

    label: ClassVar[str] = mark("maximum cover")
    sentence: ClassVar[str] = mark("No need of sheet 需求 gets more than its maximum of people.")
    view: ClassVar[View] = View.DAY
    default: ClassVar[Strength | None] = Strength.SOFT
    tier: ClassVar[int] = 2

    def build(self, plan: "Plan", scope: Scope) -> None:
        """Each demand's count stays within its maximum."""
        for demand in cover.demands(plan.problem, scope):
            if demand.maximum is not None:
                plan.at_most_each(cover.terms(plan, demand), demand.maximum, weight=demand.surplus)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each demand above its maximum."""
        for demand in cover.demands(roster.problem, scope):
            have = max(cover.counts(roster, demand), default=0)
            if demand.maximum is not None and have > demand.maximum:
                yield Breach(
                    cover.place(demand),
                    Text(
                        "{what}: {have} people, at most {most} are wanted",
                        what=cover.what(demand), have=have, most=demand.maximum,
                    ),
                    (have - demand.maximum) * demand.surplus,
                    demand.source,
                )  # fmt: skip
