"""What has been rostered before: the files in the desk's folder of rosters, what is published, and sheet 上期排班."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from cstools.desk import Desk
from cstools.duties import board, past
from cstools.errors import BadInput, Source
from cstools.language import Text
from cstools.roster.frame import filled_days, grid_days
from cstools.roster.grid import Entry, Grid, GridReader, duties_of
from cstools.roster.sheets.grids import LAST
from cstools.shifts import Duty
from cstools.tables.grid import read_book
from cstools.team.reading import Reading


@dataclass(frozen=True, slots=True)
class Past:
    """Duties before a roster, and the days on which all of them are known."""

    duties: frozenset[Duty] = frozenset()
    days: frozenset[date] = frozenset()


def read_past(reading: Reading, reader: GridReader, before: date) -> Past:
    """The past up to a day, as far back as the desk looks.

    Of several files that tell a cell the one that begins later holds; what is published holds over all files; and
    sheet 上期排班 holds over that: there people write what really happened. A day is known once some cell of it is
    filled; a blank cell is then a day off.
    """
    last = before - timedelta(days=1)
    within = (before - timedelta(days=reading.desk.settings.past_days), last)
    grids = [grid for path in files(reading.desk) if (grid := _read_file(reading, reader, path, within)) and grid.days]
    grids.sort(key=lambda grid: grid.days[0])
    grids.append(_published(reading, before))
    sheet = reading.sheets.find(LAST, reading.faults)
    return merge(grids, reader.read(sheet, within=within) if sheet and sheet.rows else Grid())


def merge(grids: Sequence[Grid], typed: Grid) -> Past:
    """Grids as one past; a later one holds over those before it, person by person and day by day.

    Of ``typed`` only the filled cells hold over all: what people left blank there they did not mean to take back.
    """
    cells: dict[tuple[str, date], Entry | None] = {}
    for grid in grids:
        known = grid.filled()
        for person in grid.people:
            for day in known:
                cells[person, day] = grid.entries.get((person, day))
    cells.update(typed.entries)
    days = frozenset(day for grid in (*grids, typed) for day in grid.filled())
    return Past(frozenset(duties_of(entry for entry in cells.values() if entry)), days)


def _published(reading: Reading, before: date) -> Grid:
    """What the journal says is published, without people and shifts that the desk no longer knows."""
    duties, days = past(reading.desk, before, reading.desk.settings.past_days)
    team = reading.team
    people = tuple(person.number for person in team.people)
    source = Source(str(Text("published")))
    entries = {
        (duty.person, duty.day):
            Entry(duty.person, duty.day, duty.shift, source, duty.shift, posts=duty.posts, meal=duty.meal)
        for duty in duties if duty.person in people and duty.shift in team.shifts.on(duty.day)
    }  # fmt: skip
    return Grid(tuple(sorted(days)), people, entries, detailed=True)


def _read_file(reading: Reading, reader: GridReader, path: Path, within: tuple[date, date]) -> Grid | None:
    """A file's grid; None where its name says that it has none of the days, or, with faults, where it can't be read."""
    told = reading.desk.roster_days(path)
    if told and (told[1] < within[0] or told[0] > within[1]):
        return None
    try:
        book = read_book(path)
    except BadInput as error:
        reading.faults.extend(error.faults)
        return None
    return reader.read_file(book, within=within)


def files(desk: Desk) -> list[Path]:
    """The desk's roster files in the order in which they hold: by first day where names tell it, then by name."""
    return sorted(desk.roster_files(), key=lambda path: ((desk.roster_days(path) or (date.min,))[0], path.name))


def last_day(desk: Desk, near: date) -> date | None:
    """The last day that the desk has rostered; None before the first. BadInput where a file can't be read."""
    found: list[date] = []
    for path in files(desk):
        told = desk.roster_days(path)
        found += [told[1]] if told else grid_days(read_book(path), near)[-1:]
    found += board(desk.journal).days
    sheet = desk.sheets([], (LAST,)).find(LAST, [])
    if sheet and sheet.rows:
        found += filled_days(sheet, near)
    return max(found, default=None)
