"""Theirs against ours: the tax client's 税款计算, and the bills of insurance and fund; differences and causes."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from cstools.language import Text
from cstools.money import show


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs for one person: theirs and ours in yuan, and what is likely to be behind it."""

    person: str
    name: str
    what: Text
    theirs: Decimal | None
    ours: Decimal | None
    cause: Text


def told(differences: Iterable[Difference]) -> list[tuple[object, ...]]:
    """Rows for a table: number, name, what, theirs, ours, the likely cause."""
    return [(one.person, one.name, one.what, _shown(one.theirs), _shown(one.ours), one.cause) for one in differences]


def _shown(amount: Decimal | None) -> str:
    return "–" if amount is None else show(amount)
