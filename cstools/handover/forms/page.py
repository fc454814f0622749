"""A sheet as one HTML page that needs nothing else: prints on A4, reads on a phone; all words stay text."""

import re
from collections.abc import Iterable
from html import escape
from itertools import starmap
from pathlib import Path
from typing import Final

from cstools.errors import BadInput, Fault, Source
from cstools.handover.forms.blanks import demand, fill
from cstools.handover.forms.outline import Box, Line, Outline, Section
from cstools.language import Text, spoken

_BLANKS: Final = re.compile(r"[^\S\u00a0]+")  # but for the blank that keeps a box and its name together
MUST: Final = ("title", "change", "alarms", "matters", "lists", "supervisor", "signatures", "notes")


def to_page(outline: Outline, template: Path) -> str:
    """The page, by a template with ``$title``, ``$sections`` and the like; raises BadInput where it asks for others."""
    words, source = _read(template), Source(template.name)
    demand([words], MUST, source)
    return fill(words, _parts(outline), source)


def _read(template: Path) -> str:
    try:
        return template.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        fault = Fault(Source(template.name), None, Text("the text is not UTF-8"), Text("save it as UTF-8"))
        raise BadInput([fault]) from error
    except OSError as error:
        why = Text("the file can't be read: {reason}", reason=error.strerror or type(error).__name__)
        raise BadInput([Fault(Source(str(template)), None, why)]) from error


def _parts(outline: Outline) -> dict[str, str]:
    return {
        "language": {"zh": "zh-CN"}.get(spoken(), spoken()),
        "title": _words(outline.title),
        "change": _words(outline.change),
        "facts": _joined(starmap(_fact, outline.facts)),
        "alarms": "\n".join(f'<p class="alarm">■ {_words(alarm)}</p>' for alarm in outline.alarms),
        "summary": _words(outline.summary),
        "matters": _joined(map(_section, outline.before)),
        "lists": _joined(map(_section, outline.lists)),
        "supervisor": _joined(map(_section, outline.after)),
        "signatures": _joined(map(_box, outline.boxes)),
        "notes": "\n".join(f"<p>{_words(note)}</p>" for note in outline.notes),
    }


def _fact(label: str, words: str) -> str:
    return f"<div><dt>{_words(label)}</dt><dd>{_words(words)}</dd></div>"


def _section(section: Section) -> str:
    alarm = ' class="alarm"' if section.alarm else ""
    if not section.lines:
        title = f'{_words(section.title)}<span class="none">{_words(section.empty)}</span>'
        return f'<section class="empty"><h2>{title}</h2></section>'
    lines = _joined(map(_line, section.lines))
    return f"<section{alarm}><h2>{'■ ' * section.alarm}{_words(section.title)}</h2>\n<ul>\n{lines}\n</ul></section>"


def _line(line: Line) -> str:
    box = "" if line.ticked is None else "☑ " if line.ticked else "☐ "
    mark = f'<b class="mark">{_words(line.mark)}</b> ' if line.mark else ""
    head = f'<span class="words">{box}{mark}{_words(line.words)}</span>'
    if line.who:
        head += f' <span class="who">{_words(line.who)}</span>'
    if line.when:
        head += f' <span class="when">{_words(" · ".join(line.when))}</span>'
    facts = f'<span class="facts">{_words(" · ".join(line.facts))}</span>' if line.facts else ""
    details = " ".join(f"<span>{_detail(label, words)}</span>" for label, words in line.details)
    under = f'<div class="details">{facts}{details}</div>' if facts or details else ""
    restate = f'<div class="restate">{_words(line.restate)}</div>' if line.restate else ""
    kind = " ".join(["item"] * bool(line.who) + ["box"] * line.box + ["alarm"] * line.alarm)
    return f'<li class="{kind}"><div class="head">{head}</div>{under}{restate}</li>'


def _detail(label: str, words: str) -> str:
    return str(Text("{label}: {words}", label=f"<b>{_words(label)}</b>", words=_words(words)))


def _box(box: Box) -> str:
    signed = "".join(f"<p>{_words(one)}</p>" for one in box.signed) or f'<p class="blank">{_words(box.blank)}</p>'
    return f"<div><h3>{_words(box.title)}</h3><p>{_words(box.names)}</p>{signed}</div>"


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(parts)


def _words(words: str) -> str:
    """Text as text: no markup, no control characters, on one line."""
    return escape(_BLANKS.sub(" ", "".join(letter for letter in words if letter.isprintable() or letter.isspace())))
