"""People who weren't logged in while they should have been (001-028), from sheet 不在线."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cstools.attendance.matching import Called, Matcher
from cstools.attendance.settings import AttendanceSettings
from cstools.days import DAY
from cstools.duties import Board, Posted
from cstools.errors import Fault, Source
from cstools.language import Text
from cstools.people import Person
from cstools.tables.columns import Record, Table


@dataclass(frozen=True, slots=True)
class Offline:
    """A person was not online while rostered: ``start`` and ``end`` in minutes from the duty's day's midnight.

    ``minutes`` are those on duty, meals left out (0 where it was seen at one moment); ``noon``: some of them lie at
    noon; ``excused``: the reason that was accepted, empty for none.
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
    table: Table, people: Sequence[Person], board: Board, settings: AttendanceSettings,
    faults: list[Fault], notes: list[Fault],
) -> tuple[Offline, ...]:  # fmt: skip
    """The rows of sheet 不在线 that count, by day and person; a note on each that lies outside of any duty."""
    matcher = Matcher(people, faults, notes)
    found: list[Offline] = []
    for record in table:
        day, source = record["day"], record.source("start")
        person = matcher.find(Called(record["number"] or "", "", record["name"], day, day, source), "")
        if person is None:
            continue
        counted = list(_on_duty(record, person, board, settings))
        found += counted
        if not counted:
            wrong = Text("{name} isn't on duty then, or is eating: not counted", name=person.name)
            notes.append(record.fault("start", wrong))
    return tuple(sorted(found, key=lambda one: (one.day, one.person, one.start)))


def _on_duty(record: Record, person: Person, board: Board, settings: AttendanceSettings) -> Iterator[Offline]:
    """The part of a row's time that lies in each duty of that day and of the night before."""
    midnight = record["day"].toordinal() * DAY
    start, end = record["start"], record["end"]
    end = start if end is None else end if end >= start else end + DAY
    for day in (record["day"] - timedelta(days=1), record["day"]):
        posted = board.of(person.number, day)
        pieces = list(_pieces(posted, midnight + start, midnight + end)) if posted else []
        if pieces:
            since = day.toordinal() * DAY
            noon = any(_at_noon(first, last, settings.noon) for first, last in pieces)
            minutes = sum(last - first for first, last in pieces)
            yield Offline(person.number, day, pieces[0][0] - since, pieces[-1][1] - since, minutes, noon,
                          record["reason"], record.source("start"))  # fmt: skip


def _pieces(posted: Posted, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What of a span on the endless clock is duty, the meal cut out; a moment is a span of no length."""
    first, last = posted.span
    midnight = posted.duty.day.toordinal() * DAY
    meal = posted.duty.meal
    cuts = [(first, last)] if meal is None else [(first, midnight + meal[0]), (midnight + meal[1], last)]
    for begun, ended in cuts:
        if start == end and begun <= start < ended:
            yield start, end
        elif max(begun, start) < min(ended, end):
            yield max(begun, start), min(ended, end)


def _at_noon(first: int, last: int, noon: tuple[int, int]) -> bool:
    midnight = first - first % DAY
    return first < midnight + noon[1] and midnight + noon[0] < max(last, first + 1)
