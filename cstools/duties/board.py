"""What is published: the days, and every duty on them with its shift as it was then."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeAlias

from cstools.duties.written import read_cell, read_column, write_cell, write_column, write_shift
from cstools.shifts import Duty, Shift

Cell: TypeAlias = tuple[date, str]  # a day and a person's number


@dataclass(frozen=True, slots=True)
class Posted:
    """A duty as it was published, with its shift as it was then (code, name, hours, paid minutes, kind, open end)."""

    duty: Duty
    shift: Shift

    @classmethod
    def of(cls, duty: Duty, shift: Shift) -> "Posted":
        """A duty to be published, with what is remembered of its shift."""
        return cls(replace(duty, ended=None), Shift(**write_shift(shift)))

    @property
    def span(self) -> tuple[int, int]:
        """Start and end as minutes on one endless clock."""
        return self.shift.span(self.duty.day)


@dataclass(frozen=True, slots=True)
class Move:
    """One cell of one version: what a person had on a day, and has now; None is a day off."""

    day: date
    person: str
    before: Posted | None
    after: Posted | None


class Column:
    """One day's duties by person. What the journal has written is read only where it is asked for."""

    __slots__ = ("_duties", "_written", "day")

    def __init__(self, day: date, duties: Mapping[str, Posted] | None = None, written: str = "") -> None:
        self.day = day
        self._duties = duties
        self._written = written

    @property
    def duties(self) -> Mapping[str, Posted]:
        """Who works, and what."""
        if self._duties is None:
            read = read_column(self.day, self._written) if self._written else ()
            self._duties = {duty.person: Posted(duty, shift) for duty, shift in read}
        return self._duties

    @property
    def written(self) -> str:
        """The same as the journal writes it: equal columns are equal texts."""
        if not self._written:
            self._written = write_column((posted.duty, posted.shift) for posted in self.duties.values())
        return self._written

    def changed(self, cells: Mapping[str, Posted | None]) -> "Column":
        """The same with some people's duties otherwise; None makes a day off."""
        both = {**self.duties, **cells}
        return Column(self.day, {person: posted for person, posted in both.items() if posted is not None})


class Cells(Mapping[Cell, Posted]):
    """Every duty by day and person, lying in columns."""

    def __init__(self, columns: Mapping[date, Column] | None = None) -> None:
        self.columns = columns or {}

    @classmethod
    def of(cls, cells: Mapping[Cell, Posted]) -> "Cells":
        """The same cells in columns."""
        return cells if isinstance(cells, Cells) else Cells().changed(cells)

    def column(self, day: date) -> Column:
        """A day's duties; none where nobody works."""
        return self.columns.get(day) or Column(day)

    def changed(self, cells: Mapping[Cell, Posted | None]) -> "Cells":
        """The same with some cells filled otherwise; None makes a day off."""
        days: dict[date, dict[str, Posted | None]] = {}
        for (day, person), posted in cells.items():
            days.setdefault(day, {})[person] = posted
        return Cells({**self.columns, **{day: self.column(day).changed(found) for day, found in days.items()}})

    def __getitem__(self, cell: Cell) -> Posted:
        day, person = cell
        return self.columns[day].duties[person]

    def __iter__(self) -> Iterator[Cell]:
        return ((day, person) for day, column in self.columns.items() for person in column.duties)

    def __len__(self) -> int:
        return sum(len(column.duties) for column in self.columns.values())


@dataclass(frozen=True, slots=True)
class Board:
    """The days that are published, and every duty on them. ``names`` are people's names as last recorded."""

    days: frozenset[date] = frozenset()
    cells: Mapping[Cell, Posted] = field(default_factory=Cells)
    names: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cells", Cells.of(self.cells))

    def of(self, person: str, day: date) -> Posted | None:
        """A person's duty of a day; None for a day off, or one that isn't published."""
        return self.cells.get((day, person))

    def within(self, first: date, last: date) -> list[Posted]:
        """The duties of some days, by day, shift and person."""
        columns = _between(Cells.of(self.cells).columns, first, last)
        return sorted((posted for column in columns for posted in column.duties.values()), key=_order)

    def name(self, person: str) -> str:
        """A person's name, or the number where no name was recorded."""
        return self.names.get(person, person)

    def changed(self, cells: Mapping[Cell, Posted | None], names: Mapping[str, str] | None = None) -> "Board":
        """The same with some cells filled otherwise; None makes a day off."""
        return Board(self.days, Cells.of(self.cells).changed(cells), {**self.names, **(names or {})})

    def published(self, days: frozenset[date], duties: Iterable[Posted], names: Mapping[str, str]) -> "Board":
        """The same with some days published anew: on these nobody works but as told."""
        now = Cells.of(self.cells)
        cells: dict[Cell, Posted | None] = {(day, person): None for day in days for person in now.column(day).duties}
        cells |= {(posted.duty.day, posted.duty.person): posted for posted in duties}
        return replace(self.changed(cells, names), days=self.days | days)


def _between(columns: Mapping[date, Column], first: date, last: date) -> list[Column]:
    if first == last:
        return [columns[first]] if first in columns else []
    return [column for day, column in columns.items() if first <= day <= last]


def moves(one: Board, other: Board) -> list[Move]:
    """What differs between two boards, by person and day."""
    found = [move for before, after in _unlike(one, other) for move in _moves(before, after)]
    return sorted(found, key=lambda move: (move.person, move.day))


def unlike(one: Board, other: Board) -> list[date]:
    """The days that are not the same on two boards: their duties, or whether they are published."""
    return sorted({after.day for _, after in _unlike(one, other)} | (one.days ^ other.days))


def _unlike(one: Board, other: Board) -> Iterator[tuple[Column, Column]]:
    """The columns that differ. Most are the very same text, and are never read."""
    first, second = Cells.of(one.cells), Cells.of(other.cells)
    for day in first.columns.keys() | second.columns.keys():
        before, after = first.column(day), second.column(day)
        if before is not after and before.written != after.written:
            yield before, after


def _moves(before: Column, after: Column) -> Iterator[Move]:
    for person in before.duties.keys() | after.duties.keys():
        had, has = before.duties.get(person), after.duties.get(person)
        if had != has:
            yield Move(after.day, person, had, has)


def _order(posted: Posted) -> tuple[date, int, str, str]:
    return posted.duty.day, posted.shift.start, posted.duty.shift, posted.duty.person


# --- the cells of an event --------------------------------------------------------------------------------------------


def write_moves(changed: Iterable[Move]) -> dict[str, Any]:
    """The cells as they are now. A shift stands once, a cell names it by its place; a cell without one is a day off."""
    shifts: dict[Shift, int] = {}
    cells: list[dict[str, Any]] = []
    for move in changed:
        cell: dict[str, Any] = {"day": move.day.isoformat(), "person": move.person}
        if move.after:
            cell |= write_cell(move.after.duty, shifts.setdefault(move.after.shift, len(shifts)))
        cells.append(cell)
    return {"shifts": [write_shift(shift) for shift in shifts], "cells": cells}


def read_moves(data: Mapping[str, Any], before: Mapping[Cell, Posted]) -> Iterator[Move]:
    """What an event changed, ``before`` being the cells that it found."""
    shifts = [Shift(**values) for values in data["shifts"]]
    for cell in data["cells"]:
        day, person = date.fromisoformat(cell["day"]), cell["person"]
        after = None
        if "shift" in cell:
            shift = shifts[cell["shift"]]
            after = Posted(read_cell(day, person, shift, cell), shift)
        yield Move(day, person, before.get((day, person)), after)
