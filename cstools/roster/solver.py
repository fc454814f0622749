"""The one door to CP-SAT: rows in, a status and, only where there is a solution, its values out."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from cstools.roster.arrays import Numbers, row_of_each
from cstools.roster.part import Part, Price
from cstools.roster.result import Status
from cstools.roster.rows import OPEN, Literal, Rows
from cstools.roster.table import Table

STATUS = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
    cp_model.UNKNOWN: Status.UNKNOWN,
}


PORTFOLIO = 8  # CP-SAT's own variety of searches; fewer leave out the ones that prove


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

    def reserve(self, seconds: float) -> None:
        """Keep some seconds for what comes after the search; units of work are the search's alone."""
        if not self.deterministic:
            self.seconds -= seconds

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
    workers: int = PORTFOLIO
    seed: int = 1
    deterministic: bool = False
    absolute: float = 0.0  # by how much a solution may cost more than the best there is
    gap: float = 0.0  # of its cost that a solution may be worse than the best there is
    light: bool = False  # for what is soon solved: preparing it well takes longer than the search
    quick: bool = False  # for any solution, where good ones are hard to find: no LP, many restarts


@dataclass(frozen=True)
class Outcome:
    """A search's end. ``values`` (by variable of the table) are there only where a solution is; so are the numbers."""

    status: Status
    values: Numbers | None = None
    cost: int = 0
    bound: int = 0
    work: float = 0.0

    @property
    def holds(self) -> Callable[[Literal], bool] | None:
        """Tells a literal's value, where there is a solution."""
        return None if self.values is None else partial(holds, self.values)


def holds(values: Numbers, literal: Literal) -> bool:
    """Whether a literal holds where the variables have these values."""
    return bool(values[literal]) if literal >= 0 else not values[~literal]


class _Tell(cp_model.CpSolverSolutionCallback):
    """Passes each better solution's cost and bound on."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        super().__init__()
        self._tell = tell

    def on_solution_callback(self) -> None:
        self._tell(round(self.objective_value), _up(self.best_objective_bound))


def run(
    rows: Rows | Table,
    effort: Effort,
    stop: Stop,
    tell: Callable[[int, int], None] | None = None,
) -> Outcome:
    """Search everything that rows ask. Raises RuntimeError where the model is not valid, which is a bug in a rule."""
    table = rows if isinstance(rows, Table) else Table(rows)
    return run_part(table.whole(), table.low, effort, stop, tell)


def run_part(
    part: Part, values: Numbers, effort: Effort, stop: Stop, tell: Callable[[int, int], None] | None = None
) -> Outcome:
    """Search a part; what it leaves out keeps its ``values``."""
    if effort.seconds <= 0 or stop.asked:
        return Outcome(Status.UNKNOWN)
    return _solved(translated(part), part, values, effort, stop, tell)


class Priced:
    """A part that is solved again and again at other prices."""

    def __init__(self, part: Part) -> None:
        self._part, self._model = part, translated(part)

    def solve(self, prices: Numbers, effort: Effort, stop: Stop) -> Outcome:
        """The cheapest at these prices (by variable of the part); the values are numbered as in the part."""
        if effort.seconds <= 0 or stop.asked:
            return Outcome(Status.UNKNOWN)
        costly = np.flatnonzero(prices)
        self._model.proto.clear_objective()
        _aim(self._model, Price(costly, prices[costly], 0))
        return _solved(self._model, self._part, prices, effort, stop, None)


def _solved(
    model: cp_model.CpModel,
    part: Part,
    values: Numbers,
    effort: Effort,
    stop: Stop,
    tell: Callable[[int, int], None] | None,
) -> Outcome:
    solver = cp_model.CpSolver()
    _set(solver.parameters, effort)
    if not stop.watch(solver):
        return Outcome(Status.UNKNOWN)
    try:
        status = solver.solve(model, _Tell(tell) if tell else None)
    finally:
        stop.forget(solver)
    if status == cp_model.MODEL_INVALID:
        raise RuntimeError(model.validate())
    found = STATUS[status]
    work = solver.response_proto.deterministic_time if effort.deterministic else solver.wall_time
    if found not in {Status.OPTIMAL, Status.FEASIBLE}:
        return Outcome(found, bound=_up(max(0.0, solver.best_objective_bound)), work=work)
    solved = values.copy()
    solved[part.variables] = solver.response_proto.solution
    return Outcome(found, solved, round(solver.objective_value), _up(solver.best_objective_bound), work)


def _set(settings: Any, effort: Effort) -> None:
    """An effort, in CP-SAT's words."""
    settings.random_seed = effort.seed
    settings.catch_sigint_signal = False
    settings.num_workers = effort.workers
    if effort.deterministic:
        settings.max_deterministic_time = effort.seconds
        settings.interleave_search = effort.workers > 1
    else:
        settings.max_time_in_seconds = effort.seconds
    if effort.absolute:
        settings.absolute_gap_limit = effort.absolute
    if effort.gap:
        settings.relative_gap_limit = effort.gap
    if effort.light:
        settings.cut_level = settings.cp_model_probing_level = settings.symmetry_level = 0
    if effort.quick:
        settings.linearization_level = 0
        settings.search_branching = cp_model.PORTFOLIO_WITH_QUICK_RESTART_SEARCH
    elif effort.workers == 1:
        settings.linearization_level = 2  # level 1 leaves clauses out of the LP: the bound can stay at 0 for ever
    if effort.workers == 1:
        settings.max_presolve_iterations = 1  # more gain little, and take as long as the search


def _up(bound: float) -> int:
    """Costs are whole: a bound of 3.2 is one of 4."""
    return -int(-(bound - 1e-6) // 1)


class Assumptions:
    """Rows without an objective, to be asked which of some literals cannot hold together."""

    def __init__(self, rows: Rows) -> None:
        part = Table(rows).whole()
        self._place = {variable: nth for nth, variable in enumerate(part.variables.tolist())}
        self._model = translated(part)

    def core(self, literals: Sequence[Literal], effort: Effort) -> tuple[Status, list[Literal], float]:
        """A status, those of the literals that suffice for a contradiction where there is one, and the work it took.

        With an objective the solver would name all of them.
        """
        model, asked = self._model, [self._place[literal] for literal in literals]
        model.clear_assumptions()
        model.proto.assumptions.extend(asked)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = effort.workers
        if effort.deterministic:
            solver.parameters.max_deterministic_time = effort.seconds
        else:
            solver.parameters.max_time_in_seconds = effort.seconds
        status = STATUS[solver.solve(model)]
        named = set(solver.sufficient_assumptions_for_infeasibility()) if status is Status.INFEASIBLE else set()
        found = [literal for literal, place in zip(literals, asked, strict=True) if place in named]
        # The solver has named literals that were not asked about: then all stand.
        return status, found if len(found) == len(named) else list(literals), solver.response_proto.deterministic_time


def translated(part: Part) -> cp_model.CpModel:
    """A part as a model, each row in the form that CP-SAT propagates best."""
    model = cp_model.CpModel()
    proto = model.proto
    variables, constraints = proto.variables, proto.constraints
    for ends in zip(part.low.tolist(), part.high.tolist(), strict=True):
        variables.add().domain.extend(ends)
    _rows(part, constraints)
    for price in part.held:
        if price.most is not None:
            linear = constraints.add().linear
            linear.vars.extend(price.variables.tolist())
            linear.coeffs.extend(price.prices.tolist())
            linear.domain.extend((-OPEN, price.most - price.offset))
    if part.objective:
        _aim(model, part.objective)
    proto.solution_hint.vars.extend(list(part.hints))
    proto.solution_hint.values.extend(list(part.hints.values()))
    return model


LINEAR, CLAUSE, EXACTLY, AT_MOST, AT_MOST_OPPOSITES = range(5)


def _rows(part: Part, constraints: Any) -> None:
    """The rows, each as a constraint."""
    starts, columns, factors = part.starts.tolist(), part.columns.tolist(), part.factors.tolist()
    rows = zip(_forms(part).tolist(), part.least.tolist(), part.most.tolist(), starts, starts[1:], strict=False)
    for nth, (form, least, most, start, end) in enumerate(rows):
        names, weights = columns[start:end], factors[start:end]
        when = part.conditions.get(nth, ())
        row = constraints.add()
        if form == LINEAR:
            linear = row.linear
            linear.vars.extend(names)
            linear.coeffs.extend(weights)
            linear.domain.extend((max(least, -OPEN), min(most, OPEN)))
            row.enforcement_literal.extend(when)
            continue
        literals = [name if weight > 0 else ~name for name, weight in zip(names, weights, strict=True)]
        if form == CLAUSE:
            row.bool_or.literals.extend(literals + [~literal for literal in when])
        elif form == EXACTLY:
            row.exactly_one.literals.extend(literals)
        else:
            held = literals if form == AT_MOST else [~literal for literal in literals]
            row.at_most_one.literals.extend(held)


def _forms(part: Part) -> Numbers:
    """Which form suits each row: of literals, one or more, one, at most one, at most one that doesn't hold."""
    count = len(part.least)
    row = row_of_each(part.starts)
    plain = (np.abs(part.factors) == 1) & (part.low[part.columns] >= 0) & (part.high[part.columns] <= 1)
    lengths = np.diff(part.starts)
    literal = np.bincount(row, weights=plain, minlength=count) == lengths
    opposite = np.bincount(row, weights=part.factors < 0, minlength=count).astype(np.int64)
    free = ~np.isin(np.arange(count), list(part.conditions))
    least, most = part.least + opposite, part.most + opposite  # of the literals that hold
    upper, lower = most < lengths, least > 0
    forms = np.full(count, LINEAR)
    forms[literal & free & ~lower & (most == 1)] = AT_MOST
    forms[literal & free & ~upper & (least == lengths - 1)] = AT_MOST_OPPOSITES
    forms[literal & ~upper & (least == 1)] = CLAUSE
    forms[literal & free & (least == 1) & (most == 1)] = EXACTLY
    return forms


def _aim(model: cp_model.CpModel, price: Price) -> None:
    """The objective: CP-SAT takes the constant apart."""
    objective = model.proto.objective
    objective.vars.extend(price.variables.tolist())
    objective.coeffs.extend(price.prices.tolist())
    objective.offset = float(price.offset)
