"""What stands above a sheet's sections and below them: the change, its people, warnings, boxes to sign in."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from cstools.handover.forms.outline import Box
from cstools.handover.forms.times import clock, span
from cstools.handover.sheet import Header, ItemLine, SheetContent, ShiftLine, SignatureLine, Who
from cstools.handover.words import Severity, Stage, State
from cstools.language import Text, show

CHINA: Final = frozenset({"Asia/Shanghai", "Asia/Chongqing", "Asia/Chungking", "Asia/Harbin", "PRC"})


def title(header: Header) -> str:
    """The sheet's title with the team's name."""
    return str(Text("{team} shift handover", team=header.team)).strip()


def change(header: Header) -> str:
    """The shift that ends and the one that takes over."""
    unknown = Text("{time}: no roster", time=f"{header.at:%Y-%m-%d %H:%M}")
    outgoing = _shifts(header.outgoing, Text("nobody") if header.rostered else unknown)
    relief = _shifts(header.relief, Text("nobody") if header.rostered else Text("unknown"))
    return f"{outgoing} → {relief}"


def _shifts(shifts: Sequence[ShiftLine], otherwise: Text) -> str:
    return show([span(shift) for shift in shifts]) if shifts else str(otherwise)


def facts(header: Header) -> Iterator[tuple[str, str]]:
    """Who hands over to whom and when."""
    yield str(Text("outgoing")), people(header.outgoing_people) or str(Text("unknown"))
    yield str(Text("relief")), people(header.relief_people) or str(Text("unknown"))
    yield str(Text("time of the change")), _by_clock(header)
    yield str(Text("relief arrives")), clock(_arrival(header), header.at)
    yield str(Text("state")), str(header.state.text)


def _by_clock(header: Header) -> str:
    """The time of the change, and by whose clock it is (000-019)."""
    moment = header.at.replace(tzinfo=ZoneInfo(header.zone))
    shown, offset = f"{moment:%Y-%m-%d %H:%M}", f"{moment:%z}"
    if header.zone in CHINA:
        return str(Text("{time} (China Standard Time)", time=shown))
    return str(Text("{time} ({zone}, UTC{offset})", time=shown, zone=header.zone, offset=f"{offset[:3]}:{offset[3:]}"))


def _arrival(header: Header) -> datetime:
    """When the relief arrives: as early before its start as the sheet is due before the change."""
    if not header.written or not header.relief:
        return header.sheet_due
    return min(shift.starts for shift in header.relief) - (header.at - header.sheet_due)


def people(those: Sequence[Who]) -> str:
    """Names with their posts, the leader first."""
    return show([_person(who) for who in sorted(those, key=lambda who: not who.leader)]) if those else ""


def _person(who: Who) -> str:
    told = [str(Text("leader"))] * who.leader + list(who.posts)
    return str(Text("{name} ({posts})", name=who.name, posts="/".join(told))) if told else who.name


def alarms(content: SheetContent) -> Iterator[str]:
    """What is wrong with the handover itself."""
    header = content.header
    if not header.rostered:
        yield str(Text("NO ROSTER for this shift: who hands over to whom isn’t known. All open items follow."))
    if not header.begun:
        yield str(Text("NOTHING RECORDED YET: this book is empty, so nobody knows whether anything is open."))
    if header.state is not State.ACCEPTED:
        yield from _refusals(content)
    if header.signed_late:
        yield str(Text("SIGNED LATE: after the time of the change"))
    if header.made_late:
        yield str(Text("MADE LATER: this sheet wasn’t made at its time"))


def _refusals(content: SheetContent) -> Iterator[str]:
    for refusal in _signed(content, "refused"):
        yield str(Text("REFUSED by {person} {time}[[: {note}]]", person=refusal.person,
                       time=clock(refusal.at, content.header.at), note=refusal.note or None))  # fmt: skip


def notes(content: SheetContent) -> Iterator[str]:
    """How far the sheet goes, and how it is handed over; a signed sheet’s checksum."""
    header = content.header
    at = f"{header.at:%m-%d %H:%M}"
    if header.state is State.ACCEPTED:  # what was put right since is no alarm any more
        yield from _refusals(content)
    if header.frozen:
        yield str(Text("Final: holds what was recorded until {time}; what came later is on the next sheet.", time=at))
    else:
        yield str(Text("Draft: may be made again until {time}, then it is final.", time=at))
    if header.written:
        yield str(Text("Written handover: the two shifts don’t meet; the relief accepts at its start."))
    if content.checksum:
        yield str(Text("checksum: {checksum}", checksum=content.checksum))


def summary(content: SheetContent) -> str:
    """How much is open; that nothing is open is said in so many words."""
    items = content.items
    if not items and not content.header.begun:
        return str(Text("Nothing was ever recorded in this book."))
    if not items:
        return str(Text("No open items: the book was read, and nothing in it is open."))
    counts = (
        (Text("{count} open", count=len(items)), len(items)),
        (Text("{count} urgent", count=(urgent := _count(items, Severity.URGENT))), urgent),
        (Text("{count} major", count=(major := _count(items, Severity.MAJOR))), major),
        (Text("{count} overdue", count=(late := sum(item.stage is Stage.OVERDUE for item in items))), late),
        (Text("{count} due soon", count=(soon := sum(item.stage is Stage.WARNED for item in items))), soon),
        (Text("{count} open too long", count=len(content.long_open)), len(content.long_open)),
    )
    return show([words for words, count in counts if count])


def _count(items: Sequence[ItemLine], severity: Severity) -> int:
    return sum(item.severity is severity for item in items)


def boxes(content: SheetContent) -> tuple[Box, ...]:
    """Where the two sides and the supervisor sign."""
    header, blank = content.header, str(Text("name and time"))
    passed = tuple(str(gate.overridden) for gate in content.gates if gate.overridden)
    return (
        _box(Text("outgoing"), header.outgoing_people, _signatures(content, "out")),
        _box(Text("relief"), header.relief_people, _signatures(content, "in")),
        Box(str(Text("supervisor")), "", blank, passed),
    )


def _box(side: Text, those: Sequence[Who], signed: str) -> Box:
    """Once somebody has signed, who else might have needs no room: they stand at the head of the sheet."""
    return Box(str(side), "" if signed else show(those), str(Text("name and time")), (signed,) if signed else ())


def _signatures(content: SheetContent, side: str) -> str:
    at = content.header.at
    signed = [f"{one.person}\u00a0{clock(one.at, at)}{_late(one)}" for one in _signed(content, side)]
    return show(signed) if signed else ""


def _late(signature: SignatureLine) -> str:
    return str(Text(" (late)")) if signature.late else ""


def _signed(content: SheetContent, side: str) -> list[SignatureLine]:
    return [signature for signature in content.signatures if signature.side == side]
