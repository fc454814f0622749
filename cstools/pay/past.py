"""What earlier runs left for later ones: each stored slip's facts, by person."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cstools.money import ZERO


@dataclass(frozen=True, slots=True)
class PastSlip:
    """An earlier slip: its run, its months and its facts (see each element's own), and what was earned and paid."""

    run: str
    month: date
    tax_month: date
    facts: Mapping[str, Decimal]
    gross: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True)
class Past:
    """One person's earlier slips, oldest first: of runs of earlier work months, and earlier runs of the same month."""

    slips: tuple[PastSlip, ...] = ()

    def last(self, key: str) -> Decimal:
        """The latest value of a fact; 0 where there is none."""
        return next((slip.facts[key] for slip in reversed(self.slips) if key in slip.facts), ZERO)

    def since(self, month: date, key: str) -> list[tuple[date, Decimal]]:
        """Work month and value of a fact, for every slip of that month or later that has it."""
        return [(slip.month, slip.facts[key]) for slip in self.slips if slip.month >= month and key in slip.facts]

    def year(self, year: int, key: str) -> Decimal:
        """The sum of a fact over the slips whose tax month lies in a year: the cumulatives of 累计预扣法."""
        return _sum(slip.facts.get(key) for slip in self.slips if slip.tax_month.year == year)

    def in_tax_month(self, tax_month: date, key: str) -> Decimal:
        """The sum of a fact over the earlier slips of the same tax month."""
        return _sum(slip.facts.get(key) for slip in self.slips if slip.tax_month == tax_month)

    def __iter__(self) -> Iterator[PastSlip]:
        return iter(self.slips)


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), ZERO)
