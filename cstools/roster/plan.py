"""The roster to be found: literals that rules ask for, and the few ways in which a rule may bind them.

A rule never touches the rows. It asks ``works``, ``on_duty``, ``holds``, ``eats``, which always answer with a literal
(a constant one for the past, for people not employed, and for whatever a search keeps fixed), and it binds them with
``at_most``, ``at_least`` and ``forbid``. Whether that is a constraint or a cost is for the stated rule to say.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeAlias

from cstools.roster.problem import Problem
from cstools.roster.roster import Roster, tiers
from cstools.roster.rows import FALSE, TRUE, Costs, Literal, Rows, Term
from cstools.roster.rule import Stated, Strength
from cstools.shifts import Duty

__all__ = ["Cell", "Literal", "Plan", "Term"]  # the kinds that rules name

Cell: TypeAlias = tuple[str, date]


class Plan:
    """The variables of a problem and what its rules ask of them.

    ``free`` are the cells (person, day) to decide, None meaning all; the others stand as ``roster`` has them.
    """

    def __init__(self, problem: Problem, *, free: Collection[Cell] | None = None, roster: Roster | None = None) -> None:
        self.problem = problem
        self.rows = Rows()
        self.rows.costs = {tier: Costs() for tier in tiers(problem)}
        self.true: Literal = TRUE
        self.false: Literal = FALSE
        self.cells = [(person.number, day) for person in problem.people for day in problem.days]
        self._works: dict[tuple[str, date, str], Literal] = {}
        self._off: dict[Cell, Literal] = {}
        self._holds: dict[tuple[str, date, str, str], Literal] = {}
        self._eats: dict[tuple[str, date, str, tuple[int, int]], Literal] = {}
        self._joined: dict[tuple[str, date, tuple[str, ...]], Literal] = {}
        self._words: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._hard = True
        self._when: list[Literal] = []
        self._tier, self._weight = 0, 1
        for nth, (number, day) in enumerate(self.cells):
            if free is None or (number, day) in free:
                self._open(nth, number, day, employed=problem.person[number].employed(day))
            else:
                self._close(number, day, roster.duty(number, day) if roster else None)

    def state(self, stated: Stated, when: Literal | None = None) -> None:
        """Let a stated rule bind the plan; a rule that is only watched binds nothing.

        With ``when`` a hard rule binds only where that literal holds (to ask what would be without it).
        """
        if stated.strength is Strength.WATCH:
            return
        self._when = [] if when is None else [when]
        self._hard = stated.strength is Strength.HARD
        self._tier, self._weight = stated.tier, stated.weight
        stated.rule.build(self, stated.scope)

    # -- the cells -----------------------------------------------------------------------------------------------

    def _open(self, nth: int, person: str, day: date, *, employed: bool) -> None:
        """Variables of a cell, the ``nth``, that is to be decided."""
        if not employed:
            self._off[person, day] = self.true
            return
        rows = self.rows
        works = []
        for code, shift in self.problem.shifts_on(day).items():
            literal = self._works[person, day, code] = rows.new(nth)
            works.append(literal)
            for post in self.problem.posts_on(day, code):
                held = self._holds[person, day, code, post] = rows.new(nth)
                rows.add([(literal, 1), (held, -1)], least=0)
            if len(shift.meals) == 1:
                self._eats[person, day, code, shift.meals[0]] = literal
            elif shift.meals:
                slots = [rows.new(nth) for _ in shift.meals]
                self._eats.update(
                    ((person, day, code, slot), lit) for slot, lit in zip(shift.meals, slots, strict=True)
                )
                self._same(slots, literal)
        off = self._off[person, day] = rows.new(nth)
        rows.idle.append(off)
        rows.add([(literal, 1) for literal in (*works, off)], least=1, most=1)

    def _same(self, literals: Iterable[Literal], joined: Literal) -> None:
        """One of the literals holds, and only one, where the joined one does."""
        self.rows.add([(joined, -1), *((literal, 1) for literal in literals)], least=0, most=0)

    def _close(self, person: str, day: date, duty: Duty | None) -> None:
        """Constants of a cell that stands as it is."""
        self._off[person, day] = self.false if duty else self.true
        if duty:
            self._works[person, day, duty.shift] = self.true
            self._holds.update(((person, day, duty.shift, post), self.true) for post in duty.posts)
            if duty.meal:
                self._eats[person, day, duty.shift, duty.meal] = self.true

    def works(self, person: str, day: date, code: str) -> Literal:
        """Whether a person works a shift on a day, past days included."""
        if day in self.problem.horizon:
            return self._works.get((person, day, code), self.false)
        duty = self.problem.past_by_person[person].get(day)
        return self.true if duty and duty.shift == code else self.false

    def on_duty(self, person: str, day: date) -> Literal:
        """Whether a person works at all on a day; not so on unknown days, so ask ``known`` where that matters."""
        return self.no(self.off(person, day))

    def off(self, person: str, day: date) -> Literal:
        """Whether a person has no shift on a day."""
        if day in self.problem.horizon:
            return self._off[person, day]
        return self.false if day in self.problem.past_by_person[person] else self.true

    def any_of(self, person: str, day: date, codes: Sequence[str]) -> Literal:
        """Whether a person works one of the shifts on a day."""
        if len(codes) == 1:
            return self.works(person, day, codes[0])
        key = (person, day, tuple(codes))
        if key not in self._joined:
            words = self._words.setdefault(key[2], key[2])
            self._joined[person, day, words] = self._any(person, day, words)
        return self._joined[key]

    def _any(self, person: str, day: date, codes: Sequence[str]) -> Literal:
        literals = [lit for code in codes if (lit := self.works(person, day, code)) != FALSE]
        if not literals or TRUE in literals:
            return self.true if literals else self.false
        if len(literals) == 1:
            return literals[0]
        if len(literals) == len(self.problem.shifts_on(day)):
            return self.on_duty(person, day)
        joined = self.rows.new(self.rows.owner[literals[0]])
        self._same(literals, joined)
        return joined

    def holds(self, person: str, day: date, code: str, post: str) -> Literal:
        """Whether a person works a shift on a day and holds a post then."""
        if day in self.problem.horizon:
            return self._holds.get((person, day, code, post), self.false)
        duty = self.problem.past_by_person[person].get(day)
        return self.true if duty and duty.shift == code and post in duty.posts else self.false

    def eats(self, person: str, day: date, code: str, slot: tuple[int, int]) -> Literal:
        """Whether a person works a shift on a day and eats in that slot of it."""
        if day in self.problem.horizon:
            return self._eats.get((person, day, code, slot), self.false)
        duty = self.problem.past_by_person[person].get(day)
        return self.true if duty and duty.shift == code and duty.meal == slot else self.false

    def known(self, day: date) -> bool:
        """Whether the day is planned here or known from the past."""
        return self.problem.known(day)

    def either(self, literals: Iterable[Literal]) -> Literal:
        """Whether at least one of the literals holds."""
        asked = [literal for literal in literals if literal != FALSE]
        if not asked or TRUE in asked:
            return self.true if asked else self.false
        if len(asked) == 1:
            return asked[0]
        found = self.rows.new()
        self.rows.add([(found, -1), *((literal, 1) for literal in asked)], least=0)
        for literal in asked:
            self.rows.add([(found, 1), (literal, -1)], least=0)
        return found

    def steps(self, count: int) -> list[Literal]:
        """A number from 0 to ``count`` for the solver to choose: so many of these literals hold, first ones first."""
        steps = [self.rows.new() for _ in range(count)]
        for lower, upper in pairwise(steps):
            self.rows.add([(lower, 1), (upper, -1)], least=0)
        return steps

    @staticmethod
    def no(literal: Literal) -> Literal:
        """The opposite literal."""
        return ~literal

    # -- what rules may ask --------------------------------------------------------------------------------------

    def at_most(
        self,
        terms: Iterable[Term],
        limit: int,
        *,
        weight: int = 1,
        when: Sequence[Literal] = (),
        growing: bool = False,
        unit: int = 1,
    ) -> None:
        """The terms (literals, or literals with a factor) add up to no more than ``limit``, where all ``when`` hold.

        A soft rule pays ``weight`` for each one above; ``growing``: 1 for the first, 2 for the second, and so on;
        ``unit``: for each so many above, a part of a unit being paid for whole.
        """
        self.at_most_each([list(terms)], limit, weight=weight, when=when, growing=growing, unit=unit)

    def at_least(
        self,
        terms: Iterable[Term],
        limit: int,
        *,
        weight: int = 1,
        when: Sequence[Literal] = (),
        growing: bool = False,
        unit: int = 1,
    ) -> None:
        """The terms add up to ``limit`` or more, where all ``when`` hold; a soft rule pays for each one missing."""
        self.at_least_each([list(terms)], limit, weight=weight, when=when, growing=growing, unit=unit)

    def forbid(self, literals: Iterable[Literal], *, weight: int = 1, when: Sequence[Literal] = ()) -> None:
        """Not all of the literals hold at once; a soft rule pays ``weight`` where they do."""
        opposites = [~literal for literal in literals if literal != TRUE]
        if when or not self._hard:
            self.at_least(opposites, 1, weight=weight, when=when)
        elif TRUE not in opposites:  # most of what rules say: a long plan says it millions of times
            self.rows.add([(literal, 1) for literal in opposites], 1, when=self._when)

    def at_least_each(
        self,
        groups: Sequence[Sequence[Term]],
        limit: int,
        *,
        weight: int = 1,
        when: Sequence[Literal] = (),
        growing: bool = False,
        unit: int = 1,
    ) -> None:
        """Each group of terms adds up to ``limit`` or more; a soft rule pays for what the worst group lacks."""
        if FALSE in when:
            return
        conditions = [literal for literal in when if literal != TRUE]
        wanting = []  # groups that may fall short, and by how much at worst
        for group in groups:
            terms, constant = self._folded(group)
            need = limit - constant
            worst = need - sum(min(0, factor) for _, factor in terms)
            if worst > 0:
                wanting.append((terms, need, worst))
        if not wanting:
            return
        if self._hard:
            for terms, need, _ in wanting:
                self.rows.add(terms, need, when=conditions + self._when)
            return
        cost = weight * self._weight
        if len(wanting) == 1 and len(wanting[0][0]) == 1 and not conditions and not growing:
            self._pay_for_one(*wanting[0][0][0], wanting[0][1], cost, unit)
        elif all(not terms for terms, _, _ in wanting) and not conditions:
            units = _units(max(need for _, need, _ in wanting), unit)
            self.rows.costs[self._tier].offset += cost * _grown(units, growing=growing)
        else:
            most = _units(max(worst for _, _, worst in wanting), unit)
            missing = [(literal, unit) for literal in self._missing(most, cost, growing=growing)]
            for terms, need, _ in wanting:
                self.rows.add([*terms, *missing], need, when=conditions)

    def at_most_each(
        self,
        groups: Sequence[Sequence[Term]],
        limit: int,
        *,
        weight: int = 1,
        when: Sequence[Literal] = (),
        growing: bool = False,
        unit: int = 1,
    ) -> None:
        """Each group of terms adds up to ``limit`` or less; a soft rule pays for what the worst group has above it."""
        self.at_least_each(
            [[self._scaled(term, -1) for term in group] for group in groups],
            -limit, weight=weight, when=when, growing=growing, unit=unit,
        )  # fmt: skip

    def _pay_for_one(self, literal: Literal, factor: int, need: int, cost: int, unit: int) -> None:
        """A cost that hangs on a single literal needs no variable of its own."""
        without, with_it = _units(need, unit), _units(need - factor, unit)
        costs = self.rows.costs[self._tier]
        costs.offset += cost * without
        costs.add(literal, cost * (with_it - without))

    def _missing(self, most: int, cost: int, *, growing: bool) -> Sequence[Literal]:
        """What may be missing, in variables that add up to it and are paid for."""
        costs = self.rows.costs[self._tier]
        if not growing:
            new = self.rows.new(most=most)
            costs.add(new, cost)
            return [new]
        units = [self.rows.new() for _ in range(most)]  # the cheaper ones first, in whatever costs least
        for nth, unit in enumerate(units, 1):
            costs.add(unit, cost * nth)
        return units

    def _scaled(self, term: Term, factor: int) -> Term:
        return (term[0], term[1] * factor) if isinstance(term, tuple) else (term, factor)

    def _folded(self, terms: Iterable[Term]) -> tuple[list[tuple[Literal, int]], int]:
        """The terms without constants, and what the constants add up to."""
        open_terms, constant = [], 0
        for term in terms:
            literal, factor = term if isinstance(term, tuple) else (term, 1)
            if literal == TRUE:
                constant += factor
            elif literal != FALSE:
                open_terms.append((literal, factor))
        return open_terms, constant

    # -- tiers and reading back ----------------------------------------------------------------------------------

    @property
    def tiers(self) -> list[int]:
        """The tiers of cost, the most important first."""
        return list(self.rows.costs)

    def hold(self, tier: int, cost: int) -> None:
        """From now on the tier costs no more than this."""
        self.rows.held[tier] = cost

    def fix(self, roster: Roster) -> None:
        """Bind every cell, post and meal to what a roster has (also where no literal can say so: infeasible then)."""
        for _, variable, value in self.values(roster):
            self.rows.add([(variable, 1)], int(value), int(value))
        for duty in roster.duties:
            if self.works(duty.person, duty.day, duty.shift) == FALSE:
                self.rows.add([], least=1)
        for (person, day), literal in self._off.items():
            if literal in {TRUE, FALSE} and (literal == TRUE) == roster.on_duty(person, day):
                self.rows.add([], least=1)

    def hint(self, roster: Roster) -> None:
        """Suggest a roster to the solver, in place of what was suggested before."""
        self.rows.hints = {variable: int(value) for _, variable, value in self.values(roster)}

    def values(self, roster: Roster) -> list[tuple[Cell, Literal, bool]]:
        """Each variable of a cell, of its posts and meals, and the value it has in a roster."""
        cells = {(duty.person, duty.day): duty for duty in roster.duties}
        found: list[tuple[Cell, Literal, bool]] = []
        for cell, literal in self._off.items():
            found.append((cell, literal, cell not in cells))
        for (person, day, code), literal in self._works.items():
            duty = cells.get((person, day))
            found.append(((person, day), literal, duty is not None and duty.shift == code))
        for (person, day, code, post), literal in self._holds.items():
            duty = cells.get((person, day))
            found.append(((person, day), literal, duty is not None and duty.shift == code and post in duty.posts))
        for (person, day, code, slot), literal in self._eats.items():
            duty = cells.get((person, day))
            if literal != self._works[person, day, code]:
                found.append(((person, day), literal, duty is not None and duty.shift == code and duty.meal == slot))
        return [one for one in found if one[1] not in {TRUE, FALSE}]

    def read(self, holds: Callable[[Literal], bool]) -> frozenset[Duty]:
        """The duties of a solution; ``holds`` tells the value of a literal."""
        posts: dict[tuple[str, date, str], list[str]] = {}
        for (person, day, code, post), literal in self._holds.items():
            if holds(literal):
                posts.setdefault((person, day, code), []).append(post)
        meals = {(person, day, code): slot for (person, day, code, slot), lit in self._eats.items() if holds(lit)}
        return frozenset(
            Duty(day, code, person, tuple(sorted(posts.get((person, day, code), ()))), meals.get((person, day, code)))
            for (person, day, code), literal in self._works.items()
            if holds(literal)
        )


def _units(amount: int, unit: int) -> int:
    """How many units hold an amount, which may be none."""
    return max(0, -(-amount // unit))


def _grown(missing: int, *, growing: bool) -> int:
    return missing * (missing + 1) // 2 if growing else missing
