"""Turns that people take, evenings, weekends, posts and so on, and what share of them would be fair to each."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from cstools.language import WEEKDAYS, Text, mark
from cstools.people import Person
from cstools.roster.problem import Problem
from cstools.roster.scope import Scope
from cstools.shifts import Duty

if TYPE_CHECKING:
    from cstools.roster.plan import Plan, Term

KINDS = {
    "shifts": mark("shifts"),
    "weekends": mark("weekend days"),
    "holidays": mark("holidays"),
    "rests": mark("rest weekdays"),
    "posts": mark("posts"),
}


@dataclass(frozen=True, slots=True)
class Turns:
    """What is shared out: ``of`` is one of KINDS, ``words`` name the shifts or the posts, none of them meaning all."""

    of: str
    words: tuple[str, ...] = ()
    weekday: int = 0

    def says(self) -> Text | str:
        """The turns in words."""
        if self.of == "rests":
            return Text("rests on {weekday}", weekday=Text(WEEKDAYS[self.weekday]))
        return "/".join(self.words) or Text(KINDS[self.of])

    def on(self, problem: Problem, days: Iterable[date]) -> list[date]:
        """Those of the days on which there are such turns."""
        if self.of == "weekends":
            return [day for day in days if problem.calendar.is_weekend(day)]
        if self.of == "holidays":
            return [day for day in days if problem.calendar.is_holiday(day)]
        return [day for day in days if self.of != "rests" or day.weekday() == self.weekday]

    def codes(self, problem: Problem, day: date) -> list[str]:
        """The shifts that make a turn."""
        return problem.codes(self.words if self.of == "shifts" else (), day)

    def taken(self, duty: Duty | None, codes: Collection[str]) -> int:
        """How many turns a day has for a person."""
        if self.of == "rests" or duty is None:
            return int(self.of == "rests" and duty is None)
        if self.of == "posts":
            return sum(self.wants(post) for post in duty.posts)
        return int(duty.shift in codes)

    def terms(self, plan: "Plan", person: str, day: date) -> list["Term"]:
        """The same, to be planned."""
        codes = self.codes(plan.problem, day)
        if self.of == "rests":
            return [plan.off(person, day)]
        if self.of == "posts":
            posts = dict.fromkeys(
                post for code in codes for post in plan.problem.posts_on(day, code) if self.wants(post)
            )
            return [plan.either(plan.holds(person, day, code, post) for code in codes) for post in posts]
        return [plan.any_of(person, day, codes)]

    def skills(self, problem: Problem, day: date) -> list[frozenset[str]]:
        """Sets of skills: who has one skill of one of the sets, or any set being empty, can have such a turn."""
        if self.of in {"rests", "posts"}:
            return [frozenset()]
        shifts = problem.shifts_on(day)
        return [shifts[code].skills for code in self.codes(problem, day)]

    def wants(self, post: str) -> bool:
        return bool(post) and (not self.words or post in self.words)


@dataclass(frozen=True, slots=True)
class Share:
    """One person's share: the days of the roster on which the person could have a turn, the part of all such days that
    they are, how many turns more than a fair share the person had before (``balance``), and how many of those the
    roster may make up for at most.
    """

    person: Person
    days: tuple[date, ...]
    part: Fraction
    balance: Fraction
    made_up: int

    def range(self, level: int) -> tuple[int, int]:
        """What is fair, from and to, where somebody who is always there and quits gets ``level`` halves of a turn."""
        most = Fraction(self.made_up)
        balance = max(-most, min(self.balance, most))
        due = max(Fraction(0), min(self.part * level / 2 - balance, Fraction(len(self.days))))
        return floor(due), ceil(due)


def shares(problem: Problem, turns: Turns, scope: Scope, back: int, a_week: int) -> list[Share]:
    """Everybody's share; of what the ``back`` days before the roster gave amiss ``a_week`` turns are made up a week.

    On each known past day the turns that were had are split evenly among those who could have had one: employed, in
    scope, not on leave, with the skill. So who is new or was away has nothing to catch up on.
    """
    first = problem.days[0]
    past = sorted(day for day in problem.past_days if first - timedelta(days=back) <= day < first)
    now = turns.on(problem, filter(scope.on, problem.days))
    there = _presence(problem, turns, scope, [*turns.on(problem, past), *now])
    balance = {person.number: Fraction(0) for person in problem.people}
    for day in turns.on(problem, past):
        codes = turns.codes(problem, day)
        had = [turns.taken(problem.past_by_person[person.number].get(day), codes) for person in there[day]]
        if any(had):
            even = Fraction(sum(had), len(had))
            for person, count in zip(there[day], had, strict=True):
                balance[person.number] += count - even
    made_up = a_week * ceil(len(problem.days) / 7)
    open_days: dict[str, list[date]] = {person.number: [] for person in problem.people}
    for day in now:
        for person in there[day]:
            open_days[person.number].append(day)
    return [
        Share(person, tuple(days), Fraction(len(days), len(now)), balance[person.number], made_up)
        for person in problem.people
        if (days := open_days[person.number])
    ]


def _presence(problem: Problem, turns: Turns, scope: Scope, days: Iterable[date]) -> dict[date, list[Person]]:
    """Who could have a turn, day by day."""
    posts = frozenset(demand.skill for demand in problem.demands if turns.of == "posts" and turns.wants(demand.post))
    found = {}
    for day in days:
        skills = [posts] if posts and "" not in posts else turns.skills(problem, day)
        found[day] = [
            person
            for person in scope.among(problem.people, day)
            if person.employed(day)
            and not problem.on_leave(person.number, day)
            and any(person.has(asked, day) for asked in skills)
        ]
    return found


def all_turns(of: str, words: tuple[str, ...]) -> Iterator[Turns]:
    """What a rule shares out: one kind of turns, or rests on each weekday by themselves."""
    for weekday in range(7 if of == "rests" else 1):
        yield Turns(of, words, weekday)
