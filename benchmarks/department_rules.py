"""Every rule of the house, stated as the templates state it: hard where they have it hard, in their tiers."""

from collections.abc import Iterator
from typing import Any, Final

from cstools.roster.rule import Rule, Stated, Strength
from cstools.roster.rules import all_rules
from cstools.roster.scope import Scope

HOUR: Final = 60
FULL: Final = frozenset({"全职"})
FAIR: Final[tuple[tuple[int, dict[str, Any]], ...]] = (
    (3, {"of": "shifts", "shifts": ("夜班",)}),
    (2, {"of": "shifts"}),
    (2, {"of": "weekends"}),
    (1, {"of": "rests"}),
    (2, {"of": "posts", "posts": ("主旺旺",)}),
    (1, {"of": "posts", "posts": ("值日",)}),
    (2, {"of": "holidays"}),
)


def _rule(name: str, **parameters: Any) -> Rule:
    return all_rules()[name](**parameters)


def _hard(name: str, scope: Scope | None = None, **parameters: Any) -> Stated:
    return Stated(_rule(name, **parameters), scope=scope or Scope())


def _soft(tier: int, weight: int, name: str, scope: Scope | None = None, **parameters: Any) -> Stated:
    return Stated(_rule(name, **parameters), Strength.SOFT, tier, weight, scope or Scope())


def stated_rules(pairs: tuple[frozenset[str], frozenset[str]], *, eating: int) -> tuple[Stated, ...]:
    """All the rules. ``pairs`` are two people kept apart and two kept together, ``eating`` how many eat at once."""
    apart, together = (Scope(people=people) for people in pairs)
    return (*_kept(eating), *_wanted(apart, together), *_watched())


def _kept(eating: int) -> Iterator[Stated]:
    """What is never broken."""
    by_hour, office, new = (
        Scope(contracts=frozenset({"兼职"})),
        Scope(contracts=frozenset({"常班"})),
        frozenset({"新人"}),
    )
    yield from (_hard(name) for name in ("employment", "fixed", "skilled", "forward"))
    yield _hard("leave", noon=13 * HOUR)
    yield _hard("rest", hours=11 * HOUR)
    yield _hard("rest_in_seven", window=7, at_least=1)
    yield _hard("law_rest_day", days=7)
    yield _hard("run", at_most=6)
    yield _hard("rest_days", period="month", at_least=8)
    yield _hard("hours", by_hour, period="week", at_most=26 * HOUR)
    yield _hard("hours", Scope(contracts=FULL), period="week", at_most=50 * HOUR)
    yield _hard("hours", period="day", at_most=9 * HOUR)
    yield _hard("shift_count", period="month", shifts=("夜班",), at_most=8)
    yield _hard("shift_count", by_hour, period="horizon", shifts=("夜班",), at_most=0)
    yield _hard("shift_count", office, period="horizon", shifts=("早班", "中班", "晚班", "夜班"), at_most=0)
    yield _hard("shift_count", Scope(skills=new), period="horizon", shifts=("夜班",), at_most=0)
    yield _hard("sequence", sequences=(("夜班", "休", "早班"),))
    yield _hard("senior", skills=("组长", "老员工", "值班经理"), shifts=("早班", "白班", "中班", "晚班", "夜班"))
    yield _hard("apart", Scope(skills=new))
    yield _hard("meals", at_most=eating)
    yield _hard("posts", at_most=1)


def _wanted(apart: Scope, together: Scope) -> Iterator[Stated]:
    """What costs in its tier."""
    full = Scope(contracts=FULL)
    yield _soft(1, 1, "cover_minimum")
    yield from (_soft(2, 1, name) for name in ("cover_target", "cover_maximum", "unasked"))
    yield _soft(2, 5, "meeting")
    yield _soft(2, 2, "mentor", overlap="same")
    yield _soft(3, 2, "wishes")
    yield _soft(3, 2, "apart", apart)
    yield _soft(3, 1, "run", full, at_least=2, at_most=5)
    yield _soft(3, 1, "run_off", full, at_least=2, at_most=4)
    yield _soft(3, 1, "hours", full, period="month", at_least=120 * HOUR, at_most=176 * HOUR)
    yield _soft(3, 1, "weekends", full, period="month", at_most=3)
    yield _soft(4, 1, "rest", hours=12 * HOUR)
    yield _soft(4, 2, "same_shift", by="shift")
    yield _soft(4, 1, "whole_weekends", full)
    yield _soft(4, 1, "together", together)
    yield from (_soft(4, weight, "fair", full, **what) for weight, what in FAIR)


def _watched() -> Iterator[Stated]:
    """What is only told."""
    for name in ("law_hours", "law_overtime", "law_holiday"):
        yield Stated(_rule(name), Strength.WATCH)
