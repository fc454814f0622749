"""The roster family: solve, check, rules."""

import os
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cstools.cli import options, published, roster_changes, roster_why
from cstools.cli.help import Group
from cstools.cli.options import roster as asked
from cstools.cli.show import say, table
from cstools.errors import Refused, UsageFault
from cstools.language import Text, mark

if TYPE_CHECKING:
    from cstools.desk import Desk
    from cstools.roster.result import Result
    from cstools.roster.rule import Breach

ENDINGS = {".xlsx", ".csv", ".json"}
ON_SCREEN = 10  # more days than that don't fit a screen's width
INTERRUPTED = 130
NO_ROSTER = 4
EXPLAINING = 8  # seconds, after those of the search


@click.group(cls=Group, help=mark("The roster of a week or a month: solve it, check it, see its rules."))
@options.family
def roster() -> None:
    pass


@roster.command(
    help=mark(
        "Solve the roster of the week after the last one, or of the days asked for.\n\n"
        "The workbook is laid into the desk's folder of rosters; no file is ever overwritten."
    ),
    example="cstools roster solve --from 2026-11-16 --days 7",
)
@options.on_desk
@asked.some_days
@asked.solving
@asked.seed
@asked.deterministic
@asked.keep
@options.output
@asked.form
def solve(
    desk: "Desk", first: date | None, days: int | None, month: tuple[date, date] | None,
    time_limit: int, seed: int, deterministic: bool, keep: Path | None, output: Path | None, form: str | None,
) -> int:  # fmt: skip
    from cstools.cli import progress
    from cstools.roster.reader import read_problem
    from cstools.roster.result import Limits
    from cstools.roster.solve import solve as settle

    problem, notes = read_problem(desk, asked_days(desk, first, days, month), keep=keep)
    path = _free_path(desk, problem.days, output, form)
    result = settle(problem, Limits(time_limit, seed, deterministic), progress.line())
    progress.clear()
    if result.roster:
        _deliver(desk, result, path, form, notes, deterministic=deterministic)
    return _tell(result, path)


@roster.command(
    help=mark(
        "Say what a roster breaks, by rule and cell, and what its soft rules cost.\n\n"
        "Exit code 1 where a hard rule is broken or the minimum cover isn't met."
    ),
    example="cstools roster check 排班/排班_2026-11-09_2026-11-15.xlsx",
)
@options.on_desk
@asked.roster_file()
def check(desk: "Desk", file: Path) -> int:
    from cstools.roster.formats import to_lines
    from cstools.roster.reader import read_roster
    from cstools.roster.result import is_broken

    read = read_roster(desk, file)
    found = read.roster.audit()
    say(*(Text("Note: {note}", note=str(note)) for note in read.notes), *to_lines(found, read.cells))
    broken = sum(map(is_broken, found))
    say(Text("{count} breaches of hard rules or minimum cover", count=broken))
    return 1 if broken else 0


@roster.command(
    help=mark("Every rule with its sentence and parameters, and what this desk has set."),
    example="cstools roster rules",
)
@options.on_desk
def rules(desk: "Desk") -> None:
    from cstools.roster.handbook import entries

    headers = [Text("rule"), Text("strength"), Text("what it says"), Text("parameters"), Text("where it is set")]
    say(table(headers, entries(desk)))


def asked_days(desk: "Desk", first: date | None, days: int | None, month: tuple[date, date] | None) -> Sequence[date]:
    """The days asked for: a month, or so many days from one on, or else those after the desk's last roster."""
    from cstools.days import span
    from cstools.roster.reader import default_days

    if month:
        if first or days:
            raise UsageFault(Text("--month goes without --from and --days"))
        return span(*month)
    if first is None and days is None:
        return default_days(desk)
    first = first or default_days(desk)[0]
    return span(first, first + timedelta(days=(days or 7) - 1))


def _free_path(desk: "Desk", days: Sequence[date], output: Path | None, form: str | None) -> Path | None:
    """Where the roster goes: the file asked for, or the next free name among the desk's rosters; None for the screen.

    Before the search, not after it: raises UsageFault where the file's ending is of no form we write, Refused where the
    file is there already or its folder can't be.
    """
    if output:
        if output.exists():
            raise Refused(Text("{file} is there already; name another file, or delete it first", file=str(output)))
        if form is None and output.suffix.lower() not in ENDINGS:
            raise UsageFault(Text("{file}: a name that ends in .xlsx, .csv or .json, or --format", file=str(output)))
        return _in_folder(output)
    if form in {"csv", "json", "table"}:
        return None
    usual = desk.roster_path(days[0], days[-1])
    others = (usual.with_stem(f"{usual.stem}_{number}") for number in range(2, 1000))
    return _in_folder(usual if not usual.exists() else next(path for path in others if not path.exists()))


def _in_folder(path: Path) -> Path:
    """A path in a folder that is there and can be written to. Raises Refused where it can't be."""
    folder = path.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(Text("nothing can be written into {folder}", folder=str(folder))) from error
    if not os.access(folder, os.W_OK):
        raise Refused(Text("nothing can be written into {folder}", folder=str(folder)))
    return path


def _deliver(
    desk: "Desk", result: "Result", path: Path | None, form: str | None, notes: Sequence[object], *, deterministic: bool
) -> None:
    """Write the roster in the form asked for, to its file or on the screen."""
    from cstools.roster import formats
    from cstools.roster.workbook import About, write_roster
    from cstools.tables.save import save_bytes

    if result.roster is None:
        return
    form = form or (path.suffix[1:].lower() if path and path.suffix[1:].lower() in {"csv", "json"} else "xlsx")
    if path and form == "xlsx":
        why = _reasons(result, deterministic=deterministic)
        about = About(desk.folder.name, desk.settings.arrive_before, notes, why=why)
        write_roster(result, path, about=about)
        return
    if form == "table":
        data = (table(*formats.to_table(result.roster)) + "\n").encode()
    else:
        data = formats.to_json(result).encode() if form == "json" else formats.to_csv(result.roster)
    if path:
        save_bytes(path, data)
    else:
        click.echo(data.decode("utf-8-sig"), nl=False)


def _reasons(result: "Result", *, deterministic: bool) -> "Callable[[Breach], Sequence[object]]":
    """Why each place is empty, and what would fill it, for sheet 检查."""
    short = any(breach.stated and breach.stated.rule.shortage for breach in result.breaches)
    if result.roster is None or result.interrupted or not short:
        return lambda _: ()
    from cstools.roster.why.explain import explain

    problem, seconds = result.roster.problem, EXPLAINING
    try:
        return explain(problem, result.roster, result.status, seconds=seconds, deterministic=deterministic).under
    except KeyboardInterrupt:  # who is in a hurry gets the roster without the reasons
        return lambda _: ()


def _tell(result: "Result", path: Path | None) -> int:
    """Say what came out, unless the roster itself went to the screen; the exit code."""
    from cstools.roster import formats
    from cstools.roster.findings import COST, LAW, kind_of
    from cstools.roster.result import Status

    if result.roster is None:
        reason = {
            Status.INFEASIBLE: Text("There is no roster: the hard rules and filled cells can't all be kept."),
            Status.UNKNOWN: Text("No roster was found in the time given; give it more with --time-limit."),
        }[result.status]
        click.echo(str(reason), err=True)
        return INTERRUPTED if result.interrupted else NO_ROSTER
    if path:
        if len(result.roster.problem.days) <= ON_SCREEN:
            say(table(*formats.to_table(result.roster)), "")
        say(*formats.to_lines(breach for breach in result.breaches if kind_of(breach) not in {COST, LAW}))
        say(*formats.to_tiers(result), Text("Written: {file}", file=str(path)))
    if result.interrupted:
        return INTERRUPTED
    return 1 if result.broken else 0


for _command in (*published.COMMANDS, *roster_changes.COMMANDS, roster_why.why):
    roster.add_command(_command)
