"""The options and arguments of the handover family, each defined once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

import click

from cstools.cli.help import Argument, Option
from cstools.cli.options import Day, Moment, Whole
from cstools.language import Text, mark

Function = TypeVar("Function", bound=Callable[..., Any])


class Word(click.ParamType[Any]):
    """One of a few words, in either language."""

    name = "word"

    def __init__(self, kind: Callable[[], Any]) -> None:
        self.kind = kind  # made when it is asked for: help pages import nothing heavy

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        kind = self.kind()
        try:
            return kind(value)
        except ValueError:
            self.fail(str(Text("“{value}”: {right}", value=str(value), right=kind.right)), param, ctx)


class Ahead(click.ParamType[timedelta]):
    """A time ahead, such as 4h, 30min or 4小时."""

    name = "span"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        from cstools.handover.spans import Unit, read_span

        try:
            span = read_span(value)
        except ValueError:
            span = None
        if span is None or span.unit is not Unit.MINUTES:
            self.fail(
                str(Text("“{value}” is not a time ahead; give one such as 4h or 30min", value=str(value))), param, ctx
            )
        return timedelta(minutes=span.count)


def _severity() -> Any:
    from cstools.handover.types import SEVERITY

    return SEVERITY


def _status() -> Any:
    from cstools.handover.types import STATUS

    return STATUS


def _equipment() -> Any:
    from cstools.handover.types import EQUIPMENT_STATE

    return EQUIPMENT_STATE


def _text(name: str, about: str, *, field: str = "") -> Callable[[Function], Function]:
    return click.option(f"--{name}", field or name, cls=Option, metavar=mark("TEXT"), help=about)


def _all(*options: Callable[[Any], Any]) -> Callable[[Function], Function]:
    def dress(command: Function) -> Function:
        dressed: Any = command
        for option in reversed(options):
            dressed = option(dressed)
        found: Function = dressed
        return found

    return dress


_moment: Any = Moment()
fields = _all(
    click.option("--type", "kind", cls=Option, metavar=mark("TYPE"), help=mark("Its type, such as 投诉.")),
    click.option(
        "--severity", type=Word(_severity), cls=Option, metavar=mark("SEVERITY"), help=mark("How grave it is.")
    ),
    click.option("--status", type=Word(_status), cls=Option, metavar=mark("STATUS"), help=mark("Where it stands.")),
    _text("cause", mark("The cause.")),
    _text("course", mark("The course of events.")),
    _text("advice", mark("What to do.")),
    _text("wording", mark("The agreed wording.")),
    _text("progress", mark("How far it is.")),
    _text("reason", mark("Why it is left open.")),
    _text("customer", mark("The customer.")),
    _text("grade", mark("The customer's grade.")),
    _text("contact", mark("How the customer is reached.")),
    _text("address", mark("Where somebody must go.")),
    _text("reference", mark("The order's or ticket's number.")),
    _text("target", mark("For which shift or person it is.")),
    _text("group", mark("Whose matter it is, where the desk has groups."), field="team"),
    click.option(
        "--promised", type=_moment, cls=Option, metavar=mark("TIME"), help=mark("What the customer was promised.")
    ),
    click.option(
        "--meal", "meal_at", type=_moment, cls=Option, metavar=mark("TIME"), help=mark("When the customer eats.")
    ),
    click.option(
        "--liable", multiple=True, cls=Option, metavar=mark("WHO"), help=mark("Who else is liable; may be repeated.")
    ),
    click.option(
        "--attach",
        "attachments",
        multiple=True,
        cls=Option,
        metavar=mark("FILE"),
        help=mark("A file that belongs to it; may be repeated."),
    ),
)

at = click.option(
    "--at", "at", type=_moment, cls=Option, metavar=mark("TIME"), help=mark("When it was; now, if not told.")
)
title = click.argument(
    "title", cls=Argument, required=False, metavar=mark("[TITLE]"), help=mark("What it is about, in a few words.")
)
owner = click.option("--owner", cls=Option, metavar=mark("WHO"), help=mark("Whose it is, by number or name."))
number = click.argument(
    "number", type=Whole(1), cls=Argument, metavar=mark("NUMBER"), help=mark("The matter's number.")
)
result = click.option("--result", required=True, cls=Option, metavar=mark("TEXT"), help=mark("The outcome."))
words = click.argument(
    "words", nargs=-1, required=True, cls=Argument, metavar=mark("WORDS"), help=mark("What it holds.")
)
due = click.option(
    "--due", type=Ahead(), cls=Option, metavar=mark("SPAN"), help=mark("Only what is due within this time, such as 4h.")
)
only_open = click.option(
    "--open", "only_open", is_flag=True, cls=Option, help=mark("Only what is open; so it is without --since.")
)
since = click.option(
    "--since", type=Day(), cls=Option, metavar=mark("DATE"), help=mark("Also what was closed since this day.")
)
state = click.option(
    "--state", type=Word(_equipment), required=True, cls=Option, metavar=mark("STATE"), help=mark("How it is.")
)


def text(name: str, about: str) -> Callable[[Function], Function]:
    """An argument of one text."""
    return argument(name, mark("TEXT"), about)


def argument(name: str, metavar: str, about: str, **more: Any) -> Callable[[Function], Function]:
    """An argument of one command alone."""
    return click.argument(name, cls=Argument, metavar=metavar, help=about, **more)


def option(name: str, metavar: str, about: str, **more: Any) -> Callable[[Function], Function]:
    """An option of one command alone."""
    return click.option(f"--{name}", cls=Option, metavar=metavar, help=about, **more)


ending_day = click.option(
    "--date", "day", type=Day(), cls=Option, metavar=mark("DATE"), help=mark("The day of the shift that ends.")
)
ending_shift = click.option(
    "--shift",
    default="",
    cls=Option,
    metavar=mark("SHIFT"),
    help=mark("The shift that ends; without --date and --shift, the next change."),
)
group = click.option("--team", default="", cls=Option, metavar=mark("GROUP"), help=mark("Only this group's."))


def of_change(command: Function) -> Function:
    """The options that tell which change is meant."""
    return ending_day(ending_shift(group(command)))
