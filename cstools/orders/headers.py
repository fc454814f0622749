"""Finding a file's columns by their headers, as the shops' systems name them or as the desk maps them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Final

from cstools.errors import BadInput, Fault, Source, nearest
from cstools.language import Text
from cstools.tables.grid import fold
from cstools.tables.stream import Stream, cell_name, read_streams

_HEADER_WITHIN: Final = 15
_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Field:
    """A column by our own word for it, and its known headers, the best first; ``required`` where a file needs it.

    Where a file has several of the headers, the first ``count`` of them are read. ``usual`` is the one to ask for.
    """

    key: str
    headers: tuple[str, ...]
    required: bool = False
    count: int = 1
    usual: str = ""

    @property
    def name(self) -> str:
        """What it is called where it is missing."""
        return self.usual or self.headers[0]


@dataclass(slots=True)
class Sheet:
    """A sheet whose header was read: its other rows, ``first`` being the number of the first of them.

    ``places`` are columns from 0, by our words: a second one for ``note`` is ``note 2``.
    """

    stream: Stream
    header: tuple[str, ...]
    places: Mapping[str, int]
    first: int

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The rows below the header that hold something, with Excel's number; all as long as the header."""
        for number, row in enumerate(self.stream.rows, self.first):
            if any(map(str.strip, row)):
                yield number, row + [""] * (len(self.header) - len(row))

    def words(self, row: Sequence[str], key: str) -> str:
        """What a row has in a column; empty where the file doesn't have the column."""
        place = self.places.get(key)
        return self.stream.words(row[place]) if place is not None else ""

    def source(self, row: int, key: str = "") -> Source:
        """A row's cell in a column; its first one where no column is named."""
        return Source(self.stream.file, self.stream.sheet, cell_name(self.places.get(key, 0), row))

    def put_back(self, row: list[str]) -> None:
        """Give back the row that was read last."""
        self.stream = replace(self.stream, rows=chain([row], self.stream.rows))

    def place(self, header: str, faults: list[Fault]) -> int:
        """Where a header of the desk's own choice stands; a fault, and -1, where it doesn't."""
        names = [header_name(name) for name in self.header]
        if header_name(header) in names:
            return names.index(header_name(header))
        wrong = Text("the header {missing} is missing", missing=(header,))
        faults.append(Fault(self.source(self.first - 1), None, wrong, nearest(header, self.header)))
        return -1


def with_headers(fields: Iterable[Field], chosen: object, required: Iterable[str] = ()) -> list[Field]:
    """Fields by the headers that a desk has chosen; those with one, and ``required``, must then be there."""
    asked = frozenset(required)
    found = []
    for field in fields:
        own = getattr(chosen, field.key, "")
        must = bool(own) or field.required or field.key in asked
        found.append(replace(field, headers=(own,) if own else field.headers, required=must, usual=own or field.usual))
    return found


def open_sheet(path: Path, fields: Sequence[Field], faults: list[Fault]) -> Sheet | None:
    """The file's first sheet that has all required columns; None, with a fault, where there is none."""
    rows: list[_Row] = []
    try:
        for stream in read_streams(path):
            head = list(islice(stream.rows, _HEADER_WITHIN))
            those = [_Row(stream, number, [stream.words(cell) for cell in row]) for number, row in enumerate(head, 1)]
            if found := next((row for row in those if not row.missing(fields)), None):
                places = found.places(fields, faults)
                rest = replace(stream, rows=_to_the_end(chain(head[found.number :], stream.rows), faults))
                return None if places is None else Sheet(rest, tuple(found.words), places, found.number + 1)
            rows += those
    except BadInput as error:
        faults.extend(error.faults)
        return None
    faults.append(_no_header(path, [row for row in rows if any(row.names)], fields))
    return None


def header_name(header: str) -> str:
    """A header as it is compared; the unit after it says nothing new."""
    return re.sub(r"\((元|rmb)\)$", "", fold(header))


def _to_the_end(rows: Iterable[list[str]], faults: list[Fault]) -> Iterator[list[str]]:
    """Rows until the file turns out to be damaged: a fault then, and no more rows."""
    try:
        yield from rows
    except BadInput as error:
        faults.extend(error.faults)


class _Row:
    """A row that may be the header."""

    def __init__(self, stream: Stream, number: int, words: list[str]) -> None:
        self.stream = stream
        self.number = number
        self.words = words
        self.names = [header_name(word) for word in words]

    def headers(self, field: Field) -> list[str]:
        """Which of a field's headers it has, the best first, as they are compared."""
        return [name for name in map(header_name, field.headers) if name in self.names]

    def missing(self, fields: Iterable[Field]) -> list[Field]:
        """The required fields that it lacks."""
        return [field for field in fields if field.required and not self.headers(field)]

    def held(self, fields: Iterable[Field]) -> int:
        """How many fields it has."""
        return sum(bool(self.headers(field)) for field in fields)

    def places(self, fields: Iterable[Field], faults: list[Fault]) -> dict[str, int] | None:
        """Where each field's columns are; None, with a fault for each, where one stands twice."""
        places: dict[str, int] = {}
        before = len(faults)
        for field in fields:
            for count, name in enumerate(self.headers(field)[: field.count], 1):
                first, *again = (place for place, found in enumerate(self.names) if found == name)
                places[field.key if count == 1 else f"{field.key} {count}"] = first
                faults += [self._twice(place, first) for place in again]
        return places if len(faults) == before else None

    def _twice(self, place: int, first: int) -> Fault:
        right = Text("keep one: the other is in {cell}", cell=cell_name(first, self.number))
        source = Source(self.stream.file, self.stream.sheet, cell_name(place, self.number))
        return Fault(source, self.words[place], Text("this column stands twice"), right)


def _no_header(path: Path, rows: Sequence[_Row], fields: Sequence[Field]) -> Fault:
    """The headers that the likeliest row lacks, and what it has that is no other field's."""
    if not rows:
        right = Text("headers: {names}", names=tuple(field.name for field in fields if field.required))
        return Fault(Source(path.name), None, Text("the sheet is empty"), right)
    row = max(rows, key=lambda row: (row.held(fields), -row.number))
    missing = tuple(field.name for field in row.missing(fields))
    known = {name for field in fields for name in row.headers(field)}
    others = [word.strip() for word, name in zip(row.words, row.names, strict=True) if name and name not in known]
    wrong = Text("the header {missing} is missing", missing=missing)
    shown = Text("found in this row: {found}", found=(*others[:_SHOWN], *(["…"] if len(others) > _SHOWN else [])))
    source = Source(path.name, row.stream.sheet, f"A{row.number}")
    return Fault(source, None, wrong, nearest(missing[0], others) or shown)
