"""The counter at which a desk hands over: its setup, its people, its changes, and its book open to read or to write."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from cstools.desk import Desk
from cstools.errors import BadInput, Refused, UsageFault, nearest
from cstools.handover.book import Book
from cstools.handover.change import Change, Changes, read_changes
from cstools.handover.record import Recorder
from cstools.handover.setup import Setup, read_setup
from cstools.handover.signing import Signing
from cstools.language import Text
from cstools.tables.grid import fold
from cstools.team import Team
from cstools.team.leave import read_leave
from cstools.team.reading import Reading


@dataclass(frozen=True)
class Counter:
    """A desk's handover. ``group`` asks for one group's changes and items only."""

    desk: Desk
    sheets: Reading
    setup: Setup
    group: str = ""

    @classmethod
    def of(cls, desk: Desk, group: str = "") -> "Counter":
        """A desk's handover as set up; BadInput with every fault of its sheets and tables."""
        sheets = Reading.start(desk, desk.today())
        if sheets.faults:
            raise BadInput(sheets.faults)
        groups = sheets.team.groups()
        if group and group not in groups:
            near = nearest(group, groups)
            raise UsageFault(Text("there is no group “{name}” in sheet 人员", name=group), *filter(None, [near]))
        return cls(desk, sheets, read_setup(desk, sheets.team), group)

    @property
    def team(self) -> Team:
        """The desk's people, shifts and calendar."""
        return self.sheets.team

    @cached_property
    def changes(self) -> Changes:
        """The changes that what is published now makes; BadInput where sheet 请假与愿望 can't be understood."""
        leave = read_leave(self.sheets)
        return read_changes(self.desk.journal, self.team.people, self.desk.settings, self.group, leave)

    def change(self, day: date | None = None, shift: str = "", at: datetime | None = None) -> Change:
        """The change in which a day's shift ends, the next one after a moment, or without either the next one now.

        Raises UsageFault where a day is told without its shift, and Refused where no roster knows a next change.
        """
        if day or shift:
            if at or not shift:
                raise UsageFault(Text("a change is told by --date with --shift, or by --at, or by neither"))
            return self.changes.of(day or self.desk.today(), self.code(shift))
        found = self.changes.next_after(at or self.desk.now())
        if found is None:
            raise Refused(Text("no published roster has a shift after that: cstools roster publish FILE"))
        return found

    def person(self, word: str) -> str:
        """Somebody's number, told by number or name."""
        found = self.team.find(word)
        if isinstance(found, Text):
            raise UsageFault(Text("“{word}”: {why}", word=word, why=found), *filter(None, [self.team.nearest(word)]))
        if found is None:
            raise UsageFault(Text("“{word}”: {why}", word=word, why=Text("the row can't be read")))
        return found.number

    @contextmanager
    def reading(self) -> Iterator[Book]:
        """The book, to be read as it is at one moment."""
        with self.desk.journal.reading() as pages:
            yield Book(pages, self.setup)

    @contextmanager
    def recording(self, by: str) -> Iterator[Recorder]:
        """The book, to be written into: all or nothing."""
        with self.desk.journal.writing(by=by, now=self.desk.now()) as writing:
            yield Recorder(writing, self.setup)

    @contextmanager
    def signing(self, change: Change, by: str) -> Iterator[Signing]:
        """A change, to be signed."""
        with self.desk.journal.writing(by=by, now=self.desk.now()) as writing:
            yield Signing(writing, self.setup, change)

    def code(self, word: str) -> str:
        """A shift's code, told by code, name or kind; what isn't in sheet 班次 may still be in an old roster."""
        codes = self.team.shift_words().get(fold(word), ())
        if len(codes) > 1:
            raise UsageFault(Text("“{word}” means several shifts: {codes}", word=word, codes=codes))
        return codes[0] if codes else word
