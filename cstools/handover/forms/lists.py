"""What a sheet lists besides items: gates, orders, notices, equipment, staff, checklists, things, figures."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from cstools.handover.forms.outline import Line
from cstools.handover.forms.times import clock, short_day
from cstools.handover.sheet import (
    CheckLine,
    EquipmentLine,
    GateLine,
    NoticeLine,
    OrderLine,
    Report,
    SheetContent,
    StaffLine,
    SupplementLine,
    ThingLine,
)
from cstools.language import Text, show


def gates(content: SheetContent) -> Iterator[Line]:
    """The shut gates with their reasons, those that a supervisor passed, and in one line the open ones."""
    told = sorted(content.gates, key=lambda gate: (not gate.reasons, gate.overridden is not None))
    yield from (_gate(gate) for gate in told if gate.reasons)
    if passed := [gate.label for gate in told if not gate.reasons]:
        yield Line(str(Text("none of these: {gates}", gates=passed)), mark="✓")


def _gate(gate: GateLine) -> Line:
    if gate.overridden:
        reasons = (*map(str, gate.reasons), str(gate.overridden))
        return Line(str(gate.label), mark=str(Text("▲ passed by a supervisor")), facts=reasons)
    return Line(str(gate.label), mark=str(Text("■ not yet")), facts=tuple(map(str, gate.reasons)), alarm=True)


def orders(told: Iterable[OrderLine], at: datetime) -> Iterator[Line]:
    """Standing orders with who gave them and how long they hold."""
    for order in told:
        since, until = short_day(order.since, at), order.until and short_day(order.until, at)
        holds = Text("from {day}", day=since) if until is None else f"{since}–{until}"
        yield Line(order.text, _new(new=order.new), facts=tuple(map(str, filter(None, (order.given_by, holds)))))


def notices(told: Iterable[NoticeLine], at: datetime) -> Iterator[Line]:
    """Notices and agreed wordings, with a box for each of those who come on and haven't read them yet."""
    for notice in told:
        ends = Text("ENDS {day}") if notice.expiring else Text("until {day}")
        until = [str(Text(ends.key, day=short_day(notice.until, at)))] if notice.until else []
        read = [str(Text("{count} have read it", count=len(notice.read)))] if notice.read else []
        boxes = " ".join(f"☐\u00a0{who}" for who in notice.unread)
        words = str(Text("{kind}: {text}", kind=notice.kind, text=notice.text))
        yield Line(words, _new(new=notice.new), facts=tuple(filter(None, (*until, *read, boxes))))


def _new(*, new: bool) -> str:
    return str(Text("★ new")) if new else ""


def equipment(told: Iterable[EquipmentLine], at: datetime) -> Iterator[Line]:
    """Machines, lines and systems: faults and those that start or stop are marked."""
    for machine in told:
        mark = Text("■ fault") if machine.fault else Text("▲ starting or stopping") if machine.moving else ""
        test = Text("tested {time}: {result}", time=clock(machine.tested_at, at), result=machine.test) \
            if machine.tested_at else machine.test  # fmt: skip
        since = Text("{by} {time}", by=machine.by, time=clock(machine.at, at))
        facts = tuple(str(fact) for fact in (machine.note, test, since) if fact)
        words = str(Text("{name}: {state}", name=machine.name, state=machine.state))
        yield Line(words, str(mark), facts=facts, alarm=machine.fault or machine.moving)


def staff(told: Iterable[StaffLine], at: datetime) -> Iterator[Line]:
    """Swaps, leave, absence, lateness."""
    for change in told:
        first, last = short_day(change.day, at), short_day(change.until or change.day, at)
        facts = tuple(filter(None, (first if last == first else f"{first}–{last}", change.note)))
        words = Text("{person}: {what}", person=change.person, what=change.what)
        yield Line(str(words), mark="▲" * change.alarm, facts=facts, alarm=change.alarm)


def checks(told: Iterable[CheckLine], at: datetime) -> Iterator[Line]:
    """Lines of a checklist, each with its box, and with who did it when."""
    for check in told:
        words = f"{clock(check.at, at)} {check.text}" if check.at else check.text
        if check.done:
            facts = filter(None, (check.result, check.by, clock(check.done, at)))
            words = str(Text("{words} ({facts})", words=words, facts=" ".join(facts)))
        yield Line(words, ticked=check.done is not None)


def seats(told: Iterable[Text]) -> Iterator[Line]:
    """What the seats without a successor need, each with a box."""
    return (Line(str(words), ticked=False) for words in told)


def things(told: Sequence[ThingLine], at: datetime) -> Iterator[Line]:
    """Shared things: expected, counted, who has them; what is missing is marked, what is all there stands together."""
    whole = [thing for thing in told if thing.counted == thing.expected and not (thing.holder or thing.note)]
    if whole:
        names = [f"{thing.name} {thing.counted}" for thing in whole]
        by = dict.fromkeys(_counted(thing, at) for thing in whole)
        yield Line(str(Text("all there: {things}", things=names)), facts=tuple(filter(None, by)), ticked=True)
    for thing in told:
        if thing in whole:
            continue
        missing = thing.counted is not None and thing.expected - thing.counted
        mark = ""
        if missing:
            mark = str(
                Text("■ {count} missing", count=missing) if missing > 0 else Text("▲ {count} too many", count=-missing)
            )
        counted = "____" if thing.counted is None else str(thing.counted)
        words = Text("{name}: {expected} expected, {counted} counted",
                     name=thing.name, expected=thing.expected, counted=counted)  # fmt: skip
        holder = str(Text("{holder} has it", holder=thing.holder)) if thing.holder else ""
        facts = tuple(filter(None, (holder, thing.note, _counted(thing, at))))
        yield Line(str(words), mark, facts=facts, ticked=thing.counted is not None, alarm=bool(missing))


def _counted(thing: ThingLine, at: datetime) -> str:
    """Who counted it when."""
    return f"{thing.counted_by} {clock(thing.counted_at, at)}".strip() if thing.counted_at else ""


def figures(report: Report | None) -> Iterator[Line]:
    """A daily report in one line."""
    if report and report.figures:
        told = [f"{figure.name} {figure.value}" for figure in report.figures]
        yield Line(show(told), facts=(report.by,) if report.by else ())


def supplements(told: Iterable[SupplementLine], at: datetime) -> Iterator[Line]:
    """What was added to a signed sheet; both sides must sign it."""
    for added in told:
        by = str(Text("{by} {time}", by=added.by, time=clock(added.at, at)))
        signed = str(Text("signed by {people}", people=added.signed)) if added.signed else ""
        lacks = "" if added.complete else str(Text("still to be signed by both sides"))
        yield Line(added.text, str(Text("Supplement {number}", number=added.number)),
                   facts=tuple(filter(None, (by, signed, lacks))), alarm=not added.complete)  # fmt: skip
