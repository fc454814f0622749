"""A slip: one person's lines in one run, each with its amount and its reason, told in any language for ever."""

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from cstools.language import Text, mark
from cstools.money import ZERO


class Group(enum.Enum):
    """Which part of a slip a line belongs to. Net is all of them but EMPLOYER.

    EARNED is taxable pay, what is not earned being negative in it; BONUS is a year-end bonus taxed apart; TAX_FREE is
    paid and not taxed (severance, expenses). Negative are INSURANCE, the worker's own share, TAX, what is withheld, and
    TAKEN, damages and fines; KEPT is what could not be taken and is carried forward (positive).
    """

    EARNED = "earned"
    BONUS = "bonus"
    TAX_FREE = "tax_free"
    INSURANCE = "insurance"
    TAX = "tax"
    TAKEN = "taken"
    KEPT = "kept"
    EMPLOYER = "employer"


GROUPS = {
    Group.EARNED: mark("earned"), Group.BONUS: mark("bonus taxed apart"), Group.TAX_FREE: mark("tax-free"),
    Group.INSURANCE: mark("own insurance and fund"), Group.TAX: mark("income tax"), Group.TAKEN: mark("deductions"),
    Group.KEPT: mark("carried forward"), Group.EMPLOYER: mark("employer's share"),
}  # fmt: skip
GROSS = (Group.EARNED, Group.BONUS, Group.TAX_FREE)
NET = tuple(group for group in Group if group is not Group.EMPLOYER)


@dataclass(frozen=True, slots=True)
class Why:
    """A reason, and the reasons below it: down to each order, event and setting.

    ``amount`` is what this part gives, where it is money; ``source`` is the cell, line or record it stands in.
    """

    text: Text
    amount: Decimal | None = None
    source: str = ""
    parts: tuple["Why", ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``amount`` in yuan to the fen; ``quantity`` × ``rate`` where it is made so.

    ``item`` is the element's name, and ``label`` what the slip calls it. ``comparable`` is False for what a minimum
    wage is compared without: overtime pay, shift and hardship allowances (最低工资规定 art. 12).
    """

    item: str
    group: Group
    label: Text
    amount: Decimal
    why: Why
    quantity: Decimal | None = None
    rate: Decimal | None = None
    comparable: bool = True


@dataclass(frozen=True, slots=True)
class Fact:
    """A number that later runs or elements need: ``key`` such as tax.income, carry.net, score.

    ``why`` is told where the number itself is what somebody asks about, and no line holds it.
    """

    key: str
    value: Decimal
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What somebody must look at: law, minimum wage, a third complaint. ``grave`` ones stand first."""

    text: Text
    grave: bool = False
    source: str = ""


Given = Line | Fact | Notice  # what an element gives


@dataclass(frozen=True, slots=True)
class Slip:
    """A person's pay in one run. ``about`` is the department, position, bank account and so on, as they were then."""

    person: str
    name: str
    run: str
    lines: tuple[Line, ...] = ()
    facts: Mapping[str, Decimal] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)

    def total(self, *groups: Group, item: str = "") -> Decimal:
        """The sum of the lines of some groups (of one element, where named)."""
        return total(self.lines, *groups, item=item)

    @property
    def gross(self) -> Decimal:
        """What was earned before insurance, tax and deductions."""
        return self.total(*GROSS)

    @property
    def net(self) -> Decimal:
        """What is paid."""
        return self.total(*NET)


def total(lines: Iterable[Line], *groups: Group, item: str = "") -> Decimal:
    """The sum of lines, of some groups and one element where they are named."""
    asked = (line for line in lines if (not groups or line.group in groups) and (not item or line.item == item))
    return sum((line.amount for line in asked), ZERO)


def leaves(why: Why) -> Iterator[Why]:
    """The reasons that have none below them."""
    if not why.parts:
        yield why
    for part in why.parts:
        yield from leaves(part)
