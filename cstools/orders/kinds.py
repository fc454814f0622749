"""What is said of an order without looking at its own number: judged once for each kind, counted by the million."""

from collections.abc import Callable
from itertools import chain
from typing import Final, NamedTuple

from cstools.language import Text
from cstools.orders.notes import Attribution, Found, Notes, any_of
from cstools.orders.sale import Facts, State
from cstools.orders.settings import OrderSettings
from cstools.orders.values import unwrap

_KEPT: Final = 200_000
NO_EXTRA: Final = 0


class Extra(NamedTuple):
    """What few files tell of an order: whether it has its flag, its merchant, how many of its fields are empty."""

    flagged: bool = False
    merchant: str = ""
    recommended: bool = False
    missing: int = 0


class Kind(NamedTuple):
    """Facts, and what must be looked at order by order: a closed one, one titled as no sale, one that doesn't count.

    ``unknown`` is the status for which one doesn't count, where no setting names it.
    """

    facts: Facts
    closed: bool = False
    titled: bool = False
    counts: bool = True
    unknown: str = ""


class Table:
    """All kinds of all files, each once, by their number; ``looks`` tells which need a look at the order itself."""

    def __init__(self, *, ask: bool) -> None:
        self._ids: dict[Kind, int] = {}
        self._ask = ask
        self.kinds: list[Kind] = []
        self.looks: list[bool] = []

    def number(self, kind: Kind) -> int:
        """A kind's number; ``ask`` was whether somebody can be asked about orders without an agent."""
        number = self._ids.setdefault(kind, len(self.kinds))
        if number == len(self.kinds):
            self.kinds.append(kind)
            asked = self._ask and kind.facts.state is State.UNATTRIBUTED
            self.looks.append(kind.closed or kind.titled or not kind.counts or asked)
        return number

    def facts(self, number: int) -> Facts:
        """The facts of a kind."""
        return self.kinds[number].facts


class Judge(dict[tuple[int, int, int], int]):
    """The kinds of one file's orders, by status and title, by note, and by what else its columns say."""

    def __init__(
        self, settings: OrderSettings, attribution: Attribution, words: Callable[[str], str], table: Table
    ) -> None:
        super().__init__()
        self._settings = settings
        self._attribution = attribution
        self._words = words
        self._table = table
        self.notes = Notes(attribution, words)
        self.sorts = _Sorts(settings, words)
        self.extras = [Extra()]
        self._extra_ids: dict[tuple[str, str, str, int], int] = {}

    def __missing__(self, key: tuple[int, int, int]) -> int:
        if len(self) > _KEPT:
            self.clear()
        sort, note, number = key
        closed, titled, counts, unknown = self.sorts.sorts[sort]
        extra, flag = self.extras[number], self._settings.flag
        lacking = Text("no flag “{flag}”", flag=flag) if flag and not extra.flagged else None
        facts = self._attribution.facts(self.notes.found[note], lacking)._replace(
            merchant=extra.merchant, recommended=extra.recommended, missing=extra.missing
        )
        kind = self[key] = self._table.number(Kind(facts, closed, titled, counts, unknown))
        return kind

    def extra(self, flag: str, merchant: str, recommended: str, missing: int) -> int:
        """The number of what few files tell, from raw cells."""
        raw = flag, merchant, recommended, missing
        if raw not in self._extra_ids:
            settings, words = self._settings, self._words
            self._extra_ids[raw] = len(self.extras)
            flagged = settings.flag in words(flag)
            special = unwrap(words(recommended)) in settings.recommended
            self.extras.append(Extra(flagged, unwrap(words(merchant)), special, missing))
        return self._extra_ids[raw]

    def merged(self, parts: list[Facts]) -> Facts:
        """The facts of an order from those of its parts that are sales, in a fixed order; their agents together."""
        whose = (facts.agents for facts in parts if facts.state is not State.UNATTRIBUTED)
        agents = tuple(dict.fromkeys(chain.from_iterable(whose)))
        facts = self._attribution.facts(Found(agents)) if agents else parts[0]
        return facts._replace(
            merchant=parts[0].merchant,
            recommended=any(one.recommended for one in parts),
            missing=max(one.missing for one in parts),
        )


class _Sorts(dict[tuple[str, str], int]):
    """Of a raw status and title: whether closed, titled as no sale, whether it counts, a status unknown; by number."""

    def __init__(self, settings: OrderSettings, words: Callable[[str], str]) -> None:
        super().__init__()
        self._settings = settings
        self._words = words
        self._excluded = any_of(settings.exclude)
        self.sorts: list[tuple[bool, bool, bool, str]] = []

    def __missing__(self, key: tuple[str, str]) -> int:
        if len(self) > _KEPT:
            self.clear()
        status, title = map(self._words, key)
        status = unwrap(status)
        closed, counts = self._status(status)
        unknown = "" if counts or self._settings.counts_on != "succeeded" else status or "-"
        sort = closed, self._excluded(title) is not None, counts, unknown
        if sort not in self.sorts:
            self.sorts.append(sort)
        number = self[key] = self.sorts.index(sort)
        return number

    def _status(self, status: str) -> tuple[bool, bool]:
        """Whether a status is closed, and whether it counts; a closed order may count until a refund takes it back."""
        settings = self._settings
        if status in settings.closed:
            return True, True
        if settings.counts_on == "succeeded" and status not in settings.succeeded:
            return False, False
        return False, not settings.counted or status in settings.counted
