"""The roster family's commands on what is published: publish, versions, show, diff, restore."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cstools.cli import options
from cstools.cli.help import Command
from cstools.cli.options import roster as asked
from cstools.cli.show import say, table
from cstools.errors import Refused, UsageFault
from cstools.language import Text, mark

if TYPE_CHECKING:
    from cstools.desk import Desk
    from cstools.duties import Board

Ends = tuple[date, date]


@click.command(
    cls=Command,
    help=mark(
        "Publish a roster: from now on it is the desk's, version by version.\n\n"
        "It is checked first; a broken hard rule refuses it, shortages are told and recorded."
    ),
    example="cstools roster publish 排班/排班_2026-10-26_2026-11-01.xlsx",
)
@options.on_desk
@asked.roster_file()
@options.by
@asked.overwrite
def publish(desk: "Desk", file: Path, by: str, overwrite: bool) -> None:
    from cstools.duties import board
    from cstools.roster import history
    from cstools.roster.formats import to_lines
    from cstools.roster.publish import publish

    found = publish(desk, file, by=by, now=desk.now(), overwrite=overwrite)
    if found.version is None:
        say(Text("The very same is published already; nothing was recorded."))
        return
    now = board(desk.journal)
    again = [move for move in found.version.moves if move.day not in found.version.added]
    say(*to_lines(found.shortages, found.checked.cells), *history.diff_words(again, now))
    say(history.version_words(found.version, now))


@click.command(
    cls=Command, help=mark("What was published and changed, the latest first."), example="cstools roster versions"
)
@options.on_desk
def versions(desk: "Desk") -> None:
    from cstools.duties import board, versions
    from cstools.roster import views

    say(table(*views.of_versions(versions(desk.journal), board(desk.journal))))


@click.command(
    cls=Command,
    help=mark("What is published: the last roster, a day, a person's days, or who is on duty at a moment."),
    example="cstools roster show --day 2026-11-11\ncstools roster show --at 2026-11-11T12:05",
)
@options.on_desk
@options.day
@options.person
@asked.looked_at
@asked.now
@asked.version
def show(
    desk: "Desk", day: date | None, person: str | None, at: datetime | None, now: bool, version: int | None
) -> None:
    from cstools.duties import board, on_duty_at, versions
    from cstools.roster import views

    if version is not None:
        _known(desk, version)
    then = board(desk.journal, version)
    if now or at:
        there = on_duty_at(desk.journal, at or desk.now(), version)
        say(table(*views.of_moment(then, there)) if there else Text("nobody is on duty"))
        return
    days = views.whole_days(then, versions(desk.journal)[:version])
    if not days:
        raise Refused(Text("nothing is published yet: cstools roster publish FILE"))
    if person:
        number = _number(then, person)
        say(table(*views.of_person(then, number, day or days[0], day or days[-1])))
    elif day:
        say(table(*views.of_day(then, _published(then, day))))
    else:
        say(table(*views.grid(then, days)))


@click.command(
    cls=Command,
    help=mark("Who is affected between two versions, and how."),
    example="cstools roster diff 15 16",
)
@options.on_desk
@asked.version_number("before")
@asked.version_number("after")
def diff(desk: "Desk", before: int, after: int) -> None:
    from cstools.duties import board, moves
    from cstools.roster.history import diff_words

    for number in (before, after):
        _known(desk, number)
    one, other = (board(desk.journal, number) for number in (before, after))
    words = diff_words(moves(one, other), other)
    say(*(words or [Text("nobody is affected")]))


@click.command(
    cls=Command,
    help=mark("Make what is published what it was in an earlier version, on all days or on those given."),
    example="cstools roster restore 15",
)
@options.on_desk
@asked.version_number("number")
@options.first_day
@options.days
@options.by
def restore(desk: "Desk", number: int, first: date | None, days: int | None, by: str) -> None:
    from cstools.duties import board
    from cstools.roster import history
    from cstools.roster.publish import restore

    version = restore(desk.journal, number, by=by, now=desk.now(), within=_ends(first, days))
    if version is None:
        say(Text("That is what is published already; nothing was recorded."))
        return
    now = board(desk.journal)
    say(*history.diff_words(version.moves, now))
    if version.removed:
        say(Text("no longer published: {days}", days=sorted(version.removed)))
    say(history.version_words(version, now))


COMMANDS: Final = (publish, versions, show, diff, restore)


def _known(desk: "Desk", version: int) -> None:
    from cstools.duties import versions

    known = len(versions(desk.journal))
    if version > known:
        raise UsageFault(Text("there is no version {number}; the last is {known}", number=version, known=known))


def _number(board: "Board", word: str) -> str:
    """Somebody's number, told by number or name as published."""
    found = [number for number, name in board.names.items() if word in {number, name}]
    if len(found) != 1:
        raise UsageFault(Text("{word}: nobody, or not just one, is called this in what is published", word=word))
    return found[0]


def _published(board: "Board", day: date) -> date:
    if day not in board.days:
        raise Refused(Text("{day} isn't published", day=day))
    return day


def _ends(first: date | None, days: int | None) -> Ends | None:
    if first is None:
        if days:
            raise UsageFault(Text("--days goes with --from"))
        return None
    return first, first + timedelta(days=(days or 1) - 1)
