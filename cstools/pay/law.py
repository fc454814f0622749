"""Dated data of law and cities: tax tables, insurance and fund, minimum wages. No figure of law stands in code.

The packaged tables lie in ``templates/law``; a desk's own rows for the same city, scheme and day win.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from cstools.dated import Dated
from cstools.language import mark

SCHEMES: Final[Mapping[str, str]] = {
    "pension": mark("pension insurance"), "medical": mark("medical insurance"),
    "unemployment": mark("unemployment insurance"), "injury": mark("work injury insurance"),
    "maternity": mark("maternity insurance"), "fund": mark("housing fund"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bracket:
    """A row of a tax table: up to ``most`` yuan (None: no end) a ``rate`` and a quick deduction."""

    most: Decimal | None
    rate: Decimal
    quick: Decimal


@dataclass(frozen=True, slots=True)
class TaxTable:
    """A tax table's rows, the lowest first; none where the law has no such tax any more."""

    brackets: tuple[Bracket, ...] = ()
    source: str = ""

    def __bool__(self) -> bool:
        return bool(self.brackets)

    def bracket(self, amount: Decimal) -> Bracket:
        """The row for an amount; a row holds its own upper end."""
        return next(row for row in self.brackets if row.most is None or amount <= row.most)

    def tax(self, amount: Decimal) -> Decimal:
        """The tax on an amount, not rounded; nothing on nothing and on less."""
        row = self.bracket(amount)
        return max(Decimal(0), amount * row.rate - row.quick)


@dataclass(frozen=True, slots=True)
class Share:
    """A rate, or the span within which a desk or an employee has one of its own (a housing fund of 5–7 %).

    ``fixed`` is what some cities take besides, in yuan a month (medical insurance: 2 % and 3 yuan).
    """

    least: Decimal
    most: Decimal
    fixed: Decimal = Decimal(0)

    @classmethod
    def of(cls, rate: Decimal, fixed: Decimal = Decimal(0)) -> "Share":
        """A rate without a choice."""
        return cls(rate, rate, fixed)

    @property
    def rate(self) -> Decimal | None:
        """The rate; None where one is to be chosen."""
        return self.least if self.least == self.most else None

    def __contains__(self, rate: Decimal) -> bool:
        return self.least <= rate <= self.most


NO_SHARE: Final = Share.of(Decimal(0))


@dataclass(frozen=True, slots=True)
class Scheme:
    """One insurance or fund of a city: base floor and ceiling, own and employer's rate, rounding unit of each share.

    ``floor`` and ``ceiling`` are None where the tables don't know them: the desk must enter them.
    """

    floor: Decimal | None
    ceiling: Decimal | None
    own: Share = NO_SHARE
    employer: Share = NO_SHARE
    unit: Decimal = Decimal("0.01")
    source: str = ""

    @property
    def known(self) -> bool:
        """Whether floor and ceiling are known."""
        return self.floor is not None and self.ceiling is not None

    def clamp(self, base: Decimal) -> Decimal:
        """A base within floor and ceiling, as far as they are known."""
        base = base if self.floor is None else max(base, self.floor)
        return base if self.ceiling is None else min(base, self.ceiling)


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


@dataclass(frozen=True, slots=True)
class Figure:
    """A single figure of law, and where it stands."""

    value: Decimal
    source: str = ""


@dataclass(frozen=True)
class Law:
    """``wages`` and ``bonus`` are tax tables by date; ``schemes`` by city and scheme; ``cities`` by city.

    ``numbers`` are single dated figures of law by the keys of ``cstools.pay.sheets.law.NUMBERS``: basic_deduction
    (5,000 a month), sixty_thousand, wage_days (21.75), day_hours, damages_share (0.2) and so on.
    """

    wages: Dated[TaxTable] = field(default=Dated(()))
    bonus: Dated[TaxTable] = field(default=Dated(()))
    schemes: Mapping[str, Mapping[str, Dated[Scheme]]] = field(default_factory=dict)
    cities: Mapping[str, Dated[City]] = field(default_factory=dict)
    numbers: Mapping[str, Dated[Figure]] = field(default_factory=dict)

    def figure(self, key: str, day: date) -> Figure:
        """A figure of law on a day. Raises KeyError where the tables have none: a mistake of ours."""
        found = self.numbers[key].on(day)
        if found is None:
            raise KeyError(key, day)
        return found

    def number(self, key: str, day: date) -> Decimal:
        """The same without its source."""
        return self.figure(key, day).value

    def city(self, name: str, day: date) -> City | None:
        """A city's rules on a day; None where the tables don't know them."""
        found = self.cities.get(name)
        return found.on(day) if found else None

    def scheme(self, city: str, name: str, day: date) -> Scheme | None:
        """A city's insurance or fund on a day; None where the tables don't know it."""
        found = self.schemes.get(city, {}).get(name)
        return found.on(day) if found else None
