"""Overtime of a day: what went on by itself, and what was approved before it began."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Literal

from cstools.attendance.facts import DayFact, DayKind, Overtime
from cstools.attendance.settings import HoursSettings
from cstools.days import DAY, Minutes, show_time
from cstools.duties import Posted
from cstools.errors import Source
from cstools.hours.kinds import Days
from cstools.language import Text


@dataclass(frozen=True, slots=True)
class Extra:
    """Minutes of overtime on one kind of day; ``paid`` False with the reason why not.

    ``doubtful`` is what somebody stated as overtime and what isn't, for want of an approval or of its kind of day.
    """

    kind: DayKind | Literal[""]
    minutes: int
    paid: bool
    why: Text
    source: Source | None = None
    doubtful: bool = False


@dataclass(frozen=True)
class Around:
    """What is known of a person's day around its overtime."""

    posted: Posted | None
    fact: DayFact | None
    days: Days
    settings: HoursSettings

    def extras(self, rows: Sequence[Overtime], person: str) -> Iterator[Extra]:
        """The day's overtime, each minute once: an open-ended shift's first, then the rows' times, then bare hours."""
        taken: list[tuple[Minutes, Minutes]] = []
        went_on = self._went_on()
        if went_on and self.posted:
            yield from self._went_on_extras(person, went_on)
            taken += [went_on] if self.settings.auto_extend else []
        for row in sorted(rows, key=lambda row: (row.span is None, row.span or (0, 0), row.minutes)):
            if reason := self._refusal(row):
                yield Extra(self._kind(person, row), row.minutes, paid=False, why=reason, source=row.source,
                            doubtful=True)  # fmt: skip
            elif row.span and row.day:
                for start, end in _cut(self._present(row.span), [*self._planned(), *taken]):
                    yield from self._paid(person, row, start, end)
                    taken.append((start, end))
            else:
                minutes = self._bare(row, sum(end - start for start, end in taken))
                if minutes:
                    yield self._extra(row, self._kind(person, row), minutes)

    # --- what went on by itself ---------------------------------------------------------------------------------------

    def _went_on(self) -> tuple[Minutes, Minutes] | None:
        """From the planned end of an open-ended shift to the real one."""
        if self.posted is None or not self.posted.shift.open_ended:
            return None
        ended = self.fact.end if self.fact and self.fact.end is not None else self.posted.duty.ended
        planned = self.posted.shift.end
        return (planned, ended) if ended is not None and ended > planned else None

    def _went_on_extras(self, person: str, span: tuple[Minutes, Minutes]) -> Iterator[Extra]:
        if self.posted is None:
            return
        source = self.fact.source if self.fact else None
        shift, ended = self.posted.shift.name, show_time(span[1])
        for kind, start, end in self.days.parts(person, self.posted.duty.day, *span):
            if self.settings.auto_extend:
                why = Text("{shift} went on until {time}", shift=shift, time=ended)
                yield Extra(kind, end - start, paid=True, why=why, source=source)
            else:
                why = Text("{shift} went on until {time}: not overtime by itself", shift=shift, time=ended)
                yield Extra(kind, end - start, paid=False, why=why, source=source)

    # --- what was approved --------------------------------------------------------------------------------------------

    def _refusal(self, row: Overtime) -> Text | None:
        """Why a row doesn't count: not approved, or not before it began (003-037)."""
        if row.approval == "export":
            return None if self.settings.export_approves else Text("overtime of the export doesn't count as approved")
        if row.approval != "sheet":
            return Text("overtime that nobody approved")
        if row.approved_at is None:
            return Text("approved by {name}, but not told when", name=row.approved_by)
        if row.approved_at > self._begins(row):
            return Text("approved only at {time}, after it began", time=f"{row.approved_at:%Y-%m-%d %H:%M}")
        return None

    def _begins(self, row: Overtime) -> datetime:
        """When overtime begins: as told, else at the end of the shift or the first punch, else with the day's end."""
        if row.day is None:
            return datetime.max  # noqa: DTZ901 - wall times have no zone
        begun = self.posted.shift.end if self.posted else self.fact.start if self.fact else None
        start = row.span[0] if row.span else DAY if begun is None else begun
        return datetime.combine(row.day, time()) + timedelta(minutes=start)

    def _kind(self, person: str, row: Overtime) -> DayKind | Literal[""]:
        return row.kind or (self.days.kind(person, row.day) if row.day else "")

    def _paid(self, person: str, row: Overtime, start: Minutes, end: Minutes) -> Iterator[Extra]:
        if row.day:
            for kind, begun, ended in self.days.parts(person, row.day, start, end):
                yield self._extra(row, row.kind or kind, ended - begun)

    def _extra(self, row: Overtime, kind: DayKind | Literal[""], minutes: int) -> Extra:
        """Time off may be given for a workday's or a rest day's work, never for a statutory holiday's (Labour Law
        art. 44).
        """  # fmt: skip
        if row.time_off and kind != "holiday":
            return Extra(kind, minutes, paid=False, why=Text("time off instead of pay"), source=row.source)
        if not kind:
            why = Text("overtime whose kind of day the export doesn't tell")
            return Extra(kind, minutes, paid=False, why=why, source=row.source, doubtful=True)
        if row.approval == "export":
            return Extra(kind, minutes, paid=True, why=Text("overtime by the export"), source=row.source)
        why = Text("overtime approved by {name}", name=row.approved_by)
        return Extra(kind, minutes, paid=True, why=why, source=row.source)

    # --- times --------------------------------------------------------------------------------------------------------

    def _planned(self) -> list[tuple[Minutes, Minutes]]:
        return [(self.posted.shift.start, self.posted.shift.end)] if self.posted else []

    def _present(self, span: tuple[Minutes, Minutes]) -> tuple[Minutes, Minutes]:
        """A span cut to the time between the punches, where both are known."""
        if self.fact is None or self.fact.start is None or self.fact.end is None:
            return span
        return max(span[0], self.fact.start), min(span[1], self.fact.end)

    def _bare(self, row: Overtime, taken: int) -> int:
        """Hours without times: at most as long as the person was there outside of the duty; an export saw to it."""
        fact = self.fact
        if row.approval == "export" or fact is None or fact.start is None or fact.end is None:
            return max(row.minutes - taken, 0)
        outside = sum(end - start for start, end in _cut((fact.start, fact.end), self._planned()))
        return max(min(row.minutes, outside) - taken, 0)


def _cut(span: tuple[Minutes, Minutes], away: Sequence[tuple[Minutes, Minutes]]) -> list[tuple[Minutes, Minutes]]:
    """What is left of a span without others."""
    left = [span] if span[0] < span[1] else []
    for start, end in away:
        left = [part for first, last in left for part in ((first, min(last, start)), (max(first, end), last))
                if part[0] < part[1]]  # fmt: skip
    return left


def rounded(extras: Iterable[Extra], settings: HoursSettings) -> Iterator[Extra]:
    """A day's overtime with less than the minimum not paid, and the rest rounded down to whole units."""
    found = list(extras)
    total = sum(extra.minutes for extra in found if extra.paid)
    small = total < settings.minimum
    why = (Text("less than {minutes} minutes of overtime in a day", minutes=settings.minimum) if small
           else Text("overtime counts in units of {minutes} minutes", minutes=settings.unit))  # fmt: skip
    cut = total if small else total % settings.unit
    kept: list[Extra] = []
    for extra in reversed(found):  # what is cut off is the end of the day
        off = min(cut, extra.minutes) if extra.paid else 0
        cut -= off
        kept += [replace(extra, minutes=off, paid=False, why=why)] if off else []
        kept += [replace(extra, minutes=extra.minutes - off)] if extra.minutes > off else []
    return reversed(kept)
