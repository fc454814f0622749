"""The options and arguments of the roster family."""

from collections.abc import Callable
from typing import Any, Final

import click

from cstools.cli.options import at, by, days, every, first_day, month, remark
from cstools.cli.options.everywhere import Function, argument, option
from cstools.cli.options.kinds import File, Whole
from cstools.language import mark

FORMATS: Final = ("xlsx", "csv", "json", "table")

some_days = every(first_day, days, month)
seed = option(
    "--seed",
    type=Whole(0),
    default=1,
    show_default=True,
    metavar=mark("N"),
    help=mark("Another number gives another roster that is as good."),
)
deterministic = option(
    "--deterministic",
    is_flag=True,
    help=mark("Limit by work instead of seconds: the same desk and seed give the same roster."),
)
keep = option(
    "--keep",
    type=File(exists=True),
    metavar=mark("FILE"),
    help=mark("A roster whose filled cells stay as they are."),
)
form = option("--format", "form", type=click.Choice(FORMATS), help=mark("In which form."))


def time_limit(seconds: int, about: str, **more: Any) -> Callable[[Function], Function]:
    """How long something may take."""
    return option(
        "--time-limit",
        type=Whole(1),
        default=seconds,
        show_default=True,
        metavar=mark("SECONDS"),
        help=about,
        **more,
    )


solving = time_limit(
    50,
    mark("How long to look for a better roster; the environment variable CSTOOLS_TIME_LIMIT says it for always."),
    envvar="CSTOOLS_TIME_LIMIT",
)
explaining = time_limit(20, mark("How long to look for changes that help."))


def roster_file(*, required: bool = True) -> Callable[[Function], Function]:
    """An argument for a roster."""
    return argument(
        "file",
        type=File(exists=True),
        required=required,
        metavar=mark("FILE") if required else mark("[FILE]"),
        help=mark("A roster workbook or csv, ours or edited."),
    )


# --- what is published ------------------------------------------------------------------------------------------------

changes_file = argument(
    "file",
    type=File(exists=True),
    required=False,
    metavar=mark("[FILE]"),
    help=mark("A workbook with a sheet 调班, or that sheet as csv."),
)
overwrite = option("--overwrite", is_flag=True, help=mark("Publish it even where that undoes recorded changes."))
now = option("--now", is_flag=True, help=mark("Who is on duty now."))
looked_at = at(mark("At which moment to look."))
version = option("--version", type=Whole(1), metavar=mark("N"), help=mark("As it was in this version."))
other = option("--with", "other", default="", metavar=mark("WHO"), help=mark("Who takes the duty."))
approved_by = option("--approved-by", default="", metavar=mark("NAME"), help=mark("Who has approved it."))
# What is told of every change besides whose duty it is about.
change = every(approved_by, at(mark("The time of the approval; now, if not told.")), remark, by)


def version_number(name: str) -> Callable[[Function], Function]:
    """An argument for a version of what is published."""
    return argument(name, type=Whole(1), metavar=mark("VERSION"), help=mark("A version's number."))
