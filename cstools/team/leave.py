"""Leave, from sheet 请假与愿望 of a desk, for every family: ``leave(desk)``; rows beside leave are wishes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from cstools.desk import Desk, Form
from cstools.errors import BadInput, Source
from cstools.language import Text, mark
from cstools.people import Person
from cstools.shifts import Shift
from cstools.tables import kinds
from cstools.tables.columns import Column, Record
from cstools.tables.grid import both_names, fold
from cstools.team.reading import NAME, NUMBER, Reading

# 想上 a day or a shift; 想休 a day; 不想上 a shift, or the day.
WISHES: Final = {"on": mark("would like to work"), "off": mark("would like off"), "not": mark("would rather not work")}
_WISHING: Final = re.compile("不?[想愿]|希望")
HALVES: Final = {"am": mark("morning"), "pm": mark("afternoon")}
_half = kinds.choice({
    "": (mark("whole day"), "全日", "整天"), "am": (HALVES["am"], "上半天"), "pm": (HALVES["pm"], "下半天"),
})  # fmt: skip

ABSENCES: Final = Form(mark("Leave and wishes"), (
    NUMBER, NAME,
    Column("kind", mark("kind of leave"), kinds.text, required=True, aliases=("类型", "类别", "假别"),
           note=Text("leave: 年假, 病假, 事假 or any word; a wish: 想上, 想休, 不想上"),
           choices=("年假", "病假", "事假", "调休", *WISHES.values())),
    Column("first", mark("start"), kinds.day, required=True, aliases=("开始日期", "日期", "自")),
    Column("last", mark("end"), kinds.day, aliases=("结束日期", "至"), note=Text("the last day; empty: one day")),
    Column("half", mark("part of the day"), _half, default="", aliases=("半天",),
           note=Text("for leave; empty: the whole day")),
    Column("shifts", mark("shifts"), kinds.words, default=(),
           note=Text("for a wish to work or not to work a shift; empty: any")),
    Column("weight", mark("weight"), kinds.whole.between(1, 1000), default=1,
           note=Text("for a wish: how much it matters")),
    Column("approver", mark("approved by"), kinds.text, default="", aliases=("审批人",),
           note=Text("leave counts as approved once both are filled in; until then it is listed as not approved")),
    Column("approved_at", mark("approved at"), kinds.text, default="", aliases=("审批时间", "批准日期")),
    Column("remark", mark("remark"), kinds.text, default="", aliases=("说明", "事由")),
), ("请假", "愿望", "请假愿望"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave of a person (a number) from ``first`` to ``last``, both included; ``kind`` as the sheet has it.

    ``half`` is "" (whole days), "am" or "pm"; ``approved`` once approver and time are both there (000-067).
    """

    person: str
    first: date
    last: date
    half: str = ""
    kind: str = ""
    approved: bool = True
    source: Source | None = None

    def blocks(self, day: date, shift: Shift, noon: int) -> bool:
        """Whether the leave forbids a shift of that day; ``noon`` parts the two halves of a day, in minutes."""
        if not self.first <= day <= self.last:
            return False
        return not self.half or (shift.start < noon if self.half == "am" else shift.end > noon)


def leave(desk: Desk, near: date | None = None) -> tuple[Leave, ...]:
    """All leave of a desk in the sheet's order, approved or not; wishes are left out.

    Days written without a year are taken near ``near`` (default: today). Raises BadInput with every fault of sheets
    人员, 班次, 节假日 and of the rows read.
    """
    return read_leave(Reading.start(desk, near or desk.today()))


def read_leave(reading: Reading) -> tuple[Leave, ...]:
    """``leave`` for whoever has a reading of the desk already; BadInput with every fault of it so far, too."""
    found = tuple(
        leave_of(reading, record, person, days)
        for record, person, days in absences(reading)
        if not wish_of(record["kind"])
    )
    if reading.faults:
        raise BadInput(reading.faults)
    return found


def wish_of(kind: str) -> str:
    """Which wish a word means: on, off or not; empty where it means none."""
    return next((wish for wish, label in WISHES.items() if fold(kind) in both_names(label)), "")


def absences(reading: Reading) -> Iterator[tuple[Record, Person, tuple[date, ...]]]:
    """The sheet's rows that can be understood, leave and wishes, each with whom and which days it is about."""
    for record in reading.rows(ABSENCES):
        person, days = reading.person(record), reading.days(record)
        last = "last" if record["last"] else "first"
        if (
            person
            and days
            and reading.employed(record, "first", person, days[0])
            and reading.employed(record, last, person, days[-1])
        ):
            yield record, person, days


def leave_of(reading: Reading, record: Record, person: Person, days: tuple[date, ...]) -> Leave:
    """The leave that a row states; what is wrong or doubtful in it goes to the reading."""
    approved = bool(record["approver"] and record["approved_at"])
    found = Leave(person.number, days[0], days[-1], record["half"], record["kind"], approved, record.source("first"))
    if not approved:
        wrong = Text("{kind} of {name} is not approved yet", kind=found.kind, name=person.name)
        reading.notes.append(record.fault("approver", wrong, Text("fill in who approved it and when")))
    if _WISHING.match(fold(found.kind)):  # leave has any name, but hardly one like these: 想修 would block the day
        right = Text("one of {choices}", choices=tuple(map(Text, WISHES.values())))
        reading.faults.append(record.fault("kind", Text("leave is hardly called this"), right))
    if record["shifts"]:
        reading.faults.append(
            record.fault("shifts", Text("leave has no shifts"), Text("leave it empty, or give half a day"))
        )
    return found
