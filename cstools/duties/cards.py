"""What is published now, on cards of the journal: a day each, besides the absences, the rests owed and the rows read.

The first card says which event they were filed after, and how many versions there are. Where a later event has been
recorded (by an older cstools, which knew no such cards), they are filed anew before the next is written; until then
who asks makes the board from the events.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final

from cstools.duties.board import Board, Cell, Cells, Column, Move, Posted, read_moves, write_moves
from cstools.duties.version import (
    KINDS,
    Facts,
    Version,
    absences,
    absent,
    read_facts,
    replay,
    taken,
    version_of,
)
from cstools.journal import Book, Card, Event, Pages

NOW: Final = "roster"
DAY: Final = "roster.day"
ABSENT: Final = "roster.absent"
REST: Final = "roster.rest"
ROW: Final = "roster.row"
SHELVES: Final = (NOW, DAY, ABSENT, REST, ROW)


# --- reading ----------------------------------------------------------------------------------------------------------


def in_step(pages: Pages) -> bool:
    """Whether the cards tell of every version that was recorded."""
    return _filed(pages)[0] == pages.last(*KINDS)


def _filed(pages: Pages) -> tuple[int, Mapping[str, Any]]:
    card = pages.card(NOW, NOW)
    return (card.number, card.data) if card else (0, {"versions": 0, "names": {}})


def read_board(pages: Pages) -> Board:
    """What is published now."""
    days, columns = [], {}
    for key, live, text in pages.written(DAY):
        day = date.fromisoformat(key)
        columns[day] = Column(day, written=text)
        if live:
            days.append(day)
    return Board(frozenset(days), Cells(columns), dict(_filed(pages)[1]["names"]))


def read_absences(pages: Pages) -> dict[Cell, Posted]:
    """The duties that somebody was recorded absent from and that nobody has taken since."""
    moves = (move for card in pages.live_cards(ABSENT) for move in read_moves(card.data, {}))
    return {(move.day, move.person): move.after for move in moves if move.after}


def read_rests(pages: Pages) -> list[tuple[str, date]]:
    """Person and day of every rest that was ever booked, in order."""
    cards = sorted(pages.cards(REST), key=lambda card: (card.number, card.data["place"]))
    return [(card.data["person"], date.fromisoformat(card.data["day"])) for card in cards]


def read_moves_on(pages: Pages, day: date) -> list[tuple[Facts, Move]]:
    """What each version changed on a day, from the events that touched it alone."""
    cells: dict[Cell, Posted] = {}
    found: list[tuple[Facts, Move]] = []
    for event in pages.thread(DAY, day.isoformat()):
        touched = {**event.data, "cells": [cell for cell in event.data["cells"] if cell["day"] == day.isoformat()]}
        facts = read_facts(event.data)
        for move in read_moves(touched, cells):
            found.append((facts, move))
            if move.after:
                cells[day, move.person] = move.after
            else:
                cells.pop((day, move.person), None)
    return found


def read_row(pages: Pages, row: str) -> Version | None:
    """The version that the row of a sheet became; None where it never was recorded."""
    card = pages.card(ROW, row)
    if card is None:
        return None
    (event,) = pages.events(*KINDS, after=card.number - 1, until=card.number)
    before = {(move.day, move.person): move.after for move in read_moves(card.data["before"], {}) if move.after}
    return version_of(card.data["version"], event, tuple(read_moves(event.data, before)))


# --- filing -----------------------------------------------------------------------------------------------------------


def count(book: Book) -> int:
    """How many versions there are, the cards being in step before anything is filed."""
    if not in_step(book):
        rebuild(book)
    versions: int = _filed(book)[1]["versions"]
    return versions


def file(book: Book, event: Event, version: Version, after: Board) -> None:
    """Put the cards where a version leaves them; ``after`` is the board that it makes."""
    names = {**_filed(book)[1]["names"], **event.data["names"]}
    for day in version.days:
        _file_day(book, event, day, after)
    if version.facts.restored:
        _file_absences(book, event, read_absences(book), absences(replay(book, None)[0]))
    else:
        for cell in taken(version) - absent(version).keys():
            _fill(book, event, cell)
        _file_absences(book, event, {}, absent(version))
    _file_facts(book, event, version)
    data = {"versions": version.number, "names": names}
    book.lay(Card(NOW, NOW, event.number, live=True, at=event.recorded, data=data))


def rebuild(book: Book) -> None:
    """File every card anew, from the events alone."""
    book.unfile(*SHELVES)
    found, now = replay(book, None)
    events = book.events(*KINDS)
    for version, event in zip(found, events, strict=True):
        for day in version.days:
            _file_day(book, event, day, now)
        _file_facts(book, event, version)
    if events:
        _file_absences(book, events[-1], {}, absences(found))
        data = {"versions": len(found), "names": dict(now.names)}
        book.lay(Card(NOW, NOW, events[-1].number, live=True, at=events[-1].recorded, data=data))


def _file_day(book: Book, event: Event, day: date, after: Board) -> None:
    data = json.loads(Cells.of(after.cells).column(day).written)
    book.file(Card(DAY, day.isoformat(), event.number, day in after.days, _midnight(day), data), event)


def _file_absences(book: Book, event: Event, before: Mapping[Cell, Posted], after: Mapping[Cell, Posted]) -> None:
    for cell in before.keys() - after.keys():
        _fill(book, event, cell)
    for (day, person), posted in after.items():
        data = write_moves([Move(day, person, None, posted)])
        book.lay(Card(ABSENT, _key(day, person), event.number, live=True, at=_midnight(day), data=data))


def _fill(book: Book, event: Event, cell: Cell) -> None:
    card = book.card(ABSENT, _key(*cell))
    if card and card.live:
        book.lay(replace(card, number=event.number, live=False))


def _file_facts(book: Book, event: Event, version: Version) -> None:
    for place, (person, day) in enumerate(version.facts.rests):
        key, data = _key(day, person), {"person": person, "day": day.isoformat(), "place": place}
        if book.card(REST, key) is None:
            book.lay(Card(REST, key, event.number, live=True, at=_midnight(day), data=data))
    if version.facts.row and book.card(ROW, version.facts.row) is None:
        data = {"version": version.number, "before": write_moves(_before(version.moves))}
        book.lay(Card(ROW, version.facts.row, event.number, live=False, at=event.recorded, data=data))


def _before(moves: Iterable[Move]) -> Iterable[Move]:
    return (Move(move.day, move.person, None, move.before) for move in moves)


def _key(day: date, person: str) -> str:
    return f"{day.isoformat()}|{person}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
