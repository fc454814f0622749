"""The state of a search on one line of a terminal; silent in a pipe, a log and cron."""

import sys
from collections.abc import Callable

import click

from cstools.language import Text
from cstools.roster.result import Progress


def line() -> Callable[[Progress], None] | None:
    """What shows a search's progress on the terminal; None where there is none to show it on."""
    return _show if sys.stderr.isatty() else None


def clear() -> None:
    """Take the line away."""
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)


def _show(progress: Progress) -> None:
    found = "…" if progress.cost is None else _found(progress.cost, progress.bound or 0)
    seconds = f"{progress.seconds:.0f}"
    told = Text(
        "{seconds} s, tier {tier}: {found}; trying {trying} (Ctrl-C keeps the best so far)",
        seconds=seconds,
        tier=progress.tier,
        found=found,
        trying=progress.trying,
    )
    click.echo(f"\r\x1b[K{told}", nl=False, err=True)


def _found(cost: int, bound: int) -> Text:
    gap = f"{(cost - bound) / cost:.0%}" if cost > bound else "0%"
    return Text("cost {cost}, bound {bound}, gap {gap}", cost=cost, bound=bound, gap=gap)
