"""The one door: files and the desk's own sheets of attendance, whatever their format, as one Attendance."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from cstools.attendance.doubts import check_covered, contradictions
from cstools.attendance.facts import Attendance
from cstools.attendance.formats import FORMATS, Format, recognise
from cstools.attendance.heads import Want, find_header
from cstools.attendance.lines import Job, Lines, Part
from cstools.attendance.matching import Matcher
from cstools.attendance.merging import merge
from cstools.attendance.monthly import read_month
from cstools.attendance.own import mapped, read_attendance_sheet, read_overtime_sheet
from cstools.attendance.settings import AttendanceSettings
from cstools.attendance.sheets import ATTENDANCE
from cstools.attendance.titles import read_title
from cstools.desk.settings import SETTINGS
from cstools.duties import Board
from cstools.errors import BadInput, Fault, Source, nearest
from cstools.language import Text
from cstools.people import Person
from cstools.tables.grid import Sheet, fold, read_book

_TOTALS: Final = tuple(
    dict.fromkeys(want.key for name in ("dingtalk_month", "wecom_month") for want in FORMATS[name].wants)
)
_COUNTED: Final = frozenset({"name", "number", "account", "attended", "rest", "absent"})


@dataclass(frozen=True)
class Asked:
    """What is asked for: whose attendance of which days, and where it stands.

    ``first`` and ``last`` are both included. ``paths`` are exports; ``attendance`` and ``overtime`` the desk's own
    sheets 考勤 and 加班, where it has them. ``board``: the published roster, by which lateness is known where a source
    has punches alone.
    """

    people: Sequence[Person]
    first: date
    last: date
    settings: AttendanceSettings
    paths: Sequence[Path] = ()
    attendance: Sheet | None = None
    overtime: Sheet | None = None
    board: Board | None = None


def files(folder: Path, settings: AttendanceSettings) -> list[Path]:
    """The files that the patterns of ``settings.files`` find, by name; hidden ones and Excel's lock files left out."""
    found = {path for pattern in settings.files for path in folder.glob(pattern) if path.name[0] not in ".~"}
    return sorted(found)


def read_attendance(asked: Asked, faults: list[Fault], notes: list[Fault]) -> Attendance:
    """What all sources say of a period; adds what is wrong to ``faults`` and what is doubtful to ``notes``."""
    matcher = Matcher(asked.people, faults, notes)
    job = Job(matcher, asked.settings, asked.first, asked.last, faults, notes, asked.board)
    faults += _wrong_keys(asked.settings)
    parts = [part for path in sorted(asked.paths) for part in _parts(path, job)]
    if asked.attendance:
        parts.append(read_attendance_sheet(asked.attendance, job, own=True))
    if asked.overtime:
        parts.append(read_overtime_sheet(asked.overtime, job))
    found = merge(parts, job)
    check_covered(found, parts, job)
    notes += contradictions(found, {person.number: person.name for person in asked.people})
    return found


def _wrong_keys(settings: AttendanceSettings) -> Iterator[Fault]:
    """Faults on mapped columns that there are none of."""
    known: Mapping[str, Sequence[str]] = {"columns": [column.key for column in ATTENDANCE.columns], "totals": _TOTALS}
    for section, keys in known.items():
        for key in getattr(settings, section):
            if key not in keys:
                source = Source(SETTINGS, cell=f"attendance.{section}.{key}")
                right = nearest(key, keys) or Text("one of {choices}", choices=keys)
                yield Fault(source, None, Text("this setting isn't known"), right)


def _parts(path: Path, job: Job) -> list[Part]:
    """What a file's sheets say; a fault where none of them is of a format that is known."""
    try:
        book = read_book(path)
    except BadInput as error:
        job.faults.extend(error.faults)
        return []
    before = len(job.faults)
    found = [part for sheet in book.sheets.values() if (part := _part(sheet, job))]
    if not found and len(job.faults) == before:
        wrong = Text("no sheet of this file is a report of attendance that is known")
        right = Text("a report of DingTalk or WeCom as it was exported, or map its columns in cstools.toml")
        job.faults.append(Fault(Source(path.name), None, wrong, right))
    return found


def _part(sheet: Sheet, job: Job) -> Part | None:
    """What a sheet says; None for one that no format fits, and for one whose header is wrong."""
    if job.settings.columns and _is_mapped(sheet, job.settings.columns):
        return read_attendance_sheet(sheet, job, own=False)
    if job.settings.totals:
        header = find_header(sheet, fold(job.settings.totals.get("name", "姓名")))
        mine = _mapped_format(job.settings.totals)
        if header and mine.likeness(header) >= 1:
            return _read(sheet, mine, job, fold(job.settings.totals.get("name", "姓名")))
    header = find_header(sheet)
    known = recognise(header) if header else None
    if known:
        return _read(sheet, known, job)
    return read_attendance_sheet(sheet, job, own=False) if _is_mapped(sheet, {}) else None


def _read(sheet: Sheet, known: Format, job: Job, name: str = "") -> Part | None:
    header = find_header(sheet, name) if name else find_header(sheet)
    if header is None:
        return None
    title = read_title(sheet, header.top, job.faults)
    lines = Lines.of(sheet, header, known.wants, title, known.system, job, known.skip)
    return known.read(lines) if lines else None


def _is_mapped(sheet: Sheet, columns: Mapping[str, str]) -> bool:
    """Whether a sheet is a table of days under the desk's own headers, or under those of a mapping."""
    form = mapped(ATTENDANCE, columns)
    wanted = [column.names() for column in form if column.key in (columns or {"day": "", "start": "", "end": ""})]
    for row in sheet.rows[:15]:
        names = {fold(str(cell.value)) for cell in row.cells if cell.value is not None}
        if wanted and all(not one.isdisjoint(names) for one in wanted):
            return True
    return False


def _mapped_format(totals: Mapping[str, str]) -> Format:
    """Another system's report of a period by the mapping of its columns."""
    wants = [Want(key, (name,), "" if key in _COUNTED else "分钟", required=True) for key, name in totals.items()]
    if "name" not in totals:
        wants.append(Want("name", ("姓名",), required=True))
    return Format(tuple(wants), tuple(totals.values()), "", read_month)
