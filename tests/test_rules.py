"""Every rule says the same thing twice: what it tells the solver is what it finds in a finished roster.

On small random problems (tests/sampler.py), for each rule, hard and soft, scoped or not, in whole plans and in plans of
which a part stands: hard, a roster is feasible exactly when ``check`` finds nothing; soft, it costs what ``check`` adds
up. A rule added later is held to this by being there; its parameters' ``samples`` say with which values.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random

import pytest
import sampler
from searching import draw

from cstools.language import speak
from cstools.roster import cover, parameters
from cstools.roster.plan import Cell, Plan
from cstools.roster.problem import Problem
from cstools.roster.result import Status
from cstools.roster.roster import Roster
from cstools.roster.rule import Breach, Rule, Stated, Strength, parameter
from cstools.roster.rules import all_rules
from cstools.roster.rules.cover_minimum import CoverMinimum
from cstools.roster.rules.employment import Employment
from cstools.roster.rules.forward import Forward
from cstools.roster.rules.leave import OnLeave
from cstools.roster.rules.rest_in_seven import RestInSeven
from cstools.roster.rules.run import DaysInARow
from cstools.roster.scope import Scope
from cstools.roster.solver import Effort, Outcome, Stop, run
from cstools.shifts import Duty

SEEDS = range(50)
HARDLY = 8  # rosters of each kind, clean and broken, that a rule must at least have been tried on
EFFORT = Effort(20, workers=1)


class Disagreement(AssertionError):
    """Build and check do not say the same."""


@dataclass
class Tried:
    """How many rosters a rule was held to, by what it found there."""

    clean: int = 0
    broken: int = 0

    @property
    def enough(self) -> bool:
        """Whether both kinds were there."""
        return min(self.clean, self.broken) >= HARDLY


def hold(kind: type[Rule], seeds: Collection[int] = SEEDS) -> Tried:
    """Hold a rule to its contract; raises Disagreement."""
    tried = Tried()
    for seed in seeds:
        rng = Random(seed)
        problem = sampler.problem(rng)
        stated = Stated(
            draw(rng, kind), tier=rng.randint(1, 3), weight=rng.randint(1, 3), scope=sampler.scope(rng, problem)
        )
        for roster in samples(rng, problem, stated):
            try:
                clean = agree(rng, roster, stated)
            except Disagreement as wrong:
                raise Disagreement(f"seed {seed}: {stated}: {wrong}") from wrong
            tried.clean += clean
            tried.broken += not clean
    return tried


def odd_duties(roster: Roster) -> set[Duty]:
    """Duties outside their person's employment. A plan never opens such a cell, so it is only ever one that stands."""
    return {duty for duty in roster.duties if not roster.problem.person[duty.person].employed(duty.day)}


def samples(rng: Random, problem: Problem, stated: Stated) -> Iterator[Roster]:
    """Rosters as they come, one that the rule allows, and some that are next to it."""
    yield from (sampler.roster(rng, problem) for _ in range(2))
    asked = replace(problem, rules=(stated,))
    plan = Plan(asked)
    plan.state(stated)
    plan.hint(sampler.roster(rng, asked))
    solved = run(plan.rows, EFFORT, Stop())
    if solved.holds:
        good = Roster(asked, plan.read(solved.holds))
        yield good
        yield from (sampler.changed(rng, good) for _ in range(2))


def agree(rng: Random, roster: Roster, stated: Stated) -> bool:
    """Whether the rule finds nothing in a roster; raises Disagreement where plans of it say otherwise."""
    cells = {(person.number, day) for person in roster.problem.people for day in roster.problem.days}
    odd = {(duty.person, duty.day) for duty in odd_duties(roster)}
    whole = cells - odd if odd else None
    part = set(sampler.some(rng, sorted(cells - odd), rng.choice((0.2, 0.6))))
    firm, loose = (
        Roster(replace(roster.problem, rules=(replace(stated, strength=strength),)), roster.duties)
        for strength in (Strength.HARD, Strength.SOFT)
    )
    cost, found = loose.costs()[stated.tier], firm.audit()
    # Hard in the whole and soft in a part, or the other way round: more problems in the same time.
    for asked, free in zip((firm, loose), rng.sample((whole, part), 2), strict=True):
        outcome = solved(asked, free)
        told = f"{sorted(roster.duties)}, free {free and sorted(free)}, found {found}"
        if asked is firm and (outcome.status is Status.OPTIMAL) is bool(found):
            raise Disagreement(f"{outcome.status}: {told}")
        if asked is loose and (outcome.status, outcome.cost) != (Status.OPTIMAL, cost):
            raise Disagreement(f"{outcome.status}, cost {outcome.cost} and not {cost}: {told}")
    return not found


def solved(roster: Roster, free: Collection[Cell] | None = None) -> Outcome:
    """What the solver says of a roster under its problem's rules, where some cells are free and the others stand."""
    plan = Plan(roster.problem, free=free, roster=roster)
    for stated in roster.problem.rules:
        plan.state(stated)
    plan.fix(roster)
    plan.rows.minimise_tier(*plan.tiers)
    outcome = run(plan.rows, EFFORT, Stop())
    assert outcome.status in {Status.OPTIMAL, Status.INFEASIBLE}
    assert outcome.holds is None or plan.read(outcome.holds) == roster.duties
    return outcome


@pytest.mark.parametrize("name", all_rules())
def test_a_rule_tells_the_solver_what_it_checks(name: str) -> None:
    tried = hold(all_rules()[name])
    assert tried.enough, f"the samples hardly try this rule: {tried}"


def test_rules_of_all_strengths_stand_together() -> None:
    feasible = 0
    for seed in SEEDS:
        rng = Random(seed)
        problem = sampler.problem(rng)
        stated = tuple(
            Stated(
                draw(rng, kind),
                rng.choice(list(Strength)),
                rng.randint(1, 2),
                rng.randint(1, 3),
                sampler.scope(rng, problem),
            )
            for kind in rng.sample(list(all_rules().values()), 8)
        )
        loose = [replace(one, strength=rng.choice((Strength.SOFT, Strength.WATCH))) for one in stated[2:]]
        roster = sampler.roster(rng, problem)
        asked = Roster(replace(problem, rules=(*stated[:2], *loose)), roster.duties - odd_duties(roster))
        outcome = solved(asked)
        broken = [breach for breach in asked.audit() if breach.stated and breach.stated.strength is Strength.HARD]
        assert (outcome.status is Status.INFEASIBLE) == bool(broken), seed
        assert broken or outcome.cost == sum(asked.costs().values()), seed
        feasible += not broken
    assert 5 < feasible < len(SEEDS)


# -- the contract itself: mistakes that it must find -----------------------------------------------------------------


class OneTooMany(DaysInARow):
    """Off by one in what the solver is told."""

    def build(self, plan: Plan, scope: Scope) -> None:
        DaysInARow(self.at_least, None if self.at_most is None else self.at_most + 1).build(plan, scope)


class ForgetsThePast(Forward):
    """Begins with the second day, as if nothing could come before the first."""

    def build(self, plan: Plan, scope: Scope) -> None:
        super().build(plan, replace(scope, first=max(scope.first or date.min, plan.problem.days[1])))


class ForgetsWhom(RestInSeven):
    """Binds people for whom the rule is not stated."""

    def build(self, plan: Plan, scope: Scope) -> None:
        super().build(plan, replace(scope, people=frozenset(), contracts=frozenset()))


class ForgetsTheWeight(CoverMinimum):
    """Every missing person costs the same, however a demand weighs it."""

    def build(self, plan: Plan, scope: Scope) -> None:
        for demand in cover.demands(plan.problem, scope):
            plan.at_least_each(cover.terms(plan, demand), demand.minimum)


class OverlooksHalfDays(OnLeave):
    """Checks whole days of leave alone."""

    def check(self, roster: Roster, scope: Scope) -> Iterator[Breach]:
        whole = tuple(leave for leave in roster.problem.leaves if not leave.half)
        yield from super().check(Roster(replace(roster.problem, leaves=whole), roster.duties), scope)


class LeavesOutWhatStands(Employment):
    """Trusts the plan's empty cells, so that what stands in a part of a roster is never looked at."""

    def build(self, plan: Plan, scope: Scope) -> None:
        """Nothing."""


@pytest.mark.parametrize(
    "mistake",
    [OneTooMany, ForgetsThePast, ForgetsWhom, ForgetsTheWeight, OverlooksHalfDays, LeavesOutWhatStands],
)
def test_a_mistake_in_a_rule_is_found(mistake: type[Rule]) -> None:
    with pytest.raises(Disagreement):
        hold(mistake)


def test_a_rule_that_the_samples_hardly_try_is_told() -> None:
    @dataclass(frozen=True)
    class Unreachable(RestInSeven):
        window: int = parameter("days in a row", parameters.count, 7, (40,))

    assert not hold(Unreachable).enough


@pytest.mark.parametrize("name", all_rules())
def test_a_rule_says_its_sentence_with_its_parameters(name: str) -> None:
    kind = all_rules()[name]
    for language in ("en", "zh"):
        speak(language)
        for nth in range(4):
            assert not {"{", "}"} & set(str(draw(Random(nth), kind).says()))
