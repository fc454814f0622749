"""Decimal money: the one rounding, the one split.

Amounts are yuan as ``Decimal``, made from strings; every line of a slip is rounded to the fen, half up, and rates and
unit prices stay as they are until they are multiplied.
"""

from collections.abc import Hashable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, TypeVar

ZERO: Final = Decimal("0.00")
FEN: Final = Decimal("0.01")
YUAN: Final = Decimal(1)
K = TypeVar("K", bound=Hashable)


def fen(amount: Decimal) -> Decimal:
    """An amount to the fen, half up (a negative one by its absolute value)."""
    return amount.quantize(FEN, ROUND_HALF_UP) + ZERO  # never −0.00


def to_unit(amount: Decimal, unit: Decimal) -> Decimal:
    """An amount to a unit such as 0.01 or 1 yuan, half up, shown with two places."""
    return fen((amount / unit).quantize(YUAN, ROUND_HALF_UP) * unit)


def split(total: Decimal, shares: Mapping[K, Decimal]) -> dict[K, Decimal]:
    """A total in fen among shares, by the largest remainder; the parts add up to the total.

    Ties go to the key that stands first, so give the shares in a fixed order (by employee number). A negative total is
    split by its absolute value. Raises ValueError where nobody has a share.
    """
    whole = sum(shares.values(), Decimal(0))
    if not whole > 0 or any(share < 0 for share in shares.values()):
        raise ValueError(shares)
    sign = -1 if total < 0 else 1
    in_fen = int(abs(fen(total)) / FEN)
    parts = {key: divmod(in_fen * share, whole) for key, share in shares.items()}
    left = in_fen - sum(int(part) for part, _ in parts.values())
    lucky = sorted(parts, key=lambda key: -parts[key][1])[:left]  # sorted keeps the order of ties
    return {key: sign * (int(part) + (key in lucky)) * FEN + ZERO for key, (part, _) in parts.items()}


def in_parts(amounts: Iterable[Decimal]) -> list[Decimal]:
    """Amounts in fen that add up to their sum, which is rounded once: each differs from its own by less than two."""
    found: list[Decimal] = []
    whole, told = Decimal(0), ZERO
    for amount in amounts:
        whole += amount
        found.append(fen(whole) - told)
        told = fen(whole)
    return found


def show(amount: Decimal) -> str:
    """An amount as people read it: 1,234.50."""
    return f"{amount:,.2f}"


def percent(rate: Decimal) -> str:
    """A rate as people read it: 0.08 is 8%, 0.002 is 0.2%."""
    return f"{(rate * 100).normalize():f}%"
