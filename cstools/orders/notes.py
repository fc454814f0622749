"""Whose an order is: the agents' numbers in the seller's note."""

import re
import unicodedata
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from typing import Final

from cstools.language import Text
from cstools.orders.sale import Facts, State
from cstools.orders.settings import OrderSettings

_KEPT: Final = 100_000  # more notes than this and the cache starts anew


@dataclass(frozen=True, slots=True)
class Found:
    """What a note holds: agents by their numbers in its order, numbers that are nobody's, and whether it is no sale."""

    agents: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    excluded: bool = False


class Attribution:
    """Reads notes by a desk's settings; ``known`` are the agents' numbers, None where any number found is one."""

    def __init__(self, settings: OrderSettings, known: Container[str] | None) -> None:
        self._pattern = re.compile(settings.number_pattern)
        self._excluded = any_of(settings.exclude_notes)
        self._policy = settings.ambiguous
        self._known = known

    def read(self, note: str) -> Found:
        """What a note holds; each number once."""
        plain = unicodedata.normalize("NFKC", note)
        numbers = dict.fromkeys(filter(None, self._pattern.findall(plain)))
        agents = tuple(number for number in numbers if self._known is None or number in self._known)
        strangers = tuple(number for number in numbers if number not in agents)
        return Found(agents, strangers, self._excluded(plain))

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


def any_of(patterns: Iterable[str]) -> Callable[[str], bool]:
    """Whether a text holds one of some patterns; never where there are none."""
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    if not joined:
        return lambda _: False
    compiled = re.compile(joined)
    return lambda text: compiled.search(text) is not None


class Notes(dict[str, int]):
    """The number of what a note holds, by the raw text of the note."""

    def __init__(self, attribution: Attribution, words: Callable[[str], str]) -> None:
        super().__init__()
        self._attribution = attribution
        self._words = words
        self._ids: dict[Found, int] = {}
        self.found: list[Found] = []

    def __missing__(self, raw: str) -> int:
        if len(self) > _KEPT:
            self.clear()
        found = self._attribution.read(self._words(raw))
        number = self._ids.setdefault(found, len(self.found))
        if number == len(self.found):
            self.found.append(found)
        self[raw] = number
        return number
