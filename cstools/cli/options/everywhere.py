"""The options of every command: which desk, which language, how much of an error is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from cstools.cli.help import Argument, Option
from cstools.language import LANGUAGES, mark, speak

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(slots=True)
class Asked:
    """What was asked of the whole program, before a command's name or after it."""

    desk: Path | None = None
    language: str | None = None
    debug: bool = False


def option(*names: str, **settings: Any) -> Callable[[Function], Function]:
    """An option whose help and metavar are of the catalogue."""
    return click.option(*names, cls=Option, **settings)


def argument(name: str, **settings: Any) -> Callable[[Function], Function]:
    """An argument whose help and metavar are of the catalogue."""
    return click.argument(name, cls=Argument, **settings)


def every(*dresses: Callable[[Any], Any]) -> Callable[[Function], Function]:
    """Some options as one, in this order."""

    def dress(command: Function) -> Function:
        dressed: Any = command
        for each in reversed(dresses):
            dressed = each(dressed)
        return cast("Function", dressed)

    return dress


def everywhere(command: Function) -> Function:
    """The options of every command; it gets ``desk``, the folder asked for or else this one."""
    return _desk(expose_value=True)(_language(command))


def on_desk(command: Function) -> Function:
    """``everywhere``, and ``desk`` is the Desk itself: the nearest upwards, in whose language the command speaks."""

    @wraps(command)
    def find(*, desk: Path, **rest: Any) -> Any:
        from cstools.desk import Desk

        found = Desk.find(desk)
        speak_as(found.settings.language)
        return command(desk=found, **rest)

    return everywhere(cast("Function", find))


def speak_as(language: str) -> None:
    """Speak a desk's language, unless the command line or CSTOOLS_LANG asked for one."""
    asked = click.get_current_context().ensure_object(Asked)
    if not asked.language:
        speak(language)


def program(command: Function) -> Function:
    """The options that come before a command's name."""
    return _language(_desk(expose_value=False)(_debug(command)))


def family(group: Function) -> Function:
    """The options that come after a family's name and before a command's."""
    return _language(_desk(expose_value=False)(group))


def _remember_desk(ctx: click.Context, _: click.Parameter, folder: Path | None) -> Path:
    asked = ctx.ensure_object(Asked)
    asked.desk = folder or asked.desk
    return asked.desk or Path.cwd()


def _remember_language(ctx: click.Context, _: click.Parameter, language: str | None) -> None:
    asked = ctx.ensure_object(Asked)
    asked.language = language or asked.language


def _remember_debug(ctx: click.Context, _: click.Parameter, debug: bool) -> None:
    ctx.ensure_object(Asked).debug = debug


def _desk(*, expose_value: bool) -> Callable[[Function], Function]:
    return option(
        "--desk",
        type=click.Path(path_type=Path),
        metavar=mark("DIR"),
        callback=_remember_desk,
        expose_value=expose_value,
        help=mark("The desk's folder; without it, the nearest folder upwards with a cstools.toml."),
    )


_language = option(
    "--lang",
    type=click.Choice(LANGUAGES),
    envvar="CSTOOLS_LANG",
    callback=_remember_language,
    expose_value=False,
    help=mark("Chinese or English; the environment variable CSTOOLS_LANG says it for always."),
)
_debug = option(
    "--debug",
    is_flag=True,
    callback=_remember_debug,
    expose_value=False,
    help=mark("Show an internal error's traceback on the screen."),
)
