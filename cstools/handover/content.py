"""The content of a handover sheet: a pure function of the book and the change."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from cstools.handover import sections
from cstools.handover.book import Book, Point
from cstools.handover.change import Change, Worker
from cstools.handover.gates import kept
from cstools.handover.items import Item
from cstools.handover.lines import Lines
from cstools.handover.setup import Setup
from cstools.handover.shape import from_json
from cstools.handover.sheet import (
    GateLine,
    Header,
    ItemLine,
    SheetContent,
    ShiftLine,
    SignatureLine,
    SupplementLine,
    Who,
)
from cstools.handover.words import Part, Stage, State
from cstools.language import Text
from cstools.shifts import Shift

SIGNED_CONTENT: Final = "handover|"  # the snapshots of signed sheets are called this and the change's key


def content(book: Book, change: Change, moment: datetime) -> SheetContent:
    """What the sheet of a change holds at a moment.

    Times are judged at the change's clock time, so that the same book makes the same sheet whenever it is asked. What
    was recorded after the watermark, or is about a later time than the change, belongs to the next sheet. A signed
    sheet stays what was signed; only signatures and supplements are added.
    """
    record = book.of(change)
    then = book.as_of(point_of(change, record, moment))
    made = _kept(book, change, record) or _made(book, then, change, moment)
    signatures = _signatures(book, change, record)
    header = replace(
        made.header,
        begun=then.begun,
        state=state(book, change, record),
        frozen="frozen" in record,
        made_late="frozen" in record and record["frozen"]["late"],
        signed_late=any(signature.late for signature in signatures),
    )
    return replace(
        made,
        gates=_after_signing(made.gates, record),
        header=header,
        signatures=signatures,
        supplements=tuple(_supplement(book, change, entry) for entry in record.get("supplements", [])),
        checksum=next((entry["checksum"] for entry in record.get("signatures", []) if entry.get("checksum")), ""),
    )


def point_of(change: Change, record: dict[str, Any], moment: datetime) -> Point:
    """Up to where the sheet reads the book: its watermark once frozen, else now, but never past the change."""
    if "frozen" in record:
        return Point(record["frozen"]["until"], datetime.fromisoformat(record["frozen"]["at"]))
    return Point(None, min(moment, change.at))


def unsigned(book: Book, change: Change, moment: datetime) -> SheetContent:
    """What would be signed at a moment: the sheet without signatures, state and checksum."""
    return _made(book, book.as_of(point_of(change, book.of(change), moment)), change, moment)


def _kept(book: Book, change: Change, record: dict[str, Any]) -> SheetContent | None:
    """The content as it was signed; None while nobody has."""
    if book.pages is None or not any(entry.get("checksum") for entry in record.get("signatures", [])):
        return None
    snapshot = book.pages.snapshot(SIGNED_CONTENT + change.key)
    return from_json(SheetContent, sections.parse(snapshot.content)) if snapshot else None


def _made(book: Book, then: Book, change: Change, moment: datetime) -> SheetContent:
    lines = Lines(book.setup, change)
    parts = _dealt(lines.of(then.open_items(change.team)), book.setup)
    over = book.as_of(Point(None, _over(book, change, moment)))
    return SheetContent(
        header=replace(_header(change), zone=book.setup.zone),
        gates=gates(book, over, change, max(moment, change.at)),
        first=parts["first"],
        long_open=parts["long_open"],
        callbacks=parts[Part.CALLBACKS.value],
        complaints=parts[Part.COMPLAINTS.value],
        repairs=parts[Part.REPAIRS.value],
        open=parts[Part.OPEN.value],
        resolved=tuple(lines.of(_resolved(book, then, change))),
        orders=sections.orders(then, change),
        notices=sections.notices(then, change),
        equipment=sections.equipment(then, change),
        staff=sections.staff(book, change),
        tasks=sections.tasks(book, change),
        opening=sections.opening(book, change),
        closing=sections.closing(book, change),
        seats=sections.seats(change),
        things=sections.things(over, change),
        figures=sections.figures(book, change),
        last_report=sections.last_report(book, change),
    )


def _over(book: Book, change: Change, moment: datetime) -> datetime:
    """When a handover is over: what is counted or put right later belongs to the next one, but where this is signed
    only then.
    """
    return max(change.late_from + timedelta(minutes=book.setup.settings.late_after), moment)


def _dealt(lines: Iterable[ItemLine], setup: Setup) -> dict[str, tuple[ItemLine, ...]]:
    """Deals the lines out to the parts of the sheet, each to one, none dropped."""
    parts: dict[str, list[ItemLine]] = {name: [] for name in ("first", "long_open", *(part.value for part in Part))}
    for line in lines:
        parts[_part(line, setup)].append(line)
    return {name: tuple(part) for name, part in parts.items()}


def _part(line: ItemLine, setup: Setup) -> str:
    """What is grave, what the supervisor must see since it is open for too long, what is overdue; then by its type."""
    if line.severity.grave:
        return "first"
    if line.days > setup.settings.long_open_days:
        return "long_open"
    if line.stage is Stage.OVERDUE:
        return "first"
    kind = setup.types.types.get(line.kind)
    return (kind.part if kind else Part.OPEN).value


def _resolved(book: Book, then: Book, change: Change) -> Iterable[Item]:
    """The major matters closed in this shift, and those closed before but recorded only after the last watermark."""
    after = max(
        (
            data["frozen"]["until"]
            for data in book.changes_since(change.at - timedelta(days=3))
            if "frozen" in data and _earlier(data, change)
        ),
        default=None,
    )
    items = then.closed_items(change.begins, after, grave=True)
    return [item for item in items if not change.team or item.team in {"", change.team}]


def _earlier(data: Any, change: Change) -> bool:
    return bool(data["change"].split("|")[0] == change.team and data["at"] < change.at.isoformat(timespec="seconds"))


def gates(book: Book, over: Book, change: Change, moment: datetime) -> tuple[GateLine, ...]:
    """Every gate that the desk keeps, with the reasons that shut it at a moment, in the book as it was when the
    handover was ``over``; and who overrode it, whenever that was.
    """
    overrides = {entry["gate"]: entry for entry in book.of(change).get("overrides", [])}
    return tuple(
        GateLine(
            gate.name(),
            Text(gate.label),
            tuple(gate.closed(over, change, moment)),
            _override(book, overrides[gate.name()]) if gate.name() in overrides else None,
        )
        for gate in kept(book.setup.settings)
    )


def _after_signing(told: tuple[GateLine, ...], record: dict[str, Any]) -> tuple[GateLine, ...]:
    """The gates as a sheet tells them: once somebody has signed out, nobody waits for that any more."""
    signed = any(entry["side"] == "out" for entry in record.get("signatures", []))
    return tuple(replace(gate, reasons=()) if signed and gate.name == "not_signed_out" else gate for gate in told)


def _override(book: Book, entry: dict[str, Any]) -> Text:
    name = book.setup.who(entry["person"]).name
    return Text("overridden by {name} at {time}: {why}", name=name, time=entry["when"][:16].replace("T", " "),
                why=entry["why"])  # fmt: skip


# --- the head of the sheet --------------------------------------------------------------------------------------------


def _header(change: Change) -> Header:
    return Header(
        team=change.team,
        outgoing=tuple(_shift(day, shift) for day, shift in change.shifts),
        relief=tuple(_shift(day, shift) for day, shift in change.relief_shifts),
        at=change.at,
        sheet_due=change.sheet_due,
        outgoing_people=tuple(map(_who, change.outgoing)),
        relief_people=tuple(map(_who, change.relief)),
        written=change.written,
        rostered=change.rostered,
        frozen=False,
        made_late=False,
        signed_late=False,
        state=State.DRAFT,
    )


def _shift(day: date, shift: Shift) -> ShiftLine:
    midnight = datetime.combine(day, datetime.min.time())
    starts, ends = (midnight + timedelta(minutes=minutes) for minutes in (shift.start, shift.end))
    return ShiftLine(day, shift.code, shift.name, starts, ends)


def _who(worker: Worker) -> Who:
    return Who(worker.number, worker.name, worker.posts, worker.leader)


# --- signatures -------------------------------------------------------------------------------------------------------


def covered(book: Book, change: Change, record: dict[str, Any], side: str) -> frozenset[str]:
    """Whose part of a side is signed: everybody's where a 组长, a supervisor or somebody not rostered signed for it."""
    workers = change.outgoing if side == "out" else change.relief
    numbers = frozenset(worker.number for worker in workers)
    leaders = frozenset(worker.number for worker in workers if worker.leader)
    signers = {entry["person"] for entry in record.get("signatures", []) if entry["side"] == side}
    overridden = side == "out" and any(entry["gate"] == "not_signed_out" for entry in record.get("overrides", []))
    whole = overridden or any(
        signer in leaders or signer not in numbers or signer in book.setup.supervisors for signer in signers
    )
    return numbers if whole else numbers & signers


def state(book: Book, change: Change, record: dict[str, Any]) -> State:
    """草稿 until somebody signs, 待接 until what everybody left is accepted, 拒接 while a refusal is the last word."""
    entries = record.get("signatures", [])
    if not entries:
        return State.DRAFT
    if entries[-1]["side"] == "refused":
        return State.REFUSED
    comes = {entry["person"] for entry in entries if entry["side"] == "in"}
    out, taken = covered(book, change, record, "out"), covered(book, change, record, "in")
    goers = {worker.number for worker in change.outgoing}
    receivers = {worker.number for goer in goers if (worker := change.receiver(goer))}
    if comes and out >= goers and taken >= receivers:
        return State.ACCEPTED
    return State.SIGNED_OUT


def _signatures(book: Book, change: Change, record: dict[str, Any]) -> tuple[SignatureLine, ...]:
    return tuple(
        SignatureLine(
            entry["side"],
            book.setup.who(entry["person"]),
            datetime.fromisoformat(entry["when"]),
            entry.get("note", ""),
            is_late(book, change, entry),
        )
        for entry in record.get("signatures", [])
    )


def is_late(book: Book, change: Change, entry: dict[str, Any]) -> bool:
    """延迟交接: signed more than ``late_after`` minutes after the change."""
    allowed = timedelta(minutes=book.setup.settings.late_after)
    last = change.ends if entry["side"] == "out" else change.late_from
    return entry["side"] != "refused" and datetime.fromisoformat(entry["when"]) > max(last, change.at) + allowed


def _supplement(book: Book, change: Change, entry: dict[str, Any]) -> SupplementLine:
    signed = entry.get("signed", {})
    sides = [{worker.number for worker in workers} for workers in (change.outgoing, change.relief)]
    complete = all(not side or not side.isdisjoint(signed) for side in sides) and bool(signed)
    when, by = datetime.fromisoformat(entry["when"]), book.setup.who(entry["by"]).name
    return SupplementLine(entry["number"], entry["text"], by, when, tuple(map(book.setup.who, signed)), complete)
