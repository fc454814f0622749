"""Working days lost to leave or absence, by day: approved leave of the roster desk first, else what attendance says."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from cstools.language import Text
from cstools.money import ZERO, in_parts, show
from cstools.pay.case import Case
from cstools.pay.inputs import Inputs
from cstools.pay.presence import daily
from cstools.pay.slip import Why
from cstools.pay.wages import Wage, day_hours, plain, wage, wage_days

if TYPE_CHECKING:
    from cstools.team.leave import Leave

_HALF: Final = Decimal("0.5")
ABSENT: Final = ""  # the kind of an absence without leave


@dataclass(frozen=True, slots=True)
class Away:
    """A day that somebody did not work: ``part`` of it, at which wage; the kind is ABSENT without leave."""

    day: date
    part: Decimal
    kind: str
    wage: Wage
    source: str

    def why(self) -> Why:
        """The day, how much of it, and what for."""
        kind = self.kind or Text("absent without leave")
        return Why(
            Text("{day}: {kind}, {part} day", day=self.day, kind=kind, part=plain(self.part)), source=self.source
        )


def away(case: Case, kinds: Collection[str]) -> list[Away]:
    """Days lost to some kinds of leave (or ABSENT) in the element's period, at most a day each, with their wage.

    Whole days of the roster desk's leave count where the calendar has a workday, hours of attendance ÷ 8 as they are.
    A statutory holiday within a leave is paid as ever.
    """
    found = []
    for day in case.days():
        held = wage(case.inputs, case.employee, day)
        for kind, part, source in _parts(case, day, kinds) if held else ():
            if part and held:
                found.append(Away(day, min(part, Decimal(1)), kind, held, source))
    return [*found, *_totals(case, kinds)]


def has_leave(inputs: Inputs, kinds: Collection[str]) -> bool:
    """Whether anybody has leave of some kinds, by either source."""
    facts = inputs.attendance.days.values() if inputs.attendance else ()
    months = inputs.attendance.months.values() if inputs.attendance else ()
    return (
        any(one.kind in kinds and one.approved for one in inputs.leave)
        or any(kind in kinds and hours for fact in (*facts, *months) for kind, hours in fact.leave)
    )  # fmt: skip


def _parts(case: Case, day: date, kinds: Collection[str]) -> Iterator[tuple[str, Decimal, str]]:
    """Kind, part of the day and source of what was lost on a day; the roster desk's leave is the master."""
    mine = [one for one in _approved(case.inputs).get(case.number, ()) if one.first <= day <= one.last]
    fact = daily(case.inputs).get(case.number, {}).get(day)
    works = case.inputs.calendar.is_workday(day)
    if mine:
        for one in mine:
            if one.kind in kinds and works:
                yield one.kind, _HALF if one.half else Decimal(1), str(one.source or "")
    elif fact:
        hours = day_hours(case.inputs, day)
        for kind, lost in fact.leave:
            if kind in kinds:
                yield kind, lost / hours, str(fact.source or "")
        if ABSENT in kinds and fact.absent:
            yield ABSENT, fact.absent, str(fact.source or "")


def _approved(inputs: Inputs) -> dict[str, list["Leave"]]:
    def sort() -> dict[str, list["Leave"]]:
        found: dict[str, list[Leave]] = {}
        for one in sorted(inputs.leave, key=lambda one: (one.first, one.last, one.kind, one.half)):
            if one.approved:
                found.setdefault(one.person, []).append(one)
        return found

    return inputs.once("approved leave", sort)


def _totals(case: Case, kinds: Collection[str]) -> Iterator[Away]:
    """What a source of totals alone says of a person that neither day by day nor the roster desk speaks of."""
    month = case.inputs.attendance.months.get(case.number) if case.inputs.attendance else None
    days = [day for day in case.days() if wage(case.inputs, case.employee, day)]
    known = any(one.first <= case.period.last and one.last >= case.period.first
                for one in _approved(case.inputs).get(case.number, ()))  # fmt: skip
    if not month or not days or known or daily(case.inputs).get(case.number):
        return
    held = wage(case.inputs, case.employee, days[-1])
    lost = [(kind, hours / day_hours(case.inputs, days[-1])) for kind, hours in month.leave if kind in kinds]
    if ABSENT in kinds:
        lost.append((ABSENT, month.absent))
    for kind, part in lost:
        if part and held:
            yield Away(days[-1], part, kind, held, str(month.source or ""))


def capped(case: Case, days: list[Away]) -> list[Away]:
    """No more days than a month's pay is divided into: a month lost is the month's pay."""
    if not days:
        return []
    left, found = wage_days(case.inputs, days[-1].day), []
    for day in sorted(days, key=lambda day: (day.day, day.kind)):
        if part := min(day.part, left):
            found.append(replace(day, part=part))
            left -= part
    return found


def lost(case: Case, days: list[Away], most: Decimal) -> Why | None:
    """What days take off base pay, negative: month ÷ 21.75 each, never more than ``most``; None for nothing."""
    groups: dict[Decimal, list[Away]] = {}
    for day in capped(case, days):
        groups.setdefault(day.wage.month, []).append(day)
    if not groups or most <= 0:
        return None
    divisor = wage_days(case.inputs, days[-1].day)
    counts = {month: sum((day.part for day in mine), Decimal(0)) for month, mine in groups.items()}
    amounts = in_parts(-month * counts[month] / divisor for month in groups)
    parts = [
        Why(Text("{days} days × {month} ÷ {divisor}", days=plain(counts[month]), month=show(month),
                 divisor=plain(divisor)), amount, mine[0].wage.source, tuple(day.why() for day in mine))
        for amount, (month, mine) in zip(amounts, groups.items(), strict=True)
    ]  # fmt: skip
    total = sum(amounts, ZERO)
    if total < -most:
        parts.append(Why(Text("no more than base pay: {most}", most=show(most)), -most - total))
        total = -most
    return Why(Text("{days} days not worked", days=plain(sum(counts.values(), ZERO))), total, parts=tuple(parts))
