"""Sheet 会议: meetings once, each week or each month, and who must attend."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from cstools.days import read_weekdays
from cstools.desk import Form
from cstools.errors import Fault
from cstools.language import Text, mark
from cstools.people import Person
from cstools.roster.inputs import Meeting
from cstools.roster.sheets.dayset import Monthly, read_monthly
from cstools.shifts import DAY
from cstools.tables import kinds
from cstools.tables.columns import Column, Record
from cstools.tables.grid import both_names, fold
from cstools.tables.kinds import Kind
from cstools.team import Team
from cstools.team.reading import Reading

EVERYBODY: Final = mark("everybody")


@dataclass(frozen=True, slots=True)
class When:
    """A date, weekdays, or once a month."""

    day: date | None = None
    weekdays: frozenset[int] = frozenset()
    monthly: Monthly | None = None

    def means(self, day: date, reading: str) -> bool:
        """Whether the meeting is on a day; ``reading`` is the desk's of 每月第四周二."""
        if self.monthly:
            return self.monthly.means(day, reading)
        return day == self.day or day.weekday() in self.weekdays


def _when(near: date) -> Kind:
    day_kind = kinds.day_near(near)

    def read(value: object) -> When:
        if isinstance(value, str):
            if monthly := read_monthly(value):
                return When(monthly=monthly)
            try:
                return When(weekdays=read_weekdays(value))
            except ValueError:
                pass
        return When(day=day_kind(value))

    right = Text("a date, weekdays such as 周一, or 每月第四个周二")
    return Kind(read, Text("not a date"), right, format="@")


when = _when(date(2026, 1, 1))
MEETINGS: Final = Form(mark("Meetings"), (
    Column("name", mark("title"), kinds.text, required=True, aliases=("会议", "会议名称")),
    Column("when", mark("date"), when, required=True, aliases=("星期", "日期或星期", "时间"),
           note=Text("a date, weekdays such as 周一, or 每月第四个周二")),
    Column("start", mark("start"), kinds.time_of_day, required=True, aliases=("开始时间",)),
    Column("end", mark("end"), kinds.time_of_day, required=True, aliases=("结束时间",)),
    Column("people", mark("attend"), kinds.words, default=(), aliases=("参加人", "参会人", "人员"),
           note=Text("全员, or people, skills, groups; empty: 全员")),
    Column("remark", mark("remark"), kinds.text, default="", aliases=("说明",)),
), ("例会",))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Row:
    record: Record
    when: When
    start: int
    end: int
    words: tuple[str, ...]


def read_meetings(reading: Reading, days: Iterable[date], *, refuse: bool = True) -> tuple[Meeting, ...]:
    """The meetings on some days, with those who must attend of the people employed then.

    A row whose day can be read in two ways is a fault until cstools.toml says how; without ``refuse`` it is a note and
    left out.
    """
    rows = [row for record in reading.rows(_near(reading)) if (row := _row(reading, record, refuse=refuse))]
    how = reading.desk.settings.fourth_tuesday
    found = []
    for day in days:
        for row in rows:
            if row.when.means(day, how):
                people = frozenset(
                    person.number
                    for person in reading.team.people
                    if person.employed(day) and _attends(person, row.words, day)
                )
                if people:
                    found.append(
                        Meeting(row.record["name"], day, row.start, row.end, people, row.record.source("name"))
                    )
    return tuple(found)


def _near(reading: Reading) -> Form:
    """The form with dates near the reading's."""
    columns = tuple(
        Column(column.key, column.label, _when(reading.near), required=True, aliases=column.aliases)
        if column.kind is when
        else column
        for column in MEETINGS.columns
    )
    return Form(MEETINGS.label, columns, MEETINGS.aliases)


def _row(reading: Reading, record: Record, *, refuse: bool) -> _Row | None:
    start, end = record["start"], record["end"]
    if end <= start:
        end += DAY
    words = tuple(
        word for word in record["people"] if fold(word) not in both_names(EVERYBODY) | {"所有人", "全部", "all"}
    )
    for word in words:
        if not _known(reading.team, word):
            known = [*reading.team.skills(), *reading.team.groups(), *(person.name for person in reading.team.people)]
            reading.unknown(record, "people", word, Text("no person, skill or group is called this"), known)
    monthly = record["when"].monthly
    if monthly and monthly.ambiguous and not reading.desk.settings.fourth_tuesday:
        wrong = Text("two readings: the month’s fourth Tuesday, or the Tuesday of its fourth week")
        right = Text("fourth_tuesday = “fourth” or “week4” in cstools.toml, or write 第四个周二")
        told = record.fault("when", wrong, right)
        _tell(reading, told, refuse=refuse)
        return None
    return _Row(record, record["when"], start, end, words)


def _tell(reading: Reading, told: Fault, *, refuse: bool) -> None:
    (reading.faults if refuse else reading.notes).append(told)


def _known(team: Team, word: str) -> bool:
    if word in team.skills() or word in team.groups():
        return True
    return not isinstance(team.find(word), Text)


def _attends(person: Person, words: tuple[str, ...], day: date) -> bool:
    terms = person.on(day)
    return not words or any(
        word in terms.skills or word == terms.group or fold(word) in {fold(person.number), fold(person.name)}
        for word in words
    )
