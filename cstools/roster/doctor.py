"""What is wrong or doubtful in a desk's sheets, all at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from cstools.days import span, week_of
from cstools.desk import Desk
from cstools.desk.place import doubt
from cstools.errors import BadInput, Fault, Source, nearest
from cstools.language import Text, translate
from cstools.roster.clashes import clashes
from cstools.roster.idle import idle_rules
from cstools.roster.inputs import Demand
from cstools.roster.reader import Read, default_days, read_all
from cstools.roster.sheets.changes import read_changes
from cstools.roster.sheets.grids import FORMS
from cstools.shifts import DAY
from cstools.tables.grid import fold
from cstools.team.people import spans

OLDEST: Final = 1990  # the year of hiring of hardly anybody still at work


def examine(start: Path) -> tuple[list[Fault], list[Fault]]:
    """Faults and notes of the desk in the nearest folder upwards, for the days that it would roster next.

    Faults keep the desk from being used; notes are doubtful, or choices still to be made. Raises NoDesk.
    """
    faults: list[Fault] = []
    desk = Desk.find(start, faults)
    try:
        read = read_all(desk, _days(desk), faults=faults, refuse=False)
    except BadInput as error:
        return list(error.faults), []
    read_changes(read.reading)
    if not faults:
        faults += clashes(read.problem, read.words)
    return faults, [*read.notes, *_doubts(read)]


def _days(desk: Desk) -> tuple[date, ...]:
    """The days to be rostered next; the week after this one where an old roster can't be read, which is told later."""
    try:
        return default_days(desk)
    except BadInput:
        monday = week_of(desk.today())[1] + timedelta(days=1)
        return span(monday, week_of(monday)[1])


def _doubts(read: Read) -> Iterator[Fault]:
    """Notes that take more than one sheet to see, or none."""
    if told := doubt(read.reading.desk.folder):
        yield told
    yield from _unread(read)
    yield from _people(read)
    yield from _accounts(read)
    yield from _shifts(read)
    yield from _skills(read)
    yield from _wishes(read)
    yield from _needs(read)
    yield from _rules(read)


def _unread(read: Read) -> Iterator[Fault]:
    """Sheets that are none of ours, and csv files beside a sheet of the same name."""
    book, sheets = read.reading.sheets.book, read.reading.sheets
    for name in book.sheets if book else ():
        if not any(fold(name) in form.names() for form in FORMS):
            right = nearest(name, [translate(form.label) for form in FORMS])
            yield Fault(
                Source(book.file if book else "", name), None, Text("this sheet isn't known and isn't read"), right
            )
    for form in FORMS:
        if book and book.find(form.label, form.aliases):
            for path in sheets.csv_files(form):
                wrong = Text("this file isn't read: {book} has a sheet of that name", book=book.file)
                yield Fault(Source(path.name), None, wrong, Text("delete one of the two"))


def _people(read: Read) -> Iterator[Fault]:
    """People without skills where skills are asked for, and two of one name."""
    asked = {need.demand.skill for need in read.needs.rows if need.demand.skill}
    names: dict[str, str] = {}
    for person in read.problem.people:
        source = read.reading.team.people_sources[person.number]
        if asked and not any(terms.skills for _, _, terms in spans(person)):
            yield Fault(
                source, person.number, Text("{name} has no skills, though sheet 需求 asks for some", name=person.name)
            )
        if person.hired and person.hired.year < OLDEST:
            wrong = Text("{name} was hired in {year}", name=person.name, year=person.hired.year)
            yield Fault(source, person.number, wrong, Text("check the year"))
        other = names.setdefault(fold(person.name), person.number)
        if other != person.number:
            wrong = Text("{other} is called {name} too", other=other, name=person.name)
            yield Fault(source, person.number, wrong, Text("give the number wherever this person is meant"))


def _accounts(read: Read) -> Iterator[Fault]:
    """Accounts that pass from one person to another: right, if it is meant."""
    held: dict[tuple[str, str], str] = {}
    names = {person.number: person.name for person in read.problem.people}
    found = ((first, person.number, terms) for person in read.problem.people for first, _, terms in spans(person))
    for first, number, terms in sorted(found, key=lambda one: one[0]):
        for account in terms.accounts:
            before = held.get(account, number)
            held[account] = number
            if before != number:
                source = read.reading.team.people_sources[number]
                wrong = Text(
                    "{name} has the account of {other} from {day} on",
                    name=names[number],
                    other=names[before],
                    day=first,
                )
                yield Fault(source, account[1], wrong, Text("right, if it was handed over"))


def _shifts(read: Read) -> Iterator[Fault]:
    """Shifts round the clock, and those that no need asks for: nobody will be put on them but by hand."""
    for code, versions in read.problem.shifts.versions.items():
        if any(shift and shift.end - shift.start == DAY for _, shift in versions.values):
            wrong = Text("this shift starts and ends at the same time: it lasts 24 hours")
            yield Fault(read.reading.team.shift_sources[code], code, wrong, Text("right, if it is meant"))
    wanted = {code for need in read.needs.rows for code in need.demand.shifts}
    if not read.needs.rows:
        yield Fault(
            Source(read.reading.desk.settings.team), None, Text("sheet 需求 asks for nobody: the roster would be empty")
        )
    elif all(need.demand.shifts for need in read.needs.rows):
        for code in read.problem.shifts.codes():
            if code not in wanted:
                source = read.reading.team.shift_sources[code]
                yield Fault(
                    source,
                    code,
                    Text("no row of sheet 需求 asks for this shift"),
                    Text("it is only worked where filled in by hand"),
                )


def _skills(read: Read) -> Iterator[Fault]:
    """Skills that shifts or needs ask for and nobody has."""
    known = read.reading.team.skills()
    for need in read.needs.rows:
        if need.demand.skill and need.demand.skill not in known:
            yield need.record.fault(
                "skill", Text("nobody in sheet 人员 has this skill"), nearest(need.demand.skill, known)
            )
    for code, versions in read.problem.shifts.versions.items():
        skills = sorted(
            {skill for _, shift in versions.values if shift for skill in shift.skills if not shift.skills & known}
        )
        if skills:
            wrong = Text("nobody in sheet 人员 has a skill that this shift needs: {skills}", skills=skills)
            yield Fault(read.reading.team.shift_sources[code], code, wrong, nearest(skills[0], known))


def _wishes(read: Read) -> Iterator[Fault]:
    """Wishes for days on which the person is on leave anyway."""
    for wish in read.problem.wishes:
        if wish.source and read.problem.on_leave(wish.person, wish.day):
            name = read.problem.person[wish.person].name
            yield Fault(
                wish.source, None, Text("{name} is on leave on {day}: the wish means nothing", name=name, day=wish.day)
            )


def _needs(read: Read) -> Iterator[Fault]:
    """Needs larger than the team that is there: each at its first such day, and the day's needs together."""
    told: set[Source | None] = set()
    for demand in read.problem.demands:
        there = _there(read, demand)
        if demand.minimum > there and demand.source not in told and demand.source:
            told.add(demand.source)
            wrong = Text(
                "at least {need} are needed on {day}, {have} could come",
                need=demand.minimum,
                day=demand.day,
                have=there,
            )
            yield Fault(demand.source, None, wrong)
    for day in read.problem.days:
        demands = read.problem.demands_by_day.get(day, ())
        general = [one for one in demands if one.shifts and not (one.skill or one.post or one.window)]
        need, there = sum(one.minimum for one in general), _there(read, Demand(day))
        if need > there and general[0].source and not told:
            source = replace(general[0].source, cell="")
            wrong = Text("all shifts of {day} together need {need}, {have} could come", day=day, need=need, have=there)
            yield Fault(source, None, wrong)
            return


def _rules(read: Read) -> Iterator[Fault]:
    """Hard rules that allow no duty at all."""
    for stated in idle_rules(read.problem):
        if stated.source:
            yield Fault(stated.source, None, Text("this rule leaves nobody any work"), Text("check its parameters"))


def _there(read: Read, demand: Demand) -> int:
    """How many people could count towards a demand: employed, not on leave, with its skill."""
    skills = [demand.skill] if demand.skill else []
    day = demand.day
    return sum(
        person.employed(day) and person.has(skills, day) and not read.problem.on_leave(person.number, day)
        for person in read.problem.people
    )
