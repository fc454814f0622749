"""What is known of the instances of Curtois and Qu (2014), and the table of our runs beside it.

Best known values of September 2026; published: EC ejection chains and B&P branch and price (Curtois, Qu 2014), IP&VNS
(Rahimian et al. 2017), F&O+SA (Turhan, Bilgen 2020).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Final


@dataclass(frozen=True)
class Known:
    """The best known penalty of an instance, and the best published in ten minutes and in an hour."""

    best: int
    ten: str
    sixty: str


KNOWN: Final[Mapping[int, Known]] = {
    1: Known(607, "607", "607"),
    2: Known(828, "828", "828"),
    4: Known(1716, "1716", "1716"),
    5: Known(1143, "1143", "1143"),
    8: Known(1300, "1341 F&O+SA", "1308 B&P"),
    10: Known(4631, "4631", "4631"),
    12: Known(4040, "4042 IP&VNS", "4040"),
    13: Known(1348, "3109 IP&VNS", "1905 IP&VNS"),
    15: Known(3828, "4144 IP&VNS", "3928 IP&VNS"),
    16: Known(3225, "3253 F&O+SA", "3225"),
    18: Known(4459, "5000 F&O+SA", "4650 F&O+SA"),
    20: Known(4769, "none found", "none found"),
    22: Known(30241, "none found", "none found"),
    24: Known(40439, "none found", "none found"),
}


@dataclass(frozen=True)
class Run:
    """One run of one instance, as a line of results.jsonl has it. ``penalty`` and ``broken`` are the checker's."""

    instance: int
    size: str  # weeks × people × shift types
    plain: bool  # the whole model given to CP-SAT, instead of our search
    seed: int
    limit: float
    cost: int | None = None  # the solver's; None where there is no roster
    bound: int = 0
    penalty: int | None = None
    broken: int = 0
    seconds: float = 0.0  # to the end
    first: float | None = None  # to the first roster
    memory: int = 0  # megabytes at most
    wrong: str = ""  # why the process came to nothing

    @property
    def key(self) -> tuple[int, bool, int, float]:
        """What tells runs of one folder apart."""
        return self.instance, self.plain, self.seed, self.limit

    @property
    def right(self) -> bool:
        """Whether no hard rule is broken and the checker's penalty is the solver's cost; no roster is right, too."""
        return not self.broken and self.penalty == self.cost

    @property
    def above(self) -> float | None:
        """How far above the best known value, of it."""
        known = KNOWN.get(self.instance)
        return None if known is None or self.penalty is None else self.penalty / known.best - 1


HEADER: Final = ("instance", "weeks × people × shifts", "best known", "published, 10 min", "published, 60 min",
                 "plain CP-SAT, here", "ours", "bound", "to the bound", "to the best known", "seconds",
                 "MB")  # fmt: skip


def table(runs: Sequence[Run]) -> Iterator[str]:
    """The lines of a table in markdown: one an instance, of all its seeds."""
    yield f"| {' | '.join(HEADER)} |"
    yield f"|{'---|' * len(HEADER)}"
    for instance in sorted({run.instance for run in runs}):
        of_it = [run for run in runs if run.instance == instance]
        yield f"| {' | '.join(_line(instance, of_it))} |"


def _line(instance: int, runs: Sequence[Run]) -> Iterator[str]:
    ours = [run for run in runs if not run.plain]
    plain = [_penalty(run) for run in runs if run.plain]
    known = KNOWN.get(instance)
    yield from (str(instance), runs[0].size)
    yield from (str(known.best), known.ten, known.sixty) if known else ("–", "–", "–")
    yield ", ".join(plain) or "–"
    found = sorted((run for run in ours if run.penalty is not None), key=lambda run: run.penalty or 0)
    yield _range([_penalty(run) for run in found or ours[:1]])
    bound = max((run.bound for run in found), default=None)
    yield "–" if bound is None else str(bound)
    yield _range([f"{_gap(run.penalty or 0, bound or 0):.1%}" for run in found])
    yield _range([f"{run.above:.1%}" for run in found if run.above is not None])
    yield _range([f"{seconds:.0f}" for seconds in sorted(run.seconds for run in ours)])
    yield str(max((run.memory for run in ours), default="–"))


def _gap(penalty: int, bound: int) -> float:
    """How far the bound lies below, of the penalty."""
    return (penalty - bound) / penalty if bound < penalty else 0.0


def _penalty(run: Run) -> str:
    if run.penalty is None:
        return run.wrong or "no roster"
    told = [str(run.penalty)]
    if run.broken:
        told.append(f"{run.broken} hard rules broken")
    if run.penalty != run.cost:
        told.append(f"the solver says {run.cost}")
    return ", ".join(told)


def _range(values: Sequence[str]) -> str:
    """The first and the last; one where they are the same."""
    return " to ".join(dict.fromkeys([values[0], values[-1]])) if values else "–"


def summary(runs: Sequence[Run]) -> str:
    """The mean gap to the best known values, the worst one, and how far seeds lie apart."""
    by_instance: dict[int, list[Run]] = {}
    for run in runs:
        if run.above is not None and not run.plain:
            by_instance.setdefault(run.instance, []).append(run)
    if not by_instance:
        return "no roster of an instance with a best known value"
    gaps = {instance: mean(run.above or 0.0 for run in found) for instance, found in by_instance.items()}
    worst = max(gaps, key=lambda instance: gaps[instance])
    told = f"mean gap to the best known over {len(gaps)} instances {mean(gaps.values()):.2%}, "
    told += f"the worst {gaps[worst]:.1%} (instance {worst})"
    spreads = [_spread(found) for found in by_instance.values() if len(found) > 1]
    if spreads:
        told += f"; seeds lie {mean(spreads):.1%} of the lowest apart in the mean, {max(spreads):.1%} at most"
    return told


def _spread(runs: Sequence[Run]) -> float:
    """From the lowest to the highest penalty, of the lowest."""
    penalties = [run.penalty or 0 for run in runs]
    return (max(penalties) - min(penalties)) / min(penalties)
