"""What a change does to a published roster: the rules it breaks that held before, and who else could take a duty."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from cstools.days import month_of
from cstools.duties import Board, Posted
from cstools.people import Person
from cstools.roster.problem import Problem
from cstools.roster.proposal import handed_over
from cstools.roster.roster import Roster, breaches
from cstools.roster.rule import Breach, Stated, Strength

ProblemOf = Callable[[date, date], Problem]  # what a desk asks of the days from one to another
AFTER = 7  # days after a change that it may still touch, at a month's end too


def horizon(board: Board, days: Iterable[date]) -> tuple[date, date]:
    """The published days that rules may look at when some days change: their months, and the week after."""
    days = sorted(days)
    first, last = month_of(days[0])[0], month_of(days[-1])[1]
    last = max(last, date.fromordinal(days[-1].toordinal() + AFTER))
    near = {day for day in board.days if first <= day <= last}.union(days)
    return min(near), max(near)


def roster_of(problem: Problem, board: Board) -> Roster:
    """The board's duties as a roster of a problem's days, and before them as its past.

    Whom or what the desk no longer knows (somebody deleted from sheet 人员, a shift from 班次) no rule can judge: it is
    left out. So are the draft's fixed cells: they were asked of the roster that is published now.
    """
    first, last = problem.days[0], problem.days[-1]
    ended = {(duty.day, duty.person, duty.shift): duty.ended for duty in problem.past}
    judged = [
        replace(posted.duty, ended=ended.get((posted.duty.day, posted.duty.person, posted.duty.shift)))
        for posted in board.within(date.min, last)
        if posted.duty.person in problem.person and problem.shift(posted.duty.shift, posted.duty.day)
    ]
    unpublished = {duty for duty in problem.past if duty.day < first and duty.day not in board.days}
    before = frozenset(duty for duty in judged if duty.day < first) | unpublished
    known = problem.past_days | {day for day in board.days if day < first}
    now = [duty for duty in judged if duty.day >= first]
    detailed = any(duty.posts or duty.meal for duty in now)
    return Roster(replace(problem, past=before, past_days=known, fixed=()), now, detailed=detailed)


def caused(before: Roster, after: Roster) -> list[Breach]:
    """The breaches of hard rules and the shortages that ``after`` has and ``before`` had not, or had less of."""
    old = _broken(before)
    return [breach for breach in _broken(after) if not any(_was(other, breach) for other in old)]


def candidates(problem: Problem, board: Board, held: Posted) -> list[Person]:
    """Who could take a duty without breaking anything that holds now, the cheapest for the soft rules first."""
    before = roster_of(problem, board)
    day = held.duty.day
    found: list[tuple[tuple[int, ...], Person]] = []
    for person in problem.people:
        if person.number != held.duty.person and person.employed(day) and not board.of(person.number, day):
            after = roster_of(problem, board.changed(handed_over(held, person.number)))
            if not caused(before, after):
                found.append((tuple(after.costs().values()), person))
    return [person for _, person in sorted(found, key=lambda pair: pair[0])]


def _counts(stated: Stated) -> bool:
    return stated.strength is Strength.HARD or stated.rule.shortage


def _broken(roster: Roster) -> list[Breach]:
    return [breach for stated in roster.problem.rules if _counts(stated) for breach in breaches(roster, stated)]


def _was(old: Breach, new: Breach) -> bool:
    """Whether a breach was there already, as bad as it is now or worse; of a group, whoever its members are now."""
    one_person = min(len(old.place.people), len(new.place.people)) == 1
    return (
        (old.stated, old.source, old.place.shifts) == (new.stated, new.source, new.place.shifts)
        and (old.place.people == new.place.people or not one_person)
        and set(new.place.days) <= set(old.place.days)
        and new.amount <= old.amount
    )
