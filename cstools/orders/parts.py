"""Orders that have several rows: sub-orders of a main order, or the goods of one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cstools.errors import Fault
from cstools.language import Text
from cstools.orders.kinds import Kind
from cstools.orders.ledger import DAY_BITS, Key, Record
from cstools.orders.order_file import OrderFile
from cstools.orders.sale import State


@dataclass(frozen=True, slots=True)
class _Part:
    """A row that is one of several of an order; its kind is None where it doesn't count (yet)."""

    number: Key
    amount: int
    code: int
    kind: int | None
    row: int


class Parts:
    """The rows of one file that are parts of orders, until the whole file is read."""

    def __init__(self, file: OrderFile) -> None:
        self._file = file
        self._orders: dict[Key, dict[Key, _Part]] = {}

    def add(self, row: int, key: Key, main: Key, code: int, cells: Sequence[str]) -> None:
        """Keep a row; the same sub-order twice is one, the same goods twice are two. Raises Wrong."""
        file = self._file
        part = _Part(key, 0, code, None, row)
        if code != file.base:
            amount = file.amounts[cells[file.sheet.places["amount"]]]
            part = _Part(key, amount, code, file.kind(main, amount, cells), row)
        if key != main and key in file.reading.refunded:
            file.reading.aliases[key] = main
        known = self._orders.setdefault(main, {}).setdefault(row if file.by_item else key, part)
        if replace(known, row=row) != part:
            wrong = Text("this sub-order stands twice and says different things")
            right = Text("keep the row that is right")
            file.reading.faults.append(Fault(file.sheet.source(row, "number"), key, wrong, right))

    def settle(self) -> None:
        """Make one order of the parts of each, unless it stands in the file itself: there its amount is the total."""
        ledger, base = self._file.reading.ledger, self._file.base
        for main, those in self._orders.items():
            known = ledger.seen.get(main)
            if known is not None and (known if isinstance(known, int) else known[1]) >> DAY_BITS == base >> DAY_BITS:
                continue
            row = min(part.row for part in those.values())
            ledger.put(main, self._together(list(those.values()), row), row, self._file.reading.faults)

    def _together(self, parts: Sequence[_Part], row: int) -> int | Record:
        """An order from its parts: it counts on the last day of them, once all have one."""
        table, base = self._file.reading.ledger.table, self._file.base
        bought = [(part, part.kind) for part in parts if part.kind is not None]
        if not bought or any(part.code == base for part in parts):
            return base
        sold = [(part, kind) for part, kind in bought if table.facts(kind).state is not State.EXCLUDED] or bought
        kinds = list(dict.fromkeys(kind for _, kind in sold))
        if len(kinds) > 1:
            facts = sorted(map(table.facts, kinds), key=repr)
            kinds = [table.number(Kind(self._file.judge.merged(facts)))]
        return self._amount([part for part, _ in sold]), max(part.code for part, _ in bought), kinds[0], row

    def _amount(self, sold: Sequence[_Part]) -> int:
        """What was paid for the parts: each its own, or each the whole order's, as the desk has decided."""
        settings = self._file.reading.settings
        amounts = {part.amount for part in sold}
        alike = not self._file.by_item and len(sold) > 1 and len(amounts) == 1 and amounts != {0}
        if alike and settings.sub_amounts == "total":
            return sold[0].amount
        if alike and not settings.sub_amounts:
            self._file.reading.repeated = True
        return sum(part.amount for part in sold)
