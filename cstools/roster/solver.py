"""The one door to CP-SAT: a model in, a status and, only where there is a solution, its values out."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from cstools.roster.plan import Literal
from cstools.roster.result import Status

STATUS = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
    cp_model.UNKNOWN: Status.UNKNOWN,
}


class Stop:
    """Stops every search that runs under it, from any thread, and lets no new one begin."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[cp_model.CpSolver] = set()
        self.asked = False

    def ask(self) -> None:
        """Let no new search begin; without a lock, so that a signal's handler may call it."""
        self.asked = True

    def now(self) -> None:
        """Ask all searches to end with what they have."""
        with self._lock:
            self.asked = True
            for solver in self._running:
                solver.stop_search()

    def watch(self, solver: cp_model.CpSolver) -> bool:
        """Take a search under watch; False where it should not begin."""
        with self._lock:
            if not self.asked:
                self._running.add(solver)
            return not self.asked

    def forget(self, solver: cp_model.CpSolver) -> None:
        """The search has ended."""
        with self._lock:
            self._running.discard(solver)


class Clock:
    """What is left of a search's time: of seconds, or of units of work where it is to be repeatable."""

    def __init__(self, seconds: float, *, deterministic: bool) -> None:
        self.seconds = seconds
        self.deterministic = deterministic
        self.begun = time.monotonic()
        self._worked = 0.0

    def spend(self, work: float) -> None:
        """Count units of work; only one search runs at a time where they matter."""
        self._worked += work

    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self.begun

    def left(self) -> float:
        """What is left of the limit."""
        return self.seconds - (self._worked if self.deterministic else self.elapsed())


@dataclass(frozen=True, slots=True)
class Effort:
    """How one search is to be run. ``seconds`` are the solver's own units of work where ``deterministic``."""

    seconds: float
    workers: int = 8
    seed: int = 1
    deterministic: bool = False


@dataclass(frozen=True)
class Outcome:
    """A search's end. ``holds`` tells a literal's value and is there only where a solution is; so are the numbers."""

    status: Status
    holds: Callable[[Literal], bool] | None = None
    cost: int = 0
    bound: int = 0
    work: float = 0.0


class _Tell(cp_model.CpSolverSolutionCallback):
    """Passes each better solution's cost and bound on."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        super().__init__()
        self._tell = tell

    def on_solution_callback(self) -> None:
        self._tell(round(self.objective_value), _up(self.best_objective_bound))


def run(model: cp_model.CpModel, effort: Effort, stop: Stop, tell: Callable[[int, int], None] | None = None) -> Outcome:
    """Search a model. Raises RuntimeError where the model is not valid, which is a bug in a rule."""
    solver = cp_model.CpSolver()
    settings = solver.parameters
    settings.random_seed = effort.seed
    settings.catch_sigint_signal = False
    settings.num_workers = effort.workers
    if effort.deterministic:
        settings.max_deterministic_time = effort.seconds
        settings.interleave_search = effort.workers > 1
    else:
        settings.max_time_in_seconds = effort.seconds
    if effort.workers == 1:
        settings.linearization_level = 2  # level 1 leaves clauses out of the LP: the bound can stay at 0 for ever
    if effort.seconds <= 0 or not stop.watch(solver):
        return Outcome(Status.UNKNOWN)
    try:
        status = solver.solve(model, _Tell(tell) if tell else None)
    finally:
        stop.forget(solver)
    if status == cp_model.MODEL_INVALID:
        raise RuntimeError(model.validate())
    found = STATUS[status]
    work = solver.deterministic_time if effort.deterministic else solver.wall_time
    if found not in {Status.OPTIMAL, Status.FEASIBLE}:
        return Outcome(found, work=work)
    return Outcome(found, solver.boolean_value, round(solver.objective_value), _up(solver.best_objective_bound), work)


def _up(bound: float) -> int:
    """Costs are whole: a bound of 3.2 is one of 4."""
    return -int(-(bound - 1e-6) // 1)
