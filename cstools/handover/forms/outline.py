"""What a sheet says, as titled sections of lines in the language spoken: the same words and order in every form."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Line:
    """One thing on the sheet.

    ``mark`` tells without any colour how grave it is; ``who`` owns it and ``when`` are its times; ``facts`` are said in
    a few words, ``details`` at length under a label. ``ticked`` is None for a line without a box; ``restate`` is
    the title of the box in which the relief says what must be done.
    """

    words: str
    mark: str = ""
    who: str = ""
    when: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    ticked: bool | None = None
    alarm: bool = False
    restate: str = ""

    @property
    def box(self) -> bool:
        """Whether it is no more than a few words with a box, many of which go into one line."""
        return self.ticked is not None and not (self.facts or self.alarm)


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a title; without a line ``empty`` is said. ``wide``: items, over the whole width of a page."""

    title: str
    lines: tuple[Line, ...]
    empty: str
    alarm: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """Where one side signs: who may, and who has, with the time; ``blank`` is what they are to write."""

    title: str
    names: str
    blank: str
    signed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole sheet.

    ``alarms`` are red lines above all else, ``notes`` say how far the sheet goes; ``signatures`` is the boxes’ title.
    """

    title: str
    change: str
    facts: tuple[tuple[str, str], ...]
    alarms: tuple[str, ...]
    notes: tuple[str, ...]
    summary: str
    sections: tuple[Section, ...]
    signatures: str
    boxes: tuple[Box, ...]

    @property
    def lists(self) -> tuple[Section, ...]:
        """The narrow sections, which stand together."""
        return tuple(section for section in self.sections if not section.wide)

    @property
    def before(self) -> tuple[Section, ...]:
        """The wide sections before the lists."""
        return self.sections[: self.sections.index(self.lists[0])]

    @property
    def after(self) -> tuple[Section, ...]:
        """The wide sections after the lists."""
        return self.sections[self.sections.index(self.lists[-1]) + 1 :]


EMPTY: Final = Outline("", "", (), (), (), "", (Section("", (), ""),), "", (Box("", "", ""),) * 3)
