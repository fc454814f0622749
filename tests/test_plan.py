"""What rules may ask of a plan costs, or forbids, what plain arithmetic says."""

from datetime import date, timedelta
from random import Random

import pytest

from cstools.people import Person
from cstools.roster.plan import Literal, Plan
from cstools.roster.problem import Problem
from cstools.roster.result import Status
from cstools.roster.roster import Roster
from cstools.roster.rule import Stated, Strength
from cstools.roster.rules.run import DaysInARow
from cstools.roster.solver import Effort, Outcome, Stop, run
from cstools.shifts import Duty, Shift, ShiftBook

DAYS = tuple(date(2026, 11, 2) + timedelta(days=nth) for nth in range(4))
WORKED = {DAYS[0], DAYS[2]}
FIRM, LOOSE = Strength.HARD, Strength.SOFT


def plan(strength: Strength) -> tuple[Plan, dict[str, tuple[Literal, int]]]:
    """A plan in which A works on two of four days, its constants, and literals with the values they have."""
    shift = Shift("白", "白班", 540, 1080, 480)
    stated = Stated(DaysInARow(), strength, tier=2, weight=3)
    problem = Problem(DAYS, (Person("A", "甲"),), ShiftBook.of([shift]), (stated,))
    roster = Roster(problem, {Duty(day, "白", "A") for day in WORKED})
    found = Plan(problem, free={("A", day) for day in DAYS[:3]}, roster=roster)
    found.state(stated)
    found.fix(roster)
    literals: dict[str, tuple[Literal, int]] = {"true": (found.true, 1), "false": (found.false, 0)}
    for day in DAYS:
        literals[f"on {day}"] = found.on_duty("A", day), day in WORKED
        literals[f"off {day}"] = found.off("A", day), day not in WORKED
        literals[f"not on {day}"] = found.no(found.works("A", day, "白")), day not in WORKED
    return found, literals


def settle(asked: Plan, strength: Strength) -> Outcome:
    if strength is LOOSE:
        asked.rows.minimise_tier(2)
    return run(asked.rows, Effort(10, workers=1), Stop())


@pytest.mark.parametrize("strength", [FIRM, LOOSE])
def test_terms_weights_conditions_units_and_growing_costs_are_plain_arithmetic(strength: Strength) -> None:
    for seed in range(200):
        rng = Random(seed)
        asked, literals = plan(strength)
        groups = [
            [(rng.choice(list(literals)), rng.choice((1, 1, 1, -1, 3, 90))) for _ in range(rng.randrange(5))]
            for _ in range(rng.choice((1, 1, 2, 0)))
        ]
        when = rng.choices(list(literals), k=rng.choice((0, 0, 1, 2)))
        limit, weight, unit = rng.randint(-2, 4) * rng.choice((1, 60)), rng.randint(1, 3), rng.choice((1, 60))
        growing, most = rng.random() < 0.3, rng.random() < 0.5
        terms = [[(literals[name][0], factor) for name, factor in group] for group in groups]
        conditions = [literals[name][0] for name in when]
        ask = asked.at_most_each if most else asked.at_least_each
        ask(terms, limit, weight=weight, when=conditions, growing=growing, unit=unit)
        outcome = settle(asked, strength)
        sums = [sum(literals[name][1] * factor for name, factor in group) for group in groups]
        missing = max((one - limit if most else limit - one for one in sums), default=0)
        units = -(-max(0, missing) // unit) if all(literals[name][1] for name in when) else 0
        if strength is FIRM:
            assert outcome.status is (Status.INFEASIBLE if units else Status.OPTIMAL), seed
        else:
            assert outcome.cost == 3 * weight * (units * (units + 1) // 2 if growing else units), seed


def test_either_of_some_literals_holds_where_one_does() -> None:
    for seed in range(40):
        rng = Random(seed)
        asked, literals = plan(FIRM)
        names = rng.choices(list(literals), k=rng.randrange(4))
        found = asked.either(literals[name][0] for name in names)
        truth = any(literals[name][1] for name in names)
        asked.at_least([found if truth else asked.no(found)], 1)
        assert settle(asked, FIRM).status is Status.OPTIMAL
        asked.at_most([found if truth else asked.no(found)], 0)
        assert settle(asked, FIRM).status is Status.INFEASIBLE


def test_a_soft_rule_with_nothing_to_bind_costs_what_is_missing() -> None:
    asked, _ = plan(LOOSE)
    asked.at_least([], 2)
    asked.at_most([], 0)
    asked.at_most([], -1)
    asked.forbid([])
    assert settle(asked, LOOSE).cost == 3 * (2 + 1 + 1)


def test_a_rule_that_is_only_watched_binds_nothing() -> None:
    asked, _ = plan(FIRM)

    nobody = DaysInARow(at_most=0)
    asked.state(Stated(nobody, Strength.WATCH))
    assert settle(asked, FIRM).status is Status.OPTIMAL
    asked.state(Stated(nobody))
    assert settle(asked, FIRM).status is Status.INFEASIBLE


def test_a_roster_that_no_cell_can_hold_does_not_fit() -> None:
    asked, _ = plan(FIRM)
    for duties in ([Duty(DAYS[3], "白", "A")], [Duty(DAYS[0], "晚", "A")]):
        other = Plan(asked.problem, free={("A", day) for day in DAYS[:3]})
        other.fix(Roster(asked.problem, duties))
        assert settle(other, FIRM).status is Status.INFEASIBLE
