"""An outline as rows of a sheet with twelve columns: items over all of them, lists side by side in two halves."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, TypeAlias

from cstools.handover.forms.outline import Line, Outline, Section
from cstools.language import Text
from cstools.tables.style import Style
from cstools.tables.write import display_width

COLUMNS: Final = 12
HALF: Final = 6
WHO: Final = 8  # the column from which the owner stands, and two further the time
WHEN: Final = 10
LINE: Final = 1.33  # height of a line in font sizes; CJK fonts need more than Latin ones
LINES: Final = 1.42
UNIT: Final = 11.4  # half-width characters of one point in a column's unit of width
BOX: Final = 19.0  # points, its height
TALLEST: Final = 409.0  # points; Excel shows no more of a row
GAP: Final = "　"
_WORD: Final = re.compile(r"[!-~]+|.")
RED: Final = "B00000"
WORDS: Final = Style(size=9, border=True, wrap=True, align="left")
BAND: Final = Style(size=9, bold=True, fill="E4E9EE", border=True, align="left")
ALARM_BAND: Final = Style(size=9, bold=True, fill=RED, colour="FFFFFF", border=True, align="left")
ALARM: Final = Style(size=11, bold=True, colour=RED, border=True, wrap=True, align="left")
BOLD: Final = replace(WORDS, bold=True)
SMALL: Final = replace(WORDS, size=8)
FAINT: Final = replace(SMALL, colour="595959")  # of the box in which the relief restates an item


@dataclass(frozen=True, slots=True)
class Field:
    """Words over some columns, A being 1, both ends included, and over so many rows from this one down."""

    first: int
    last: int
    words: str
    style: Style = WORDS
    down: int = 1


@dataclass(frozen=True, slots=True)
class Planned:
    """A row: its fields from left to right, and its height in points."""

    fields: tuple[Field, ...]
    height: float


Fields: TypeAlias = tuple[Field, ...]
Half: TypeAlias = tuple[str, Style]


def plan(outline: Outline, widths: Sequence[float]) -> list[Planned]:
    """The rows of a sheet's body; ``widths`` are those of its columns."""
    rows = (row for fields in _fields(outline, widths) for row in _cut(fields, widths))
    return [Planned(fields, height(fields, widths)) for fields in rows]


def _cut(fields: Fields, widths: Sequence[float]) -> Iterator[Fields]:
    """A row as it is, or, where its words are more than any row can show, in two halves, and so on."""
    if len(fields) != 1 or fields[0].down > 1 or height(fields, widths) <= TALLEST:
        yield fields
        return
    field, half = fields[0], len(fields[0].words) // 2
    for words in (field.words[:half], field.words[half:]):
        yield from _cut((replace(field, words=words),), widths)


def _fields(outline: Outline, widths: Sequence[float]) -> Iterator[Fields]:
    for alarm in outline.alarms:
        yield (Field(1, COLUMNS, f"■ {alarm}", ALARM),)
    yield (Field(1, COLUMNS, outline.summary, replace(BOLD, size=10)),)
    yield from _below(outline.before)
    yield from _side_by_side(outline.lists, widths)
    yield from _below(outline.after)


def height(fields: Sequence[Field], widths: Sequence[float]) -> float:
    """A row's height in points."""
    if fields and fields[0].style is FAINT:
        return BOX
    tall = (tallness(math.ceil(_lines(field, widths) / field.down), field.style.size) for field in fields)
    return max(tall, default=tallness(1, WORDS.size))


def _lines(field: Field, widths: Sequence[float]) -> int:
    return lines_in(field.words, sum(widths[field.first - 1 : field.last]), field.style.size)


def tallness(lines: int, size: float) -> float:
    """The height of so many lines in points; lines among others need more than one alone."""
    return round(lines * size * (LINE if lines == 1 else LINES) + 1, 1)


def lines_in(words: str, width: float, size: float) -> int:
    """How many lines words take in a cell, wrapped."""
    room = max(width * UNIT / size - 2, 2)
    return sum(_wrapped(line, room) for line in words.splitlines()) or 1


def _wrapped(line: str, room: float) -> int:
    """How many lines one is wrapped into: between Chinese characters anywhere, in a word only where it's longer."""
    if display_width(line) <= room:
        return 1
    count, used = 1, 0.0
    for word in _WORD.findall(line):
        width = len(word) if word.isascii() else display_width(word)
        if used + width > room:
            count += bool(used) + math.ceil(width / room) - 1
            used = 0.0
        used += width if width <= room else width % room
    return count


def _below(sections: Sequence[Section]) -> Iterator[Fields]:
    """Wide sections one below the other; those without a line in one row."""
    for empty, group in groupby(sections, lambda section: not section.lines):
        if empty:
            titles = (f"{section.title}　{section.empty}" for section in group)
            yield (Field(1, COLUMNS, (GAP * 3).join(titles), BAND),)
        else:
            for section in group:
                yield from _wide(section)


def _wide(section: Section) -> Iterator[Fields]:
    style = ALARM_BAND if section.alarm else BAND
    title = f"{'■ ' * section.alarm}{section.title}"
    if any(line.who for line in section.lines):
        owner, time = str(Text("owner")), str(Text("time"))
        yield Field(1, WHO - 1, title, style), Field(WHO, WHEN - 1, owner, style), Field(WHEN, COLUMNS, time, style)
    else:
        yield (Field(1, COLUMNS, title, style),)
    for line in section.lines:
        yield from _item(line) if line.who else [(Field(1, COLUMNS, _told(line), _style(line)),)]


def _item(line: Line) -> Iterator[Fields]:
    """A row with what, whose and until when; one with all else; the box in which the relief restates it."""
    grave = replace(BOLD, colour=RED) if line.alarm else BOLD
    first, *others = line.when or ("",)
    yield (
        Field(1, WHO - 1, f"{line.mark} {line.words}".strip(), grave),
        Field(WHO, WHEN - 1, line.who, BOLD),
        Field(WHEN, COLUMNS, first, grave),
    )
    details = (str(Text("{label}: {words}", label=label, words=words)) for label, words in line.details)
    if told := GAP.join((*others, *line.facts, *details)):
        yield (Field(1, COLUMNS, told, SMALL),)
    if line.restate:
        yield (Field(1, COLUMNS, line.restate, FAINT),)


def _told(line: Line) -> str:
    """A line of a list in one cell."""
    box = "" if line.ticked is None else "☑ " if line.ticked else "☐ "
    mark = f"{line.mark} " if line.mark else ""
    facts = "".join(f"{GAP}{fact}" for fact in line.facts)
    return f"{box}{mark}{line.words}{facts}"


def _style(line: Line) -> Style:
    return replace(BOLD, colour=RED) if line.alarm else WORDS


def _side_by_side(sections: Sequence[Section], widths: Sequence[float]) -> Iterator[Fields]:
    """Lists in two halves of about the same height, each list whole; a row a line, so that neither half waits."""
    room = sum(widths[:HALF])
    stacks = [list(_half(section, room)) for section in sections]
    tall = [sum(lines_in(words, room, style.size) for words, style in stack) for stack in stacks]
    cut = min(range(len(stacks) + 1), key=lambda at: abs(sum(tall[:at]) - sum(tall[at:])))
    last = max(sum(tall[:cut]), sum(tall[cut:]))
    rows: list[list[Field]] = [[] for _ in range(last)]
    for part, first in ((stacks[:cut], 1), (stacks[cut:], HALF + 1)):
        at = 0
        for words, style in (half for stack in part for half in stack):
            down = lines_in(words, room, style.size)
            rows[at].append(Field(first, first + HALF - 1, words, style, down))
            at += down
        if at < last:
            rows[at].append(Field(first, first + HALF - 1, "", Style(size=9), last - at))
    yield from map(tuple, rows)


def _half(section: Section, room: float) -> Iterator[Half]:
    if not section.lines:
        yield f"{section.title}　{section.empty}", BAND
        return
    yield section.title, BAND
    for boxes, lines in groupby(section.lines, lambda line: line.box):
        if boxes:
            yield from ((row, WORDS) for row in _packed(map(_told, lines), room))
        else:
            yield from ((_told(line), _style(line)) for line in lines)


def _packed(words: Iterable[str], width: float) -> Iterator[str]:
    """Short words side by side, as many in a row as it holds on one line."""
    row = ""
    for each in words:
        longer = f"{row}{GAP}{each}" if row else each
        if row and lines_in(longer, width, WORDS.size) > 1:
            yield row
            row = each
        else:
            row = longer
    if row:
        yield row
