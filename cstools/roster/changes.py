"""Swaps, substitutes and absences in a published roster: checked against every rule, then granted or refused."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

from cstools.duties import Board, Facts, Posted, Version, board, record, unfilled, version_of_row
from cstools.errors import Refused, UsageFault
from cstools.journal import Journal, Pages
from cstools.language import Text
from cstools.people import Person
from cstools.roster.effects import ProblemOf, candidates, caused, horizon, roster_of
from cstools.roster.history import cell_words
from cstools.roster.problem import Problem
from cstools.roster.proposal import Change, begins, duty_of, propose
from cstools.roster.rule import Breach, Strength
from cstools.team.people import Roll


@dataclass(frozen=True)
class Granted:
    """A change that is recorded, and what is published then; ``lacks`` is what it breaks all the same, and ``could``
    who could take the duty.

    ``new`` is False where it was recorded before, for the same row of a sheet.
    """

    version: Version
    board: Board
    lacks: tuple[Breach, ...] = ()
    could: tuple[Person, ...] = ()
    new: bool = True


def grant(journal: Journal, problem_of: ProblemOf, change: Change, *, by: str, now: datetime) -> Granted:
    """Record a change if no hard rule and no need is worse off by it; what was broken before doesn't count.

    An absence is refused only where it breaks a hard rule for others, and once the shift has begun it is a fact and
    recorded in any case. Raises Refused, with the rules and with who could take the duty, and then nothing has changed;
    UsageFault for people unknown, and for an approval in the future.
    """
    if done := _recorded(journal, change):
        return done
    problem_of = cache(problem_of)  # a desk's sheets are read once, before anybody has to wait for us
    known = problem_of(*horizon(board(journal), change.days))
    change = _checked(change, known, now)
    propose(board(journal), change, duty_of(board(journal), change, unfilled(journal)))
    with journal.writing(by=by, now=now) as book:
        if done := _recorded(book, change):
            return done
        before = board(book)
        duty = duty_of(before, change, unfilled(book))
        case = _Case(problem_of(*horizon(before, change.days)), before, change, duty, now)
        version = None if case.refused else record(book, case.facts, case.after, change.at)
    if version is None:
        raise Refused(*case.refusal())
    return Granted(version, case.after, case.breaches, tuple(case.could()) if change.what == "absent" else ())


def could_take(journal: Journal, problem_of: ProblemOf, word: str, day: date) -> tuple[Posted, list[Person]]:
    """A person's duty of a day, and who could take it, the best first. Raises Refused where there is none."""
    now = board(journal)
    problem = problem_of(*horizon(now, (day,)))
    duty = duty_of(now, Change("substitute", _find(problem, word), day), unfilled(journal))
    return duty, candidates(problem, now, duty)


def _recorded(journal: Journal | Pages, change: Change) -> Granted | None:
    """What the row that asks for a change got, if it was recorded before."""
    version = version_of_row(journal, change.row) if change.row else None
    return Granted(version, board(journal), new=False) if version else None


class _Case:
    """One change weighed against one board."""

    def __init__(self, problem: Problem, before: Board, change: Change, duty: Posted, now: datetime) -> None:
        self.problem, self.before, self.change, self.duty = problem, before, change, duty
        cells = propose(before, change, duty)
        names = {number: problem.person[number].name for number in (change.person, change.other) if number}
        self.after = before.changed(cells, names)
        self.late = now >= begins(before, cells)
        found = caused(roster_of(problem, before), roster_of(problem, self.after))
        if change.what == "absent":  # what it does to the absent person is no reason to deny it
            found = [breach for breach in found if breach.place.people != (change.person,)]
        self.breaches = tuple(found)

    @property
    def refused(self) -> list[Breach]:
        """The breaches because of which it isn't granted."""
        if self.change.what != "absent":
            return list(self.breaches)
        hard = [breach for breach in self.breaches if breach.stated and breach.stated.strength is Strength.HARD]
        return [] if self.late else hard

    @property
    def facts(self) -> Facts:
        """What is recorded of it. Who works on a day off for somebody else is owed a rest."""
        change = self.change
        lacks = tuple(breach.text for breach in self.breaches)
        facts = Facts(change.what, change.approved_by, self.late, change.note, shortages=lacks, row=change.row)
        if change.what != "substitute":
            return facts
        return replace(facts, rests=((change.other, change.day),), instead=change.person)

    def could(self) -> list[Person]:
        """Who could take the duty of the one who asks."""
        return candidates(self.problem, self.before, self.duty)

    def refusal(self) -> list[Text]:
        """Why it isn't granted, and who could take the duty."""
        why = [Text("{rule}: {what}", rule=_rule(breach), what=breach.text) for breach in self.refused]
        return [Text("refused, nothing was changed:"), *why, could_words(self.duty, self.could())]


def could_words(posted: Posted, people: Sequence[Person]) -> Text:
    """Who could take a duty, the best first."""
    what = Text("{day} {shift}", day=posted.duty.day, shift=cell_words(posted))
    if not people:
        return Text("nobody else can take {what} without breaking a rule", what=what)
    names = tuple(f"{person.name} ({person.number})" for person in people)
    return Text("could take {what}, the best first: {people}", what=what, people=names)


def _rule(breach: Breach) -> Text:
    return Text(breach.stated.rule.label) if breach.stated else Text("rule")


def _checked(change: Change, problem: Problem, now: datetime) -> Change:
    """The change with people by number and the time of approval."""
    person = _find(problem, change.person)
    other = _find(problem, change.other) if change.other else ""
    at = change.at or now
    if at > now:
        raise UsageFault(Text("the approval lies in the future: {at}", at=f"{at:%Y-%m-%d %H:%M}"))
    if not change.approved_by.strip():
        raise Refused(Text("refused: nobody has approved it"))
    approver = Roll(problem.people, frozenset()).find(change.approved_by)
    if isinstance(approver, Person) and approver.number in {person, other}:
        raise Refused(Text("refused: nobody approves their own change"))
    if other == person:
        raise UsageFault(Text("both are the same person"))
    return replace(change, person=person, other=other, at=at)


def _find(problem: Problem, word: str) -> str:
    """The number of somebody told by number or name."""
    team = Roll(problem.people, frozenset())
    found = team.find(word)
    if isinstance(found, Person):
        return found.number
    near = team.nearest(word)
    wrong = Text("{word}: {wrong}", word=word, wrong=found or "")
    raise UsageFault(wrong, *([near] if near else []))
