"""The options and arguments of the pay family."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from cstools.cli.options.everywhere import Function, argument, option
from cstools.cli.options.kinds import Day, Month
from cstools.language import mark

KINDS: Final = ("month", "leaver", "bonus")

month = option(
    "--month", type=Month(), required=True, metavar=mark("MONTH"), help=mark("The month worked, such as 2026-10.")
)
only = option(
    "--only", multiple=True, metavar=mark("WHO"), help=mark("Only this person, by number or name; may be repeated.")
)
kind = option(
    "--kind",
    type=click.Choice(KINDS),
    default=KINDS[0],
    show_default=True,
    help=mark("A month's pay, last wages of somebody who leaves, or a bonus by itself."),
)
paid_on = option("--paid-on", type=Day(), metavar=mark("DATE"), help=mark("The day it is paid, if not as usual."))
dry_run = option("--dry-run", is_flag=True, help=mark("Compute and show, but write and keep nothing."))
line = option("--line", metavar=mark("LINE"), help=mark("Only this line, as the slip calls it."))
slip_format = option(
    "--format", "form", type=click.Choice(("xlsx", "dingtalk", "html")), default="xlsx", show_default=True,
    help=mark("In which form."),
)  # fmt: skip
template = option("--template", required=True, metavar=mark("NAME"), help=mark("The bank's template."))
why = option("--why", required=True, metavar=mark("TEXT"), help=mark("Why, in a few words."))
seal = option("--seal", metavar=mark("SEAL"), help=mark("Whether the journal still has the seal of a closed run."))
run_id = option("--run", "run_id", default="", metavar=mark("RUN"), help=mark("Another run of the month, by its name."))


def one_month(name: str) -> Callable[[Function], Function]:
    """An argument for a month."""
    return argument(name, type=Month(), metavar=mark("MONTH"), help=mark("A month such as 2026-10."))


def folder(about: str) -> Callable[[Function], Function]:
    """A folder to write into."""
    kind: Any = click.Path(file_okay=False, path_type=Path)
    return option("-o", "--output", type=kind, metavar=mark("DIR"), help=about)


def first_of(asked: tuple[date, date]) -> date:
    """A month's first day."""
    return asked[0]
