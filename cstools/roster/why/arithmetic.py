"""What can be told by counting, before any solver: heads against needs, days against quotas."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from cstools.errors import Source
from cstools.language import Text, mark
from cstools.people import Person
from cstools.roster import cover
from cstools.roster.inputs import Demand
from cstools.roster.parameters import show_hours
from cstools.roster.periods import Period, periods
from cstools.roster.problem import Problem
from cstools.roster.rule import Stated, Strength
from cstools.roster.rules.hours import Hours
from cstools.roster.rules.leave import OnLeave
from cstools.roster.rules.rest_days import RestDays
from cstools.roster.rules.shift_count import ShiftCount
from cstools.shifts import DAY


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that can't be, with its two numbers in words. ``demand`` is the need that it is about, if it is."""

    text: Text
    source: Source | None = None
    demand: Demand | None = None


class Arithmetic:
    """Counts over a problem: which shifts each person could work each day at all, whatever the others do."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.hard = [stated for stated in problem.rules if stated.strength is Strength.HARD]
        self._can: dict[tuple[str, date], frozenset[str]] = {}

    def can(self, person: Person, day: date) -> frozenset[str]:
        """The shifts that employment, skills, leave and filled cells leave to a person on a day."""
        key = person.number, day
        if key not in self._can:
            self._can[key] = frozenset(self._left(person, day)) if person.employed(day) else frozenset()
        return self._can[key]

    def _left(self, person: Person, day: date) -> Iterator[str]:
        fixed = self.problem.fixed_by_cell.get((person.number, day)) if self._has("fixed", person, day) else None
        covering = (stated.rule for stated in self.hard if stated.scope.covers(person, day))
        leaves = [rule for rule in covering if isinstance(rule, OnLeave)]
        for code, shift in self.problem.shifts_on(day).items():
            if fixed and fixed.shift != code:
                continue
            if self._has("skilled", person, day) and not person.has(shift.skills, day):
                continue
            blocked = (
                (leave.approved or rule.unapproved) and leave.blocks(day, shift, rule.noon)
                for rule in leaves
                for leave in self.problem.leaves_by_person.get(person.number, ())
            )
            if not any(blocked):
                yield code

    def _has(self, rule: str, person: Person, day: date) -> bool:
        return any(stated.rule.name() == rule and stated.scope.covers(person, day) for stated in self.hard)

    # -- needs ---------------------------------------------------------------------------------------------------

    def of_demand(self, demand: Demand) -> Counted | None:
        """A need that asks for more people than could work then at all."""
        have = min((len(self._heads(demand, codes)) for codes in self._codes(demand)), default=0)
        if have >= demand.minimum:
            return None
        text = Text("{what}: {need} people are needed and only {have} can work then",
                    what=cover.what(demand), need=demand.minimum, have=have)  # fmt: skip
        return Counted(text, demand.source, demand)

    def _heads(self, demand: Demand, codes: Collection[str]) -> list[Person]:
        skills = [demand.skill] if demand.skill else []
        return [
            person
            for person in self.problem.people
            if person.has(skills, demand.day) and not self.can(person, demand.day).isdisjoint(codes)
        ]

    def _codes(self, demand: Demand) -> list[list[str]]:
        """The shifts that count, at each moment of a window; a moment that last night's shifts reach is not counted."""
        shifts = self.problem.shifts_on(demand.day)
        if not demand.window:
            return [[code for code in shifts if demand.takes(code)]]
        before = date.fromordinal(demand.day.toordinal() - 1)
        night = max((shift.end - DAY for shift in self.problem.shifts_on(before).values()), default=0)
        return [
            [code for code, shift in shifts.items() if demand.takes(code) and shift.start <= moment < shift.end]
            for moment in cover.moments(self.problem, demand)
            if moment >= night
        ] or [list(shifts)]

    def of_days(self) -> Iterator[Counted]:
        """Days on which the shifts together ask for more people than can work."""
        for day in self.problem.days:
            asked = self._apart(day)
            need = sum(demand.minimum for demand in asked)
            have = sum(bool(self.can(person, day)) for person in self.problem.people)
            if len(asked) > 1 and need > have:
                needs = [f"{'/'.join(one.shifts)} {one.minimum}" for one in asked]
                about = {"day": day, "need": need, "have": have, "needs": needs}
                text = Text("{day}: {need} people are needed ({needs}) and only {have} can work", **about)
                yield Counted(text, asked[0].source)

    def _apart(self, day: date) -> list[Demand]:
        """Needs of a day that no duty can meet two of: those for shifts, the largest first, none in common."""
        found: list[Demand] = []
        taken: set[str] = set()
        for demand in sorted(self.problem.demands_by_day.get(day, ()), key=lambda one: -one.minimum):
            if demand.shifts and not demand.window and demand.minimum and taken.isdisjoint(demand.shifts):
                found.append(demand)
                taken.update(demand.shifts)
        return found

    def of_all(self) -> Iterator[Counted]:
        """More shifts asked for, over the whole roster, than the team can work with its rest days."""
        need = sum(demand.minimum for day in self.problem.days for demand in self._apart(day))
        have = sum(self._most(person) for person in self.problem.people)
        if need > have:
            first, last = self.problem.days[0], self.problem.days[-1]
            text = Text("{first} to {last}: {need} shifts are needed and the team can work {have} with its rest days",
                        first=first, last=last, need=need, have=have)  # fmt: skip
            yield Counted(text)

    def _most(self, person: Person) -> int:
        """How many days a person can work: the days there are, less the rest days still due."""
        days = [day for day in self.problem.days if self.can(person, day)]
        most = len(days)
        for stated, rule in self._rules(RestDays):
            due = 0
            for period in periods(self.problem, rule.period, person, stated.scope):
                past = sum(day not in self.problem.past_by_person[person.number] for day in period.past)
                due += period.share(rule.at_least or 0, past)
            most = min(most, len(self.problem.days) - due)
        return most

    def _rules(self, kind: type[RestDays]) -> list[tuple[Stated, RestDays]]:
        return [(stated, stated.rule) for stated in self.hard if isinstance(stated.rule, kind)]

    # -- people --------------------------------------------------------------------------------------------------

    def of_people(self) -> Iterator[Counted]:
        """Quotas of shifts, hours and rest days that the days left can't hold."""
        for stated in self.hard:
            rule = stated.rule
            if not isinstance(rule, Hours | ShiftCount | RestDays):
                continue
            for person in stated.scope.named(self.problem.people):
                for period in periods(self.problem, rule.period, person, stated.scope):
                    if isinstance(rule, RestDays):
                        text = self._rest(rule, person, period)
                    elif isinstance(rule, Hours):
                        text = self._hours(rule, person, period)
                    else:
                        text = self._shifts(rule, person, period)
                    if text:
                        yield Counted(text, stated.source)

    def _shifts(self, rule: ShiftCount, person: Person, period: Period) -> Text | None:
        past = self.problem.past_by_person[person.number]
        done = sum(day in past and past[day].shift in self.problem.codes(rule.shifts, day) for day in period.past)
        due = period.share(rule.at_least or 0, done)
        days = [day for day in period.now if not self.can(person, day).isdisjoint(self.problem.codes(rule.shifts, day))]
        if due <= len(days):
            return None
        about = {"name": person.name, "first": period.now[0], "last": period.now[-1]}
        key = mark("{name}: {due} shifts of {shifts} are due from {first} to {last}, only {have} days are left")
        return Text(key, due=due, have=len(days), shifts=rule.shifts or Text("any shift"), **about)

    def _hours(self, rule: Hours, person: Person, period: Period) -> Text | None:
        worked = self.problem.past_by_person[person.number]
        done = sum(self.problem.paid(person.number, day, worked[day].shift) for day in period.past if day in worked)
        due = period.share(rule.at_least or 0, done)
        most = sum(
            max((self.problem.paid(person.number, day, code) for code in self.can(person, day)), default=0)
            for day in period.now
        )
        if due <= most:
            return None
        about = {"name": person.name, "first": period.now[0], "last": period.now[-1]}
        key = mark("{name}: {due} h are due from {first} to {last}, the days that can be worked hold {have} h")
        return Text(key, due=show_hours(due), have=show_hours(most), **about)

    def _rest(self, rule: RestDays, person: Person, period: Period) -> Text | None:
        past = sum(day not in self.problem.past_by_person[person.number] for day in period.past)
        cells = self.problem.fixed_by_cell
        filled = sum(bool((cell := cells.get((person.number, day))) and cell.shift) for day in period.now)
        due = period.share(rule.at_least or 0, past)
        off = sum(not self.can(person, day) for day in period.now)
        about = {"name": person.name, "first": period.now[0], "last": period.now[-1]}
        free, left = len(period.now) - filled, max(0, (rule.at_most or 0) - past)
        if due > free:
            key = mark("{name}: {due} rest days are due from {first} to {last}, only {have} are left")
            return Text(key, due=due, have=free, **about)
        if rule.at_most is not None and off > left:
            key = mark("{name}: {have} days off are certain from {first} to {last}, at most {due} are allowed")
            return Text(key, due=left, have=off, **about)
        return None


def counted(problem: Problem) -> list[Counted]:
    """Everything that counting alone shows to be impossible: where needs are hard, there is no roster then."""
    found = Arithmetic(problem)
    firm = any(stated.rule.shortage and stated.strength is Strength.HARD for stated in problem.rules)
    needs: list[Counted] = []
    if firm:
        demands = [demand for day in problem.days for demand in problem.demands_by_day[day]]
        needs = [one for demand in demands if (one := found.of_demand(demand))]
        told = {one.demand.day for one in needs if one.demand}
        needs += [one for one in found.of_days() if one.text.params["day"] not in told]
        needs += found.of_all()
    return [*needs, *found.of_people()]
