"""Matters on the screen: as a list, or one with all that is known of it and what was done to it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from cstools.cli.show import say, table
from cstools.language import Text, mark

if TYPE_CHECKING:
    from cstools.handover.counter import Counter
    from cstools.handover.due import Due
    from cstools.handover.items import Item
    from cstools.journal import Event

HEADS: Final = (
    mark("no."), mark("type"), mark("severity"), mark("matter"), mark("owner"), mark("where it stands"),
    mark("time it is due"),
)  # fmt: skip


def tell_many(counter: "Counter", items: Sequence["Item"], now: datetime) -> None:
    """A line each, the most urgent first, what is closed last."""
    from cstools.handover.words import Stage

    deadlines = counter.setup.deadlines
    found = [(item, deadlines.of(item, now)) for item in items]
    found.sort(key=lambda pair: (not pair[0].open, -pair[0].severity.rank, pair[1].stage is not Stage.OVERDUE,
                                 pair[1].overdue or datetime.max, pair[0].number))  # fmt: skip # noqa: DTZ901
    if not found:
        say(Text("nothing is found"))
        return
    say(table([Text(head) for head in HEADS], (_row(counter, item, due) for item, due in found)))


def tell_one(counter: "Counter", item: "Item", told: Iterable["Event"], now: datetime) -> None:
    """All that is known of a matter, and who did what to it when."""
    say(table([Text("field"), Text("content")], _facts(counter, item, now)))
    for event in told:
        what = _what(counter, event)
        late = Text("entered later") if event.recorded > event.at else None
        say(Text("{time} {name}: {what}[[ ({late})]]", time=f"{event.at:%Y-%m-%d %H:%M}",
                 name=counter.setup.who(event.author).name, what=what, late=late))  # fmt: skip


def missing(counter: "Counter", item: "Item") -> tuple[Text, ...]:
    """What a matter that is open still lacks."""
    return tuple(map(Text, counter.setup.types.of(item).missing(item))) if item.open else ()


# --- one line of many -------------------------------------------------------------------------------------------------


def _row(counter: "Counter", item: "Item", due: "Due") -> list[Any]:
    who = counter.setup.who(item.owner).name
    return [str(item.number), item.kind, item.severity.text, item.title, who, item.status.text, _due(due)]


def _due(due: "Due") -> Text | str | None:
    if due.overdue is None:
        return None
    shown = f"{due.overdue:%m-%d %H:%M}"
    return Text("{time} overdue", time=shown) if due.stage.value == "overdue" else shown


# --- all of one -------------------------------------------------------------------------------------------------------


def _facts(counter: "Counter", item: "Item", now: datetime) -> Iterator[tuple[Text, Any]]:
    from cstools.handover.items import LABELS

    yield Text(HEADS[0]), str(item.number)
    for name, label in LABELS.items():
        if value := _shown(counter, name, getattr(item, name)):
            yield Text(label), value
    yield Text("when it was"), _shown(counter, "opened", item.opened)
    if item.open and (due := _due(counter.setup.deadlines.of(item, now))):
        yield Text(HEADS[-1]), due
    if lacks := missing(counter, item):
        yield Text("MISSING"), lacks


def _shown(counter: "Counter", name: str, value: Any) -> Any:
    """A field's value as a reader wants it."""
    if name == "owner":
        return counter.setup.who(value).name
    if name == "liable":
        return [counter.setup.who(number).name for number in value]
    if name in {"severity", "status"}:
        return value.text
    return value.isoformat(" ", "minutes") if isinstance(value, datetime) else value


def _what(counter: "Counter", event: "Event") -> Text:
    """What an event did to its matter."""
    from cstools.handover import events

    who = counter.setup.who
    if event.kind == events.UPDATED:
        return Text("changed: {fields}", fields=list(_changed(counter, event)))
    if event.kind == events.CLOSED:
        return Text("closed: {result}", result=event.data["result"])
    if event.kind == events.TRANSFERRED:
        before, after = (who(event.data[name]).name for name in ("from", "to"))
        return Text("handed from {before} to {after}[[: {why}]]", before=before, after=after,
                    why=event.data.get("why") or None)  # fmt: skip
    return Text("recorded it")


def _changed(counter: "Counter", event: "Event") -> Iterator[Text]:
    """The fields that an event changed, and to what."""
    from cstools.handover.items import LABELS, written

    fields = event.data["fields"]
    for name, label in LABELS.items():
        if name not in fields:
            continue
        value = fields[name]
        words = _shown(counter, name, written(name, value)) if value else Text("(nothing)")
        yield Text("{label}: {words}", label=Text(label), words=words)
