"""A few people, a run and what it is made from, in as few lines as a test of pay needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from cstools.dated import Dated
from cstools.days import month_of, read_month
from cstools.language import Text, mark
from cstools.pay.case import Case
from cstools.pay.compute import compute
from cstools.pay.element import Element, Stated, parameter
from cstools.pay.events import Event
from cstools.pay.inputs import Inputs
from cstools.pay.law_tables import packaged_law
from cstools.pay.past import Past, PastSlip
from cstools.pay.people import Employee, PayTerms
from cstools.pay.run import Period, Run, RunKind
from cstools.pay.slip import Group, Line, Slip, Why
from cstools.tables import kinds

TERMS = {item.name for item in fields(PayTerms)}


def day(text: str) -> date:
    return date.fromisoformat(text)


def period(first: str, last: str) -> Period:
    return Period(day(first), day(last))


def run(
    month: str = "2026-10", kind: RunKind = RunKind.MONTH, *, attendance: Period | None = None,
    commission: Period | None = None, paid: str = "", only: tuple[str, ...] = (),
) -> Run:  # fmt: skip
    """A month's run, paid on its last day and taxed in the month it is paid."""
    work = Period(*read_month(month))
    paid_on = day(paid) if paid else work.last
    return Run(kind, work, attendance or work, commission or work, paid_on, month_of(paid_on)[0], only)


def employee(number: str = "001", name: str = "王芳", **more: Any) -> Employee:
    """Somebody on one set of terms for ever; days may be text, and amounts numbers."""
    found = {key: _value(key, value) for key, value in more.items()}
    terms = PayTerms(**{key: value for key, value in found.items() if key in TERMS})
    rest = {key: value for key, value in found.items() if key not in TERMS}
    return Employee(number, name, **{"terms": Dated.always(terms), **rest})


def _value(key: str, value: Any) -> Any:
    if key in {"hired", "left", "probation_until", "working_since"} and isinstance(value, str):
        return day(value)
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


def event(kind: str, at: str, *people: str, **more: Any) -> Event:
    """Something that happened: ``event("投诉", "2026-10-03 14:20", "001")``; quantity and amount may be numbers."""
    numbers = {key: _value(key, value) for key, value in more.items()}
    return Event(kind, datetime.fromisoformat(at), people, **{"source": f"事件 {at}", **numbers})


def inputs(*elements: Element | Stated, people: Iterable[Employee] = (), **more: Any) -> Inputs:
    """What a run is made from: these elements for everybody, one person where none is told, the packaged law."""
    found = tuple(item if isinstance(item, Stated) else Stated(item) for item in elements)
    employees = {person.number: person for person in tuple(people) or (employee(),)}
    return Inputs(stated=found, employees=employees, **{"law": packaged_law(), **more})


def slips(given: Inputs, of: Run | None = None) -> dict[str, Slip]:
    """The slips of a run by number, its identities checked."""
    return {slip.person: slip for slip in compute(of or run(), given)}


def slip(given: Inputs, of: Run | None = None, number: str = "001") -> Slip:
    """One person's slip."""
    return slips(given, of)[number]


def amount(of: Slip, item: str, *groups: Group) -> Decimal:
    """The sum of one element's lines, of some groups where they are named."""
    return of.total(*groups, item=item)


def lines(of: Slip, *groups: Group) -> dict[str, Decimal]:
    """What a slip calls each line, and its amount."""
    return {str(line.label): line.amount for line in of.lines if not groups or line.group in groups}


def notices(of: Slip) -> list[str]:
    """What it tells, grave ones first."""
    return [str(notice.text) for notice in sorted(of.notices, key=lambda notice: not notice.grave)]


def words(why: Why, deep: int = 0) -> str:
    """A reason as a text, parts indented."""
    own = f"{'  ' * deep}{why.text}" + (f" = {why.amount}" if why.amount is not None else "")
    return "\n".join([own + (f" [{why.source}]" if why.source else ""), *(words(part, deep + 1) for part in why.parts)])


def follow(given: Inputs, runs: Iterable[Run]) -> list[dict[str, Slip]]:
    """The slips of runs one after the other, each of which sees what those before it have left."""
    found = []
    for one in runs:
        made = slips(given, one)
        found.append(made)
        given = replace(given, past={**given.past, **{
            number: Past((*given.past.get(number, Past()).slips, past(one, of))) for number, of in made.items()
        }}, _once={})  # fmt: skip
    return found


def past(of: Run, made: Slip) -> PastSlip:
    """What a slip leaves for later runs."""
    return PastSlip(of.id, of.month, of.tax_month, made.facts, made.gross, made.net)


@dataclass(frozen=True)
class Wage(Element):
    """So many yuan in each run, or by month: what the other elements are tested upon."""

    label: ClassVar[str] = mark("wage")
    sentence: ClassVar[str] = mark("wage")

    amount: object = parameter(mark("amount"), kinds.number, Decimal(0))
    group: Group = parameter(mark("group"), kinds.text, Group.EARNED)
    item: str = parameter(mark("item"), kinds.text, "wage")
    comparable: bool = parameter(mark("comparable"), kinds.yes_no, True)

    def lines(self, case: Case) -> Iterable[Line]:  # type: ignore[override] # one line, no generator
        months = self.amount if isinstance(self.amount, Mapping) else {}
        asked = Decimal(str(months.get(f"{case.run.month:%Y-%m}", 0) if months else self.amount))
        due = asked.quantize(Decimal("0.01"))
        line = Line(self.item, self.group, Text("wage"), due, Why(Text("wage"), due), comparable=self.comparable)
        return [line] if due else []
