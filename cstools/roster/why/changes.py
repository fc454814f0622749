"""What a lead could change so that a place is filled or a roster exists: each in words, with a price, and applied."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from cstools.dated import Dated
from cstools.errors import Source
from cstools.language import Text
from cstools.people import Person, Terms
from cstools.roster import cover
from cstools.roster.inputs import Demand, Fixed, Meeting
from cstools.roster.problem import Problem
from cstools.roster.rule import Rule, Stated
from cstools.roster.why.elements import narrowed
from cstools.roster.why.prices import EASE, EXCUSE, EXEMPT, HIRE, LOWER, TRAIN, UNFIX, leave_price
from cstools.team.leave import Leave

ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Change(ABC):
    """One change of the inputs."""

    @property
    @abstractmethod
    def price(self) -> int:
        """The dearer, the later it is proposed."""

    @property
    @abstractmethod
    def text(self) -> Text:
        """What to do, and by how much."""

    @property
    @abstractmethod
    def source(self) -> Source | None:
        """Where it is changed."""

    @abstractmethod
    def apply(self, problem: Problem) -> Problem:
        """The problem with the change."""


@dataclass(frozen=True)
class Unfix(Change):
    """A cell filled by hand is left to the solver."""

    cell: Fixed
    name: str
    price = UNFIX

    @property
    def text(self) -> Text:
        shift = self.cell.shift or Text("a day off")
        return Text("clear the cell of {name} on {day} ({shift})", name=self.name, day=self.cell.day, shift=shift)

    @property
    def source(self) -> Source | None:
        return self.cell.source

    def apply(self, problem: Problem) -> Problem:
        return replace(problem, fixed=tuple(cell for cell in problem.fixed if cell != self.cell))


@dataclass(frozen=True)
class MoveLeave(Change):
    """A day of leave is moved, or one that nobody has approved is declined."""

    leave: Leave
    day: date
    name: str

    @property
    def price(self) -> int:
        return leave_price(self.leave)

    @property
    def text(self) -> Text:
        about = {"name": self.name, "day": self.day, "kind": self.leave.kind or Text("leave")}
        if self.leave.approved:
            return Text("move {name}'s leave of {day} ({kind}) to another day", **about)
        return Text("do not approve {name}'s leave of {day} ({kind})", **about)

    @property
    def source(self) -> Source | None:
        return self.leave.source

    def apply(self, problem: Problem) -> Problem:
        found: list[Leave] = []
        for leave in problem.leaves:
            same = (leave.person, leave.half, leave.source) == (self.leave.person, self.leave.half, self.leave.source)
            if not same or not leave.first <= self.day <= leave.last:
                found.append(leave)
                continue
            if leave.first < self.day:
                found.append(replace(leave, last=self.day - ONE_DAY))
            if self.day < leave.last:
                found.append(replace(leave, first=self.day + ONE_DAY))
        return replace(problem, leaves=tuple(found))


@dataclass(frozen=True)
class Excuse(Change):
    """Somebody need not attend a meeting."""

    meeting: Meeting
    person: str
    name: str
    price = EXCUSE

    @property
    def text(self) -> Text:
        about = {"meeting": self.meeting.name, "day": self.meeting.day}
        return Text("excuse {name} from {meeting} on {day}", name=self.name, **about)

    @property
    def source(self) -> Source | None:
        return self.meeting.source

    def apply(self, problem: Problem) -> Problem:
        def without(meeting: Meeting) -> Meeting:
            # Of one meeting several may be excused: whom it has is no part of what it is.
            same = replace(meeting, people=self.meeting.people) == self.meeting
            return replace(meeting, people=meeting.people - {self.person}) if same else meeting

        return replace(problem, meetings=tuple(map(without, problem.meetings)))


@dataclass(frozen=True)
class Ease(Change):
    """A number of a rule is eased for somebody, or on a day; ``eased`` None: the rule is lifted there."""

    origin: Stated
    stated: Stated
    eased: Rule | None
    who: Text

    @property
    def price(self) -> int:
        if self.eased is None:
            return EXEMPT
        steps = [abs(new - old) // abs(step) for _, old, new, step in self._changed()]
        return EASE + max(steps) - 1

    @property
    def text(self) -> Text:
        label = Text(self.origin.rule.label)
        if self.eased is None:
            return Text("make an exception from “{rule}” for {who}", rule=label, who=self.who)
        name, old, new, _ = self._changed()[0]
        about = self.origin.rule.parameters()[name]
        show, number = about["kind"].show, about["label"]
        return Text(
            "ease “{rule}” for {who}: {what} {new} instead of {old}",
            rule=label, who=self.who, what=Text(number), new=show(new), old=show(old),
        )  # fmt: skip

    @property
    def source(self) -> Source | None:
        return self.origin.source

    def _changed(self) -> list[tuple[str, int, int, int]]:
        """Parameters that differ: name, old and new value, and the step."""
        old, new = self.origin.rule, self.eased
        return [
            (name, getattr(old, name), getattr(new, name), about["eases"])
            for name, about in old.parameters().items()
            if getattr(old, name) != getattr(new, name)
        ]

    def apply(self, problem: Problem) -> Problem:
        rules: list[Stated] = []
        for stated in problem.rules:
            if replace(stated, scope=self.origin.scope) == self.origin:  # it may have been parted by another change
                rules += rest_of(problem, stated, self.stated)
            else:
                rules.append(stated)
        if self.eased is not None:
            rules.append(replace(self.stated, rule=self.eased))
        return replace(problem, rules=tuple(rules))


def rest_of(problem: Problem, stated: Stated, part: Stated) -> list[Stated]:
    """A rule without some of its people and days."""
    days, scope = problem.days, stated.scope
    first, last = part.scope.first or days[0], part.scope.last or days[-1]
    whole = first <= days[0] and last >= days[-1]
    whom = frozenset(person.number for person in scope.named(problem.people))
    inside = whom & part.scope.people if part.scope.people else whom
    if not inside or (scope.first and scope.first > last) or (scope.last and scope.last < first):
        return [stated]
    found = [narrowed(stated, whom - inside)] if whom - inside else []
    if not whole:
        among = inside if whom - inside else scope.people
        found += [narrowed(stated, among, None, first - ONE_DAY), narrowed(stated, among, last + ONE_DAY, None)]
    return [one for one in found if any(map(one.scope.on, days))]


@dataclass(frozen=True)
class Train(Change):
    """Somebody learns a skill."""

    person: Person
    skill: str
    price = TRAIN

    @property
    def text(self) -> Text:
        return Text("train {name} for {skill}", name=self.person.name, skill=self.skill)

    @property
    def source(self) -> Source | None:
        return None

    def apply(self, problem: Problem) -> Problem:
        def trained(person: Person) -> Person:
            if person.number != self.person.number:
                return person
            values = person.terms.values or ((date.min, Terms()),)
            terms = tuple((first, replace(value, skills=value.skills | {self.skill})) for first, value in values)
            return replace(person, terms=Dated(terms))

        return replace(problem, people=tuple(map(trained, problem.people)))


@dataclass(frozen=True)
class Lower(Change):
    """A need asks for fewer people."""

    demand: Demand
    people: int

    @property
    def price(self) -> int:
        return LOWER * self.amount

    @property
    def amount(self) -> int:
        """How many fewer."""
        return self.demand.minimum - self.people

    @property
    def text(self) -> Text:
        about = {"what": cover.what(self.demand), "old": self.demand.minimum, "new": self.people}
        return Text("lower the need {what} by {amount}, from {old} to {new}", amount=self.amount, **about)

    @property
    def source(self) -> Source | None:
        return self.demand.source

    def apply(self, problem: Problem) -> Problem:
        def lower(demand: Demand) -> Demand:
            return replace(demand, minimum=self.people) if demand == self.demand else demand

        return replace(problem, demands=tuple(map(lower, problem.demands)))


@dataclass(frozen=True)
class Hire(Change):
    """More people of a kind, with no past and no leave."""

    people: tuple[Person, ...]
    skills: tuple[str, ...]

    @property
    def price(self) -> int:
        return HIRE * len(self.people)

    @property
    def text(self) -> Text:
        if self.skills:
            return Text("{count} more people who can do {skills}", count=len(self.people), skills=self.skills)
        return Text("{count} more people", count=len(self.people))

    @property
    def source(self) -> Source | None:
        return None

    def apply(self, problem: Problem) -> Problem:
        return replace(problem, people=(*problem.people, *self.people))
