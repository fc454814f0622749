"""The options and arguments of a desk as a whole."""

from pathlib import Path
from typing import Final

import click

from cstools.cli.options.everywhere import argument, option
from cstools.cli.options.kinds import Day
from cstools.language import mark

ROSTER_PROFILES: Final = ("shop", "callcentre", "office", "hotline")
PROFILES: Final = (*ROSTER_PROFILES, "pay")

new_folder = argument(
    "folder", type=click.Path(path_type=Path), metavar=mark("DIR"), help=mark("The new desk's folder.")
)
profile = option(
    "--profile",
    type=click.Choice(PROFILES),
    required=True,
    help=mark(
        "Whose shifts and rules to begin with: an online shop with two shifts, a call centre with four rest days a "
        "month, an office from Monday to Friday, a hotline round the clock; or a payroll clerk's own desk."
    ),
)
begins = option(
    "--from", "first", type=Day(), metavar=mark("DATE"), help=mark("The desk's first day; next Monday, if not told.")
)
