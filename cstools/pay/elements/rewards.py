"""Rewards by the desk's standards."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from cstools.language import Text, mark
from cstools.money import ZERO
from cstools.pay.case import Case
from cstools.pay.penalties import Priced
from cstools.pay.slip import Given, Why


@dataclass(frozen=True)
class Rewards(Priced):
    """What events bring by sheet 奖惩标准 (001-014 to 001-016), a line a kind.

    A row without an amount takes the event's own.
    """

    label: ClassVar[str] = mark("rewards")
    sentence: ClassVar[str] = mark("Each event that is a reward in sheet 奖惩标准 brings what it says there.")
    natures: ClassVar[frozenset[str]] = frozenset({"reward"})
    by_results: ClassVar[bool] = True

    def lines(self, case: Case) -> Iterator[Given]:
        """A line for each kind of event."""
        hits = self.hits(case)
        for kind in dict.fromkeys(hit.event.kind for hit in hits):
            mine = [hit for hit in hits if hit.event.kind == kind and hit.value]
            total = sum((hit.value for hit in mine), ZERO)
            if total:
                parts = tuple(hit.why(sign=1) for hit in mine)
                why = Why(Text("{kind}: {count} times", kind=kind, count=len(mine)), total, parts=parts)
                yield self.line(total, why, label=Text("reward: {kind}", kind=kind))
        yield from self.told(hits)
