"""A roster problem: everything that is asked, and nothing of how it is solved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from cstools.days import Calendar
from cstools.people import Person, by_number
from cstools.roster.inputs import Demand, Fixed, Meeting, Wish
from cstools.roster.rule import Stated
from cstools.shifts import DAY, Duty, Shift, ShiftBook
from cstools.team.leave import Leave

OFF = ""  # the code of a day without a shift


@dataclass(frozen=True)
class Problem:
    """What a roster is asked for.

    ``days`` is the horizon, consecutive; ``past`` are duties before it and ``past_days`` the days before it on which
    all duties are known (a day in neither is unknown: rules do not guess about it).
    """

    days: tuple[date, ...]
    people: tuple[Person, ...]
    shifts: ShiftBook
    rules: tuple[Stated, ...] = ()
    demands: tuple[Demand, ...] = ()
    leaves: tuple[Leave, ...] = ()
    wishes: tuple[Wish, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    past: frozenset[Duty] = frozenset()
    past_days: frozenset[date] = frozenset()
    calendar: Calendar = field(default_factory=Calendar)

    @cached_property
    def person(self) -> Mapping[str, Person]:
        """People by number."""
        return by_number(self.people)

    @cached_property
    def horizon(self) -> frozenset[date]:
        """The days to be rostered, as a set."""
        return frozenset(self.days)

    @cached_property
    def _shifts_by_day(self) -> dict[date, dict[str, Shift]]:
        return {}

    def shifts_on(self, day: date) -> Mapping[str, Shift]:
        """The shifts there are on a day, by code, in the sheet's order."""
        if day not in self._shifts_by_day:
            self._shifts_by_day[day] = self.shifts.on(day)
        return self._shifts_by_day[day]

    def shift(self, code: str, day: date) -> Shift | None:
        """A shift as it is on a day; None where there is none of that code."""
        return self.shifts_on(day).get(code)

    def codes(self, words: Iterable[str], day: date) -> list[str]:
        """The codes that codes, names or kinds of shifts mean on a day; no words mean all of them."""
        asked = tuple(words)
        found = self._codes_by_words.get((asked, day))
        if found is None:
            on_day = self.shifts_on(day)
            found = [
                code
                for code, shift in on_day.items()
                if not asked or {code, shift.kind, shift.name}.intersection(asked)
            ]
            self._codes_by_words[asked, day] = found
        return found

    @cached_property
    def _codes_by_words(self) -> dict[tuple[tuple[str, ...], date], list[str]]:
        return {}

    def known(self, day: date) -> bool:
        """Whether a finished roster tells all duties of the day."""
        return day in self.horizon or day in self.past_days

    def tells(self, person: Person, day: date) -> bool:
        """Whether a finished roster tells what the person does that day; a day outside the employment tells nothing."""
        return person.employed(day) and (self.known(day) or day in self.past_by_person[person.number])

    def before(self, day: date, count: int) -> list[date]:
        """The last ``count`` days up to and including ``day``, oldest first."""
        return [day - timedelta(days=back) for back in range(count - 1, -1, -1)]

    @cached_property
    def past_by_person(self) -> Mapping[str, Mapping[date, Duty]]:
        """Past duties by person and day."""
        found: dict[str, dict[date, Duty]] = {person.number: {} for person in self.people}
        for duty in self.past:
            found.setdefault(duty.person, {})[duty.day] = duty
        return found

    @cached_property
    def leaves_by_person(self) -> Mapping[str, Sequence[Leave]]:
        """Leave by person."""
        found: dict[str, list[Leave]] = {}
        for leave in self.leaves:
            found.setdefault(leave.person, []).append(leave)
        return found

    def on_leave(self, person: str, day: date) -> bool:
        """Whether the person has leave for the whole of that day."""
        return any(
            not leave.half and leave.first <= day <= leave.last for leave in self.leaves_by_person.get(person, ())
        )

    @cached_property
    def meetings_by_cell(self) -> Mapping[tuple[str, date], Sequence[Meeting]]:
        """Meetings by person and day, for those who must attend."""
        found: dict[tuple[str, date], list[Meeting]] = {}
        for meeting in self.meetings:
            for number in meeting.people:
                found.setdefault((number, meeting.day), []).append(meeting)
        return found

    def span(self, person: str, day: date, code: str, ended: int | None = None) -> tuple[int, int]:
        """From when to when a duty keeps a person, in minutes on one endless clock: the shift, the meetings of that
        day that the person attends, and the actual end where it is known (000-059: rest counts from the actual end).
        """
        shift = self.shifts_on(day)[code]
        start, end = shift.start, shift.end if ended is None else ended
        for meeting in self.meetings_by_cell.get((person, day), ()):
            start, end = min(start, meeting.start), max(end, meeting.end)
        midnight = day.toordinal() * DAY
        return midnight + start, midnight + end

    def paid(self, person: str, day: date, code: str) -> int:
        """Paid minutes of a duty: the shift's, and a meeting's minutes that lie outside the shift."""
        shift = self.shifts_on(day)[code]
        extra = 0
        for meeting in self.meetings_by_cell.get((person, day), ()):
            inside = max(0, min(shift.end, meeting.end) - max(shift.start, meeting.start))
            extra += meeting.end - meeting.start - inside
        return shift.paid + extra

    @cached_property
    def demands_by_day(self) -> Mapping[date, Sequence[Demand]]:
        """Cover by day, in the sheet's order."""
        found: dict[date, list[Demand]] = {day: [] for day in self.days}
        for demand in self.demands:
            found.setdefault(demand.day, []).append(demand)
        return found

    def posts_on(self, day: date, code: str) -> list[str]:
        """The posts that cover asks for on a shift of a day."""
        demands = self.demands_by_day.get(day, ())
        return list(dict.fromkeys(demand.post for demand in demands if demand.post and demand.takes(code)))

    @cached_property
    def posts(self) -> tuple[str, ...]:
        """The posts that some cover names, in order."""
        return tuple(dict.fromkeys(demand.post for demand in self.demands if demand.post))

    @cached_property
    def fixed_by_cell(self) -> Mapping[tuple[str, date], Fixed]:
        """Fixed cells by person and day."""
        return {(cell.person, cell.day): cell for cell in self.fixed}
