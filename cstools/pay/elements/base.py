"""Base pay."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from cstools.days import span
from cstools.language import Text, mark
from cstools.money import in_parts, show
from cstools.pay.case import Case
from cstools.pay.element import UNDECIDED, Element, parameter
from cstools.pay.pricing import Part
from cstools.pay.run import Period, Run
from cstools.pay.slip import Given, Notice, Why
from cstools.pay.wages import Wage, is_paid, plain, wage, wage_days
from cstools.tables import kinds

if TYPE_CHECKING:
    from cstools.pay.inputs import Inputs
    from cstools.pay.people import Employee

PAID = "paid"
MISSED = "missed"
WAYS = {
    PAID: (mark("paid days"), "正算", "按计薪天数"), MISSED: (mark("missed days"), "反算", "按缺勤天数"),
}  # fmt: skip


@dataclass(frozen=True)
class Base(Element):
    """A month's base pay; in a part month by paid days ÷ 21.75, never more than the month (the law is silent).

    Where it changes within a month (probation's end, a new level), each amount has its part of the month's paid days.
    """

    label: ClassVar[str] = mark("base pay")
    sentence: ClassVar[str] = mark("Base pay of the month by sheet 底薪[[; a part month by {part_month}]].")
    always: ClassVar[bool] = True

    part_month: Any = parameter(
        mark("part month"), kinds.choice(WAYS), UNDECIDED, (PAID, MISSED),
        question=Text("a part month is its paid days × month ÷ 21.75 (正算), or the month less the days missed (反算)"),
    )  # fmt: skip

    def undecided(self, inputs: "Inputs") -> Iterator[tuple[str, Text]]:
        """How a part month counts, where somebody has one."""
        if any(part_month(inputs, employee) for employee in inputs.employees.values()):
            yield from super().undecided(inputs)

    def lines(self, case: Case) -> Iterator[Given]:
        """One line, its parts one for each amount that held."""
        month = Month.of(case)
        found: dict[tuple[Decimal, bool], list[tuple[date, Wage]]] = {}
        for day in month.mine:
            if held := wage(case.inputs, case.employee, day):
                found.setdefault((held.month, held.probation), []).append((day, held))
        parts = [self._part(month, [day for day, _ in days], days[0][1], case) for days in found.values()]
        if parts:
            amounts = in_parts(part.product for part in parts)
            whys = tuple(Why(part.text, amount, part.source, part.whys)
                         for part, amount in zip(parts, amounts, strict=True))  # fmt: skip
            total = sum(amounts, Decimal(0))
            yield self.line(total, Why(Text("base pay of {month}", month=f"{case.run.month:%Y-%m}"), total, parts=whys))
        if not parts and month.mine and (case.inputs.bases or case.inputs.level_bases):
            yield Notice(Text("sheet 底薪 has no base pay for {name}", name=case.employee.name), grave=True,
                         source=str(case.employee.source or ""))  # fmt: skip
        if parts and (bare := [day for day in month.mine if not wage(case.inputs, case.employee, day)]):
            text = Text("there is no base pay on {days}", days=tuple(bare))
            yield Notice(text, grave=True)

    def _part(self, month: "Month", days: list[date], held: Wage, case: Case) -> Part:
        """What one amount makes on its days."""
        amount, count, divisor = held.month, Decimal(len(days)), wage_days(case.inputs, case.run.work.last)
        said = {"amount": show(amount), "days": len(days), "all": month.all, "divisor": plain(divisor)}
        whys = tuple(self._whys(month, days, held, case))
        if month.missed == 0 and len(days) == month.all:
            return Part(Text("{amount} a month", **said), amount, count, amount, held.source, whys)
        if month.missed == 0:
            text = Text("{amount} a month × {days} of its {all} paid days", **said)
            return Part(text, amount * count / month.all, count, amount, held.source, whys)
        if self.part_month == PAID:
            by = max(divisor, Decimal(month.employed))
            text = Text("{amount} a month × {days} paid days ÷ {by}", **said, by=plain(by))
            return Part(text, amount * count / by, count, amount, held.source, whys)
        share = max(Decimal(0), divisor - month.missed)
        text = Text("{amount} a month × ({divisor} − {missed} days missed) ÷ {divisor}[[ × {part} of {employed} days]]",
                    **said, missed=month.missed, part=len(days) if len(days) < month.employed else None,
                    employed=month.employed)  # fmt: skip
        return Part(text, amount * count * share / (divisor * month.employed), count, amount, held.source, whys)

    def _whys(self, month: "Month", days: list[date], held: Wage, case: Case) -> Iterator[Why]:
        """When it held, and why only then."""
        employee, source = case.employee, str(case.employee.source or "")
        if held.probation:
            yield Why(Text("on probation until {day}", day=employee.probation_until), source=source)
        if month.missed or len(days) < month.all:
            yield Why(Text("{days} paid days from {first} to {last}", days=len(days), first=days[0], last=days[-1]))
        if month.missed:
            yield Why(Text("employed[[ from {hired}]][[ until {left}]]", hired=employee.hired, left=employee.left),
                      source=source)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Month:
    """The paid days of a work month: how many there are, how many of them somebody is employed, which are asked."""

    all: int
    employed: int
    mine: tuple[date, ...]

    @classmethod
    def of(cls, case: Case) -> "Month":
        """The month of a case."""
        days, calendar = paid_days(case.run.work, case.inputs), case.inputs.calendar
        within = case.employee.employed(case.run.work)
        mine = tuple(day for day in case.days() if is_paid(calendar, day))
        return cls(len(days), sum(day in within for day in days), mine)

    @property
    def missed(self) -> int:
        """Paid days before somebody joined, or after."""
        return self.all - self.employed


def paid_days(work: Period, inputs: "Inputs") -> list[date]:
    """The days of a period that a month's pay is for."""
    return [day for day in span(work.first, work.last) if is_paid(inputs.calendar, day)]


def part_month(inputs: "Inputs", employee: "Employee") -> bool:
    """Whether somebody is paid for a part of the run's month; of any month, where nothing is run."""
    run: Run | None = inputs.run
    if run is None:
        return bool((employee.hired and employee.hired.day > 1) or employee.left)
    within = employee.employed(run.work)
    days = paid_days(run.work, inputs)
    return 0 < sum(day in within for day in days) < len(days)
