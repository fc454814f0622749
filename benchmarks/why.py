"""How long explanations take: a month of 30 people with empty places, and the same month where there is no roster.

    python benchmarks/why.py [--people 30] [--seconds 20]

Prints seconds and solves; the limit for each explanation is 20 s on two cores.
"""

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent.parent / "tests")]

from hard_desks import month

from cstools.roster.problem import Problem
from cstools.roster.reasons import Audit, demand_of, reasons
from cstools.roster.result import Limits, Status
from cstools.roster.roster import Roster
from cstools.roster.rule import Strength
from cstools.roster.solve import solve
from cstools.roster.why.explain import explain, shortages


def main() -> None:
    """Explain both months and print how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=20)
    asked = parser.parse_args()
    problem = month(asked.people)
    roster = solve(problem, Limits(seconds=10)).roster
    if roster:
        print(f"{len(shortages(roster))} places empty")
        print(f"reasons alone: {_reasons(roster):.2f} s")
        _explain("places", problem, roster, asked.seconds)
    firm = tuple(replace(stated, strength=Strength.HARD) for stated in problem.rules)
    _explain("no roster", replace(problem, rules=firm), None, asked.seconds)


def _reasons(roster: Roster) -> float:
    began = time.monotonic()
    audit = Audit(roster)
    for breach in shortages(roster):
        demand = demand_of(roster.problem, breach)
        if demand:
            reasons(audit, demand)
    return time.monotonic() - began


def _explain(what: str, problem: Problem, roster: Roster | None, seconds: float) -> None:
    began = time.monotonic()
    found = explain(problem, roster, Status.FEASIBLE if roster else Status.INFEASIBLE, seconds=seconds)
    took = time.monotonic() - began
    proposals = [len(one.proposals) for one in found.shortages] or [len(found.relaxations)]
    print(f"{what}: {took:.1f} s, {found.solves} solves, proposals {proposals}, complete {found.complete}")


if __name__ == "__main__":
    main()
