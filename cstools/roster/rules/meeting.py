"""Meetings that people must attend."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from cstools.days import show_time
from cstools.language import Text, mark
from cstools.people import Person
from cstools.roster import parameters
from cstools.roster.inputs import Meeting as Held
from cstools.roster.problem import Problem
from cstools.roster.rule import Breach, Place, Rule, Strength, View, parameter
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster


@dataclass(frozen=True)
class Meeting(Rule):
    """Sheet 会议: the weekly 例会 of all, a training of some (000-062, 003-065).

    Who works another shift that day comes in for it: its minutes count as worked, and the rest after it.
    """

    label: ClassVar[str] = mark("meetings")
    sentence: ClassVar[str] = mark(
        "Whoever must attend a meeting works that day, unless on leave[[, in a shift around the meeting{within}]]."
    )
    view: ClassVar[View] = View.CELL
    default: ClassVar[Strength | None] = Strength.HARD

    within: bool = parameter(mark("shift around it"), parameters.flag, default=False, samples=(False, True))
    noon: int = parameter(mark("noon"), parameters.time, 12 * 60, (12 * 60, 10 * 60))

    def build(self, plan: "Plan", scope: Scope) -> None:
        """A shift that serves for each meeting."""
        for person, day, meeting in self._due(plan.problem, scope):
            codes = self._serving(plan.problem, day, meeting)
            plan.at_least([plan.works(person.number, day, code) for code in codes], 1)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each meeting that somebody misses."""
        for person, day, meeting in self._due(roster.problem, scope):
            shift = roster.shift(person.number, day)
            if shift not in self._serving(roster.problem, day, meeting):
                yield Breach(
                    Place((person.number,), (day,), (shift,) if shift else ()),
                    Text(
                        "{name} must attend {meeting} on {day} {start}–{end} but has {shift}",
                        name=person.name, meeting=meeting.name, day=day, start=show_time(meeting.start),
                        end=show_time(meeting.end), shift=shift or Text("a day off"),
                    ),
                    source=meeting.source,
                )  # fmt: skip

    def _serving(self, problem: Problem, day: date, meeting: Held) -> list[str]:
        """The shifts that bring a person to a meeting."""
        return [
            code
            for code, shift in problem.shifts_on(day).items()
            if not self.within or (shift.start <= meeting.start and meeting.end <= shift.end)
        ]

    def _due(self, problem: Problem, scope: Scope) -> Iterator[tuple[Person, date, Held]]:
        """Who must attend which meeting, those on leave then left out."""
        for person in scope.named(problem.people):
            for day in problem.days:
                if person.employed(day) and scope.covers(person, day):
                    for meeting in problem.meetings_by_cell.get((person.number, day), ()):
                        if not self._excused(problem, person, day, meeting):
                            yield person, day, meeting

    def _excused(self, problem: Problem, person: Person, day: date, meeting: Held) -> bool:
        """Whether leave, whole or half, lies over the meeting."""
        return any(
            leave.first <= day <= leave.last
            and (not leave.half or (meeting.start < self.noon if leave.half == "am" else meeting.end > self.noon))
            for leave in problem.leaves_by_person.get(person.number, ())
        )
