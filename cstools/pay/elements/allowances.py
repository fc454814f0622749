"""Allowances."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from cstools.days import span
from cstools.language import Text, mark
from cstools.money import ZERO, in_parts, show
from cstools.pay.case import Case
from cstools.pay.element import Element, Span
from cstools.pay.inputs import Allowance
from cstools.pay.presence import Presence, presence, rostered, shifts
from cstools.pay.pricing import Part, told
from cstools.pay.slip import Given, Group, Why
from cstools.pay.wages import allowances, plain

if TYPE_CHECKING:
    from cstools.pay.inputs import Inputs

ZERO_DAYS = Decimal(0)


@dataclass(frozen=True)
class Allowances(Element):
    """The rows of sheet 补贴 (003-047: meals 300 a month): a month, a worked day, or a worked shift.

    A monthly one in a part month is paid whole, by days worked or by days employed, as its row says; one that changes
    within a month has a part for each amount, by its days.
    """

    label: ClassVar[str] = mark("Allowances")
    sentence: ClassVar[str] = mark("Each allowance of sheet 补贴, by month, worked day or worked shift.")
    span: ClassVar[Span] = Span.ATTENDANCE

    def undecided(self, inputs: "Inputs") -> Iterator[tuple[str, Text]]:
        """How a part month counts, for each monthly allowance that does not say so."""
        for name in dict.fromkeys(row.name for row in inputs.allowances if row.per == "month" and not row.prorated):
            yield "prorated", Text("allowance “{name}” in a part month: paid whole, by days worked or by days employed",
                                   name=name)  # fmt: skip

    def lines(self, case: Case) -> Iterator[Given]:
        """A line for each allowance."""
        here = presence(case)
        found: dict[tuple[str, bool, bool], dict[Allowance, list[date]]] = {}
        for day in case.days():
            for name, row in allowances(case.inputs, case.employee, day).items():
                terms = found.setdefault((name, row.taxable, row.comparable), {})
                same = next((one for one in terms if _terms(one) == _terms(row)), row)
                terms.setdefault(same, []).append(day)
        for (name, taxable, comparable), rows in found.items():
            everywhere = sum(len(days) for (other, *_), held in found.items() if other == name
                             for days in held.values())  # fmt: skip
            parts = [part for row, days in rows.items() if (part := _part(case, row, days, here, everywhere))]
            amounts = in_parts(part.product for part in parts)
            if total := sum(amounts, ZERO):
                group = Group.EARNED if taxable else Group.TAX_FREE
                why = Why(Text("allowance {name}", name=name), total, parts=told(parts))
                yield self.line(total, why, group, Text("{name}", name=name), comparable=comparable)


def _terms(row: Allowance) -> tuple[object, ...]:
    """What makes one row of an allowance another than the next."""
    return row.amount, row.per, row.shifts, row.prorated


def _part(case: Case, row: Allowance, days: list[date], here: Presence, everywhere: int) -> Part | None:
    """What a row makes on its days; ``everywhere`` are the days of all rows of its name."""
    asked = set(days)
    worked = here.total * len(days) / everywhere if here.total is not None else Decimal(len(asked & set(here.days)))
    said = {"amount": plain(row.amount), "worked": plain(worked)}
    if row.per == "shift":
        mine = {day: code for day, code in shifts(case, row.shifts).items() if day in asked}
        whys = tuple(Why(Text("{day}: {shift}", day=day, shift=code)) for day, code in mine.items())
        text = Text("{count} shifts × {amount}", count=len(mine), **said)
        return Part(text, row.amount * len(mine), Decimal(len(mine)), row.amount, row.source, whys) if mine else None
    if row.per == "day":
        text = Text("{worked} days worked × {amount}", **said)
        return Part(text, row.amount * worked, worked, row.amount, row.source, (here.why(),)) if worked else None
    return _monthly(case, row, days, worked, everywhere, here)


def _monthly(
    case: Case, row: Allowance, days: list[date], worked: Decimal, everywhere: int, here: Presence
) -> Part | None:
    """What a monthly row makes on its days."""
    period = span(case.whole.first, case.whole.last)
    said = {"amount": show(row.amount), "days": len(days), "worked": plain(worked)}
    if row.prorated == "whole":
        if not here.count:
            return None
        text = Text("{amount} a month[[ × {part} of its {all} days]]", **said, all=everywhere,
                    part=len(days) if len(days) < everywhere else None)  # fmt: skip
        return Part(text, row.amount * len(days) / everywhere, ZERO_DAYS, row.amount, row.source, (here.why(),))
    if row.prorated == "worked":
        planned = max(_planned(case), Decimal(1), here.count)
        text = Text("{amount} a month × {worked} of {planned} days worked", **said, planned=plain(planned))
        return Part(text, row.amount * worked / planned, worked, row.amount, row.source, (here.why(),))
    text = Text("{amount} a month × {days} of {all} days employed", **said, all=len(period))
    return Part(text, row.amount * len(days) / len(period), ZERO_DAYS, row.amount, row.source)


def _planned(case: Case) -> Decimal:
    """The days of a whole month's work: the calendar's, or by the person's own roster where these are more."""
    period = span(case.whole.first, case.whole.last)
    workdays = sum(case.inputs.calendar.is_workday(day) for day in period)
    mine = sum(1 for _ in case.days())
    own = (len(rostered(case)) * len(period) + mine // 2) // mine if mine else 0  # as if the whole month were rostered
    return Decimal(max(workdays, own))
