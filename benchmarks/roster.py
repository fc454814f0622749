"""Run the roster search on a folder of instances of Curtois and Qu (2014), score it, and print the table.

    python benchmarks/roster.py FOLDER --seconds 60 --seed 1 2 --plain 60 -o build/roster

Each run is a process of its own, one after the other, so that its peak memory is its own. Every roster is judged by
nrp_score.py. With -o a run is kept as soon as it ends: the same command goes on where it was broken off, and --table
prints what is there. Exit code 1: a roster breaks a hard rule, costs what the solver doesn't say, or is not there.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from time import monotonic
from typing import Any, Final

from nrp_score import read_roster, score, sections
from roster_table import Run, summary, table

ROOT: Final = Path(__file__).parent.parent
MEMORY: Final = 8  # gigabytes that a plain model may fill before it counts as too large
PATIENCE: Final = 900  # seconds beyond twice its limit after which a run is ended


def number(path: Path) -> int:
    """The instance's number."""
    return int("".join(filter(str.isdigit, path.stem)))


def numbers(text: str) -> set[int]:
    """1-3,8 as the numbers that it means."""
    ends = [part.split("-") for part in text.split(",")]
    return {one for end in ends for one in range(int(end[0]), int(end[-1]) + 1)}


# --- in a process of its own ------------------------------------------------------------------------------------------


def ours(path: Path, output: Path, limit: float, seed: int) -> dict[str, Any]:
    """Solve as a desk is solved, and tell what came out."""
    from measuring import Watch, peak_memory
    from nrp import read_problem, write_roster

    from cstools.roster.result import Limits
    from cstools.roster.solve import solve

    watch = Watch()
    begun = monotonic()
    result = solve(read_problem(path), Limits(limit, seed=seed), watch)
    seconds = monotonic() - begun
    tiers = result.tiers
    if result.roster:
        write_roster(result.roster, output)
    cost, bound = (tiers[0].cost, tiers[0].bound) if result.roster else (None, 0)
    return {"cost": cost, "bound": bound, "seconds": seconds, "first": watch.first, "memory": peak_memory()}


def plain(path: Path, output: Path, limit: float, seed: int) -> dict[str, Any]:
    """Build the whole model and leave it to CP-SAT; building it does not count against the limit."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY << 30, MEMORY << 30))
    from measuring import peak_memory
    from nrp import TIER, read_problem, write_roster

    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster
    from cstools.roster.solver import Effort, Stop, run

    begun = monotonic()
    problem = read_problem(path)
    plan = Plan(problem)
    for stated in problem.rules:
        plan.state(stated)
    plan.rows.minimise_tier(TIER)
    outcome = run(plan.rows, Effort(limit, workers=8, seed=seed), Stop())
    found: dict[str, Any] = {"seconds": monotonic() - begun, "memory": peak_memory()}
    if outcome.holds is None:
        return found
    write_roster(Roster(problem, plan.read(outcome.holds)), output)
    return {**found, "cost": outcome.cost, "bound": outcome.bound}


# --- one after the other ----------------------------------------------------------------------------------------------


def measured(path: Path, run: Run, folder: Path) -> Run:
    """A run in its own process, scored."""
    parts = sections(path)
    output = folder / f"{path.stem}-{'plain' if run.plain else 'seed'}-{run.seed}.csv"
    output.unlink(missing_ok=True)
    words = [sys.executable, __file__, "--child", "plain" if run.plain else "ours", "--seconds", str(run.limit),
             "--seed", str(run.seed), "-o", str(output), str(path)]  # fmt: skip
    try:
        done = subprocess.run(words, check=True, stdout=subprocess.PIPE, timeout=2 * run.limit + PATIENCE,
                              env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    except subprocess.TimeoutExpired:
        return replace(run, wrong="not ended in time")
    except subprocess.CalledProcessError as failed:
        return replace(run, wrong="too large" if run.plain else f"failed: {failed.returncode}")
    found = replace(run, **json.loads(done.stdout.splitlines()[-1]))
    if found.cost is None:
        return found
    judged = score(parts, read_roster(output, parts))
    for wrong in judged.broken:
        print(f"{path.stem}: {wrong}", file=sys.stderr)
    return replace(found, penalty=judged.penalty, broken=len(judged.broken))


def asked_for(path: Path, words: argparse.Namespace) -> Iterator[Run]:
    """The runs that one instance is asked for."""
    parts = sections(path)
    weeks = int(parts["HORIZON"][0][0]) // 7
    size = f"{weeks} × {len(parts['STAFF'])} × {len(parts['SHIFTS'])}"
    for seed in words.seed:
        yield Run(number(path), size, plain=False, seed=seed, limit=words.seconds)
    if words.plain:
        yield Run(number(path), size, plain=True, seed=words.seed[0], limit=words.plain)


def kept(folder: Path) -> list[Run]:
    """The runs that a folder has; of two alike the later."""
    with suppress(FileNotFoundError):
        lines = (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()
        return list({run.key: run for run in (Run(**json.loads(line)) for line in lines)}.values())
    return []


def keep(folder: Path, run: Run) -> None:
    """Add a run to a folder's."""
    with (folder / "results.jsonl").open("a", encoding="utf-8") as file:
        print(json.dumps(asdict(run)), file=file)


def run_all(paths: Sequence[Path], words: argparse.Namespace, folder: Path) -> None:
    """Run what is asked for and not there yet."""
    done = {run.key for run in kept(folder)}
    for path in paths:
        for run in asked_for(path, words):
            if run.key not in done:
                found = measured(path, run, folder)
                keep(folder, found)
                print(json.dumps(asdict(found)), file=sys.stderr)


def show(runs: Sequence[Run], gap_over: set[int]) -> int:
    """Print the table; the exit code."""
    print(*table(runs), sep="\n")
    print()
    print(summary([run for run in runs if not gap_over or run.instance in gap_over]))
    wrong = [run for run in runs if not run.right or (run.cost is None and not run.plain)]
    return 1 if wrong or not runs else 0


def main() -> int:
    """Run and print; or be the child that solves."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("folder", type=Path, help="of InstanceN.txt")
    reader.add_argument("--seconds", type=float, default=60)
    reader.add_argument("--seed", type=int, nargs="+", default=[1])
    reader.add_argument("--only", type=numbers, default=set(), metavar="1-5,8", help="these instances alone")
    reader.add_argument("--plain", type=float, default=0, metavar="SECONDS", help="a plain CP-SAT model as well")
    reader.add_argument("--mean", type=numbers, default=set(), metavar="1-5,8", help="the instances of the mean gap")
    reader.add_argument("--table", action="store_true", help="run nothing, print what is in -o")
    reader.add_argument("-o", "--output", type=Path, help="a folder for results.jsonl and the rosters")
    reader.add_argument("--child", choices=["ours", "plain"], help=argparse.SUPPRESS)
    words = reader.parse_args()
    if words.child:
        solve = ours if words.child == "ours" else plain
        print(json.dumps(solve(words.folder, words.output, words.seconds, words.seed[0])))
        return 0
    paths = sorted(words.folder.glob("Instance*.txt"), key=number)
    paths = [path for path in paths if not words.only or number(path) in words.only]
    with tempfile.TemporaryDirectory() as spare:
        folder = words.output or Path(spare)
        folder.mkdir(parents=True, exist_ok=True)
        if not words.table:
            run_all(paths, words, folder)
        chosen = {number(path) for path in paths}
        return show([run for run in kept(folder) if run.instance in chosen], words.mean)


if __name__ == "__main__":
    sys.exit(main())
