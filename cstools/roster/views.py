"""What is published, as rows of a table: a grid of days, one day, one person, one moment."""

from collections.abc import Sequence
from datetime import date

from cstools.days import show_time, span
from cstools.duties import Board, OnDuty, Posted, Version
from cstools.language import WEEKDAYS, Text
from cstools.roster.cells import REST
from cstools.roster.history import hours_words, summary

Rows = tuple[Sequence[Text | str], list[Sequence[object]]]  # headers, and rows below them


def grid(board: Board, days: Sequence[date]) -> Rows:
    """People down, days across; only those who work on one of the days."""
    people = sorted({posted.duty.person for posted in board.within(days[0], days[-1])})
    heads = [Text("{month}-{day} {weekday}", month=f"{day:%m}", day=f"{day:%d}", weekday=Text(WEEKDAYS[day.weekday()]))
             for day in days]  # fmt: skip
    rows = [(person, board.name(person), *(_code(board, person, day) for day in days)) for person in people]
    return (Text("number"), Text("name"), *heads), [*rows]


def whole_days(board: Board, found: Sequence[Version]) -> tuple[date, ...]:
    """The days of the publication that came last and is still published; none where nothing is."""
    for version in reversed(found):
        if version.facts.what == "published" and (days := board.days.intersection(version.days)):
            return span(min(days), max(days))
    return ()


def of_day(board: Board, day: date) -> Rows:
    """Who works on a day, by start."""
    return _DUTY_HEADS[1:], [_duty(board, posted)[1:] for posted in board.within(day, day)]


def of_person(board: Board, person: str, first: date, last: date) -> Rows:
    """One person's days, days off too."""
    rows: list[Sequence[object]] = []
    for day in span(first, last):
        if day in board.days:
            posted = board.of(person, day)
            rows.append(_duty(board, posted) if posted else (day, Text(REST), "", person, board.name(person), "", ""))
    return _DUTY_HEADS, rows


def of_moment(board: Board, there: Sequence[OnDuty]) -> Rows:
    """Who is on duty, and who of them is at a meal."""
    rows = [(*_duty(board, each.posted), Text("at a meal") if each.eating else "") for each in there]
    return (*_DUTY_HEADS, Text("now")), [*rows]


def of_versions(found: Sequence[Version], board: Board) -> Rows:
    """Every version, the last first."""
    heads = [
        Text(key) for key in ("version", "recorded", "recorded by", "what", "approved by", "approved at", "remark")
    ]
    return heads, [_version(version, board) for version in reversed(found)]


def _version(version: Version, board: Board) -> Sequence[object]:
    facts = version.facts
    late = Text("recorded late") if facts.late else ""
    said = [word for word in (str(late), facts.note, facts.file) if word]
    at = f"{version.at:%Y-%m-%d %H:%M}" if facts.approved_by else ""
    recorded = f"{version.recorded:%Y-%m-%d %H:%M}"
    return version.number, recorded, version.author, summary(version, board), facts.approved_by, at, said


_VERSION_HEADS = (
    Text("version"), Text("recorded"), Text("recorded by"), Text("what"), Text("approved by"), Text("approved at"),
    Text("remark"),
)  # fmt: skip
_DUTY_HEADS = (
    Text("date"), Text("shift"), Text("from and to"), Text("number"), Text("name"), Text("post"), Text("meal"),
)  # fmt: skip


def _duty(board: Board, posted: Posted) -> Sequence[object]:
    duty = posted.duty
    meal = f"{show_time(duty.meal[0])}–{show_time(duty.meal[1])}" if duty.meal else ""
    name = board.name(duty.person)
    return duty.day, duty.shift, hours_words(posted), duty.person, name, duty.posts, meal


def _code(board: Board, person: str, day: date) -> object:
    posted = board.of(person, day)
    if posted is None:
        return Text(REST) if day in board.days else ""
    return posted.duty.shift
