"""The cells that people have filled in: of sheet 排班草稿, and of a roster to keep."""

from datetime import date
from pathlib import Path

from cstools.errors import BadInput, Fault
from cstools.language import Text
from cstools.people import Person
from cstools.roster.grid import Entry, Grid, GridReader
from cstools.roster.sheets.grids import DRAFT
from cstools.tables.grid import read_book
from cstools.team.reading import Reading


def read_filled(reading: Reading, reader: GridReader, days: tuple[date, ...], keep: Path | None) -> list[Entry]:
    """The cells that people have filled for the days: of sheet 排班草稿, and of the roster to keep."""
    found: dict[tuple[str, date], Entry] = {}
    for grid in _grids(reading, reader, days, keep):
        for cell, entry in grid.entries.items():
            if cell[1] in days and may_stand(reading, entry):
                _join(reading, found, entry)
    return list(found.values())


def _grids(reading: Reading, reader: GridReader, days: tuple[date, ...], keep: Path | None) -> list[Grid]:
    grids = []
    sheet = reading.sheets.find(DRAFT, reading.faults)
    if sheet and sheet.rows:
        grids.append(reader.read(sheet))
        if grids[0].entries and not grids[0].filled() & set(days):
            told = Text("the filled cells are for other days than {first} to {last}", first=days[0], last=days[-1])
            reading.notes.append(Fault(sheet.source(), None, told, Text("nothing is fixed by them")))
    if keep:
        try:
            grids.append(reader.read_file(read_book(keep)))
        except BadInput as error:
            reading.faults.extend(error.faults)
    return grids


def may_stand(reading: Reading, entry: Entry) -> bool:
    """Whether the person is employed that day; a fault where a shift is filled in and they aren't."""
    person = reading.team.find(entry.person)
    if not isinstance(person, Person) or person.employed(entry.day):
        return True
    if entry.shift:
        wrong = Text("{name} is not employed on {day}", name=person.name, day=entry.day)
        right = Text("employed from {since} to {until}", since=person.hired or "…", until=person.left or "…")
        reading.faults.append(Fault(entry.source, entry.word, wrong, right))
    return False


def _join(reading: Reading, found: dict[tuple[str, date], Entry], entry: Entry) -> None:
    """Add a filled cell; one that differs from another file's is a fault."""
    other = found.setdefault((entry.person, entry.day), entry)
    if other.shift != entry.shift:
        wrong = Text(
            "“{word}” in {place} is filled in for the same person and day", word=other.word, place=str(other.source)
        )
        reading.faults.append(Fault(entry.source, entry.word, wrong, Text("clear one of the two cells")))
    elif entry.posts or entry.meal:
        found[entry.person, entry.day] = entry
