"""The counter at which a desk hands over: its setup, its people, its changes, and its book open to read or to write."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from cstools.desk import Desk
from cstools.errors import BadInput, Refused, UsageFault, nearest
from cstools.handover.book import Book
from cstools.handover.change import Change, Worker
from cstools.handover.changes import Changes, read_changes
from cstools.handover.record import Recorder
from cstools.handover.setup import Setup, read_setup
from cstools.handover.signing import Signing
from cstools.language import Text
from cstools.tables.grid import fold
from cstools.team import Team
from cstools.team.leave import read_leave
from cstools.team.reading import Reading

# Where the change that is meant is looked for: a weekend's written handover is accepted days later.
BEFORE: Final = timedelta(days=7)
AFTER: Final = timedelta(days=2)


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
        team, leave = self.team, read_leave(self.sheets)
        return read_changes(self.desk.journal, team.people, self.desk.settings, self.group, leave, team.shifts)

    def on_duty(self, moment: datetime) -> tuple[Worker, ...]:
        """Who is on at a moment; the roster is read only once it is asked."""
        return self.changes.on_duty(moment)

    def ending(self, day: date, word: str) -> Change:
        """The change in which a day's shift, by code, name or kind, ends. Raises UsageFault where no shift is that."""
        found = [self.changes.of(day, code) for code in self._codes(word)]
        change = next((change for change in found if change.rostered), found[0])
        if not change.rostered and not self.team.shift_words().get(fold(word)):
            near = nearest(word, self.team.shifts.codes())
            raise UsageFault(Text("there is no shift “{word}”", word=word), *filter(None, [near]))
        return change

    def change(
        self, day: date | None = None, shift: str = "", at: datetime | None = None, who: str = "", side: str = ""
    ) -> Change:
        """The change in which a day's shift ends; or else the nearest to a moment, now if not told: of those in which
        the shift ends, where it is told, and in which somebody (a number) leaves or comes, where that one does.

        ``side`` is "out" or "in" where only that counts. Raises UsageFault where a day is told without its shift, and
        Refused where no roster knows such a change.
        """
        if day:
            if not shift:
                raise UsageFault(Text("--date and --shift go together"))
            return self.ending(day, shift)
        moment, codes = at or self.desk.now(), self._codes(shift) if shift else ()
        found = [
            change
            for change in self.changes.between(moment - BEFORE, moment + AFTER)
            if not codes or any(ends.code in codes for _, ends in change.shifts)
        ]
        far = [(distance, change) for change in found for distance in _distances(change, moment, who, side)]
        near = min(
            far or [(abs(change.at - moment), change) for change in found], key=lambda each: each[0], default=None
        )
        if near is None:
            raise Refused(Text("no published roster has a shift change near that: cstools roster publish FILE"))
        return near[1]

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
            yield Recorder(writing, self.setup, on_duty=self.on_duty)

    @contextmanager
    def signing(self, change: Change, by: str) -> Iterator[Signing]:
        """A change, to be signed."""
        with self.desk.journal.writing(by=by, now=self.desk.now()) as writing:
            yield Signing(writing, self.setup, change)

    def code(self, word: str) -> str:
        """A shift's code, told by code, name or kind; what isn't in sheet 班次 may still be in an old roster."""
        codes = self._codes(word)
        if len(codes) > 1:
            raise UsageFault(Text("“{word}” means several shifts: {codes}", word=word, codes=codes))
        known = self.team.shifts.codes()
        if codes[0] not in known and all(posted.shift.code != word for posted in self.changes.board.cells.values()):
            raise UsageFault(Text("there is no shift “{word}”", word=word), *filter(None, [nearest(word, known)]))
        return codes[0]

    def _codes(self, word: str) -> tuple[str, ...]:
        return self.team.shift_words().get(fold(word), ()) or (word,)


def _distances(change: Change, moment: datetime, who: str, side: str) -> Iterator[timedelta]:
    """How far from a moment somebody leaves or comes in a change; what is handed over in writing, at the start."""
    if side != "in" and any(worker.number == who for worker in change.outgoing):
        yield abs(change.at - moment)
    if side != "out" and any(worker.number == who for worker in change.relief):
        yield abs((change.starts or change.at) - moment)
