"""The one door: files and the desk's own sheets of attendance, whatever their format, as one Attendance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cstools.attendance.facts import Attendance
from cstools.attendance.settings import AttendanceSettings
from cstools.duties import Board
from cstools.errors import Fault
from cstools.people import Person
from cstools.tables.grid import Sheet


@dataclass(frozen=True)
class Asked:
    """What is asked for: whose attendance of which days, and where it stands.

    ``first`` and ``last`` are both included. ``paths`` are exports, ``sheets`` the desk's own (考勤, 加班). ``board``:
    the published roster, by which lateness is known where a source has punches alone.
    """

    people: Sequence[Person]
    first: date
    last: date
    settings: AttendanceSettings
    paths: Sequence[Path] = ()
    sheets: Sequence[Sheet] = ()
    board: Board | None = None


def files(folder: Path, settings: AttendanceSettings) -> list[Path]:
    """The files that the patterns of ``settings.files`` find, by name; hidden ones and Excel's lock files left out."""
    found = {path for pattern in settings.files for path in folder.glob(pattern) if path.name[0] not in ".~"}
    return sorted(found)


def read_attendance(asked: Asked, faults: list[Fault], notes: list[Fault]) -> Attendance:
    """What all sources say of a period; adds what is wrong to ``faults`` and what is doubtful to ``notes``."""
    return Attendance(asked.first, asked.last)
