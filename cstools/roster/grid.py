"""A roster as people fill it in: a word in each cell of a grid; and who sits where and eats when, from sheet 按日."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from cstools.days import read_time
from cstools.desk import Form
from cstools.errors import Fault, Source, nearest
from cstools.language import Text, mark
from cstools.people import Person
from cstools.roster.frame import Frame, find_frame, grid_sheet
from cstools.roster.sheets.needs import window
from cstools.shifts import Duty
from cstools.tables import kinds
from cstools.tables.columns import Column, read_cell, read_rows
from cstools.tables.grid import Book, Cell, Row, Sheet, both_names, fold
from cstools.tables.kinds import Wrong
from cstools.team.reading import NAME, NUMBER, Reading
from cstools.team.sheets import OFF_WORDS

BY_DAY: Final = Form(mark("by day"), (
    Column("day", mark("date"), kinds.day, required=True),
    Column("shift", mark("shift"), kinds.text, required=True, aliases=("代码",)),
    NUMBER, NAME,
    Column("posts", mark("post"), kinds.words, default=()),
    Column("meal", mark("meal"), window, aliases=("用餐时段",)),
))  # fmt: skip
_GROUP: Final = both_names(mark("group"))
_ENDED: Final = re.compile(r"(.+?)\s*[(\s]\s*((?:次日\s*)?\d{1,2}:\d{2})\s*\)?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A filled cell: a shift's code, or "" for a day off; posts and meal where sheet 按日 tells them."""

    person: str
    day: date
    shift: str
    source: Source
    word: str
    ended: int | None = None
    posts: tuple[str, ...] = ()
    meal: tuple[int, int] | None = None


@dataclass(frozen=True)
class Grid:
    """A grid's days in order, who has a row, its filled cells, and where each cell stands, blank ones too.

    ``detailed``: posts and meals are known.
    """

    days: tuple[date, ...] = ()
    people: tuple[str, ...] = ()
    entries: Mapping[tuple[str, date], Entry] = field(default_factory=dict)
    places: Mapping[tuple[str, date], Source] = field(default_factory=dict)
    detailed: bool = False

    def filled(self) -> frozenset[date]:
        """The days with at least one filled cell."""
        return frozenset(day for _, day in self.entries)


class GridReader:
    """Reads grids of one desk. Strangers are faults if ``strict``, else notes: people of old rosters have left."""

    def __init__(self, reading: Reading, *, strict: bool = True, off_words: Iterable[str] = ()) -> None:
        self.reading = reading
        self.strict = strict
        self.off = OFF_WORDS | {fold(word) for word in off_words}
        self.words = {word: codes[0] for word, codes in reading.shift_words.items() if self._is_name(word, codes)}

    def _is_name(self, word: str, codes: Sequence[str]) -> bool:
        """Whether a word is one shift's code or name; a kind alone doesn't say which shift."""
        shifts = [shift for _, shift in self.reading.team.shifts.versions[codes[0]].values if shift]
        return len(codes) == 1 and any(word in {fold(shift.code), fold(shift.name)} for shift in shifts)

    def read(self, sheet: Sheet, *, within: tuple[date, date] | None = None) -> Grid:
        """A grid's filled cells, of all its days or of those within two; no days where it has no header."""
        faults = self.reading.faults
        frame = find_frame(sheet, self.reading.near, faults)
        if frame is None:
            if sheet.rows:
                wrong = Text("no row here has a header 工号 or 姓名, and dates")
                faults.append(
                    Fault(sheet.source(), None, wrong, Text("工号, 姓名 and one column a day, such as 2026-11-09"))
                )
            return Grid()
        days = {place: day for place, day in frame.days.items() if within is None or within[0] <= day <= within[1]}
        people: list[str] = []
        entries: dict[tuple[str, date], Entry] = {}
        places: dict[tuple[str, date], Source] = {}
        undated: set[int] = set()
        bottom = max(
            (merge.bottom for merge in sheet.merges if merge.top <= frame.header.number <= merge.bottom),
            default=frame.header.number,
        )
        for row in sheet.rows:
            if row.number > bottom and (person := self._person(sheet, frame, row)):
                people.append(person.number)
                self._note_undated(sheet, frame, row, undated)
                for place, day in days.items():
                    places.setdefault((person.number, day), sheet.source(row.cell(place).ref))
                    if entry := self._entry(sheet, row.cell(place), person, day):
                        self._keep(entries, entry)
        return Grid(tuple(sorted(days.values())), tuple(dict.fromkeys(people)), entries, places)

    def _note_undated(self, sheet: Sheet, frame: Frame, row: Row, told: set[int]) -> None:
        """Tell, once a column, of a shift under a header that is no date: it was meant, and isn't read."""
        known = {frame.number, frame.name, *frame.days, *told}
        for place, cell in enumerate(row.cells, 1):
            header = frame.header.cell(place).value
            if place in known or not isinstance(cell.value, str) or fold(cell.value) not in self.words:
                continue
            if fold(str(header or "")) not in _GROUP:  # groups may be called like shifts
                told.add(place)
                wrong = Text("a shift under a header that is no date: this column isn't read")
                right = Text("a date in its header")
                self.reading.notes.append(Fault(sheet.source(cell.ref), cell.value, wrong, right))

    def _person(self, sheet: Sheet, frame: Frame, row: Row) -> Person | None:
        """Whose row it is; None for rows of totals, weekdays and remarks, and, with a fault or note, for strangers."""
        number = row.cell(frame.number) if frame.number else Cell(None, "")
        name = row.cell(frame.name) if frame.name else Cell(None, "")
        cell = number if number.value is not None else name
        if cell.value is None:
            return None
        try:
            word: str = read_cell(cell, kinds.identifier if cell is number else kinds.text)
        except Wrong as error:
            self.reading.faults.append(Fault(sheet.source(cell.ref), cell.value, error.wrong, error.right))
            return None
        found = self.reading.team.find(word)
        if not isinstance(found, Text):
            return self._named(sheet, found, name) if cell is number else found
        if cell is name and not self._has_words(frame, row):
            return None
        self.reading.tell_stranger(Fault(sheet.source(cell.ref), cell.value, found), word, strict=self.strict)
        return None

    def _named(self, sheet: Sheet, person: Person | None, name: Cell) -> Person | None:
        """The person of a number, if the name beside it is the same person's."""
        if person and isinstance(name.value, str) and fold(name.value) != fold(person.name):
            wrong = Text("number {number} is {name}", number=person.number, name=person.name)
            told = Fault(sheet.source(name.ref), name.value, wrong, Text("number and name of the same person"))
            (self.reading.faults if self.strict else self.reading.notes).append(told)
        return person

    def _has_words(self, frame: Frame, row: Row) -> bool:
        """Whether a row's cells hold shifts or days off, as rows of people do and rows of totals don't."""
        return any(
            isinstance(value := row.cell(place).value, str) and self._means(value) is not None for place in frame.days
        )

    def _means(self, text: str) -> tuple[str, int | None] | None:
        """A cell's shift ("" for a day off) and actual end; None for a word that means neither."""
        word = fold(text)
        if word in self.words:
            return self.words[word], None
        if word in self.off or (word.endswith("假") and not re.search(r"\d", word)):
            return "", None
        found = _ENDED.fullmatch(unicodedata.normalize("NFKC", text).strip())
        if found and (code := self.words.get(fold(found[1]))):
            return code, self._end(found[2])
        return None

    def _end(self, text: str) -> int | None:
        try:
            return read_time(text)
        except ValueError:
            return None

    def _entry(self, sheet: Sheet, cell: Cell, person: Person, day: date) -> Entry | None:
        if cell.value is None:
            return None
        source = sheet.source(cell.ref)
        try:
            text: str = read_cell(cell, kinds.text)
        except Wrong as error:
            self.reading.faults.append(Fault(source, cell.value, error.wrong, error.right))
            return None
        means = self._means(text)
        if means is None:
            if not self.reading.team.unread(text):
                self._unknown(source, text)
            return None
        code, ended = means
        shift = self.reading.team.shifts.on(day).get(code)
        if code and shift is None:
            wrong = Text("there is no shift {shift} on {day}", shift=code, day=day)
            self.reading.faults.append(Fault(source, text, wrong, Text("see columns 自 and 至 of sheet 班次")))
            return None
        if shift and ended is not None and ended < shift.start:
            ended += 24 * 60
        return Entry(person.number, day, code, source, text, ended)

    def _unknown(self, source: Source, text: str) -> None:
        codes = self.reading.team.shifts.codes()
        choices = (*codes, "休")
        right = nearest(text, codes) or Text("one of {choices}", choices=choices)
        if not self.strict:  # what was worked stays as it was
            right = Text(
                "one of {choices}; a shift that is gone keeps its row in sheet 班次, up to its day in 至",
                choices=choices,
            )
        self.reading.faults.append(Fault(source, text, Text("no shift in sheet 班次 is called this"), right))

    def _keep(self, entries: dict[tuple[str, date], Entry], entry: Entry) -> None:
        """Keep an entry; a second one for the same person and day that says something else is a fault."""
        other = entries.setdefault((entry.person, entry.day), entry)
        if (other.shift, other.ended) != (entry.shift, entry.ended):
            name = self.reading.team.find(entry.person)
            wrong = Text(
                "{name} has “{word}” on {day} in {cell} already",
                name=name.name if isinstance(name, Person) else entry.person, word=other.word, day=entry.day,
                cell=other.source.cell,
            )  # fmt: skip
            self.reading.faults.append(
                Fault(entry.source, entry.word, wrong, Text("one shift a day: clear one of the two cells"))
            )

    # --- a whole file -------------------------------------------------------------------------------------------------

    def read_file(self, book: Book, *, within: tuple[date, date] | None = None) -> Grid:
        """The roster in a file, ours or typed by hand: its grid, and posts and meals where it has a sheet 按日."""
        sheet = grid_sheet(book, self.reading.near)
        grid = self.read(sheet, within=within)
        by_day = book.find(BY_DAY.label, BY_DAY.aliases)
        return self._detailed(grid, by_day) if by_day and by_day.rows and grid.days else grid

    def _detailed(self, grid: Grid, sheet: Sheet) -> Grid:
        """The grid with posts and meals; where the two differ, the grid holds: it is what people edit."""
        near = kinds.day_near(grid.days[0])
        columns = [replace(column, kind=near) if column.kind is kinds.day else column for column in BY_DAY.columns]
        entries = dict(grid.entries)
        for record in read_rows(sheet, columns, self.reading.faults):
            person = self.reading.team.find(record["number"] or record["name"] or "")
            entry = entries.get((person.number, record["day"])) if isinstance(person, Person) else None
            if entry and entry.shift and self.words.get(fold(record["shift"])) == entry.shift:
                entries[entry.person, entry.day] = replace(entry, posts=record["posts"], meal=record["meal"])
        return replace(grid, entries=entries, detailed=True)


def duties_of(entries: Iterable[Entry]) -> Iterator[Duty]:
    """The duties among entries; days off are none."""
    for entry in entries:
        if entry.shift:
            yield Duty(entry.day, entry.shift, entry.person, entry.posts, entry.meal, entry.ended)
