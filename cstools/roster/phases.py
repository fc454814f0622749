"""Which search goes on when, from a first roster until the time is up.

Parts come first, and what days must cost by themselves; where several tiers are left, most of the time goes to days
exchanged as the roster cools down, the end to parts again.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from cstools.language import Text
from cstools.roster.daily import Daily
from cstools.roster.guide import Guide
from cstools.roster.ready import Ready, begun
from cstools.roster.search import Incumbent, Walk, improve
from cstools.roster.solver import Clock, Stop

if TYPE_CHECKING:
    from cstools.roster.anneal import Annealing

LATER: Final = 0.03  # share of the time after which parts go on with what each day must cost by itself
SOON: Final = 0.01  # share of the time for that
DAILY: Final = 0.05  # share of the time for it once the roster is better
SPLIT: Final = 2e-6  # seconds of them, for each term of a row, to know whose it is
AWHILE: Final = 1.0  # seconds between two looks whether that is ready
PARTS: Final = 0.2  # share of the time for searching parts in the end
LAST: Final = 0.03  # of the time, for exchanging days once more after that
WORTH: Final = 2.0  # times what it takes to begin with that


@dataclass
class Phases:
    """The searches of an incumbent, as many side by side as there are cores; a repeatable one is alone."""

    incumbent: Incumbent
    clock: Clock
    stop: Stop
    seed: int
    cores: int
    say: Callable[[Incumbent, Text], None]
    ready: Ready | None = None  # begun before the search
    walks: list[Walk] = field(default_factory=list)
    laying: float = 0.0  # how long it took to lay the roster out for exchanging days

    def run(self, guide: Guide | None) -> None:
        """Search until the time is up, or nothing is left to search."""
        self.walks = [Walk.of(self.incumbent, self.clock, self.seed + nth, guide) for nth in range(self.cores)]
        seconds, several = self.clock.left(), len(self.incumbent.tiers) > 1
        if several and self._going(0.0):
            ready = self.ready or begun(len(self.incumbent.tiers), seconds)
            self._parts(seconds * (1 - LATER))
            self._days(seconds * (SOON if ready else DAILY))
            if ready:
                self._made(ready, seconds * PARTS)
                self._cooled(seconds * PARTS)
                self._days(seconds * DAILY)  # from a better roster on, what days must cost is soon found
                self._chilled(seconds * LAST)
        self._parts(0.0)

    def _going(self, until: float) -> bool:
        """Whether anything is left to search before so much of the time is left."""
        left = self.incumbent.proven < len(self.incumbent.tiers)
        return self.clock.left() > until and left and not self.stop.asked

    def _parts(self, until: float, cores: int | None = None) -> None:
        """Search parts until so much of the time is left, on so many cores: on all, if that is not said."""
        walks = self.walks[:cores]
        with ThreadPoolExecutor(max_workers=len(walks)) as threads:
            for search in [threads.submit(improve, walk, self.clock, self.stop, until) for walk in walks]:
                search.result()

    def _made(self, ready: Ready, until: float) -> None:
        """Search parts until days can be exchanged; a core is left to what makes that ready."""
        while not ready.now(wait=self.clock.deterministic) and self._going(until):
            self._parts(self.clock.left() - AWHILE, max(1, self.cores - 1))

    def _cooled(self, until: float) -> None:
        """Exchange days until so much of the time is left, hot at first, then cooling down."""
        if self._going(until):
            annealing, self.laying = self._annealing()
            annealing.cool(self.clock, until, self.stop, self._done)

    def _chilled(self, most: float) -> None:
        """Search parts, and exchange days for the last of the time, where that is worth it."""
        if most < WORTH * self.laying:
            return
        self._parts(most)
        if self._going(WORTH * self.laying):
            self._annealing()[0].chill(self.clock, 0.0, self.stop, self._done)

    def _annealing(self) -> "tuple[Annealing, float]":
        """The incumbent's roster laid out for exchanging days in it; how long that took."""
        from cstools.roster.anneal import Annealing  # heavy

        before = self.clock.left()
        annealing = Annealing(self.incumbent, self.cores, self.seed)
        return annealing, before - self.clock.left()

    def _done(self, share: float) -> None:
        self.say(self.incumbent, Text("exchanging days, {done} of 100 done", done=int(100 * share)))

    def _days(self, most: float) -> None:
        """What each day must cost by itself, where several tiers are left: of a single one a relaxation tells more."""
        incumbent, ground = self.incumbent, self.incumbent.ground
        left = incumbent.tiers[incumbent.proven :]
        enough = SPLIT * len(ground.table.columns)
        if len(left) <= 1 or min(most, self.clock.left()) < enough or self.stop.asked:
            return
        self.say(incumbent, Text("each day by itself"))
        ground.daily = daily = Daily(ground.table, ground.days, incumbent.values)
        daily.reckon(left, self.clock, most, self.stop, self.seed, self.cores)
        for nth, tier in enumerate(incumbent.tiers):
            incumbent.bounds[nth] = max(incumbent.bounds[nth], daily.bound(tier))
