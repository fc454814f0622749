"""Filled cells that contradict each other or a hard rule, told before anything is solved."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Final

from cstools.errors import Fault, Source
from cstools.language import Text
from cstools.roster.inputs import Fixed
from cstools.roster.problem import Problem
from cstools.roster.result import Status
from cstools.roster.roster import Roster, breaches
from cstools.roster.rule import Breach, Stated, Strength
from cstools.roster.rules import all_rules
from cstools.shifts import Duty

FIXED: Final = "fixed"
SECONDS: Final = 5.0  # for one rule alone; what isn't proven by then is left to the solve


def clashes(problem: Problem, words: Mapping[Source, str]) -> list[Fault]:
    """A fault for each contradiction, naming its cells; ``words`` is what stands in them.

    A rule is contradicted where it finds a breach in the filled cells alone and, all by itself, has no solution
    around them, though it has one without them.
    """
    if not problem.fixed or not any(
        one.rule.name() == FIXED and one.strength is Strength.HARD for one in problem.rules
    ):
        return []
    found: dict[frozenset[Source], Fault] = {}
    for cells, text, sources in (*_overlaps(problem), *_broken(problem)):
        known = [cell.source for cell in cells if cell.source]
        if known and frozenset(known) not in found:
            found[frozenset(known)] = _fault(text, known, sources, words)
    return list(found.values())


def _fault(text: Text, cells: list[Source], others: list[Source], words: Mapping[Source, str]) -> Fault:
    """One line at the last of the cells, naming the others and what they contradict."""
    places = tuple(str(place) for place in (*cells[:-1], *others) if place != cells[-1])
    right = Text("change this cell or {places}", places=places) if places else Text("clear the cell or change the rule")
    return Fault(cells[-1], words.get(cells[-1]), text, right)


def _overlaps(problem: Problem) -> Iterator[tuple[list[Fixed], Text, list[Source]]]:
    """Shifts of one person that run into each other, whatever the rules say."""
    by_person: dict[str, list[Fixed]] = {}
    for cell in sorted(problem.fixed, key=lambda cell: cell.day):
        if cell.shift:
            by_person.setdefault(cell.person, []).append(cell)
    for cells in by_person.values():
        for one, other in pairwise(cells):
            if (
                problem.shifts_on(one.day)[one.shift].span(one.day)[1]
                > problem.shifts_on(other.day)[other.shift].span(other.day)[0]
            ):
                text = Text("{name}: {first} on {day} runs into {next} on {later}",
                            name=problem.person[one.person].name, first=one.shift, day=one.day,
                            next=other.shift, later=other.day)  # fmt: skip
                yield [one, other], text, []


def _broken(problem: Problem) -> Iterator[tuple[list[Fixed], Text, list[Source]]]:
    """Breaches of a hard rule in the filled cells that nothing around them can heal."""
    duties = [Duty(cell.day, cell.shift, cell.person, cell.posts, cell.meal) for cell in problem.fixed if cell.shift]
    roster = Roster(problem, duties)
    for stated in problem.rules:
        if stated.strength is not Strength.HARD or stated.rule.name() == FIXED:
            continue
        found = [(breach, cells) for breach in breaches(roster, stated) if (cells := list(_cells(problem, breach)))]
        if not found or not _impossible(problem, stated, problem.fixed) or _impossible(problem, stated, ()):
            continue
        for breach, cells in found:
            if len(found) == 1 or _impossible(problem, stated, cells):
                text = Text("{what} (rule “{rule}”)", what=breach.text, rule=Text(stated.rule.label))
                yield cells, text, [source for source in (breach.source, stated.source) if source]


def _cells(problem: Problem, breach: Breach) -> Iterator[Fixed]:
    """The filled cells that a breach is about."""
    people, days, codes = breach.place.people, breach.place.days, breach.place.shifts
    for cell in sorted(problem.fixed, key=lambda cell: (cell.day, cell.person)):
        if (
            (not people or cell.person in people)
            and (not days or cell.day in days)
            and (not codes or not cell.shift or cell.shift in codes)
        ):
            yield cell


def _impossible(problem: Problem, stated: Stated, cells: Iterable[Fixed]) -> bool:
    """Whether one rule and some filled cells, alone, are proven to have no solution."""
    from cstools.roster.plan import Plan
    from cstools.roster.solver import Effort, Stop, run

    problem = replace(problem, rules=(), fixed=tuple(cells))
    plan = Plan(problem)
    plan.state(Stated(all_rules()[FIXED]()))
    plan.state(stated)
    return run(plan.rows, Effort(SECONDS, workers=1), Stop()).status is Status.INFEASIBLE
