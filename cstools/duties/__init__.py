"""Who is on duty when: published rosters and the changes recorded since, as the journal remembers them.

Every roster event is a version, numbered from 1: a publication, a change (swap, substitute, absence) or a restoration.
It holds the cells that it changed; the first one holds them all. A cell keeps its shift as it was that day, so that
what was published stays true when sheet 班次 changes later. This room owns the roster's kinds of event and their data.

What is published now lies on cards of the journal, a day each, so that asking and changing take no longer after years
of versions; every earlier board is made from the events again.
"""

from cstools.duties.asking import (
    OnDuty,
    board,
    duties,
    moves_on,
    on_duty_at,
    past,
    rests_owed,
    unfilled,
    version_of_row,
    versions,
)
from cstools.duties.board import Board, Cell, Move, Posted, moves
from cstools.duties.recording import record
from cstools.duties.version import AsOf, Facts, Version

__all__ = [
    "AsOf",
    "Board",
    "Cell",
    "Facts",
    "Move",
    "OnDuty",
    "Posted",
    "Version",
    "board",
    "duties",
    "moves",
    "moves_on",
    "on_duty_at",
    "past",
    "record",
    "rests_owed",
    "unfilled",
    "version_of_row",
    "versions",
]
