"""Sheet 请假与愿望: leave by whole or half days, and what people would like."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from cstools.desk import Form
from cstools.language import Text, mark
from cstools.people import Person
from cstools.roster.inputs import Leave, Wish
from cstools.roster.sheets.reading import NAME, NUMBER, Reading
from cstools.tables import kinds
from cstools.tables.columns import Column, Record
from cstools.tables.grid import both_names, fold

# 想上 a day or a shift; 想休 a day; 不想上 a shift, or the day.
WISHES: Final = {"on": mark("would like to work"), "off": mark("would like off"), "not": mark("would rather not work")}
_WISHING: Final = re.compile("不?[想愿]|希望")
_half = kinds.choice({
    "": (mark("whole day"), "全日", "整天"),
    "am": (mark("morning"), "上半天"), "pm": (mark("afternoon"), "下半天"),
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


def wish_of(kind: str) -> str:
    """Which wish a word means: on, off or not; empty where it means none."""
    return next((wish for wish, label in WISHES.items() if fold(kind) in both_names(label)), "")


def read_absences(reading: Reading) -> tuple[tuple[Leave, ...], tuple[Wish, ...]]:
    """All leave and all wishes, whatever days they speak of."""
    leaves: list[Leave] = []
    wishes: list[Wish] = []
    for record in reading.rows(ABSENCES):
        person = reading.person(record)
        days = reading.days(record)
        if not days or not person or not reading.employed(record, "first", person, days[0]) or not reading.employed(
            record, "last" if record["last"] else "first", person, days[-1]
        ):  # fmt: skip
            continue
        if wish := wish_of(record["kind"]):
            wishes += _wishes(reading, record, person, wish, days)
        else:
            leaves.append(_leave(reading, record, person, days))
    return tuple(leaves), tuple(wishes)


def _leave(reading: Reading, record: Record, person: Person, days: tuple[date, ...]) -> Leave:
    approved = bool(record["approver"] and record["approved_at"])
    leave = Leave(person.number, days[0], days[-1], record["half"], record["kind"], approved, record.source("first"))
    if not approved:
        wrong = Text("{kind} of {name} is not approved yet", kind=leave.kind, name=person.name)
        reading.notes.append(record.fault("approver", wrong, Text("fill in who approved it and when")))
    if _WISHING.match(fold(leave.kind)):  # leave has any name, but hardly one like these: 想修 would block the day
        right = Text("one of {choices}", choices=tuple(map(Text, WISHES.values())))
        reading.faults.append(record.fault("kind", Text("leave is hardly called this"), right))
    if record["shifts"]:
        reading.faults.append(
            record.fault("shifts", Text("leave has no shifts"), Text("leave it empty, or give half a day"))
        )
    return leave


def _wishes(reading: Reading, record: Record, person: Person, wish: str, days: tuple[date, ...]) -> Iterator[Wish]:
    codes = reading.codes(record, "shifts")
    if record["half"]:
        reading.faults.append(
            record.fault("half", Text("a wish has no half days"), Text("leave it empty, or name shifts not wanted"))
        )
    if record["shifts"] and wish == "off":
        reading.faults.append(
            record.fault("shifts", Text("a wish for a day off has no shifts"), Text("“不想上” with these shifts"))
        )
    for day in days:
        yield Wish(person.number, day, wish == "on", codes, record["weight"], record.source("kind"))
