"""Cells filled by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cstools.days import show_time
from cstools.language import Text, mark
from cstools.roster.inputs import Fixed
from cstools.roster.problem import Problem
from cstools.roster.rule import Breach, Place, Rule, Strength, View
from cstools.roster.scope import Scope
from cstools.shifts import Duty

if TYPE_CHECKING:
    from cstools.roster.plan import Literal, Plan
    from cstools.roster.roster import Roster


@dataclass(frozen=True)
class FixedCells(Rule):
    """Sheet 排班: what the lead has filled in stays, a shift or a day off; posts and meal too where they are given."""

    label: ClassVar[str] = mark("fixed cells")
    sentence: ClassVar[str] = mark("Cells filled by hand stay as they are.")
    view: ClassVar[View] = View.CELL
    default: ClassVar[Strength | None] = Strength.HARD

    def build(self, plan: "Plan", scope: Scope) -> None:
        """Each cell holds all that was given."""
        for cell in _cells(plan.problem, scope):
            plan.at_least_each([[literal] for literal in _given(plan, cell)], 1)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each cell that is not as it was given."""
        for cell in _cells(roster.problem, scope):
            duty = roster.duty(cell.person, cell.day)
            if not _kept(cell, duty, detailed=roster.detailed):
                yield Breach(
                    Place((cell.person,), (cell.day,), (cell.shift,) if cell.shift else ()),
                    Text(
                        "{name} has {have} on {day}, not {given} as filled in by hand",
                        name=roster.problem.person[cell.person].name, day=cell.day,
                        have=_words(duty), given=_words(cell),
                    ),
                    source=cell.source,
                )  # fmt: skip


def _cells(problem: Problem, scope: Scope) -> Iterator[Fixed]:
    """The cells in the roster and in scope."""
    for cell in problem.fixed:
        person = problem.person.get(cell.person)
        if person and cell.day in problem.horizon and scope.covers(person, cell.day):
            yield cell


def _given(plan: "Plan", cell: Fixed) -> Iterator["Literal"]:
    if not cell.shift:
        yield plan.off(cell.person, cell.day)
        return
    yield plan.works(cell.person, cell.day, cell.shift)
    for post in cell.posts:
        yield plan.holds(cell.person, cell.day, cell.shift, post)
    if cell.meal:
        yield plan.eats(cell.person, cell.day, cell.shift, cell.meal)


def _kept(cell: Fixed, duty: Duty | None, *, detailed: bool) -> bool:
    if duty is None or not cell.shift:
        return duty is None and not cell.shift
    if not detailed:
        return duty.shift == cell.shift
    return duty.shift == cell.shift and set(cell.posts) <= set(duty.posts) and cell.meal in {None, duty.meal}


def _words(cell: Fixed | Duty | None) -> Text | str:
    """A cell in words: 晚 主旺旺 12:00–12:30."""
    if cell is None or not cell.shift:
        return Text("a day off")
    meal = [f"{show_time(cell.meal[0])}–{show_time(cell.meal[1])}"] if cell.meal else []
    return " ".join([cell.shift, *cell.posts, *meal])
