"""What to change where elements had to give way: each change as small as does."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any, Final

from cstools.language import Text
from cstools.roster import cover
from cstools.roster.inputs import Demand, Fixed, Meeting
from cstools.roster.problem import Problem
from cstools.roster.roster import Roster
from cstools.roster.rule import Rule, Stated, View
from cstools.roster.why.changes import Change, Ease, Excuse, Lower, MoveLeave, Train, Unfix
from cstools.roster.why.elements import Element, narrowed
from cstools.roster.why.prices import EASE
from cstools.team.leave import Leave

STEPS: Final = 6  # a rule eased by more steps than these is another rule: the person is exempted instead


def changes_of(problem: Problem, dropped: Sequence[Element], roster: Roster) -> list[Change]:
    """What to change, and by how much, so that a roster that breaks these elements breaks nothing any more."""
    found: list[Change] = []
    for element in dropped:
        breaches = list(element.stated.rule.check(roster, element.stated.scope))
        name = problem.person[element.person].name if element.person else ""
        days = sorted({day for breach in breaches for day in breach.place.days})
        if not breaches:
            continue
        if isinstance(element.row, Fixed):
            found.append(Unfix(element.row, name))
        elif isinstance(element.row, Leave):
            found += [MoveLeave(element.row, day, name) for day in days]
        elif isinstance(element.row, Meeting):
            found.append(Excuse(element.row, element.person, name))
        elif isinstance(element.row, Demand):
            found.append(Lower(element.row, min(cover.counts(roster, element.row), default=0)))
        elif element.rule == "skilled":
            found += _training(problem, element, roster, days)
        else:
            found.append(_eased(element, roster, name))
    return list(dict.fromkeys(found))


def _training(problem: Problem, element: Element, roster: Roster, days: Sequence[date]) -> list[Change]:
    person = problem.person[element.person]
    asked = [problem.shifts_on(day)[roster.shift(person.number, day)].skills for day in days]
    return [Train(person, min(skills)) for skills in dict.fromkeys(asked)]


def _eased(element: Element, roster: Roster, name: str) -> Change:
    """The rule eased by as few steps as it takes, for the person and days that it is about; else an exception there."""
    part = _part(element, roster)
    for steps in range(1, STEPS + 1):
        for rule in stepped(element.origin.rule, steps):
            if not any(rule.check(roster, part.scope)):
                return Ease(element.origin, part, rule, _who(part, name))
    return Ease(element.origin, part, None, _who(part, name))


def _part(element: Element, roster: Roster) -> Stated:
    """The element, where it judges day by day, narrowed to the days on which it is broken."""
    if element.origin.rule.view is not View.CELL:
        return element.stated
    rule, scope = element.stated.rule, element.stated.scope
    days = filter(scope.on, roster.problem.days)
    broken = [day for day in days if any(rule.check(roster, replace(scope, first=day, last=day)))]
    return narrowed(element.stated, (), broken[0], broken[-1]) if broken else element.stated


def _who(part: Stated, name: str) -> Text:
    first, last = part.scope.first, part.scope.last
    if not name:
        return Text("{day}", day=first) if first else Text("everybody")
    if first and first == last:
        return Text("{name} on {day}", name=name, day=first)
    return Text("{name}", name=name)


def stepped(rule: Rule, steps: int) -> list[Rule]:
    """The rule with one of its numbers eased by so many steps, for each number it has."""
    found = []
    for item in fields(rule):
        value: Any = getattr(rule, item.name)
        step = item.metadata.get("eases", 0)
        if step and value is not None and value + steps * step >= 0:
            found.append(replace(rule, **{item.name: value + steps * step}))
    return found


def gentler(change: Ease) -> list[Rule]:
    """The rule eased by fewer steps than a change eases it, the fewest first."""
    steps = STEPS if change.eased is None else change.price - EASE
    return [rule for one in range(1, steps + 1) for rule in stepped(change.origin.rule, one)]
