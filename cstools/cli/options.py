"""Every option and argument of the command line, each defined once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import click

from cstools.cli.help import Argument, Option
from cstools.language import LANGUAGES, Text, mark, speak, translate

Function = TypeVar("Function", bound=Callable[..., Any])
FORMATS: Final = ("xlsx", "csv", "json", "table")
PROFILES: Final = ("shop", "callcentre", "office", "hotline")


@dataclass(slots=True)
class Asked:
    """What was asked of the whole program, before a command's name or after it."""

    desk: Path | None = None
    language: str | None = None
    debug: bool = False


class Day(click.ParamType[date]):
    """A day with its year."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from cstools.days import read_day

        try:
            return read_day(value)
        except ValueError:
            self.fail(str(Text("“{value}” is not a date; give one such as 2026-11-02", value=str(value))), param, ctx)


class Month(click.ParamType[tuple[date, date]]):
    """A month as its first and its last day."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[date, date]:
        from cstools.days import read_month

        try:
            return value if isinstance(value, tuple) else read_month(value)
        except ValueError:
            self.fail(str(Text("“{value}” is not a month; give one such as 2026-11", value=str(value))), param, ctx)


class File(click.Path):
    """The path of a file; with ``exists``, of one that is there."""

    def __init__(self, *, exists: bool = False) -> None:
        super().__init__(exists=exists, dir_okay=False, path_type=Path)

    @property  # click would say it in the language spoken at import
    def name(self) -> str:
        return translate(mark("file"))

    @name.setter
    def name(self, _: str) -> None:
        pass


class Whole(click.ParamType[int]):
    """A whole number of at least ``least`` and at most ``most``."""

    name = "number"

    def __init__(self, least: int, most: int = (1 << 31) - 1) -> None:  # the solver's own limit
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            number = int(value)
        except ValueError:
            number = self.least - 1
        if number < self.least:
            why = Text("“{value}” is not a whole number of {least} or more", value=str(value), least=self.least)
            self.fail(str(why), param, ctx)
        if number > self.most:
            self.fail(str(Text("“{value}” is too large: at most {most}", value=str(value), most=self.most)), param, ctx)
        return number


def _option(*names: str, **settings: Any) -> Callable[[Function], Function]:
    return click.option(*names, cls=Option, **settings)


def _argument(name: str, **settings: Any) -> Callable[[Function], Function]:
    return click.argument(name, cls=Argument, **settings)


def _remember_desk(ctx: click.Context, _: click.Parameter, folder: Path | None) -> Path:
    asked = ctx.ensure_object(Asked)
    asked.desk = folder or asked.desk
    return asked.desk or Path.cwd()


def _remember_language(ctx: click.Context, _: click.Parameter, language: str | None) -> None:
    asked = ctx.ensure_object(Asked)
    asked.language = language or asked.language


def _remember_debug(ctx: click.Context, _: click.Parameter, debug: bool) -> None:
    ctx.ensure_object(Asked).debug = debug


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


def _desk(*, expose_value: bool) -> Callable[[Function], Function]:
    return _option(
        "--desk",
        type=click.Path(path_type=Path),
        metavar=mark("DIR"),
        callback=_remember_desk,
        expose_value=expose_value,
        help=mark("The desk's folder; without it, the nearest folder upwards with a cstools.toml."),
    )


_language = _option(
    "--lang",
    type=click.Choice(LANGUAGES),
    envvar="CSTOOLS_LANG",
    callback=_remember_language,
    expose_value=False,
    help=mark("Chinese or English; the environment variable CSTOOLS_LANG says it for always."),
)
_debug = _option(
    "--debug",
    is_flag=True,
    callback=_remember_debug,
    expose_value=False,
    help=mark("Show an internal error's traceback on the screen."),
)

new_folder = _argument(
    "folder",
    type=click.Path(path_type=Path),
    metavar=mark("DIR"),
    help=mark("The new desk's folder."),
)
profile = _option(
    "--profile",
    type=click.Choice(PROFILES),
    required=True,
    help=mark(
        "Whose shifts and rules to begin with: an online shop with two shifts, a call centre with four rest days a "
        "month, an office from Monday to Friday, a hotline round the clock."
    ),
)
desk_begins = _option(
    "--from", "first", type=Day(), metavar=mark("DATE"), help=mark("The desk's first day; next Monday, if not told.")
)
first_day = _option("--from", "first", type=Day(), metavar=mark("DATE"), help=mark("The first day."))
days = _option("--days", type=Whole(1, 400), metavar=mark("N"), help=mark("How many days."))
month = _option("--month", type=Month(), metavar=mark("MONTH"), help=mark("A whole month, such as 2026-11."))
time_limit = _option(
    "--time-limit",
    type=Whole(1),
    envvar="CSTOOLS_TIME_LIMIT",
    default=50,
    show_default=True,
    metavar=mark("SECONDS"),
    help=mark("How long to look for a better roster; the environment variable CSTOOLS_TIME_LIMIT says it for always."),
)
seed = _option(
    "--seed",
    type=Whole(0),
    default=1,
    show_default=True,
    metavar=mark("N"),
    help=mark("Another number gives another roster that is as good."),
)
deterministic = _option(
    "--deterministic",
    is_flag=True,
    help=mark("Limit by work instead of seconds: the same desk and seed give the same roster."),
)
keep = _option(
    "--keep",
    type=File(exists=True),
    metavar=mark("FILE"),
    help=mark("A roster whose filled cells stay as they are."),
)
output = _option(
    "-o",
    "--output",
    type=File(),
    metavar=mark("FILE"),
    help=mark("Where to write it."),
)
form = _option("--format", "form", type=click.Choice(FORMATS), help=mark("In which form."))
roster_file = _argument(
    "file",
    type=File(exists=True),
    metavar=mark("FILE"),
    help=mark("A roster workbook or csv, ours or edited."),
)


# --- published rosters ------------------------------------------------------------------------------------------------


class Moment(click.ParamType[datetime]):
    """A day with a time of day."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        from cstools.tables.kinds import moment

        try:
            found: datetime = moment(value)
        except ValueError:
            why = Text("“{value}” is not a date and a time; give them such as 2026-11-11T12:05", value=str(value))
            self.fail(str(why), param, ctx)
        return found


def who(name: str) -> Callable[[Function], Function]:
    """An argument for a person."""
    return _argument(name, metavar=mark("WHO"), help=mark("A person's number or name."))


def when(name: str) -> Callable[[Function], Function]:
    """An argument for a day."""
    return _argument(name, type=Day(), metavar=mark("DAY"), help=mark("A day such as 2026-11-11."))


def changes_file(command: Function) -> Function:
    """An argument for a file with sheet 调班, which may be left out."""
    file = File(exists=True)
    about = mark("A workbook with a sheet 调班, or that sheet as csv.")
    return _argument("file", type=file, required=False, metavar=mark("[FILE]"), help=about)(command)


def version_argument(name: str) -> Callable[[Function], Function]:
    """An argument for a version of what is published."""
    return _argument(name, type=Whole(1), metavar=mark("VERSION"), help=mark("A version's number."))


by = _option("--by", default="", metavar=mark("NAME"), help=mark("Who records it; the computer's user, if not told."))
overwrite = _option("--overwrite", is_flag=True, help=mark("Publish it even where that undoes recorded changes."))
day = _option("--day", type=Day(), metavar=mark("DATE"), help=mark("This day."))
person = _option("--person", metavar=mark("WHO"), help=mark("This person, by number or name."))
moment = _option(
    "--at",
    "moment",
    type=Moment(),
    metavar=mark("TIME"),
    help=mark("The time of the approval, or at which to look; now, if not told."),
)
now = _option("--now", is_flag=True, help=mark("Who is on duty now."))
version = _option("--version", type=Whole(1), metavar=mark("N"), help=mark("As it was in this version."))
other = _option("--with", "other", default="", metavar=mark("WHO"), help=mark("Who takes the duty."))
approved_by = _option("--approved-by", default="", metavar=mark("NAME"), help=mark("Who has approved it."))
remark = _option("--remark", "note", default="", metavar=mark("TEXT"), help=mark("Why, in a few words."))
shift = _option("--shift", metavar=mark("SHIFT"), help=mark("This shift, by code, name or kind."))
explaining = _option(
    "--time-limit",
    type=Whole(1),
    default=20,
    show_default=True,
    metavar=mark("SECONDS"),
    help=mark("How long to look for changes that help."),
)
explained_file = _argument(
    "file",
    type=File(exists=True),
    required=False,
    metavar=mark("[FILE]"),
    help=mark("A roster workbook or csv, ours or edited."),
)


# --- handover sheets --------------------------------------------------------------------------------------------------

SHEET_FORMS: Final = ("xlsx", "html", "md", "json", "text")


class Forms(click.ParamType[tuple[str, ...]]):
    """Some forms of a sheet, with commas between them."""

    name = "forms"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        words = tuple(word.strip() for word in str(value).split(",") if word.strip())
        unknown = [word for word in words if word not in SHEET_FORMS]
        if unknown or not words:
            why = Text("“{value}” is no form; there are {forms}", value=str(value), forms=",".join(SHEET_FORMS))
            self.fail(str(why), param, ctx)
        return words


team = _option("--team", default="", metavar=mark("GROUP"), help=mark("Only this group of sheet 人员."))
next_change = _option("--next", "following", is_flag=True, help=mark("The next change; so it is without any of these."))
change_day = _option("--date", "day", type=Day(), metavar=mark("DATE"), help=mark("The day of the shift that ends."))
change_after = _option(
    "--at", "moment", type=Moment(), metavar=mark("TIME"), help=mark("The next change after this time.")
)
catch_up = _option("--catch-up", is_flag=True, help=mark("First make every sheet that was missed."))
output_folder = _option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar=mark("DIR"),
    help=mark("The folder to write into; 交接 in the desk's folder, if not told."),
)
sheet_forms = _option(
    "--format",
    "forms",
    type=Forms(),
    default="xlsx,html",
    show_default=True,
    metavar=mark("FORMS"),
    help=mark("Which of xlsx, html, md, json and text, with commas."),
)
log_file = _argument(
    "file",
    type=File(exists=True),
    required=False,
    metavar=mark("[FILE]"),
    help=mark("The workbook; 交接日志.xlsx in the desk's folder, if not told."),
)
