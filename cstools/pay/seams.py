"""Where a run's periods don't follow on those of the month before: days that count twice, or not at all."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from cstools.errors import Fault, Source
from cstools.language import Text, mark
from cstools.pay.run import Run, RunKind

PERIODS: Final = {"attendance": mark("attendance period"), "commission": mark("commission period")}


def seams(runs: Iterable[Run], run: Run) -> Iterator[Fault]:
    """Notes on a month's run whose periods overlap those of the month before, or leave days out between."""
    last = run.month - timedelta(days=1)
    before = next((one for one in runs if _whole(one) and one.work.last == last), None)
    for key, called in PERIODS.items() if before and _whole(run) else ():
        ended, begins = getattr(before, key).last, getattr(run, key).first
        about = {"period": Text(called), "begins": begins, "ended": ended}
        if begins <= ended:
            wrong = Text("the {period} begins on {begins}, that of the month before ended on {ended}: the days between "
                         "count twice", **about)  # fmt: skip
        elif begins > ended + timedelta(days=1):
            wrong = Text("the {period} begins on {begins}, that of the month before ended on {ended}: the days between "
                         "count nowhere", **about)  # fmt: skip
        else:
            continue
        right = Text("leave it as it was, or put the difference right by 手工 events")
        yield Fault(Source("cstools.toml", cell=f"pay.{key}_from"), None, wrong, right)


def _whole(run: Run) -> bool:
    return run.kind is RunKind.MONTH and not run.only
