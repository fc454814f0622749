"""Solve a shift-scheduling instance of Curtois and Qu (2014) with the rules and the solve that a desk uses.

    python benchmarks/nrp.py INSTANCE.txt --seconds 60 -o ROSTER.csv

Prints the penalty, the bound and the seconds; ROSTER.csv has a row an employee and a column a day. No model of its own:
the instance becomes a Problem like any other.
"""

import argparse
import csv
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from measuring import Watch
from nrp_score import sections

from cstools.people import Person
from cstools.roster.inputs import Demand, Wish
from cstools.roster.problem import Problem
from cstools.roster.result import Limits
from cstools.roster.roster import Roster
from cstools.roster.rule import Rule, Stated, Strength
from cstools.roster.rules.cover_maximum import CoverMaximum
from cstools.roster.rules.cover_target import CoverTarget
from cstools.roster.rules.hours import Hours
from cstools.roster.rules.leave import OnLeave
from cstools.roster.rules.run import DaysInARow
from cstools.roster.rules.run_off import DaysOffInARow
from cstools.roster.rules.sequence import ForbiddenSequence
from cstools.roster.rules.shift_count import ShiftCount
from cstools.roster.rules.weekends import Weekends
from cstools.roster.rules.wishes import Wishes
from cstools.roster.scope import Scope
from cstools.roster.solve import solve
from cstools.shifts import Shift, ShiftBook
from cstools.team.leave import Leave

MONDAY = date(2024, 1, 1)  # every instance begins on a Monday; which one does not matter
TIER = 1  # an instance adds all its costs up


def read_problem(path: Path) -> Problem:
    """An instance as a roster problem."""
    parts = sections(path)
    days = tuple(MONDAY + timedelta(days=offset) for offset in range(int(parts["HORIZON"][0][0])))
    kinds = alike(parts)
    shifts = [
        Shift(code, code, 0, int(minutes), int(minutes), kind=kinds[code]) for code, minutes, *_ in parts["SHIFTS"]
    ]
    return Problem(
        days=days,
        people=tuple(Person(number, number) for number, *_ in parts["STAFF"]),
        shifts=ShiftBook.of(shifts),
        rules=tuple(read_rules(parts)),
        demands=tuple(
            Demand(days[int(day)], (code,), target=int(need), maximum=int(need), short=int(under), surplus=int(over))
            for day, code, need, under, over in parts["COVER"]
        ),
        leaves=tuple(
            Leave(number, days[int(day)], days[int(day)]) for number, *off in parts["DAYS_OFF"] for day in off
        ),
        wishes=tuple(
            Wish(number, days[int(day)], on, (code,), int(weight))
            for on, section in ((True, "SHIFT_ON_REQUESTS"), (False, "SHIFT_OFF_REQUESTS"))
            for number, day, code, weight in parts.get(section, [])
        ),
    )


def forbidden(parts: dict[str, list[list[str]]]) -> list[tuple[str, str]]:
    """Shifts that cannot follow one another."""
    return [(code, after) for code, _, follow in parts["SHIFTS"] for after in follow.split("|") if after]


def alike(parts: dict[str, list[list[str]]]) -> dict[str, str]:
    """A kind for each shift: those before and after which the same shifts are forbidden are of one kind."""
    pairs = forbidden(parts)
    kinds: dict[tuple[frozenset[str], frozenset[str]], str] = {}
    found = {}
    for code, *_ in parts["SHIFTS"]:
        after = frozenset(two for one, two in pairs if one == code)
        before = frozenset(one for one, two in pairs if two == code)
        found[code] = kinds.setdefault((after, before), f"kind {len(kinds)}")
    return found


def read_rules(parts: dict[str, list[list[str]]]) -> Iterator[Stated]:
    """The instance's rules as ours; people with the same limits share a stated rule."""
    for rule in (CoverTarget(), CoverMaximum(), Wishes()):
        yield Stated(rule, Strength.SOFT, TIER)
    yield Stated(OnLeave())
    kinds = alike(parts)
    pairs = tuple(dict.fromkeys((kinds[code], kinds[after]) for code, after in forbidden(parts)))
    if pairs:
        yield Stated(ForbiddenSequence(sequences=pairs))
    horizon = int(parts["HORIZON"][0][0])
    people: dict[Rule, list[str]] = {}
    for number, caps, most, least, run_most, run_least, off_least, weekends in parts["STAFF"]:
        limits: list[Rule] = [
            Hours(period="horizon", at_least=int(least), at_most=int(most)),
            DaysInARow(at_least=int(run_least), at_most=int(run_most)),
            DaysOffInARow(at_least=int(off_least)),
            Weekends(period="horizon", at_most=int(weekends)),
        ]
        for cap in caps.split("|"):
            code, _, times = cap.partition("=")
            if int(times) < horizon:
                limits.append(ShiftCount(period="horizon", shifts=(code,), at_most=int(times)))
        for limit in limits:
            people.setdefault(limit, []).append(number)
    for shared, numbers in people.items():
        yield Stated(shared, scope=Scope(people=frozenset(numbers)))


def write_roster(roster: Roster, path: Path) -> None:
    """A row an employee, a column a day, the shift's ID or nothing in it."""
    problem = roster.problem
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["employee", *range(len(problem.days))])
        for person in problem.people:
            rows.writerow([person.number, *(roster.shift(person.number, day) for day in problem.days)])


def main() -> int:
    """Solve, write, print; 0 with a roster, 1 without one."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("instance", type=Path)
    reader.add_argument("--seconds", type=float, default=60)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("-o", "--output", type=Path, required=True)
    asked = reader.parse_args()
    problem = read_problem(asked.instance)
    limits = Limits(asked.seconds, seed=asked.seed)
    result = solve(problem, limits, Watch())
    if result.roster:
        write_roster(result.roster, asked.output)
    for tier in result.tiers:
        print(f"{asked.instance.stem}: {result.status.value} value {tier.cost} bound {tier.bound} ", end="")
        print(f"gap {tier.gap:.1%} {result.seconds:.1f} s")
    return 0 if result.roster else 1


if __name__ == "__main__":
    sys.exit(main())
