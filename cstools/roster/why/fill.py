"""The cheapest changes that would fill an empty place, each verified by solving again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from cstools.dated import Dated
from cstools.language import Text
from cstools.people import Person, Terms
from cstools.roster import cover
from cstools.roster.inputs import Demand
from cstools.roster.plan import Cell, Plan
from cstools.roster.problem import Problem
from cstools.roster.reasons import Audit, missing, why_not
from cstools.roster.roster import Roster, breaches
from cstools.roster.rule import Stated, Strength
from cstools.roster.why.changes import Change, Hire, Lower, Train
from cstools.roster.why.elements import Element, elements
from cstools.roster.why.need import Need
from cstools.roster.why.prices import LOWER
from cstools.roster.why.remedies import changes_of
from cstools.roster.why.search import ONCE, Budget, Elastic, around, changed_cells, dearest, hard
from cstools.roster.why.search import changes as changed

WANTED: Final = 3  # proposals for a place
TRIES: Final = 3
WORSE: Final = -1  # a tier of its own, above all others


@dataclass(frozen=True)
class Proposal:
    """Changes that fill a place, and the roster that proves it; its problem is the one with the changes.

    ``moves`` are the cells that become another shift, (person, day).
    """

    changes: tuple[Change, ...]
    roster: Roster
    moves: tuple[Cell, ...]

    @property
    def price(self) -> int:
        """What orders proposals."""
        return sum(change.price for change in self.changes)

    @property
    def text(self) -> Text:
        """The changes, and what the roster then becomes."""
        named = self.changes[:NAMED]
        said = [Text("{change} ({cell})", change=change.text, cell=str(change.source)) if change.source else change.text
                for change in named] or [Text("no input need change")]  # fmt: skip
        if len(self.changes) > NAMED:
            said.append(Text("{count} more changes", count=len(self.changes) - NAMED))
        shown = [_move(self.roster, cell) for cell in self.moves[:SHOWN]]
        if len(self.moves) > SHOWN:
            shown.append(Text("{count} more cells", count=len(self.moves) - SHOWN))
        return Text("{changes}; then {moves}", changes=said, moves=shown) if shown else Text("{changes}", changes=said)


SHOWN: Final = 3  # moved cells that are named
NAMED: Final = 6  # changes that are named


def _move(roster: Roster, cell: Cell) -> Text:
    person, day = cell
    shift = roster.shift(person, day) or Text("a day off")
    return Text("{name} {day} {shift}", name=roster.problem.person[person].name, day=day, shift=shift)


class Filler:
    """Looks for changes that fill the empty places of one roster."""

    def __init__(self, roster: Roster, budget: Budget) -> None:
        self.roster, self.problem, self.budget = roster, roster.problem, budget
        self.audit = Audit(roster)
        self.broken = _amount(self.problem, roster)
        self.parts = self._parted(self.problem)[0]
        stated = [one for one in self.problem.rules if one.rule.shortage]
        self.demands = list(dict.fromkeys(d for one in stated for d in cover.demands(self.problem, one.scope)))

    def proposals(self, demand: Demand) -> list[Proposal]:
        """The best few, the cheapest first; fewer where the budget ends."""
        near = around(self.problem, demand.day)
        found = self._cheapest(demand, near)
        if any(not proposal.changes for proposal in found):
            return found[:1]
        found += self._training(demand, near)
        if len(found) < WANTED:
            found += self._hiring(demand, near)
        dear = LOWER * missing(self.roster, demand)
        whole = len(self.problem.people) * len(self.problem.days)
        if len(near) < whole and all(proposal.price >= dear for proposal in found) and self.budget.left() > ONCE:
            found += self._cheapest(demand, None)
        found = found or [self._lowered(demand)]
        best: dict[tuple[Change, ...], Proposal] = {}
        for proposal in sorted(found, key=lambda one: (one.price, len(one.moves))):
            best.setdefault(proposal.changes, proposal)
        return list(best.values())[:WANTED]

    def _lowered(self, demand: Demand) -> Proposal:
        """The need lowered to what it has: what is left where no time was, proven by the roster as it stands."""
        change = Lower(demand, self._have(demand))
        return Proposal((change,), self._as_of(change.apply(self.problem)), ())

    # -- what may give way ---------------------------------------------------------------------------------------

    def _cheapest(self, demand: Demand, free: Collection[Cell] | None) -> list[Proposal]:
        """The cheapest changes of rows, cells and rules, each of another kind than those before."""
        plan = self._plan(self.problem, free)
        elastic = Elastic(plan, [*self.parts, *units(demand, self._have(demand))])
        found: list[Proposal] = []
        while len(found) < WANTED and self.budget.left() > 0:
            outcome = self.budget.run(elastic.plan.rows)
            if not outcome.holds:
                break
            given_up = elastic.given_up(outcome)
            nearest = elastic.nearest(outcome, self.roster, self.budget)
            changes = changes_of(self.problem, merged(given_up), nearest)
            if proposal := self.verify(demand, changes, free, nearest):
                found.append(proposal)
            if not given_up:
                break
            elastic.keep(dearest(given_up))
        return found

    def _have(self, demand: Demand) -> int:
        return demand.minimum - missing(self.roster, demand)

    def _plan(self, problem: Problem, free: Collection[Cell] | None) -> Plan:
        """A plan in which every need keeps what it has of its minimum, and what is broken already is never worse."""
        now = self._as_of(problem)
        broken = [replace(one.stated, strength=Strength.SOFT, tier=WORSE, weight=1) for one in self._parted(problem)[1]]
        plan = Plan(replace(problem, rules=(*problem.rules, *broken)), free=free, roster=self.roster)
        plan.hint(self.roster)
        for stated in (*self._caps(free), *broken):
            plan.state(stated)
        if broken:
            plan.hold(WORSE, sum(breach.amount for stated in broken for breach in breaches(now, stated)))
        return plan

    def _caps(self, free: Collection[Cell] | None) -> list[Stated]:
        days = {day.toordinal() + back for _, day in free for back in (0, 1)} if free is not None else None
        return [
            Stated(Need(other, self._have(other)))
            for other in self.demands
            if (days is None or other.day.toordinal() in days) and self._tells(other)
        ]

    def _tells(self, demand: Demand) -> bool:
        """Whether the roster tells who counts: a grid of letters knows neither posts nor meals."""
        return self.roster.detailed or not (demand.post or demand.window)

    # -- other people --------------------------------------------------------------------------------------------

    def _training(self, demand: Demand, free: Collection[Cell]) -> list[Proposal]:
        """Those trained who are nearest to the place but for the skill."""
        if not demand.skill:
            return []
        untrained = [one for one in self.problem.people if not one.has((demand.skill,), demand.day)]
        plain = replace(demand, skill="", minimum=len(self.problem.people))
        reasons = {person.number: why_not(self.audit, person.number, plain) for person in untrained}
        untrained.sort(key=lambda person: -_near(reasons[person.number]))
        count = missing(self.roster, demand)
        for first in range(max(0, min(TRIES, len(untrained) - count + 1))):
            changes = [Train(person, demand.skill) for person in untrained[first : first + count]]
            if proposal := self.verify(demand, changes, free):
                return [proposal]
        return []

    def _hiring(self, demand: Demand, free: Collection[Cell]) -> list[Proposal]:
        """As many new people as are missing, who can do what the place asks."""
        codes = [shift for code, shift in self.problem.shifts_on(demand.day).items() if demand.takes(code)]
        asked = [min(shift.skills) for shift in codes if shift.skills][:1]
        skills = tuple(dict.fromkeys(filter(None, (demand.skill, *asked))))
        people = tuple(self._newcomer(nth, skills, demand.day) for nth in range(1, missing(self.roster, demand) + 1))
        cells = {(person.number, day) for person in people for day in self.problem.days}
        proposal = self.verify(demand, [Hire(people, skills)], {*free, *cells})
        return [proposal] if proposal else []

    def _newcomer(self, nth: int, skills: Sequence[str], day: date) -> Person:
        """Somebody with the commonest contract and group."""
        terms = [person.on(day) for person in self.problem.people if person.employed(day)]
        contracts, groups = [one.contract for one in terms], [one.group for one in terms]
        contract = max(dict.fromkeys(contracts), key=contracts.count, default="")
        group = max(dict.fromkeys(groups), key=groups.count, default="")
        name = str(Text("newcomer {count}", count=nth))
        return Person(f"+{nth}", name, Dated.always(Terms(frozenset(skills), contract, group)))

    # -- the proof -----------------------------------------------------------------------------------------------

    def verify(
        self,
        demand: Demand,
        changes: Sequence[Change],
        free: Collection[Cell] | None,
        likely: Roster | None = None,
    ) -> Proposal | None:
        """The changes made and a roster that proves them: the place is filled, nothing else is worse than it was.

        It is the ``likely`` one, which a search has found, if the rules themselves find nothing new in it; else the
        changed problem is solved.
        """
        problem = self.problem
        for change in changes:
            problem = change.apply(problem)
        lowered = next((one for one in problem.demands if one not in self.problem.demands), demand)
        roster = Roster(problem, likely.duties) if likely else None
        if roster is None or not self._holds(roster, demand, lowered):
            roster = self._solved(problem, lowered, free)
        if roster is None or not self._holds(roster, demand, lowered):
            return None
        moves = changed_cells(self.roster, roster)
        moves.sort(key=lambda cell: abs((cell[1] - demand.day).days))
        return Proposal(tuple(changes), roster, tuple(moves))

    def _solved(self, problem: Problem, demand: Demand, free: Collection[Cell] | None) -> Roster | None:
        """A roster of a changed problem in which a demand is met and few cells have changed."""
        plan = self._plan(problem, free)
        for stated in [one.stated for one in self._parted(problem)[0]] if self.broken else hard(problem):
            plan.state(stated)
        plan.state(Stated(Need(demand, demand.minimum)))
        plan.rows.minimise(changed(plan, self.roster))
        outcome = self.budget.run(plan.rows)
        return Roster(problem, plan.read(outcome.holds)) if outcome.holds else None

    def _parted(self, problem: Problem) -> tuple[list[Element], list[Element]]:
        """All that a problem asks but for cover: what the roster keeps, and what it breaks already."""
        found = [element for element in elements(problem, by_day=True) if not isinstance(element.row, Demand)]
        if not self.broken:
            return found, []
        roster = self._as_of(problem)
        broken = [any(element.stated.rule.check(roster, element.stated.scope)) for element in found]
        kept = [element for element, no in zip(found, broken, strict=True) if not no]
        return kept, [element for element, yes in zip(found, broken, strict=True) if yes]

    def _as_of(self, problem: Problem) -> Roster:
        return Roster(problem, self.roster.duties, detailed=self.roster.detailed)

    def _holds(self, roster: Roster, demand: Demand, lowered: Demand) -> bool:
        """Read the roster without the solver: the place is filled, no need lost anybody, no hard rule is worse off."""
        others = (one for one in self.demands if one != demand and self._tells(one))
        if missing(roster, lowered) or any(missing(roster, one) > missing(self.roster, one) for one in others):
            return False
        return _amount(roster.problem, roster) <= self.broken


def _amount(problem: Problem, roster: Roster) -> int:
    """How often a roster breaks hard rules other than cover."""
    return sum(breach.amount for stated in hard(problem) for breach in breaches(roster, stated))


def _near(reason: object) -> int:
    return getattr(reason, "near", -1)


def units(demand: Demand, have: int) -> list[Element]:
    """A demand person by person, so that it may be lowered by some of them."""
    needs = [Stated(Need(demand, people)) for people in range(have + 1, demand.minimum + 1)]
    return [Element(need, need, cover.what(demand), demand.source, day=demand.day, row=demand) for need in needs]


def merged(given_up: Sequence[Element]) -> list[Element]:
    """Of several elements of one demand the one that asks for all."""
    found: dict[object, Element] = {}
    for element in given_up:
        found[element.row if isinstance(element.row, Demand) else id(element)] = element
    return list(found.values())
