"""One person in one run, as an element sees it: facts, the part of the period that concerns it, lines so far."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from cstools.days import span
from cstools.pay.element import Span, Stated
from cstools.pay.events import Event
from cstools.pay.inputs import Inputs
from cstools.pay.past import Past
from cstools.pay.people import Employee, PayTerms
from cstools.pay.run import Period, Run
from cstools.pay.slip import Fact, Group, Line, total


@dataclass(frozen=True, slots=True)
class Case:
    """``lines`` and ``facts`` are those of the elements asked before; ``stated`` is the one asked now."""

    run: Run
    employee: Employee
    inputs: Inputs
    stated: Stated
    lines: tuple[Line, ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def number(self) -> str:
        """The employee's number."""
        return self.employee.number

    @property
    def past(self) -> Past:
        """The employee's earlier slips."""
        return self.inputs.past.get(self.number, Past())

    @property
    def whole(self) -> Period:
        """The element's period, whoever it is about: the run's, within the days for which the element is stated."""
        periods = {Span.WORK: self.run.work, Span.ATTENDANCE: self.run.attendance, Span.COMMISSION: self.run.commission}
        return periods[self.stated.element.span].clip(self.stated.first, self.stated.last)

    @property
    def period(self) -> Period:
        """The element's period within the person's employment."""
        return self.employee.employed(self.whole)

    @property
    def day(self) -> date:
        """The day whose terms hold for a whole run: the last of the period, or the last day employed before it."""
        last = self.run.work.last
        return min(last, self.employee.left) if self.employee.left else last

    @property
    def terms(self) -> PayTerms:
        """The terms on that day."""
        return self.employee.on(self.day)

    @property
    def holds(self) -> bool:
        """Whether the element, as stated, holds for this person's run at all: at its end, or on a day employed."""
        if not self.whole:
            return False
        return self.stated.scope.covers(self.employee, self.day) or next(self.days(), None) is not None

    def covers(self, day: date) -> bool:
        """Whether the element, as stated, holds for this person on a day."""
        return day in self.period and self.stated.scope.covers(self.employee, day)

    def days(self) -> Iterator[date]:
        """The days on which it does."""
        if period := self.period:
            covers, employee = self.stated.scope.covers, self.employee
            yield from (day for day in span(period.first, period.last) if covers(employee, day))

    def total(self, *groups: Group, item: str = "") -> Decimal:
        """The sum of the lines so far, of some groups and one element where they are named."""
        return total(self.lines, *groups, item=item)

    def fact(self, key: str) -> Decimal | None:
        """A fact that an element before has given in this run."""
        return next((fact.value for fact in self.facts if fact.key == key), None)

    def events(self, *kinds: str) -> list[Event]:
        """The events of some kinds that name this person on a day the element holds for them, by time."""
        mine = by_person(self.inputs).get(self.number, ())
        found = [event for event in mine if event.kind in kinds and self.covers(event.day)]
        return sorted(found, key=lambda event: (event.at, event.source))

    def as_stated(self, stated: Stated) -> "Case":
        """The same for another element."""
        return replace(self, stated=stated)


def by_person(inputs: Inputs) -> Mapping[str, Sequence[Event]]:
    """The events that name each person, in order; under "" those that name nobody."""

    def sort() -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = {}
        for event in inputs.events:
            for person in dict.fromkeys(event.people or ("",)):
                found.setdefault(person, []).append(event)
        return found

    return inputs.once("events by person", sort)
