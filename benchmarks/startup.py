"""How long ``cstools --help`` takes, as a multiple of ``python -c "import click"``: whole processes, in pairs.

    python benchmarks/startup.py [PAIRS]

Prints both medians and the median of the pairs' ratios; exits 1 where that is above the limit.
"""

import subprocess
import sys
import time
from statistics import median
from typing import Final

LIMIT: Final = 2.5
BARE: Final = (sys.executable, "-c", "import click")
HELP: Final = (sys.executable, "-m", "cstools", "--help")


def seconds(command: tuple[str, ...]) -> float:
    """Wall time of a whole process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def measure(pairs: int) -> tuple[float, float, float]:
    """Median seconds of both commands, and the median ratio; a pair runs back to back, after one for the caches."""
    seconds(BARE), seconds(HELP)
    bare, full = zip(*((seconds(BARE), seconds(HELP)) for _ in range(pairs)), strict=True)
    return median(bare), median(full), median(second / first for first, second in zip(bare, full, strict=True))


def main() -> None:
    """Measure, print, and fail above the limit."""
    bare, full, ratio = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
    print(f"import click {bare:.3f} s, cstools --help {full:.3f} s, ratio {ratio:.2f} (limit {LIMIT})")
    sys.exit(ratio > LIMIT)


if __name__ == "__main__":
    main()
