"""The grid of a roster as people read it: who stands in which row, and the word in each cell."""

from datetime import date
from typing import Final

from cstools.days import show_time
from cstools.language import Text, mark
from cstools.people import Person
from cstools.roster.roster import Roster
from cstools.shifts import Shift

REST: Final = mark("off")  # 休
LEAVE: Final = mark("on leave")  # 假, where the leave doesn't say of what kind it is


def word(roster: Roster, person: Person, day: date) -> str:
    """A shift's code (with its actual end, where it is known), the kind of leave, the word for a day off, or "" where
    the person isn't employed.
    """
    if duty := roster.duty(person.number, day):
        return duty.shift if duty.ended is None else f"{duty.shift} {show_time(duty.ended)}"
    if not person.employed(day) or not roster.known(day):
        return ""
    return leave_word(roster, person, day) or str(Text(REST))


def leave_word(roster: Roster, person: Person, day: date) -> str:
    """The kind of leave that a person has for a whole day, "" for none."""
    problem = roster.problem
    if not problem.on_leave(person.number, day):
        return ""
    kinds = (leave.kind for leave in problem.leaves_by_person[person.number]
             if not leave.half and leave.first <= day <= leave.last)  # fmt: skip
    return next(kinds) or str(Text(LEAVE))


def half_leave(roster: Roster, person: Person, day: date) -> str:
    """Leave for half of a day, in words, "" for none."""
    for leave in roster.problem.leaves_by_person.get(person.number, ()):
        if leave.half and leave.first <= day <= leave.last:
            half = Text("morning") if leave.half == "am" else Text("afternoon")
            return str(Text("{half}: {leave}", half=half, leave=leave.kind or Text(LEAVE)))
    return ""


def group_of(roster: Roster, person: Person) -> str:
    """The group a person belongs to on the roster's first day, or on their own first one."""
    day = roster.problem.days[0]
    return person.on(max(day, person.hired or day)).group


def rows(roster: Roster) -> list[Person]:
    """Who is on the roster: everybody employed on one of its days, by group where there are groups, else as given."""
    days = roster.problem.days
    people = [
        person for person in roster.problem.people
        if any(person.employed(day) or roster.on_duty(person.number, day) for day in days)
    ]  # fmt: skip
    groups = list(dict.fromkeys(group_of(roster, person) for person in people))
    return sorted(people, key=lambda person: groups.index(group_of(roster, person)))


def shifts(roster: Roster) -> dict[str, Shift]:
    """The shifts there are on some day of the roster by code, each as it is on the first such day."""
    found: dict[str, Shift] = {}
    for day in roster.problem.days:
        for code, shift in roster.problem.shifts_on(day).items():
            found.setdefault(code, shift)
    return found
