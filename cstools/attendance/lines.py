"""The rows of an export below its header: each value by its column's key, each wrong cell told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from cstools.attendance.facts import DayFact, MonthFact, Overtime
from cstools.attendance.heads import Head, Header, Want, blank, body, place, unit_of
from cstools.attendance.matching import Called, Matcher
from cstools.attendance.settings import AttendanceSettings
from cstools.attendance.titles import Title
from cstools.attendance.words import Said, Vocabulary
from cstools.duties import Board
from cstools.errors import Fault, Source
from cstools.language import Text
from cstools.people import Person
from cstools.tables import kinds
from cstools.tables.columns import read_cell
from cstools.tables.grid import Row, Sheet
from cstools.tables.kinds import Kind, Wrong

HOUR: Final = Decimal(60)
_MOST: Final = 100_000  # minutes of two months; more is some other number


@dataclass(frozen=True)
class Job:
    """One reading: whose attendance, by which settings and roster, and what was found wrong or doubtful so far."""

    matcher: Matcher
    settings: AttendanceSettings
    first: date
    last: date
    faults: list[Fault]
    notes: list[Fault]
    board: Board | None = None

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The company's own words."""
        return Vocabulary(self.settings.words, self.settings.leave_words, self.settings.leave_day)


@dataclass
class Part:
    """What one sheet gave. ``made``: when its file was exported; ``rank``: of two made at once the higher one counts.

    ``period``: the days that its title names; ``own``: the desk's own sheet, which counts before any export.
    """

    source: Source
    rank: int = 0
    own: bool = False
    made: datetime | None = None
    period: tuple[date, date] | None = None
    days: list[DayFact] = field(default_factory=list)
    months: list[MonthFact] = field(default_factory=list)
    overtime: list[Overtime] = field(default_factory=list)


@dataclass(frozen=True)
class Lines:
    """A sheet's rows with the columns of a format; a format's ``system`` is the one its accounts are of."""

    sheet: Sheet
    header: Header
    places: Mapping[str, Head]
    wants: Mapping[str, Want]
    title: Title
    system: str
    job: Job
    unitless: set[int] = field(default_factory=set)

    @classmethod
    def of(
        cls, sheet: Sheet, header: Header, wants: Sequence[Want], title: Title, system: str, job: Job,
        skip: Sequence[str] = (),
    ) -> "Lines | None":  # fmt: skip
        """The lines of a sheet; None, with faults, where its header lacks a column or has one twice."""
        places = place(sheet, header, wants, job.faults, skip)
        by_key = {want.key: want for want in wants}
        return None if places is None else cls(sheet, header, places, by_key, title, system, job)

    def __iter__(self) -> Iterator[Row]:
        return body(self.sheet, self.header, self.places["name"])

    def others(self) -> Iterator[Head]:
        """The columns that no key stands for."""
        taken = {head.place for head in self.places.values()}
        return (head for head in self.header.heads if head.place not in taken)

    def source(self, row: Row, head: Head | None = None) -> Source:
        """The cell of a column; the row's name by default."""
        return self.sheet.source(row.cell((head or self.places["name"]).place).ref)

    def person(self, row: Row, first: date, last: date) -> Person | None:
        """Whom a row is about."""
        number, account, name = (self.text(row, key) for key in ("number", "account", "name"))
        return self.job.matcher.find(Called(number, account, name, first, last, self.source(row)), self.system)

    # --- values -------------------------------------------------------------------------------------------------------

    def value(self, row: Row, head: Head | None, kind: Kind) -> Any:
        """A cell's value as its kind; None for an empty one, for dashes, for a column that isn't there, and where it
        is wrong, which is a fault.
        """
        cell = row.cell(head.place) if head else None
        if head is None or cell is None or blank(cell.value):
            return None
        try:
            return read_cell(cell, kind)
        except Wrong as error:
            column = str(head.cell.value).replace("\n", "")
            wrong = Text("{column}: {wrong}", column=column, wrong=error.wrong)
            self.job.faults.append(Fault(self.sheet.source(cell.ref), cell.value, wrong, error.right))
            return None

    def text(self, row: Row, key: str) -> str:
        """A text; empty for none."""
        kind = kinds.identifier if key in {"number", "account"} else kinds.text
        return self.value(row, self.places.get(key), kind) or ""

    def number(self, row: Row, key: str) -> Decimal | None:
        """A number, not below nought."""
        found: Decimal | None = self.value(row, self.places.get(key), kinds.number.between(0, _MOST))
        return found

    def count(self, row: Row, key: str) -> int:
        """How many times; 0 for an empty cell."""
        return self.value(row, self.places.get(key), kinds.whole.between(0, _MOST)) or 0

    def minutes(self, row: Row, key: str) -> int | None:
        """A length of time in minutes, whatever its column's unit."""
        head = self.places.get(key)
        found = self.hours(row, head, self.wants[key]) if head else None
        return None if found is None else round(found * HOUR)

    def days(self, row: Row, key: str) -> Decimal | None:
        """A length of time in days, whatever its column's unit; times count as days."""
        head = self.places.get(key)
        if head is None or unit_of(head, self.wants[key], self.job.settings.units) in {"", "次", "天"}:
            return self.number(row, key)
        found = self.hours(row, head, self.wants[key])
        return None if found is None else found / self.job.settings.leave_day

    def hours(self, row: Row, head: Head, want: Want | None = None) -> Decimal | None:
        """A length of time in hours; a fault, once a column, where a value has no unit."""
        found: Decimal | None = self.value(row, head, kinds.number.between(0, _MOST))
        if not found:
            return found
        unit = unit_of(head, want, self.job.settings.units)
        if not unit:
            self._no_unit(head)
        return {"天": found * self.job.settings.leave_day, "分钟": found / HOUR}.get(unit, found)

    def said(self, words: str, source: Source) -> Said:
        """What a cell's words say; nothing, with a fault, where its times can't be, and faults on unknown words."""
        try:
            said = self.job.vocabulary.read(words)
        except ValueError:
            wrong, right = Text("the times in this cell can't be read"), Text("two times such as (08:17,18:30)")
            self.job.faults.append(Fault(source, words, wrong, right))
            return Said()
        for word in said.unread:
            right = Text('say what it means in cstools.toml under [attendance.words], such as: "{word}" = "normal"',
                         word=word)  # fmt: skip
            self.job.faults.append(Fault(source, word, Text("this word isn't known"), right))
        return said

    def _no_unit(self, head: Head) -> None:
        if head.place not in self.unitless:
            self.unitless.add(head.place)
            name = str(head.cell.value).replace("\n", "")
            right = Text('say it in cstools.toml under [attendance.units], such as: "{name}" = "小时"', name=name)
            source = self.sheet.source(head.cell.ref)
            self.job.faults.append(Fault(source, name, Text("this header doesn't say its unit"), right))
