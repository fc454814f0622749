"""What the benchmarks of the roster search measure alike: memory, and how the cost falls over time."""

import resource
import sys
from typing import Final

from cstools.roster.result import Progress

MEGABYTE: Final = 1024 if sys.platform != "darwin" else 1 << 20  # in the units of ru_maxrss


def peak_memory() -> int:
    """The most megabytes that this process has held."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE)


class Watch:
    """Takes a solve's reports: when the first roster was there, and each time since at which a cost fell."""

    def __init__(self) -> None:
        self.falls: list[tuple[float, int, int]] = []  # seconds, tier, cost
        self._shown = 0.0

    def __call__(self, progress: Progress) -> None:
        """Keep what is new, and show it on one line of a terminal."""
        if progress.cost is not None and (not self.falls or self.falls[-1][1:] != (progress.tier, progress.cost)):
            self.falls.append((round(progress.seconds, 1), progress.tier, progress.cost))
        if sys.stderr.isatty() and progress.seconds - self._shown >= 1:
            self._shown = progress.seconds
            told = f"tier {progress.tier}  cost {progress.cost}  bound {progress.bound}"
            print(f"\r{progress.seconds:7.1f} s  {told}  ", end="", file=sys.stderr)

    @property
    def first(self) -> float | None:
        """Seconds to the first roster; None where no report told of one."""
        return self.falls[0][0] if self.falls else None
