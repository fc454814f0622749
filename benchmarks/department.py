"""A department of 200 people for 31 days of 6 shifts under every rule of the house: each tier's cost, bound and gap.

    python benchmarks/department.py --seconds 60 --json build/department.jsonl
    python benchmarks/department.py --build      # where the time goes that building the model takes

With --json a run is added to a file, and compared with the best that the file has of the same department.
"""

import argparse
import json
import sys
from pathlib import Path
from time import process_time
from typing import Any

from department_made import department
from measuring import Watch, peak_memory

from cstools.roster.plan import Plan
from cstools.roster.problem import Problem
from cstools.roster.result import Limits, Result
from cstools.roster.rule import Strength
from cstools.roster.solve import solve

Record = dict[str, Any]


def build(problem: Problem) -> None:
    """Print how many CPU seconds the plan takes, and each rule in it."""
    begun = process_time()
    plan = Plan(problem)
    spent = {"the cells": process_time() - begun}
    for stated in problem.rules:
        since = process_time()
        plan.state(stated)
        spent[stated.rule.name()] = spent.get(stated.rule.name(), 0.0) + process_time() - since
    print(f"{process_time() - begun:.1f} s of CPU, {peak_memory()} MB")
    for name, seconds in sorted(spent.items(), key=lambda pair: -pair[1]):
        print(f"{seconds:7.2f} s  {name}")


def record(words: argparse.Namespace, result: Result, watch: Watch) -> Record:
    """A run, as a line of the file has it."""
    return {
        "department": [words.people, words.days, words.seed],
        "limit": words.seconds,
        "search_seed": words.search_seed,
        "status": result.status.value,
        "tiers": [[tier.tier, tier.cost, tier.bound] for tier in result.tiers],
        "broken": sum(b.stated is not None and b.stated.strength is Strength.HARD for b in result.breaches),
        "seconds": round(result.seconds, 1),
        "first": watch.first,
        "memory": peak_memory(),
        "falls": watch.falls,
    }


def best(path: Path, run: Record) -> Record | None:
    """The best that a file has of the same department: tier by tier, the first one first."""
    if not path.exists():
        return None
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    alike = [line for line in lines if line["department"] == run["department"] and line["tiers"]]
    return min(alike, key=lambda line: [tier[1] for tier in line["tiers"]], default=None)


def show(run: Record, other: Record | None) -> None:
    """Print a run beside another one."""
    costs = {tier: cost for tier, cost, _ in other["tiers"]} if other else {}
    kept_limit = f" ({other['limit']:.0f} s)" if other else ""
    print(f"| tier | cost | bound | gap | best kept{kept_limit} | above it |")
    print("|---|---|---|---|---|---|")
    for tier, cost, bound in run["tiers"]:
        gap = (cost - bound) / cost if bound < cost else 0.0
        kept = costs.get(tier)
        above = "–" if kept is None else f"{(cost - kept) / max(1, kept):+.1%}"
        print(f"| {tier} | {cost} | {bound} | {gap:.1%} | {'–' if kept is None else kept} | {above} |")
    first = "–" if run["first"] is None else f"{run['first']:.1f} s"
    print(f"{run['status']}, {run['broken']} hard rules broken; first roster after {first}, "
          f"ended after {run['seconds']:.1f} s, {run['memory']} MB")  # fmt: skip


def main() -> int:
    """Make the department, solve it, print; 1 without a roster or with a hard rule broken."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--people", type=int, default=200)
    reader.add_argument("--days", type=int, default=31)
    reader.add_argument("--seed", type=int, default=1, help="the department's")
    reader.add_argument("--search-seed", type=int, default=1)
    reader.add_argument("--seconds", type=float, default=60)
    reader.add_argument("--json", type=Path, help="a file of runs")
    reader.add_argument("--build", action="store_true", help="only build the model, and tell what that costs")
    words = reader.parse_args()
    problem = department(words.people, words.days, words.seed)
    if words.build:
        build(problem)
        return 0
    watch = Watch()
    result = solve(problem, Limits(words.seconds, seed=words.search_seed), watch)
    run = record(words, result, watch)
    show(run, best(words.json, run) if words.json else None)
    if words.json:
        words.json.parent.mkdir(parents=True, exist_ok=True)
        with words.json.open("a", encoding="utf-8") as file:
            print(json.dumps(run), file=file)
    return 0 if result.roster and not run["broken"] else 1


if __name__ == "__main__":
    sys.exit(main())
