"""The roster family's commands on what is published: publish, versions, show, diff, restore, swap and the like."""

import getpass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from cstools.cli import options
from cstools.cli.help import Command
from cstools.cli.show import say, table
from cstools.errors import Refused, UsageFault
from cstools.language import Text, mark

if TYPE_CHECKING:
    from cstools.desk import Desk
    from cstools.duties import Board
    from cstools.roster.change_sheet import Answer
    from cstools.roster.changes import Granted

_PUBLISH: Final = "cstools roster publish 排班/排班_2026-11-09_2026-11-15.xlsx"
Ends = tuple[date, date]


@click.command(
    cls=Command,
    help=mark(
        "Publish a roster: from now on it is the desk's, version by version.\n\n"
        "It is checked first; a broken hard rule refuses it, shortages are told and recorded."
    ),
    example=_PUBLISH,
)
@options.on_desk
@options.roster_file
@options.by
@options.overwrite
def publish(desk: "Desk", file: Path, by: str, overwrite: bool) -> None:
    from cstools.duties import board
    from cstools.roster import history
    from cstools.roster.formats import to_lines
    from cstools.roster.publish import publish

    found = publish(desk, file, by=by or author(), now=desk.now(), overwrite=overwrite)
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
    example=f"{_PUBLISH}\ncstools roster show --day 2026-11-11\ncstools roster show --at 2026-11-11T12:05",
)
@options.on_desk
@options.day
@options.person
@options.moment
@options.now
@options.version
def show(
    desk: "Desk", day: date | None, person: str | None, moment: datetime | None, now: bool, version: int | None
) -> None:
    from cstools.duties import board, on_duty_at, versions
    from cstools.roster import views

    if version is not None:
        _known(desk, version)
    then = board(desk.journal, version)
    if now or moment:
        there = on_duty_at(desk.journal, moment or desk.now(), version)
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
    example=f"{_PUBLISH}\ncstools roster absent 001 2026-11-15 --approved-by 主管\ncstools roster diff 1 2",
)
@options.on_desk
@options.version_argument("before")
@options.version_argument("after")
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
    example=f"{_PUBLISH}\ncstools roster restore 1",
)
@options.on_desk
@options.version_argument("number")
@options.first_day
@options.days
@options.by
def restore(desk: "Desk", number: int, first: date | None, days: int | None, by: str) -> None:
    from cstools.duties import board
    from cstools.roster import history
    from cstools.roster.publish import restore

    version = restore(desk.journal, number, by=by or author(), now=desk.now(), within=_ends(first, days))
    if version is None:
        say(Text("That is what is published already; nothing was recorded."))
        return
    now = board(desk.journal)
    say(*history.diff_words(version.moves, now))
    if version.removed:
        say(Text("no longer published: {days}", days=sorted(version.removed)))
    say(history.version_words(version, now))


@click.command(
    cls=Command,
    help=mark(
        "Swap two duties: WHO's of DAY with another's.\n\n"
        "Checked against every rule; refused, with who could take it, where it would break one."
    ),
    example=f"{_PUBLISH}\ncstools roster swap 001 2026-11-15 005 2026-11-15 --approved-by 主管",
)
@options.on_desk
@options.who("person")
@options.when("day")
@options.who("other")
@options.when("other_day")
@options.approved_by
@options.moment
@options.remark
@options.by
def swap(desk: "Desk", **asked: Any) -> None:
    _record(desk, "swap", asked)


@click.command(
    cls=Command,
    help=mark(
        "Let somebody take WHO's duty of DAY; without --with, only say who could.\n\n"
        "Who works on a day off is owed a rest."
    ),
    example=f"{_PUBLISH}\ncstools roster substitute 001 2026-11-15\n"
    "cstools roster substitute 001 2026-11-15 --with 014 --approved-by 主管",
)
@options.on_desk
@options.who("person")
@options.when("day")
@options.other
@options.approved_by
@options.moment
@options.remark
@options.by
def substitute(desk: "Desk", **asked: Any) -> None:
    from cstools.roster.change_sheet import problems_of
    from cstools.roster.changes import could_take, could_words

    if asked["other"]:
        _record(desk, "substitute", asked)
    else:
        say(could_words(*could_take(desk.journal, problems_of(desk), asked["person"], asked["day"])))


@click.command(
    cls=Command,
    help=mark("WHO doesn't come on DAY: say what is short then, and who could take the duty."),
    example=f"{_PUBLISH}\ncstools roster absent 周晓岚 2026-11-15 --approved-by 主管 --remark 发烧",
)
@options.on_desk
@options.who("person")
@options.when("day")
@options.approved_by
@options.moment
@options.remark
@options.by
def absent(desk: "Desk", **asked: Any) -> None:
    _record(desk, "absent", asked)


@click.command(
    cls=Command,
    help=mark(
        "Record the rows of sheet 调班, all checked, a line each; rows recorded before stay as they are.\n\n"
        "Without FILE the desk's own workbook is read."
    ),
    example="cstools roster record",
)
@options.on_desk
@options.changes_file
@options.by
def record(desk: "Desk", file: Path | None, by: str) -> int:
    from cstools.duties import board
    from cstools.roster.change_sheet import record_sheet

    answers = record_sheet(desk, file, by=by or author(), now=desk.now())
    now = board(desk.journal)
    say(*(_answer(answer, now) for answer in answers))
    return 1 if any(answer.why for answer in answers) else 0


COMMANDS: Final = (publish, versions, show, diff, restore, swap, substitute, absent, record)


def author() -> str:
    """Who is at this computer, for whoever doesn't say --by."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no such user, and on Windows no module that knows users
        return "?"


def _record(desk: "Desk", what: str, asked: dict[str, Any]) -> None:
    """Ask for a change and tell what came of it."""
    from cstools.roster.change_sheet import problems_of
    from cstools.roster.changes import grant
    from cstools.roster.proposal import Change

    by, at = asked.pop("by") or author(), asked.pop("moment")
    change = Change(what, **{key: value for key, value in asked.items() if value is not None}, at=at)
    say(*_granted(grant(desk.journal, problems_of(desk), change, by=by, now=desk.now())))


def _granted(granted: "Granted") -> list[object]:
    from cstools.roster.changes import could_words
    from cstools.roster.history import version_words

    version, board = granted.version, granted.board
    lines: list[object] = [version_words(version, board)]
    if version.facts.late:
        lines.append(Text("recorded late: the shift had begun"))
    lines += [
        Text("owed a rest: {name} for {day}", name=board.name(person), day=day) for person, day in version.facts.rests
    ]
    lines += [Text("now: {what}", what=breach.text) for breach in granted.lacks]
    duty = next((move.before for move in version.moves if move.before), None)
    return [*lines, could_words(duty, granted.could)] if duty and version.facts.what == "absent" else lines


def _answer(answer: "Answer", board: "Board") -> Text:
    from cstools.roster.history import version_words

    if answer.version is None:
        return Text("{place}: {why}", place=str(answer.source), why=" ".join(map(str, answer.why)))
    words = version_words(answer.version, board)
    if answer.new:
        return Text("{place}: recorded, {version}", place=str(answer.source), version=words)
    return Text("{place}: recorded before, {version}", place=str(answer.source), version=words)


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
