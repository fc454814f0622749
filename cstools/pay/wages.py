"""What somebody's month is worth on a day, which days it pays, and what a day and an hour of it are."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cstools.days import Calendar
from cstools.language import Text
from cstools.money import show
from cstools.pay.inputs import Allowance, Inputs
from cstools.pay.people import Employee
from cstools.pay.slip import Why


@dataclass(frozen=True, slots=True)
class Wage:
    """Base pay of a month as it is on a day; ``probation`` where it is that of probation."""

    month: Decimal
    probation: bool = False
    source: str = ""


def wage(inputs: Inputs, employee: Employee, day: date) -> Wage | None:
    """The base pay that holds for somebody on a day: one of their own, else their level's; None for none."""
    own, level = inputs.bases.get(employee.number), inputs.level_bases.get(employee.on(day).level)
    base = (own.on(day) if own else None) or (level.on(day) if level else None)
    if base is None:
        return None
    if base.probation is not None and employee.probation_until and day <= employee.probation_until:
        return Wage(base.probation, probation=True, source=base.source)
    return Wage(base.amount, source=base.source)


def is_paid(calendar: Calendar, day: date) -> bool:
    """Whether a month's pay is for this day: a workday, or one of the statutory holidays.

    A year has 261 of them, twelve months of 21.75 days (人社部发〔2025〕2号). Raises UnknownYear.
    """
    return calendar.is_workday(day) or calendar.is_statutory(day)


def wage_days(inputs: Inputs, day: date) -> Decimal:
    """The days by which a month's pay is divided into a day's: 21.75."""
    return inputs.law.number("wage_days", day)


def day_hours(inputs: Inputs, day: date) -> Decimal:
    """The hours by which a day's pay is divided into an hour's: 8."""
    return inputs.law.number("day_hours", day)


def day_pay(inputs: Inputs, month: Decimal, day: date) -> Why:
    """How a month is divided into days, as a reason."""
    divisor = inputs.law.figure("wage_days", day)
    text = Text("a day is {amount} a month ÷ {divisor}", amount=show(month), divisor=plain(divisor.value))
    return Why(text, source=divisor.source)


def allowances(inputs: Inputs, employee: Employee, day: date) -> dict[str, Allowance]:
    """The allowances that somebody has on a day, by name; of two rows the one that begins later holds."""
    found: dict[str, Allowance] = {}
    position = employee.on(day).position
    for row in sorted(inputs.allowances, key=lambda row: row.first or date.min):
        valid = (row.first or day) <= day <= (row.last or day)
        if (
            valid
            and (not row.people or employee.number in row.people)
            and (not row.positions or position in row.positions)
        ):
            found[row.name] = row
    return dict(sorted(found.items()))


def plain(number: Decimal) -> str:
    """A number without needless zeros, never as 1E+1."""
    return f"{number.normalize():f}" if number else "0"
