"""The digest of all that a run reads, by which a change since then is noticed."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cstools.attendance import files
from cstools.desk import SETTINGS
from cstools.duties import Board, board
from cstools.journal import Book, Pages, canonical
from cstools.pay.desks import PayDesk
from cstools.pay.events import Event
from cstools.pay.incidents import from_handover
from cstools.pay.run import Run
from cstools.pay.store import before


@dataclass(frozen=True)
class Digest:
    """What all runs of a desk read: the hash of its files, what is published, what the handover book says."""

    files: Mapping[str, str]  # SHA-256 by path from the desk's folder; the roster desk's own with its name before
    board: Board
    events: tuple[Event, ...] = ()

    @classmethod
    def of(cls, pay: PayDesk) -> "Digest":
        """As it is now."""
        found: dict[str, str] = {}
        for path in set(_read_files(pay)):
            with suppress(OSError), path.open("rb") as file:  # whoever reads it next tells what keeps it from us
                found[_name(pay, path)] = hashlib.file_digest(file, "sha256").hexdigest()
        found = dict(sorted(found.items()))
        if pay.roster is None:
            return cls(found, Board())
        journal = pay.roster.journal
        return cls(found, board(journal), tuple(from_handover(journal, pay.pay.handover_kinds)))

    def changed(self, then: Mapping[str, str]) -> list[str]:
        """The files that are other, new or gone, compared with those of another time."""
        return sorted(name for name in self.files.keys() | then.keys() if self.files.get(name) != then.get(name))

    def on(self, run: Run, pages: Pages | None) -> str:
        """SHA-256 over all that a run reads: the files, the roster desk's duties and events, what earlier runs left.

        Only what lies in the run's periods counts of the duties, and nothing after them of the events: a swap of the
        next month changes nothing here.
        """
        periods = (run.work, run.attendance, run.commission)
        first, last = min(period.first for period in periods), max(period.last for period in periods)
        found = hashlib.sha256(canonical(self.files).encode())
        for one in before(pages, run):
            found.update(one.facts.encode())
        duties = [[posted.duty.day.isoformat(), posted.duty.person, posted.duty.shift, *posted.span]
                  for posted in self.board.within(first, last)]  # fmt: skip
        events = [repr(event) for event in self.events if event.day <= last]
        found.update(canonical({"duties": duties, "events": events}).encode())
        return found.hexdigest()


def digest(pay: PayDesk, run: Run, pages: Pages | None) -> str:
    """The digest of one run."""
    return Digest.of(pay).on(run, pages)


def keep_read(book: Book, pay: PayDesk, run: Run, now: Digest) -> None:
    """Keep which files a run read, each with its hash, and its settings and workbook whole."""
    book.keep(f"pay-read/{run.id}", canonical(now.files).encode())
    for name in (SETTINGS, pay.pay.book):
        if (path := pay.folder / name).is_file():
            book.keep(f"pay-read/{run.id}/{name}", path.read_bytes())


def files_read(pages: Pages, run: Run) -> dict[str, str]:
    """The files that a run read when it was last made, each with its hash."""
    kept = pages.snapshot(f"pay-read/{run.id}")
    return dict(json.loads(kept.content)) if kept else {}


def _name(pay: PayDesk, path: Path) -> str:
    """A file's path from the desk's folder; the roster desk's with that folder's name before it."""
    if path.is_relative_to(pay.folder):
        return path.relative_to(pay.folder).as_posix()
    return f"{path.parent.name}/{path.name}"


def _read_files(pay: PayDesk) -> Iterator[Path]:
    patterns = (*pay.orders.files, *pay.orders.items, *pay.orders.refunds, *pay.orders.chats, *pay.orders.silent,
                *pay.pay.tax_files, *pay.pay.opening_files, *pay.pay.deduction_files)  # fmt: skip
    yield from (path for pattern in patterns for path in pay.folder.glob(pattern) if path.name[0] not in ".~")
    yield from files(pay.folder, pay.attendance)
    yield pay.folder / "cstools.toml"
    yield from pay.folder.glob(pay.pay.book)
    yield from pay.folder.glob("*.csv")
    if pay.roster:
        yield from pay.roster.folder.glob(pay.roster.settings.team)
        yield from pay.roster.folder.glob("*.csv")
