"""The month's exam."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar

from cstools.days import month_of
from cstools.language import Text, mark
from cstools.money import ZERO, fen, split
from cstools.pay import members
from cstools.pay.case import Case
from cstools.pay.claims import FINE, NATURES, UNEARNED, held
from cstools.pay.element import UNDECIDED, Element, Stage, parameter
from cstools.pay.elements.ranking_prize import ALL, NUMBER, SHARE, TIES
from cstools.pay.events import Event
from cstools.pay.slip import Fact, Given, Notice, Why
from cstools.pay.wages import plain
from cstools.tables import kinds

REPLACES, ADDS = "replaces", "adds"
SECOND = {REPLACES: (mark("instead of the month’s own"), "替代"), ADDS: (mark("on top of the month’s own"), "另加")}
FAILED = "exam.failed"


@dataclass(frozen=True)
class Exam(Element):
    """Below 70 of 100 costs 50 yuan, in two months running 80; the best, above 90, gets 50 (003-094).

    Whether the 80 replace the second month's 50 or come on top of them is open in the source, and so is a tie.
    """

    label: ClassVar[str] = mark("exam")
    sentence: ClassVar[str] = mark(
        "Events of {events}: below {pass_mark} costs {fail} yuan, two months running {second}[[ {two_months}]]; "
        "the best above {top_mark} gets {prize}[[; of those who are equal {tie}]]."
    )
    stage: ClassVar[Stage] = Stage.TOP_UP  # after the commission that it may leave unearned
    by_results: ClassVar[bool] = True

    events: tuple[str, ...] = parameter(mark("events"), kinds.words, ("考试",))
    pass_mark: Decimal = parameter(mark("pass mark"), kinds.number, Decimal(70), (Decimal(70), Decimal(60)))
    fail: Decimal = parameter(mark("for failing"), kinds.number.between(0), Decimal(50))
    second: Decimal = parameter(mark("for two months running"), kinds.number.between(0), Decimal(80))
    two_months: Any = parameter(
        mark("two months running"), kinds.choice(SECOND), UNDECIDED, (REPLACES, ADDS),
        question=Text("two months running: the 80 replace the month’s own 50, or come on top of them (50 + 80)"),
    )  # fmt: skip
    top_mark: Decimal = parameter(mark("top mark"), kinds.number, Decimal(90), (Decimal(90), Decimal(80)))
    prize: Decimal = parameter(mark("for the best"), kinds.number.between(0), Decimal(50))
    tie: Any = parameter(
        mark("tie"), kinds.choice(TIES), UNDECIDED, (SHARE, ALL, NUMBER),
        question=Text("who gets the prize where several are equal: they share it, each gets it, or the lower number"),
    )  # fmt: skip
    nature: str = parameter(
        mark("nature"), kinds.choice({key: NATURES[key] for key in (UNEARNED, FINE)}), FINE, (FINE, UNEARNED)
    )

    def lines(self, case: Case) -> Iterator[Given]:
        """What failing costs and winning brings; whether the month was failed, for the next one."""
        sat = [event for event in case.events(*self.events) if event.quantity is not None]
        for event in case.events(*self.events):
            if event.quantity is None:
                text = Text("{kind} on {day} has no mark", kind=event.kind, day=event.day)
                yield Notice(text, grave=True, source=event.source)
        failed = [event for event in sat if (event.quantity or 0) < self.pass_mark]
        if sat:
            yield Fact(FAILED, Decimal(bool(failed)))
        if failed:
            yield from held(self, case, self.nature, self._failing(case, failed))
        if prize := members.together(case, self.winners).get(case.number):
            best = max(sat, key=lambda event: event.quantity or ZERO)
            parts = (Why(_marked(best), source=best.source),)
            why = Why(Text("the best mark, above {mark}", mark=plain(self.top_mark)), prize, parts=parts)
            yield self.line(prize, why, label=Text("exam prize"))

    def _failing(self, case: Case, failed: list[Event]) -> Why:
        """What failed exams of a month cost."""
        parts = [Why(_marked(event), -fen(self.fail), event.source) for event in failed]
        before = month_of(case.run.month - timedelta(days=1))[0]
        if any(month == before and value for month, value in case.past.since(before, FAILED)):
            if self.two_months == REPLACES:
                parts[-1] = Why(parts[-1].text, None, parts[-1].source)
            text = Text("failed in {month} too", month=f"{before:%Y-%m}")
            parts.append(Why(text, -fen(self.second)))
        total = sum((part.amount or ZERO for part in parts), ZERO)
        return Why(Text("below {mark}", mark=plain(self.pass_mark)), total, parts=tuple(parts))

    def winners(self, team: Sequence[Case]) -> dict[str, Decimal]:
        """Who has the best mark of all, where it is high enough, and what each gets."""
        marks: dict[str, Decimal] = {}
        for case in team:
            for event in case.events(*self.events):
                if event.quantity is not None:
                    marks[case.number] = max(event.quantity, marks.get(case.number, event.quantity))
        best = max(marks.values(), default=self.top_mark)
        equal = [number for number, mark in marks.items() if mark == best > self.top_mark]
        if not equal or self.tie == ALL:
            return dict.fromkeys(equal, fen(self.prize))
        return split(self.prize, dict.fromkeys(equal if self.tie == SHARE else equal[:1], Decimal(1)))


def _marked(event: Event) -> Text:
    return Text("{kind} on {day}: {mark} points", kind=event.kind, day=event.day, mark=plain(event.quantity or ZERO))
