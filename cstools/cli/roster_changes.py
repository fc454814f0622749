"""The roster family's commands that change what is published: swap, substitute, absent, and record for a sheet."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from cstools.cli import options
from cstools.cli.help import Command
from cstools.cli.options import roster as asked
from cstools.cli.show import say
from cstools.language import Text, mark

if TYPE_CHECKING:
    from cstools.desk import Desk
    from cstools.duties import Board
    from cstools.roster.change_sheet import Answer
    from cstools.roster.changes import Granted


@click.command(
    cls=Command,
    help=mark(
        "Swap two duties: WHO's of DAY with another's.\n\n"
        "Checked against every rule; refused, with who could take it, where it would break one."
    ),
    example="cstools roster swap 001 2026-11-15 005 2026-11-15 --approved-by 主管",
)
@options.on_desk
@options.who("person")
@options.when("day")
@options.who("other")
@options.when("other_day")
@asked.change
def swap(desk: "Desk", **told: Any) -> None:
    _record(desk, "swap", told)


@click.command(
    cls=Command,
    help=mark(
        "Let somebody take WHO's duty of DAY; without --with, only say who could.\n\n"
        "Who works on a day off is owed a rest."
    ),
    example="cstools roster substitute 001 2026-11-15\n"
    "cstools roster substitute 001 2026-11-15 --with 014 --approved-by 主管",
)
@options.on_desk
@options.who("person")
@options.when("day")
@asked.other
@asked.change
def substitute(desk: "Desk", **told: Any) -> None:
    from cstools.roster.change_sheet import problems_of
    from cstools.roster.changes import could_take, could_words

    if told["other"]:
        _record(desk, "substitute", told)
    else:
        say(could_words(*could_take(desk.journal, problems_of(desk), told["person"], told["day"])))


@click.command(
    cls=Command,
    help=mark("WHO doesn't come on DAY: say what is short then, and who could take the duty."),
    example="cstools roster absent 周晓岚 2026-11-15 --approved-by 主管 --remark 发烧",
)
@options.on_desk
@options.who("person")
@options.when("day")
@asked.change
def absent(desk: "Desk", **told: Any) -> None:
    _record(desk, "absent", told)


@click.command(
    cls=Command,
    help=mark(
        "Record the rows of sheet 调班, all checked, a line each; rows recorded before stay as they are.\n\n"
        "Without FILE the desk's own workbook is read."
    ),
    example="cstools roster record",
)
@options.on_desk
@asked.changes_file
@options.by
def record(desk: "Desk", file: Path | None, by: str) -> int:
    from cstools.duties import board
    from cstools.roster.change_sheet import record_sheet

    answers = record_sheet(desk, file, by=by, now=desk.now())
    now = board(desk.journal)
    say(*(_answer(answer, now) for answer in answers))
    return 1 if any(answer.why for answer in answers) else 0


COMMANDS: Final = (swap, substitute, absent, record)


def _record(desk: "Desk", what: str, told: dict[str, Any]) -> None:
    """Ask for a change and tell what came of it."""
    from cstools.roster.change_sheet import problems_of
    from cstools.roster.changes import grant
    from cstools.roster.proposal import Change

    by = told.pop("by")
    change = Change(what, **{key: value for key, value in told.items() if value is not None})
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
