"""Which days somebody worked, and which shifts: by attendance where it tells, by the published roster where not.

Of whom neither tells anything it is taken that they worked on the calendar's workdays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from cstools.language import Text
from cstools.pay.case import Case
from cstools.pay.inputs import Inputs
from cstools.pay.slip import Why

if TYPE_CHECKING:
    from cstools.attendance import DayFact


@dataclass(frozen=True, slots=True)
class Presence:
    """Days worked within an element's period; ``total`` instead where a source knows only how many they are."""

    days: tuple[date, ...] = ()
    total: Decimal | None = None
    source: str = ""

    @property
    def count(self) -> Decimal:
        """How many days."""
        return Decimal(len(self.days)) if self.total is None else self.total

    def why(self) -> Why:
        """How many days were worked, and who says so."""
        return Why(Text("{count} days worked", count=f"{self.count.normalize():f}"), source=self.source)


def presence(case: Case) -> Presence:
    """The days that somebody worked, of those for which the element is stated for them."""
    attendance = case.inputs.attendance
    facts = daily(case.inputs).get(case.number, {})
    month = attendance.months.get(case.number) if attendance else None
    if not facts and month and month.attended is not None:
        return Presence(total=month.attended, source=str(month.source or ""))
    if not facts and not any(day in case.inputs.board.days for day in case.days()):
        days = tuple(day for day in case.days() if case.inputs.calendar.is_workday(day))
        return Presence(days, source=str(Text("the calendar’s workdays: neither attendance nor a roster tells")))
    days = tuple(day for day in case.days() if _worked(case, facts, day))
    first = next((fact for day, fact in facts.items() if day in days), None)
    return Presence(days, source=str(first.source or "") if first else str(Text("published roster")))


def shifts(case: Case, names: tuple[str, ...]) -> dict[date, str]:
    """The days on which somebody worked a shift of some codes, names or kinds (any, where none is named), and which."""
    found = {}
    facts = daily(case.inputs).get(case.number, {})
    for day in presence(case).days:
        posted = case.inputs.board.of(case.number, day)
        fact = facts.get(day)
        called = ((posted.shift.code, posted.shift.name, posted.shift.kind) if posted
                  else (fact.planned,) if fact and fact.planned else ())  # fmt: skip
        if called and (not names or set(names) & set(called)):
            found[day] = called[0]
    return found


def rostered(case: Case) -> tuple[date, ...]:
    """The days on which somebody was to work, by the published roster."""
    return tuple(day for day in case.days() if case.inputs.board.of(case.number, day))


def daily(inputs: Inputs) -> Mapping[str, Mapping[date, "DayFact"]]:
    """The facts of days by person, in order."""

    def sort() -> dict[str, dict[date, "DayFact"]]:
        found: dict[str, dict[date, DayFact]] = {}
        for (number, day), fact in sorted(inputs.attendance.days.items() if inputs.attendance else ()):
            found.setdefault(number, {})[day] = fact
        return found

    return inputs.once("daily facts", sort)


def _worked(case: Case, facts: Mapping[date, "DayFact"], day: date) -> bool:
    if day in facts:
        return facts[day].attended
    attendance = case.inputs.attendance
    if facts and attendance and day in attendance.covered:
        return False  # the source speaks of this day, and doesn't name the person
    return case.inputs.board.of(case.number, day) is not None
