"""Making sheets, when to make them, and where the handover stands."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cstools.cli import options
from cstools.cli.help import Command
from cstools.cli.options import handover as asked
from cstools.cli.show import say
from cstools.errors import Refused, UsageFault
from cstools.language import Text, mark

if TYPE_CHECKING:
    from cstools.desk import Desk
    from cstools.handover.making import Maker, Written


@click.command(
    cls=Command,
    help=mark(
        "Make the handover sheet of a shift change: the next one, or the one in which a day's shift ends.\n\n"
        "Until the change it is a draft that may be made again, then it is final. Says nothing when all is well and "
        "nobody watches, so that cron can run it; exit code 1 where no roster has that shift."
    ),
    example="cstools handover sheet --date 2026-11-09 --shift 白班\n"
    "cstools handover sheet --catch-up --date 2026-11-15 --shift 晚班",
)
@options.on_desk
@asked.group
@asked.following
@asked.change_day
@asked.change_shift
@options.at(mark("The next change after this time."))
@asked.catch_up
@asked.output_folder
@asked.sheet_forms
@options.by
def sheet(
    desk: "Desk",
    team: str,
    following: bool,
    day: date | None,
    shift: str,
    at: datetime | None,
    catch_up: bool,
    folder: Path | None,
    forms: tuple[str, ...],
    by: str,
) -> int:
    from cstools.handover.lock import only_one
    from cstools.handover.making import LOCK, Maker

    if bool(day) != bool(shift):
        raise UsageFault(Text("--date and --shift go together"))
    if sum((following, day is not None, at is not None)) > 1:
        raise UsageFault(Text("one of --next, --date with --shift, and --at"))
    with only_one(desk.folder / LOCK):
        maker = Maker.of(desk, team, forms, folder, by)
        maker.check()
        asked = [maker.counter.ending(day, shift)] if day and shift else []
        maker.read_workbook()
        if not asked and (following or at or not catch_up):
            asked = [maker.next_after(at or maker.now)]
        last = asked[0].at if day or at else None
        missed, unknown = (maker.missing(last), maker.unrostered(last)) if catch_up else ([], [])
        made = [maker.make(change) for change in dict.fromkeys((*missed, *asked))]
    return _tell(made, unknown)


def _tell(made: list["Written"], unknown: list[date]) -> int:
    for written in made:
        if sys.stdout.isatty():
            say(*map(str, written.files))
        for path in written.beside:
            say(Text("the file is open; the sheet was written beside it: {path}", path=str(path)))
        if not written.sheet.header.rostered:
            click.echo(str(Text("no roster for this shift: {file} is red", file=str(written.files[0]))), err=True)
    if unknown:
        why = Text("no roster is published for {days}: no sheets can be made for them", days=unknown)
        click.echo(str(why), err=True)
    return 0 if all(written.sheet.header.rostered for written in made) else 1


@click.command(
    cls=Command,
    help=mark(
        "The lines that make every sheet in time, for crontab and the Windows Task Scheduler.\n\n"
        "A sheet is made shortly before the relief arrives, and once more at the change, when it is final; whatever "
        "was missed is made then too."
    ),
    example="cstools schedule",
)
@options.on_desk
def schedule(desk: "Desk") -> None:
    from cstools.handover.timetable import lines

    maker = _maker(desk)
    say(*lines(desk, maker.changes, maker.team))


@click.command(
    cls=Command,
    help=mark("Where the handover stands: the last sheet made, the next change, what is open, due soon and overdue."),
    example="cstools status",
)
@options.on_desk
def status(desk: "Desk") -> None:
    from cstools.handover.standing import lines

    say(*lines(_maker(desk)))


@click.command(
    "import",
    cls=Command,
    help=mark(
        "Record what the agents' workbook 交接日志.xlsx says, as making a sheet does, too.\n\n"
        "Each row is recorded once, and again where it has changed; where one can't be taken, none is. A signature "
        "that a gate refuses is told, and tried again next time."
    ),
    example="cstools handover book\ncstools handover import",
)
@options.on_desk
@asked.log_file
def import_(desk: "Desk", file: Path | None) -> int:
    from cstools.handover.book_sheets import WORKBOOK

    imported = _maker(desk).importer.read(file or desk.folder / WORKBOOK)
    say(Text("{count} rows said something new", count=imported.new), *imported.refused)
    return 1 if imported.refused else 0


@click.command(
    cls=Command,
    help=mark("Write an empty 交接日志.xlsx for the agents to fill in; one that is there is never overwritten."),
    example="cstools handover book",
)
@options.on_desk
def book(desk: "Desk") -> None:
    from cstools.handover.book_sheets import WORKBOOK, empty_workbook
    from cstools.tables.save import save_bytes

    path = desk.folder / WORKBOOK
    if path.exists():
        raise Refused(
            Text("{folder} has {files} already; nothing was written", folder=str(desk.folder), files=path.name)
        )
    maker = _maker(desk)
    with desk.journal.reading() as pages:
        data = empty_workbook(maker.team, maker.setup, pages)
    save_bytes(path, data)
    say(Text("made: {files}", files=str(path)))


COMMANDS: Final = (sheet, import_, book)


def _maker(desk: "Desk") -> "Maker":
    from cstools.handover.making import Maker

    return Maker.of(desk)
