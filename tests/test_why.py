"""Why a place is empty and why there is no roster: the true cause, no other, and changes that really help."""

from dataclasses import replace
from datetime import date
from functools import cache
from random import Random

import hard_desks
import pytest
import sampler
from hard_desks import EVERYTHING, IMPOSSIBLE, SHORT, SUN, THU, need, people, problem, stated

from cstools.language import speak
from cstools.roster.inputs import Wish
from cstools.roster.problem import Problem
from cstools.roster.reasons import Audit, Move, Reason, missing
from cstools.roster.result import Limits, Result, Status
from cstools.roster.roster import Roster
from cstools.roster.rule import Stated, Strength
from cstools.roster.rules import all_rules
from cstools.roster.solve import solve
from cstools.roster.solver import Clock
from cstools.roster.why.changes import Change
from cstools.roster.why.conflict import contradiction
from cstools.roster.why.explain import Explanation, Shortage, explain, shortages
from cstools.roster.why.people import unmet, why_refused, why_works
from cstools.roster.why.search import Budget
from cstools.shifts import Duty


def solved(asked: Problem) -> Result:
    return solve(asked, Limits(seconds=10, workers=4))


@cache
def explained(name: str) -> tuple[Problem, Explanation]:
    asked = SHORT[name]().problem
    result = solved(asked)
    assert result.status is Status.OPTIMAL
    return asked, explain(asked, result.roster)


def cause(reason: Reason) -> str:
    """The rule that stands against somebody, or what else does."""
    if reason.breach and reason.breach.stated:
        return reason.breach.stated.rule.name()
    return "meal" if "meal" in reason.text.key else reason.kind


def applied(asked: Problem, changes: tuple[Change, ...]) -> Problem:
    for change in changes:
        asked = change.apply(asked)
    return asked


@pytest.mark.parametrize("name", SHORT)
def test_the_true_cause_is_named_and_no_other(name: str) -> None:
    _, found = explained(name)
    (shortage,) = found.shortages
    told = {reason.person: cause(reason) for reason in shortage.reasons}
    desk = SHORT[name]()
    if desk.alike:
        assert sorted(told.values()) == sorted(desk.why.values())
    else:
        assert told == desk.why
    assert found.complete


@pytest.mark.parametrize("name", SHORT)
def test_the_first_proposal_fills_the_place_and_leaves_no_other(name: str) -> None:
    asked, found = explained(name)
    (shortage,) = found.shortages
    first = shortage.proposals[0]
    assert type(first.changes[0]).__name__ == SHORT[name]().first
    result = solved(applied(asked, first.changes))
    assert result.roster is not None
    assert shortages(result.roster) == []


@pytest.mark.parametrize("name", SHORT)
def test_proposals_are_in_the_order_of_their_price_and_of_different_kinds(name: str) -> None:
    _, found = explained(name)
    proposals = found.shortages[0].proposals
    assert [one.price for one in proposals] == sorted(one.price for one in proposals)
    assert len({one.changes for one in proposals}) == len(proposals) > 1
    assert all(not missing(one.roster, demand) for one in proposals for demand in one.roster.problem.demands)


def test_everything_at_once_has_each_cause_at_its_own_place() -> None:
    asked = hard_desks.everything()
    result = solved(asked)
    found = explain(asked, result.roster)
    told = {shortage.demand.day: shortage for shortage in found.shortages}
    assert list(told) == list(EVERYTHING)
    for day, shortage in told.items():
        causes = sorted(cause(reason) for reason in shortage.reasons)
        assert causes == sorted(EVERYTHING[day].values())
        assert filled(asked, shortage)


def filled(asked: Problem, shortage: Shortage) -> bool:
    """Whether the first proposal, applied and solved from scratch, leaves only the other places empty."""
    result = solved(applied(asked, shortage.proposals[0].changes))
    assert result.roster is not None
    return shortage.demand.day not in {breach.place.days[0] for breach in shortages(result.roster)}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_contradiction_is_named_by_cell_and_none_of_it_can_be_left_out(name: str) -> None:
    make, cells = IMPOSSIBLE[name]
    asked = make()
    assert solved(asked).status is Status.INFEASIBLE
    found = explain(asked, None, Status.INFEASIBLE).contradiction
    assert found is not None
    assert found.minimal
    assert {f"{one.source.sheet}!{one.source.cell}" for one in found.elements if one.source} == cells
    assert solved(found.alone()).status is Status.INFEASIBLE
    for element in found.elements:
        assert solved(found.alone(without=element)).status is Status.OPTIMAL


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_every_relaxation_makes_a_roster_possible(name: str) -> None:
    asked = IMPOSSIBLE[name][0]()
    ways = explain(asked, None, Status.INFEASIBLE).relaxations
    assert len(ways) > 1 or name == "too few for a campaign"  # 产假 can't be moved
    for way in ways:
        assert solved(applied(asked, way.changes)).status is Status.OPTIMAL


def test_counting_suffices_where_heads_or_days_are_too_few() -> None:
    told = {name: explain(make(), None, Status.UNKNOWN).counted for name, (make, _) in IMPOSSIBLE.items()}
    numbers = {
        name: [(one.text.params.get("need", one.text.params.get("due")), one.text.params["have"]) for one in found]
        for name, found in told.items()
    }
    assert numbers == {
        "contradictory filled cells": [],
        "a meeting against leave": [],
        "too few for a campaign": [(9, 8)],
        "the week's quota unreachable": [(6, 5)],
    }


def test_unknown_is_never_taken_for_impossible() -> None:
    found = explain(hard_desks.cells(), None, Status.UNKNOWN)
    assert found.contradiction is None
    assert not found.complete


def test_a_month_of_thirty_people_takes_few_solves() -> None:
    asked = hard_desks.month()
    result = solve(asked, Limits(seconds=6))
    assert result.roster is not None
    found = explain(asked, result.roster, seconds=40)
    assert found.shortages
    assert all(shortage.reasons and shortage.proposals for shortage in found.shortages)
    assert found.solves <= 10 * len(found.shortages)


def test_a_month_without_a_roster_is_explained_by_its_fewest_rows() -> None:
    asked = hard_desks.month()
    asked = replace(asked, rules=tuple(replace(one, strength=Strength.HARD) for one in asked.rules))
    budget = Budget(Clock(60, deterministic=False))
    found = contradiction(asked, budget)
    assert found is not None
    assert found.minimal
    assert {element.rule for element in found.elements} == {"cover_minimum", "leave"}
    days = {element.day for element in found.elements if element.rule == "cover_minimum"}
    assert len(days) == 1
    assert days <= {date(2026, 11, 11), date(2026, 11, 12)}
    assert budget.solves < 60


# -- any desk ----------------------------------------------------------------------------------------------------------


def any_problem(rng: Random) -> Problem:
    """A sampled problem with the rules that hold by default, four hard ones more, and cover, hard now and then."""
    asked, kinds = sampler.problem(rng), all_rules()
    rules = [Stated(kind()) for kind in kinds.values() if kind.default is Strength.HARD]
    others = [name for name, kind in kinds.items() if kind.default is None and name != "fair"]
    for name in rng.sample(others, 4):
        sampled = {key: rng.choice(about["samples"]) for key, about in kinds[name].parameters().items()}
        rules.append(Stated(kinds[name](**sampled), scope=sampler.scope(rng, asked)))
    firm = rng.random() < 0.3
    rules.append(Stated(kinds["cover_minimum"](), Strength.HARD if firm else Strength.SOFT, 1))
    return replace(asked, rules=tuple(rules))


def test_on_any_desk_proposals_help_and_contradictions_are_as_small_as_can_be() -> None:
    proposed = contradicted = 0
    for seed in range(40):
        asked = any_problem(Random(seed))
        result = solved(asked)
        found = explain(asked, result.roster, result.status, seconds=10)
        assert all(map(str, found.lines))
        for shortage in found.shortages:
            assert result.roster
            for proposal in shortage.proposals:
                assert proposal.roster.problem == applied(asked, proposal.changes)
                assert worth(proposal.roster) < worth(result.roster)
                proposed += 1
        if result.status is Status.INFEASIBLE:
            assert found.contradiction is not None
            assert solved(found.contradiction.alone()).status is Status.INFEASIBLE
            for element in found.contradiction.elements:
                assert solved(found.contradiction.alone(without=element)).status is Status.OPTIMAL
            contradicted += 1
    assert min(proposed, contradicted) > 8


def worth(roster: Roster) -> tuple[int, int]:
    """How much a roster breaks, and how many people it lacks; with the fewer of both the better."""
    broken = sum(breach.amount for breach in roster.audit() if not (breach.stated and breach.stated.rule.shortage))
    return broken, sum(breach.amount for breach in shortages(roster))


# -- people and wishes -----------------------------------------------------------------------------------------------------


def test_a_person_works_a_day_because_nobody_else_can() -> None:
    asked = problem(people("甲乙丙", {"甲": "日语"}), [need(SUN, 1, "晚", skill="日语")])
    roster = Roster(asked, [Duty(SUN, "晚", "甲"), Duty(THU, "白", "乙")])
    (held,) = why_works(roster, "甲", asked.days)
    assert [reason.kind for reason in held.others] == ["skilled", "skilled"]
    assert held.lost[0].stated
    assert held.takers == ()
    (other,) = why_works(roster, "乙", asked.days)
    assert other.lost == ()


def test_somebody_who_could_take_a_duty_is_named() -> None:
    asked = problem(people("甲乙"), [need(SUN, 1)])
    roster = Roster(asked, [Duty(SUN, "白", "甲", meal=(720, 750))])
    (held,) = why_works(roster, "甲", [SUN])
    assert held.takers == ("乙",)


def test_a_wish_is_refused_for_what_it_would_break_or_cost() -> None:
    wishes = (Wish("甲", SUN, on=False), Wish("乙", THU, on=True, weight=3), Wish("乙", SUN, on=True))
    asked = problem(
        people("甲乙"), [need(SUN, 1)],
        Stated(all_rules()["wishes"](), Strength.SOFT, 3),
        stated("shift_count", "A7", period="week", at_most=1),
        replace(stated("rest_days", period="week", at_least=7), strength=Strength.SOFT, tier=4, weight=2),
        wishes=wishes,
    )  # fmt: skip
    roster = Roster(asked, [Duty(SUN, "白", "甲", meal=(720, 750))])
    assert unmet(roster) == list(wishes)
    off, on, _ = why_refused(roster, wishes)
    assert "1" in str(off.text)
    assert off.source
    assert off.source.sheet == "需求"
    speak("en")
    assert str(on.text) == "乙's wish for 2026-11-12 Thu: costs: tier 3: -3, tier 4: +2"


# -- a change of one cell is judged without reading all of a roster ---------------------------------------------------------


@pytest.mark.parametrize("name", all_rules())
def test_what_a_move_breaks_anew_is_what_the_whole_roster_then_has_more(name: str) -> None:
    differed = 0
    for seed in range(30):
        rng = Random(seed)
        asked = sampler.problem(rng)
        kind = all_rules()[name]
        rule = kind(**{key: rng.choice(about["samples"]) for key, about in kind.parameters().items()})
        one = Stated(rule, Strength.SOFT, 1, 1, sampler.scope(rng, asked))
        roster = sampler.roster(rng, replace(asked, rules=(one,)))
        audit = Audit(roster)
        for _ in range(5):
            person, day = rng.choice(asked.people).number, rng.choice(asked.days)
            new = any_duty(rng, asked, person, day)
            others = [duty for duty in roster.duties if (duty.person, duty.day) != (person, day)]
            after = Roster(roster.problem, [*others, new] if new else others)
            told = audit.costs(Move(audit, person, day, new)).get(1, 0)
            assert told == after.costs()[1] - roster.costs()[1], f"seed {seed}: {one}"
            differed += told != 0
    assert differed


def any_duty(rng: Random, asked: Problem, person: str, day: date) -> Duty | None:
    """A shift with its meal and perhaps a post, or none."""
    code = rng.choice([None, *asked.shifts_on(day)])
    if code is None:
        return None
    posts = tuple(sampler.some(rng, asked.posts_on(day, code), 0.5))
    return Duty(day, code, person, posts, rng.choice(asked.shifts_on(day)[code].meals or (None,)))
