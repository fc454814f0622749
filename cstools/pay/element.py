"""What a pay element is: one file, typed parameters, a sentence; it gives a person's lines in a run, each with its why.

A file in ``cstools/pay/elements`` holds one subclass of Element. That it exists is its registration.
"""

import enum
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Final

from cstools.errors import Source
from cstools.language import Text
from cstools.money import fen
from cstools.pay.slip import Given, Group, Line, Slip, Why
from cstools.tables.kinds import Kind

if TYPE_CHECKING:
    from cstools.pay.case import Case
    from cstools.pay.inputs import Inputs
    from cstools.pay.people import Employee


class Stage(enum.IntEnum):
    """In which order elements are asked; a later one sees the lines of those before it."""

    EARN = 1  # base, commission, allowances, overtime, prizes, and what is not earned
    TOP_UP = 2  # what fills up to a guarantee, from the lines before
    INSURE = 3
    SETTLE = 4  # arrears and recoveries, which know what insurance takes
    TAX = 5
    TAKE = 6  # damages and fines, after tax
    CLOSE = 7  # never a negative net; the minimum wage


class Span(enum.Enum):
    """Which of a run's periods an element speaks of."""

    WORK = "work"
    ATTENDANCE = "attendance"
    COMMISSION = "commission"


class Undecided:
    """The value of a parameter that has no default because the source documents leave it open."""

    def __repr__(self) -> str:
        return "UNDECIDED"


UNDECIDED: Final = Undecided()


def parameter(
    label: str, kind: Kind, default: Any, samples: tuple[Any, ...] = (), *, question: Text | None = None
) -> Any:
    """An element's typed parameter: its name for users (an English key), how it is read, and values for the tests.

    With UNDECIDED as its default a run is refused until the desk chooses; ``question`` says between what.
    """
    about = {"label": label, "kind": kind, "samples": samples or (default,), "question": question}
    return field(default=default, metadata=about)


@dataclass(frozen=True)
class Element(ABC):
    """A pay element. Subclasses are frozen dataclasses whose fields are ``parameter(...)``.

    ``label`` is its name in sheet 薪资项目 and ``sentence`` its line in ``cstools pay elements``, both English keys;
    the sentence may use the parameters in braces. ``always`` elements hold in a desk that does not state them.
    tests/test_elements.py holds every element to its contract: amounts to the fen, a why on every line whose parts add
    up, the same lines for the same case, nothing for somebody it does not cover.
    """

    label: ClassVar[str]
    sentence: ClassVar[str]
    stage: ClassVar[Stage] = Stage.EARN
    span: ClassVar[Span] = Span.WORK
    always: ClassVar[bool] = False
    for_all: ClassVar[bool] = False  # whether it can't be left out for somebody, because an identity rests on it
    in_bonus: ClassVar[bool] = False  # whether it is asked in a run that pays a bonus by itself
    by_results: ClassVar[bool] = False  # whether it pays for results, which events may leave unearned
    for_absence: ClassVar[bool] = False  # whether it takes off pay for days away, which no minimum wage is for

    @abstractmethod
    def lines(self, case: "Case") -> Iterator[Given]:
        """A person's lines, facts for later runs, and notices."""

    def undecided(self, inputs: "Inputs") -> Iterator[tuple[str, Text]]:  # noqa: ARG002 - some look
        """Parameters (by name) that this desk must choose before a run, and the question each asks."""
        for name, about in self.parameters().items():
            if getattr(self, name) is UNDECIDED:
                yield name, about["question"]

    def prices(self) -> frozenset[str]:
        """The kinds of events that it turns into money by itself: its parameter ``events``, where it has one."""
        return frozenset(getattr(self, "events", ()))

    def broken(self, inputs: "Inputs", slips: Iterable[Slip]) -> Iterator[str]:  # noqa: ARG002 - most have none
        """Identities over all slips of a whole run that do not hold (the parts of a pool): a bug, in English."""
        yield from ()

    def line(self, amount: Decimal, why: Why, group: Group = Group.EARNED, label: Text | None = None,
             **more: Any) -> Line:  # fmt: skip
        """A line of its own, rounded to the fen, called as the element is where no label is given."""
        return Line(self.name(), group, label or Text(self.label), fen(amount), why, **more)

    @classmethod
    def name(cls) -> str:
        """The element's key: the name of its file."""
        return cls.__module__.rpartition(".")[2]

    @classmethod
    def parameters(cls) -> Mapping[str, Mapping[str, Any]]:
        """Parameters by name: their label, kind, default, samples and question."""
        return {item.name: {**item.metadata, "default": item.default} for item in fields(cls)}


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom a stated element holds for: whatever is empty does not narrow."""

    people: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    positions: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()

    def covers(self, employee: "Employee", day: date) -> bool:
        """Whether it holds for somebody on a day."""
        terms = employee.on(day)
        return (
            (not self.people or employee.number in self.people)
            and (not self.departments or terms.department in self.departments)
            and (not self.positions or terms.position in self.positions)
            and (not self.levels or terms.level in self.levels)
            and (not self.cities or terms.city in self.cities)
        )


EVERYBODY: Final = Scope()


@dataclass(frozen=True, slots=True)
class Stated:
    """An element as a desk states it: with which parameters, for whom, from when to when, and where it stands.

    ``words`` are its parameters as the desk wrote them.
    """

    element: Element
    scope: Scope = EVERYBODY
    first: date | None = None
    last: date | None = None
    source: Source | None = None
    words: str = ""
