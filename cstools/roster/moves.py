"""Exchanges between people's days, one after the other, each taken as the heat allows: compiled, for they are millions.

A move gives some cells other patterns: which of a cell's variables hold. It is taken if no hard row breaks by it, and
if it costs less or, the hotter the likelier, more. Where several searches work on the same roster each has people of
its own; all but one leave the rows alone that speak of several people, so that none sees what another does.
It knows rows, cells, levels and prices, and nothing of any rule.
"""

import math
from typing import TYPE_CHECKING, Final

from cstools.roster.arrays import NONE
from cstools.roster.machine import compiled, kept
from cstools.roster.proposals import below, drawn, propose

if TYPE_CHECKING:
    from cstools.roster.arrays import Numbers
    from cstools.roster.layout import Facts, Notes, Stand, Stint

COLD: Final = 30.0  # times the heat: what is dearer is never taken
AT_ONCE: Final = 2  # levels beside each other that change together
TRIED, TAKEN = range(2)  # what is counted by kind: moves, and those taken that changed a cost

SUM, LEAST, MOST, KIND, TELLS, ABOVE = range(6)  # of a row
FIRST, LAST, PRICE, UNIT, GROWING, TIER, PAID = range(7)  # of a group
HARD, PAYS, TELLING = range(3)  # kinds of rows: TELLS is then nothing, the group, the variable
JOINT: Final = 3  # more, for a row that speaks of several people
MARK, DELTA = range(2)  # what a search notes about a row


@compiled
def _holds(pattern: "Numbers", held: int) -> bool:
    for one in pattern:  # noqa: SIM110 - compiled as it stands
        if one == held:
            return True
    return False


@compiled
def flips(facts: "Facts", stand: "Stand", notes: "Notes", first: int, last: int, count: int) -> int:
    """Write down which variables change in some of the cells, after ``count`` others; how many there are then."""
    for nth in range(first, last):
        cell = notes.cells[nth]
        begin, now, then = facts.begin[cell], facts.pool[stand.patterns[cell]], facts.pool[notes.given[nth]]
        for held in now:
            if held != NONE and not _holds(then, held):
                notes.variables[count], notes.signs[count] = begin + held, -1
                count += 1
        for held in then:
            if held != NONE and not _holds(now, held):
                notes.variables[count], notes.signs[count] = begin + held, 1
                count += 1
    return count


@compiled
def _change(facts: "Facts", notes: "Notes", first: int, last: int, sign: int, touched: int) -> int:
    """Write down what a variable's change does to rows by some of its terms; how many rows are touched now."""
    number = notes.number[0]
    for place in range(first, last):
        row, factor = facts.terms[place, 0], facts.terms[place, 1]
        if notes.rows[row, MARK] != number:
            notes.rows[row, MARK], notes.rows[row, DELTA] = number, 0
            notes.touched[touched] = row
            touched += 1
        notes.rows[row, DELTA] += factor * sign
    return touched


@compiled
def _pay(facts: "Facts", notes: "Notes", variable: int, sign: int) -> None:
    """Write down what a variable's change costs by itself."""
    for tier in range(len(notes.costs)):
        notes.costs[tier] += facts.prices[variable, tier] * sign


@compiled
def _follow(facts: "Facts", stand: "Stand", notes: "Notes", begin: int, touched: int, kind: int) -> int:
    """Let what follows from touched rows of a kind follow; how many are touched then."""
    for nth in range(begin, touched):
        row = notes.touched[nth]
        if stand.rows[row, KIND] == kind:
            before = stand.rows[row, SUM] + stand.rows[row, ABOVE]
            after = before + notes.rows[row, DELTA]
            if (before > 0) != (after > 0):
                variable, sign = stand.rows[row, TELLS], 1 if after > 0 else -1
                first, last = facts.starts[variable], facts.starts[variable + 1]
                touched = _change(facts, notes, first, last, sign, touched)
                _pay(facts, notes, variable, sign)
    return touched


@compiled
def _kept(stand: "Stand", notes: "Notes", first: int, touched: int, kind: int) -> bool:
    """Whether the touched rows of a hard kind still hold."""
    for nth in range(first, touched):
        row = notes.touched[nth]
        if stand.rows[row, KIND] == kind:
            found = stand.rows[row, SUM] + notes.rows[row, DELTA]
            if found < stand.rows[row, LEAST] or found > stand.rows[row, MOST]:
                return False
    return True


@compiled
def weigh(facts: "Facts", stand: "Stand", notes: "Notes", many: int, half: int, stint: "Stint") -> int:
    """Write down what a move does; how many rows it touches, -1 if it cannot be."""
    middle = flips(facts, stand, notes, 0, half, 0)
    return _weighed(facts, stand, notes, middle, flips(facts, stand, notes, half, many, middle), stint)


@compiled
def _weighed(facts: "Facts", stand: "Stand", notes: "Notes", middle: int, count: int, stint: "Stint") -> int:
    """The same of variables that change, so many of them the first person's.

    What breaks a hard row mostly breaks one of the first person's: those are looked at first, those of several last,
    as are those that pay.
    """
    if count == 0:
        return -1
    notes.number[0] += 1
    notes.costs[:] = 0
    first = touched = 0
    for start, end in ((0, middle), (middle, count)):
        for nth in range(start, end):
            variable, sign = notes.variables[nth], notes.signs[nth]
            touched = _change(facts, notes, facts.starts[variable], facts.paying[variable], sign, touched)
            _pay(facts, notes, variable, sign)
        touched = _follow(facts, stand, notes, first, touched, TELLING)
        if not _kept(stand, notes, first, touched, HARD):
            return -1
        first = touched
    for nth in range(count):
        variable, sign = notes.variables[nth], notes.signs[nth]
        touched = _change(facts, notes, facts.paying[variable], facts.starts[variable + 1], sign, touched)
    if stint.lead:
        touched = _follow(facts, stand, notes, first, touched, JOINT + TELLING)
        return touched if _kept(stand, notes, 0, touched, JOINT + HARD) else -1
    for nth in range(touched):
        row = notes.touched[nth]
        if notes.rows[row, DELTA] != 0 and stand.rows[row, KIND] >= JOINT:
            return -1
    return touched


@compiled
def bill(facts: "Facts", stand: "Stand", notes: "Notes", touched: int) -> int:
    """Write down what groups of touched rows pay then; how many pay something else than before."""
    count, number = 0, notes.number[0]
    for nth in range(touched):
        row = notes.touched[nth]
        lack, less = stand.rows[row, LEAST] - stand.rows[row, SUM], notes.rows[row, DELTA]
        if less == 0 or (lack <= 0 and lack <= less) or stand.rows[row, KIND] % JOINT != PAYS:
            continue
        group = stand.rows[row, TELLS]
        if notes.seen[group] == number:
            continue
        notes.seen[group] = number
        worst = 0
        for place in range(stand.groups[group, FIRST], stand.groups[group, LAST]):
            row = facts.members[place]
            lack = stand.rows[row, LEAST] - stand.rows[row, SUM]
            if notes.rows[row, MARK] == number:
                lack -= notes.rows[row, DELTA]
            worst = max(worst, lack)
        units = -(-worst // stand.groups[group, UNIT])
        if stand.groups[group, GROWING]:
            units = units * (units + 1) // 2
        paid, before = stand.groups[group, PRICE] * units, stand.groups[group, PAID]
        if paid != before:
            notes.costs[stand.groups[group, TIER]] += paid - before
            notes.groups[count], notes.bills[count] = group, paid
            count += 1
    return count


@kept
def walk(facts: "Facts", stand: "Stand", notes: "Notes", stint: "Stint") -> None:
    """Try moves, and take what may be taken."""
    for _ in range(stint.moves):
        kind = drawn(notes, stint)
        notes.counts[kind, TRIED] += 1
        many, half = propose(facts, stand, notes, stint, kind)
        if many == 0:
            continue
        touched = weigh(facts, stand, notes, many, half, stint)
        if touched < 0:
            continue
        count = bill(facts, stand, notes, touched)
        dearer = _dearer(notes, stint)
        if _may(notes, stint, dearer):
            notes.counts[kind, TAKEN] += dearer != 0
            _take(stand, notes, many, touched, count)


@kept
def settle(facts: "Facts", stand: "Stand", notes: "Notes", stint: "Stint") -> None:
    """Try each level as it is not, and two beside each other, for half of a turn more may be worse than a whole one.

    Nobody searches meanwhile: it changes rows of many people, as one may that leads.
    """
    for many in range(1, AT_ONCE + 1):
        for first in range(len(facts.levels) - many + 1):
            for nth in range(many):
                notes.variables[nth], notes.signs[nth] = facts.levels[first + nth], 1 - 2 * stand.levels[first + nth]
            touched = _weighed(facts, stand, notes, many, many, stint)
            if touched < 0:
                continue
            count = bill(facts, stand, notes, touched)
            if _may(notes, stint, _dearer(notes, stint)):
                _take(stand, notes, 0, touched, count)
                for nth in range(many):
                    stand.levels[first + nth] = 1 - stand.levels[first + nth]


@compiled
def _dearer(notes: "Notes", stint: "Stint") -> float:
    """What a move costs more, in all tiers."""
    dearer = 0.0
    for tier in range(len(stint.weights)):
        dearer += stint.weights[tier] * notes.costs[tier]
    return dearer


@compiled
def _may(notes: "Notes", stint: "Stint", dearer: float) -> bool:
    """Whether a move that costs so much more is taken."""
    if dearer <= 0:
        return True
    lot = below(notes, 1 << 40) / (1 << 40)
    return bool(dearer <= COLD * stint.heat and lot < math.exp(-dearer / stint.heat))


@compiled
def _take(stand: "Stand", notes: "Notes", many: int, touched: int, count: int) -> None:
    """Stand where the move leads. What does not change is not written: another search may be writing it."""
    for nth in range(touched):
        row = notes.touched[nth]
        if notes.rows[row, DELTA] != 0:
            stand.rows[row, SUM] += notes.rows[row, DELTA]
    for nth in range(count):
        stand.groups[notes.groups[nth], PAID] = notes.bills[nth]
    for nth in range(many):
        stand.patterns[notes.cells[nth]] = notes.given[nth]
    for tier in range(len(notes.costs)):
        notes.change[tier] += notes.costs[tier]
