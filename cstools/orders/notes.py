"""Whose an order is: the agents' numbers in the seller's note."""

import re
import unicodedata
from collections.abc import Callable, Container, Iterable
from typing import Final, NamedTuple

from cstools.language import Text
from cstools.orders.sale import Facts, State
from cstools.orders.settings import OrderSettings

_WIDE: Final = re.compile(
    "[＃－．０-９：Ａ-Ｚａ-ｚ]"
)  # not ，and 。: they are in every note, and no pattern asks for them
_KEPT: Final = 100_000  # more notes than this and the cache starts anew


class Found(NamedTuple):
    """What a note holds: agents by their numbers in its order, or only numbers of nobody; whether it is no sale."""

    agents: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    excluded: bool = False


class Attribution:
    """Reads notes by a desk's settings; ``known`` are the agents' numbers, None where any number found is one."""

    def __init__(self, settings: OrderSettings, known: Container[str] | None) -> None:
        self._find = re.compile(settings.number_pattern).findall
        self._excluded = any_of(settings.exclude_notes)
        self._policy = settings.ambiguous
        self._known = known

    def numbers(self, note: str) -> tuple[str, ...]:
        """All numbers that the pattern finds in a note, and last something where its words make it no sale."""
        plain = unicodedata.normalize("NFKC", note) if _WIDE.search(note) else note
        return *self._find(plain), "x" if self._excluded(plain) else ""

    def found(self, numbers: tuple[str, ...]) -> Found:
        """What ``numbers`` of a note mean; each agent once."""
        *each, excluded = numbers
        those = dict.fromkeys(filter(None, each))
        agents = tuple(number for number in those if self._known is None or number in self._known)
        return Found(agents, () if agents else tuple(those), bool(excluded))

    def facts(self, found: Found, no_flag: Text | None = None) -> Facts:
        """Whose an order with such a note is; ``no_flag`` tells that it lacks its flag, so that it is nobody's."""
        if found.excluded:
            return Facts(State.EXCLUDED, found.agents, reason=Text("its note is of no sale"))
        if no_flag and found.agents:
            return Facts(State.UNATTRIBUTED, found.agents, reason=no_flag)
        if len(found.agents) == 1:
            return Facts(State.ATTRIBUTED, found.agents, found.agents)
        if found.agents:
            return Facts(State.AMBIGUOUS, found.agents, self._credited(found.agents),
                         reason=Text("several agents’ numbers: {numbers}", numbers=found.agents))  # fmt: skip
        if found.strangers:
            reason = Text("nobody has the number {numbers}", numbers=found.strangers)
            return Facts(State.UNATTRIBUTED, reason=reason)
        return Facts(State.UNATTRIBUTED, reason=Text("no agent’s number in the note"))

    def _credited(self, agents: tuple[str, ...]) -> tuple[str, ...]:
        return {"first": agents[:1], "last": agents[-1:], "split": tuple(sorted(agents))}.get(self._policy, ())


def any_of(patterns: Iterable[str]) -> Callable[[str], object]:
    """What finds one of some patterns in a text; None where it has none of them."""
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(joined).search if joined else lambda _: None


class Notes(dict[str, int]):
    """The number of what a note holds, by the raw text of the note; ``found`` has them by number."""

    def __init__(self, attribution: Attribution, words: Callable[[str], str]) -> None:
        super().__init__()
        self._attribution = attribution
        self._words = words
        self._ids: dict[tuple[str, ...], int] = {}
        self.found: list[Found] = []

    def __missing__(self, raw: str) -> int:
        if len(self) > _KEPT:
            self.clear()
        numbers = self._attribution.numbers(self._words(raw))
        number = self._ids.get(numbers)
        if number is None:
            number = self._ids[numbers] = self._number(self._attribution.found(numbers))
        self[raw] = number
        return number

    def _number(self, found: Found) -> int:
        if found not in self.found:
            self.found.append(found)
        return self.found.index(found)
