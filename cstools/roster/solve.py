"""The one door to a roster: build the plan, settle tier after tier, read it back, check it."""

import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Final

from cstools.language import Text
from cstools.roster.arrays import Numbers
from cstools.roster.columns import Relaxation
from cstools.roster.ground import Ground
from cstools.roster.guide import Guide, Relaxed
from cstools.roster.phases import Phases
from cstools.roster.plan import Plan
from cstools.roster.problem import Problem
from cstools.roster.ready import Ready, begun
from cstools.roster.result import Limits, Progress, Result, Status, TierCost
from cstools.roster.roster import Roster, costs_of
from cstools.roster.rule import Strength
from cstools.roster.search import Incumbent
from cstools.roster.solver import PORTFOLIO, Clock, Effort, Outcome, Stop, holds, run_part
from cstools.roster.start import Start, settled
from cstools.roster.table import Table

Report = Callable[[Progress], None]
BEAT: Final = 0.1  # seconds between two reports
WHOLE: Final = 0.05  # share of the time for searching the whole, before its parts are searched
TIERED: Final = 0.2  # the same where there are several tiers
LONG: Final = 1200  # variables of a person whose whole roster is not planned in a moment any more
RELAXED: Final = 0.4  # share of the time for a relaxation of everything
BRIEFLY: Final = 0.1  # the same where it is the last of several tiers
SMALL: Final = 3000  # variables; the whole of a larger roster gets less of the time
SMALLISH: Final = 20_000  # variables; the whole of a larger roster finds no first one soon, and proves no tier
LARGE: Final = 500_000  # variables; the whole of a larger roster is never built
SOON: Final = 0.1  # share of the time for a first roster by people, where the whole may have one sooner
AIMED: Final = 2  # tiers that a first roster of a larger one aims at
ALONE: Final = 0.75  # share of the time for a first roster where there is no quicker way
READING: Final = 0.8  # of the time that stating all rules takes: for holding the roster against them at the end
SHORTEST: Final = 0.5  # seconds; in less the whole is not tried


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
    breaches = tuple(search.roster.audit()) if search.roster else ()
    costs = costs_of(problem, breaches)
    result = Result(
        status=status,
        roster=search.roster,
        tiers=tuple(TierCost(tier, costs[tier], bound) for tier, bound in search.bounds.items() if search.roster),
        seconds=search.clock.elapsed(),
        seed=limits.seed,
        interrupted=search.stop.asked,
        breaches=breaches,
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
        self.state = Progress()
        self.roster: Roster | None = None
        self.bounds: dict[int, int] = {}
        self.ready: Ready | None = None
        self.cores = 1 if limits.deterministic else _cores()

    def wait(self, future: "Future[Status]", report: Report | None) -> Status:
        """Wait for the search, report on it, and stop it on Ctrl-C."""
        while True:
            try:
                return future.result(timeout=BEAT)
            except NotYet:
                if report:
                    report(replace(self.state, seconds=self.clock.elapsed()))
                if self.stop.asked:
                    self.stop.now()  # at every beat: a search that was only just beginning has not heard it

    def settle_all(self) -> Status:
        """Settle all tiers; the status of the whole."""
        plan = Plan(self.problem)
        for stated in self.problem.rules:
            plan.state(stated)
        self.ground = Ground(Table(plan.rows), len(self.problem.people), len(self.problem.days))
        self.clock.reserve(READING * self.clock.elapsed())
        self.tiers = plan.tiers
        table = self.ground.table
        self.bounds = {tier: max(0, table.least_cost(tier)) for tier in self.tiers}
        weights = {tier: 100 ** (len(self.tiers) - nth) for nth, tier in enumerate(self.tiers, 1)}
        first = self._first(weights)
        if first.values is None:
            return first.status
        if self.ground.weights.sum() > SMALL:  # something is left after the proofs, most of the time
            self.ready = begun(len(self.tiers), self.clock.left())
        status, values = self._improved(self._proofs(first.values)) if self.tiers else (Status.OPTIMAL, first.values)
        self.roster = Roster(self.problem, plan.read(partial(holds, values)))
        return status

    def _proofs(self, values: Numbers) -> Numbers:
        """Search the whole for each tier, with some of the time: what is small is proven, the rest gets a bound."""
        table = self.ground.table
        several, size = len(self.tiers) > 1, self.ground.weights.sum()
        if several and size > SMALLISH:
            return values
        share = TIERED if several else WHOLE * min(1.0, SMALL / max(1, size))
        enough = 0.0 if several or size <= SMALL else SHORTEST
        held: dict[int, int] = {}
        for nth, tier in enumerate(self.tiers):
            cost = table.cost(tier, values)
            self.state = Progress(0.0, tier, cost, self.bounds[tier])
            seconds = self.clock.left() * share / (len(self.tiers) - nth)
            if seconds >= enough and cost > self.bounds[tier]:
                found = self._whole(tier, held, values, seconds)
                self.bounds[tier] = max(self.bounds[tier], found.bound)
                values = values if found.values is None else found.values
            held[tier] = table.cost(tier, values)
        return values

    def _whole(self, tier: int | None, held: Mapping[int, int], values: Numbers | None, seconds: float) -> Outcome:
        """Search everything at once."""
        table = self.ground.table
        aim = table.aim({tier: 1} if tier is not None else {})
        part = table.everything(table.low if values is None else values, aim, held, hint=values is not None)
        effort = Effort(seconds, self.limits.workers or PORTFOLIO, self.limits.seed, self.limits.deterministic)
        outcome = run_part(part, table.low, effort, self.stop, self._tell)
        self.clock.spend(outcome.work)
        return outcome

    def _first(self, weights: Mapping[int, int]) -> Outcome:
        """Any roster: a person after the other, or where that leads nowhere soon, what a search of the whole finds."""
        self.state = replace(self.state, trying=Text("a first roster"))
        size, tier = self.ground.weights.sum(), next(iter(weights), None)
        if size <= SMALLISH:
            found = self._started(weights, weights, SOON)
        else:  # what costs in later tiers is soon bettered by what comes next
            found = self._started(dict(list(weights.items())[:AIMED]), weights, ALONE)
        if found.status is Status.UNKNOWN and size <= SMALLISH:
            found = self._whole(tier, {}, None, self.clock.left() * ALONE)
        if found.status is Status.UNKNOWN and weights:  # costs may lead into a place without a way out
            found = self._started({}, weights, ALONE)
        if found.status is Status.UNKNOWN and size <= LARGE:
            found = self._whole(tier, {}, None, self.clock.left())
        return found

    def _started(self, aim: Mapping[int, int], weights: Mapping[int, int], share: float) -> Outcome:
        """A roster that is made a person after the other, in a share of the time, with all that follows from it."""
        table = self.ground.table
        until = self.clock.left() * (1 - share)
        outcome = Start(self.ground, table.aim(aim), self.clock, self.stop, self.limits.seed, until).run(self.cores)
        if outcome.values is not None:
            outcome = self._settled(outcome.values, weights)
            if outcome.values is None or table.breaks(outcome.values):
                outcome = Outcome(Status.UNKNOWN)
        return outcome

    def _settled(self, values: Numbers, weights: Mapping[int, int]) -> Outcome:
        """The cells as they are, and what follows from them."""
        effort = Effort(self.clock.left(), 1, self.limits.seed, self.limits.deterministic)
        return settled(self.ground, values, self.ground.table.aim(weights), effort, self.stop)

    def _tell(self, cost: int, bound: int) -> None:
        self.state = replace(self.state, cost=cost, bound=bound, trying=Text("the whole roster"))

    def _relaxed(self, values: Numbers) -> Guide | None:
        """Where good rosters lie, if one tier alone is left to settle and its relaxation is solved in time; a bound."""
        table = self.ground.table
        costs = {tier: table.cost(tier, values) for tier in self.tiers}
        left = [tier for tier in self.tiers if costs[tier] > self.bounds[tier]]
        if len(left) != 1 or self.ground.weights.sum(axis=1).max() > LONG:
            return None
        (tier,) = left
        held = {above: costs[above] for above in self.tiers[: self.tiers.index(tier)]}
        relaxed = Relaxed(self.ground, values, table.low < table.high, table.aim({tier: 1}), held)

        def tell(nth: int, relaxation: Relaxation) -> None:
            self.bounds[tier] = max(self.bounds[tier], relaxation.lower)
            trying = Text("everybody's whole rosters, round {nth}", nth=nth)
            self.state = Progress(0.0, tier, costs[tier], self.bounds[tier], trying)

        alone = len(self.tiers) == 1  # what is left of several is fairness, most of the time: shares are always fair
        most = self.clock.left() * (RELAXED if alone else BRIEFLY)
        there = relaxed.run(self.clock, most, self.stop, self.limits.seed, self.cores, tell)
        return relaxed.guide() if there and (alone or relaxed.near) else None

    def _improved(self, values: Numbers) -> tuple[Status, Numbers]:
        """Search until the time is up, or nothing is left to search."""
        guide = self._relaxed(values)
        incumbent = Incumbent(self.ground, self.tiers, values, [self.bounds[tier] for tier in self.tiers], self._show)
        Phases(incumbent, self.clock, self.stop, self.limits.seed, self.cores, self._say, self.ready).run(guide)
        self.bounds = dict(zip(self.tiers, incumbent.bounds, strict=True))
        done = incumbent.proven == len(self.tiers)
        return Status.OPTIMAL if done else Status.FEASIBLE, incumbent.values

    def _show(self, incumbent: Incumbent, people: int, days: int) -> None:
        self._say(incumbent, Text("{people} people × {days} days", people=people, days=days))

    def _say(self, incumbent: Incumbent, trying: Text) -> None:
        """Tell of the first tier that is not proven, and of what is being tried there."""
        nth = min(incumbent.proven, len(self.tiers) - 1)
        self.state = Progress(0.0, self.tiers[nth], incumbent.costs[nth], incumbent.bounds[nth], trying)


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
