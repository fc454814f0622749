"""A problem taken apart: one element for each row, cell or rule that somebody could change, as small as can be told.

Each element is a stated rule narrowed to what the element is about, so that any choice of elements is a problem again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from cstools.days import span
from cstools.errors import Source
from cstools.language import Text
from cstools.roster import cover
from cstools.roster.inputs import Demand, Fixed, Meeting
from cstools.roster.problem import Problem
from cstools.roster.rule import Stated, Strength, View
from cstools.roster.why.need import Need
from cstools.team.leave import Leave

Row = Leave | Fixed | Meeting | Demand


@dataclass(frozen=True)
class Element:
    """``stated`` binds what the element asks, ``origin`` is the desk's rule it comes from, ``row`` the input's row."""

    stated: Stated
    origin: Stated
    text: Text
    source: Source | None = None
    person: str = ""
    day: date | None = None
    row: Row | None = None

    @property
    def rule(self) -> str:
        """The name of the rule."""
        return self.origin.rule.name()


def narrowed(stated: Stated, people: Iterable[str] = (), first: date | None = None, last: date | None = None) -> Stated:
    """A rule for some of its people and days alone."""
    scope = stated.scope
    if people:
        scope = replace(scope, people=frozenset(people))
    if first:
        scope = replace(scope, first=max(first, scope.first or first))
    if last:
        scope = replace(scope, last=min(last, scope.last or last))
    return replace(stated, scope=scope)


def elements(problem: Problem, *, by_day: bool = False) -> list[Element]:
    """All that a roster of the problem must hold to, rules first, then needs, then what stands in rows and cells.

    With ``by_day`` each day of a leave is an element of its own.
    """
    found = [
        element
        for stated in problem.rules
        if stated.strength is Strength.HARD
        for element in _parts(problem, stated, by_day=by_day)
    ]
    return sorted(found, key=lambda element: (element.row is not None, not isinstance(element.row, Demand)))


def problem_of(problem: Problem, chosen: Iterable[Element]) -> Problem:
    """The problem with only these elements; rows of other elements are known, and bind nothing."""
    return replace(problem, rules=tuple(element.stated for element in chosen))


def _parts(problem: Problem, stated: Stated, *, by_day: bool) -> Iterator[Element]:
    by_row = {"fixed": _fixed, "meeting": _meetings}.get(stated.rule.name())
    if stated.rule.name() == "leave":
        yield from _leaves(problem, stated, by_day=by_day)
    elif by_row:
        yield from by_row(problem, stated)
    elif stated.rule.shortage:
        yield from _needs(problem, stated)
    elif stated.rule.view is View.DAY:
        for day in filter(stated.scope.on, problem.days):
            text = Text("{day}: {what}", day=day, what=stated.rule.says())
            yield Element(narrowed(stated, (), day, day), stated, text, stated.source, day=day)
    elif stated.rule.view is View.ALL:
        yield Element(stated, stated, stated.rule.says(), stated.source)
    else:
        for person in stated.scope.named(problem.people):
            if any(stated.scope.covers(person, day) for day in problem.days):
                text = Text("{name}: {what}", name=person.name, what=stated.rule.says())
                yield Element(narrowed(stated, [person.number]), stated, text, stated.source, person.number)


def _leaves(problem: Problem, stated: Stated, *, by_day: bool) -> Iterator[Element]:
    for leave in problem.leaves:
        person = problem.person.get(leave.person)
        first, last = max(leave.first, problem.days[0]), min(leave.last, problem.days[-1])
        if person and first <= last:
            about = {"name": person.name, "first": leave.first, "last": leave.last, "kind": leave.kind or Text("leave")}
            text = Text("{name} is on leave from {first} to {last} ({kind})", **about)
            if leave.first == leave.last:
                text = Text("{name} is on leave on {day} ({kind})", day=leave.first, **about)
            for days in [(day, day) for day in span(first, last)] if by_day else [(first, last)]:
                one = narrowed(stated, [leave.person], *days)
                yield Element(one, stated, text, leave.source, leave.person, row=leave)


def _fixed(problem: Problem, stated: Stated) -> Iterator[Element]:
    for cell in problem.fixed:
        person = problem.person.get(cell.person)
        if person and cell.day in problem.horizon and stated.scope.covers(person, cell.day):
            one = narrowed(stated, [cell.person], cell.day, cell.day)
            shift = cell.shift or Text("a day off")
            text = Text("{name}'s {day} is filled in by hand: {shift}", name=person.name, day=cell.day, shift=shift)
            yield Element(one, stated, text, cell.source, cell.person, cell.day, cell)


def _meetings(problem: Problem, stated: Stated) -> Iterator[Element]:
    for meeting in problem.meetings:
        for number in sorted(meeting.people) if meeting.day in problem.horizon else ():
            person = problem.person.get(number)
            if person and person.employed(meeting.day) and stated.scope.covers(person, meeting.day):
                one = narrowed(stated, [number], meeting.day, meeting.day)
                text = Text(
                    "{name} must attend {meeting} on {day}", name=person.name, meeting=meeting.name, day=meeting.day
                )
                yield Element(one, stated, text, meeting.source, number, meeting.day, meeting)


def _needs(problem: Problem, stated: Stated) -> Iterator[Element]:
    for demand in cover.demands(problem, stated.scope):
        if demand.minimum:
            need = Stated(Need(demand, demand.minimum))
            text = Text("{what}: at least {need} people", what=cover.what(demand), need=demand.minimum)
            yield Element(need, stated, text, demand.source, day=demand.day, row=demand)
