"""When an item must be done, and how near that is at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from cstools.days import Calendar
from cstools.handover.items import Item
from cstools.handover.spans import Span
from cstools.handover.types import Types
from cstools.handover.words import Stage, Status


@dataclass(frozen=True, slots=True)
class Due:
    """When to worry and when it is overdue (None: nothing is asked), and how that stands at the moment asked for."""

    warn: datetime | None
    overdue: datetime | None
    stage: Stage


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How a desk reckons: the types' times, the calendar of working days, and how long before its time to warn."""

    types: Types
    calendar: Calendar
    warn_before: timedelta = timedelta(minutes=60)

    def of(self, item: Item, moment: datetime) -> Due:
        """An item's times. What was promised to the customer wins over its type's time; while nobody has taken it in
        hand, the time to answer comes first. What is solved only waits to be confirmed, and is never overdue.
        """
        kind, promised = self.types.of(item), item.promised
        begun = item.opened if kind.cutoff is None else _begun(kind.cutoff, item.opened)
        ends = promised or self._end(kind.overdue, item, begun)
        if kind.answer and item.status is Status.WAITING:
            answer = self._end(kind.answer, item, begun)
            ends = answer if ends is None or (answer is not None and answer < ends) else ends
        warn = None if promised else self._end(kind.warn, item, begun)
        if ends is not None and (warn is None or warn >= ends):
            warn = max(ends - self.warn_before, item.opened)
        return Due(warn, ends, _stage(item, warn, ends, moment))

    def _end(self, span: Span | None, item: Item, begun: datetime) -> datetime | None:
        return span.after(begun, item.meal_at, self.calendar) if span else None

    def overdue(self, items: Iterable[Item], moment: datetime) -> list[Item]:
        """The items that must be escalated at a moment: overdue, by their time."""
        found = [(self.of(item, moment), item) for item in items]
        late = [(due.overdue, item.number, item) for due, item in found if due.stage is Stage.OVERDUE and due.overdue]
        return [item for _, _, item in sorted(late, key=lambda each: each[:2])]

    def within(self, items: Iterable[Item], moment: datetime, ahead: timedelta) -> list[Item]:
        """The items whose time is over within so long from a moment, or over already."""
        found = [(self.of(item, moment).overdue, item.number, item) for item in items]
        near = [(ends, number, item) for ends, number, item in found if ends and ends <= moment + ahead]
        return [item for _, _, item in sorted(near, key=lambda each: each[:2])]


def _begun(cutoff: int, opened: datetime) -> datetime:
    """From when an item's times are reckoned: the next midnight for what comes after its type's cut-off."""
    midnight = datetime.combine(opened.date(), time())
    return midnight + timedelta(days=1) if opened > midnight + timedelta(minutes=cutoff) else opened


def _stage(item: Item, warn: datetime | None, ends: datetime | None, moment: datetime) -> Stage:
    if item.status is Status.SOLVED or item.status is Status.CLOSED:
        return Stage.CALM
    if ends is not None and moment > ends:
        return Stage.OVERDUE
    return Stage.WARNED if warn is not None and moment >= warn else Stage.CALM
