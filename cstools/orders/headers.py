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


@dataclass(frozen=True, slots=True)
class Field:
    """A column by our own word for it, and its known headers, the best first; ``required`` where a file needs it.

    Where a file has several of the headers, the first ``count`` of them are read.
    """

    key: str
    headers: tuple[str, ...]
    required: bool = False
    count: int = 1


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
        found.append(replace(field, headers=(own,) if own else field.headers, required=must))
    return found


def open_sheet(path: Path, fields: Sequence[Field], faults: list[Fault]) -> Sheet | None:
    """The file's first sheet that has all required columns; None, with a fault, where there is none."""
    heads: list[tuple[Stream, list[list[str]]]] = []
    try:
        for stream in read_streams(path):
            rows = list(islice(stream.rows, _HEADER_WITHIN))
            named = [[header_name(stream.words(cell)) for cell in row] for row in rows]
            for number, names in enumerate(named):
                if not _missing(names, fields):
                    return _sheet(stream, rows, number, names, fields, faults)
            heads.append((stream, named))
    except BadInput as error:
        faults.extend(error.faults)
        return None
    faults.append(_no_header(path, heads, fields))
    return None


def header_name(header: str) -> str:
    """A header as it is compared; the unit after it says nothing new."""
    return re.sub(r"\((元|rmb)\)$", "", fold(header))


def _held(names: Iterable[str], fields: Iterable[Field]) -> list[str]:
    """The best header of each field that is among the names."""
    there = frozenset(names)
    return [next((header for header in field.headers if header_name(header) in there), "") for field in fields]


def _missing(names: Iterable[str], fields: Sequence[Field]) -> list[Field]:
    return [field for field, header in zip(fields, _held(names, fields), strict=True) if field.required and not header]


def _sheet(
    stream: Stream, rows: list[list[str]], number: int, names: list[str], fields: Sequence[Field], faults: list[Fault]
) -> Sheet | None:
    places: dict[str, int] = {}
    whole = True
    for field in fields:
        there = [name for name in map(header_name, field.headers) if name in names]
        for count, name in enumerate(there[: field.count], 1):
            first, *again = (place for place, found in enumerate(names) if found == name)
            places[field.key if count == 1 else f"{field.key} {count}"] = first
            for place in again:
                whole = False
                faults.append(
                    _twice(stream, rows[number][place], cell_name(place, number + 1), cell_name(first, number + 1))
                )
    rest = iter(rows[number + 1 :])
    header = tuple(stream.words(cell) for cell in rows[number])
    return Sheet(replace(stream, rows=chain(rest, stream.rows)), header, places, number + 2) if whole else None


def _twice(stream: Stream, raw: str, cell: str, first: str) -> Fault:
    wrong, right = Text("this column stands twice"), Text("keep one: the other is in {cell}", cell=first)
    return Fault(Source(stream.file, stream.sheet, cell), stream.words(raw), wrong, right)


def _no_header(path: Path, heads: list[tuple[Stream, list[list[str]]]], fields: Sequence[Field]) -> Fault:
    """The headers that the likeliest row lacks, with what it has instead."""
    rows = [(stream, number, names) for stream, named in heads for number, names in enumerate(named, 1) if any(names)]
    if not rows:
        right = Text("headers: {names}", names=tuple(field.headers[0] for field in fields if field.required))
        return Fault(Source(path.name), None, Text("the sheet is empty"), right)
    stream, number, names = max(rows, key=lambda row: (sum(map(bool, _held(row[2], fields))), -row[1]))
    missing = tuple(field.headers[0] for field in _missing(names, fields))
    wrong = Text("the header {missing} is missing", missing=missing)
    right = nearest(missing[0], names) or Text("found in this row: {found}", found=tuple(filter(None, names)))
    return Fault(Source(path.name, stream.sheet, f"A{number}"), None, wrong, right)
