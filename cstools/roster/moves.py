"""Exchanges between people's days, one after the other, each taken as the heat allows: compiled, for they are millions.

A move gives some cells other patterns: which of a cell's variables hold. It is taken if no hard row breaks by it, and
if it costs less or, the hotter the likelier, more. Where several searches work on the same roster each has people of
its own; all but one leave the rows alone that speak of several people, so that none sees what another does.
It knows rows, cells and prices, and nothing of any rule.

All of it is one file: machine code that is kept does not notice that what it calls has changed in another one.
"""

import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, cast

import numpy as np
from numba import config, njit

from cstools import __version__
from cstools.roster.arrays import NONE

if TYPE_CHECKING:
    from cstools.roster.arrays import Numbers
    from cstools.roster.layout import Facts, Notes, Stand, Stint

# A place for each version: what an earlier one has kept may speak of what is gone, and could not be read.
config.CACHE_DIR = config.CACHE_DIR or str(Path(__file__).parent / "__pycache__" / __version__)  # type: ignore[attr-defined] # made on import

F = TypeVar("F", bound=Callable[..., object])
FURTHER: Final = 60  # percent of exchanges that reach over one day more, again and again
AGAIN: Final = 30  # percent of even exchanges that go on to where they are even again
LONGEST: Final = 10
TRIES: Final = 12  # to find a day
COLD: Final = 30.0  # times the heat: what is dearer is never taken
EVEN, ROW, APART, ROUND, OWN, OTHER = KINDS = range(6)  # of moves; OWN and OTHER change what several people share
FREE: Final = np.ones(len(KINDS))
BESIDE: Final = np.array((1.0, 1.0, 1.0, 1.0, 0.0, 0.0))
TRIED, TAKEN = range(2)  # what is counted by kind: moves, and those taken that changed a cost

SUM, LEAST, MOST, KIND, TELLS, ABOVE = range(6)  # of a row
FIRST, LAST, PRICE, UNIT, GROWING, TIER, PAID = range(7)  # of a group
HARD, PAYS, TELLING = range(3)  # kinds of rows: TELLS is then nothing, the group, the variable
JOINT: Final = 3  # more, for a row that speaks of several people
MARK, DELTA = range(2)  # what a search notes about a row


def compiled(function: F) -> F:
    """Run as machine code, without Python's lock; it is kept for the next time where there is a place for it."""
    try:
        return cast("F", njit(cache=True, nogil=True, forceinline=True)(function))
    except RuntimeError:  # nowhere to write: neither beside this file nor at the user's
        return cast("F", njit(nogil=True, forceinline=True)(function))


@compiled
def below(notes: "Notes", end: int) -> int:
    """A number by chance, from 0 to below an end (xorshift, 64 bits)."""
    state = notes.chance[0]
    state ^= state << np.uint64(13)
    state ^= state >> np.uint64(7)
    state ^= state << np.uint64(17)
    notes.chance[0] = state
    return int(state >> np.uint64(11)) % end


@compiled
def propose(facts: "Facts", stand: "Stand", notes: "Notes", stint: "Stint", kind: int) -> tuple[int, int]:
    """Write down cells and the patterns they would have: how many, and how many of them are the first person's."""
    people, found = stint.people, (0, 0)
    one, other = people[below(notes, len(people))], people[below(notes, len(people))]
    if kind == OTHER:
        found = _another(facts, notes, one)
    elif kind == OWN:
        found = _own_days(facts, stand, notes, one)
    elif one == other:
        pass
    elif kind == EVEN:
        found = _even(facts, stand, notes, one, other)
    elif kind == ROW:
        found = _row_of_days(facts, stand, notes, one, other)
    elif kind == APART:
        found = _days_apart(facts, stand, notes, one, other)
    else:
        found = _three(facts, stand, notes, one, other, people[below(notes, len(people))])
    return found


@compiled
def drawn(notes: "Notes", stint: "Stint") -> int:
    """A kind of move, by its share."""
    lot = below(notes, 1 << 40) / (1 << 40)
    kind = 0
    while kind < OTHER and lot >= stint.shares[kind]:
        kind += 1
    return kind


@compiled
def _give(facts: "Facts", notes: "Notes", place: int, cell: int, pattern: int) -> bool:
    """Write down that a cell would have a pattern; whether it may."""
    notes.cells[place], notes.given[place] = cell, pattern
    return bool(facts.allowed[cell, pattern])


@compiled
def _another(facts: "Facts", notes: "Notes", one: int) -> tuple[int, int]:
    """Another pattern on a day."""
    cell = one * facts.days + below(notes, facts.days)
    first, last = facts.pools[facts.size[cell]], facts.pools[facts.size[cell] + 1]
    if _give(facts, notes, 0, cell, first + below(notes, last - first)):
        return 1, 1
    return 0, 0


@compiled
def _own_days(facts: "Facts", stand: "Stand", notes: "Notes", one: int) -> tuple[int, int]:
    """Somebody exchanges two days of the own."""
    cell, other = one * facts.days + below(notes, facts.days), one * facts.days + below(notes, facts.days)
    given = _give(facts, notes, 0, cell, stand.patterns[other])
    if given and cell != other and _give(facts, notes, 1, other, stand.patterns[cell]):
        return 2, 2
    return 0, 0


@compiled
def _row_of_days(facts: "Facts", stand: "Stand", notes: "Notes", one: int, other: int) -> tuple[int, int]:
    """Two people exchange days in a row."""
    many = 1
    while many < min(LONGEST, facts.days) and below(notes, 100) < FURTHER:
        many += 1
    return _exchanged(facts, stand, notes, one, other, below(notes, facts.days - many + 1), many)


@compiled
def _even(facts: "Facts", stand: "Stand", notes: "Notes", one: int, other: int) -> tuple[int, int]:
    """The same, from a day on which they do not do the same until both have given as many days off."""
    day, tries = below(notes, facts.days), 0
    mine, theirs = one * facts.days, other * facts.days
    while facts.pool[stand.patterns[mine + day], 0] == facts.pool[stand.patterns[theirs + day], 0]:
        day, tries = day + 1, tries + 1
        if day == facts.days or tries == TRIES:
            return 0, 0
    first, more = day, 0
    while day < facts.days and day - first < LONGEST:
        more += int(facts.off[stand.patterns[mine + day]]) - int(facts.off[stand.patterns[theirs + day]])
        day += 1
        if more == 0 and below(notes, 100) >= AGAIN:
            return _exchanged(facts, stand, notes, one, other, first, day - first)
    return 0, 0


@compiled
def _exchanged(
    facts: "Facts", stand: "Stand", notes: "Notes", one: int, other: int, first: int, many: int
) -> tuple[int, int]:
    """Two people exchange so many days in a row."""
    for nth in range(many):
        mine, theirs = one * facts.days + first + nth, other * facts.days + first + nth
        if not (
            _give(facts, notes, nth, mine, stand.patterns[theirs])
            and _give(facts, notes, many + nth, theirs, stand.patterns[mine])
        ):
            return 0, 0
    return 2 * many, many


@compiled
def _days_apart(facts: "Facts", stand: "Stand", notes: "Notes", one: int, other: int) -> tuple[int, int]:
    """Two people of whom one is off exchange that day, and another day on which it is the other way round."""
    day, mine, theirs = below(notes, facts.days), one * facts.days, other * facts.days
    a, b = stand.patterns[mine + day], stand.patterns[theirs + day]
    if facts.off[a] == facts.off[b]:
        return 0, 0
    for _ in range(TRIES):
        back = below(notes, facts.days)
        c, d = stand.patterns[mine + back], stand.patterns[theirs + back]
        if facts.off[c] == facts.off[b] and facts.off[d] == facts.off[a]:
            may = _give(facts, notes, 0, mine + day, b) and _give(facts, notes, 1, mine + back, d)
            if may and _give(facts, notes, 2, theirs + day, a) and _give(facts, notes, 3, theirs + back, c):
                return 4, 2
            return 0, 0
    return 0, 0


@compiled
def _three(facts: "Facts", stand: "Stand", notes: "Notes", one: int, other: int, third: int) -> tuple[int, int]:
    """Three people pass a day round."""
    if third in (one, other):
        return 0, 0
    day = below(notes, facts.days)
    a, b, c = one * facts.days + day, other * facts.days + day, third * facts.days + day
    may = _give(facts, notes, 0, a, stand.patterns[b]) and _give(facts, notes, 1, b, stand.patterns[c])
    return (3, 1) if may and _give(facts, notes, 2, c, stand.patterns[a]) else (0, 0)


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
    """Write down what a move does; how many rows it touches, -1 if it cannot be.

    What breaks a hard row mostly breaks one of the first person's: those are looked at first, those of several last.
    """
    middle = flips(facts, stand, notes, 0, half, 0)
    count = flips(facts, stand, notes, half, many, middle)
    if count == 0:
        return -1
    notes.number[0] += 1
    notes.costs[:] = 0
    first = touched = 0
    for start, end in ((0, middle), (middle, count)):
        for nth in range(start, end):
            variable, sign = notes.variables[nth], notes.signs[nth]
            touched = _change(facts, notes, facts.starts[variable], facts.shared[variable], sign, touched)
            _pay(facts, notes, variable, sign)
        touched = _follow(facts, stand, notes, first, touched, TELLING)
        if not _kept(stand, notes, first, touched, HARD):
            return -1
        first = touched
    for nth in range(count):
        variable, sign = notes.variables[nth], notes.signs[nth]
        touched = _change(facts, notes, facts.shared[variable], facts.starts[variable + 1], sign, touched)
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
        if stand.rows[row, KIND] % JOINT != PAYS or notes.rows[row, DELTA] == 0:
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


@compiled
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
        dearer = 0.0
        for tier in range(len(stint.weights)):
            dearer += stint.weights[tier] * notes.costs[tier]
        if dearer > 0:
            lot = below(notes, 1 << 40) / (1 << 40)
            if dearer > COLD * stint.heat or lot >= math.exp(-dearer / stint.heat):
                continue
        notes.counts[kind, TAKEN] += dearer != 0
        _take(stand, notes, many, touched, count)


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
    notes.change[:] += notes.costs
