"""An order file as it is read: its cells, what they say of an order, and what is wrong with them."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final

from cstools.errors import Fault, Source
from cstools.language import Text
from cstools.orders.complaints import Complaints
from cstools.orders.headers import Sheet, header_name
from cstools.orders.kinds import NO_EXTRA, Judge
from cstools.orders.ledger import Key, Ledger, key_of
from cstools.orders.order_columns import BY_ITEM
from cstools.orders.settings import OrderSettings
from cstools.orders.values import (
    SUMS,
    Amounts,
    Days,
    is_missing,
    is_nothing,
    no_number,
    read_amount,
    read_number_of,
    read_ordinal,
)  # fmt: skip
from cstools.tables.kinds import Wrong

_SHOWN: Final = 40  # letters of a number that is none


@dataclass
class Reading:
    """What is known before order files are read, and what reading them adds.

    ``refunded`` are the orders with a refund, which are kept whenever they counted; ``aliases`` a refunded sub-order's
    order. ``look`` decides on an order that its kind alone doesn't (see ``Kind``): the kind to take, None for no sale.
    ``shown`` are orders that show a refund which no file of refunds has; ``repeated`` tells that sub-orders without
    their order have the same amount.
    """

    settings: OrderSettings
    first: int
    last: int
    ledger: Ledger
    judge: Callable[[Callable[[str], str]], Judge]
    look: Callable[[int, Key, int, Sheet, Sequence[str]], int | None]
    faults: list[Fault]
    refunded: AbstractSet[Key] = frozenset()
    aliases: dict[Key, Key] = field(default_factory=dict)
    shown: list[tuple[Key, Source]] = field(default_factory=list)
    repeated: bool = False


class OrderFile:
    """One order file; ``base`` is what its days begin with, ``by_item`` tells that its rows are goods, not orders."""

    def __init__(self, reading: Reading, sheet: Sheet) -> None:
        self.reading = reading
        self.sheet = sheet
        self.base = reading.ledger.open(sheet)
        self.judge = reading.judge(sheet.stream.words)
        self.days = Days(sheet.stream.words, self.base)
        self.amounts = Amounts(sheet.stream.words)
        self.complaints = Complaints(sheet, reading.faults)
        self.extras = self._extras()
        known = header_name(sheet.header[sheet.places["amount"]]) in BY_ITEM
        self.by_item = reading.settings.each_row == "item" or (not reading.settings.each_row and known)

    def _extras(self) -> Callable[[Sequence[str]], int] | None:
        """What reads the columns that few files have; None where this one has none of them."""
        settings, sheet = self.reading.settings, self.sheet
        if settings.flag and "flag" not in sheet.places:
            wrong = Text("the flag “{flag}” is asked for, and this file has no column of flags", flag=settings.flag)
            right = Text("name it in {key}", key="orders.columns.flag")
            self.reading.faults.append(Fault(sheet.source(sheet.first - 1), None, wrong, right))
        flag, merchant, recommended = (sheet.places.get(key, -1) for key in ("flag", "merchant", "recommended"))
        wanted = [sheet.place(header, self.reading.faults) for header in settings.fields]
        if not wanted and flag == merchant == recommended == -1:
            return None
        words, extra = sheet.stream.words, self.judge.extra

        def extras(row: Sequence[str]) -> int:
            missing = sum(is_missing(words(row[place])) for place in wanted)
            return extra(row[flag], row[merchant], row[recommended], missing)

        return extras

    def number(self, text: str) -> Key:
        """A raw order's number, however it is wrapped; raises Wrong."""
        return key_of(read_number_of(self.sheet.stream.words(text)))

    def kind(self, key: Key, amount: int, row: Sequence[str]) -> int | None:
        """The kind of an order; None where it doesn't count (yet). The row must have an empty cell at its end."""
        place, reading = self.sheet.places.get, self.reading
        status, title, note, more = (row[place(key, -1)] for key in ("status", "title", "note", "note 2"))
        sort, found = self.judge.sorts[status, title], self.judge.notes[f"{note} {more}" if more else note]
        kind = self.judge[sort, found, self.extras(row) if self.extras else NO_EXTRA]
        return reading.look(kind, key, amount, self.sheet, row) if reading.ledger.table.looks[kind] else kind

    def tell_length(self, number: int, row: Sequence[str]) -> None:
        """Tell of a row that isn't as long as the header, be it by an empty cell: a comma may have moved all others."""
        if any(map(str.strip, row)) and not self._is_sum(row):
            width = len(self.sheet.header)
            wrong = Text("this row has {count} cells, the header {width}", count=len(row), width=width)
            right = Text("put what holds a comma or a line break in quotes")
            self.complaints.tell(number, "row", self.sheet.stream.words(row[0]), Wrong(wrong, right))

    def tell(self, number: int, row: Sequence[str]) -> None:
        """Every wrong cell of a row that can't be read; a blank row and one that adds up others have none."""
        if not any(map(str.strip, row)) or self._is_sum(row):
            return
        readers: dict[str, Callable[[str], object]] = {
            "number": read_number_of, self.reading.settings.counts_on: read_ordinal, "amount": read_amount
        }  # fmt: skip
        if not is_nothing(self.sheet.words(row, "main")):
            readers["main"] = read_number_of
        if None not in [self.complaints.read(number, row, key, read) for key, read in readers.items()]:
            self.complaints.tell(number, "number", self.sheet.words(row, "number")[:_SHOWN], no_number())

    def _is_sum(self, row: Sequence[str]) -> bool:
        words = self.sheet.stream.words
        return next((words(cell).strip() for cell in row if cell.strip()), "").startswith(SUMS)
