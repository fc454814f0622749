"""Shared things that a leaver still has."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from cstools.language import Text, mark
from cstools.pay.case import Case
from cstools.pay.element import Element, Stage
from cstools.pay.slip import Given, Notice


@dataclass(frozen=True)
class Things(Element):
    """What the roster desk's handover book says somebody has who leaves; told, and never taken off the pay.

    What isn't given back may be damages (工资支付暂行规定 art. 16): enter it as an event with what it cost.
    """

    label: ClassVar[str] = mark("shared things")
    sentence: ClassVar[str] = mark(
        "Whoever leaves is told with the shared things that the handover book says they have."
    )
    stage: ClassVar[Stage] = Stage.CLOSE
    always: ClassVar[bool] = True

    def lines(self, case: Case) -> Iterator[Given]:
        """A notice for each thing, in the run of the month in which somebody leaves."""
        left = case.employee.left
        if left is None or left not in case.run.work or not case.holds:
            return
        for thing in case.inputs.things.get(case.number, ()):
            text = Text("not given back: {thing}[[, {missing} missing]][[ ({note})]]", thing=thing.name,
                        missing=thing.missing or None, note=thing.note or None)  # fmt: skip
            yield Notice(text, grave=True, source=thing.source)
