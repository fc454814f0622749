"""Sheets 需求 and 活动日历 day by day: which row holds, and what campaigns add."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from cstools.language import Text
from cstools.roster.inputs import Demand
from cstools.roster.sheets.dayset import CAMPAIGN
from cstools.roster.sheets.needs import Campaign, Need, Needs
from cstools.team.reading import Reading


def expand(reading: Reading, needs: Needs, days: Iterable[date]) -> tuple[Demand, ...]:
    """The demands of each day: of rows that count the same the most specific one, raised by campaigns.

    Two rows as specific as each other that differ are a fault, told once. Raises UnknownYear where a row speaks of
    holidays and a day lies in a year that nobody has told us of.
    """
    told: set[tuple[int, int]] = set()
    found: list[Demand] = []
    for day in days:
        chosen = list(_chosen(reading, needs.rows, day, told))
        shifts = reading.team.shifts.on(day)
        for need, rank in chosen:
            codes = tuple(code for code in need.demand.shifts if code in shifts)
            if codes or not need.demand.shifts:
                found.append(_raised(replace(need.demand, day=day, shifts=codes), need, rank, needs.campaigns))
    return tuple(found)


def _chosen(
    reading: Reading, rows: Sequence[Need], day: date, told: set[tuple[int, int]]
) -> Iterator[tuple[Need, int]]:
    """The rows that hold on a day, in the sheet's order, and how specific their words for it are."""
    best: dict[object, tuple[tuple[int, int], Need]] = {}
    for need in rows:
        weight = need.days.weight(day)
        if weight is None:
            continue
        other = best.get(need.key)
        if other and other[0] == weight and _differ(need, other[1]):
            _tell_tie(reading, need, other[1], day, told)
        if other is None or other[0] < weight:
            best[need.key] = (weight, need)
    kept = {id(need): weight[0] for weight, need in best.values()}
    return ((need, kept[id(need)]) for need in rows if id(need) in kept)


def _differ(one: Need, other: Need) -> bool:
    return any(getattr(one.demand, key) != getattr(other.demand, key) for key in ("minimum", "target", "maximum"))


def _tell_tie(reading: Reading, need: Need, other: Need, day: date, told: set[tuple[int, int]]) -> None:
    pair = (other.record.row.number, need.record.row.number)
    if pair not in told:
        told.add(pair)
        wrong = Text(
            "{cell} says something else for {day} and is as specific", cell=other.record.source("days").cell, day=day
        )
        reading.faults.append(need.record.fault("days", wrong, Text("days that don't overlap, or one of the two rows")))


def _raised(demand: Demand, need: Need, rank: int, campaigns: Iterable[Campaign]) -> Demand:
    """A demand with what campaigns add; a row that names a campaign or a date says it all itself."""
    if rank >= CAMPAIGN or not need.general:
        return demand
    more = sum(campaign.more for campaign in campaigns if demand.day in campaign.days and campaign.raises(demand))
    return replace(
        demand, minimum=demand.minimum + more if demand.minimum or demand.target is None else 0,
        target=None if demand.target is None else demand.target + more,
        maximum=None if demand.maximum is None else demand.maximum + more,
    )  # fmt: skip
