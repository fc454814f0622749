"""Never a negative net."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from cstools.language import Text, mark
from cstools.money import ZERO, show
from cstools.pay.case import Case
from cstools.pay.element import Element, Stage
from cstools.pay.slip import NET, Fact, Given, Group, Notice, Why

CARRY: Final = "carry.net"


@dataclass(frozen=True)
class NetFloor(Element):
    """What is more than the pay is carried forward, shown, and taken from later pay as far as that reaches."""

    label: ClassVar[str] = mark("carried forward")
    sentence: ClassVar[str] = mark(
        "Nobody is paid less than nothing: what is missing is carried forward and taken later."
    )
    stage: ClassVar[Stage] = Stage.CLOSE
    always: ClassVar[bool] = True
    for_all: ClassVar[bool] = True
    in_bonus: ClassVar[bool] = True

    def lines(self, case: Case) -> Iterator[Given]:
        """What is carried forward, or what is taken of it."""
        net, carried = case.total(*NET), case.past.last(CARRY)
        if net < 0:
            why = Why(Text("deductions are {missing} more than the pay", missing=show(-net)), -net)
            yield self.line(-net, why, Group.KEPT)
            yield Notice(Text("{missing} could not be taken and is carried forward", missing=show(-net)), grave=True)
        taken = min(max(net, ZERO), carried)
        if taken:
            parts = [Why(Text("carried from before"), -carried)]
            if taken < carried:
                parts.append(Why(Text("still carried forward"), carried - taken))
            why = Why(Text("taken of what was carried forward"), -taken, parts=tuple(parts))
            yield self.line(-taken, why, Group.KEPT)
        if carried or net < 0:
            yield Fact(CARRY, carried - taken + max(ZERO, -net))
