"""How a cell looks, as a value; and the few looks that all workbooks share."""

from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.styleable import StyleableObject

FONT = "微软雅黑"  # on every Windows since Vista; elsewhere replaced by a font of the same width
_GRID = "FFBFBFBF"


@dataclass(frozen=True, slots=True)
class Style:
    """Colours are RRGGBB; an empty one is left alone.

    ``border`` is thin and grey, ``edge`` thick on the left and ``top`` above; ``shrink`` makes words smaller rather
    than cut them.
    """

    bold: bool = False
    size: float = 10
    colour: str = ""
    fill: str = ""
    border: bool = False
    edge: bool = False
    top: bool = False
    align: Literal["left", "center", "right", "general"] = "general"
    wrap: bool = False
    shrink: bool = False
    italic: bool = False
    underline: bool = False
    format: str = ""


PLAIN = Style()
TITLE = Style(bold=True, size=14)
HEADER = Style(bold=True, fill="D9E2EC", border=True, align="center", wrap=True)
REQUIRED = Style(bold=True, fill="F7DDB5", border=True, align="center", wrap=True)
BODY = Style(border=True)
CENTRED = Style(border=True, align="center")
WRAPPED = Style(border=True, wrap=True)
LINK = Style(colour="0563C1", underline=True)


@lru_cache(maxsize=512)
def _font(style: Style) -> Font:
    font = Font(name=FONT, charset=134, size=style.size, bold=style.bold, italic=style.italic)
    font.underline = "single" if style.underline else None
    font.color = f"FF{style.colour}" if style.colour else None
    return font


@lru_cache(maxsize=512)
def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=f"FF{colour}", end_color=f"FF{colour}") if colour else PatternFill()


@lru_cache(maxsize=512)
def _border(style: Style) -> Border:
    thin = Side("thin", color=_GRID) if style.border else None
    thick = Side("medium", color="FF7F7F7F")
    return Border(left=thick if style.edge else thin, right=thin, top=thick if style.top else thin, bottom=thin)


@lru_cache(maxsize=512)
def _alignment(style: Style) -> Alignment:
    return Alignment(horizontal=style.align, vertical="center", wrap_text=style.wrap, shrink_to_fit=style.shrink)


Looks = dict[Style, StyleArray]


def dress(cell: Cell, style: Style, looks: Looks) -> None:
    """Give a cell its look; its number format only where the style has one.

    ``looks`` are the workbook's so far: openpyxl takes ten times as long to find one again by its parts.
    """
    look = looks.get(style)
    if look is None:
        look = looks[style] = _look(cell, style)
    now: StyleArray | None = cell._style  # type: ignore[attr-defined] # noqa: SLF001 - the stubs leave it out
    if now is None:
        cell._style = copy(look)  # type: ignore[attr-defined] # noqa: SLF001
        return
    now.fontId, now.fillId, now.borderId, now.alignmentId = look.fontId, look.fillId, look.borderId, look.alignmentId
    if style.format:
        now.numFmtId = look.numFmtId


def _look(cell: Cell, style: Style) -> StyleArray:
    blank = StyleableObject(cell.parent)
    blank.font = _font(style)
    blank.fill = _fill(style.fill)
    blank.border = _border(style)
    blank.alignment = _alignment(style)
    if style.format:
        blank.number_format = style.format
    look: StyleArray = blank._style  # type: ignore[attr-defined] # noqa: SLF001 - as above
    return look


def differential(style: Style) -> DifferentialStyle:
    """The part of a style that a conditional format can change: bold, colour and fill."""
    colour = f"FF{style.colour}" if style.colour else None
    fill = PatternFill(bgColor=f"FF{style.fill}") if style.fill else None
    return DifferentialStyle(font=Font(bold=style.bold or None, italic=style.italic or None, color=colour), fill=fill)
