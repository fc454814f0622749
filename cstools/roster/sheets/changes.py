"""Sheet 调班: swaps, substitutes and absences, a row each, with who approved them and when (000-026)."""

from dataclasses import replace
from typing import Any, Final

from cstools.desk import Form
from cstools.errors import Source
from cstools.journal import canonical
from cstools.language import Text, mark
from cstools.people import Person
from cstools.roster.proposal import Change
from cstools.tables import kinds
from cstools.tables.columns import Column, Record
from cstools.team.reading import NAME, NUMBER, Reading

_kind = kinds.choice({
    "swap": (mark("swap"), "调班", "换班", "对调"), "substitute": (mark("substitute"), "顶班", "替班", "代班"),
    "absent": (mark("absent"), "缺勤", "缺班", "请假", "旷工"),
})  # fmt: skip

CHANGES: Final = Form(mark("Shift changes"), (
    Column("kind", mark("kind of change"), _kind, required=True, aliases=("类型", "类别")),
    NUMBER, NAME,
    Column("day", mark("date"), kinds.day, required=True, note=Text("of the shift that changes hands")),
    Column("other", mark("the other's number"), kinds.identifier, aliases=("对方", "对方姓名", "顶班人", "替班人"),
           note=Text("number or name of whom it is swapped with, or of who takes it")),
    Column("other_day", mark("the other's date"), kinds.day, note=Text("for a swap; empty: the same day")),
    Column("approver", mark("approved by"), kinds.text, default="", aliases=("审批人",),
           note=Text("a row that nobody has approved is refused")),
    Column("approved_at", mark("approved at"), kinds.moment, aliases=("审批时间", "批准日期"),
           note=Text("empty: when it is recorded")),
    Column("remark", mark("remark"), kinds.text, default="", aliases=("说明", "事由")),
), ("换班", "调班记录", "调班登记"))  # fmt: skip


def read_changes(reading: Reading) -> list[tuple[Change, Source]]:
    """The changes asked for, in the sheet's order, each with the cell where its row begins."""
    found = []
    for record in reading.rows(CHANGES):
        person, other = reading.person(record), _other(reading, record)
        if person and (other or record["kind"] == "absent"):
            found.append((_change(record, person, other), record.source("kind")))
    return found


def _other(reading: Reading, record: Record) -> Person | None:
    """The other person; a fault where a swap or a substitute names none."""
    if record["kind"] == "absent":
        return None
    if record["other"]:
        return reading.look_up(record, "other", record["other"])
    wrong = Text("with whom it is swapped, or who takes it, is missing")
    reading.faults.append(record.fault("other", wrong, Text("the number or the name of somebody in sheet 人员")))
    return None


def _change(record: Record, person: Person, other: Person | None) -> Change:
    swap = record["kind"] == "swap"
    change = Change(
        what=record["kind"],
        person=person.number,
        day=record["day"],
        other=other.number if other else "",
        other_day=(record["other_day"] or record["day"]) if swap else None,
        approved_by=record["approver"].strip(),
        at=record["approved_at"],
        note=record["remark"],
    )
    return replace(change, row=_key(change))


def _key(change: Change) -> str:
    """What makes two rows the same row, wherever they stand and whatever is remarked on them."""
    days = [str(day) for day in change.days]
    key: dict[str, Any] = {"what": change.what, "people": [change.person, change.other], "days": days}
    return canonical(key | {"by": change.approved_by, "at": str(change.at or "")})
