"""What each person works, in numbers: hours, shifts by kind, weekends, holidays, posts, wishes. Plain data."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from cstools.language import Text
from cstools.people import Person
from cstools.roster import cells
from cstools.roster.marks import Mark, mark_days
from cstools.roster.roster import Roster
from cstools.shifts import Duty, Shift


@dataclass(frozen=True, slots=True)
class Count:
    """One person's numbers over the roster's days. ``minutes`` are paid ones; a day of leave is no rest day."""

    person: Person
    minutes: int
    duties: int
    rest: int
    leave: int
    weekends: int
    holidays: int
    kinds: Mapping[str, int]
    posts: Mapping[str, int]
    asked: int
    met: int

    @property
    def hours(self) -> float:
        """Paid hours, to a hundredth."""
        return round(self.minutes / 60, 2)


@dataclass(frozen=True, slots=True)
class Measure:
    """One column of figures: what is counted, and each person's number in the people's order."""

    label: Text | str
    values: tuple[float, ...]

    @property
    def total(self) -> float:
        """All together."""
        return round(sum(self.values), 2)

    @property
    def least(self) -> float:
        """The smallest number, 0 where nobody is."""
        return min(self.values, default=0)

    @property
    def most(self) -> float:
        """The largest number, 0 where nobody is."""
        return max(self.values, default=0)

    @property
    def spread(self) -> float:
        """How far the largest lies above the smallest."""
        return round(self.most - self.least, 2)


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everybody's numbers, in the grid's order, and the words that their parts are counted by."""

    counts: tuple[Count, ...]
    kinds: tuple[str, ...]
    posts: tuple[str, ...]

    def totals(self) -> list[Measure]:
        """The few columns that stand beside the grid."""
        return [
            self.hours(),
            self._measure(Text("duty days"), lambda count: count.duties),
            self._measure(Text("days off"), lambda count: count.rest),
            *self.by_kind(),
            self._measure(Text("weekend duties"), lambda count: count.weekends),
        ]

    def measures(self) -> list[Measure]:
        """Every column worth showing; leave, holidays and wishes only where there are any."""
        seldom = [
            self._measure(Text("leave days"), lambda count: count.leave),
            self._measure(Text("holiday duties"), lambda count: count.holidays),
            *(self._parts(post, lambda count: count.posts) for post in self.posts),
        ]
        wishes = [
            self._measure(Text("wishes"), lambda count: count.asked),
            self._measure(Text("wishes met"), lambda count: count.met),
        ]
        found = [*self.totals(), *(measure for measure in seldom if measure.total)]
        return [*found, *wishes] if wishes[0].total else found

    def by_kind(self) -> list[Measure]:
        """Duties by kind of shift."""
        return [self._parts(kind, lambda count: count.kinds) for kind in self.kinds]

    def hours(self) -> Measure:
        """Everybody's hours."""
        return self._measure(Text("work hours"), lambda count: count.hours)

    def _measure(self, label: Text | str, number: Callable[[Count], float]) -> Measure:
        return Measure(label, tuple(number(count) for count in self.counts))

    def _parts(self, label: str, parts: Callable[[Count], Mapping[str, int]]) -> Measure:
        return self._measure(label, lambda count: parts(count).get(label, 0))


def count_all(roster: Roster) -> Statistics:
    """Count a roster's days (its past doesn't count)."""
    marks = mark_days(roster.problem.calendar, roster.problem.days)
    counts = tuple(_count(roster, person, marks) for person in cells.rows(roster))
    kinds = tuple(dict.fromkeys(kind_of(shift) for shift in cells.shifts(roster).values()))
    return Statistics(counts, kinds, roster.problem.posts if roster.detailed else ())


def kind_of(shift: Shift) -> str:
    """The word that a shift is counted by: its kind, or its name where the desk gives none."""
    return shift.kind or shift.name or shift.code


def _count(roster: Roster, person: Person, marks: Mapping[date, Mark]) -> Count:
    problem, number = roster.problem, person.number
    duties = [duty for day in problem.days if (duty := roster.duty(number, day))]
    free = [day for day in problem.days if person.employed(day) and not roster.on_duty(number, day)]
    leave = sum(problem.on_leave(number, day) for day in free)
    worked = [(duty, problem.shift(duty.shift, duty.day)) for duty in duties]
    asked, met = _wishes(roster, number)
    return Count(
        person=person,
        minutes=sum(problem.paid(number, duty.day, duty.shift) for duty, shift in worked if shift),
        duties=len(duties),
        rest=len(free) - leave,
        leave=leave,
        weekends=sum(marks[duty.day].weekend for duty in duties),
        holidays=sum(bool(marks[duty.day].holiday) for duty in duties),
        kinds=Counter(kind_of(shift) for _, shift in worked if shift),
        posts=Counter(post for duty in duties for post in duty.posts),
        asked=asked,
        met=met,
    )


def _wishes(roster: Roster, number: str) -> tuple[int, int]:
    """How many wishes for the roster's days a person has, and how many of them came true."""
    problem = roster.problem
    wishes = [wish for wish in problem.wishes if wish.person == number and wish.day in problem.horizon]
    met = 0
    for wish in wishes:
        duty: Duty | None = roster.duty(number, wish.day)
        has = duty is not None and duty.shift in problem.codes(wish.shifts, wish.day)
        met += has is wish.on
    return len(wishes), met
