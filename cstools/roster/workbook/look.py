"""How the roster's workbook looks: in colour by shift, and readable without any colour.

A shift is known by its letters. By day it is plain on a light ground, in the evening bold on a middle one, at night
bold white on a dark one, so that a black-and-white print still tells them apart.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from cstools.days import DAY, show_time
from cstools.language import Text
from cstools.roster.marks import Mark
from cstools.shifts import Shift
from cstools.tables.style import Style

EVENING: Final = 20 * 60  # a shift that ends later is one of the evening
NIGHT: Final = 26 * 60  # and one that ends after two is one of the night
_DAYS: Final = ("DDEBF7", "E2EFDA", "FFF2CC", "FCE4D6", "E4DFEC", "DAF0F0")
_EVENINGS: Final = ("F4B183", "B4A7D6", "9DC3E6", "A9D08E", "FFD966", "C9C9C9")
_NIGHTS: Final = ("3F4E79", "5B3E75", "3B5E4A", "6B4A2F")
TALL: Final = 30.0  # points, of a row with two lines
ONE_PAGE: Final = 60  # rows that can still be read when they share a page
ALIKE: Final = 25  # difference in brightness under which two grounds look alike without colour
_DARK: Final = 130  # brightness, 0 to 255, under which letters are white

TITLE: Final = Style(bold=True, size=16, align="center")
HEAD: Final = Style(bold=True, fill="D9E2EC", border=True, align="center", wrap=True)
CELL: Final = Style(size=12, border=True, align="center", shrink=True)
NAME: Final = Style(size=11, border=True, align="center", shrink=True)
DAY_HEAD: Final = Style(size=9, fill="D9E2EC", border=True, align="center", shrink=True)
FIGURE: Final = Style(border=True, align="center")
TOTAL: Final = Style(border=True, align="center", bold=True, fill="EDF1F5")
WORDS: Final = Style(border=True, wrap=True)
CENTRED: Final = Style(border=True, align="center", wrap=True)
SECTION: Final = Style(bold=True, size=11, fill="D9E2EC", border=True)
PLAIN: Final = Style(wrap=True)
FAINT: Final = "8C8C8C"
ALARM: Final = "C00000"
_REST: Final = {"weekend": "EDEDED", "holiday": "F8E1E1"}
_HEADS: Final = {"weekend": "BFC5CC", "holiday": "E6A5A5"}


def shift_styles(shifts: Mapping[str, Shift]) -> dict[str, Style]:
    """A look for each shift: the sheet's own colour, or the next one for its time of day."""
    used = {"day": 0, "evening": 0, "night": 0}
    found = {}
    for code, shift in shifts.items():
        time = "night" if shift.end > NIGHT else "evening" if shift.end > EVENING else "day"
        palette = {"day": _DAYS, "evening": _EVENINGS, "night": _NIGHTS}[time]
        fill = _hex(shift.colour)
        if not fill:
            fill = palette[used[time] % len(palette)]
            used[time] += 1
        letters = "FFFFFF" if brightness(fill) < _DARK else ""
        found[code] = replace(CELL, fill=fill, colour=letters, bold=time != "day")
    return found


def off_style(mark: Mark, *, leave: bool) -> Style:
    """A day off is faint, leave is not; both on the ground of a weekend or a holiday."""
    ground = _REST["holiday"] if mark.holiday else _REST["weekend"] if mark.rest else ""
    return replace(CELL, fill=ground, colour="" if leave else FAINT, italic=leave)


def head_style(mark: Mark) -> Style:
    """The header of a day's column; bold where people rest."""
    kind = "holiday" if mark.holiday else "weekend" if mark.rest else ""
    return replace(DAY_HEAD, fill=_HEADS[kind], bold=True) if kind else DAY_HEAD


def brightness(fill: str) -> float:
    """How bright a colour is to the eye, 0 to 255 (ITU-R BT.601)."""
    red, green, blue = (int(fill[at : at + 2], 16) for at in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _hex(colour: str) -> str:
    """RRGGBB of a colour such as #f4b183; "" where it is none."""
    plain = colour.strip().removeprefix("#").upper()
    return plain if re.fullmatch(r"[0-9A-F]{6}", plain) else ""


def span(shift: Shift) -> str:
    """08:30–17:00; the next day's hours are said so, and a plus means "or longer" (000-059)."""
    longer = "+" if shift.open_ended else ""
    if shift.end <= DAY:
        return f"{show_time(shift.start)}–{show_time(shift.end)}{longer}"
    next_day = Text("next day")
    return f"{show_time(shift.start)}–{next_day} {show_time(shift.end - DAY)}{longer}"
