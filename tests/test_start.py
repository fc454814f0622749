"""A first roster, a few people after the other, keeps every hard rule, also those between people."""

from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest
import searching
from test_solve import MONDAY, QUICK, needs, problem, soft, words

from cstools.dated import Dated
from cstools.people import Terms
from cstools.roster import solve as solving
from cstools.roster import start as starting
from cstools.roster.arrays import Numbers
from cstools.roster.gaps import LEAST, SCARCE, Gaps
from cstools.roster.inputs import Demand, Fixed, Wish
from cstools.roster.part import Part
from cstools.roster.plan import Plan
from cstools.roster.problem import Problem
from cstools.roster.result import Status
from cstools.roster.roster import Roster
from cstools.roster.rule import Rule
from cstools.roster.rules.apart import Apart
from cstools.roster.rules.cover_minimum import CoverMinimum
from cstools.roster.rules.fixed import FixedCells
from cstools.roster.rules.leave import OnLeave
from cstools.roster.rules.mentor import Mentor
from cstools.roster.rules.posts import Posts
from cstools.roster.rules.rest import Rest
from cstools.roster.rules.run import DaysInARow
from cstools.roster.rules.senior import Senior
from cstools.roster.rules.together import Together
from cstools.roster.rules.wishes import Wishes
from cstools.roster.solver import PORTFOLIO, Clock, Effort, Outcome, Stop, run, run_part
from cstools.roster.start import Start, settled
from cstools.shifts import Shift, ShiftBook
from cstools.team.leave import Leave

BETWEEN: list[type[Rule]] = [Mentor, Senior, Together, Apart, Posts, CoverMinimum, Rest, DaysInARow]


def first(asked: Problem, threads: int, seed: int = 1) -> tuple[Status, Roster | None]:
    """A first roster, with what follows from it settled."""
    plan, ground = searching.planned(asked)
    aim = ground.table.aim({tier: 100 ** (4 - tier) for tier in plan.tiers})
    outcome = Start(ground, aim, Clock(20, deterministic=False), Stop(), seed).run(threads)
    if outcome.values is None:
        return outcome.status, None
    values = settled(ground, outcome.values, aim, searching.EFFORT, Stop()).values
    return outcome.status, None if values is None else searching.read(plan, values)


def possible(asked: Problem) -> bool:
    plan = Plan(asked)
    for stated in asked.rules:
        plan.state(stated)
    return run(plan.rows, searching.EFFORT, Stop()).status is not Status.INFEASIBLE


@pytest.mark.parametrize("threads", [1, 3])
def test_people_one_by_one_keep_the_rules_between_them(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "BATCH", 1)
    found, impossible, lost = 0, 0, 0
    for seed in range(60):
        rng = Random(seed)
        asked = searching.drawn(rng, rng.sample(BETWEEN, 4), 3)
        status, roster = first(asked, threads, seed)
        if status is Status.FEASIBLE:
            assert roster, seed
            assert searching.broken(roster) == [], seed
            found += 1
        else:
            assert roster is None
            assert not (status is Status.INFEASIBLE and possible(asked)), seed
            impossible += status is Status.INFEASIBLE
            lost += status is Status.UNKNOWN and possible(asked)
    assert found > 25
    assert impossible > 3
    assert lost <= found / 10


def test_those_planned_are_planned_again_where_the_last_has_no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody would rather be off, so the first is; then the last alone would have to work two days in a row."""
    monkeypatch.setattr(starting, "BATCH", 1)
    asked = problem(2, 3, OnLeave(), DaysInARow(at_most=1), CoverMinimum(), soft(Wishes(), 1))
    wishes = tuple(Wish(one.number, day, on=False) for one in asked.people for day in asked.days)
    asked = replace(asked, demands=needs(asked, "白", 1), wishes=wishes)
    away = replace(asked, leaves=(Leave("001", asked.days[1], asked.days[2]),))
    for seed in range(6):
        status, roster = first(asked, 1, seed)
        assert status is Status.FEASIBLE
        assert roster
        assert searching.broken(roster) == []
        assert first(away, 1, seed)[0] is Status.INFEASIBLE


def test_what_a_fixed_cell_asks_of_others_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    """001 has to work, so that the mentor has to, who would rather be off and is planned first now and then."""
    monkeypatch.setattr(starting, "BATCH", 1)
    asked = problem(2, 1, FixedCells(), Mentor(), soft(Wishes(), 1))
    trainee = replace(asked.people[0], terms=Dated.always(Terms(mentor="002")), probation_until=MONDAY)
    asked = replace(asked, people=(trainee, asked.people[1]), fixed=(Fixed("001", MONDAY, "白"),),
                    wishes=(Wish("002", MONDAY, on=False),))  # fmt: skip
    for seed in range(8):
        _, roster = first(asked, 1, seed)
        assert roster
        assert searching.broken(roster) == []


def test_what_may_be_missing_all_day_long_is_no_reason_for_there_to_be_no_roster() -> None:
    """So many pieces has the window that what is missing in the worst, the last, is in more than HUB rows."""
    asked = problem(3, 1, soft(CoverMinimum(), 1))
    shifts = ShiftBook.of([Shift(f"S{nth:02}", "班", 400 + 7 * nth, 900 + 7 * nth, 400) for nth in range(40)])
    asked = replace(asked, shifts=shifts, demands=(Demand(MONDAY, window=(420, 1200), minimum=2),))
    status, roster = first(asked, 1)
    assert status is Status.FEASIBLE
    assert roster
    assert roster.costs() == {1: 2}


def test_nothing_is_wrong_with_people_who_have_nothing_to_decide() -> None:
    asked = problem(2, 1, OnLeave(), soft(CoverMinimum(), 1))
    asked = replace(
        asked, demands=needs(asked, "白", 1), leaves=tuple(Leave(nr, MONDAY, MONDAY) for nr in ("001", "002"))
    )
    status, roster = first(asked, 2)
    assert status is Status.FEASIBLE
    assert roster
    assert roster.costs() == {1: 1}


@pytest.mark.parametrize("ways", [1, 2])
def test_where_the_costs_lead_nowhere_it_goes_without_them_and_then_as_a_whole(
    ways: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = problem(2, 2, Apart(), CoverMinimum(), soft(DaysInARow(at_most=1), 2))
    asked = replace(asked, demands=(*needs(asked, "白", 1), Demand(MONDAY, ("晚",), minimum=1)))
    begin, priced = Start.run, []

    def lost(self: Start, *words: Any) -> Outcome:
        priced.append(bool(self.aim[0].any()))
        return Outcome(Status.UNKNOWN) if len(priced) <= ways else begin(self, *words)

    monkeypatch.setattr(Start, "run", lost)
    monkeypatch.setattr(solving, "SMALLISH", 0)
    result = solving.solve(asked, QUICK)
    assert priced == [True, False]
    assert result.status is Status.OPTIMAL
    assert result.roster
    assert words(result)["001"][0] + words(result)["002"][0] in {"白晚", "晚白"}
    assert result.roster.costs() == {2: 1}


def test_who_is_not_planned_in_time_is_planned_in_any_way_and_then_with_several_searches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However many they are: only those who have to be planned again with others count as failures."""
    asked = problem(4, 7, soft(CoverMinimum(), 1))
    plan, ground = searching.planned(replace(asked, demands=needs(asked, "白", 3)))
    tried: list[tuple[int, bool, bool]] = []

    def slow(part: Part, values: Numbers, effort: Effort, stop: Stop) -> Outcome:
        tried.append((effort.workers, effort.light, effort.quick))
        return Outcome(Status.UNKNOWN) if effort.workers == 1 else run_part(part, values, effort, stop)

    monkeypatch.setattr(starting, "BATCH", 1)
    monkeypatch.setattr(starting, "FAILURES", 0)
    monkeypatch.setattr(starting, "run_part", slow)
    aim = ground.table.aim(dict.fromkeys(plan.tiers, 1))
    outcome = Start(ground, aim, Clock(60, deterministic=False), Stop(), 1).run(1)
    assert outcome.status is Status.FEASIBLE
    nobody, *tried = tried
    assert nobody == (1, False, False)
    assert tried == [(1, True, False), (1, True, True), (PORTFOLIO, False, False)] * 4


def test_a_quick_search_finds_what_the_rules_allow() -> None:
    asked = problem(2, 7, DaysInARow(at_least=2, at_most=3), soft(CoverMinimum(), 1))
    _, ground = searching.planned(replace(asked, demands=needs(asked, "白", 1)))
    part = ground.table.everything(ground.table.low, ground.table.aim({1: 1}), {}, hint=False)
    found = run_part(part, ground.table.low, Effort(60, workers=1, quick=True), Stop())
    assert found.status is Status.OPTIMAL
    assert found.values is not None
    assert not ground.table.breaks(found.values)
    assert found.cost == 0


def test_a_person_is_planned_as_well_as_what_one_is_worth_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by what is missing of all the others, which is dearer by far: ten who take seven days each are worth 7."""
    asked = problem(10, 7, soft(CoverMinimum(), 1))
    plan, ground = searching.planned(replace(asked, demands=needs(asked, "白", 10)))
    efforts: list[Effort] = []

    def seen(part: Part, values: Numbers, effort: Effort, stop: Stop) -> Outcome:
        efforts.append(effort)
        return run_part(part, values, effort, stop)

    monkeypatch.setattr(starting, "run_part", seen)
    aim = ground.table.aim(dict.fromkeys(plan.tiers, 1))
    assert Start(ground, aim, Clock(60, deterministic=False), Stop(), 1).run(1).status is Status.FEASIBLE
    assert {effort.absolute for effort in efforts if effort.light} == {starting.GAP * 70 / 10}


def test_what_few_can_fill_is_dearer_while_a_first_roster_is_made() -> None:
    """Three nights lack three of three people, three days one of three."""
    asked = problem(3, 3, soft(CoverMinimum(), 1, weight=10))
    _, ground = searching.planned(replace(asked, demands=(*needs(asked, "晚", 3), *needs(asked, "白", 1))))
    aim = ground.table.aim({1: 1})
    gaps = Gaps.of(ground, aim[0])
    nobody, everybody = ground.table.low, np.ones(3, bool)
    assert sorted(gaps.wanted.tolist()) == [1, 1, 1, 3, 3, 3]
    sharp, offset = gaps.sharpened(aim, everybody, nobody)
    dear = sharp[gaps.variables][np.argsort(gaps.wanted)].tolist()
    mean = (1 / 3 + 1) / 2
    rare = [np.ceil(10 * (LEAST + (1 - LEAST) * share / (SCARCE * mean))) for share in (1 / 3, 1)]
    assert dear == [rare[0]] * 3 + [rare[1]] * 3
    assert offset == aim[1]
    assert (aim[0][gaps.variables] == 10).all()


def test_what_nobody_lacks_keeps_its_price() -> None:
    asked = problem(2, 2, soft(CoverMinimum(), 1, weight=10))
    _, ground = searching.planned(replace(asked, demands=needs(asked, "白", 1)))
    aim = ground.table.aim({1: 1})
    gaps = Gaps.of(ground, aim[0])
    filled = ground.table.low.copy()
    filled[gaps.columns] = 1
    assert gaps.sharpened(aim, np.ones(2, bool), filled) is aim
