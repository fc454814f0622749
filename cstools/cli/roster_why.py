"""The roster family's ``why``: why a place is empty, somebody works, or there is no roster, and what would help."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cstools.cli import options
from cstools.cli.help import Command
from cstools.cli.options import roster as asked
from cstools.cli.show import say
from cstools.errors import UsageFault
from cstools.language import Text, mark

if TYPE_CHECKING:
    from cstools.desk import Desk
    from cstools.people import Person
    from cstools.roster.problem import Problem
    from cstools.roster.result import Status
    from cstools.roster.roster import Roster

NO_ROSTER = 4


@click.command(
    cls=Command,
    help=mark(
        "Say why places are empty, person by person, and the cheapest changes that would fill them, each tried out.\n\n"
        "Without FILE the desk's last roster is explained. With --from, --days or --month those days are solved first;"
        " where there is no roster at all, the inputs that contradict each other are named (exit code 4)."
        " With --person, why they work the days that they work, and why their wishes weren't granted."
    ),
    example="cstools roster why\ncstools roster why --shift 晚\ncstools roster why --person 001",
)
@options.on_desk
@asked.roster_file(required=False)
@options.day
@options.shift
@options.person
@asked.some_days
@asked.explaining
def why(
    desk: "Desk", file: Path | None, day: date | None, shift: str | None, person: str | None,
    first: date | None, days: int | None, month: tuple[date, date] | None, time_limit: int,
) -> int:  # fmt: skip
    if first or days or month:
        if file:
            raise UsageFault(Text("FILE goes without --from, --days and --month"))
        problem, roster, status = _solved(desk, first, days, month, time_limit)
    else:
        problem, roster, status = _read(desk, file)
    if roster is None:
        return _no_roster(problem, status, time_limit)
    if person:
        say(*_of_person(roster, _person(problem, person), day) or [Text("nothing to explain")])
        return 0
    return _of_places(roster, day, shift, time_limit)


def _solved(
    desk: "Desk", first: date | None, days: int | None, month: tuple[date, date] | None, seconds: int
) -> "tuple[Problem, Roster | None, Status]":
    from cstools.cli import progress
    from cstools.cli.roster import asked_days
    from cstools.roster.reader import read_problem
    from cstools.roster.result import Limits
    from cstools.roster.solve import solve

    problem, _ = read_problem(desk, asked_days(desk, first, days, month))
    result = solve(problem, Limits(seconds), progress.line())
    progress.clear()
    return problem, result.roster, result.status


def _read(desk: "Desk", file: Path | None) -> "tuple[Problem, Roster, Status]":
    from cstools.roster.past import files
    from cstools.roster.reader import read_roster
    from cstools.roster.result import Status

    known = [file] if file else files(desk)
    if not known:
        raise UsageFault(Text("there is no roster yet: name a FILE, or the days with --from, --days or --month"))
    roster = read_roster(desk, known[-1]).roster
    say(Text("{file}:", file=known[-1].name))
    return roster.problem, roster, Status.FEASIBLE


def _no_roster(problem: "Problem", status: "Status", seconds: int) -> int:
    from cstools.roster.why.explain import explain

    found = explain(problem, None, status, seconds=seconds)
    say(Text("There is no roster for {first} to {last}.", first=problem.days[0], last=problem.days[-1]), *found.lines)
    return NO_ROSTER


def _of_places(roster: "Roster", day: date | None, shift: str | None, seconds: int) -> int:
    from cstools.roster.inputs import Demand
    from cstools.roster.why.explain import explain

    def wanted(demand: Demand) -> bool:
        asked = shift is None or any(map(demand.takes, roster.problem.codes((shift,), demand.day)))
        return asked and day in {None, demand.day}

    found = explain(roster.problem, roster, seconds=seconds, wanted=wanted)
    say(*found.lines or [Text("No place is empty.")])
    return 0


def _person(problem: "Problem", word: str) -> "Person":
    found = [person for person in problem.people if word in {person.number, person.name}]
    if len(found) != 1:
        raise UsageFault(Text("{word}: nobody, or not just one, is called this", word=word))
    return found[0]


def _of_person(roster: "Roster", person: "Person", day: date | None) -> list[object]:
    from cstools.roster.why.people import unmet, why_refused, why_works

    days = [day] if day else roster.problem.days
    held = [line for one in why_works(roster, person.number, days) for line in one.lines]
    wishes = [wish for wish in unmet(roster) if wish.person == person.number and wish.day in days]
    return [*held, *(one.line for one in why_refused(roster, wishes))]
