"""Recording what 交接日志.xlsx says: each row once, all or nothing; what changed in a row since the last time."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cstools.errors import BadInput, Fault, Refused, Source, UsageFault
from cstools.handover.book_sheets import sheets
from cstools.handover.book_sheets.reading import Entry, Seen, read_entries
from cstools.handover.book_sheets.signatures import Signer, said
from cstools.handover.changes import Changes
from cstools.handover.items import LABELS, LISTS, MOMENTS
from cstools.handover.record import Recorder
from cstools.handover.setup import Setup
from cstools.handover.words import Severity, Status
from cstools.journal import Book as Writing
from cstools.journal import Journal
from cstools.language import Text
from cstools.tables.grid import read_book
from cstools.team import Team

WORKBOOK: Final = "交接日志.xlsx"
TELLING: Final = ("at", "customer", "contact", "reference")  # what doesn't change together with the title
FIELDS: Final = tuple(name for name in LABELS if name not in {"owner", "result", "status"})


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows said something new, and which signatures were not taken, and why."""

    new: int
    refused: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Importer:
    """A desk's book to import into. ``now`` is when."""

    journal: Journal
    team: Team
    setup: Setup
    changes: Changes
    now: datetime

    def read(self, path: Path) -> Imported:
        """Record what a workbook says; raises BadInput with every fault, having recorded nothing."""
        entries = self._entries(path)
        facts = [entry for entry in entries if entry.form is not sheets.SIGNATURES]
        new = self._record(facts, [fault for entry in entries for fault in self._early(entry)])
        signer = Signer(self.journal, self.setup, self.changes, self.now)
        signed = signer.sign(entry for entry in entries if entry.form is sheets.SIGNATURES)
        refused = tuple(each for each in signed if isinstance(each, Text))
        return Imported(new + sum(each is True for each in signed), refused)

    def miss(self, path: Path) -> None:
        """Raise BadInput where something was read from a workbook of this name before: it isn't there any more."""
        with self.journal.reading() as pages:
            known = Seen(pages, path.name).sheets()
        if known:
            wrong = Text("this workbook was read before and is gone")
            right = Text("put it back, or make an empty one: cstools handover book")
            raise BadInput([Fault(Source(str(path)), None, wrong, right)])

    def _entries(self, path: Path) -> list[Entry]:
        book = read_book(path)
        with self.journal.reading() as pages:
            return read_entries(book, self.team, self.setup, Seen(pages, path.name), self.changes.team)

    def _early(self, entry: Entry) -> Iterator[Fault]:
        at = entry.values.get("at")
        if at is not None and at > self.now:
            right = Text("not later than now: {now}", now=f"{self.now:%Y-%m-%d %H:%M}")
            yield entry.record.fault("at", Text("this time is still to come"), right)

    def _record(self, entries: list[Entry], faults: list[Fault]) -> int:
        """How many rows said something new; what can't be taken is a fault of its cell, and nothing is recorded."""
        if not entries and not faults:
            return 0
        with self.journal.writing(by="", now=self.now) as writing:
            new = sum(self._record_one(writing, entry, faults) for entry in entries if not any(self._early(entry)))
            if faults:
                raise BadInput(faults)
        return new

    def _record_one(self, writing: Writing, entry: Entry, faults: list[Fault]) -> bool:
        recorder = Recorder(writing, self.setup, on_duty=self.changes.on_duty)
        known = recorder.book.imported(entry.key)
        if known and known["told"] == entry.told:
            return False
        writing.author = entry.values.get("by") or entry.values["owner"]
        before = json.loads(known["told"]) if known else {}
        number = int(known["card"]) if known and "id" in entry.values else 0
        recorder = replace(recorder, row=entry.row)
        try:
            RECORD[entry.form.label](recorder, entry, number, before)
        except (UsageFault, Refused) as error:
            faults.append(entry.record.fault(_blamed(entry), said(error)))
        return True


def _blamed(entry: Entry) -> str:
    """The column that is to blame where the book can't take a row."""
    if entry.form is sheets.ITEMS and (entry.values.get("result") or entry.values.get("status") is Status.CLOSED):
        return "result"
    return "expected" if entry.form is sheets.COUNTS else entry.form.columns[0].key


# --- one function a sheet ---------------------------------------------------------------------------------------------

Known = Mapping[str, Any]


def _item(recorder: Recorder, entry: Entry, number: int, before: Known) -> None:
    told, at = entry.values, entry.values.get("at")
    if not number:
        fields = {name: told[name] for name in (*FIELDS, "owner") if name in told}
        open_status = {"status": told["status"]} if told.get("status", Status.CLOSED) is not Status.CLOSED else {}
        number = recorder.add({**fields, **open_status}, at, late=_is_late(recorder, at)).number
    else:
        now = json.loads(entry.told)
        _same_matter(number, before, now)
        changed = {name: _typed(name, now.get(name)) for name in FIELDS if now.get(name) != before.get(name)}
        if now.get("status") != before.get("status") and told.get("status", Status.CLOSED) is not Status.CLOSED:
            changed["status"] = told["status"]
        if now["owner"] != before["owner"]:
            recorder.transfer(number, told["owner"])
        if changed:
            recorder.update(number, changed)
    item = recorder.book.item(number)
    if item and item.open and (told.get("result") or told.get("status") is Status.CLOSED):
        recorder.close(number, told.get("result", ""))
    elif item and not item.open and told.get("result", item.result) != before.get("result", item.result):
        recorder.correct(number, told["result"])
    recorder.remember(number)


def _same_matter(number: int, before: Known, now: Known) -> None:
    """Raise Refused where a row that was recorded tells of another matter by now: the first one would be lost."""
    others = [name for name in TELLING if name in before and now.get(name) != before[name]]
    if now["title"] != before["title"] and others:
        told = Text("this row is matter {number}, {title}: another matter needs a row of its own",
                    number=number, title=before["title"])  # fmt: skip
        raise Refused(told)


def _typed(name: str, value: Any) -> Any:
    """A field of an item from what is kept of a row."""
    if value is None:
        return None
    if name == "severity":
        return Severity(value)
    if name in MOMENTS:
        return datetime.fromisoformat(value)
    return tuple(value) if name in LISTS else value


def _is_late(recorder: Recorder, at: datetime | None) -> bool:
    """Whether the sheet of that time is final already: 补录."""
    return at is not None and any("frozen" in change for change in recorder.book.changes_since(at))


def _order(recorder: Recorder, entry: Entry, number: int, before: Known) -> None:
    told = entry.values
    if not number:
        number = recorder.order(told["text"], told["given_by"], told["since"], told.get("until"), told.get("at"))
    elif {**before, "revoked": None} != {**json.loads(entry.told), "revoked": None}:
        raise Refused(Text("an order stands as it was recorded: revoke it and enter a new one"))
    if told["revoked"]:
        recorder.revoke(number)


def _notice(recorder: Recorder, entry: Entry, number: int, before: Known) -> None:
    told = entry.values
    if not number:
        number = recorder.notice(told["kind"], told["text"], told["since"], told.get("until"), told.get("at"))
    elif {**before, "read": None} != {**json.loads(entry.told), "read": None}:
        raise Refused(Text("a notice stands as it was recorded: enter a new one"))
    for person in told["read"]:
        if person not in before.get("read", []):
            recorder.read(number, person)


def _count(recorder: Recorder, entry: Entry, _: int, __: Known) -> None:
    told = entry.values
    recorder.count(told["thing"], told.get("counted"), told.get("expected"), told.get("holder"), told.get("note"),
                   told.get("at"))  # fmt: skip


def _machine(recorder: Recorder, entry: Entry, _: int, __: Known) -> None:
    told = entry.values
    recorder.equipment(told["name"], told["state"], told["note"], told["test"], told.get("at"))


def _tick(recorder: Recorder, entry: Entry, _: int, __: Known) -> None:
    told = entry.values
    recorder.tick(told["day"], told["shift"], told["line"], told["by"], told["result"], told.get("at"))


def _arrive(recorder: Recorder, entry: Entry, _: int, __: Known) -> None:
    told = entry.values
    recorder.arrive(told["day"], told["shift"], told["by"], told["note"], told.get("at"))


def _figure(recorder: Recorder, entry: Entry, _: int, __: Known) -> None:
    told = entry.values
    recorder.figures(told["day"], told["shift"], {told["name"]: told["value"]}, told["team"], told.get("at"))


RECORD: Final[Mapping[str, Callable[[Recorder, Entry, int, Known], None]]] = {
    sheets.ITEMS.label: _item,
    sheets.ORDERS.label: _order,
    sheets.NOTICES.label: _notice,
    sheets.COUNTS.label: _count,
    sheets.MACHINES.label: _machine,
    sheets.TICKS.label: _tick,
    sheets.ARRIVALS.label: _arrive,
    sheets.FIGURES.label: _figure,
}
