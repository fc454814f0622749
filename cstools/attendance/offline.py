"""People who weren't logged in while they should have been (001-028), from sheet 不在线."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cstools.attendance.settings import AttendanceSettings
from cstools.duties import Board
from cstools.errors import Fault, Source
from cstools.people import Person
from cstools.tables.columns import Table


@dataclass(frozen=True, slots=True)
class Offline:
    """A person was not online while rostered: ``start`` and ``end`` in minutes from the duty's day's midnight.

    ``minutes`` are those on duty, meals left out; ``noon``: some of them lie at noon; ``excused``: the reason that
    was accepted, empty for none.
    """

    person: str
    day: date
    start: int
    end: int
    minutes: int
    noon: bool
    excused: str
    source: Source


def offline(
    table: Table, people: Iterable[Person], board: Board, settings: AttendanceSettings,
    faults: list[Fault], notes: list[Fault],
) -> tuple[Offline, ...]:  # fmt: skip
    """The rows of sheet 不在线 that count, by day and person; a note on each that lies outside of any duty."""
    return ()
