"""Which run a user asks for: its month and kind, whom it names, and the day on which it is paid."""

from dataclasses import dataclass, replace
from datetime import date

from cstools.days import month_of
from cstools.errors import BadInput, CstoolsError, Fault, UsageFault, nearest
from cstools.language import Text
from cstools.pay.desks import PayDesk
from cstools.pay.people import Employee
from cstools.pay.run import Period, Run, RunKind
from cstools.pay.sheets.employees import read_employees
from cstools.pay.sheets.reading import Reading
from cstools.tables.grid import fold


@dataclass(frozen=True, slots=True)
class Asked:
    """Which run is asked for: its work month, kind, whom it pays, and the day paid where that isn't as usual."""

    month: date
    kind: RunKind = RunKind.MONTH
    only: tuple[str, ...] = ()
    paid_on: date | None = None


def run_of(pay: PayDesk, asked: Asked, faults: list[Fault]) -> Run:
    """The run asked for, with its periods; whom it names by number or name.

    A leaver is paid at once, on the last day employed (工资支付暂行规定 art. 9). Raises CstoolsError for somebody who
    isn't in sheet 人员, and where a leaver's run can't be; BadInput for what is wrong in that sheet.
    """
    if asked.kind is RunKind.LEAVER and not asked.only:
        raise CstoolsError(Text("a leaver's run names whom it pays: --only 012"))
    if not asked.only:
        return pay.pay.run(asked.kind, asked.month, (), asked.paid_on)
    reading = Reading(pay.sheets(faults), pay.pay.book, faults)
    read_employees(reading)
    if faults:
        raise BadInput(faults)
    people = [_employee(reading, word) for word in dict.fromkeys(asked.only)]
    numbers = tuple(one.number for one in people)
    if asked.kind is not RunKind.LEAVER:
        return pay.pay.run(asked.kind, asked.month, numbers, asked.paid_on)
    last = max(_last_day(one, asked.month) for one in people)
    run = pay.pay.run(asked.kind, asked.month, numbers, asked.paid_on or last)
    return replace(run, attendance=_until(run.attendance, last), commission=_until(run.commission, last))


def _until(period: Period, last: date) -> Period:
    """A period with the days after it up to the last one employed: no later run pays a leaver for them."""
    return Period(period.first, max(period.last, last))


def _employee(reading: Reading, word: str) -> Employee:
    found = [one for one in reading.employees.values() if fold(word) in {fold(one.number), fold(one.name)}]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageFault(Text("several people are called this: give the number"))
    near = nearest(word, [one.name for one in reading.employees.values()])
    raise UsageFault(Text("“{word}”: {why}", word=word, why=Text("nobody in sheet 人员 has this number or name")),
                     *filter(None, [near]))  # fmt: skip


def _last_day(one: Employee, month: date) -> date:
    """The last day of somebody who is paid last wages of a month."""
    if one.left is None:
        raise CstoolsError(Text("{name} has no last day employed in sheet 人员", name=one.name),
                           Text("enter it in column {column}", column=Text("left")))  # fmt: skip
    if month_of(one.left)[0] != month:
        raise CstoolsError(Text("{name} leaves in another month: {day}", name=one.name, day=one.left),
                           Text("cstools pay run --month {month}", month=f"{one.left:%Y-%m}"))  # fmt: skip
    return one.left
