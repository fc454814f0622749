"""Where everything stands in sheet 排班: one place for the grid's rows and columns, for its writer and for links."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from cstools.language import Text
from cstools.people import Person
from cstools.roster import cells
from cstools.roster.covered import Need, needs
from cstools.roster.findings import SHORTAGE, kind_of
from cstools.roster.marks import Mark, mark_days
from cstools.roster.roster import Roster
from cstools.roster.rule import Breach
from cstools.roster.statistics import Measure, Statistics, count_all
from cstools.tables.grid import letters
from cstools.tables.write import block

HEAD: Final = 2  # the row of the dates, below the title
WEEKDAYS: Final = HEAD + 1


@dataclass(frozen=True)
class Frame:
    """The grid's layout; rows and columns count from 1."""

    roster: Roster

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The roster's days."""
        return self.roster.problem.days

    @cached_property
    def marks(self) -> dict[date, Mark]:
        """What the calendar makes of them."""
        return mark_days(self.roster.problem.calendar, self.days)

    @cached_property
    def people(self) -> list[Person]:
        """Who stands in the rows."""
        return cells.rows(self.roster)

    @cached_property
    def groups(self) -> list[str]:
        """Everybody's group, none where nobody has one."""
        found = [cells.group_of(self.roster, person) for person in self.people]
        return found if any(found) else []

    @cached_property
    def statistics(self) -> Statistics:
        """Everybody's numbers."""
        return count_all(self.roster)

    @cached_property
    def totals(self) -> list[Measure]:
        """The columns right of the days."""
        return self.statistics.totals()

    @cached_property
    def needs(self) -> list[Need]:
        """The rows below the people."""
        return needs(self.roster)

    @cached_property
    def named(self) -> bool:
        """Whether some day has a holiday's name or is a make-up workday, so that a row of names is wanted."""
        return any(mark.word for mark in self.marks.values())

    @property
    def first_row(self) -> int:
        """The first person's row."""
        return WEEKDAYS + 1 + self.named

    @property
    def first_day(self) -> int:
        """The first day's column."""
        return 4 if self.groups else 3

    @property
    def first_total(self) -> int:
        """The first column of totals."""
        return self.first_day + len(self.days)

    @property
    def last_column(self) -> int:
        """The last column of totals."""
        return self.first_total + len(self.totals) - 1

    @property
    def first_need(self) -> int:
        """The first need's row."""
        return self.first_row + len(self.people)

    @property
    def legend(self) -> int:
        """The row under everything."""
        return self.first_need + len(self.needs)

    @property
    def sheet(self) -> str:
        """The sheet's name."""
        return str(Text("Roster"))

    def column(self, day: date) -> int:
        """A day's column."""
        return self.first_day + (day - self.days[0]).days

    @cached_property
    def row(self) -> dict[str, int]:
        """Rows by number of person."""
        return {person.number: row for row, person in enumerate(self.people, self.first_row)}

    def place(self, breach: Breach) -> str:
        """The block of cells that a breach is about: a person's days, a need's cell, or a day's header; or ""."""
        days = sorted(day for day in breach.place.days if day in self.marks)
        rows = sorted(self.row[number] for number in breach.place.people if number in self.row)
        if not days:
            return f"A{rows[0]}" if rows else ""
        if not rows and kind_of(breach) == SHORTAGE:
            rows = self._short_of(breach, days[0])
        top, bottom = (rows[0], rows[-1]) if rows and _together(rows) else (rows[0], rows[0]) if rows else (HEAD, HEAD)
        left, right = self.column(days[0]), self.column(days[-1])
        return f"{letters(left)}{top}" if (left, top) == (right, bottom) else block(top, left, bottom, right)

    def _short_of(self, breach: Breach, day: date) -> list[int]:
        """The row of the need that a shortage is one of."""
        for row, need in enumerate(self.needs, self.first_need):
            if need.at(day, breach.source):
                return [row]
        for row, need in enumerate(self.needs, self.first_need):
            found = need.by_day.get(day)
            if found and found.short and found.demand.shifts == breach.place.shifts:
                return [row]
        return []


def _together(rows: Sequence[int]) -> bool:
    return rows[-1] - rows[0] == len(rows) - 1
