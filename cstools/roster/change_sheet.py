"""Recording many changes at once, from sheet 调班: every row is checked, and every row gets its line."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

from cstools.days import span
from cstools.desk import Desk, Sheets
from cstools.duties import Version
from cstools.errors import BadInput, Fault, Refused, Source, UsageFault
from cstools.language import Text
from cstools.roster.changes import grant
from cstools.roster.effects import ProblemOf
from cstools.roster.grid import GridReader, duties_of
from cstools.roster.problem import Problem
from cstools.roster.proposal import Change
from cstools.roster.reader import Read, read_all
from cstools.roster.sheets.changes import CHANGES, read_changes
from cstools.roster.sheets.grids import LAST
from cstools.shifts import Duty
from cstools.tables.grid import read_book
from cstools.team import read_team
from cstools.team.reading import Reading


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a row: the version that records it, ``new`` if it was recorded just now; or why not."""

    source: Source
    version: Version | None = None
    new: bool = False
    why: tuple[object, ...] = ()


def problems_of(desk: Desk) -> ProblemOf:
    """What a desk's sheets ask of some days, each span read once. Raises BadInput with all faults of the sheets."""

    @cache
    def problem_of(first: date, last: date) -> Problem:
        read = read_all(desk, span(first, last))
        overran = _overran(read, first, last)
        if read.faults:
            raise BadInput(read.faults)
        return replace(read.problem, past=read.problem.past | overran)

    return problem_of


def _overran(read: Read, first: date, last: date) -> frozenset[Duty]:
    """The duties of which sheet 上期排班 tells when they really ended: rest counts from then (000-059)."""
    sheet = read.reading.sheets.find(LAST, read.faults)
    if sheet is None or not sheet.rows:
        return frozenset()
    reader = GridReader(read.reading, strict=False, off_words=[leave.kind for leave in read.problem.leaves])
    entries = reader.read(sheet, within=(first, last)).entries.values()
    return frozenset(duties_of(entry for entry in entries if entry.ended is not None))


def record_sheet(desk: Desk, path: Path | None, *, by: str, now: datetime) -> list[Answer]:
    """Check and record the rows of sheet 调班 of a file, or of the desk's own workbook, in order.

    A row that was recorded before, there or in another file, isn't recorded again. Raises BadInput, before anything is
    recorded, where a row can't be read.
    """
    problem_of = problems_of(desk)
    return [_answer(desk, problem_of, change, source, by, now) for change, source in _rows(desk, path)]


def _answer(desk: Desk, problem_of: ProblemOf, change: Change, source: Source, by: str, now: datetime) -> Answer:
    try:
        granted = grant(desk.journal, problem_of, change, by=by, now=now)
    except (Refused, UsageFault) as error:
        return Answer(source, why=tuple(error.lines))
    return Answer(source, granted.version, granted.new)


def _rows(desk: Desk, path: Path | None) -> list[tuple[Change, Source]]:
    faults: list[Fault] = []
    team = read_team(desk, faults)
    sheets = desk.sheets(faults) if path is None else Sheets(read_book(path), path.parent)
    reading = Reading(desk, sheets, team, desk.today(), faults)
    file = path.name if path else desk.settings.team
    if not sheets.find(CHANGES, faults):
        wrong = Text("the sheet {sheet} is missing", sheet=Text(CHANGES.label))
        faults.append(Fault(Source(file), None, wrong))
    rows = read_changes(reading)
    if faults:
        raise BadInput(faults)
    return rows
