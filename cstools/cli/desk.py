"""A desk as a whole: make one, examine one."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cstools.cli import options
from cstools.cli.help import Command
from cstools.cli.options import desk as asked
from cstools.cli.show import say
from cstools.language import Text, mark

if TYPE_CHECKING:
    from cstools.errors import Fault


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
    from cstools.pay.template import PROFILE, new_pay_desk
    from cstools.roster.template import new_desk

    first = first or week_of(Desk(folder).today())[1] + timedelta(days=1)
    paying = profile == PROFILE
    written = new_pay_desk(folder) if paying else new_desk(folder, profile, first)
    say(Text("made: {files}", files=[str(path) for path in written]))
    own = Text("people and pay") if paying else Text("people and shifts")
    say(Text("next: put your own {what} into {book}, then", what=own, book=str(written[0])))
    named = f'"{folder}"' if set(str(folder)) & set(" ()&") else folder  # to be copied into cmd or a shell
    next_step = f"pay run --month {first - timedelta(days=first.day):%Y-%m}" if paying else "roster solve"
    say(f"  cstools --desk {named} doctor", f"  cstools --desk {named} {next_step}")


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

    faults: list[Fault] = []
    found = Desk.find(desk, faults)
    options.speak_as(found.settings.language)
    if found.pays:
        from cstools.pay.doctor import examine as examine_pay

        faults, notes = examine_pay(found, faults)
    else:
        from cstools.roster.doctor import examine

        faults, notes = examine(desk)
    say(*faults, *(Text("Note: {note}", note=str(note)) for note in notes))
    if not faults:
        say(
            Text("Everything is in order.") if not notes else Text("Nothing is wrong; {count} notes.", count=len(notes))
        )
    return 3 if faults else 0
