"""A sheet as a short text for a chat message: who takes over, what is to be done first, what falls due."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from cstools.handover.forms import heading, items
from cstools.handover.sheet import ItemLine, SheetContent
from cstools.handover.words import Stage
from cstools.language import Text, show

MOST: Final = 8  # items that a chat message can bear
SOON: Final = timedelta(hours=4)


def to_digest(content: SheetContent) -> str:
    """The short text."""
    return "\n".join(" ".join(line.split()) for line in _lines(content)) + "\n"


def _lines(content: SheetContent) -> Iterator[str]:
    header = content.header
    yield f"【{heading.title(header)}】{heading.change(header)}"
    yield from (f"■ {alarm}" for alarm in heading.alarms(content))
    if names := heading.people(header.outgoing_people):
        yield str(Text("outgoing: {names}", names=names))
    if names := heading.people(header.relief_people):
        yield str(Text("relief: {names}", names=names))
    yield heading.summary(content)
    yield from _gates(content)
    yield from _items(Text("Do first"), content.first, header.at)
    rest = [item for item in content.items if item not in content.first]
    yield from _items(Text("Open too long and overdue"), [item for item in rest if _late(item)], header.at)
    soon = [item for item in rest if not _late(item) and _soon(item, header.at)]
    yield from _items(Text("Due within {hours} hours", hours=SOON // timedelta(hours=1)), soon, header.at)
    if unread := [notice for notice in content.notices if notice.unread]:
        yield str(Text("To be read: {notices}", notices=[f"{notice.kind} {notice.text}" for notice in unread]))
    if orders := [order.text for order in content.orders if order.new]:
        yield str(Text("New orders: {orders}", orders=orders))
    if faults := [f"{machine.name} {machine.state}" for machine in content.equipment if machine.fault]:
        yield str(Text("Faults: {faults}", faults=faults))


def _gates(content: SheetContent) -> Iterator[str]:
    for gate in content.gates:
        if gate.reasons and not gate.overridden:
            yield str(Text("■ not yet: {gate}: {reasons}", gate=gate.label, reasons=show(gate.reasons)))


def _items(title: Text, told: tuple[ItemLine, ...] | list[ItemLine], at: datetime) -> Iterator[str]:
    if not told:
        return
    yield str(Text("{title} ({count})", title=title, count=len(told)))
    for item in told[:MOST]:
        line = items.line(item, at)
        yield " ".join(filter(None, (line.mark, line.words, f"@{line.who}", str(items.due(item, at) or ""))))
    if len(told) > MOST:
        yield str(Text("… and {count} more on the sheet", count=len(told) - MOST))


def _late(item: ItemLine) -> bool:
    return item.stage is Stage.OVERDUE


def _soon(item: ItemLine, at: datetime) -> bool:
    return item.due is not None and item.due <= at + SOON
