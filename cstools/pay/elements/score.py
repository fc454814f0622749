"""The monthly score."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Final

from cstools.language import Text, mark
from cstools.money import ZERO
from cstools.pay.case import Case
from cstools.pay.element import UNDECIDED, parameter
from cstools.pay.hit import at
from cstools.pay.penalties import POINTS, Priced
from cstools.pay.slip import Fact, Given, Notice, Why
from cstools.tables import kinds

if TYPE_CHECKING:
    from cstools.pay.inputs import Inputs

SCORE: Final = "score"  # a fact: the month's score


@dataclass(frozen=True)
class Score(Priced):
    """Ten points a month, less what events cost (001-020); low scores are told, never acted on.

    At or below a limit includes the limit. The source's own limit for three months running (001-022) is 58 on a scale
    of ten, which can't be meant: the desk must say which.
    """

    label: ClassVar[str] = mark("score")
    sentence: ClassVar[str] = mark(
        "A month begins with {start} points; a warning is told at {warning} or less, a punishment at {punishment} or "
        "less[[, a severe one after {months} months at {severe} or less]]."
    )
    natures: ClassVar[frozenset[str]] = frozenset({"points"})
    measure: ClassVar[str] = POINTS

    start: Decimal = parameter(mark("points at the start"), kinds.number.between(1), Decimal(10))
    warning: Decimal = parameter(mark("warning at"), kinds.number.between(0), Decimal(5))
    punishment: Decimal = parameter(mark("punishment at"), kinds.number.between(0), Decimal(2))
    months: int = parameter(mark("months running"), kinds.whole.between(1, 12), 3)
    severe: Any = parameter(
        mark("severe at"), kinds.number.between(0), UNDECIDED, (Decimal(5), Decimal(8)),
        question=Text(
            "at which score, for months running, somebody is punished severely: the source says 58, on a scale of ten"
        ),
    )  # fmt: skip

    def undecided(self, inputs: "Inputs") -> Iterator[tuple[str, Text]]:
        """Nothing where no standard has points."""
        if self.rows(inputs):
            yield from super().undecided(inputs)

    def lines(self, case: Case) -> Iterator[Given]:
        """No line: the score as a fact, and what follows from it as notices."""
        if not case.holds or not case.period or not self.rows(case.inputs):
            return
        hits = [hit for hit in self.hits(case) if hit.value or hit.row.nature == "points"]
        lost = sum((hit.value for hit in hits), ZERO)
        score = self.start - lost
        parts = tuple(hit.why(money=False) for hit in hits)
        text = Text("{start} points less {lost}", start=_plain(self.start), lost=_plain(lost))
        yield Fact(SCORE, score, Why(text, parts=parts))
        if hits:
            events = tuple(Text("{kind} at {at} −{points}", kind=hit.event.kind, at=at(hit.event),
                                points=_plain(hit.value)) for hit in hits)  # fmt: skip
            told = Text("{score} of {start} points: {events}", score=_plain(score), start=_plain(self.start),
                        events=events)  # fmt: skip
            yield Notice(told, source="、".join(dict.fromkeys(hit.event.source for hit in hits if hit.event.source)))
        yield from self.told([hit for hit in hits if hit.row.nature == "points"])
        yield from self._follows(case, score, lost)

    def _follows(self, case: Case, score: Decimal, lost: Decimal) -> Iterator[Notice]:
        """The warning or the punishment, and the severe one after months running."""
        about = {"score": _plain(score), "lost": _plain(lost)}
        if score <= self.punishment:
            yield Notice(Text("{score} points: punishment is due (only told)", **about), grave=True)
        elif score <= self.warning:
            yield Notice(Text("{score} points: a spoken warning is due (only told)", **about), grave=True)
        if self.severe is not UNDECIDED and score <= self.severe and self._running(case):
            text = Text(
                "{severe} points or less, {months} months running: severe punishment is due (only told)",
                **about,
                severe=_plain(self.severe),
                months=self.months,
            )
            yield Notice(text, grave=True)

    def _running(self, case: Case) -> bool:
        """Whether the months before were as low."""
        scores = {slip.month: slip.facts[SCORE] for slip in case.past if SCORE in slip.facts}
        month, before = case.run.month, []
        for _ in range(self.months - 1):
            month = (month - timedelta(days=1)).replace(day=1)
            before.append(scores.get(month))
        return all(score is not None and score <= self.severe for score in before)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
