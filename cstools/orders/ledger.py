"""Every order once: what the newest export says of it, and where older ones say something else.

Made for millions: an order outside of the period is one number, one inside four. Days are kept with the file they come
from, ``file << 22 | day``, the day as in ``date.fromordinal`` and 0 for an order that doesn't count (yet).
"""

from collections.abc import Iterator
from datetime import date
from typing import Final, TypeAlias

from cstools.errors import Fault, Source
from cstools.language import Text, mark
from cstools.orders.headers import Sheet
from cstools.orders.kinds import Table
from cstools.orders.sale import STATES, Conflict, Facts, Sale
from cstools.orders.values import yuan

DAY_BITS: Final = 22
DAY_MASK: Final = (1 << DAY_BITS) - 1
Key: TypeAlias = int | str
"""An order's number: as an int where it has only digits, because that takes less room."""
Record: TypeAlias = tuple[int, int, int, int]
"""Amount in 1/10,000 yuan, file and day, kind, row."""


def key_of(number: str) -> Key:
    """A number as the ledger keeps it; one with leading zeros stays text."""
    return int(number) if number.isascii() and number.isdigit() and not number.startswith("0") else number


def _said(facts: Facts) -> tuple[object, ...]:
    """What an order is, besides its day, amount and agents."""
    missing = Text("{count} fields missing", count=facts.missing) if facts.missing else None
    parts = (Text(STATES[facts.state]), facts.merchant, Text("recommended") if facts.recommended else None, missing)
    return tuple(part for part in parts if part)


class Ledger:
    """The orders of all files, read from the newest to the oldest."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.seen: dict[Key, int | Record] = {}
        self.sheets: list[Sheet] = []
        self.conflicts: list[Conflict] = []

    def open(self, sheet: Sheet) -> int:
        """Begin with a file: what its days begin with."""
        self.sheets.append(sheet)
        return len(self.sheets) - 1 << DAY_BITS

    def source(self, code: int, row: int) -> Source:
        """Where a record comes from."""
        return self.sheets[code >> DAY_BITS].source(row, "number")

    def put(self, key: Key, new: int | Record, row: int, faults: list[Fault]) -> None:
        """An order as the file being read has it."""
        old = self.seen.get(key)
        if old is None:
            self.seen[key] = new
        else:
            self.again(key, old, new, row, faults)

    def again(self, key: Key, old: int | Record, new: int | Record, row: int, faults: list[Fault]) -> None:
        """An order that stands a second time: in the same file it must say the same, in an older one it is compared."""
        old_code, new_code = (record if isinstance(record, int) else record[1] for record in (old, new))
        same_file = old_code >> DAY_BITS == new_code >> DAY_BITS
        for what, first, second in self._differences(old, new, strict=same_file):
            if same_file:
                wrong = Text("this order stands twice with a different {what}: {first} and {second}",
                             what=Text(what), first=first, second=second)  # fmt: skip
                faults.append(Fault(self.source(new_code, row), key, wrong, Text("keep the row that is right")))
            else:
                newer = self.sheets[old_code >> DAY_BITS].stream.file
                wrong = Text("another {what}: {first} in the newest export {file}, which counts, and {second}",
                             what=Text(what), first=first, second=second, file=newer)  # fmt: skip
                self.conflicts.append(Conflict(str(key), wrong, (self._source(old), self.source(new_code, row))))

    def _source(self, record: int | Record) -> Source:
        """As far as it is known: of an order outside of the period only the file."""
        if isinstance(record, int):
            return Source(self.sheets[record >> DAY_BITS].stream.file)
        return self.source(record[1], record[3])

    def _differences(
        self, old: int | Record, new: int | Record, *, strict: bool
    ) -> Iterator[tuple[str, object, object]]:
        """What two records say differently, the old one being the newer export's.

        What was only filled in since is fine, but with ``strict``.
        """
        days = [(record if isinstance(record, int) else record[1]) & DAY_MASK for record in (old, new)]
        if days[0] != days[1] and (strict or days[1]):
            first, second = (date.fromordinal(day).isoformat() if day else Text("none") for day in days)
            yield mark("day"), first, second
        if isinstance(old, int) or isinstance(new, int):
            return
        if old[0] != new[0] and (strict or new[0]):
            yield mark("amount"), yuan(old[0]), yuan(new[0])
        facts = [self.table.facts(record[2]) for record in (old, new)]
        agents = [one.agents for one in facts]
        if agents[0] != agents[1] and (strict or agents[1]):
            yield mark("agent"), agents[0] or Text("none"), agents[1] or Text("none")
        elif strict and facts[0] != facts[1]:
            yield mark("kind of order"), _said(facts[0]), _said(facts[1])

    def sale(self, key: Key, record: Record) -> Sale:
        """A record as a sale."""
        amount, code, kind, row = record
        day = date.fromordinal(code & DAY_MASK)
        return Sale(str(key), day, yuan(amount), self.table.facts(kind), self.source(code, row))

    def within(self, first: date, last: date) -> Iterator[tuple[Key, Record]]:
        """The orders that count from the first to the last day."""
        start, end = first.toordinal(), last.toordinal()
        for key, record in self.seen.items():
            if type(record) is tuple and start <= record[1] & DAY_MASK <= end:
                yield key, record
