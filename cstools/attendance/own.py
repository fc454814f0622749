"""The desk's own sheets 考勤 and 加班, and any other system's table of days by a mapping of its columns."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from cstools.attendance.day_facts import by_roster
from cstools.attendance.facts import DayFact, Leaves, Overtime
from cstools.attendance.lines import HOUR, Job, Part
from cstools.attendance.matching import Called
from cstools.attendance.sheets import ATTENDANCE, OVERTIME
from cstools.days import DAY
from cstools.desk import Form
from cstools.language import Text
from cstools.people import Person
from cstools.tables import kinds
from cstools.tables.columns import Column, Record, read_rows
from cstools.tables.grid import Sheet

if TYPE_CHECKING:
    from datetime import date

OWN: Final = 9  # counts before every export
MAPPED: Final = 3  # as much as any other table of days


def mapped(form: Form, columns: Mapping[str, str]) -> tuple[Column, ...]:
    """A form's columns with the headers that another system gives them."""
    return tuple(
        replace(column, aliases=(*column.aliases, columns[column.key])) if column.key in columns else column
        for column in form.columns
    )


def read_attendance_sheet(sheet: Sheet, job: Job, *, own: bool) -> Part:
    """Sheet 考勤, or with ``own`` False another system's table of days."""
    part = Part(sheet.source(), rank=OWN if own else MAPPED, own=own)
    for record, person in _records(sheet, ATTENDANCE, job, part):
        part.days.append(by_roster(job, _fact(record, person, job)))
        if record["overtime"]:
            part.overtime.append(_overtime(record, person, round(record["overtime"] * HOUR), None))
    return part


def read_overtime_sheet(sheet: Sheet, job: Job) -> Part:
    """Sheet 加班."""
    part = Part(sheet.source(), rank=OWN, own=True)
    for record, person in _records(sheet, OVERTIME, job, part):
        start, end = record["start"], record["end"]
        span = None if start is None or end is None else (start, end if end > start else end + DAY)
        minutes = None if record["hours"] is None else round(record["hours"] * HOUR)
        if span is None and minutes is None:
            right = Text("start and end, or the hours")
            job.faults.append(record.fault("start", Text("it isn't told how long the overtime was"), right))
        elif span and minutes and minutes != span[1] - span[0]:
            right = Text("{hours} hours, or leave them empty", hours=f"{(span[1] - span[0]) / 60:g}")
            job.faults.append(record.fault("hours", Text("start and end say another time"), right))
        else:
            length = minutes or (span[1] - span[0] if span else 0)
            part.overtime.append(replace(_overtime(record, person, length, span), time_off=record["time_off"]))
    return part


def _records(sheet: Sheet, form: Form, job: Job, part: Part) -> Iterator[tuple[Record, Person]]:
    """The rows whose person is known; those of one person and day only once in sheet 考勤."""
    near = kinds.day_near(job.last)
    columns = form.columns if part.own else mapped(form, job.settings.columns)
    columns = [replace(column, kind=near) if column.kind is kinds.day else column for column in columns]
    table = read_rows(sheet, columns, job.faults)
    job.notes.extend(table.notes())
    seen: dict[tuple[str, date], Record] = {}
    for record in table:
        number, name, day = record["number"] or "", record["name"], record["day"]
        if not number and not name:
            wrong = Text("number and name are both empty")
            job.faults.append(record.fault("number", wrong, Text("the number or the name of somebody in sheet 人员")))
            continue
        person = job.matcher.find(Called(number, "", name, day, day, record.source("name")), "")
        if person is None:
            continue
        if not person.employed(day):
            wrong = Text("{name} is not employed on {day}", name=person.name, day=day)
            since, until = person.hired or "…", person.left or "…"
            right = Text("employed from {since} to {until}", since=since, until=until)
            job.faults.append(record.fault("day", wrong, right))
            continue
        first = seen.setdefault((person.number, day), record)
        if first is not record and form is ATTENDANCE:
            wrong = Text("this person has this day twice: also in {cell}", cell=first.source("day").cell)
            job.faults.append(record.fault("day", wrong, Text("one row a person and day")))
        else:
            yield record, person


def _fact(record: Record, person: Person, job: Job) -> DayFact:
    start, end = record["start"], record["end"]
    if start is not None and end is not None and end < start:
        end += DAY
    leave: Leaves = ()
    if record["leave"]:
        leave = ((record["leave"], job.settings.leave_day if record["leave_hours"] is None else record["leave_hours"]),)
    elif record["leave_hours"]:
        job.faults.append(record.fault("leave_hours", Text("which kind of leave isn't said"), Text("such as 事假")))
    absent = Decimal(record["absent"])
    silent = start is None and end is None
    return DayFact(
        person.number, record["day"], start, end, missing=int((start is None) != (end is None)), absent=absent,
        rest=silent and not leave and not absent, leave=leave, remark=record["remark"], source=record.source("day"),
    )  # fmt: skip


def _overtime(record: Record, person: Person, minutes: int, span: tuple[int, int] | None) -> Overtime:
    by = record["approved_by"]
    return Overtime(person.number, minutes, record["day"], "", span, "sheet" if by else "", by, record["approved_at"],
                    source=record.source("day"))  # fmt: skip
