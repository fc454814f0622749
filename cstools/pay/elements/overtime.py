"""Overtime pay."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Final

from cstools.language import Text, mark
from cstools.money import ZERO, in_parts, show
from cstools.pay.case import Case
from cstools.pay.element import Element, Span, parameter
from cstools.pay.slip import Fact, Given, Notice, Why
from cstools.pay.wages import allowances, plain, wage
from cstools.tables import kinds

if TYPE_CHECKING:
    from cstools.hours import Worked

BASE, ALL = "base", "all"
OF = {BASE: (mark("base pay"), "底薪"), ALL: (mark("base pay and monthly allowances"), "底薪加月补贴")}
TIMES: Final[Mapping[int, str]] = {150: "overtime_workday", 200: "overtime_rest", 300: "overtime_holiday"}
LABELS: Final = {
    150: mark("overtime on workdays"), 200: mark("overtime on rest days"), 300: mark("overtime on statutory holidays"),
}  # fmt: skip
PAID: Final = "overtime.paid"  # what a later twelve-month average leaves out


@dataclass(frozen=True)
class Overtime(Element):
    """Hours of overtime at 150, 200 and 300 % (Labour Law art. 44); an hour is the month ÷ 21.75 ÷ 8.

    Nothing of it counts when pay is compared with a minimum wage (最低工资规定 art. 12).
    """

    label: ClassVar[str] = mark("overtime pay")
    sentence: ClassVar[str] = mark("Overtime at 150, 200 and 300 %; an hour is {of} ÷ 21.75 ÷ 8.")
    span: ClassVar[Span] = Span.ATTENDANCE

    of: str = parameter(mark("an hour is reckoned of"), kinds.choice(OF), BASE, (BASE, ALL))

    def lines(self, case: Case) -> Iterator[Given]:
        """A line for each rate; hours of different wages are parts of it."""
        paid = ZERO
        last = max(case.days(), default=None)
        for rate, key in TIMES.items():
            entries = [entry for entry in (case.inputs.hours.of(case.number) if case.inputs.hours else ())
                       if entry.rate == rate and entry.minutes and last
                       and (entry.day is None or case.covers(entry.day))]  # fmt: skip
            priced = [(entry, self._month(case, entry.day or last)) for entry in entries if last]
            if any(month is None for _, month in priced):
                yield Notice(Text("there is overtime but no base pay"), grave=True)
            known = [(entry, month) for entry, month in priced if month is not None]
            if known and last:
                why = self._why(case, key, known, last)
                paid += why.amount or ZERO
                minutes = sum(entry.minutes for entry, _ in known)
                yield self.line(why.amount or ZERO, why, label=Text(LABELS[rate]), quantity=_hours(minutes),
                                comparable=False)  # fmt: skip
        if paid:
            yield Fact(PAID, paid)
        yield from self._doubtful(case)

    def _doubtful(self, case: Case) -> Iterator[Notice]:
        """What was stated as overtime and isn't paid, for want of an approval before it began (003-037)."""
        for entry in case.inputs.hours.of(case.number, 0) if case.inputs.hours and case.holds else ():
            if entry.doubtful and (entry.day is None or case.covers(entry.day)):
                text = Text("overtime not paid: [[{day}: ]]{minutes} minutes, {why}", day=entry.day,
                            minutes=entry.minutes, why=entry.why)  # fmt: skip
                yield Notice(text, source=str(entry.source or ""))

    def _month(self, case: Case, day: date) -> Decimal | None:
        """The month's pay by which an hour of a day is reckoned."""
        held = wage(case.inputs, case.employee, day)
        if held is None or self.of == BASE:
            return held.month if held else None
        rows = allowances(case.inputs, case.employee, day).values()
        return held.month + sum((row.amount for row in rows if row.per == "month"), Decimal(0))

    def _why(self, case: Case, key: str, known: list[tuple["Worked", Decimal]], last: date) -> Why:
        """What the hours of one rate are worth, by the month's pay they are reckoned of."""
        law = case.inputs.law
        times, days, hours = law.figure(key, last), law.number("wage_days", last), law.number("day_hours", last)
        groups: dict[Decimal, list[Worked]] = {}
        for entry, month in known:
            groups.setdefault(month, []).append(entry)
        amounts = in_parts(
            month * sum(entry.minutes for entry in mine) * times.value / (days * hours * 60)
            for month, mine in groups.items()
        )
        parts = [
            Why(Text("{hours} h × {month} ÷ {days} ÷ {day_hours} × {times}",
                     hours=plain(_hours(sum(entry.minutes for entry in mine))), month=show(month), days=plain(days),
                     day_hours=plain(hours), times=plain(times.value)), amount, times.source,
                tuple(_entry(entry) for entry in mine))
            for amount, (month, mine) in zip(amounts, groups.items(), strict=True)
        ]  # fmt: skip
        total = sum(amounts, ZERO)
        return Why(Text("overtime × {times}", times=plain(times.value)), total, parts=tuple(parts))


def _hours(minutes: int) -> Decimal:
    """Minutes as hours, to the hundredth: to be shown, never to be reckoned with."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def _entry(entry: "Worked") -> Why:
    text = Text("[[{day}: ]]{minutes} minutes, {why}", day=entry.day, minutes=entry.minutes, why=entry.why)
    return Why(text, source=str(entry.source or ""))
