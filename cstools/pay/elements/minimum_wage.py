"""The check against the minimum wage."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from cstools.days import span
from cstools.language import Text, mark
from cstools.money import ZERO, fen, show
from cstools.pay.case import Case
from cstools.pay.element import Element, Stage
from cstools.pay.room import COMPARABLE, EARNED, OWN, TAKEN, Room
from cstools.pay.slip import Fact, Given, Group, Notice


@dataclass(frozen=True)
class MinimumWage(Element):
    """Pay of a tax month's runs is compared with the city's minimum wage, and told if less (最低工资规定 art. 12).

    Overtime pay, shift and hardship allowances are left out; in some cities the worker's own insurance and fund too.
    In a part month the minimum is for the days employed, and so is what is compared of the own share. What was left
    out for leave is added: the minimum is for whoever worked as agreed.
    """

    label: ClassVar[str] = mark("minimum wage check")
    sentence: ClassVar[str] = mark("Pay of a tax month under the city’s minimum wage is told.")
    stage: ClassVar[Stage] = Stage.CLOSE
    always: ClassVar[bool] = True

    def lines(self, case: Case) -> Iterator[Given]:
        """No line: what the tax month's next run adds to, and a notice."""
        if not case.holds:
            return
        yield Fact(EARNED, case.total(Group.EARNED))
        yield Fact(COMPARABLE, sum((line.amount for line in case.lines
                                    if line.group is Group.EARNED and line.comparable), ZERO))  # fmt: skip
        yield Fact(OWN, -case.total(Group.INSURANCE))
        yield Fact(TAKEN, -case.total(Group.TAKEN))
        room = Room.of(case)
        if room.city is None:
            if case.terms.city:
                text = Text("the minimum wage of {city} is not known: enter it in sheet 城市规定", city=case.terms.city)
                yield Notice(text, grave=True, source=str(case.employee.source or ""))
            return
        part = self._part(case)
        minimum, own = fen(room.city.minimum * part), Decimal(0) if room.city.includes_own else fen(room.own * part)
        found = room.comparable - own - room.taken - self._away(case)
        if case.period and found < minimum:
            text = Text(
                "pay of {found} is under the minimum wage of {minimum} in {city}",
                found=show(found),
                minimum=show(minimum),
                city=case.terms.city,
            )
            yield Notice(text, grave=True, source=room.city.source)

    def _part(self, case: Case) -> Decimal:
        """The part of the month that somebody is employed, in paid days."""
        if case.period == case.whole:
            return Decimal(1)
        calendar = case.inputs.calendar
        days = sum(calendar.is_workday(day) or calendar.is_statutory(day)
                   for day in span(case.period.first, case.period.last))  # fmt: skip
        return min(Decimal(1), days / case.inputs.law.number("wage_days", case.run.work.last))

    def _away(self, case: Case) -> Decimal:
        """What was left out for days away (negative): those elements say so of themselves."""
        from cstools.pay.elements import all_elements

        away = {name for name, element in all_elements().items() if element.for_absence}
        lines = (line for line in case.lines if line.group is Group.EARNED and line.comparable)
        return sum((line.amount for line in lines if line.item in away and line.amount < 0), ZERO)
