"""Sheet 人员 as people: each with what changes from a day on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from cstools.dated import Dated
from cstools.errors import Fault, nearest
from cstools.language import Text, mark
from cstools.people import Person, Terms
from cstools.tables.columns import Record, Table
from cstools.tables.grid import fold
from cstools.team.sheets import DINGTALK, NONE, WANGWANG, WECOM

SYSTEMS: Final = (DINGTALK, WECOM, WANGWANG)


@dataclass(frozen=True)
class Roll:
    """Who can be called by a word. ``broken`` are numbers and names in rows that could not be read."""

    people: Sequence[Person]
    broken: frozenset[str] = frozenset()
    blind: bool = False  # the sheet itself could not be read: nobody is unknown

    @cached_property
    def _by_word(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = {}
        for person in self.people:
            found.setdefault(fold(person.name), []).append(person)
        return found | {fold(person.number): [person] for person in self.people}

    def find(self, word: str) -> Person | Text | None:
        """A person by number or by name; a Text saying why not; None where a broken row might be the one."""
        found = self._by_word.get(fold(word), [])
        if len(found) == 1:
            return found[0]
        if found:
            return Text("several people are called this: give the number")
        return None if self.blind or fold(word) in self.broken else Text("nobody in sheet 人员 has this number or name")

    def same_but_zeros(self, word: str) -> Person | None:
        """Who has a number that only lacks the zeros before it, or has more of them: Excel drops them."""
        same = [person for person in self.people if word.isdecimal() and person.number.isdecimal()
                and person.number.lstrip("0") == word.lstrip("0")]  # fmt: skip
        return same[0] if len(same) == 1 else None

    def nearest(self, word: str) -> Text | None:
        """The known number or name that looks like a word."""
        if same := self.same_but_zeros(word):
            return Text("did you mean “{name}”?", name=same.number)
        if word.isdigit():
            return None  # a number like 020 looks like 002 and means neither
        return nearest(word, [word for person in self.people for word in (person.name, person.number)])


def broken_words(table: Table, *keys: str) -> frozenset[str]:
    """What could be read of some columns in the rows that could not be read whole, folded."""
    return frozenset(fold(str(word)) for record in table.broken for key in keys if (word := record.values.get(key)))


def read_people(table: Table, faults: list[Fault]) -> tuple[Person, ...]:
    """People from their rows: the one without 自 first, then each from its day on."""
    rows: dict[str, list[Record]] = {}
    for record in table:
        rows.setdefault(record["number"], []).append(record)
    people = [_person(number, _in_order(records, faults), faults) for number, records in rows.items()]
    roll = Roll(people, broken_words(table, "number", "name"))
    found = tuple(_with_mentor(person, roll, rows[person.number], faults) for person in people)
    _check_accounts(rows, {person.number: person for person in found}, faults)
    return found


def _in_order(records: Sequence[Record], faults: list[Fault]) -> list[Record]:
    """One person's rows by their first day, without those that say the same number is somebody else."""
    first = records[0]
    kept = [first]
    for record in records[1:]:
        same = next((other for other in kept if other["since"] == record["since"]), None)
        if fold(record["name"]) != fold(first["name"]) or same:
            other = same or first
            wrong = Text(
                "this number stands twice: {name} in {cell} has it too",
                name=other["name"],
                cell=other.source("number").cell,
            )
            faults.append(
                record.fault(
                    "number",
                    wrong,
                    Text("another number, or a date in column {column}", column=Text(mark("valid from"))),
                )
            )
        else:
            kept.append(record)
    return sorted(kept, key=lambda record: record["since"] or date.min)


def _person(number: str, records: Sequence[Record], faults: list[Fault]) -> Person:
    terms: list[tuple[date | None, Terms]] = []
    dates: dict[str, date | None] = {"hired": None, "left": None, "probation_until": None}
    now = Terms()
    for record in records:
        now = _changed(now, record)
        terms.append((record["since"], now))
        dates |= {key: record[key] for key in dates if record[key]}
        if dates["hired"] and dates["left"] and dates["left"] < dates["hired"]:
            key = "left" if record["left"] else "hired"
            faults.append(record.fault(key, Text("{name} leaves before being hired", name=record["name"]),
                                       Text("a day from {day} on", day=dates["hired"])))  # fmt: skip
    return Person(
        number, records[0]["name"], Dated[Terms].since(terms), dates["hired"], dates["left"], dates["probation_until"]
    )


def _changed(terms: Terms, record: Record) -> Terms:
    """The terms with what a row says: an empty cell keeps, 无 takes away."""
    skills: tuple[str, ...] | None = _said(record["skills"])
    words = {key: _said((record[key],)) for key in ("contract", "group", "mentor") if record[key]}
    held = {one: tuple(number for name, number in terms.accounts if name == one) for one in SYSTEMS}
    for system, before in held.items():
        said = _said(record[system])
        held[system] = before if said is None else said
    return replace(
        terms,
        skills=terms.skills if skills is None else frozenset(skills),
        accounts=tuple((system, number) for system, numbers in held.items() for number in numbers),
        **{key: "".join(said or ()) for key, said in words.items()},
    )


def _said(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """What a cell says; None for an empty one, nothing for 无."""
    if not words:
        return None
    return () if fold(words[0]) in NONE else words


def _with_mentor(person: Person, roll: Roll, records: Sequence[Record], faults: list[Fault]) -> Person:
    """The person with mentors by number; a mentor nobody knows is a fault."""
    numbers: dict[str, str] = {}
    for record in records:
        word = record["mentor"]
        if not word or fold(word) in NONE or word in numbers:
            continue
        mentor = roll.find(word)
        if isinstance(mentor, Text):
            faults.append(record.fault("mentor", mentor, roll.nearest(word)))
        elif mentor and mentor.number == person.number:
            faults.append(
                record.fault("mentor", Text("nobody is their own mentor"), Text("somebody else’s number or name"))
            )
        numbers[word] = mentor.number if isinstance(mentor, Person) else ""
    terms = (
        (first, replace(terms, mentor=numbers.get(terms.mentor, terms.mentor))) for first, terms in person.terms.values
    )
    return replace(person, terms=Dated(tuple(terms)))


def _check_accounts(rows: Mapping[str, Sequence[Record]], people: Mapping[str, Person], faults: list[Fault]) -> None:
    """Two people holding one account at the same time."""
    held: dict[tuple[str, str], list[tuple[date, date, str]]] = {}
    for person in people.values():
        for first, last, terms in spans(person):
            for account in terms.accounts:
                for begun, ended, other in held.setdefault(account, []):
                    if other != person.number and begun <= last and first <= ended:
                        faults.append(_held_twice(account, rows[person.number], rows[other], max(begun, first)))
                        break
                held[account].append((first, last, person.number))


def spans(person: Person) -> Iterator[tuple[date, date, Terms]]:
    """Each of a person's terms with its first and last day, within the employment."""
    days = [first for first, _ in person.terms.values[1:]]
    ends = [*(day - timedelta(days=1) for day in days), date.max]
    for (first, terms), last in zip(person.terms.values, ends, strict=True):
        first, last = max(first, person.hired or date.min), min(last, person.left or date.max)  # noqa: PLW2901 - cut
        if first <= last:
            yield first, last, terms


def _held_twice(account: tuple[str, str], mine: Sequence[Record], theirs: Sequence[Record], day: date) -> Fault:
    system, number = account
    record = next(record for record in reversed(mine) if number in record[system])
    other = next(record for record in theirs if number in record[system])
    where = {"name": other["name"], "cell": other.source(system).cell}
    since = {"day": day} if day > date.min else {}
    wrong = Text("{name} in {cell} holds this account too from {day} on", **where, **since)
    return record.fault(
        system,
        wrong if since else Text("{name} in {cell} holds this account too", **where),
        Text(
            "end one before the other begins: columns {left} and {since}", left=Text("left"), since=Text("valid from")
        ),
    )
