"""Where there is no roster at all: a smallest set of inputs that contradict each other, and what would resolve it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from cstools.language import Text
from cstools.roster.inputs import Demand
from cstools.roster.plan import Literal, Plan
from cstools.roster.problem import Problem
from cstools.roster.result import Status
from cstools.roster.roster import Roster, breaches
from cstools.roster.rule import Stated, Strength, View
from cstools.roster.solver import Assumptions, Effort
from cstools.roster.why.changes import Change, Ease
from cstools.roster.why.elements import Element, elements, narrowed, problem_of
from cstools.roster.why.fill import WANTED, Proposal, merged, units
from cstools.roster.why.remedies import changes_of, gentler
from cstools.roster.why.search import Budget, Elastic, dearest


@dataclass(frozen=True)
class Contradiction:
    """Elements that no roster satisfies together. ``minimal``: proven that without any one of them some roster does."""

    problem: Problem
    elements: tuple[Element, ...]
    minimal: bool

    def alone(self, without: Element | None = None) -> Problem:
        """The problem with only these elements (but one)."""
        return problem_of(self.problem, [element for element in self.elements if element is not without])


class _Oracle:
    """Answers whether some elements contradict each other, and which of them suffice for it."""

    def __init__(self, problem: Problem, parts: Sequence[Element], budget: Budget) -> None:
        self.budget = budget
        plan = Plan(problem)
        self.literals: list[tuple[Element, Literal]] = []
        for element in parts:
            literal = plan.rows.new()
            plan.state(element.stated, literal)
            self.literals.append((element, literal))
        self.assumptions = Assumptions(plan.rows)

    def core(self, parts: Sequence[Element]) -> list[Element] | None:
        """Those of the elements that suffice for a contradiction; None where there is none, or none in the time."""
        ids = {id(part) for part in parts}
        asked = [(element, literal) for element, literal in self.literals if id(element) in ids]
        limit = max(0.01, min(ONCE, self.budget.left()))
        effort = Effort(limit, workers=1, deterministic=self.budget.clock.deterministic)
        self.budget.solves += 1
        status, core, work = self.assumptions.core([literal for _, literal in asked], effort)
        self.budget.clock.spend(work)
        self.budget.ended |= status is Status.UNKNOWN
        if status is not Status.INFEASIBLE:
            return None
        named = set(core)
        return [element for element, literal in asked if literal in named]


ONCE: Final = 5.0  # seconds at most for one question
FEW: Final = 3  # changes that are worth the time to make them gentler


def contradiction(problem: Problem, budget: Budget) -> Contradiction | None:
    """A smallest set of elements that contradict each other, as narrow as it can be told; None where none is proven."""
    found = _smallest(problem, elements(problem), budget)
    if found is None:
        return None
    members, minimal = found
    days = [part for element in members for part in _by_day(problem, element)]
    if len(days) > len(members):
        found = _smallest(problem, days, budget)
        members, minimal = (_joined(found[0]), found[1]) if found else (members, minimal)
    return Contradiction(problem, tuple(members), minimal)


def _smallest(problem: Problem, parts: Sequence[Element], budget: Budget) -> tuple[list[Element], bool] | None:
    """Drop whatever can be dropped, rules before rows, as long as a contradiction remains; whether all was tried."""
    oracle = _Oracle(problem, parts, budget)
    core = oracle.core(parts)
    if core is None:
        return None
    budget_ended, budget.ended = budget.ended, False
    for element in list(core):
        if any(element is one for one in core):
            core = oracle.core([one for one in core if one is not element]) or core
    minimal = not budget.ended
    budget.ended |= budget_ended
    return (core, minimal) if _proven(problem, core, budget) else None


def _proven(problem: Problem, core: Sequence[Element], budget: Budget) -> bool:
    """Whether the elements alone, in a problem of their own, are proven to have no roster."""
    alone = problem_of(problem, core)
    plan = Plan(alone)
    for stated in alone.rules:
        plan.state(stated)
    return budget.run(plan.rows, ONCE).status is Status.INFEASIBLE


def _by_day(problem: Problem, element: Element) -> list[Element]:
    """A rule that judges day by day, day by day; anything else as it is."""
    if element.row is not None or element.origin.rule.view is not View.CELL:
        return [element]
    days = filter(element.stated.scope.on, problem.days)
    return [replace(element, stated=narrowed(element.stated, (), day, day), day=day) for day in days]


def _joined(members: Sequence[Element]) -> list[Element]:
    """Days of one rule for one person as one element again, from the first to the last of them."""
    found: dict[object, list[Element]] = {}
    for element in members:
        single = element.row is not None or element.origin.rule.view is not View.CELL
        found.setdefault(id(element) if single else (id(element.origin), element.person), []).append(element)
    return [_joint(group) for group in found.values()]


def _joint(group: Sequence[Element]) -> Element:
    first, last = group[0], group[-1]
    if first.row is not None or first.day is None or first.origin.rule.view is not View.CELL:
        return first
    scope = replace(first.stated.scope, last=last.stated.scope.last)
    when = first.day if first.day == last.day else Text("{first} – {last}", first=first.day, last=last.day)
    text = Text("{when}, {what}", when=when, what=first.text)
    return replace(first, stated=replace(first.stated, scope=scope), text=text)


# -- what would resolve it -------------------------------------------------------------------------------------------


def relaxations(problem: Problem, budget: Budget) -> list[Proposal]:
    """The cheapest changes after which there is a roster, each of another kind, verified by solving."""
    parts: list[Element] = []
    for element in elements(problem, by_day=True):
        parts += units(element.row, 0) if isinstance(element.row, Demand) else [element]
    elastic = Elastic(Plan(problem), parts, law=True)
    found: list[Proposal] = []
    while len(found) < WANTED and budget.left() > 0:
        outcome = budget.run(elastic.plan.rows, max(ONCE, budget.left() / 2))
        given_up = elastic.given_up(outcome)
        if not given_up:
            break
        roster = elastic.roster(outcome)
        changes = _gentlest(problem, changes_of(problem, merged(given_up), roster), roster, budget)
        if proposal := _verified(problem, changes, roster, budget):
            found.append(proposal)
        elastic.keep(dearest(given_up))
    return sorted(found, key=lambda proposal: proposal.price)


def _gentlest(problem: Problem, changes: list[Change], hint: Roster, budget: Budget) -> list[Change]:
    """The changes with each number eased by no more steps than it takes."""
    for nth, change in enumerate(changes):
        if not isinstance(change, Ease) or len(changes) > FEW:
            continue
        for rule in gentler(change):
            fewer = [*changes[:nth], replace(change, eased=rule), *changes[nth + 1 :]]
            if budget.left() <= 0:
                return changes
            if _verified(problem, fewer, hint, budget):
                changes = fewer
                break
    return changes


def _verified(problem: Problem, changes: Sequence[Change], hint: Roster, budget: Budget) -> Proposal | None:
    """The changes made and a roster that breaks no hard rule: the one that the search for changes has found, if the
    rules themselves find nothing in it, else one solved from scratch.
    """
    for change in changes:
        problem = change.apply(problem)
    firm = [stated for stated in problem.rules if stated.strength is Strength.HARD]
    found = Roster(problem, hint.duties)
    if not _keeps(found, firm):
        plan = Plan(problem)
        plan.hint(hint)
        for stated in firm:
            plan.state(stated)
        outcome = budget.run(plan.rows, ONCE)
        if not outcome.holds:
            return None
        found = Roster(problem, plan.read(outcome.holds))
    return Proposal(tuple(changes), found, ()) if _keeps(found, firm) else None


def _keeps(roster: Roster, firm: Sequence[Stated]) -> bool:
    """Whether a roster breaks none of these rules; read without the solver."""
    return not any(any(breaches(roster, stated)) for stated in firm)
