"""Orders that must be looked at one by one: closed ones, those titled as no sale, those that may be silent."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from cstools.errors import Source
from cstools.language import Text
from cstools.orders.chat_files import Silence
from cstools.orders.headers import Sheet
from cstools.orders.item_files import ItemFiles
from cstools.orders.kinds import Kind, Table
from cstools.orders.ledger import Key
from cstools.orders.sale import Facts, State
from cstools.orders.values import read_count, read_ordinal, unwrap
from cstools.tables.kinds import Wrong


@dataclass
class Looker:
    """Decides on such orders; ``partly`` are those that are a sale in part, while no item file says in which.

    ``unknown`` are those that don't count, by the status for which they don't.
    """

    table: Table
    refunded: AbstractSet[Key]
    items: ItemFiles
    silence: Silence
    counts_on: str
    partly: dict[Key, Source] = field(default_factory=dict)
    unknown: dict[str, set[Key]] = field(default_factory=dict)

    def look(self, number: int, key: Key, amount: int, sheet: Sheet, row: Sequence[str]) -> int | None:
        """The kind to take instead of one that needs a look; None for an order that doesn't count (yet)."""
        kind = self.table.kinds[number]
        if kind.unknown:
            self.unknown.setdefault(kind.unknown, set()).add(key)
        if not kind.counts or (kind.closed and key not in self.refunded and not amount):
            return None
        facts = kind.facts
        if kind.closed and key not in self.refunded:
            facts = excluded(facts, Text("closed, and no file of refunds says since when"))
        elif kind.titled and key not in self.items.cut:
            if key not in self.items.whole and _several(sheet, row):
                self.partly.setdefault(key, Source(sheet.stream.file, sheet.stream.sheet))
            else:
                facts = excluded(facts, Text("its title is of no sale"))
        elif facts.state is State.UNATTRIBUTED and not facts.agents and self._silent(sheet, row):
            facts = silent(facts)
        return self.table.number(Kind(facts))

    def _silent(self, sheet: Sheet, row: Sequence[str]) -> bool:
        """Whether the chats say that the buyer had asked nobody before the order was made."""
        if not self.silence.asks_buyers or "buyer" not in sheet.places:
            return False
        made = "created" if "created" in sheet.places else self.counts_on
        return self.silence.silent(unwrap(sheet.words(row, "buyer")), read_ordinal(sheet.words(row, made)))


def excluded(facts: Facts, reason: Text) -> Facts:
    """The facts of an order that is no sale."""
    return facts._replace(state=State.EXCLUDED, credited=(), reason=reason)


def silent(facts: Facts) -> Facts:
    """The facts of an order before which nobody was asked."""
    return facts._replace(state=State.SILENT, reason=Text("nobody was asked before this order"))


def _several(sheet: Sheet, row: Sequence[str]) -> bool:
    """Whether an order holds several kinds of goods."""
    try:
        return read_count(sheet.words(row, "kinds") or "1") > 1
    except Wrong:
        return False
