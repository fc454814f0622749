"""What a roster breaks, in the order in which a team lead wants to know it."""

from collections.abc import Iterable
from dataclasses import dataclass

from cstools.language import Text
from cstools.roster.rule import Breach, Strength

SHORTAGE, BROKEN, LAW, COST = "shortage", "broken", "law", "cost"


@dataclass(frozen=True, slots=True)
class Section:
    """Breaches of one sort, ``kind`` being one of the words above; ``tier`` and ``cost`` are those of soft rules."""

    kind: str
    title: Text
    breaches: tuple[Breach, ...]
    tier: int | None = None
    cost: int = 0


def kind_of(breach: Breach) -> str:
    """Which section a breach belongs to."""
    if breach.stated is None:
        return BROKEN
    if breach.stated.rule.shortage:
        return SHORTAGE
    return {Strength.HARD: BROKEN, Strength.WATCH: LAW, Strength.SOFT: COST}[breach.stated.strength]


def sections(breaches: Iterable[Breach]) -> list[Section]:
    """Shortages, broken hard rules, notes on the law (these three also where empty), then costs tier by tier."""
    by_kind: dict[str, list[Breach]] = {SHORTAGE: [], BROKEN: [], LAW: [], COST: []}
    for breach in breaches:
        by_kind[kind_of(breach)].append(breach)
    found = [
        Section(SHORTAGE, Text("Shortages"), tuple(by_kind[SHORTAGE])),
        Section(BROKEN, Text("Broken rules"), tuple(by_kind[BROKEN])),
        Section(LAW, Text("Labour law"), tuple(by_kind[LAW])),
    ]
    tiers = sorted({breach.cost[0] for breach in by_kind[COST] if breach.cost})
    for tier in tiers:
        costly = tuple(breach for breach in by_kind[COST] if breach.cost and breach.cost[0] == tier)
        cost = sum(breach.cost[1] for breach in costly if breach.cost)
        found.append(Section(COST, Text("Costs of tier {tier}", tier=tier), costly, tier, cost))
    return found if tiers else [*found, Section(COST, Text("Costs"), ())]
