"""The options and arguments of the command line, each defined once: here those of more than one family.

Those of one family alone are in its own module beside this one, those of one command in the command's.
"""

import getpass
from collections.abc import Callable

import click

from cstools.cli.options.everywhere import (
    Asked,
    Function,
    argument,
    every,
    everywhere,
    family,
    on_desk,
    option,
    program,
    speak_as,
)
from cstools.cli.options.kinds import Day, File, Moment, Month, Whole
from cstools.language import mark

__all__ = [
    "Asked", "Day", "File", "Function", "Moment", "Month", "Whole", "argument", "at", "by", "day", "days", "every",
    "everywhere", "family", "first_day", "month", "on_desk", "option", "output", "person", "program", "remark",
    "shift", "speak_as", "until", "when", "who",
]  # fmt: skip

first_day = option("--from", "first", type=Day(), metavar=mark("DATE"), help=mark("The first day."))
until = option("--until", type=Day(), metavar=mark("DATE"), help=mark("The last day it holds."))
days = option("--days", type=Whole(1, 400), metavar=mark("N"), help=mark("How many days."))
month = option("--month", type=Month(), metavar=mark("MONTH"), help=mark("A whole month, such as 2026-11."))
day = option("--day", type=Day(), metavar=mark("DATE"), help=mark("This day."))
person = option("--person", metavar=mark("WHO"), help=mark("This person, by number or name."))
shift = option("--shift", metavar=mark("SHIFT"), help=mark("This shift, by code, name or kind."))
remark = option("--remark", "note", default="", metavar=mark("TEXT"), help=mark("Why, in a few words."))
output = option("-o", "--output", type=File(), metavar=mark("FILE"), help=mark("Where to write it."))


def at(about: str) -> Callable[[Function], Function]:
    """A moment, and what it is there for."""
    return option("--at", type=Moment(), metavar=mark("TIME"), help=about)


def who(name: str) -> Callable[[Function], Function]:
    """An argument for a person."""
    return argument(name, metavar=mark("WHO"), help=mark("A person's number or name."))


def when(name: str) -> Callable[[Function], Function]:
    """An argument for a day."""
    return argument(name, type=Day(), metavar=mark("DAY"), help=mark("A day such as 2026-11-11."))


def _author(_ctx: click.Context, _param: click.Parameter, told: str | None) -> str:
    try:
        return told or getpass.getuser()
    except (KeyError, OSError, ImportError):  # no such user, and on Windows no module that knows users
        return "?"


by = option(
    "--by",
    metavar=mark("NAME"),
    callback=_author,
    help=mark("Who records it; the computer's user, if not told."),
)
