"""Dated data of law and cities: tax tables, insurance and fund, minimum wages. No figure of law stands in code.

The packaged tables lie in ``templates/law``; a desk's own rows for the same city, scheme and day win.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from cstools.dated import Dated


@dataclass(frozen=True, slots=True)
class Bracket:
    """A row of a tax table: up to ``most`` yuan (None: no end) a ``rate`` and a quick deduction."""

    most: Decimal | None
    rate: Decimal
    quick: Decimal


@dataclass(frozen=True, slots=True)
class Scheme:
    """One insurance or fund of a city: base floor and ceiling, own and employer's rate, rounding unit of each share.

    ``own`` or ``employer`` is None where the desk must choose within a span (a housing fund of 5–7 %).
    """

    floor: Decimal
    ceiling: Decimal
    own: Decimal | None
    employer: Decimal | None
    unit: Decimal = Decimal("0.01")
    source: str = ""

    def clamp(self, base: Decimal) -> Decimal:
        """A base within floor and ceiling."""
        return min(max(base, self.floor), self.ceiling)


@dataclass(frozen=True, slots=True)
class City:
    """A city's rules besides insurance: minimum wage a month, whether it includes the worker's own contributions.

    ``fines`` is forbid, warn or allow; ``sick`` the least part of the minimum wage that sick pay is (0.8).
    """

    minimum: Decimal
    includes_own: bool
    fines: str = "warn"
    sick: Decimal = Decimal("0.8")
    source: str = ""


@dataclass(frozen=True)
class Law:
    """``wages`` and ``bonus`` are tax tables by date; ``schemes`` by city and scheme; ``basic`` is 5,000 a month.

    ``numbers`` are single dated figures of law by key: basic_deduction, sixty_thousand, wage_days (21.75), day_hours,
    damages_share (0.2), bonus_apart_until and so on.
    """

    wages: Dated[tuple[Bracket, ...]] = field(default=Dated(()))
    bonus: Dated[tuple[Bracket, ...]] = field(default=Dated(()))
    schemes: Mapping[str, Mapping[str, Dated[Scheme]]] = field(default_factory=dict)
    cities: Mapping[str, Dated[City]] = field(default_factory=dict)
    numbers: Mapping[str, Dated[Decimal]] = field(default_factory=dict)

    def number(self, key: str, day: date) -> Decimal:
        """A figure of law on a day. Raises KeyError where the tables have none: a mistake of ours."""
        found = self.numbers[key].on(day)
        if found is None:
            raise KeyError(key, day)
        return found
