"""What a change of a published roster would do to whose cells."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from cstools.duties import Board, Cell, Posted
from cstools.errors import Refused
from cstools.language import Text
from cstools.roster.history import cell_words
from cstools.shifts import DAY


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody asks for; people by number or name.

    "swap": ``person`` and ``other`` exchange their duties of ``day`` and ``other_day``; "substitute": ``other`` takes
    the duty of ``person``; "absent": ``person`` doesn't come. ``at`` is when ``approved_by`` agreed, now if not told.
    """

    what: str
    person: str
    day: date
    other: str = ""
    other_day: date | None = None
    approved_by: str = ""
    at: datetime | None = None
    note: str = ""
    row: str = ""

    @property
    def days(self) -> tuple[date, ...]:
        """The days that it touches."""
        return (self.day,) if self.other_day is None else (self.day, self.other_day)


def propose(now: Board, change: Change, mine: Posted) -> dict[Cell, Posted | None]:
    """The cells as the change would leave them, ``mine`` being the duty of the one who asks.

    Raises Refused where somebody hasn't, or already has, a duty.
    """
    if change.what == "absent":
        return {(change.day, change.person): None}
    if change.what == "substitute":
        _off(now, change.other, change.day)
        return handed_over(mine, change.other)
    other_day = change.other_day or change.day
    theirs = held(now, change.other, other_day)
    given, taken = handed_over(mine, change.other), handed_over(theirs, change.person)
    if other_day != change.day:
        _off(now, change.other, change.day)
        _off(now, change.person, other_day)
        return given | taken
    if (mine.duty.shift, mine.duty.posts) == (theirs.duty.shift, theirs.duty.posts):
        raise Refused(Text("refused: both have {shift} on {day}", shift=cell_words(mine), day=change.day))
    return {cell: posted for cell, posted in (*given.items(), *taken.items()) if posted}


def handed_over(held: Posted, person: str) -> dict[Cell, Posted | None]:
    """The cells that change when somebody takes another's duty, posts and meal included."""
    duty = held.duty
    return {
        (duty.day, duty.person): None,
        (duty.day, person): Posted(replace(duty, person=person), held.shift),
    }


def held(now: Board, person: str, day: date) -> Posted:
    """Somebody's duty of a day. Raises Refused where there is none."""
    if day not in now.days:
        raise Refused(Text("refused: {day} isn't published", day=day))
    found = now.of(person, day)
    if found is None:
        raise Refused(Text("refused: {name} has no duty on {day}", name=now.name(person), day=day))
    return found


def duty_of(now: Board, change: Change, absences: Mapping[Cell, Posted]) -> Posted:
    """The duty of the one who asks; for a substitute also one that its person is recorded absent from."""
    cell = change.day, change.person
    if change.what == "substitute" and cell in absences and cell not in now.cells:
        return absences[cell]
    return held(now, change.person, change.day)


def _off(now: Board, person: str, day: date) -> None:
    if day not in now.days:
        raise Refused(Text("refused: {day} isn't published", day=day))
    if held := now.of(person, day):
        name, shift = now.name(person), cell_words(held)
        raise Refused(Text("refused: {name} already has {shift} on {day}", name=name, shift=shift, day=day))


def begins(now: Board, cells: Mapping[Cell, Posted | None]) -> datetime:
    """When the first of the duties begins that change hands."""
    either = (posted for cell, after in cells.items() for posted in (now.cells.get(cell), after))
    minute = min(posted.span[0] for posted in either if posted)
    return datetime.combine(date.fromordinal(minute // DAY), datetime.min.time()) + timedelta(minutes=minute % DAY)
