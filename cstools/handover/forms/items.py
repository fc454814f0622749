"""An item as a line: how grave, what, whose, until when, and all that the relief must not ask again."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from cstools.handover.forms.outline import Line
from cstools.handover.forms.times import clock
from cstools.handover.items import LABELS
from cstools.handover.sheet import ItemLine
from cstools.handover.words import Severity, Stage
from cstools.language import Text, show

MARKS: Final = {Severity.ORDINARY: None, Severity.MAJOR: Text("▲ major"), Severity.URGENT: Text("■ urgent")}
DETAILS: Final = ("cause", "course", "progress", "result", "advice", "wording", "reason")
_DUES: Final = {
    Stage.CALM: Text("due {time}"), Stage.WARNED: Text("due soon: {time}"), Stage.OVERDUE: Text("OVERDUE since {time}"),
}  # fmt: skip


def lines(items: Iterable[ItemLine], at: datetime) -> tuple[Line, ...]:
    """Items in the order given; ``at`` is the time of the change."""
    return tuple(line(item, at) for item in items)


def line(item: ItemLine, at: datetime) -> Line:
    """One item."""
    mark = MARKS[item.severity]
    return Line(
        words=str(Text("#{number} {kind}: {title}", number=item.number, kind=item.kind, title=item.title)),
        mark=str(mark) if mark else "",
        who=owner(item),
        when=tuple(map(str, _when(item, at))),
        facts=tuple(map(str, _facts(item, at))),
        details=tuple((str(label), words) for label, words in _details(item) if words),
        alarm=item.closed_at is None and (item.severity.grave or item.stage is Stage.OVERDUE),
        restate=str(Text("restated by the relief")) if item.restate else "",
    )


def owner(item: ItemLine) -> str:
    """Who owns it now, and who will once this change is signed."""
    passes = item.receiver and item.receiver.number != item.owner.number
    return f"{item.owner} → {item.receiver}" if passes else str(item.owner)


def due(item: ItemLine, at: datetime) -> Text | None:
    """When it is overdue, or that it is."""
    return None if item.due is None else Text(_DUES[item.stage].key, time=clock(item.due, at))


def _when(item: ItemLine, at: datetime) -> Iterator[Text]:
    if item.closed_at:
        yield Text("closed {time}[[ by {by}]]", time=clock(item.closed_at, at), by=item.closed_by or None)
        return
    told = due(item, at)
    if told and item.promised == item.due:
        yield Text("{due} (promised)", due=told)
    elif told:
        yield told
    if item.promised and item.promised != item.due:
        yield Text("promised {time}", time=clock(item.promised, at))
    yield Text("of today, still open") if item.today else Text("open for {days} days", days=item.days)


def _facts(item: ItemLine, at: datetime) -> Iterator[object]:
    if item.closed_at is None:
        yield item.status.text
    told = {
        Text("customer {it}[[ ({grade})]]", it=item.customer, grade=item.grade or None): item.customer,
        Text("contact {it}", it=item.contact): item.contact,
        Text("address {it}", it=item.address): item.address,
        Text("No. {it}", it=item.reference): item.reference,
        Text("for {it}", it=item.target): item.target,
        Text("liable: {it}", it=item.liable): item.liable,
    }
    yield from (words for words, value in told.items() if value)
    if item.accepted_by and item.accepted_at:
        by = None if item.accepted_by.number == item.owner.number else item.accepted_by
        yield Text("accepted[[ by {person}]] {time}", person=by, time=clock(item.accepted_at, at))
    if item.escalate_to:
        yield Text("report to {whom}", whom=item.escalate_to)
    if item.consequence:
        yield item.consequence
    if item.late_entry:
        yield Text("entered later")


def _details(item: ItemLine) -> Iterator[tuple[Text, str]]:
    yield Text("MISSING"), show(item.missing) if item.missing else ""
    for name in DETAILS if item.closed_at is None else DETAILS[:-1]:  # why it is left open is over
        yield Text(LABELS[name]), getattr(item, name)
    yield Text(LABELS["attachments"]), show(item.attachments) if item.attachments else ""
