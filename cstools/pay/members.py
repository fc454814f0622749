"""Who is in it, where an element looks at several people at once: a pool, a ranking, the best of an exam."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from cstools.pay.case import Case
from cstools.pay.element import Element, Stated
from cstools.pay.inputs import Inputs
from cstools.pay.run import Run

T = TypeVar("T")
E = TypeVar("E", bound=Element)


def cases(run: Run, inputs: Inputs, stated: Stated) -> list[Case]:
    """The same question for everybody for whom an element, as stated, holds on some day of its period, by number.

    A leaver who has had last wages is in nothing any more, unless these are the wages.
    """
    found = (Case(run, employee, inputs, stated) for number, employee in sorted(inputs.employees.items())
             if number not in inputs.settled or number in run.only)  # fmt: skip
    return [one for one in found if any(True for _ in one.days())]


def together(case: Case, make: Callable[[Sequence[Case]], T]) -> T:
    """What is one for all for whom an element, as stated, holds: made once a run, out of everybody's case."""
    return _once(case.run, case.inputs, case.stated, make)


def each_stated(inputs: Inputs, kind: type[E], make: Callable[[E, Sequence[Case]], T]) -> Iterator[T]:
    """The same for every stated element of a kind; nothing where nothing is run."""
    for stated in inputs.stated:
        element = stated.element
        if isinstance(element, kind) and inputs.run:
            yield _once(inputs.run, inputs, stated, lambda team, element=element: make(element, team))  # type: ignore[misc] # the default only binds it


def _once(run: Run, inputs: Inputs, stated: Stated, make: Callable[[Sequence[Case]], T]) -> T:
    key = f"{stated.element.name()} {inputs.stated.index(stated)}"
    return inputs.once(key, lambda: make(cases(run, inputs, stated)))
