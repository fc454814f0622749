"""Pay that is not earned, by the desk's standards."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from cstools.language import Text, mark
from cstools.money import ZERO, show
from cstools.pay.case import Case
from cstools.pay.claims import by_results
from cstools.pay.element import Stage, parameter
from cstools.pay.hit import Hit
from cstools.pay.penalties import Priced
from cstools.pay.slip import Given, Group, Notice, Why
from cstools.tables import kinds

RESULTS, ALL = "results", "all"
REACHES = {RESULTS: (mark("pay for results"), "绩效", "提成奖金"), ALL: (mark("all pay"), "全部")}


@dataclass(frozen=True)
class Reductions(Priced):
    """Commission and other pay for results that events leave unearned: less pay, before tax, not a fine.

    Base pay is no pay for results (003-087: 基本工资不参与考核), so no more is left unearned than results have earned.
    """

    label: ClassVar[str] = mark("not earned")
    sentence: ClassVar[str] = mark(
        "Each event that sheet 奖惩标准 calls pay not earned takes what it says from {reach}, no more than there is."
    )
    stage: ClassVar[Stage] = Stage.TOP_UP
    natures: ClassVar[frozenset[str]] = frozenset({"unearned"})

    reach: str = parameter(mark("taken from"), kinds.choice(REACHES), RESULTS, (RESULTS, ALL))

    def lines(self, case: Case) -> Iterator[Given]:
        """A negative line for each kind of event, as far as there is pay to leave unearned."""
        hits = self.hits(case)
        left = max(ZERO, self._earned(case))
        for kind in dict.fromkeys(hit.event.kind for hit in hits):
            mine = [hit for hit in hits if hit.event.kind == kind and hit.value]
            taken = min(left, sum((hit.value for hit in mine), ZERO))
            left -= taken
            if mine:
                yield from self._line(kind, mine, taken)
        yield from self.told(hits)

    def _line(self, kind: str, hits: list[Hit], taken: Decimal) -> Iterator[Given]:
        asked = sum((hit.value for hit in hits), ZERO)
        parts = [hit.why() for hit in hits]
        if asked > taken:
            text = Text("not taken: no more pay for results was earned")
            parts.append(Why(text, asked - taken))
            about = {"kind": kind, "rest": show(asked - taken)}
            yield Notice(Text("{rest} of {kind} is not taken, there is no pay for results left", **about))
        why = Why(Text("{kind}: {count} times", kind=kind, count=len(hits)), -taken, parts=tuple(parts))
        yield self.line(-taken, why, label=Text("not earned: {kind}", kind=kind))

    def _earned(self, case: Case) -> Decimal:
        """The pay that may be left unearned."""
        return case.total(Group.EARNED) if self.reach == ALL else by_results(case)
