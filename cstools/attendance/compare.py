"""Attendance against the published roster and the approved leave: what differs, by person and day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cstools.attendance.facts import Attendance
from cstools.attendance.settings import AttendanceSettings
from cstools.duties import Board
from cstools.errors import Source
from cstools.language import Text
from cstools.team.leave import Leave


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that attendance and the roster desk don't agree about.

    ``missed``: planned but not there; ``unplanned``: there but not planned; ``swapped``: somebody there who wasn't
    planned while somebody planned wasn't (001-027; ``other`` is the one who wasn't); ``unapproved``: leave in
    attendance that the roster desk hasn't approved; ``unused``: approved leave on a day on which the person was there.
    """

    kind: Literal["missed", "unplanned", "swapped", "unapproved", "unused"]
    person: str
    day: date
    what: Text
    other: str = ""
    source: Source | None = None


def compare(
    attendance: Attendance, board: Board, leaves: Iterable[Leave], settings: AttendanceSettings
) -> Iterator[Difference]:
    """Every difference within the period by day and person; only of days that are published and covered."""
    yield from ()
