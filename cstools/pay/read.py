"""One reading of everything a run is made from: the workbook, the exports, the roster desk, earlier runs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from cstools.attendance import (
    Asked,
    Attendance,
    AttendanceSettings,
    compare,
    files,
    offline,
    quotas,
    read_attendance,
)  # fmt: skip
from cstools.attendance.choices import undecided
from cstools.attendance.sheets import ATTENDANCE, OFFLINE, OVERTIME
from cstools.dated import Dated
from cstools.days import Calendar
from cstools.desk import Desk
from cstools.duties import Board
from cstools.errors import BadInput, Fault, Source
from cstools.hours import Hours, Planned, count_hours
from cstools.language import Text, mark, translate
from cstools.orders import read_orders
from cstools.pay.client.deductions import Deductions
from cstools.pay.client.imports import ClientFiles
from cstools.pay.desks import PayDesk
from cstools.pay.events import Event
from cstools.pay.incidents import from_attendance, from_handover, held, torn
from cstools.pay.inputs import Inputs
from cstools.pay.law import SCHEMES
from cstools.pay.law_tables import read_law
from cstools.pay.penalties import nobodys
from cstools.pay.people import Employee
from cstools.pay.run import Period, Run, RunKind
from cstools.pay.sales import differing, strangers
from cstools.pay.seams import seams
from cstools.pay.sheets.cumulatives import read_deductions, read_openings
from cstools.pay.sheets.employees import read_employees
from cstools.pay.sheets.happened import read_events, read_standards
from cstools.pay.sheets.items import ITEMS, read_items
from cstools.pay.sheets.reading import Reading
from cstools.pay.sheets.wages import read_allowances, read_bases, read_rates
from cstools.pay.store import earlier, runs
from cstools.people import Person
from cstools.team import Team, read_team
from cstools.team.leave import Leave, leave


@dataclass(frozen=True)
class Found:
    """What was read for a run: the inputs, what is doubtful, and which choices a desk must make first."""

    inputs: Inputs
    notes: list[Fault] = field(default_factory=list)
    undecided: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class _Roster:
    """What the roster desk says; empty where there is none."""

    people: tuple[Person, ...] = ()
    calendar: Calendar = field(default_factory=Calendar)
    planned: Planned = field(default_factory=lambda: Planned(Board()))
    leave: tuple[Leave, ...] = ()


def read_inputs(pay: PayDesk, run: Run, faults: list[Fault]) -> Found:
    """Everything for a run. Raises BadInput with every fault of every file at once, those of ``faults`` too."""
    reading = Reading(pay.sheets(faults), pay.pay.book, faults)
    read_employees(reading)
    roster = _read_roster(pay, run, faults)
    people = _people(reading.employees, roster.people)
    bases = read_bases(reading)
    standards = read_standards(reading)
    stated = read_items(reading)
    known = frozenset(row.kind for row in standards).union(*(one.element.prices() for one in stated))
    until = max(pay.desk.today(), run.work.last, run.attendance.last)
    events = list(read_events(reading, known, until, standards))
    attendance, hours, happened = _read_attendance(pay, run, people, roster, reading, known)
    if pay.roster:
        events += from_handover(pay.roster.journal, pay.pay.handover_kinds)
    orders = read_orders(pay.folder, pay.orders, run.commission.first, run.commission.last, faults, reading.notes,
                         frozenset(reading.employees))  # fmt: skip
    law = read_law(reading)
    client = ClientFiles(pay.folder, reading)
    openings = client.openings(pay.pay.opening_files, read_openings(reading))
    deductions, declared = Deductions(reading, run.tax_month).read(
        pay.folder, pay.pay.deduction_files, read_deductions(reading)
    )
    figures = client.figures(pay.pay, run.tax_month)
    rates, allowances = read_rates(reading), read_allowances(reading)
    if faults:
        raise BadInput(faults)
    with pay.desk.journal.reading() as pages:
        reading.notes += seams((one.run for one in runs(pages)), run)
        before = earlier(pages, run, [one.number for one in reading.employees.values() if one.left])
    inputs = Inputs(
        stated, reading.employees, bases.people, bases.levels, rates, standards, allowances,
        tuple(sorted((*events, *happened), key=lambda event: (event.at, event.kind, event.people, event.source))),
        openings, deductions, before.past, law, roster.calendar, roster.planned.board,
        _supervisors(pay, run, roster.people), roster.leave, orders, attendance, hours, before.settled,
        paid=before.paid, run=run, declared=declared, client=figures,
        things=held(pay.roster.journal) if pay.roster else {},
    )  # fmt: skip
    return Found(
        inputs,
        [
            *reading.notes,
            *_nobodys(run, inputs),
            *_unsupervised(run, inputs),
            *torn(run, standards),
            *strangers(inputs),
            *differing(inputs),
        ],
        tuple(_undecided(pay, inputs)),
    )


def _nobodys(run: Run, inputs: Inputs) -> Iterator[Fault]:
    """Notes of this run's events that fall on everybody on duty, when nobody was."""
    for event in nobodys(inputs):
        if event.day in run.attendance:
            wrong = Text("nobody was on duty then, so it falls on nobody")
            shown = f"{event.kind} {event.at:%Y-%m-%d %H:%M}"
            yield Fault(Source(event.source), shown, wrong, Text("the numbers of those on duty, or the right time"))


def _unsupervised(run: Run, inputs: Inputs) -> Iterator[Fault]:
    """Notes of this run's events that cost supervisors something, when nobody is known as one (003-103, 003-106)."""
    kinds = {row.kind for row in inputs.standards if row.supervisor} if not inputs.supervisors else set()
    for event in inputs.events:
        if event.kind in kinds and event.day in run.attendance:
            wrong = Text("supervisors pay for this, too, but nobody is known as one")
            right = Text(
                "a skill such as 主管 in the roster desk’s sheet 人员; pay.supervisors in cstools.toml names them"
            )
            yield Fault(Source(event.source), event.kind, wrong, right)


# --- the roster desk --------------------------------------------------------------------------------------------------


def _read_roster(pay: PayDesk, run: Run, faults: list[Fault]) -> _Roster:
    """The team, its published roster and its leave; what is wrong there is told as that desk's fault."""
    if pay.roster is None:
        return _Roster()
    mine: list[Fault] = []
    try:
        team: Team = read_team(pay.roster, mine)
        away = () if mine else leave(pay.roster, run.work.first)
    except BadInput as error:
        mine += [fault for fault in error.faults if fault not in mine]
        faults += _told_of(pay.roster, mine)
        return _Roster()
    faults += _told_of(pay.roster, mine)
    return _Roster(team.people, team.calendar, Planned.of(pay.roster.journal), away)


def _told_of(desk: Desk, faults: Iterable[Fault]) -> list[Fault]:
    """Faults of the roster desk with its folder's name before the file's, so that nobody looks in their own."""
    return [replace(fault, source=replace(fault.source, file=f"{desk.folder.name}/{fault.source.file}"))
            for fault in faults]  # fmt: skip


def _people(employees: Mapping[str, Employee], team: Iterable[Person]) -> tuple[Person, ...]:
    """Everybody whom attendance may name: employees with the contracts that the roster desk knows, accounts of both."""
    known = {person.number: person for person in team}
    return tuple(
        _with_accounts(known.get(number, Person(number, employee.name)), employee)
        for number, employee in employees.items()
    )


def _with_accounts(person: Person, employee: Employee) -> Person:
    terms = tuple((first, replace(terms, accounts=tuple(dict.fromkeys((*terms.accounts, *employee.accounts)))))
                  for first, terms in person.terms.values)  # fmt: skip
    return replace(person, terms=Dated(terms), hired=employee.hired, left=employee.left)


def _supervisors(pay: PayDesk, run: Run, team: Iterable[Person]) -> frozenset[str]:
    """Who has one of the supervisors' skills at the end of the work month."""
    return frozenset(person.number for person in team if person.has(pay.pay.supervisors, run.work.last))


# --- attendance -------------------------------------------------------------------------------------------------------


def _read_attendance(
    pay: PayDesk, run: Run, people: tuple[Person, ...], roster: _Roster, reading: Reading, known: frozenset[str]
) -> tuple[Attendance | None, Hours | None, list[Event]]:
    """Attendance, the hours it makes, and the events in it; nothing where the desk has no attendance at all."""
    settings = pay.attendance
    paths = files(pay.folder, settings) if run.kind is not RunKind.BONUS else []  # a bonus knows no hours
    own, extra = (reading.sheets.find(form, reading.faults) for form in (ATTENDANCE, OVERTIME))
    if not paths and not (own and own.rows) and not (extra and extra.rows):
        return None, None, []
    period: Period = run.attendance
    asked = Asked(people, period.first, period.last, settings, paths, own, extra, roster.planned.board)
    attendance = read_attendance(asked, reading.faults, reading.notes)
    rows = reading.rows(OFFLINE)
    rows = replace(rows, records=tuple(record for record in rows if record["day"] in period))
    away = offline(rows, people, roster.planned.board, settings, reading.faults, reading.notes)
    if reading.faults:
        return None, None, []
    systems = {number: employee.on(period.last).hours for number, employee in reading.employees.items()}
    hours = count_hours(people, attendance, roster.planned, roster.calendar, settings.hours, systems=systems)
    reading.notes += _differences(attendance, roster, settings, {one.number: one.name for one in people})
    happened = list(from_attendance(attendance, settings, quotas(attendance, settings), away, sorted(known)))
    return attendance, hours, happened


def _differences(
    attendance: Attendance, roster: _Roster, settings: AttendanceSettings, names: Mapping[str, str]
) -> Iterator[Fault]:
    """Notes where attendance and the roster desk don't agree."""
    for difference in compare(attendance, roster.planned.board, roster.leave, settings):
        yield Fault(difference.source or Source(""), names.get(difference.person, difference.person), difference.what)


# --- choices ----------------------------------------------------------------------------------------------------------


# What elements ask that is none of their parameters.
_CALLED: Final[Mapping[str, str]] = {**SCHEMES, "city": mark("city"), "prorated": mark("part month")}


def _undecided(pay: PayDesk, inputs: Inputs) -> Iterable[tuple[str, Text]]:
    """What a desk must choose before a run: where it is set, and the question."""
    for stated in inputs.stated:
        for name, question in stated.element.undecided(inputs):
            about = stated.element.parameters().get(name)
            called = about["label"] if about else _CALLED.get(name)
            label = Text(called) if called else name
            place = stated.source or Source(pay.pay.book, translate(ITEMS.label))
            where = Text("{place}, {element}: {name}", place=str(place),
                         element=Text(stated.element.label), name=label)  # fmt: skip
            yield str(where), question
    for choice in inputs.orders.undecided if inputs.orders else ():
        options = Text("one of {choices}", choices=choice.choices)
        yield choice.key, Text("{question} ({options})", question=choice.question, options=options)
    if inputs.attendance:
        systems = {employee.on(inputs.attendance.last).hours for employee in inputs.employees.values()}
        for fault in undecided(inputs.attendance, inputs.board, pay.attendance, systems):
            yield str(fault.source), Text("{question} ({options})", question=fault.wrong, options=fault.right)
