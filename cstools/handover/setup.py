"""What a desk has set up for its handovers: its types, checklists, calendar, people, and which gates it keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from cstools.days import Calendar
from cstools.desk import Desk
from cstools.desk.settings import Handover
from cstools.errors import BadInput, Fault
from cstools.handover.checks import Check, read_checks
from cstools.handover.due import Deadlines
from cstools.handover.sheet import Who
from cstools.handover.types import Types, read_types
from cstools.language import Text
from cstools.people import Person
from cstools.team import Team, read_team


@dataclass(frozen=True)
class Setup:
    """A desk's handovers as set up: ``people`` by number, numbers of ``supervisors``, ``zone`` of its clock."""

    types: Types = field(default_factory=Types)
    checks: tuple[Check, ...] = ()
    calendar: Calendar = field(default_factory=Calendar)
    settings: Handover = field(default_factory=Handover)
    people: Mapping[str, Person] = field(default_factory=dict)
    supervisors: frozenset[str] = frozenset()
    zone: str = "Asia/Shanghai"

    @property
    def deadlines(self) -> Deadlines:
        """How this desk reckons times."""
        return Deadlines(self.types, self.calendar, timedelta(minutes=self.settings.warn_before))

    def who(self, number: str) -> Who:
        """A person by number; the number is the name where nobody has it."""
        return self._known.get(number) or Who(number, number)

    @cached_property
    def _known(self) -> dict[str, Who]:
        return {number: Who(number, person.name) for number, person in self.people.items()}

    def supervises(self, number: str) -> bool:
        """Whether somebody may override a gate: whoever has a supervisor's skill; anybody where nobody has one."""
        return number in self.supervisors or not self.supervisors


def read_setup(desk: Desk, team: Team | None = None) -> Setup:
    """What a desk has set up, every fault told at once as BadInput."""
    from cstools.handover.gates import read_gates

    faults: list[Fault] = []
    team = team or read_team(desk, faults)
    types, checks = read_types(desk, faults), read_checks(desk, faults)
    read_gates(desk.settings.handover, faults)
    if faults:
        raise BadInput(faults)
    today, asked = desk.today(), desk.settings.handover.supervisors
    supervisors = frozenset(person.number for person in team.people if person.has(asked, today))
    people = {person.number: person for person in team.people}
    return Setup(types, checks, team.calendar, desk.settings.handover, people, supervisors, desk.settings.zone)


def one_of(team: Team, word: str) -> Person | Text:
    """A person by number or name, or a Text saying why not."""
    return team.find(word) or Text("nobody in sheet 人员 has this number or name")
