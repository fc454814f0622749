"""An item as a line of the sheet: its people by name, its times, what it lacks, phone numbers masked."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final

from cstools.handover.change import Change
from cstools.handover.due import Deadlines, Due
from cstools.handover.items import Item
from cstools.handover.setup import Setup
from cstools.handover.shape import quickly
from cstools.handover.sheet import ItemLine, Who
from cstools.handover.words import Stage, Status
from cstools.language import Text

# Mobile numbers, and landlines with their area code: what stands between the first and the last figures is hidden.
_MOBILE: Final = re.compile(r"(?<!\d)(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)")
_LANDLINE: Final = re.compile(r"(?<!\d)(0\d{2,3})([ -]?)\d{4,5}(\d{3})(?!\d)")
_PHONE: Final = re.compile(r"1[3-9]\d[ -]?\d{4}|0\d{2,3}[ -]?\d{4}")  # how either begins
_WORDS: Final = frozenset({
    "title", "cause", "course", "result", "advice", "wording", "reason", "progress", "target", "customer", "contact",
    "address",
})  # fmt: skip
_SAME: Final = _WORDS | {
    "number", "kind", "opened", "promised", "grade", "reference", "attachments", "accepted_at", "closed_at",
}  # fmt: skip


def mask(words: str) -> str:
    """Phone numbers with their middle figures hidden (004-031); all else as it is."""
    if not _PHONE.search(words):
        return words
    return _LANDLINE.sub(_hidden_landline, _MOBILE.sub(_hidden_mobile, words))


def _hidden_mobile(found: re.Match[str]) -> str:
    return f"{found[1]}****{found[2]}"  # in half the time of a pattern


def _hidden_landline(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2]}****{found[3]}"


@dataclass(frozen=True)
class Lines:
    """Makes items into lines, as they stand at a change."""

    setup: Setup
    change: Change

    @cached_property
    def _deadlines(self) -> Deadlines:
        return self.setup.deadlines

    def of(self, items: Iterable[Item]) -> list[ItemLine]:
        """The lines of some items in the order the relief needs: severity, then overdue, then due time."""
        return sorted(map(self.line, items), key=_order)

    def line(self, item: Item) -> ItemLine:
        """One item's line."""
        due, kind, who = self._deadlines.of(item, self.change.at), self.setup.types.of(item), self.setup.who
        opened, left, shown = item.opened.date(), item.open, self._shown
        told = {
            name: shown(value) if name in _WORDS else value
            for name, value in vars(item).items() if name in _SAME
        }  # fmt: skip
        told |= {
            "severity": item.severity,
            "status": item.status,
            "owner": who(item.owner),
            "stage": due.stage,
            "days": max((self._today - opened).days, 0),
            "today": left and opened >= self.change.day,  # after midnight, too
            "due": due.overdue,
            "warn": due.warn,
            "receiver": self._receivers.get(item.owner) if left else None,
            "escalate_to": kind.escalate if _escalated(item, due) else "",
            "consequence": kind.consequence if due.stage is not Stage.CALM else "",
            "missing": tuple(map(Text, kind.missing(item))) if left else (),
            "restate": left and item.severity.grave,
            "late_entry": item.late,
        }
        if item.liable:
            told["liable"] = tuple(map(who, item.liable))
        if item.accepted_by:
            told["accepted_by"] = who(item.accepted_by)
        if item.closed_by:
            told["closed_by"] = who(item.closed_by).name
        return quickly(ItemLine, told)

    @cached_property
    def _shown(self) -> Callable[[str], str]:
        """How words stand on the sheet."""
        return mask if self.setup.settings.mask_phones else str

    @cached_property
    def _today(self) -> date:
        return self.change.at.date()

    @cached_property
    def _receivers(self) -> dict[str, Who]:
        pairs = ((goer.number, self.change.receiver(goer.number)) for goer in self.change.outgoing)
        return {number: Who(to.number, to.name, to.posts, to.leader) for number, to in pairs if to}


def _escalated(item: Item, due: Due) -> bool:
    """Whether it is to be told upwards now: overdue, or grave and not yet solved."""
    return due.stage is Stage.OVERDUE or (item.severity.grave and item.open and item.status is not Status.SOLVED)


def _order(line: ItemLine) -> tuple[int, bool, datetime, int]:
    return -line.severity.rank, line.stage is not Stage.OVERDUE, line.due or datetime.max, line.number  # noqa: DTZ901 - wall times


def mask_all(words: str, setup: Setup) -> str:
    """Any words for the sheet, masked where the desk says so."""
    return mask(words) if setup.settings.mask_phones else words
