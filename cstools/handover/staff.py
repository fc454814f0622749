"""Who belongs to a change's people, and what happened to them: swaps, stand-ins, absence, leave (000-012)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from cstools.duties import Board, Facts, Move, moves_on
from cstools.handover.sheet import StaffLine, Who
from cstools.journal import Journal
from cstools.language import Text, mark
from cstools.people import Person
from cstools.shifts import Shift
from cstools.team.leave import HALVES, Leave

NOON: Final = 12 * 60  # where half a day's leave ends or begins
CHANGES: Final = {
    "swap": mark("swapped: {before} → {after}"),
    "substitute": mark("stands in: {before} → {after}"),
    "absent": mark("absent: {before} → {after}"),
}


@dataclass(frozen=True)
class Staff:
    """The people of a desk, or of one of its groups; the leave that touches them, and the ``journal`` that tells the
    roster's changes.
    """

    board: Board
    people: tuple[Person, ...]
    group: str = ""
    journal: Journal | None = None
    leave: tuple[Leave, ...] = ()

    def find(self, number: str) -> Person | None:
        """A person by number."""
        return self._people.get(number)

    def has(self, number: str, day: date) -> bool:
        """Whether somebody belongs to them on a day."""
        person = self._people.get(number)
        return not self.group or (person is not None and person.on(day).group == self.group)

    def who(self, number: str) -> Who:
        """Somebody by name, as now or as published."""
        person = self._people.get(number)
        return Who(number, person.name if person else self.board.name(number))

    def lines(self, day: date, shifts: tuple[tuple[date, Shift], ...]) -> tuple[StaffLine, ...]:
        """The recorded changes of the roster that touch some shifts, and who is on leave on their days; each once."""
        moved = [line for on, shift in shifts for line in self._moved(on).get(shift.code, ())]
        days = {day, *(on for on, _ in shifts)}
        away = [self._leave_line(leave, shifts) for leave in self.leave if leave.approved and self._away(leave, days)]
        return tuple(dict.fromkeys((*moved, *away)))

    def _away(self, leave: Leave, days: Iterable[date]) -> bool:
        return any(leave.first <= day <= leave.last and self.has(leave.person, day) for day in days)

    def _leave_line(self, leave: Leave, shifts: Iterable[tuple[date, Shift]]) -> StaffLine:
        half = Text(HALVES[leave.half]) if leave.half else None
        what = Text("on leave: {kind}[[ ({half})]]", kind=leave.kind, half=half)
        rostered = [
            shift
            for day, shift in shifts
            if (posted := self.board.of(leave.person, day))
            and posted.duty.shift == shift.code
            and leave.blocks(day, posted.shift, NOON)
        ]
        if rostered:
            what = Text("{leave}, yet rostered for {shift}: record the absence or who stands in",
                        leave=what, shift=rostered[0].name or rostered[0].code)  # fmt: skip
        return StaffLine(what, self.who(leave.person), leave.first, until=leave.last, alarm=bool(rostered))

    def _moved(self, day: date) -> dict[str, list[StaffLine]]:
        """The recorded changes of a day, by the shifts that they touch."""
        if day not in self._days:
            found = self._days[day] = {}
            for facts, move in moves_on(self.journal, day) if self.journal else ():
                if facts.what in CHANGES and self.has(move.person, day):
                    for posted in filter(None, (move.before, move.after)):
                        found.setdefault(posted.duty.shift, []).append(self._move_line(facts, move))
        return self._days[day]

    @cached_property
    def _days(self) -> dict[date, dict[str, list[StaffLine]]]:
        return {}

    def _move_line(self, facts: Facts, move: Move) -> StaffLine:
        what = Text(
            CHANGES[facts.what],
            before=move.before.shift.name if move.before else Text("off"),
            after=move.after.shift.name if move.after else Text("off"),
        )
        return StaffLine(what, self.who(move.person), move.day, facts.note)

    @cached_property
    def _people(self) -> dict[str, Person]:
        return {person.number: person for person in self.people}
