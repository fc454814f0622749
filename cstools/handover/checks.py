"""Checklists: what is done before a shift begins, before it ends, and at certain times in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from cstools.days import read_weekdays, show_time
from cstools.desk import Desk
from cstools.desk.sheets import Form
from cstools.errors import BadInput, Fault
from cstools.language import Text, mark
from cstools.shifts import Shift
from cstools.tables import kinds
from cstools.tables.columns import Column, Record, read_rows
from cstools.tables.grid import fold, read_book
from cstools.tables.kinds import Kind

FILE: Final = "handover/检查清单.csv"
OPENING, CLOSING, TIMED = "opening", "closing", "timed"


def _read_times(value: object) -> tuple[int, ...]:
    if not isinstance(value, str):
        return (kinds.time_of_day(value),)
    return tuple(kinds.time_of_day(word) for word in kinds.words(value))


_SOME_TIMES: Final = Text("times such as 11:30、14:30")
_TIMES: Final = Kind(_read_times, Text("not a list of times"), _SOME_TIMES, format="@", many=True)
_WEEKDAYS: Final = Kind(
    lambda value: read_weekdays(str(value)), Text("not a list of weekdays"), Text("such as 周五、周一-周三"), format="@"
)
FORM: Final = Form(mark("Checklists"), (
    Column("list", mark("checklist"), kinds.choice({
        OPENING: (mark("opening"), "开班", "班前"), CLOSING: (mark("closing"), "收班", "班后"),
        TIMED: (mark("at a time"), "定时"),
    }), required=True, aliases=("清单",)),
    Column("text", mark("content"), kinds.text, required=True, aliases=("事项", "what to do")),
    Column("shifts", mark("for shifts"), kinds.words, default=(), aliases=("班别", "班次")),
    Column("weekdays", mark("weekdays"), _WEEKDAYS, default=frozenset(range(7)), aliases=("星期",)),
    Column("times", mark("clock times"), _TIMES, default=(), aliases=("时间",)),
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    """A line of a checklist; no ``shifts`` means every shift. ``clock`` is minutes after midnight, for a timed one."""

    list: str
    text: str
    shifts: tuple[str, ...] = ()
    weekdays: frozenset[int] = frozenset(range(7))
    clock: int | None = None

    @property
    def line(self) -> str:
        """What is ticked: the text, with its time where it has one."""
        return self.text if self.clock is None else f"{show_time(self.clock)} {self.text}"

    def due(self, day: date) -> datetime | None:
        """When it is to be done on a day; None for any time in the shift."""
        return None if self.clock is None else datetime.combine(day, time()) + timedelta(minutes=self.clock)

    def holds(self, day: date, shift: Shift) -> bool:
        """Whether it is to be done in this shift of this day; a timed one only while the shift lasts."""
        if day.weekday() not in self.weekdays:
            return False
        if self.clock is not None and not shift.start <= self.clock < shift.end:
            return False
        words = {fold(shift.code), fold(shift.name), fold(shift.kind)} if self.shifts else set()
        return not self.shifts or not words.isdisjoint(map(fold, self.shifts))


def read_checks(desk: Desk, faults: list[Fault]) -> tuple[Check, ...]:
    """The desk's own checklists, else the packaged ones."""
    try:
        table = read_rows(read_book(desk.template(FILE)).first, FORM.columns, faults)
    except BadInput as error:
        faults.extend(error.faults)
        return ()
    return tuple(check for record in table for check in _checks(record, faults))


def _checks(record: Record, faults: list[Fault]) -> Iterator[Check]:
    what, times = record["list"], record["times"]
    if what == TIMED and not times:
        faults.append(record.fault("times", Text("no time is told"), _SOME_TIMES))
    for clock in times or (None,):
        yield Check(what, record["text"], record["shifts"], record["weekdays"], clock)


def in_shift(checks: Sequence[Check], day: date, shift: Shift, *lists: str) -> list[Check]:
    """The lines of some checklists that hold in a shift: those without a time first, in the table's order."""
    found = [check for check in checks if check.list in lists and check.holds(day, shift)]
    return sorted(found, key=lambda check: -1 if check.clock is None else check.clock)
