"""Quotas over days, weeks and months that may begin before the roster and end after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cstools.days import month_of, week_of
from cstools.people import Person
from cstools.roster.problem import Problem
from cstools.roster.scope import Scope


@dataclass(frozen=True, slots=True)
class Period:
    """One person's part of a day, week, month or whole roster.

    ``past`` are its known days before the roster, ``now`` its days in the roster, ``later`` how many follow the roster;
    only days in the rule's scope and in the person's employment count. ``length`` is all its days (of the weekdays that
    the rule is for), whoever works.
    """

    first: date
    last: date
    past: tuple[date, ...]
    now: tuple[date, ...]
    later: int
    length: int

    @property
    def days(self) -> tuple[date, ...]:
        """The days that count, past ones first."""
        return self.past + self.now

    def share(self, quota: int, reached: int) -> int:
        """How much of a minimum must be reached within ``now``, where ``reached`` was reached in ``past``.

        Who is employed, in scope or known for a part of the period owes that part of the quota, rounded down. What is
        still missing is spread evenly over the days left, to the nearest whole: so the quota stays reachable, no week
        is left with all of it, and at the period's end it is met in full.
        """
        owed = quota * (len(self.days) + self.later) // self.length - reached
        left = len(self.now) + self.later
        return max(0, (2 * owed * len(self.now) + left - 1) // (2 * left)) if left else 0


def periods(problem: Problem, every: str, person: Person, scope: Scope) -> Iterator[Period]:
    """A person's periods ("day", "week", "month" or "horizon") that have days in the roster."""
    for first, last in _bounds(problem, every):
        counted = [day for day in _days(first, last) if person.employed(day) and scope.covers(person, day)]
        now = tuple(day for day in counted if day in problem.horizon)
        if now:
            past = tuple(day for day in counted if day in problem.past_days)
            later = sum(day > problem.days[-1] for day in counted)
            # A quota for Sundays is one of all Sundays: weekdays choose days, they make no part of a whole.
            length = sum(not scope.weekdays or day.weekday() in scope.weekdays for day in _days(first, last))
            yield Period(first, last, past, now, later, length)


def _bounds(problem: Problem, every: str) -> list[tuple[date, date]]:
    """First and last day of each period that the roster touches."""
    if every == "horizon":
        return [(problem.days[0], problem.days[-1])]
    if every == "day":
        return [(day, day) for day in problem.days]
    of = week_of if every == "week" else month_of
    return list(dict.fromkeys(of(day) for day in problem.days))


def _days(first: date, last: date) -> Iterator[date]:
    for back in range((last - first).days + 1):
        yield first + timedelta(days=back)
