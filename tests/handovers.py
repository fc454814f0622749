"""A desk's handover in a real journal: four people, a day and an evening shift that overlap, two days."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cstools.assets import template
from cstools.dated import Dated
from cstools.desk.settings import Handover, Settings
from cstools.duties import Board, Facts, Posted, board, record
from cstools.handover.book import Book
from cstools.handover.change import Change
from cstools.handover.changes import Changes, read_changes
from cstools.handover.checks import CLOSING, OPENING, TIMED, Check
from cstools.handover.content import content
from cstools.handover.record import Recorder
from cstools.handover.setup import Setup
from cstools.handover.sheet import SheetContent
from cstools.handover.signing import Signing
from cstools.handover.types import FILE, read_types_file
from cstools.journal import Journal
from cstools.people import Person, Terms
from cstools.shifts import Duty, Shift

if TYPE_CHECKING:
    from cstools.errors import Fault

MONDAY = date(2026, 11, 9)
TUESDAY = date(2026, 11, 10)
DAY = Shift("白", "白班", 8 * 60 + 30, 17 * 60, 480, "白班")
EVENING = Shift("晚", "晚班", 16 * 60 + 30, 24 * 60, 420, "晚班")
NOON = datetime(2026, 11, 9, 12, 0)
CHANGE = datetime(2026, 11, 9, 16, 30)
PEOPLE = tuple(
    Person(number, name, Dated.always(Terms(skills=frozenset(skills.split()))))
    for number, name, skills in (
        ("001", "张伟", "组长"), ("002", "王芳", "售后"), ("003", "李娜", "组长"), ("004", "赵敏", ""), ("009", "周主管", "主管"),
    )
)  # fmt: skip
CHECKS = (
    Check(OPENING, "解挂电话"),
    Check(CLOSING, "电脑已关闭"),
    Check(CLOSING, "大扫除", ("晚班",), frozenset({4})),
    Check(TIMED, "确认货款", ("白",), clock=14 * 60 + 30),
    Check(TIMED, "递交", ("晚",), clock=20 * 60),
)  # fmt: skip


def posted(day: date, shift: Shift, person: str, *posts: str) -> Posted:
    return Posted.of(Duty(day, shift.code, person, posts), shift)


ROSTER = (
    posted(MONDAY, DAY, "001", "主旺旺"), posted(MONDAY, DAY, "002"),
    posted(MONDAY, EVENING, "003"), posted(MONDAY, EVENING, "004", "主旺旺"),
    posted(TUESDAY, DAY, "001"),
)  # fmt: skip


@dataclass
class House:
    """A journal with a published roster, and its setup. Every step happens a minute after the one before."""

    journal: Journal
    setup: Setup
    settings: Settings = field(default_factory=Settings)
    now: datetime = NOON

    @property
    def changes(self) -> Changes:
        return read_changes(self.journal, PEOPLE, self.settings)

    @property
    def change(self) -> Change:
        return self.changes.of(MONDAY, "白")

    def publish(
        self, *cells: Posted, days: frozenset[date] = frozenset({MONDAY, TUESDAY}), what: str = "published"
    ) -> None:
        after = Board(days).changed(
            {(each.duty.day, each.duty.person): each for each in cells}, {p.number: p.name for p in PEOPLE}
        )
        with self.journal.writing(by="主管", now=self.now) as book:
            record(book, Facts(what), after)

    def alter(self, what: str, cells: dict[tuple[date, str], Posted | None], note: str = "", instead: str = "") -> None:
        after = board(self.journal).changed(cells)
        with self.journal.writing(by="主管", now=self.now) as book:
            record(book, Facts(what, note=note, instead=instead), after)

    @contextmanager
    def recording(self, by: str = "001") -> Iterator[Recorder]:
        with self.journal.writing(by=by, now=self.tick()) as book:
            yield Recorder(book, self.setup, on_duty=self.changes.on_duty)

    @contextmanager
    def signing(self, change: Change | None = None, by: str = "001") -> Iterator[Signing]:
        with self.journal.writing(by=by, now=self.tick()) as book:
            yield Signing(book, self.setup, change or self.change)

    @contextmanager
    def reading(self) -> Iterator[Book]:
        with self.journal.reading() as pages:
            yield Book(pages, self.setup)

    def sheet(self, change: Change | None = None, moment: datetime = CHANGE) -> SheetContent:
        with self.reading() as book:
            return content(book, change or self.change, moment)

    def tick(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def ready(self, *, but: str = "") -> None:
        """Everything that the gates ask for, but one thing."""
        self.now = max(self.now, datetime(2026, 11, 9, 16, 20))
        with self.recording() as recorder:
            for line in () if but == "tick" else ("电脑已关闭", "14:30 确认货款"):
                recorder.tick(MONDAY, "白", line, "001")
            for person in () if but == "arrive" else ("003", "004"):
                recorder.arrive(MONDAY, "晚", person)


def house(folder: Path, settings: Handover | None = None, *, roster: tuple[Posted, ...] = ROSTER) -> House:
    """A house in a folder, its roster published."""
    faults: list[Fault] = []
    types = read_types_file(template(FILE), faults)
    assert not faults
    setup = Setup(types, CHECKS, settings=settings or Handover(), people={person.number: person for person in PEOPLE},
                  supervisors=frozenset({"009"}))  # fmt: skip
    made = House(Journal(folder / "journal.db"), setup, Settings(handover=setup.settings))
    if roster:
        made.publish(*roster)
    return made
