"""The one door to a roster: build the plan, settle tier after tier, read it back, check it."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from cstools.roster.plan import Plan
from cstools.roster.problem import Problem
from cstools.roster.result import Limits, Progress, Result, Status, TierCost
from cstools.roster.roster import Roster
from cstools.roster.rule import Strength
from cstools.roster.search import Incumbent, improve
from cstools.roster.solver import Clock, Effort, Outcome, Stop, run

Report = Callable[[Progress], None]
BEAT: Final = 0.1  # seconds between two reports
WHOLE: Final = 0.2  # share of a tier's time for the whole model, before its parts are searched
PORTFOLIO: Final = 8  # CP-SAT's own variety of searches; fewer leave out the ones that prove


@dataclass
class _State:
    """What the search has reached, for the thread that reports it."""

    tier: int = 0
    cost: int | None = None
    bound: int | None = None


def solve(problem: Problem, limits: Limits | None = None, report: Report | None = None) -> Result:
    """The best roster found within the limits: each tier in order, what the tiers above cost being kept.

    ``report`` is called some ten times a second. Ctrl-C ends the search with the best so far (``interrupted``).
    Raises RuntimeError where the roster breaks a hard rule: rule and solver disagree then, which is a bug.
    """
    limits = limits or Limits()
    search = _Search(problem, limits)
    with _interruptible(search.stop), ThreadPoolExecutor(max_workers=1) as thread:
        future = thread.submit(search.settle_all)
        status = search.wait(future, report)
    result = Result(
        status=status,
        roster=search.roster,
        tiers=tuple(search.settled),
        seconds=search.clock.elapsed(),
        seed=limits.seed,
        interrupted=search.stop.asked,
        breaches=tuple(search.roster.audit()) if search.roster else (),
    )
    wrong = [breach for breach in result.breaches if breach.stated and breach.stated.strength is Strength.HARD]
    if wrong:
        raise RuntimeError("; ".join(f"{breach.stated}: {breach.text}" for breach in wrong))
    return result


@contextmanager
def _interruptible(stop: Stop) -> Iterator[None]:
    """Ctrl-C asks the search to end, wherever it finds this thread: as an exception it could strike within a report.

    Only the main thread hears it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda *_: stop.ask())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class _Search:
    """One solve: the plan, the time it has left, and what it has reached."""

    def __init__(self, problem: Problem, limits: Limits) -> None:
        self.problem = problem
        self.limits = limits
        self.clock = Clock(limits.seconds, deterministic=limits.deterministic)
        self.stop = Stop()
        self.state = _State()
        self.roster: Roster | None = None
        self.settled: list[TierCost] = []

    def wait(self, future: "Future[Status]", report: Report | None) -> Status:
        """Wait for the search, report on it, and stop it on Ctrl-C."""
        while True:
            try:
                return future.result(timeout=BEAT)
            except NotYet:
                if report:
                    report(Progress(self.clock.elapsed(), self.state.tier, self.state.cost, self.state.bound))
                if self.stop.asked:
                    self.stop.now()  # at every beat: a search that was only just beginning has not heard it

    def settle_all(self) -> Status:
        """Settle every tier in order; the status of the whole."""
        plan = Plan(self.problem)
        for stated in self.problem.rules:
            plan.state(stated)
        if not plan.tiers:
            return self._run(plan, self.clock.left()).status
        for nth, tier in enumerate(plan.tiers, 1):
            until = self.clock.left() * (1 - 1 / (len(plan.tiers) - nth + 1))  # what a tier leaves goes to those below
            status = self._settle(plan, tier, until)
            if self.roster is None:
                return status
            self._hold(plan, self.roster)
        return Status.OPTIMAL if all(tier.proven for tier in self.settled) else Status.FEASIBLE

    def _hold(self, plan: Plan, roster: Roster) -> None:
        """Hold the tiers settled at what they cost now: a later search may have cheapened an unproven one."""
        costs = roster.costs()
        self.settled = [replace(held, cost=costs[held.tier]) for held in self.settled]
        for held in self.settled:
            plan.hold(held.tier, held.cost)

    def _settle(self, plan: Plan, tier: int, until: float) -> Status:
        """Make a tier's cost as small as can be ``until`` that much time is left: the whole model first, then parts."""
        self.state = _State(tier)
        plan.model.minimize(plan.cost(tier))
        if self.roster:
            plan.hint(self.roster)
        outcome = self._run(plan, (self.clock.left() - until) * WHOLE)
        if self.roster is None and outcome.status is Status.UNKNOWN:
            outcome = self._run(plan, self.clock.left())  # a first roster matters more than a fair share of the time
        if self.roster is None:
            return outcome.status
        if outcome.holds is None:  # stopped before the solver had even taken the hint
            outcome = Outcome(Status.FEASIBLE, cost=self.roster.costs()[tier])
        incumbent = Incumbent(self.roster, outcome.cost, outcome.bound)
        if outcome.status is not Status.OPTIMAL:
            self._improve(plan, tier, incumbent, until)
        self.roster = incumbent.roster
        self.settled.append(TierCost(tier, incumbent.cost, incumbent.bound))
        return outcome.status

    def _run(self, plan: Plan, seconds: float) -> Outcome:
        """Search the whole model and keep its roster."""
        effort = Effort(seconds, self.limits.workers or PORTFOLIO, self.limits.seed, self.limits.deterministic)
        outcome = run(plan.model, effort, self.stop, self._tell)
        self.clock.spend(outcome.work)
        if outcome.holds:
            self.roster = Roster(self.problem, plan.read(outcome.holds))
        return outcome

    def _tell(self, cost: int, bound: int) -> None:
        self.state.cost, self.state.bound = cost, bound

    def _improve(self, plan: Plan, tier: int, incumbent: Incumbent, until: float) -> None:
        """Search the parts, one search a core; a repeatable search is one alone."""
        incumbent.tell = self._tell
        cores = 1 if self.limits.deterministic else os.cpu_count() or 1
        with ThreadPoolExecutor(max_workers=cores) as threads:
            searches = [
                threads.submit(
                    improve, plan, tier, incumbent, self.clock, self.stop, until=until, seed=self.limits.seed + nth
                )
                for nth in range(cores)
            ]
            for search in searches:
                search.result()
