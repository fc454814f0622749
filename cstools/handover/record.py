"""What people write into the book: each a checked event. Every function works inside the journal's writing transaction.

``at`` is when it was, where that was not now; a time given for something earlier marks it 补录. Nothing is from the
future. What can't be taken raises UsageFault or Refused, and nothing is recorded.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from cstools.errors import Refused, UsageFault
from cstools.handover import events
from cstools.handover.book import Book
from cstools.handover.change import Worker
from cstools.handover.events import write
from cstools.handover.items import LABELS, Item, write_fields
from cstools.handover.setup import Setup
from cstools.handover.types import ItemType
from cstools.handover.words import Equipment, Severity, Status
from cstools.journal import Book as Writing
from cstools.journal import Event
from cstools.language import Text

GIVEN: Final = frozenset(LABELS) - {"result"}  # what may be written into an open item


@dataclass(frozen=True)
class Recorder:
    """Writes into an open journal of a desk. ``row`` is the row of a workbook that says it, for the next event only;
    ``on_duty`` tells who is on at a moment, whoever answers for the shift first.
    """

    writing: Writing
    setup: Setup
    row: Mapping[str, str] | None = None
    on_duty: Callable[[datetime], Sequence[Worker]] | None = None

    @property
    def book(self) -> Book:
        """The book as it is now."""
        return Book(self.writing, self.setup)

    # --- items --------------------------------------------------------------------------------------------------------

    def add(self, fields: Mapping[str, Any], at: datetime | None = None, *, late: bool = False) -> Item:
        """Record an item: title and owner suffice. Its type lifts a severity that is too low, and may open another item
        with it (转部门 → 次日回访). Where its type asks who else is liable and nobody says, the roster does.
        """
        kind = self._kind(fields.get("kind") or "其他")
        if not str(fields.get("title") or "").strip() or not fields.get("owner"):
            raise UsageFault(Text("a matter needs at least its title and its owner"))
        given = {name: value for name, value in fields.items() if value}
        if "liable" in kind.needs:
            given = {"liable": self._liable(given["owner"], at), **given}
        severity = max(given.get("severity", Severity.ORDINARY), kind.least, key=lambda each: each.rank)
        data = {**self._fields({**given, "severity": severity}), "kind": kind.name}
        item = self._item(self._say(events.ADDED, data | ({"late": True} if late else {}), at))
        self._follow(item, kind.follows, at)
        return item

    def update(self, number: int, fields: Mapping[str, Any], at: datetime | None = None) -> Item:
        """Change fields of an item; None or an empty value takes one away. Opening a closed one again is a change of
        its status; closing has its own verb.
        """
        item = self._known(number)
        if fields.get("status") is Status.CLOSED:
            raise UsageFault(Text("close a matter with its outcome: cstools handover close"))
        if not item.open and fields.get("status") is None:
            raise Refused(Text("matter {number} is closed; open it again with --status first", number=number))
        told = {name: _trimmed(value) or None for name, value in fields.items()}
        changed = {name: value for name, value in told.items() if value != (getattr(item, name) or None)}
        if "title" in changed and not changed["title"]:
            raise UsageFault(Text("a matter needs at least its title and its owner"))
        if "owner" in changed:
            raise UsageFault(Text("the owner changes by a transfer: cstools handover transfer"))
        if "severity" in changed or "kind" in changed:
            kind = self._kind(changed.get("kind") or item.kind)
            least = max(changed.get("severity") or item.severity, kind.least, key=lambda each: each.rank)
            changed |= {"kind": kind.name, "severity": least}
        if changed:
            self._say(events.UPDATED, {"item": number, "fields": self._fields(changed)}, at)
        found = self._known(number)
        if found.kind != item.kind:
            self._follow(found, self.setup.types.of(found).follows, at)
        return found

    def close(self, number: int, result: str, at: datetime | None = None) -> tuple[Item, Item | None]:
        """Close an item with a final result that its type names; also the item that this opens, where it opens one."""
        item = self._known(number)
        if not item.open:
            raise Refused(Text("matter {number} is closed already", number=number))
        kind = self.setup.types.of(item)
        if not kind.final(result):
            if not result.strip():
                raise UsageFault(Text("closing needs the outcome"))
            raise Refused(Text("“{result}” is no final result of {kind}: {results}", result=result, kind=kind.name,
                               results=kind.results))  # fmt: skip
        self._say(events.CLOSED, {"item": number, "result": result.strip()}, at)
        return self._known(number), self._follow(item, kind.opens, at)

    def correct(self, number: int, result: str) -> None:
        """Put right the words of the outcome of a closed item."""
        item = self._known(number)
        if not self.setup.types.of(item).final(result):
            raise Refused(Text("“{result}” is no final result of {kind}: {results}", result=result, kind=item.kind,
                               results=self.setup.types.of(item).results))  # fmt: skip
        self._say(events.UPDATED, {"item": number, "fields": {"result": result.strip()}}, None)

    def remember(self, number: int) -> None:
        """Keep the row as it stands now, where what changed in it changes nothing of the item."""
        known = self.book.imported(self.row["key"]) if self.row else None
        if self.row and (known is None or known["typed"] != self.row["typed"]):
            self._say(events.UPDATED, {"item": number, "fields": {}}, None)

    def transfer(self, number: int, to: str, why: str = "", at: datetime | None = None) -> Item:
        """Give an item to another owner, who is named; it stays open."""
        item = self._known(number)
        if not item.open:
            raise Refused(Text("matter {number} is closed already", number=number))
        self._say(events.TRANSFERRED, {"item": number, "from": item.owner, "to": to, "why": why}, at)
        return self._known(number)

    def opened_by(self, item: Item) -> list[Item]:
        """The open items that recording an item has opened."""
        asked = self.setup.types.of(item).follows
        return [other for other in self.book.open_items() if other.parent == item.number] if asked else []

    def _follow(self, item: Item, kind: str, at: datetime | None) -> Item | None:
        """The item that another opens (投诉 → 次日回访): same customer, same owner, due by its own type's time."""
        if kind not in self.setup.types.types:
            return None
        opens = self.setup.types.types[kind]
        kept = ("customer", "contact", "address", "grade", "reference", "team")
        data = {
            **self._fields({name: getattr(item, name) for name in kept if getattr(item, name)}),
            "kind": opens.name,
            "title": item.title,
            "owner": item.owner,
            "severity": opens.least.value,
            "parent": item.number,
            "course": item.course or item.title,
        }
        return self._item(write(self.writing, events.ADDED, data, at))

    # --- orders and notices -------------------------------------------------------------------------------------------

    def order(
        self, text: str, given_by: str, since: date, until: date | None = None, at: datetime | None = None
    ) -> int:
        """Record a superior's order, which stands until it is revoked or its last day is over; its number."""
        self._words(text)
        data = {"text": text.strip(), "given_by": given_by, "since": since.isoformat(), **_until(since, until)}
        return self._say(events.ORDERED, data, at).number

    def revoke(self, number: int, at: datetime | None = None) -> None:
        """Revoke an order."""
        if number not in dict(self.book.orders()):
            raise UsageFault(Text("there is no standing order {number}", number=number))
        self._say(events.REVOKED, {"order": number}, at)

    def notice(self, kind: str, text: str, since: date, until: date | None = None, at: datetime | None = None) -> int:
        """Post a notice or an agreed wording that everybody reads; its number."""
        self._words(text)
        data = {"kind": kind, "text": text.strip(), "since": since.isoformat(), **_until(since, until)}
        return self._say(events.POSTED, data, at).number

    def read(self, number: int, person: str, at: datetime | None = None) -> None:
        """Tick that somebody has read a notice."""
        if number not in dict(self.book.notices()):
            raise UsageFault(Text("there is no notice {number}", number=number))
        self._say(events.READ, {"notice": number, "person": person}, at)

    # --- what is shared and done --------------------------------------------------------------------------------------

    def count(
        self,
        thing: str,
        counted: int | None,
        expected: int | None = None,
        holder: str | None = None,
        note: str | None = None,
        at: datetime | None = None,
    ) -> None:
        """Record how many of a shared thing were counted, how many there should be, who has it."""
        self._words(thing)
        known = {data["thing"] for data in self.book.things()}
        if counted is None and expected is None and holder is None:
            raise UsageFault(Text("say how many were counted, or how many there should be"))
        if thing.strip() not in known and expected is None:
            raise UsageFault(Text("{thing} is new: say how many there should be", thing=thing))
        told = {"counted": counted, "expected": expected, "holder": holder, "note": note}
        data = {name: value for name, value in told.items() if value is not None}
        self._say(events.COUNTED, {"thing": thing.strip(), **data}, at)

    def equipment(
        self, name: str, state: Equipment, note: str = "", test: str = "", at: datetime | None = None
    ) -> None:
        """Record how a machine is, and what a test of it showed."""
        self._words(name)
        data = {"equipment": name.strip(), "state": state.value, "note": note} | ({"test": test} if test else {})
        self._say(events.EQUIPMENT, data, at)

    def tick(self, day: date, shift: str, line: str, person: str, result: str = "", at: datetime | None = None) -> None:
        """Tick a line of a shift's checklist."""
        known = {check.line for check in self.setup.checks}
        if line not in known:
            raise UsageFault(Text("no checklist has the line “{line}”", line=line))
        data = {"day": day.isoformat(), "shift": shift, "line": line, "person": person, "result": result}
        self._say(events.TICKED, data, at)

    def arrive(self, day: date, shift: str, person: str, note: str = "", at: datetime | None = None) -> None:
        """Record that somebody has arrived for a shift."""
        self._say(events.ARRIVED, {"day": day.isoformat(), "shift": shift, "person": person, "note": note}, at)

    def figures(
        self, day: date, shift: str, figures: Mapping[str, str], team: str = "", at: datetime | None = None
    ) -> None:
        """Record figures of a shift's daily report; others of the same shift stay."""
        if not figures:
            raise UsageFault(Text("no figure is told"))
        data = {
            "day": day.isoformat(),
            "shift": shift,
            "team": team,
            "figures": [list(pair) for pair in figures.items()],
        }
        self._say(events.FIGURES, data, at)

    # --- checks -------------------------------------------------------------------------------------------------------

    def _say(self, kind: str, data: Mapping[str, Any], at: datetime | None) -> Event:
        if at is not None and at > self.writing.now:
            raise UsageFault(Text("{time} is still to come", time=at.isoformat(" ", "minutes")))
        told = {**data, "row": dict(self.row)} if self.row else data
        return write(self.writing, kind, told, at)

    def _known(self, number: int) -> Item:
        item = self.book.item(number)
        if item is None:
            raise UsageFault(Text("there is no matter {number}", number=number))
        return item

    def _item(self, event: Event) -> Item:
        return self._known(event.number)

    def _kind(self, word: str) -> ItemType:
        kind = self.setup.types.find(word)
        if kind is None:
            near = self.setup.types.nearest(word)
            raise UsageFault(Text("there is no type “{name}”", name=word), *([near] if near else []))
        return kind

    def _liable(self, owner: str, at: datetime | None) -> tuple[str, ...]:
        """Who took the order and who was on duty then (003-081); nobody where no roster tells."""
        on = self.on_duty(at or self.writing.now) if self.on_duty else ()
        other = next((worker.number for worker in on if worker.number != owner), "")
        return (owner, other) if other else ()

    def _fields(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        unknown = fields.keys() - GIVEN
        if unknown:
            raise ValueError(unknown)
        return write_fields({name: _trimmed(value) for name, value in fields.items()})

    def _words(self, text: str) -> None:
        if not text.strip():
            raise UsageFault(Text("it needs its words"))


def _trimmed(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _until(since: date, until: date | None) -> dict[str, str]:
    if until is not None and until < since:
        raise UsageFault(Text("the end lies before the beginning"))
    return {} if until is None else {"until": until.isoformat()}
