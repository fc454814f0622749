"""The group, and the one place where errors become messages and exit codes."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Any, Final, NoReturn

import click

from cstools import __version__
from cstools.cli import options
from cstools.cli.help import Group, Option
from cstools.errors import CstoolsError
from cstools.language import LANGUAGES, Text, mark, speak

# A command or a family of commands by its name, and where it lives; imported when it is called or listed.
FAMILIES: Final[dict[str, str]] = {
    "init": "cstools.cli.desk:init",
    "doctor": "cstools.cli.desk:doctor",
    "roster": "cstools.cli.roster:roster",
    "handover": "cstools.cli.handover:handover",
    "pay": "cstools.cli.pay:pay",
    "schedule": "cstools.cli.handover_sheet:schedule",
    "status": "cstools.cli.handover_sheet:status",
}
INTERRUPTED: Final = 130
HUNG_UP: Final = 141
BUG: Final = 70


class Program(Group):
    """The group of all families."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's shape
        return list(FAMILIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's shape
        if cmd_name not in FAMILIES:
            return None
        module, _, name = FAMILIES[cmd_name].partition(":")
        found: click.Command = getattr(import_module(module), name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # click would make it a 1, which is our "a rule says no"
            return _hang_up()

    def main(self, args: Sequence[str] | None = None, *_: Any, **settings: Any) -> NoReturn:
        """Run a command line and exit with its code: what the command returns (None is 0), or its error's."""
        asked = options.Asked()
        settings |= {"prog_name": "cstools", "standalone_mode": False, "obj": asked}
        if os.environ.get("NO_COLOR"):
            settings["color"] = False
        try:
            _let_streams_hold_chinese()
            speak(_language_asked(sys.argv[1:] if args is None else args))
            code = super().main(args, **settings)
            sys.stdout.flush()
        except click.ClickException as error:
            error.show()
            code = error.exit_code
        except click.Abort:
            code = INTERRUPTED
        except CstoolsError as error:
            click.echo(str(error), err=True)
            code = error.exit_code
        except BrokenPipeError:
            code = _hang_up()
        except Exception as error:  # noqa: BLE001 - the one place where a bug becomes a line and a log
            code = _confess(error, asked)
        sys.exit(code if isinstance(code, int) else 0)


@click.group(
    cls=Program,
    help=mark("The roster, the handover sheet and the pay of a customer-service team."),
)
@options.program
@click.version_option(__version__, message="cstools %(version)s", cls=Option, help=mark("Show the version and exit."))
def main() -> None:
    pass


def _language_asked(words: Sequence[str]) -> str:
    """The language of the command line, wherever --lang stands: help and errors before it are told in it too."""
    asked = os.environ.get("CSTOOLS_LANG", "")
    for word, following in zip(words, [*words, ""][1:], strict=True):
        if word == "--lang":
            asked = following
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _let_streams_hold_chinese() -> None:
    """What a stream's encoding lacks shows as "?" instead of failing; one that lacks Chinese (cron's) becomes UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            try:
                "中".encode(stream.encoding)
            except UnicodeEncodeError:
                stream.reconfigure(encoding="utf-8")
            stream.reconfigure(errors="replace")


def _hang_up() -> int:
    """Who read our output has gone, as ``head`` does: nothing to say, and nothing more to flush at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return HUNG_UP


def _confess(error: Exception, asked: options.Asked) -> int:
    """One line about a bug of ours, its traceback in a log; on the screen with --debug."""
    import traceback

    from cstools.cli.log import write

    trace = "".join(traceback.format_exception(error))
    if asked.debug:
        click.echo(trace, err=True)
    what = " ".join(f"{type(error).__name__}: {error}".split())
    log = write(trace, asked.desk)
    click.echo(str(Text("Internal error (a bug of cstools): {what}. Details: {log}", what=what, log=log)), err=True)
    return BUG
