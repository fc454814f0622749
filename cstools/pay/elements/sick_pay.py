"""Sick pay."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from cstools.language import Text, mark
from cstools.money import ZERO, in_parts, percent, show
from cstools.pay.away import Away, away, capped, has_leave, lost
from cstools.pay.case import Case
from cstools.pay.element import UNDECIDED, Element, Span, parameter
from cstools.pay.pricing import Part, told
from cstools.pay.sheets.kinds import part
from cstools.pay.slip import Given, Notice, Why
from cstools.pay.wages import plain, wage_days
from cstools.tables import kinds

if TYPE_CHECKING:
    from cstools.pay.inputs import Inputs
    from cstools.pay.law import City


@dataclass(frozen=True)
class SickPay(Element):
    """Days of sick leave: base pay is taken off, and a part of it paid, never below 80 % of the minimum wage.

    The floor is the city's (劳部发〔1995〕309号 art. 59: 80 %), a month of it ÷ 21.75 a day. Never more than the wage.
    """

    label: ClassVar[str] = mark("sick pay")
    sentence: ClassVar[str] = mark(
        "A day of {leave} is paid[[ at {share} of the wage]], at least what the city’s minimum wage asks."
    )
    span: ClassVar[Span] = Span.ATTENDANCE
    for_absence: ClassVar[bool] = True

    share: Any = parameter(
        mark("part of the wage"), part, UNDECIDED, (Decimal("0.6"), Decimal(1), Decimal(0)),
        question=Text("which part of the wage is paid on sick leave, such as 60% (places differ)"),
    )  # fmt: skip
    leave: tuple[str, ...] = parameter(mark("kinds of leave"), kinds.words, ("病假",))

    def undecided(self, inputs: "Inputs") -> Iterator[tuple[str, Text]]:
        """The part, where somebody was ill."""
        if has_leave(inputs, self.leave):
            yield from super().undecided(inputs)

    def lines(self, case: Case) -> Iterator[Given]:
        """What is taken off, and what is paid instead."""
        days = capped(case, away(case, self.leave))
        if why := lost(case, days, case.total(item="base")):
            count = sum((day.part for day in days), ZERO)
            yield self.line(why.amount or ZERO, why, label=Text("sick leave"), quantity=count)
            paid = self._paid(case, days, -(why.amount or ZERO))
            if paid.amount:
                yield self.line(paid.amount, paid, quantity=count)
            for city in sorted({city for day in days if not _city(case, day) for city in [_called(case, day)]}):
                text = Text("sick pay: no minimum wage is known for “{city}”", city=city)
                yield Notice(text, grave=True)

    def _paid(self, case: Case, days: list[Away], most: Decimal) -> Why:
        """What is paid for the days, by wage and floor; never more than was taken off."""
        groups: dict[tuple[Decimal, Decimal], list[Away]] = {}
        for day in days:
            city = _city(case, day)
            floor = city.minimum * city.sick if city else Decimal(0)
            groups.setdefault((day.wage.month, floor), []).append(day)
        parts = [self._part(case, month, floor, mine) for (month, floor), mine in groups.items()]
        amounts = in_parts(part.product for part in parts)
        whys, total = list(told(parts)), sum(amounts, ZERO)
        if total > most:
            whys.append(Why(Text("no more than the wage of these days: {most}", most=show(most)), most - total))
            total = most
        return Why(Text("sick pay"), total, parts=tuple(whys))

    def _part(self, case: Case, month: Decimal, floor: Decimal, mine: list[Away]) -> Part:
        """Days of one wage under one floor."""
        count, divisor = sum((day.part for day in mine), Decimal(0)), wage_days(case.inputs, mine[-1].day)
        held, city = min(month, max(month * self.share, floor)), _city(case, mine[-1])
        text = Text("{days} days × {month} ÷ {divisor}: {share} of {wage}[[, at least {sick} of {minimum}]]",
                    days=plain(count), month=show(held), divisor=plain(divisor), share=percent(self.share),
                    wage=show(month), sick=percent(city.sick) if city else None,
                    minimum=show(city.minimum) if city else None)  # fmt: skip
        whys = (Why(Text("minimum wage of {city}", city=_called(case, mine[-1])), source=city.source),) if city else ()
        return Part(text, held * count / divisor, count, held / divisor, mine[-1].wage.source, whys)


def _called(case: Case, day: Away) -> str:
    return case.employee.on(day.day).city


def _city(case: Case, day: Away) -> "City | None":
    return case.inputs.law.city(_called(case, day), day.day)
