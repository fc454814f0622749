"""Who is in it, where an element looks at several people at once: a pool, a ranking, the best of an exam."""

from collections.abc import Iterator

from cstools.pay.case import Case
from cstools.pay.element import Stated
from cstools.pay.inputs import Inputs
from cstools.pay.run import Run


def cases(case: Case) -> list[Case]:
    """The same question for everybody for whom the element, as stated, holds on some day of its period, by number."""
    return [one for one in _all(case.run, case.inputs, case.stated) if any(True for _ in one.days())]


def of_stated(inputs: Inputs, kind: type) -> Iterator[tuple[Stated, list[Case]]]:
    """Each stated element of a kind, and everybody for whom it holds; nothing where nothing is run."""
    for stated in inputs.stated if inputs.run else ():
        if isinstance(stated.element, kind) and inputs.run:
            yield stated, [one for one in _all(inputs.run, inputs, stated) if any(True for _ in one.days())]


def _all(run: Run, inputs: Inputs, stated: Stated) -> list[Case]:
    """A leaver who has had last wages is in nothing any more, unless these are the wages."""
    return [Case(run, employee, inputs, stated) for number, employee in sorted(inputs.employees.items())
            if number not in inputs.settled or number in run.only]  # fmt: skip
