"""Events that nobody types: read out of attendance, and out of the roster desk's handover book."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from cstools.attendance import Attendance, AttendanceSettings, Offline, Quota, events
from cstools.errors import Fault, Source
from cstools.journal import Journal
from cstools.language import Text, mark
from cstools.pay.events import Event
from cstools.pay.inputs import Standard, Thing
from cstools.pay.run import Run
from cstools.tables.grid import both_names, fold

# What attendance finds, as sheet 奖惩标准 may call it in either language.
KINDS: Final[Mapping[str, str]] = {
    "late": mark("late"),
    "absence": mark("absence"),
    "truancy": mark("truancy"),
    "early": mark("left early"),
    "missing": mark("missing punch"),
    "offline": mark("not online"),
    "beyond": mark("leave beyond the quota"),
}
_ADDED: Final = "handover.item.added"  # as the handover's book records a matter
_SHELF: Final = "item"
_THINGS: Final = "thing"  # the shelf of shared things, each with who has what is missing of it


def spelling(kind: str, known: Iterable[str]) -> str:
    """A kind as the desk's own table spells it; in the language spoken where it doesn't."""
    names = both_names(KINDS[kind]) if kind in KINDS else {fold(kind)}
    return next((word for word in known if fold(word) in names), str(Text(KINDS.get(kind, kind))))


def torn(run: Run, standards: Iterable[Standard]) -> Iterator[Fault]:
    """Notes of standards that count calendar months of what attendance finds, where it is read for other periods."""
    names = frozenset[str]().union(*map(both_names, KINDS.values()))
    for row in standards if run.attendance.first.day != 1 else ():
        if row.step and row.window == "month" and fold(row.kind) in names:
            wrong = Text(
                "counted by calendar month, but attendance is read from {first} on", first=run.attendance.first
            )
            yield Fault(Source(row.source), row.kind, wrong, Text("count it within the attendance period"))


def from_attendance(
    attendance: Attendance, settings: AttendanceSettings, quotas: Mapping[str, Quota], offline: Iterable[Offline],
    known: Iterable[str],
) -> Iterator[Event]:  # fmt: skip
    """Late, absent, truant, early, missing punches; not online; leave beyond the monthly quota (001-023 to 001-028)."""
    words = {kind: spelling(kind, known) for kind in KINDS}
    for found in events(attendance, settings):
        at = _at(found.day or attendance.last)
        for _ in range(_times(found.count)):
            quantity = Decimal(found.minutes) if found.minutes else None
            yield Event(words[found.kind], at, (found.person,), quantity, source=str(found.source or ""))
    for gap in offline:
        if not gap.excused:
            reason = str(Text("at noon")) if gap.noon else ""
            at = _at(gap.day, gap.start)
            yield Event(words["offline"], at, (gap.person,), Decimal(gap.minutes), None, reason, "", str(gap.source))
    for quota in quotas.values():
        for use in quota.beyond:
            at = _at(use.day or attendance.last)
            for _ in range(_times(use.count)):
                yield Event(words["beyond"], at, (quota.person,), None, None, str(use.why), "", str(use.source or ""))


def _times(count: Decimal) -> int:
    """How many events a count makes: part of a day away without leave is an event too."""
    return max(1, int(count.to_integral_value(rounding="ROUND_CEILING")))


def _at(day: date, minutes: int = 0) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def from_handover(journal: Journal, kinds: Iterable[str]) -> Iterator[Event]:
    """Matters of some kinds in the roster desk's handover book, when they happened, with those liable (003-081).

    Who else is liable stands in the book as it is now; where nobody does, it is the one who took the matter first.
    """
    asked = {fold(kind): kind for kind in kinds}
    if not asked:
        return
    with journal.reading() as pages:
        if pages is None:
            return
        for event in pages.events(_ADDED):
            kind = asked.get(fold(str(event.data.get("kind", ""))))
            if kind is None:
                continue
            card = pages.card(_SHELF, str(event.number))
            now = card.data if card else event.data
            people = tuple(dict.fromkeys(now.get("liable") or [event.data["owner"]]))
            source = str(Text("handover book no. {number}", number=event.number))
            yield Event(kind, event.at, people, None, None, str(event.data.get("title", "")), "", source)


def held(journal: Journal) -> dict[str, tuple[Thing, ...]]:
    """Shared things that aren't where they belong, by the number of who has them, as the handover book last says."""
    found: dict[str, list[Thing]] = {}
    with journal.reading() as pages:
        for card in pages.live_cards(_THINGS) if pages else ():
            if holder := str(card.data.get("holder") or ""):
                counted = card.data.get("counted")
                missing = None if counted is None else card.data.get("expected", counted) - counted
                source = str(Text("handover book, {at}", at=f"{card.at:%Y-%m-%d %H:%M}"))
                thing = Thing(str(card.data["thing"]), missing, str(card.data.get("note") or ""), source)
                found.setdefault(holder, []).append(thing)
    return {holder: tuple(sorted(things, key=lambda thing: thing.name)) for holder, things in found.items()}
