"""A desk as a whole: make one, examine one."""

from datetime import date, timedelta
from pathlib import Path

import click

from cstools.cli import options
from cstools.cli.help import Command
from cstools.cli.options import desk as asked
from cstools.cli.show import say
from cstools.language import Text, mark


@click.command(
    cls=Command,
    help=mark(
        "Make a new desk: its workbook, its settings, and two files to double-click on Windows.\n\n"
        "It can be solved at once; put your own people, shifts and rules in place of the examples. Files that are "
        "there already are never overwritten."
    ),
    example="cstools init my-desk --profile shop\ncstools init team-b --profile hotline --from 2026-11-30",
)
@options.everywhere
@asked.new_folder
@asked.profile
@asked.begins
def init(desk: Path, folder: Path, profile: str, first: date | None) -> None:  # noqa: ARG001 - DIR says where
    from cstools.days import week_of
    from cstools.desk import Desk
    from cstools.roster.template import new_desk

    first = first or week_of(Desk(folder).today())[1] + timedelta(days=1)
    written = new_desk(folder, profile, first)
    say(Text("made: {files}", files=[str(path) for path in written]))
    say(Text("next: put your own people and shifts into {book}, then", book=str(written[0])))
    named = f'"{folder}"' if set(str(folder)) & set(" ()&") else folder  # to be copied into cmd or a shell
    say(f"  cstools --desk {named} doctor", f"  cstools --desk {named} roster solve")


@click.command(
    cls=Command,
    help=mark(
        "Examine a desk: everything that is wrong or doubtful in its sheets, each with its cell.\n\n"
        "Exit code 3 where something is wrong; what is only doubtful is a note."
    ),
    example="cstools doctor",
)
@options.everywhere
def doctor(desk: Path) -> int:
    from cstools.desk import Desk
    from cstools.roster.doctor import examine

    options.speak_as(Desk.find(desk, []).settings.language)
    faults, notes = examine(desk)
    say(*faults, *(Text("Note: {note}", note=str(note)) for note in notes))
    if not faults:
        say(
            Text("Everything is in order.") if not notes else Text("Nothing is wrong; {count} notes.", count=len(notes))
        )
    return 3 if faults else 0
