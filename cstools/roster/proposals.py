"""What a search may try next: cells, and the patterns that they would have; compiled, for it is tried by the million.

It knows patterns, and what may be on a day and on the next one; nothing of costs, and nothing of any rule.
"""

from typing import TYPE_CHECKING, Final

import numpy as np

from cstools.roster.arrays import NONE
from cstools.roster.machine import compiled

if TYPE_CHECKING:
    from cstools.roster.layout import Facts, Notes, Stand, Stint

FURTHER: Final = 60  # percent of exchanges that reach over one day more, again and again
AGAIN: Final = 30  # percent of even exchanges that go on to where they are even again
LONGEST: Final = 10
TRIES: Final = 12  # to find a day
EVEN, ROW, APART, ROUND, BY, OWN, OTHER, FILL = KINDS = range(8)  # of moves; the last three change what people share
FREE: Final = np.array((1.0, 1.0, 2.0, 1.0, 2.0, 0.2, 0.2, 0.2))  # how often kinds are tried, if none does better
BESIDE: Final = FREE * (np.arange(len(KINDS)) < OWN)


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
    if kind == FILL:
        found = _filling(facts, stand, notes, stint, one, other)
    elif kind == OTHER:
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
    elif kind == BY:
        found = _apart_by_others(facts, stand, notes, stint, one, other)
    else:
        found = _three(facts, stand, notes, one, other, people[below(notes, len(people))])
    return found if _follow_well(facts, stand, notes, found[0]) else (0, 0)


@compiled
def drawn(notes: "Notes", stint: "Stint") -> int:
    """A kind of move, by its share."""
    lot = below(notes, 1 << 40) / (1 << 40)
    kind = 0
    while kind < FILL and lot >= stint.shares[kind]:
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
def _filling(facts: "Facts", stand: "Stand", notes: "Notes", stint: "Stint", one: int, other: int) -> tuple[int, int]:
    """Somebody has what many lack on a day; half of the time somebody else takes over another day of that person."""
    if len(stint.lacking) == 0:
        return 0, 0
    row = stint.lacking[below(notes, len(stint.lacking))]
    cell = one * facts.days + facts.on[row]
    first, last = facts.pools[facts.size[cell]], facts.pools[facts.size[cell] + 1]
    for _ in range(TRIES):
        pattern = first + below(notes, last - first)
        if facts.allowed[cell, pattern] and _gives(facts, cell, pattern, row):
            notes.cells[0], notes.given[0] = cell, pattern
            if one == other or below(notes, 2):
                return 1, 1
            return _taken_over(facts, stand, notes, one, other)
    return 0, 0


@compiled
def _gives(facts: "Facts", cell: int, pattern: int, row: int) -> bool:
    """Whether a pattern adds to what a row comes to."""
    for held in facts.pool[pattern]:
        if held != NONE:
            variable = facts.begin[cell] + held
            for place in range(facts.shared[variable], facts.starts[variable + 1]):
                if facts.terms[place, 0] == row:
                    return bool(facts.terms[place, 1] > 0)
    return False


@compiled
def _taken_over(facts: "Facts", stand: "Stand", notes: "Notes", one: int, other: int) -> tuple[int, int]:
    """Besides, two people of whom one is off exchange another day."""
    for _ in range(TRIES):
        day = below(notes, facts.days)
        mine, theirs = one * facts.days + day, other * facts.days + day
        if mine != notes.cells[0] and facts.off[stand.patterns[mine]] != facts.off[stand.patterns[theirs]]:
            may = _give(facts, notes, 1, mine, stand.patterns[theirs])
            return (3, 2) if may and _give(facts, notes, 2, theirs, stand.patterns[mine]) else (0, 0)
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
    back = _other_way_round(facts, stand, notes, mine, theirs, day)
    if back == NONE:
        return 0, 0
    a, b = stand.patterns[mine + day], stand.patterns[theirs + day]
    c, d = stand.patterns[mine + back], stand.patterns[theirs + back]
    may = _give(facts, notes, 0, mine + day, b) and _give(facts, notes, 1, mine + back, d)
    if may and _give(facts, notes, 2, theirs + day, a) and _give(facts, notes, 3, theirs + back, c):
        return 4, 2
    return 0, 0


@compiled
def _other_way_round(facts: "Facts", stand: "Stand", notes: "Notes", mine: int, theirs: int, day: int) -> int:
    """Where one of two people is off on a day and the other is not: a day on which it is the other way round."""
    one, other = facts.off[stand.patterns[mine + day]], facts.off[stand.patterns[theirs + day]]
    if one == other:
        return NONE
    for _ in range(TRIES):
        back = below(notes, facts.days)
        if facts.off[stand.patterns[mine + back]] == other and facts.off[stand.patterns[theirs + back]] == one:
            return back
    return NONE


@compiled
def _apart_by_others(
    facts: "Facts", stand: "Stand", notes: "Notes", stint: "Stint", one: int, other: int
) -> tuple[int, int]:
    """The same, where somebody else takes over what the one who comes cannot do, and leaves another shift for that."""
    day, mine, theirs = below(notes, facts.days), one * facts.days, other * facts.days
    back = _other_way_round(facts, stand, notes, mine, theirs, day)
    many = 0 if back == NONE else _passed(facts, stand, notes, stint, mine + day, theirs + day, 0)
    many = _passed(facts, stand, notes, stint, mine + back, theirs + back, many) if many else 0
    return many, many  # cells of the same person do not lie together


@compiled
def _passed(facts: "Facts", stand: "Stand", notes: "Notes", stint: "Stint", one: int, other: int, place: int) -> int:
    """Of two cells of a day one is off from then on, and the other is not: by itself, or by one more; 0 if neither."""
    if facts.off[stand.patterns[one]]:
        one, other = other, one
    work = stand.patterns[one]
    if not _give(facts, notes, place, one, stand.patterns[other]):
        return 0
    if _would_fit(facts, stand, other, work):
        return place + 2 if _give(facts, notes, place + 1, other, work) else 0
    for _ in range(TRIES):
        third = stint.people[below(notes, len(stint.people))] * facts.days + one % facts.days
        held = stand.patterns[third]
        if third not in (one, other) and not facts.off[held] and held != work:
            may = _would_fit(facts, stand, other, held) and _would_fit(facts, stand, third, work)
            if may and _give(facts, notes, place + 1, other, held) and _give(facts, notes, place + 2, third, work):
                return place + 3
    return 0


@compiled
def _would_fit(facts: "Facts", stand: "Stand", cell: int, pattern: int) -> bool:
    """Whether a cell may have a pattern between what is there on the day before and on the next."""
    day, patterns = cell % facts.days, stand.patterns
    if day > 0 and not facts.pairs[facts.beside[cell - 1], patterns[cell - 1], pattern]:
        return False
    if day + 1 < facts.days and not facts.pairs[facts.beside[cell], pattern, patterns[cell + 1]]:
        return False
    return bool(facts.allowed[cell, pattern])


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
def _follow_well(facts: "Facts", stand: "Stand", notes: "Notes", many: int) -> bool:
    """Whether what cells would have may follow what was there the day before, and be followed by what comes next."""
    for nth in range(many):
        _swap(stand, notes, nth)
    may = True
    for nth in range(many):
        cell = notes.cells[nth]
        day = cell % facts.days
        if (day > 0 and not _fits(facts, stand, cell - 1)) or (day + 1 < facts.days and not _fits(facts, stand, cell)):
            may = False
            break
    for nth in range(many):
        _swap(stand, notes, nth)
    return may


@compiled
def _swap(stand: "Stand", notes: "Notes", nth: int) -> None:
    """Let a cell have what it would have, or what it had."""
    cell = notes.cells[nth]
    stand.patterns[cell], notes.given[nth] = notes.given[nth], stand.patterns[cell]


@compiled
def _fits(facts: "Facts", stand: "Stand", cell: int) -> bool:
    """Whether a cell may be followed by the next one."""
    return bool(facts.pairs[facts.beside[cell], stand.patterns[cell], stand.patterns[cell + 1]])
