"""People: numbers in this desk and in other systems, skills, contract and employment, all by date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from cstools.dated import Dated


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for a person from some day on: skills, contract, group, mentor, and accounts in other systems."""

    skills: frozenset[str] = frozenset()
    contract: str = ""
    group: str = ""
    mentor: str = ""
    accounts: tuple[tuple[str, str], ...] = ()


NOTHING = Terms()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the team. ``number`` is text as it stands in the sheet (007); ``left`` is the last day employed."""

    number: str
    name: str
    terms: Dated[Terms] = field(default=Dated.always(NOTHING))
    hired: date | None = None
    left: date | None = None
    probation_until: date | None = None

    def on(self, day: date) -> Terms:
        """Skills, contract and accounts on a day (000-087, 002-016)."""
        return self.terms.on(day) or NOTHING

    def has(self, skills: Iterable[str], day: date) -> bool:
        """Whether the person has at least one of the skills that day; no skills asked for is always yes."""
        asked = frozenset(skills)
        return not asked or bool(asked & self.on(day).skills)

    def employed(self, day: date) -> bool:
        """Whether the day lies within the employment, both ends included."""
        return (self.hired is None or self.hired <= day) and (self.left is None or day <= self.left)

    def on_probation(self, day: date) -> bool:
        """Whether the day lies in the probation (004-030), its last day included."""
        return self.employed(day) and self.probation_until is not None and day <= self.probation_until


def holder(people: Iterable[Person], system: str, account: str, day: date) -> Person | None:
    """Who had this number in another system that day; numbers are reused, so the day decides.

    Two holders on one day are a fault of the sheet that its reader tells; here the first one wins.
    """
    for person in people:
        if person.employed(day) and (system, account) in person.on(day).accounts:
            return person
    return None


def by_number(people: Iterable[Person]) -> Mapping[str, Person]:
    """People by their number, in the order given."""
    return {person.number: person for person in people}
