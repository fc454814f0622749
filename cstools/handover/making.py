"""Making sheets: which ones are asked for or missing, and each rendered whole before its first byte is written."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from cstools import assets
from cstools.desk import Desk
from cstools.errors import Locked, Refused
from cstools.handover.book import Book
from cstools.handover.book_sheets import WORKBOOK, Importer
from cstools.handover.change import Change
from cstools.handover.changes import Changes
from cstools.handover.content import content
from cstools.handover.counter import Counter
from cstools.handover.events import SHELVES
from cstools.handover.forms import SUFFIXES, TEMPLATES, check, render
from cstools.handover.made import Made
from cstools.handover.setup import Setup
from cstools.handover.sheet import SheetContent
from cstools.handover.signing import Signing
from cstools.language import Text
from cstools.tables.save import make_folder, save_bytes, sweep
from cstools.team import Team

FOLDER: Final = "交接"
LIST: Final = Path(".cstools", "sheets.json")
LOCK: Final = Path(".cstools", "sheets.lock")
AHEAD: Final = timedelta(days=2)  # in which some shift of a desk ends
_UNSAFE: Final = re.compile(r'[\\/:*?"<>|\s]+')


@dataclass(frozen=True, slots=True)
class Written:
    """A sheet made, its files, and those written beside because the file itself was open."""

    sheet: SheetContent
    files: tuple[Path, ...]
    beside: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Maker:
    """Makes the sheets of a desk or of one of its groups, as somebody at a moment."""

    counter: Counter
    forms: Sequence[str]
    folder: Path
    by: str
    now: datetime

    @classmethod
    def of(
        cls, desk: Desk, group: str = "", forms: Sequence[str] = (), folder: Path | None = None, by: str = ""
    ) -> "Maker":
        """A maker for now; raises BadInput with all that is wrong in the desk's sheets, having written nothing."""
        return cls(Counter.of(desk, group), forms, folder or desk.folder / FOLDER, by, desk.now())

    @property
    def desk(self) -> Desk:
        """Whose sheets they are."""
        return self.counter.desk

    @property
    def team(self) -> Team:
        """The desk's people and shifts."""
        return self.counter.team

    @property
    def setup(self) -> Setup:
        """What the desk has set up."""
        return self.counter.setup

    @property
    def changes(self) -> Changes:
        """The changes that what is published makes."""
        return self.counter.changes

    @property
    def importer(self) -> Importer:
        """Records what the agents' workbook says."""
        return Importer(self.desk.journal, self.team, self.setup, self.changes, self.now)

    def check(self) -> None:
        """Raise BadInput where the desk's own templates can't be filled, or the list of sheets not read, having written
        nothing: what the agents' workbook says is recorded only after this.
        """
        Made.read(self.desk.folder / LIST)
        for form in self.forms:
            name = TEMPLATES.get(form)
            if name and (path := self.desk.template(name)) != assets.template(name):
                check(form, path)

    def read_workbook(self) -> None:
        """Record what the agents' workbook says, where the desk has one; BadInput where it can't be taken, or is gone.

        A signature that is refused there is no fault: the sheet shows the gates that are shut.
        """
        if (path := self.desk.folder / WORKBOOK).exists():
            self.importer.read(path)
        else:
            self.importer.miss(path)

    # --- which --------------------------------------------------------------------------------------------------------

    def next_after(self, moment: datetime) -> Change:
        """The next change after a moment; on a day that isn't published, that of the desk's next shift to end."""
        change = self.changes.next_after(moment)
        planned = self.changes.unpublished(moment, change.at if change else moment + AHEAD)
        if planned:
            _, day, shift = planned[0]
            return self.changes.of(day, shift)
        if change is None:
            raise Refused(Text("sheet 班次 has no shift, and no roster is published"))
        return change

    def missing(self, last: datetime | None = None) -> list[Change]:
        """The changes that are over and have no final sheet, in order, since the last that has one and up to ``last``,
        if told; those of days that aren't published only where a draft was made.

        Where no sheet was ever final, since the first that was made, or else since the book was begun.
        """
        if (since := self._since) is None:
            return []
        until = min(last or self.now, self.now)
        found = [
            *self.changes.between(since, until),
            *(self.changes.of(day, shift) for _, day, shift in self.changes.unpublished(since, until)
              if self.changes.of(day, shift).key in self._made.sheets),
        ]  # fmt: skip
        return sorted((change for change in found if not self._made.is_final(change.key)), key=lambda each: each.at)

    def unrostered(self, last: datetime | None = None) -> list[date]:
        """The days since then of which some shift is over and that aren't published: nobody knows their changes."""
        if (since := self._since) is None:
            return []
        return sorted({day for _, day, _ in self.changes.unpublished(since, min(last or self.now, self.now))})

    @property
    def _made(self) -> Made:
        return Made.read(self.desk.folder / LIST)

    @property
    def _since(self) -> datetime | None:
        since = self._made.since() or self._begun()
        return since - timedelta(seconds=1) if since else None

    def _begun(self) -> datetime | None:
        with self.desk.journal.reading() as pages:
            found = [pages.began(shelf) for shelf in SHELVES] if pages else []
        return min(filter(None, found), default=None)

    # --- making -------------------------------------------------------------------------------------------------------

    def make(self, change: Change) -> Written:
        """Make one sheet; once its change is over it is final, and late where the next change is over too."""
        made = self._made
        final = change.at <= self.now
        if final:
            self._freeze(change, late=change.key not in made.sheets)
        with self.desk.journal.reading() as pages:
            sheet = content(Book(pages, self.setup), change, change.at if final else self.now)
        files = {file_name(change, form): render(form, sheet, self.desk.template) for form in self.forms}
        written = self._write(files)
        made.with_sheet(change.key, change.at, self.now, files, final=final)
        return written_of(sheet, written, files, self.folder)

    def _freeze(self, change: Change, *, late: bool) -> None:
        following = self.changes.next_after(change.at)
        missed = late and following is not None and following.at <= self.now
        with self.desk.journal.writing(by=self.by, now=self.now) as writing:
            Signing(writing, self.setup, change).freeze(late=missed)

    def _write(self, files: Mapping[str, bytes]) -> list[Path]:
        make_folder(self.folder)
        sweep(self.folder, f"{FOLDER}_")
        return [_save(self.folder / name, data) for name, data in files.items()]


def written_of(sheet: SheetContent, paths: Sequence[Path], files: Mapping[str, bytes], folder: Path) -> Written:
    """What was written where."""
    wanted = {folder / name for name in files}
    return Written(sheet, tuple(paths), tuple(path for path in paths if path not in wanted))


def file_name(change: Change, form: str) -> str:
    """交接_2026-11-09_白.xlsx, with the group where the sheet is one group's."""
    parts = (FOLDER, change.day.isoformat(), change.shift, change.team)
    return "_".join(_UNSAFE.sub("-", part) for part in parts if part) + SUFFIXES[form]


def _save(path: Path, data: bytes) -> Path:
    """Write a file; beside it where it is open in Excel, and once it isn't, without the one beside it."""
    beside = path.with_name(f"{path.stem}-1{path.suffix}")
    try:
        save_bytes(path, data)
    except Locked:
        save_bytes(beside, data)
        return beside
    with suppress(OSError):  # open itself, then: the next run takes it away
        beside.unlink(missing_ok=True)
    return path
