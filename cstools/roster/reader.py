"""A desk's sheets as one roster problem: everything read, every fault told at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from cstools.days import span, unknown_year, week_of
from cstools.desk import Desk
from cstools.errors import BadInput, Fault, Source
from cstools.language import Text, translate
from cstools.roster.clashes import clashes
from cstools.roster.filled import may_stand, read_filled
from cstools.roster.frame import grid_days
from cstools.roster.grid import Entry, GridReader, duties_of
from cstools.roster.inputs import Fixed
from cstools.roster.past import last_day, read_past
from cstools.roster.problem import Problem
from cstools.roster.roster import Roster
from cstools.roster.rule import Stated
from cstools.roster.sheets.absences import read_absences
from cstools.roster.sheets.demands import expand
from cstools.roster.sheets.meetings import read_meetings
from cstools.roster.sheets.needs import Needs, read_needs
from cstools.roster.sheets.rules import read_rules
from cstools.tables.grid import Book, read_book
from cstools.team import HOLIDAYS
from cstools.team.leave import Leave
from cstools.team.reading import Reading


def default_days(desk: Desk) -> tuple[date, ...]:
    """The days that come next: from the day after the last roster to the Sunday of that week; next week where there
    is no roster yet. Raises BadInput where a roster's file can't be read.
    """
    today = desk.today()
    last = last_day(desk, today) or week_of(today)[1]
    first = last + timedelta(days=1)
    return span(first, week_of(first)[1])


def read_problem(desk: Desk, days: Iterable[date], *, keep: Path | None = None) -> tuple[Problem, tuple[Fault, ...]]:
    """The problem of rostering some consecutive days, and notes on what is doubtful.

    ``keep`` is a roster whose filled cells stay as they are, besides those of sheet 排班草稿. Raises BadInput with
    every fault of every sheet, or, where there are none, with every contradiction between filled cells and hard rules.
    """
    read = read_all(desk, days, keep=keep)
    if read.faults:
        raise BadInput(read.faults)
    if found := clashes(read.problem, read.words):
        raise BadInput(found)
    return read.problem, tuple(read.notes)


def read_stated(desk: Desk) -> tuple[Stated, ...]:
    """The rules that a desk states, and those that hold unless stated, whatever the days.

    Raises BadInput with what keeps sheet 规则 from being understood.
    """
    reading = Reading.start(desk, desk.today())
    rules = read_rules(reading, read_needs(reading).posts)
    if reading.faults:
        raise BadInput(reading.faults)
    return rules


@dataclass(frozen=True)
class Read:
    """All that a reading of a desk has found. Where there are faults, ``problem`` holds what could be read."""

    problem: Problem
    reading: Reading
    needs: Needs
    words: Mapping[Source, str] = field(default_factory=dict)  # what stands in the filled cells

    @property
    def faults(self) -> list[Fault]:
        """What is wrong."""
        return self.reading.faults

    @property
    def notes(self) -> list[Fault]:
        """What is doubtful."""
        return self.reading.notes


def read_all(
    desk: Desk,
    days: Iterable[date],
    *,
    keep: Path | None = None,
    faults: list[Fault] | None = None,
    refuse: bool = True,
) -> Read:
    """Read every sheet; adds to ``faults`` and raises BadInput only where the desk's workbook itself can't be read.

    Without ``refuse`` choices that are still to be made are notes.
    """
    days = tuple(days)
    reading = Reading.start(desk, days[0], faults)
    team = reading.team
    needs = read_needs(reading)
    rules = read_rules(reading, needs.posts)
    leaves, wishes = read_absences(reading)
    off_words = [leave.kind for leave in leaves]
    entries = read_filled(reading, GridReader(reading, off_words=off_words), days, keep)
    past = read_past(reading, GridReader(reading, strict=False, off_words=off_words), days[0])
    problem = Problem(
        days=days, people=team.people, shifts=team.shifts, rules=rules,
        demands=expand(reading, needs, days) if _known_years(reading, days) else (),
        leaves=_near(leaves, days), wishes=tuple(wish for wish in wishes if days[0] <= wish.day <= days[-1]),
        fixed=tuple(map(_fixed, entries)),
        meetings=read_meetings(reading, span(min(past.days, default=days[0]), days[-1]), refuse=refuse),
        past=past.duties, past_days=past.days, calendar=team.calendar,
    )  # fmt: skip
    return Read(problem, reading, needs, {entry.source: entry.word for entry in entries})


def _fixed(entry: Entry) -> Fixed:
    return Fixed(entry.person, entry.day, entry.shift, entry.posts, entry.meal, entry.source)


def _known_years(reading: Reading, days: tuple[date, ...]) -> bool:
    """Whether the calendar knows the holidays of all days; a fault for each year of which it doesn't."""
    unknown = sorted({day.year for day in days if not reading.team.calendar.known(day.year)})
    for year in unknown:
        source = Source(reading.desk.settings.team, translate(HOLIDAYS.label))
        reading.faults.append(Fault(source, None, unknown_year(year, reading.team.calendar.entered(year))))
    return not unknown


def _near(leaves: Iterable[Leave], days: tuple[date, ...]) -> tuple[Leave, ...]:
    """The leave that lies in the roster or in the month before it."""
    first = days[0] - timedelta(days=31)
    return tuple(leave for leave in leaves if leave.last >= first and leave.first <= days[-1])


# --- a finished roster ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Checked:
    """A roster read from a file: its problem, its duties, and where each person’s days stand, blank ones too."""

    problem: Problem
    roster: Roster
    cells: Mapping[tuple[str, date], Source]
    notes: tuple[Fault, ...] = ()


def read_roster(desk: Desk, path: Path) -> Checked:
    """A finished roster from a workbook or csv, ours or typed by hand, for the days that it has columns for.

    Raises BadInput with every fault of the file and of the desk.
    """
    book = read_book(path)
    days = _days_of(book, path, desk.today())
    read = read_all(desk, days)
    reader = GridReader(read.reading, off_words=[leave.kind for leave in read.problem.leaves])
    grid = reader.read_file(book)
    entries = [entry for entry in grid.entries.values() if not entry.shift or may_stand(read.reading, entry)]
    if not grid.entries and not read.faults:
        wrong = Text("this roster is empty: no cell of any person has a shift or a day off")
        right = Text("fill it in, or solve one: cstools roster solve")
        read.faults.append(Fault(Source(path.name), None, wrong, right))
    if read.faults:
        raise BadInput(read.faults)
    missing = [
        person for person in read.problem.people if person.number not in grid.people and any(map(person.employed, days))
    ]
    notes = [
        Fault(Source(path.name), person.name, Text("has no row in this roster"), Text("counted as off every day"))
        for person in missing
    ]
    roster = Roster(read.problem, duties_of(entries), detailed=grid.detailed)
    places = {**grid.places, **{cell: entry.source for cell, entry in grid.entries.items()}}
    return Checked(read.problem, roster, places, (*read.notes, *notes))


def _days_of(book: Book, path: Path, near: date) -> tuple[date, ...]:
    """The days of a roster's columns. Raises BadInput where there are none, or where one is missing in between."""
    days = grid_days(book, near)
    if not days:
        wrong = Text("no row here has a header 工号 or 姓名, and dates")
        raise BadInput(
            [Fault(Source(path.name), None, wrong, Text("工号, 姓名 and one column a day, such as 2026-11-09"))]
        )
    whole = span(days[0], days[-1])
    if len(whole) > 400 or len(whole) != len(days):  # noqa: PLR2004 - a year typed wrong
        missing = next(day for day in whole if day not in days)
        raise BadInput(
            [
                Fault(
                    Source(path.name),
                    None,
                    Text("there is no column for {day}", day=missing),
                    Text("one column a day without gaps"),
                )
            ]
        )
    return whole
