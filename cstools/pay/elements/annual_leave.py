"""Annual leave that a leaver has not taken."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Final

from cstools.days import span
from cstools.language import Text, mark
from cstools.money import ZERO, fen, show
from cstools.pay.away import away
from cstools.pay.case import Case
from cstools.pay.element import UNDECIDED, Element, parameter
from cstools.pay.elements.overtime import PAID
from cstools.pay.slip import Fact, Given, Notice, Why
from cstools.pay.wages import day_pay, plain, wage, wage_days
from cstools.tables import kinds

if TYPE_CHECKING:
    from cstools.pay.inputs import Inputs

MORE, WHOLE = "more", "whole"
PAYS = {
    MORE: (mark("what the wage has not paid yet"), "另付两倍", "200%"),
    WHOLE: (mark("all of it"), "另付三倍", "300%"),
}
BESIDE: Final = "leave.beside"  # a fact: days of such leave in attendance that the roster desk doesn't know
TAKEN: Final = "已休年假"
YEARS = (20, 10, 1)  # of all working life, for which the law has days (职工带薪年休假条例 art. 3)


@dataclass(frozen=True)
class AnnualLeave(Element):
    """A leaver's untaken days at 300 % of an average day of the twelve months before (年休假实施办法 art. 10–12).

    5, 10 or 15 days by all working life, by the year's days so far ÷ 365, whole days alone. The average holds
    commission but no overtime pay. The 300 % include the normal wage: a desk says whether that was paid already.
    """

    label: ClassVar[str] = mark("annual leave paid out")
    sentence: ClassVar[str] = mark(
        "Whoever leaves is paid the days of {leave} not taken, threefold by a twelve-month average[[: {pays}]]."
    )

    pays: Any = parameter(
        mark("pays"), kinds.choice(PAYS), UNDECIDED, (MORE, WHOLE),
        question=Text(
            "the threefold pay holds the normal wage (实施办法 art. 10): pay the two parts not paid yet, or all three"
        ),
    )  # fmt: skip
    leave: tuple[str, ...] = parameter(mark("kinds of leave"), kinds.words, ("年假",))
    events: tuple[str, ...] = parameter(mark("events"), kinds.words, (TAKEN,))

    def undecided(self, inputs: "Inputs") -> Iterator[tuple[str, Text]]:
        """What is paid, where somebody leaves."""
        run = inputs.run
        if any(one.left and (run is None or one.left in run.work) for one in inputs.employees.values()):
            yield from super().undecided(inputs)

    def lines(self, case: Case) -> Iterator[Given]:
        """One line in the month in which somebody leaves."""
        employee, left = case.employee, case.employee.left
        beside = self._beside(case)
        if beside:
            yield Fact(BESIDE, beside)
        if left is None or not case.covers(left):
            return
        if employee.working_since is None:
            text = Text("annual leave is not reckoned on leaving, because sheet 人员 has no first working day")
            yield Notice(text, grave=True)
            return
        entitled, taken = self._entitled(case, left), self._taken(case, left, beside)
        first = max(date(left.year, 1, 1), employee.hired or date.min)
        days = (left - first).days + 1
        untaken = int(max(Decimal(0), entitled * days / 365 - taken))
        average, average_why = self._average(case, left)
        if untaken and average:
            times = case.inputs.law.figure("leave_times", left)
            paid = times.value - 1 if self.pays == MORE else times.value
            amount = fen(average * untaken * paid / wage_days(case.inputs, left))
            day = average / wage_days(case.inputs, left)
            text = Text("{days} days × {day} × {times}", days=untaken, day=show(fen(day)), times=plain(paid))
            earned = Text("{entitled} days a year × {days} of 365 days − {taken} taken", entitled=plain(entitled),
                          days=days, taken=plain(taken))  # fmt: skip
            parts = (Why(earned, source=str(employee.source or "")), average_why, day_pay(case.inputs, average, left),
                     Why(Text("by law {times} times[[, of which the wage has paid {once}]]", times=plain(times.value),
                              once=1 if self.pays == MORE else None), source=times.source))  # fmt: skip
            yield self.line(amount, Why(text, amount, parts=parts), quantity=Decimal(untaken), comparable=False)

    def _entitled(self, case: Case, left: date) -> Decimal:
        """Days a year by all working life."""
        since = case.employee.working_since or left
        years = left.year - since.year - ((left.month, left.day) < (since.month, since.day))
        found = next((least for least in YEARS if years >= least), None)
        return case.inputs.law.number(f"leave_days_{found}", left) if found else Decimal(0)

    def _taken(self, case: Case, left: date, beside: Decimal) -> Decimal:
        """Days taken in the year: approved in the roster desk, or in attendance alone, or told by events."""
        start = date(left.year, 1, 1)
        told = sum((event.quantity or Decimal(0) for event in case.inputs.events if event.kind in self.events
                    and case.number in event.people and start <= event.day <= left), Decimal(0))  # fmt: skip
        earlier = sum((days for _, days in case.past.since(start, BESIDE)), Decimal(0))
        return sum(self._approved(case, start, left).values(), told + earlier + beside)

    def _approved(self, case: Case, first: date, last: date) -> dict[date, Decimal]:
        """Working days of such leave in the roster desk, and how much of each."""
        found: dict[date, Decimal] = {}
        for one in case.inputs.leave:
            if one.person == case.number and one.kind in self.leave and one.approved:
                for day in span(max(one.first, first), min(one.last, last)):
                    part = Decimal("0.5") if one.half else Decimal(1)
                    if case.inputs.calendar.is_workday(day):
                        found[day] = min(Decimal(1), found.get(day, Decimal(0)) + part)
        return found

    def _beside(self, case: Case) -> Decimal:
        """Days of such leave in the run's attendance on which the roster desk knows of none."""
        approved = self._approved(case, case.period.first, case.period.last) if case.period else {}
        days = [one for one in away(case, self.leave) if one.day not in approved]
        return sum((one.part for one in days), Decimal(0))

    def _average(self, case: Case, left: date) -> tuple[Decimal, Why]:
        """A month's pay on the average of the twelve months before; base pay where there are none."""
        start = date(left.year - 1, left.month, 1)
        months: dict[date, Decimal] = {}
        for slip in case.past:
            if start <= slip.month < case.run.month:
                pay = slip.gross - slip.facts.get(PAID, ZERO)
                months[slip.month] = months.get(slip.month, ZERO) + pay
        if months:
            parts = tuple(Why(Text("{month}: {amount} without overtime pay", month=f"{month:%Y-%m}",
                                   amount=show(amount))) for month, amount in sorted(months.items()))  # fmt: skip
            text = Text("average of {count} months", count=len(months))
            return sum(months.values(), ZERO) / len(months), Why(text, parts=parts)
        held = wage(case.inputs, case.employee, left)
        text = Text("no earlier month is kept: base pay of {amount}", amount=show(held.month if held else ZERO))
        return (held.month if held else ZERO), Why(text, source=held.source if held else "")
