"""What the shop's files say: sales and refunds of some days, whose they are, and what is doubtful about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple

from cstools.errors import Source
from cstools.language import Text, mark


class State(StrEnum):
    """Whose an order is."""

    ATTRIBUTED = "attributed"
    UNATTRIBUTED = "unattributed"
    AMBIGUOUS = "ambiguous"
    SILENT = "silent"
    EXCLUDED = "excluded"


STATES: Final[Mapping[State, str]] = {
    State.ATTRIBUTED: mark("attributed"),
    State.UNATTRIBUTED: mark("unattributed"),
    State.AMBIGUOUS: mark("ambiguous"),
    State.SILENT: mark("silent order"),
    State.EXCLUDED: mark("no sale"),
}


class Facts(NamedTuple):
    """What many orders have in common.

    ``agents`` are all numbers found in the note, in its order; ``credited`` who gets the order: nobody, one, or those
    who share it. ``merchant`` is the merchant's class as the file has it (签约), ``missing`` how many of the fields of
    a valid order are empty. ``reason`` tells why an order isn't attributed.
    """

    state: State
    agents: tuple[str, ...] = ()
    credited: tuple[str, ...] = ()
    merchant: str = ""
    recommended: bool = False
    missing: int = 0
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Sale:
    """An order that counts on a day of the period; ``paid`` is in yuan, exact."""

    number: str
    day: date
    paid: Decimal
    facts: Facts
    source: Source

    @property
    def state(self) -> State:
        """Whose it is."""
        return self.facts.state

    @property
    def agent(self) -> str:
        """The one who gets it; empty where nobody does, or several share it."""
        return self.facts.credited[0] if len(self.facts.credited) == 1 else ""


@dataclass(frozen=True, slots=True)
class Refund:
    """Money given back, taking effect on ``day``: when it was finished, but never before its order counted.

    ``amount`` is positive, in yuan, together never more than the order's; ``sale`` is the order, whenever it counted,
    None where no file has it. ``whole`` tells that with this refund nothing of the order is left.
    """

    number: str
    order: str
    day: date
    amount: Decimal
    sale: Sale | None
    whole: bool
    source: Source


@dataclass(frozen=True, slots=True)
class ReportTotal:
    """What a report says of an agent, a number or an account as it stands there; amounts in yuan."""

    agent: str
    paid: Decimal
    refunded: Decimal
    orders: int
    source: Source


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two places that say different things of one order; ``wrong`` says which was taken."""

    number: str
    wrong: Text
    sources: tuple[Source, ...]


class Group(NamedTuple):
    """Sales that any scheme prices alike: of one day, and with the same facts."""

    day: date
    facts: Facts


class Total(NamedTuple):
    """How many orders, and what was paid for them, in yuan."""

    orders: int
    paid: Decimal


@dataclass(frozen=True, slots=True)
class AgentTotal:
    """An agent's sales and refunds of the period, in yuan, shares of shared orders included.

    ``orders`` are those of the agent alone, ``shared`` those with others.
    """

    orders: int = 0
    shared: int = 0
    paid: Decimal = Decimal(0)
    refunded: Decimal = Decimal(0)
