"""A sheet as Markdown; what users wrote stays text, whatever it looks like."""

import re
from collections.abc import Iterator
from typing import Final

from cstools.handover.forms.outline import Box, Line, Outline, Section
from cstools.language import Text, show

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|&~$!])")


def to_markdown(outline: Outline) -> str:
    """The whole sheet."""
    return "\n".join(_lines(outline)) + "\n"


def _lines(outline: Outline) -> Iterator[str]:
    yield f"# {plain(outline.title)}"
    yield f"\n**{plain(outline.change)}**\n"
    for alarm in outline.alarms:
        yield f"> **■ {plain(alarm)}**\n"
    for label, words in outline.facts:
        yield f"- {_told(label, words)}"
    yield f"\n**{plain(outline.summary)}**"
    for section in outline.sections:
        yield from _section(section)
    yield f"\n## {plain(outline.signatures)}\n"
    for box in outline.boxes:
        yield f"- {_box(box)}"
    yield ""
    for note in outline.notes:
        yield f"*{plain(note)}*  "


def _section(section: Section) -> Iterator[str]:
    yield f"\n## {'■ ' if section.alarm else ''}{plain(section.title)}\n"
    if not section.lines:
        yield plain(section.empty)
    for line in section.lines:
        yield from _line(line)


def _line(line: Line) -> Iterator[str]:
    box = "" if line.ticked is None else "[x] " if line.ticked else "[ ] "
    mark = f"**{plain(line.mark)}** " if line.mark else ""
    words = f"**{plain(line.words)}**" if line.who or line.alarm else plain(line.words)
    beside = [plain(word) for word in (line.who, *line.when, *line.facts) if word]
    yield f"- {box}{mark}{words}{' — ' if beside else ''}{' · '.join(beside)}"
    for label, words in line.details:
        yield f"  - {_told(label, words)}"
    if line.restate:
        yield f"  - {_told(line.restate, '')}________"


def _box(box: Box) -> str:
    signed = show([plain(one) for one in box.signed]) or f"________ ({plain(box.blank)})"
    title = Text("{name} ({posts})", name=box.title, posts=box.names) if box.names else box.title
    return f"{_told(str(title), '')}{signed}"


def _told(label: str, words: str) -> str:
    return str(Text("{label}: {words}", label=plain(label), words=plain(words)))


def plain(words: str) -> str:
    """On one line, with a backslash before whatever Markdown would take for its own."""
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))
