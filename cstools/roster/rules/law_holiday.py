"""Work on the statutory holidays."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cstools.language import Text, mark
from cstools.roster.parameters import show_hours
from cstools.roster.rule import Breach, Place, Rule, Strength
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster


@dataclass(frozen=True)
class LawHoliday(Rule):
    """The 13 statutory days are paid threefold (劳动法 art. 44; 全国年节及纪念日放假办法 art. 2), 002-017.

    A duty counts on the day on which it begins.
    """

    label: ClassVar[str] = mark("law: work on statutory holidays")
    sentence: ClassVar[str] = mark("Nobody works on a statutory holiday.")
    default: ClassVar[Strength | None] = Strength.WATCH

    def build(self, plan: "Plan", scope: Scope) -> None:
        """A day off on each statutory day."""
        for day in filter(plan.problem.calendar.is_statutory, plan.problem.days):
            for person in scope.among(plan.problem.people, day):
                plan.forbid([plan.on_duty(person.number, day)])

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each duty on a statutory day."""
        problem = roster.problem
        for day in filter(problem.calendar.is_statutory, problem.days):
            for duty in roster.of(day):
                person = problem.person[duty.person]
                if scope.covers(person, day):
                    yield Breach(
                        Place((person.number,), (day,), (duty.shift,)),
                        Text(
                            "{name} works {shift} on {day} ({holiday}): {hours} h at 300 %",
                            name=person.name, shift=duty.shift, day=day, holiday=problem.calendar.name(day),
                            hours=show_hours(problem.paid(person.number, day, duty.shift)),
                        ),
                    )  # fmt: skip
