"""The options and arguments of the handover family, and what its commands are given: the counter, and which change."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Final, cast

import click

from cstools.cli.options import at, by, every, on_desk
from cstools.cli.options.everywhere import Function, argument, option
from cstools.cli.options.kinds import Ahead, Day, File, Forms, Moment, Whole, Word
from cstools.language import mark

SHEET_FORMS: Final = ("xlsx", "html", "md", "json", "text")

# --- what a command is given ------------------------------------------------------------------------------------------


def at_counter(command: Function) -> Function:
    """The desk's handover as ``counter``, for the group of ``--team`` where there is one; ``who`` by number."""

    @wraps(command)
    def find(*, desk: Any, team: str = "", **rest: Any) -> Any:
        from cstools.handover.counter import Counter

        counter = Counter.of(desk, team)
        if "who" in rest:
            rest["who"] = counter.person(rest["who"])
        return command(counter=counter, **rest)

    return on_desk(cast("Function", find))


# When it was and who records it, where that isn't whoever it is about.
when = at(mark("When it was; now, if not told."))
recorded = every(when, by)


def of_change(command: Function) -> Function:
    """As ``at_counter``, and ``change``: the one of ``--date`` and ``--shift``, else the nearest to ``--at`` in which
    ``who`` takes part.
    """

    @wraps(command)
    def find(*, counter: Any, day: Any, shift: str, **rest: Any) -> Any:
        change = counter.change(day, shift, rest.get("at"), rest.get("who", ""), rest.get("side", ""))
        return command(counter=counter, change=change, **rest)

    return at_counter(every(change_day, change_shift, group)(cast("Function", find)))


def of_shift(command: Function) -> Function:
    """As ``at_counter``, and ``day`` and ``code`` of the shift that something is about."""

    @wraps(command)
    def find(*, counter: Any, day: Any, shift: str, **rest: Any) -> Any:
        return command(counter=counter, day=day or counter.desk.today(), code=counter.code(shift), **rest)

    return at_counter(every(shift_day, own_shift)(cast("Function", find)))


# --- which change, shift, group ---------------------------------------------------------------------------------------

change_day = option("--date", "day", type=Day(), metavar=mark("DATE"), help=mark("The day of the shift that ends."))
change_shift = option(
    "--shift",
    default="",
    metavar=mark("SHIFT"),
    help=mark("The shift that ends, by code, name or kind."),
)
shift_day = option("--date", "day", type=Day(), metavar=mark("DATE"), help=mark("The shift's day; today, if not told."))
own_shift = option("--shift", required=True, metavar=mark("SHIFT"), help=mark("The shift, by code, name or kind."))
group = option("--team", default="", metavar=mark("GROUP"), help=mark("Only this group of sheet 人员."))

# --- matters ----------------------------------------------------------------------------------------------------------


def _severity() -> Any:
    from cstools.handover.types import SEVERITY

    return SEVERITY


def _status() -> Any:
    from cstools.handover.types import STATUS

    return STATUS


def _equipment() -> Any:
    from cstools.handover.types import EQUIPMENT_STATE

    return EQUIPMENT_STATE


def words(name: str, about: str, **more: Any) -> Callable[[Function], Function]:
    """An option that takes a text."""
    return option(f"--{name}", metavar=mark("TEXT"), help=about, **more)


def _several(name: str, field: str, metavar: str, about: str) -> Callable[[Function], Function]:
    return option(f"--{name}", field, multiple=True, metavar=metavar, help=about)


def _time(name: str, field: str, about: str) -> Callable[[Function], Function]:
    return option(f"--{name}", field, type=Moment(), metavar=mark("TIME"), help=about)


severity = option("--severity", type=Word(_severity), metavar=mark("SEVERITY"), help=mark("How grave it is."))
status = option("--status", type=Word(_status), metavar=mark("STATUS"), help=mark("Where it stands."))
kind = option("--type", "kind", metavar=mark("TYPE"), help=mark("Its type, such as 投诉."))
fields = every(
    kind,
    severity,
    status,
    words("cause", mark("The cause.")),
    words("course", mark("The course of events.")),
    words("advice", mark("What to do.")),
    words("wording", mark("The agreed wording.")),
    words("progress", mark("How far it is.")),
    words("reason", mark("Why it is left open.")),
    words("customer", mark("The customer.")),
    words("grade", mark("The customer's grade.")),
    words("contact", mark("How the customer is reached.")),
    words("address", mark("Where somebody must go.")),
    words("reference", mark("The order's or ticket's number.")),
    words("target", mark("For which shift or person it is.")),
    group,
    _time("promised", "promised", mark("What the customer was promised.")),
    _time("meal", "meal_at", mark("When the customer eats.")),
    _several("liable", "liable", mark("WHO"), mark("Who else is liable; may be repeated.")),
    _several("attach", "attachments", mark("FILE"), mark("A file that belongs to it; may be repeated.")),
)
title = argument("title", required=False, metavar=mark("[TITLE]"), help=mark("What it is about, in a few words."))
owner = option("--owner", metavar=mark("WHO"), help=mark("Whose it is, by number or name."))
result = words("result", mark("The outcome."), required=True)
due = option("--due", type=Ahead(), metavar=mark("SPAN"), help=mark("Only what is due within this time, such as 4h."))
only_open = option("--open", "only_open", is_flag=True, help=mark("Only what is open; so it is without --since."))
since = option("--since", type=Day(), metavar=mark("DATE"), help=mark("Also what was closed since this day."))
reason = words("reason", mark("Why, in a few words."), required=True)
state = option("--state", type=Word(_equipment), required=True, metavar=mark("STATE"), help=mark("How it is."))


def number(about: str) -> Callable[[Function], Function]:
    """An argument for the number that something was recorded as."""
    return argument("number", type=Whole(1), metavar=mark("NUMBER"), help=about)


def text(name: str, about: str, **more: Any) -> Callable[[Function], Function]:
    """An argument of one text."""
    return argument(name, help=about, **{"metavar": mark("TEXT"), **more})


# --- sheets -----------------------------------------------------------------------------------------------------------

following = option("--next", "following", is_flag=True, help=mark("The next change; so it is without any of these."))
catch_up = option(
    "--catch-up", is_flag=True, help=mark("First make every sheet that was missed, up to the one asked for.")
)
output_folder = option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar=mark("DIR"),
    help=mark("The folder to write into; 交接 in the desk's folder, if not told."),
)
sheet_forms = option(
    "--format",
    "forms",
    type=Forms(SHEET_FORMS),
    default="xlsx,html",
    show_default=True,
    metavar=mark("FORMS"),
    help=mark("Which of xlsx, html, md, json and text, with commas."),
)
log_file = argument(
    "file",
    type=File(exists=True),
    required=False,
    metavar=mark("[FILE]"),
    help=mark("The workbook; 交接日志.xlsx in the desk's folder, if not told."),
)
