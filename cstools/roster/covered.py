"""How well the needs of sheet 需求 are met, need by need and day by day, in numbers that fit a cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cstools.days import show_time
from cstools.errors import Source
from cstools.language import Text
from cstools.roster import cover
from cstools.roster.inputs import Demand
from cstools.roster.roster import Roster


@dataclass(frozen=True, slots=True)
class Covered:
    """What a day has of what it needs; in a window, at its worst moment."""

    demand: Demand
    have: int
    most: int

    @property
    def need(self) -> int:
        """The target where there is one, else the minimum."""
        return self.demand.minimum if self.demand.target is None else self.demand.target

    @property
    def short(self) -> int:
        """People missing from the minimum."""
        return max(0, self.demand.minimum - self.have)

    @property
    def below(self) -> int:
        """People missing from the target, or from the minimum where there is no target."""
        return max(0, self.need - self.have)

    @property
    def surplus(self) -> int:
        """People above the maximum."""
        return 0 if self.demand.maximum is None else max(0, self.most - self.demand.maximum)

    @property
    def words(self) -> str:
        """4/4, and below it how many are missing or too many."""
        lines = [f"{self.have}/{self.need}"]
        if self.short:
            lines.append(str(Text("{count} short", count=self.short)))
        if self.surplus:
            lines.append(str(Text("{count} over", count=self.surplus)))
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Need:
    """One kind of need over the roster's days: a shift, a skill, a post, a window of the day."""

    label: str
    by_day: Mapping[date, Covered]

    def at(self, day: date, source: Source | None) -> Covered | None:
        """The day's cover, where it answers a demand that came from ``source``."""
        found = self.by_day.get(day)
        return found if found and source is not None and found.demand.source == source else None


def needs(roster: Roster) -> list[Need]:
    """Every kind of need, in the sheet's order; of two of a kind on one day the one that is worse off.

    Needs for a post are left out where the roster doesn't tell posts.
    """
    found: dict[str, dict[date, Covered]] = {}
    for demand in roster.problem.demands:
        if demand.day not in roster.problem.horizon or (demand.post and not roster.detailed):
            continue
        counts = cover.counts(roster, demand) or [0]
        covered = Covered(demand, min(counts), max(counts))
        by_day = found.setdefault(label(demand), {})
        other = by_day.get(demand.day)
        if other is None or (covered.short, covered.below, covered.surplus) > (other.short, other.below, other.surplus):
            by_day[demand.day] = covered
    return [Need(name, by_day) for name, by_day in found.items()]


def label(demand: Demand) -> str:
    """A need in a few words: 晚 售后 主旺旺 12:00–13:00."""
    window = f"{show_time(demand.window[0])}–{show_time(demand.window[1])}" if demand.window else ""
    words = ("/".join(demand.shifts), demand.skill, demand.post, window)
    return " ".join(word for word in words if word) or str(Text("on duty"))
