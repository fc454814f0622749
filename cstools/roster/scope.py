"""Whom and when a rule applies to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cstools.people import Person


@dataclass(frozen=True, slots=True)
class Scope:
    """People, skills, contracts, groups, weekdays (0 is Monday) and dates; whatever is empty does not narrow.

    A rule asks it about a person and the day on which the rule would be broken (for a run or a pair: its last day).
    """

    people: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    contracts: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    weekdays: frozenset[int] = frozenset()
    first: date | None = None
    last: date | None = None

    def on(self, day: date) -> bool:
        """Whether the rule applies on a day at all."""
        return (
            (not self.weekdays or day.weekday() in self.weekdays)
            and (self.first is None or self.first <= day)
            and (self.last is None or day <= self.last)
        )

    def covers(self, person: Person, day: date) -> bool:
        """Whether the rule applies to a person on a day."""
        if not self.on(day) or (self.people and person.number not in self.people):
            return False
        if not (self.skills or self.contracts or self.groups):
            return True
        terms = person.on(day)
        return (
            (not self.skills or bool(self.skills & terms.skills))
            and (not self.contracts or terms.contract in self.contracts)
            and (not self.groups or terms.group in self.groups)
        )

    def among(self, people: Iterable[Person], day: date) -> list[Person]:
        """Those of the people whom the rule applies to that day."""
        return [person for person in people if self.covers(person, day)]

    def named(self, people: Iterable[Person]) -> list[Person]:
        """Those of the people whom the rule may apply to on some day."""
        return [person for person in people if not self.people or person.number in self.people]


EVERYBODY = Scope()
