"""Fair shares of what nobody, or everybody, wants."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from cstools.language import Text, mark
from cstools.roster import parameters
from cstools.roster.rule import Breach, Place, Rule, View, parameter
from cstools.roster.scope import Scope
from cstools.roster.shares import KINDS, Share, Turns, all_turns, shares

if TYPE_CHECKING:
    from cstools.roster.plan import Literal, Plan
    from cstools.roster.roster import Roster


@dataclass(frozen=True)
class Fair(Rule):
    """Evenings, weekends, holidays, posts (000-098) and the weekdays of rest (000-058) go round.

    Everybody in scope has the same claim, by the days that they are there (leave, entry and exit count; a part-time
    contract is its own row with its own scope). Before the roster: what a person had, less an even split of each day's
    turns among those present. In it: the level is whatever the cover leaves to share, each one's fair number is that
    level by presence less the balance (what may be made up of it), and both whole numbers next to it are fair. The
    first turn too many or too few counts 1, the second 2 more, and so on: better two people off by one than one by two.
    """

    label: ClassVar[str] = mark("fair shares")
    sentence: ClassVar[str] = mark(
        "Everybody gets a fair share of {of}[[ ({shifts})]][[ ({posts})]], the last {days_back} days counted;"
        " at most {catch_up} a week are made up."
    )
    view: ClassVar[View] = View.ALL
    tier: ClassVar[int] = 4

    of: str = parameter(mark("of"), parameters.choice(KINDS), "shifts", tuple(KINDS))
    shifts: tuple[str, ...] = parameter(mark("shifts"), parameters.shifts, (), ((), ("晚",), ("晚班",)))
    posts: tuple[str, ...] = parameter(mark("posts"), parameters.posts, (), ((), ("主旺旺",)))
    days_back: int = parameter(mark("days back"), parameters.count, 92, (92, 2))
    catch_up: int = parameter(mark("made up a week"), parameters.count, 1, (0, 1, 3))

    def build(self, plan: "Plan", scope: Scope) -> None:
        """Each count within what is fair at a level that the solver finds."""
        for turns in self._turns():
            found = shares(plan.problem, turns, scope, self.days_back, self.catch_up)
            steps = plan.steps(_levels(found))
            for share in found:
                had = [term for day in share.days for term in turns.terms(plan, share.person.number, day)]
                ranges = [share.range(level) for level in range(len(steps) + 1)]
                least, most = ([one[end] for one in ranges] for end in (0, 1))
                plan.at_least([*had, *_rising(steps, least)], least[0], growing=True)
                plan.at_most([*had, *_rising(steps, most)], most[0], growing=True)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each count off what is fair at the level that suits the roster best."""
        for turns in self._turns():
            if turns.of == "posts" and not roster.detailed:
                continue
            found = shares(roster.problem, turns, scope, self.days_back, self.catch_up)
            counts = [_had(roster, turns, share) for share in found]
            for share, have, fair in zip(found, counts, _best(found, counts), strict=True):
                off = _off(have, fair)
                if off:
                    yield Breach(
                        Place((share.person.number,), share.days),
                        Text(
                            "{name} has {have} {what}, fair would be {fair}[[ (past balance {balance})]]",
                            name=share.person.name, have=have, what=turns.says(),
                            fair="–".join(map(str, dict.fromkeys(fair))),
                            balance=f"{float(share.balance):+.1f}" if share.balance else None,
                        ),
                        off * (off + 1) // 2,
                    )  # fmt: skip

    def _turns(self) -> Iterator[Turns]:
        return all_turns(self.of, {"shifts": self.shifts, "posts": self.posts}.get(self.of, ()))


def _levels(found: Sequence[Share]) -> int:
    """The highest level there can be, in halves of a turn: one turn each day."""
    return 2 * max((len(share.days) for share in found), default=0)


def _rising(steps: Sequence["Literal"], bounds: Sequence[int]) -> list[tuple["Literal", int]]:
    """A bound that rises with the level, as terms to subtract."""
    return [
        (step, before - after) for step, (before, after) in zip(steps, pairwise(bounds), strict=True) if after > before
    ]


def _had(roster: "Roster", turns: Turns, share: Share) -> int:
    """How many turns the roster gives a person on the days that count."""
    return sum(
        turns.taken(roster.duty(share.person.number, day), turns.codes(roster.problem, day)) for day in share.days
    )


def _off(have: int, fair: tuple[int, int]) -> int:
    return max(fair[0] - have, have - fair[1], 0)


def _best(found: Sequence[Share], counts: Sequence[int]) -> list[tuple[int, int]]:
    """What is fair to each at the level that costs least, and of several such levels the nearest to the counts."""

    def cost(fair: list[tuple[int, int]]) -> tuple[int, int]:
        off = [_off(have, one) for have, one in zip(counts, fair, strict=True)]
        return sum(one * (one + 1) for one in off), abs(sum(map(sum, fair)) - 2 * sum(counts))

    levels = [[share.range(level) for share in found] for level in range(_levels(found) + 1)]
    return min(levels, key=cost)
