"""How many people a demand finds: by shift, skill, post and time of day, meals and the night before included."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cstools.dated import Dated
from cstools.people import Person, Terms
from cstools.roster import cover
from cstools.roster.inputs import Demand
from cstools.roster.plan import Plan
from cstools.roster.problem import Problem
from cstools.roster.result import Status
from cstools.roster.roster import Roster
from cstools.roster.rule import Stated
from cstools.roster.rules.cover_maximum import CoverMaximum
from cstools.roster.rules.cover_minimum import CoverMinimum
from cstools.roster.solver import Effort, Stop, run
from cstools.shifts import DAY, Duty, Shift, ShiftBook

TODAY = date(2026, 11, 3)
YESTERDAY = TODAY - timedelta(days=1)
SHIFTS = ShiftBook.of(
    [
        Shift("白", "白班", 510, 1020, 480, meals=((690, 720), (720, 750))),
        Shift("晚", "晚班", 990, DAY, 450),
        Shift("夜", "夜班", DAY, DAY + 480, 480),
    ]
)
SENIOR = Person("B", "乙", Dated.always(Terms(frozenset({"组长"}))))
PAST = Duty(YESTERDAY, "夜", "C")
DUTIES = {Duty(TODAY, "白", "A", ("主旺旺",), (690, 720)), Duty(TODAY, "白", "B", (), (720, 750))}


def roster(demand: Demand) -> Roster:
    """A and B on 白, eating one after the other; C was on 夜 until eight this morning."""
    people = (Person("A", "甲"), SENIOR, Person("C", "丙"))
    problem = Problem(
        (TODAY,), people, SHIFTS, demands=(demand,), past=frozenset({PAST}), past_days=frozenset({YESTERDAY})
    )
    return Roster(problem, DUTIES)


@pytest.mark.parametrize(
    ("demand", "least", "most"),
    [
        (Demand(TODAY), 2, 2),
        (Demand(TODAY, ("白", "晚")), 2, 2),
        (Demand(TODAY, ("晚",)), 0, 0),
        (Demand(TODAY, skill="组长"), 1, 1),
        (Demand(TODAY, ("白",), post="主旺旺"), 1, 1),
        (Demand(TODAY, skill="组长", post="主旺旺"), 0, 0),
        # One of the two eats from 11:30 to 12:30; before and after, both are there.
        (Demand(TODAY, window=(690, 750)), 1, 1),
        (Demand(TODAY, window=(660, 780)), 1, 2),
        (Demand(TODAY, window=(750, 780)), 2, 2),
        (Demand(TODAY, window=(690, 720), skill="组长"), 1, 1),
        (Demand(TODAY, window=(720, 750), skill="组长"), 0, 0),
        # Whoever began last midnight is there until eight; on shifts asked for by name only if it is one of them.
        (Demand(TODAY, window=(0, 480)), 1, 1),
        (Demand(TODAY, window=(0, 510)), 0, 1),
        (Demand(TODAY, ("夜",), window=(0, 480)), 1, 1),
        (Demand(TODAY, ("白",), window=(0, 480)), 0, 0),
    ],
)
def test_a_plan_counts_what_a_finished_roster_counts(demand: Demand, least: int, most: int) -> None:
    finished = roster(demand)
    counts = cover.counts(finished, demand)
    assert (min(counts), max(counts)) == (least, most)
    for rule, fits in (
        (CoverMinimum, {least: True, least + 1: False}),
        (CoverMaximum, {most: True, most - 1: False}),
    ):
        for asked, expected in fits.items():
            bound = replace(demand, minimum=asked, maximum=asked)
            plan = Plan(roster(bound).problem)
            plan.state(Stated(rule()))
            plan.fix(finished)
            found = run(plan.rows, Effort(10, workers=1), Stop()).status
            assert found is (Status.OPTIMAL if expected else Status.INFEASIBLE), (rule, asked)
