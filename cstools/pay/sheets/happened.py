"""Sheets 事件 and 奖惩标准: what happened, and what it costs or brings."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from cstools.desk import Form
from cstools.errors import Fault, nearest
from cstools.language import Text, mark
from cstools.pay.events import Event
from cstools.pay.inputs import Standard
from cstools.pay.sheets.kinds import money
from cstools.pay.sheets.reading import FIRST, LAST, REMARK, Reading, place
from cstools.tables import kinds
from cstools.tables.columns import Column, Record
from cstools.tables.grid import fold

WINDOWS: Final = {
    "month": (mark("calendar month"), "自然月", "月"), "period": (mark("attendance period"), "考勤周期", "周期"),
    "ever": (mark("for ever"), "累计", "永久"),
}  # fmt: skip
ON: Final = {"person": (mark("the person"), "本人", "当事人"),
             "duty": (mark("everybody on duty"), "当班全体", "当班"),
             "both": (mark("the person and everybody on duty"), "本人和当班", "当事人和当班")}  # fmt: skip
NATURES: Final = {
    "unearned": (mark("pay not earned"), "未得提成", "绩效"), "damages": (mark("damages"), "赔偿"),
    "fine": (mark("fine"), "罚款"), "reward": (mark("reward"), "奖励"), "points": (mark("points only"), "扣分"),
}  # fmt: skip

EVENTS: Final = Form(mark("Events"), (
    Column("at", mark("date"), kinds.moment, required=True, aliases=("时间", "日期时间"),
           note=Text("with the time where it matters who was on duty, such as 2026-10-09 12:30")),
    Column("kind", mark("event"), kinds.text, required=True, aliases=("事件类型", "类型"),
           note=Text("as in sheet 奖惩标准, or what an item of sheet 薪资项目 asks for")),
    Column("people", mark("people"), kinds.words, default=(), aliases=("工号", "人员工号"),
           note=Text("numbers or names; empty where it falls on everybody on duty")),
    Column("quantity", mark("quantity"), kinds.number, aliases=("次数", "分数", "条数"),
           note=Text("how many, or the mark of an exam")),
    Column("amount", mark("amount"), money, note=Text("yuan, where the event has an amount of its own")),
    Column("reason", mark("reason"), kinds.text, default="", aliases=("事由", "原因说明")),
    Column("approver", mark("approved by"), kinds.text, default="", aliases=("审批人", "批准人")),
), ("奖惩记录", "事件记录"))  # fmt: skip
STANDARDS: Final = Form(mark("Rewards and penalties"), (
    Column("kind", mark("event"), kinds.text, required=True, aliases=("事件类型", "类型")),
    Column("step", mark("which time"), kinds.whole.between(0, 99), default=0, aliases=("第几次", "次序"),
           note=Text("1, 2, 3 …: the last row holds for all further times; empty: each time")),
    Column("reached", mark("reached"), kinds.yes_no, default=False, aliases=("累计达到",),
           note=Text("yes: what so many times together cost, as 3 complaints −5; no: what the nth time costs")),
    Column("window", mark("counted within"), kinds.choice(WINDOWS), default="month", aliases=("统计周期",)),
    Column("amount", mark("amount"), money, default=Decimal(0), note=Text("yuan, a positive number")),
    Column("points", mark("points"), kinds.number, default=Decimal(0), aliases=("扣分", "分值"),
           note=Text("a positive number of points")),
    Column("most", mark("points at most"), kinds.number, aliases=("最高扣分", "最多扣分"),
           note=Text("where the points are at discretion: the event’s quantity says how many, up to this")),
    Column("each", mark("times its quantity"), kinds.yes_no, default=False, aliases=("按数量",),
           note=Text("yes: 3 missed calls in one event are three times")),
    Column("on", mark("falls on"), kinds.choice(ON), default="person", aliases=("对象",)),
    Column("supervisor", mark("supervisor"), money, default=Decimal(0), aliases=("主管金额",),
           note=Text("what each supervisor pays besides")),
    Column("nature", mark("nature"), kinds.choice(NATURES), default="fine",
           note=Text("pay not earned; damages (art. 16); a fine (its city's policy); a reward; points only")),
    Column("flag", mark("flag"), kinds.text, default="", note=Text("told to the clerk, never acted on by itself")),
    FIRST, LAST, REMARK,
), ("奖惩",))  # fmt: skip


def read_standards(reading: Reading) -> tuple[Standard, ...]:
    """The standards, in the sheet's order."""
    rows = []
    seen: dict[tuple[object, ...], Record] = {}
    for record in reading.rows(STANDARDS):
        first, last = reading.dates(record)
        for key in ("amount", "points", "supervisor", "most"):
            if (record[key] or 0) < 0:
                wrong = Text("a negative number")
                reading.faults.append(record.fault(key, wrong, Text("a positive number: the nature says what it does")))
        if record["most"] is not None and record["most"] < record["points"]:
            right = Text("at least {least}", least=record["points"])
            reading.faults.append(record.fault("most", Text("less than the points"), right))
        mine = (record["kind"], record["step"], record["reached"], record["nature"], first)
        if mine in seen:
            wrong = Text("this row stands twice: it is in {cell} too", cell=seen[mine].source("kind").cell)
            reading.faults.append(record.fault("kind", wrong, Text("keep one")))
        seen[mine] = record
        rows.append(Standard(record["kind"], record["amount"], record["points"], record["step"], record["reached"],
                             record["window"], record["on"], record["supervisor"], record["nature"], record["flag"],
                             first, last, place(record), record["each"], record["most"]))  # fmt: skip
    return tuple(rows)


def read_events(
    reading: Reading, known: frozenset[str], until: date, standards: Iterable[Standard] = ()
) -> tuple[Event, ...]:
    """The events of sheet 事件, by time; ``known`` are the kinds that something prices, ``until`` the latest day.

    Notes tell of events that change no pay: of a kind that nothing prices, of nobody where the ``standards`` don't make
    it everybody's on duty, of somebody who isn't employed that day; and of a row that stands twice.
    """
    rows = []
    seen: dict[tuple[object, ...], Record] = {}
    on_duty = {fold(row.kind) for row in standards if row.on != "person" or row.supervisor}
    for record in reading.rows(EVENTS):
        people = [found.number for word in record["people"] if (found := reading.look_up(record, "people", word))]
        at: datetime = record["at"]
        if at > datetime.combine(until, time.max):
            wrong = Text("this lies in the future")
            reading.faults.append(record.fault("at", wrong, Text("a day up to {day}", day=until)))
        if fold(record["kind"]) not in {fold(kind) for kind in known}:
            wrong = Text("nothing prices this event, so it changes no pay")
            reading.notes.append(record.fault("kind", wrong, nearest(record["kind"], known)))
        elif not record["people"] and fold(record["kind"]) not in on_duty:
            wrong = Text("this event names nobody, so it changes no pay")
            reading.notes.append(record.fault("kind", wrong, Text("a number or a name")))
        reading.notes += _not_employed(record, people, reading)
        said = tuple(str(record[column.key]) for column in EVENTS.columns)
        if twin := seen.get(said):
            wrong = Text("the same row stands in {cell} too: both count", cell=twin.source("kind").cell)
            reading.notes.append(record.fault("kind", wrong, Text("delete one of them if it happened once")))
        seen[said] = record
        rows.append(Event(_spelt(record["kind"], known), at, tuple(dict.fromkeys(people)), record["quantity"],
                          record["amount"], record["reason"], record["approver"], place(record)))  # fmt: skip
    return tuple(sorted(rows, key=lambda event: (event.at, event.kind, event.people, event.source)))


def _not_employed(record: Record, people: Iterable[str], reading: Reading) -> Iterator[Fault]:
    """A note on each person whom an event names on a day outside of their employment."""
    day = record["at"].date()
    for employee in (reading.employees[number] for number in people):
        if day < (employee.hired or day) or day > (employee.left or day):
            wrong = Text("{name} is not employed on this day, so it changes no pay of theirs", name=employee.name)
            right = Text("a day of their employment[[, from {first}]][[, to {last}]]", first=employee.hired,
                         last=employee.left)  # fmt: skip
            yield record.fault("at", wrong, right)


def _spelt(word: str, known: frozenset[str]) -> str:
    return next((kind for kind in known if fold(kind) == fold(word)), word)
