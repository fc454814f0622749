"""Hours worked by the rate that law pays for them, each entry with its day, its reason and its source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from cstools.errors import Source
from cstools.language import Text

Rate: TypeAlias = Literal[0, 100, 150, 200, 300]


@dataclass(frozen=True, slots=True)
class Worked:
    """Minutes of one person at one rate in per cent; 0: worked but not paid as such, and ``why`` says why not.

    ``day`` is None for what is only known as a total of the period, or of a cycle of working hours. ``doubtful`` is
    overtime that somebody stated and that doesn't count, for want of an approval (003-037) or of its kind of day.
    """

    person: str
    day: date | None
    rate: Rate
    minutes: int
    why: Text
    source: Source | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Warned:
    """A limit of the law that somebody's hours break; it changes no pay."""

    person: str
    day: date | None
    what: Text


@dataclass(frozen=True)
class Hours:
    """The entries of a period by person and day."""

    first: date
    last: date
    entries: Mapping[str, tuple[Worked, ...]] = field(default_factory=dict)
    warnings: tuple[Warned, ...] = ()

    def of(self, person: str, rate: Rate | None = None) -> tuple[Worked, ...]:
        """A person's entries in order; of one rate, if one is given."""
        return tuple(entry for entry in self.entries.get(person, ()) if rate is None or entry.rate == rate)

    def minutes(self, person: str, rate: Rate) -> int:
        """A person's minutes at a rate."""
        return sum(entry.minutes for entry in self.of(person, rate))
