"""Fines, by what the city allows."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Final

from cstools.language import Text, mark
from cstools.money import ZERO, show
from cstools.pay.case import Case
from cstools.pay.element import Stage, parameter
from cstools.pay.penalties import Priced
from cstools.pay.room import Room
from cstools.pay.slip import Fact, Given, Group, Notice, Why
from cstools.tables import kinds

CARRY: Final = "carry.fines"
CLAIM: Final = "claim.fine."  # facts of other elements: what they would fine


@dataclass(frozen=True)
class Fines(Priced):
    """Fines by sheet 奖惩标准, as the city's rules have it: not taken, taken and told, or taken.

    Their legal base (企业职工奖惩条例) was repealed in 2008. They never take pay under the minimum wage.
    """

    label: ClassVar[str] = mark("fines")
    sentence: ClassVar[str] = mark("Fines by sheet 奖惩标准 as the city allows them, never under the minimum wage.")
    stage: ClassVar[Stage] = Stage.TAKE
    natures: ClassVar[frozenset[str]] = frozenset({"fine"})

    carried: bool = parameter(mark("carried forward"), kinds.yes_no, False, (False, True))

    def lines(self, case: Case) -> Iterator[Given]:
        """One line, or why nothing is taken."""
        if not case.holds:
            return
        hits = self.hits(case)
        yield from self.told(hits)
        parts = [*self._claims(case), *(hit.why() for hit in hits if hit.value)]
        total = -sum((part.amount or ZERO for part in parts), ZERO)
        if not parts:
            return
        room, city = Room.of(case), case.terms.city or "–"
        about = {"city": city, "total": show(total)}
        source = room.city.source if room.city else ""
        if room.city and room.city.fines == "forbid":
            text = Text("fines of {total} are not taken: {city} forbids them", **about)
            yield Notice(text, grave=True, source=source)
            yield from (Notice(Text("not taken: {what}", what=part.text), source=part.source) for part in parts)
            return
        taken = min(total, room.left)
        if taken < total:
            parts.append(Why(Text("not taken: pay would fall under the minimum wage"), total - taken, source,
                             (room.why(),)))  # fmt: skip
            text = Text("of fines of {total} only {taken} is taken, for the minimum wage in {city}", **about,
                        taken=show(taken))  # fmt: skip
            yield Notice(text, grave=True, source=source)
        if taken and (room.city is None or room.city.fines == "warn"):
            text = Text("{taken} is taken as fines; their legal base was repealed in 2008, check that {city} "
                        "and your own rules allow them", **about, taken=show(taken))  # fmt: skip
            yield Notice(text, source=source)
        yield self.line(-taken, Why(Text("fines"), -taken, parts=tuple(parts)), Group.TAKEN)
        if self.carried:
            yield Fact(CARRY, total - taken)

    def _claims(self, case: Case) -> Iterator[Why]:
        """What was carried from before, and what other elements would fine."""
        carried = case.past.last(CARRY) if self.carried else Decimal(0)
        if carried:
            yield Why(Text("carried from before"), -carried)
        for fact in case.facts:
            if fact.key.startswith(CLAIM) and fact.value:
                yield fact.why or Why(Text("claimed"), -fact.value)
