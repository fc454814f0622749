"""The handover's events, and how each changes the card of what it speaks of: a pure fold, one step a kind.

Cards lie on shelves: items, orders, notices, things, equipment, ticks, arrivals, figures, changes, and rows (what was
imported from which row). The data of a card are JSON; the modules that read a shelf know its shape.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, TypeAlias

from cstools.handover.words import Severity
from cstools.journal import Book, Card, Event

ADDED: Final = "handover.item.added"
UPDATED: Final = "handover.item.updated"
CLOSED: Final = "handover.item.closed"
TRANSFERRED: Final = "handover.item.transferred"
ORDERED: Final = "handover.order.given"
REVOKED: Final = "handover.order.revoked"
POSTED: Final = "handover.notice.posted"
READ: Final = "handover.notice.read"
COUNTED: Final = "handover.thing.counted"
EQUIPMENT: Final = "handover.equipment.state"
TICKED: Final = "handover.check.ticked"
ARRIVED: Final = "handover.arrival"
FIGURES: Final = "handover.figures"
FROZEN: Final = "handover.sheet.frozen"
SIGNED: Final = "handover.signed"
REFUSED: Final = "handover.refused"
OVERRIDDEN: Final = "handover.overridden"
UNFIT: Final = "handover.unfit"
AMENDED: Final = "handover.amended"
COSIGNED: Final = "handover.cosigned"

GRAVE: Final = frozenset(severity.value for severity in Severity if severity.grave)

Data: TypeAlias = Mapping[str, Any]
Step: TypeAlias = Callable[[Data | None, Event], dict[str, Any] | None]


def stamp(moment: datetime) -> str:
    """A moment as it stands in an event's data."""
    return moment.isoformat(timespec="seconds")


# --- items ------------------------------------------------------------------------------------------------------------


def _added(_: Data | None, event: Event) -> dict[str, Any]:
    return {"status": "waiting", **event.data, "opened": stamp(event.at), "by": event.author}


def _updated(card: Data | None, event: Event) -> dict[str, Any] | None:
    if card is None:
        return None
    changed = {**card, **event.data["fields"]}
    if changed["status"] != "closed":
        changed = {name: value for name, value in changed.items() if not name.startswith("closed_")}
    return {name: value for name, value in changed.items() if value is not None}


def _closed(card: Data | None, event: Event) -> dict[str, Any] | None:
    if card is None:
        return None
    closing = {"closed_at": stamp(event.at), "closed_by": event.author, "closed_number": event.number}
    return {**card, "status": "closed", "result": event.data["result"], **closing}


def _transferred(card: Data | None, event: Event) -> dict[str, Any] | None:
    if card is None:
        return None
    taken = {"accepted_by": event.data["to"], "accepted_at": stamp(event.at)} if event.data.get("accepted") else {}
    kept = {name: value for name, value in card.items() if not name.startswith("accepted_")}
    return {**kept, "owner": event.data["to"], **taken}


# --- what is said, shared and done ------------------------------------------------------------------------------------


def _told(_: Data | None, event: Event) -> dict[str, Any]:
    return {**event.data, "at": stamp(event.at), "by": event.author}


def _revoked(card: Data | None, event: Event) -> dict[str, Any] | None:
    return None if card is None else {**card, "revoked_at": stamp(event.at), "revoked_by": event.author}


def _read(card: Data | None, event: Event) -> dict[str, Any] | None:
    if card is None:
        return None
    return {**card, "read": {**card.get("read", {}), event.data["person"]: stamp(event.at)}}


def _counted(card: Data | None, event: Event) -> dict[str, Any]:
    counted = {"counted_at": stamp(event.at), "counted_by": event.author} if "counted" in event.data else {}
    data = {**(card or {}), **_told(None, event), **counted}
    if data.get("counted", 0) < data.get("expected", 0):
        return data
    # Nothing is missing any more: who had it, and why, is over, unless this count says so itself.
    return {name: value for name, value in data.items() if name not in {"holder", "note"} or name in event.data}


def _equipment(card: Data | None, event: Event) -> dict[str, Any]:
    tested = {"tested_at": stamp(event.at)} if event.data.get("test") else {}
    return {**{name: (card or {}).get(name) for name in ("test", "tested_at")}, **_told(None, event), **tested}


def _figures(card: Data | None, event: Event) -> dict[str, Any]:
    figures = dict((card or {}).get("figures", ())) | dict(event.data["figures"])
    return {**_told(None, event), "figures": [list(pair) for pair in figures.items()]}  # pairs keep their order


# --- a shift change ---------------------------------------------------------------------------------------------------


def _listed(name: str) -> Step:
    """What happened to a change is kept one after the other, in a list of that name."""

    def step(card: Data | None, event: Event) -> dict[str, Any]:
        known = card or {"change": event.data["change"], "at": event.data["at"]}
        told = {key: value for key, value in event.data.items() if key not in {"change", "at", "row"}}
        entry = {**told, "when": stamp(event.at), "by": event.author, "number": event.number}
        return {**known, name: [*known.get(name, []), entry]}

    return step


def _frozen(card: Data | None, event: Event) -> dict[str, Any]:
    known = card or {"change": event.data["change"], "at": event.data["at"]}
    frozen = {"until": event.data["until"], "at": event.data["cut"], "late": event.data.get("late", False)}
    return {**known, "frozen": frozen}


def _cosigned(card: Data | None, event: Event) -> dict[str, Any] | None:
    if card is None:
        return None
    supplements = [
        {**entry, "signed": {**entry.get("signed", {}), event.data["person"]: stamp(event.at)}}
        if entry["number"] == event.data["supplement"]
        else entry
        for entry in card.get("supplements", [])
    ]
    return {**card, "supplements": supplements}


# --- the table of steps -----------------------------------------------------------------------------------------------


def _own(event: Event) -> str:
    return str(event.number)


def _named(*names: str) -> Callable[[Event], str]:
    return lambda event: "|".join(str(event.data[name]) for name in names)


STEPS: Final[Mapping[str, tuple[str, Callable[[Event], str], Step]]] = {
    ADDED: ("item", _own, _added),
    UPDATED: ("item", _named("item"), _updated),
    CLOSED: ("item", _named("item"), _closed),
    TRANSFERRED: ("item", _named("item"), _transferred),
    ORDERED: ("order", _own, _told),
    REVOKED: ("order", _named("order"), _revoked),
    POSTED: ("notice", _own, _told),
    READ: ("notice", _named("notice"), _read),
    COUNTED: ("thing", _named("thing"), _counted),
    EQUIPMENT: ("equipment", _named("equipment"), _equipment),
    TICKED: ("tick", _named("day", "shift", "line"), _told),
    ARRIVED: ("arrival", _named("day", "shift", "person"), _told),
    FIGURES: ("figures", _named("day", "shift", "team"), _figures),
    FROZEN: ("change", _named("change"), _frozen),
    SIGNED: ("change", _named("change"), _listed("signatures")),
    REFUSED: ("change", _named("change"), _listed("signatures")),
    OVERRIDDEN: ("change", _named("change"), _listed("overrides")),
    UNFIT: ("change", _named("change"), _listed("unfit")),
    AMENDED: ("change", _named("change"), _listed("supplements")),
    COSIGNED: ("change", _named("change"), _cosigned),
}
KINDS: Final = tuple(STEPS)
SHELVES: Final = tuple(dict.fromkeys((*(shelf for shelf, _, _ in STEPS.values()), "row", "workbook")))
TOLD: Final = tuple(kind for kind in KINDS if kind != FROZEN)  # by people; the watermark is set by making a sheet


def step(card: Card | None, event: Event) -> Card | None:
    """The card after an event; None where the event speaks of something that isn't there."""
    shelf, key, change = STEPS[event.kind]
    data = change(card.data if card else None, event)
    if data is None:
        return None
    at = datetime.fromisoformat(data["at"]) if shelf == "change" else event.at
    return Card(shelf, key(event), event.number, _live(shelf, data), at, data, data.get("severity") in GRAVE)


def _live(shelf: str, data: Data) -> bool:
    """Whether a card is read with what is open: items not closed, orders not revoked, things that should be there."""
    if shelf == "item":
        return bool(data["status"] != "closed")
    if shelf == "order":
        return "revoked_at" not in data
    if shelf == "thing":
        return bool(data.get("expected") or data.get("counted"))
    return shelf in {"notice", "equipment"}


def place(event: Event) -> tuple[str, str]:
    """The shelf and the key of the card that an event speaks of."""
    shelf, key, _ = STEPS[event.kind]
    return shelf, key(event)


def fold(events: Iterable[Event]) -> dict[tuple[str, str], Card]:
    """Every card, from the events alone."""
    cards: dict[tuple[str, str], Card] = {}
    for event in events:
        for card in _after(event, lambda shelf, key: cards.get((shelf, key))):
            cards[card.shelf, card.key] = card
    return cards


def write(book: Book, kind: str, data: Data, at: datetime | None = None) -> Event:
    """Append an event and file it on its card; ``at`` is when it was, where that was not now."""
    event = book.append(kind, data, at)
    _file(book, event)
    return event


def rebuild(book: Book) -> None:
    """File every card anew, from the events alone."""
    book.unfile(*SHELVES)
    for event in book.events(*KINDS):
        _file(book, event)


def _file(book: Book, event: Event) -> None:
    for card in _after(event, book.card):
        book.file(card, event)


def _after(event: Event, find: Callable[[str, str], Card | None]) -> Iterable[Card]:
    """The cards that an event leaves: its own, and that of the row it was imported from."""
    card = step(find(*place(event)), event)
    if card is not None:
        yield card
        if row := event.data.get("row"):
            told = replace(card, live=False, grave=False)
            yield replace(told, shelf="row", key=row["key"], data={**row, "card": card.key})
            if sheet := row.get("sheet"):  # so that a workbook or a sheet that is gone is missed
                yield replace(told, shelf="workbook", key=sheet, data={})
