"""What the roster search is measured with: the checker of the field's instances, and the department made up."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cstools.roster.clashes import clashes
from cstools.roster.plan import Plan
from cstools.roster.result import Limits
from cstools.roster.roster import Roster
from cstools.roster.rule import Strength
from cstools.roster.rules import all_rules
from cstools.roster.solve import solve
from cstools.roster.solver import Effort, Stop, run

sys.path.append(str(Path(__file__).parent.parent / "benchmarks"))

from department_made import department
from nrp import read_problem, write_roster
from nrp_score import Score, read_roster, score, sections
from roster import numbers
from roster_table import Run, summary, table

# Two employees, two weeks, an early and a late shift: no early after a late one; A may work 4 late ones at most.
INSTANCE = """# a comment
SECTION_HORIZON
14

SECTION_SHIFTS
E,480,
L,600,E

SECTION_STAFF
A,E=14|L=4,4000,2000,4,2,2,1
B,E=14|L=14,6000,0,5,1,1,2

SECTION_DAYS_OFF
A,2
B,0,1

SECTION_SHIFT_ON_REQUESTS
A,0,L,2
A,3,E,3
A,5,E,100

SECTION_SHIFT_OFF_REQUESTS
A,8,E,4
A,9,L,100

SECTION_COVER
0,E,1,100,100
3,E,2,10,1
4,L,0,100,7
"""
GOOD = {"A": "EE--EE--EE----", "B": "---ELL--------"}
# A has an early shift on day 0, and none on day 3; works early on day 8; one is missing on day 3; one too many on day 4.
PENALTY = 2 + 3 + 4 + 10 + 7


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    path = tmp_path / "Instance1.txt"
    path.write_text(INSTANCE, encoding="utf-8")
    return path


def judged(instance: Path, **changed: str) -> Score:
    rows = {**GOOD, **changed}
    return score(sections(instance), {one: ["" if code == "-" else code for code in row] for one, row in rows.items()})


def test_penalty_of_a_roster_by_hand(instance: Path) -> None:
    assert judged(instance) == Score(PENALTY, ())


@pytest.mark.parametrize("row", ["E--EE--EE----E", "EE-----EE--EE-"])
def test_what_the_horizon_cuts_may_go_on_outside_it(instance: Path, row: str) -> None:
    assert judged(instance, A=row).broken == ()


@pytest.mark.parametrize(
    ("employee", "row", "wrong"),
    [
        ("B", "E--ELL--------", "works on day 0, a day off"),
        ("B", "---ELE--------", "E follows L on day 5"),
        ("A", "LL--LL--LL----", "6 × L, at most 4"),
        ("A", "EE------------", "960 minutes, 2000 to 4000"),
        ("A", "EE--EELL--LL--", "4320 minutes, 2000 to 4000"),
        ("B", "--EEEEEE------", "works 6 days from day 2 on, at most 5"),
        ("A", "EE--E--EEE----", "works 1 days from day 4 on, at least 2"),
        ("A", "EE--EE-EE-----", "is off 1 days from day 6 on, at least 2"),
        ("A", "EE---EE----EE-", "2 weekends, at most 1"),
    ],
)
def test_each_hard_rule_broken_once(instance: Path, employee: str, row: str, wrong: str) -> None:
    assert judged(instance, **{employee: row}).broken == (f"{employee}: {wrong}",)


@pytest.mark.parametrize(
    "rows", ["A,E,E", "A" + "," * 14, "A" + "," * 14 + "\nB" + "," * 13 + "X", "A" + "," * 14 + "\nA" + "," * 14]
)
def test_a_file_that_is_no_roster_of_the_instance(instance: Path, tmp_path: Path, rows: str) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("employee\n" + rows + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="not"):
        read_roster(path, sections(instance))


def test_the_checker_and_the_solver_agree(instance: Path, tmp_path: Path) -> None:
    result = solve(read_problem(instance), Limits(5))
    assert result.roster
    path = tmp_path / "roster.csv"
    write_roster(result.roster, path)
    parts = sections(instance)
    assert score(parts, read_roster(path, parts)) == Score(result.tiers[0].cost, ())


# --- the table --------------------------------------------------------------------------------------------------------

RUNS = [
    Run(1, "2 × 8 × 1", plain=False, seed=1, limit=60, cost=607, bound=600, penalty=607, seconds=60.2, memory=150),
    Run(1, "2 × 8 × 1", plain=False, seed=2, limit=60, cost=637, bound=590, penalty=637, seconds=61, memory=140),
    Run(1, "2 × 8 × 1", plain=True, seed=1, limit=60),
]


def test_table_of_two_seeds() -> None:
    assert list(table(RUNS))[2] == (
        "| 1 | 2 × 8 × 1 | 607 | 607 | 607 | no roster | 607 to 637 | 600 | 1.2% to 5.8% | 0.0% to 4.9% | 60 to 61 | 150 |"
    )
    assert summary(RUNS) == (
        "mean gap to the best known over 1 instances 2.47%, the worst 2.5% (instance 1);"
        " seeds lie 4.9% of the lowest apart in the mean, 4.9% at most"
    )


def test_what_makes_a_run_wrong() -> None:
    good = RUNS[0]
    assert good.right
    assert not replace(good, broken=1).right
    assert not replace(good, penalty=606).right
    assert numbers("1-3,8") == {1, 2, 3, 8}


# --- the department ---------------------------------------------------------------------------------------------------


def test_the_same_seed_makes_the_same_department() -> None:
    assert department(20, 10, seed=3) == department(20, 10, seed=3)
    assert department(20, 10, seed=3) != department(20, 10, seed=4)


def test_the_department_states_every_rule_and_uses_everything() -> None:
    made = department(60)
    assert {stated.rule.name() for stated in made.rules} == set(all_rules())
    assert all((made.leaves, made.wishes, made.fixed, made.meetings, made.past, made.posts))
    assert (len(made.days), len(made.shifts.codes())) == (31, 6)
    assert any(demand.window for demand in made.demands)
    assert any(demand.skill for demand in made.demands)
    assert not clashes(made, {})


def test_the_department_can_keep_its_hard_rules() -> None:
    made = department(20, 14)
    plan = Plan(made)
    for stated in made.rules:
        if stated.strength is Strength.HARD:
            plan.state(stated)
    outcome = run(plan.rows, Effort(30, workers=1), Stop())
    assert outcome.holds
    breaches = Roster(made, plan.read(outcome.holds)).audit()
    assert not [breach for breach in breaches if breach.stated and breach.stated.strength is Strength.HARD]
