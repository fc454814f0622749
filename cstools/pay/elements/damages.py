"""Damages taken from wages, within article 16."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Final

from cstools.language import Text, mark
from cstools.money import ZERO, fen, percent, show, split
from cstools.pay.case import Case
from cstools.pay.element import UNDECIDED, Stage, parameter
from cstools.pay.events import Event
from cstools.pay.hit import Hit
from cstools.pay.on_duty import on_duty
from cstools.pay.penalties import Priced
from cstools.pay.room import Room
from cstools.pay.slip import Fact, Given, Group, Notice, Why
from cstools.tables import kinds

if TYPE_CHECKING:
    from cstools.pay.inputs import Inputs

CARRY: Final = "carry.damages"  # a fact: what could not be taken yet
TAKEN: Final = "taken.damages"  # a fact, of each run
CLAIM: Final = "claim.damages."  # facts of other elements: what they claim as damages
SPLIT, EACH = "split", "each"
SEVERAL: Final = {SPLIT: (mark("split equally"), "平摊", "均摊"), EACH: (mark("each the whole"), "各自全额")}


@dataclass(frozen=True)
class Damages(Priced):
    """Damages that an employee caused, a part of each month's wages (工资支付暂行规定 art. 16).

    allowed = max(0, min(claim, 20 % × wage, wage − minimum wage)) over the runs of one tax month; the rest is carried
    forward. The wage is compared with the minimum as the city compares it.
    """

    label: ClassVar[str] = mark("damages")
    sentence: ClassVar[str] = mark(
        "Damages (events of {events}, and standards of that nature) are taken within article 16, the rest carried "
        "forward[[; where several people are liable, {several}]]."
    )
    stage: ClassVar[Stage] = Stage.TAKE
    natures: ClassVar[frozenset[str]] = frozenset({"damages"})

    events: tuple[str, ...] = parameter(mark("events"), kinds.words, ("赔偿",))
    several: Any = parameter(
        mark("several people"), kinds.choice(SEVERAL), UNDECIDED, (SPLIT, EACH),
        question=Text("damages that several people are liable for are split equally (平摊), or each bears the whole"),
    )  # fmt: skip

    def undecided(self, inputs: "Inputs") -> Iterator[tuple[str, Text]]:
        """How several people bear one event, where there is one."""
        kinds = {*self.events, *(row.kind for row in self.rows(inputs) if not row.amount)}
        asked = any(event.kind in kinds and len(_liable(event, inputs)) > 1 for event in inputs.events)
        yield from (one for one in super().undecided(inputs) if one[0] != "several" or asked)

    def lines(self, case: Case) -> Iterator[Given]:
        """One line, and what is carried forward."""
        if not case.holds:
            return
        hits = [self._shared(hit, case) for hit in self.hits(case)]
        claims = [*self._claims(case), *(hit.why() for hit in hits if hit.value)]
        total = -sum((claim.amount or ZERO for claim in claims), ZERO)
        yield from self.told(hits)
        if not claims:
            return
        room = Room.of(case)
        figure = case.inputs.law.figure("damages_share", case.run.work.last)
        most = fen(room.earned * figure.value) - case.past.in_tax_month(case.run.tax_month, TAKEN)
        taken = max(ZERO, min(total, most, room.left))
        share = Why(Text("{share} of the wage {wage}", share=percent(figure.value), wage=show(room.earned)),
                    source=figure.source)  # fmt: skip
        if taken < total:
            claims.append(Why(Text("carried forward: no more may be taken"), total - taken, figure.source,
                              (share, room.why())))  # fmt: skip
            yield Notice(
                Text("{rest} of damages {total} is carried forward", rest=show(total - taken), total=show(total)),
                source=figure.source,
            )
        yield self.line(-taken, Why(Text("damages within article 16"), -taken, parts=tuple(claims)), Group.TAKEN)
        yield Fact(TAKEN, taken)
        yield Fact(CARRY, total - taken)

    def _claims(self, case: Case) -> Iterator[Why]:
        """What is claimed: carried from before, this period's events, and what other elements claim."""
        if carried := case.past.last(CARRY):
            yield Why(Text("carried from before"), -carried)
        priced = {row.kind for row in self.rows(case.inputs)}  # claimed by their standard already
        for event in case.events(*(kind for kind in self.events if kind not in priced)):
            if event.amount:
                text = Text(
                    "{kind} on {day}[[: {reason}]]", kind=event.kind, day=event.day, reason=event.reason or None
                )
                yield Why(text, -self._share(event, case.number, _liable(event, case.inputs)), event.source)
        for fact in case.facts:
            if fact.key.startswith(CLAIM) and fact.value:
                yield fact.why or Why(Text("claimed"), -fact.value)

    def _shared(self, hit: Hit, case: Case) -> Hit:
        """A hit with one's own part of the event's amount, where the standard has none of its own for each."""
        liable = _liable(hit.event, case.inputs)
        if hit.row.amount or len(liable) < 2 or case.number not in liable:  # noqa: PLR2004 - alone, all of it
            return hit
        return replace(hit, value=self._share(hit.event, case.number, liable))

    def _share(self, event: Event, number: str, people: Sequence[str]) -> Decimal:
        amount = event.amount or ZERO
        if self.several == EACH:
            return fen(amount)
        return split(amount, dict.fromkeys(people, Decimal(1)))[number]


def _liable(event: Event, inputs: "Inputs") -> list[str]:
    """Whom an event falls on, by number: those it names, else (or besides) everybody on duty then."""
    both = any(row.on == "both" for row in inputs.standards if row.kind == event.kind)
    there = on_duty(inputs, event.at) if both or not event.people else {}
    return sorted({*event.people, *there})
