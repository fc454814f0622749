"""Whose row it is: by number, then by account, then by name; nobody's and several people's rows are told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from cstools.attendance.facts import Unmatched
from cstools.errors import Fault, Source, nearest
from cstools.language import Text
from cstools.people import Person
from cstools.tables.grid import fold
from cstools.team.people import spans


@dataclass(frozen=True, slots=True)
class Called:
    """What a row says of the person it is about, and on which days it is; empty for what it doesn't say."""

    number: str
    account: str
    name: str
    first: date
    last: date
    source: Source


@dataclass(frozen=True)
class Matcher:
    """People to be found. Faults and notes are added to the lists given, one for each row's words in a file."""

    people: Sequence[Person]
    faults: list[Fault]
    notes: list[Fault]
    unmatched: dict[tuple[str, str, str, str], Unmatched] = field(default_factory=dict)

    def find(self, called: Called, system: str) -> Person | None:
        """The person of a row, ``system`` being the one its account is of; None, with a note or a fault, for none."""
        by_number = self._numbers.get(fold(called.number))
        by_account = list(self._holders(system, called)) if called.account else []
        by_name = self._called(called) if called.name else []
        found = by_number or next(iter(by_account), None) or next(iter(by_name), None)
        if len(by_account) > 1:
            self._wrong(called, called.account, Text("several people hold this account within these days"))
        elif found is None:
            self._nobody(called)
        elif by_account and by_account[0] is not found:
            self._contradiction(called, found, by_account[0])
        elif by_name and found not in by_name:
            self._contradiction(called, found, by_name[0])
        elif len(by_name) > 1 and not by_number and not by_account:
            self._wrong(called, called.name, Text("several people are called this: give the number"))
        else:
            return found
        return None

    @cached_property
    def _numbers(self) -> Mapping[str, Person]:
        return {fold(person.number): person for person in self.people}

    def _holders(self, system: str, called: Called) -> Iterator[Person]:
        """Who held the account on any of the days."""
        account = (system, called.account)
        for person in self.people:
            if any(account in terms.accounts and first <= called.last and called.first <= last
                   for first, last, terms in spans(person)):  # fmt: skip
                yield person

    def _called(self, called: Called) -> list[Person]:
        """Who has the name; those employed on the days, where there are any."""
        found = [person for person in self.people if fold(person.name) == fold(called.name)]
        there = [person for person in found if _employed(person, called.first, called.last)]
        return there or found

    def _contradiction(self, called: Called, one: Person, other: Person) -> None:
        wrong = Text(
            "this row is {one}’s by number or account and {other}’s by the rest", one=one.name, other=other.name
        )
        self.faults.append(Fault(called.source, called.name, wrong, Text("put sheet 人员 or the other system right")))

    def _wrong(self, called: Called, value: str, wrong: Text) -> None:
        right = Text("add the numbers to the other system, or take one of the rows out")
        self.faults.append(Fault(called.source, value, wrong, right))

    def _nobody(self, called: Called) -> None:
        key = (called.source.file, called.number, called.account, called.name)
        if key not in self.unmatched:
            self.unmatched[key] = Unmatched(called.number, called.account, called.name, called.source)
            wrong = Text("nobody in sheet 人员 has this number, account or name: not read")
            right = nearest(called.name, [person.name for person in self.people]) if called.name else None
            self.notes.append(Fault(called.source, called.name or called.number or called.account, wrong, right))


def _employed(person: Person, first: date, last: date) -> bool:
    return (person.hired is None or person.hired <= last) and (person.left is None or first <= person.left)
