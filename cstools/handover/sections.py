"""The sections of the sheet besides the items: orders, notices, equipment, people, checklists, things, figures."""

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from cstools.handover.book import Book
from cstools.handover.change import Change, Worker, worker_start
from cstools.handover.checks import CLOSING, OPENING, TIMED, Check, in_shift
from cstools.handover.events import Data
from cstools.handover.lines import mask_all
from cstools.handover.sheet import (
    CheckLine,
    EquipmentLine,
    FigureLine,
    NoticeLine,
    OrderLine,
    Report,
    StaffLine,
    ThingLine,
    Who,
)
from cstools.handover.words import BROKEN, MOVING, Equipment
from cstools.language import Text
from cstools.shifts import Shift


def parse(data: bytes) -> dict[str, Any]:
    """A kept sheet's JSON."""
    found: dict[str, Any] = json.loads(data)
    return found


def _moment(data: Data, name: str) -> datetime:
    return datetime.fromisoformat(data[name])


def _day(data: Data, name: str) -> date | None:
    return date.fromisoformat(data[name]) if data.get(name) else None


def _relief_day(change: Change) -> date:
    return change.relief_shifts[0][0] if change.relief_shifts else change.at.date()


# --- what was said ----------------------------------------------------------------------------------------------------


def orders(book: Book, change: Change) -> tuple[OrderLine, ...]:
    """The standing orders that still hold when the relief begins (000-022)."""
    lines = [
        OrderLine(
            number,
            mask_all(data["text"], book.setup),
            book.setup.who(data.get("given_by") or data["by"]).name,
            date.fromisoformat(data["since"]),
            _day(data, "until"),
            _moment(data, "at") >= change.begins,
        )
        for number, data in book.orders()
    ]
    return tuple(line for line in lines if line.until is None or line.until >= _relief_day(change))


def notices(book: Book, change: Change) -> tuple[NoticeLine, ...]:
    """The notices and agreed wordings that hold for the relief, with who has not read them yet (000-011, 003-025)."""
    day = _relief_day(change)
    lines = [_notice(book, change, number, data) for number, data in book.notices()]
    valid = [line for line in lines if line.until is None or line.until >= day]
    # What everybody who comes has read, and what isn't new, needs no line.
    return tuple(line for line in valid if line.unread or line.new or line.expiring or not change.relief)


def _notice(book: Book, change: Change, number: int, data: Data) -> NoticeLine:
    read, until = data.get("read", {}), _day(data, "until")
    return NoticeLine(
        number,
        data["kind"],
        mask_all(data["text"], book.setup),
        date.fromisoformat(data["since"]),
        until,
        tuple(book.setup.who(number) for number in read),
        tuple(Who(worker.number, worker.name) for worker in change.relief if worker.number not in read),
        until is not None and until <= _relief_day(change),
        _moment(data, "at") >= change.begins,
    )


# --- what there is ----------------------------------------------------------------------------------------------------


def equipment(book: Book, change: Change) -> tuple[EquipmentLine, ...]:
    """What isn't in order, what changed in this shift, and what was tested in it (000-012, 003-063)."""
    lines = [_machine(book, data) for data in book.equipment()]
    return tuple(
        line for line in lines
        if line.fault or line.moving or line.at >= change.begins or (line.tested_at or line.at) >= change.begins
    )  # fmt: skip


def _machine(book: Book, data: Data) -> EquipmentLine:
    state = Equipment(data["state"])
    return EquipmentLine(
        data["equipment"],
        str(state.text),
        state in BROKEN,
        state in MOVING,
        _moment(data, "at"),
        book.setup.who(data["by"]).name,
        data.get("note", ""),
        data.get("test") or "",
        _moment(data, "tested_at") if data.get("tested_at") else None,
    )


def things(book: Book, change: Change) -> tuple[ThingLine, ...]:
    """Every shared thing, counted in this shift or not (000-023)."""
    return tuple(_thing(book, change, data) for data in book.things())


def _thing(book: Book, change: Change, data: Data) -> ThingLine:
    when = _moment(data, "counted_at") if data.get("counted_at") else None
    fresh = when is not None and when >= change.begins
    by = book.setup.who(data["counted_by"]).name if fresh else ""
    counted, at = (data["counted"], when) if fresh else (None, None)
    holder = book.setup.who(data.get("holder", "")).name
    return ThingLine(data["thing"], data.get("expected", 0), counted, by, at, holder, data.get("note", ""))


# --- people -----------------------------------------------------------------------------------------------------------


def staff(book: Book, change: Change) -> tuple[StaffLine, ...]:
    """The roster's changes that touch either shift, and who came late (000-012)."""
    late = [line for worker in (*change.outgoing, *change.relief) for line in _late(book, worker)]
    return (*change.staff, *late)


def _late(book: Book, worker: Worker) -> Iterable[StaffLine]:
    arrival = book.arrivals(worker.day, worker.shift.code).get(worker.number)
    if arrival is None:
        return
    minutes = int((_moment(arrival, "at") - worker_start(worker)).total_seconds() // 60)
    if minutes > 0:
        person = Who(worker.number, worker.name)
        yield StaffLine(Text("came {count} min late", count=minutes), person, worker.day, arrival.get("note", ""))


def seats(change: Change) -> tuple[Text, ...]:
    """A closing line for each post that nobody takes over, and one for all other seats (000-036)."""
    empty = change.empty_seats()
    lines = [
        Text("{post} ({name}): nobody takes over, put the phone on hold", post=worker.seats, name=worker.name)
        for worker in empty if worker.seats
    ]  # fmt: skip
    if others := tuple(worker.name for worker in empty if not worker.seats):
        lines.append(Text("seats of {names}: nobody takes over, put the phones on hold", names=others))
    return tuple(lines)


# --- checklists -------------------------------------------------------------------------------------------------------


def tasks(book: Book, change: Change) -> tuple[CheckLine, ...]:
    """What the relief does at certain times (004-073)."""
    return _checks(book, change.relief_shifts, TIMED)


def opening(book: Book, change: Change) -> tuple[CheckLine, ...]:
    """What the relief does before it begins (000-035)."""
    return _checks(book, change.relief_shifts, OPENING)


def closing(book: Book, change: Change) -> tuple[CheckLine, ...]:
    """What the outgoing shift does before it leaves, its timed tasks among it (000-037)."""
    return _checks(book, change.shifts, CLOSING, TIMED)


def _checks(book: Book, shifts: Iterable[tuple[date, Shift]], *lists: str) -> tuple[CheckLine, ...]:
    lines: dict[str, CheckLine] = {}
    for day, shift in shifts:
        ticks = book.ticks(day, shift.code)
        for check in in_shift(book.setup.checks, day, shift, *lists):
            lines.setdefault(check.line, _check(book, check, day, ticks.get(check.line)))
    return tuple(lines.values())


def _check(book: Book, check: Check, day: date, tick: Data | None) -> CheckLine:
    if tick is None:
        return CheckLine(check.text, check.due(day))
    by = book.setup.who(tick.get("person") or tick["by"]).name
    return CheckLine(check.text, check.due(day), _moment(tick, "at"), by, tick.get("result", ""))


# --- figures ----------------------------------------------------------------------------------------------------------


def figures(book: Book, change: Change) -> Report | None:
    """The outgoing shift's figures; on the sheet for a new morning they are last evening's report."""
    if _morning(change):
        return None
    return _report(book, change, [data for data in _told(book, change, change.day) if data["shift"] == change.shift])


def last_report(book: Book, change: Change) -> Report | None:
    """Last evening's daily report, on the sheet by which a morning's first shift takes over (003-068).

    It is the last report of the day before, whichever of its shifts wrote it.
    """
    found = _told(book, change, _relief_day(change) - timedelta(days=1)) if _morning(change) else []
    return _report(book, change, [data for data in found if data["shift"] == found[-1]["shift"]])


def _morning(change: Change) -> bool:
    return _relief_day(change) > change.day


def _told(book: Book, change: Change, day: date) -> list[Data]:
    """A day's figures: a group's, or on the whole desk's sheet its own and those of every group."""
    groups = {person.on(day).group for person in book.setup.people.values()} - {""}
    teams = [change.team] if change.team else ["", *sorted(groups)]
    return sorted((data for team in teams for data in book.figures_of(day, team)), key=lambda data: str(data["at"]))


def _report(book: Book, change: Change, told: list[Data]) -> Report | None:
    """Figures of one shift in one report, a group's under its name where it isn't the group's sheet."""
    if not told:
        return None
    last, lines = told[-1], []
    for data in sorted(told, key=lambda data: str(data["team"])):
        group = data["team"] if data["team"] != change.team else ""
        lines += [FigureLine(f"{group} {name}".strip(), str(value)) for name, value in data["figures"]]
    by = book.setup.who(last["by"]).name
    return Report(date.fromisoformat(last["day"]), last["shift"], by, tuple(lines))
