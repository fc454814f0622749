"""What every reader of a sheet needs: the desk's team, what has been found wrong so far, and words looked up in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Final

from cstools.days import span
from cstools.desk import Desk, Form, Sheets
from cstools.errors import Fault, nearest
from cstools.language import Text, mark
from cstools.people import Person
from cstools.tables import kinds
from cstools.tables.columns import Column, Record, Table
from cstools.tables.grid import fold
from cstools.team import PEOPLE, SHIFTS, Team, read_form, read_team

NUMBER = Column("number", mark("number"), kinds.identifier, aliases=("员工编号", "编号", "员工号"))
NAME = Column("name", mark("name"), kinds.text, default="", aliases=("名字", "员工"))
LONGEST: Final = 400  # days; longer is mostly a year typed wrong
SHORT: Final = 12  # so many choices fit on a line


@dataclass(frozen=True)
class Reading:
    """One reading of a desk. ``near`` is the day to which days without a year are near."""

    desk: Desk
    sheets: Sheets
    team: Team
    near: date
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    @classmethod
    def start(cls, desk: Desk, near: date, faults: list[Fault] | None = None) -> "Reading":
        """A reading that has read the team so far; BadInput only where the desk's workbook itself can't be read."""
        faults = [] if faults is None else faults
        notes: list[Fault] = []
        sheets = desk.sheets(faults, (PEOPLE, SHIFTS))
        return cls(desk, sheets, read_team(desk, faults, notes, sheets), near, faults, notes)

    def rows(self, form: Form) -> Table:
        """A sheet's rows; none where it is missing or empty."""
        near = kinds.day_near(self.near)
        columns = tuple(replace(column, kind=near) if column.kind is kinds.day else column for column in form.columns)
        return read_form(self.desk, self.sheets, replace(form, columns=columns), self.faults, self.notes)

    @cached_property
    def shift_words(self) -> dict[str, tuple[str, ...]]:
        """Codes by every folded word that means shifts."""
        return self.team.shift_words()

    def person(self, record: Record) -> Person | None:
        """Whom a row with 工号 or 姓名 or both is about; None, mostly with a fault, where nobody can be meant."""
        number, name = record["number"], record["name"]
        key, word = ("number", number) if number else ("name", name)
        if not word:
            wrong = Text("number and name are both empty")
            self.faults.append(record.fault("number", wrong, Text("the number or the name of somebody in sheet 人员")))
            return None
        found = self.look_up(record, key, word)
        if found and number and name and fold(found.name) != fold(name):
            wrong = Text("number {number} is {name}", number=number, name=found.name)
            self.faults.append(record.fault("name", wrong, Text("number and name of the same person")))
            return None
        return found

    def look_up(self, record: Record, key: str, word: str) -> Person | None:
        """The person a word means; a fault where there is none."""
        found = self.team.find(word)
        if isinstance(found, Text):
            self.tell_stranger(replace(record.fault(key, found), value=word), word)
            return None
        return found

    def tell_stranger(self, told: Fault, word: str, *, strict: bool = True) -> None:
        """Tell, as a fault or else a note, that nobody is called a word.

        Where sheet 人员 has the number without its zeros, that is the one fault, however often the word stands.
        """
        same = self.team.same_but_zeros(word)
        if same and len(same.number) < len(word):
            source, right = self.team.people_sources[same.number], Text("did you mean “{name}”?", name=word)
            told = Fault(source, same.number, Text("this number is {word} elsewhere", word=word), right)
        else:
            told = replace(told, right=self.team.nearest(word))
        if told not in (*self.faults, *self.notes):
            (self.faults if strict else self.notes).append(told)

    def codes(self, record: Record, key: str, words: Iterable[str] | None = None) -> tuple[str, ...]:
        """The codes that a cell's codes, names and kinds of shifts mean; unknown ones are faults."""
        found: dict[str, None] = {}
        for word in record[key] if words is None else words:
            codes = self.shift_words.get(fold(word))
            if codes is None:
                self.unknown(record, key, word, Text("no shift in sheet 班次 is called this"), self.shift_names)
            found |= dict.fromkeys(codes or ())
        return tuple(found)

    @cached_property
    def shift_names(self) -> tuple[str, ...]:
        """Codes, names and kinds of shifts as the sheet spells them."""
        shifts = [shift for versions in self.team.shifts.versions.values() for _, shift in versions.values if shift]
        return tuple(dict.fromkeys(word for shift in shifts for word in (shift.code, shift.name, shift.kind) if word))

    def unknown(self, record: Record, key: str, word: str, wrong: Text, known: Iterable[str]) -> None:
        """A fault about one word of a cell, unless the word stands in a row that could not be read."""
        if self.team.unread(word):
            return
        known = tuple(dict.fromkeys(known))
        listed = Text("one of {choices}", choices=known) if 0 < len(known) <= SHORT else None
        self.faults.append(replace(record.fault(key, wrong, nearest(word, known) or listed), value=word))

    def days(self, record: Record) -> tuple[date, ...]:
        """The days from 开始 to 结束 (empty: one day); none, with a fault, where the two don't fit together."""
        first, last = record["first"], record["last"] or record["first"]
        if last < first:
            right = Text("a day from {day} on", day=first)
            self.faults.append(record.fault("last", Text("the end lies before the beginning"), right))
        elif (last - first).days >= LONGEST:
            self.faults.append(record.fault("last", Text("this is longer than a year"), Text("check the year")))
        else:
            return span(first, last)
        return ()

    def employed(self, record: Record, key: str, person: Person, *days: date) -> bool:
        """Whether a person is employed on days; a fault at the first where not."""
        for day in days:
            if not person.employed(day):
                since, until = person.hired or "…", person.left or "…"
                wrong = Text("{name} is not employed on {day}", name=person.name, day=day)
                self.faults.append(
                    record.fault(key, wrong, Text("employed from {since} to {until}", since=since, until=until))
                )
                return False
        return True
