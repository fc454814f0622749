"""How dear it is to give up what a roster was asked to keep."""

from typing import Final

from cstools.roster.inputs import Fixed, Meeting
from cstools.roster.why.elements import Element, Row
from cstools.team.leave import Leave

# How dear a change is: first what costs a word, last what costs money.
UNFIX: Final = 2
DECLINE: Final = 2
EXCUSE: Final = 4
EASE: Final = 4
MOVE_LEAVE: Final = 5
TRAIN: Final = 6
EXEMPT: Final = 8
LOWER: Final = 9
HIRE: Final = 12
LAW: Final = 40
NEVER: Final = ("employment",)
NOT_MOVED: Final = ("病", "产", "哺乳", "婚", "丧", "工伤")  # kinds of leave that no lead can move


def leave_price(leave: Leave) -> int:
    """What it costs to move a leave, or to decline one that is not approved yet."""
    return MOVE_LEAVE if leave.approved else DECLINE


def price_of(element: Element, *, law: bool = False) -> int | None:
    """What it costs to give an element up; None where it can't be. ``law``: a row that makes the law hard can."""
    if element.row is not None:
        return _price_of_row(element.row)
    if element.rule in NEVER:
        return None
    if element.rule.startswith("law_"):
        return LAW if law else None
    return TRAIN if element.rule == "skilled" else EASE


def _price_of_row(row: Row) -> int | None:
    if isinstance(row, Leave):
        return None if any(word in row.kind for word in NOT_MOVED) else leave_price(row)
    if isinstance(row, Fixed):
        return UNFIX
    return EXCUSE if isinstance(row, Meeting) else LOWER
