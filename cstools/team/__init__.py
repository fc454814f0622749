"""The team of a desk: sheets 人员, 班次 and 节假日 as people, shifts and a calendar."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from cstools.days import Calendar, MarkedDay
from cstools.desk import Desk, Sheets
from cstools.errors import Fault, Source
from cstools.language import Text
from cstools.people import Person, Terms
from cstools.shifts import ShiftBook
from cstools.tables.columns import Table
from cstools.tables.grid import fold
from cstools.team.people import Roll, broken_words, read_people
from cstools.team.sheets import HOLIDAYS, PEOPLE, SHIFTS, read_form
from cstools.team.shifts import read_shifts

if TYPE_CHECKING:
    from datetime import date

__all__ = ["HOLIDAYS", "PEOPLE", "SHIFTS", "Team", "read_form", "read_team"]


@dataclass(frozen=True)
class Team:
    """People in the sheet's order, shifts, calendar; where they stand, and what their rows were too broken to tell."""

    people: tuple[Person, ...]
    shifts: ShiftBook
    calendar: Calendar
    people_sources: Mapping[str, Source] = field(default_factory=dict)  # by number
    shift_sources: Mapping[str, Source] = field(default_factory=dict)  # by code
    broken: frozenset[str] = frozenset()  # numbers, names and codes in rows that could not be read

    def find(self, word: str) -> Person | Text | None:
        """A person by number or by name; a Text saying why not; None where a broken row might be the one."""
        return self._roll.find(word)

    def nearest(self, word: str) -> Text | None:
        """The known number or name that looks like a word."""
        return self._roll.nearest(word)

    def same_but_zeros(self, word: str) -> Person | None:
        """Who has a number that differs from a word only by the zeros before it."""
        return self._roll.same_but_zeros(word)

    @cached_property
    def _roll(self) -> Roll:
        return Roll(self.people, self.broken, blind=not self.people)

    def unread(self, word: str) -> bool:
        """Whether a word may be a shift's that could not be read: its row was broken, or the whole sheet."""
        return not self.shifts.versions or fold(word) in self.broken

    def shift_words(self) -> dict[str, tuple[str, ...]]:
        """Every word that means shifts (code, name or kind; folded) and the codes that it means."""
        found: dict[str, dict[str, None]] = {}
        for code, versions in self.shifts.versions.items():
            for _, shift in versions.values:
                for word in (shift.code, shift.name, shift.kind) if shift else ():
                    if word:
                        found.setdefault(fold(word), {})[code] = None
        # A code means its own shift, even where it is the kind of others too.
        own = {fold(code): (code,) for code in self.shifts.codes()}
        return {word: own.get(word, tuple(codes)) for word, codes in found.items()}

    def skills(self) -> frozenset[str]:
        """Every skill that somebody has at some time."""
        return frozenset(skill for _, terms in self._terms() for skill in terms.skills)

    def contracts(self) -> frozenset[str]:
        """Every contract that somebody has at some time."""
        return frozenset(terms.contract for _, terms in self._terms() if terms.contract)

    def groups(self) -> frozenset[str]:
        """Every group that somebody belongs to at some time."""
        return frozenset(terms.group for _, terms in self._terms() if terms.group)

    def _terms(self) -> Iterator[tuple[Person, Terms]]:
        return ((person, terms) for person in self.people for _, terms in person.terms.values)


def read_team(desk: Desk, faults: list[Fault], notes: list[Fault] | None = None, sheets: Sheets | None = None) -> Team:
    """The team of a desk; adds every fault to ``faults`` and what is only doubtful to ``notes``.

    Raises BadInput only where the workbook itself can't be read.
    """
    notes = [] if notes is None else notes
    sheets = sheets or desk.sheets(faults, (PEOPLE, SHIFTS))
    people_rows = read_form(desk, sheets, PEOPLE, faults, notes, required=True)
    shift_rows = read_form(desk, sheets, SHIFTS, faults, notes, required=True)
    holiday_rows = read_form(desk, sheets, HOLIDAYS, faults, notes)
    broken = {*broken_words(people_rows, "number", "name"), *broken_words(shift_rows, "code", "name", "kind")}
    people = read_people(people_rows, faults)
    shifts = read_shifts(shift_rows, faults, broken)
    calendar = _calendar(holiday_rows, faults)
    notes += _taken_away(calendar, holiday_rows)
    sources = _sources(people_rows, "number"), _sources(shift_rows, "code")
    return Team(people, shifts, calendar, *sources, frozenset(broken))


def _sources(table: Table, key: str) -> dict[str, Source]:
    """Where each number or code stands first."""
    return {record[key]: record.source(key) for record in reversed(table.records)}


def _calendar(table: Table, faults: list[Fault]) -> Calendar:
    marked: dict[date, MarkedDay] = {}
    for record in table:
        day = record["day"]
        if day in marked and marked[day].kind != record["kind"]:
            faults.append(
                record.fault("day", Text("this day stands twice with different kinds"), Text("one row a day"))
            )
        marked[day] = MarkedDay(record["kind"], record["name"])
    return Calendar(marked)


def _taken_away(calendar: Calendar, table: Table) -> Iterator[Fault]:
    """Notes on statutory holidays that the desk calls something else."""
    for day in calendar.taken_away():
        record = next(record for record in table if record["day"] == day)
        yield record.fault("kind", Text("{day} is a statutory holiday by law", day=day), Text("check this row"))
