"""What a roster rule is: one file, typed parameters, a sentence; it tells the solver, and it reads a finished roster.

A file in ``cstools/roster/rules`` holds one subclass of Rule. That it exists is its registration.
"""

import enum
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from cstools.errors import Source
from cstools.language import Text
from cstools.roster.scope import EVERYBODY, Scope

if TYPE_CHECKING:
    from cstools.roster.parameters import Kind
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster


class Strength(enum.Enum):
    """HARD must hold; SOFT costs, in a tier; WATCH is only told (the labour law, unless a desk makes it hard)."""

    HARD = "hard"
    SOFT = "soft"
    WATCH = "watch"


class View(enum.Enum):
    """What a breach hangs on, so that a change of one cell is judged without reading the whole roster.

    CELL: one person, each day in scope judged by itself (with the days around it); PERSON: one person, the days in
    scope together (a quota); DAY: everybody, each day by itself (with the night before); ALL: everything.
    """

    CELL = "cell"
    PERSON = "person"
    DAY = "day"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule is broken: numbers of people, days, codes of shifts; any may be empty."""

    people: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    shifts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule broken at a place, in words, ``amount`` times; ``stated`` is filled in by the audit."""

    place: Place
    text: Text
    amount: int = 1
    source: Source | None = None
    stated: "Stated | None" = None

    @property
    def cost(self) -> tuple[int, int] | None:
        """(tier, cost) of a soft rule's breach; None where the rule is hard or only watched."""
        if self.stated is None or self.stated.strength is not Strength.SOFT:
            return None
        return self.stated.tier, self.amount * self.stated.weight


def parameter(label: str, kind: "Kind[Any]", default: Any, samples: tuple[Any, ...] = (), *, eases: int = 0) -> Any:
    """A rule's typed parameter: its name for users (an English key), how its text is read, and values for the tests.

    ``eases`` is the step by which a number is changed so that the rule asks for less; 0: it is never proposed.
    """
    about = {"label": label, "kind": kind, "samples": samples or (default,), "eases": eases}
    return field(default=default, metadata=about)


@dataclass(frozen=True)
class Rule(ABC):
    """A roster rule. Subclasses are frozen dataclasses whose fields are ``parameter(...)``.

    ``label`` is its name in sheet 规则 and ``sentence`` its line in ``cstools roster rules``, both English keys; the
    sentence may use the parameters in braces. ``default`` is the strength it has in a desk that does not state it
    (None: not active then), ``tier`` the tier it has where a soft rule names none.

    build and check say the same thing twice: for any roster, with the rule hard, the model is feasible exactly when
    check finds nothing; with it soft, the model's cost is the sum of the breaches' amounts. tests/test_rules.py holds
    every rule to that.
    """

    label: ClassVar[str]
    sentence: ClassVar[str]
    default: ClassVar[Strength | None] = None
    tier: ClassVar[int] = 3
    view: ClassVar[View] = View.PERSON
    shortage: ClassVar[bool] = False  # a breach is a shortage: said so, and exit code 1, even where the rule is soft

    @abstractmethod
    def build(self, plan: "Plan", scope: Scope) -> None:
        """Tell the solver, through ``plan``'s at_most, at_least and forbid."""

    @abstractmethod
    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Read a finished roster; knows no solver."""

    @classmethod
    def name(cls) -> str:
        """The rule's key: the name of its file."""
        return cls.__module__.rpartition(".")[2]

    @classmethod
    def parameters(cls) -> Mapping[str, Mapping[str, Any]]:
        """Parameters by name: their label, kind, default and samples."""
        return {item.name: {**item.metadata, "default": item.default} for item in fields(cls)}

    def says(self) -> Text:
        """The sentence with this rule's parameters; what is not asked for is None there, so that it can be left out."""
        shown: dict[str, object] = {}
        for name, about in self.parameters().items():
            value = getattr(self, name)
            asked = value not in {None, (), False} or (value == 0 and about["default"] != 0)
            shown[name] = ("" if value is True else about["kind"].show(value)) if asked else None
        return Text(self.sentence, **shown)


@dataclass(frozen=True)
class Stated:
    """A rule as a desk states it: how strong, in which tier, with what weight, for whom and when."""

    rule: Rule
    strength: Strength = Strength.HARD
    tier: int = 0
    weight: int = 1
    scope: Scope = EVERYBODY
    source: Source | None = None
