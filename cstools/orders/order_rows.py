"""The rows of an order file into the ledger: where the time goes, when there are millions."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from typing import Final

from cstools.language import Text
from cstools.orders.headers import Sheet
from cstools.orders.kinds import NO_EXTRA
from cstools.orders.ledger import Key, Record, key_of
from cstools.orders.order_file import OrderFile, Reading
from cstools.orders.parts import Parts
from cstools.orders.values import NOTHING, unwrap
from cstools.tables.kinds import Wrong

_JUNK: Final = " \t=\"'"
_NO_REFUND: Final = NOTHING | {"0", "0.0", "0.00", "0.00元", "0元"}
_ZEROS: Final = "000"  # what Excel makes of the end of a number of 18 digits; of a longer one, still more
_LONG: Final = 16
_SPOILT_SHARE: Final = 20  # one number in a thousand ends so by itself, and Excel spoils a whole column
_FEW_ROWS: Final = 3


def read_order_file(reading: Reading, sheet: Sheet) -> None:
    """Put every order of a file into the ledger; newer files come first."""
    file = OrderFile(reading, sheet)
    parts = Parts(file)
    suspects: list[tuple[int, str]] = []
    with _no_collector():
        rows = _read_rows(file, parts, suspects)
    parts.settle()
    if suspects and len(suspects) * _SPOILT_SHARE >= rows and (len(suspects) > 1 or rows <= _FEW_ROWS):
        for row, number in suspects:
            file.complaints.tell(row, "number", number, _spoilt())
    file.complaints.finish()


@contextmanager
def _no_collector() -> Iterator[None]:
    """Without Python's search for cycles: there are none in millions of new tuples, and looking takes a twentieth."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _picker(file: OrderFile) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """The cells that every order needs; a column that isn't there reads the empty cell put after each row."""
    place, counts_on = file.sheet.places.get, file.reading.settings.counts_on
    # An order counts on the day it was made only once it was paid.
    must = place("paid", place(counts_on, -1)) if counts_on == "created" else place(counts_on, -1)
    keys = ("number", "main", "status", counts_on, "amount", "note", "note 2", "title", "refunded")
    return itemgetter(*(place(key, -1) for key in keys), must)


def _read_rows(file: OrderFile, parts: Parts, suspects: list[tuple[int, str]]) -> int:
    """Read the rows; how many there were. What a million rows need has a local name here."""
    reading, sheet, base, width = file.reading, file.sheet, file.base, len(file.sheet.header)
    seen, again, looks = reading.ledger.seen, reading.ledger.again, reading.ledger.table.looks
    refunded, look, first, last = reading.refunded, reading.look, base + reading.first, base + reading.last
    days, amounts, extras = file.days, file.amounts, file.extras
    judge, notes, sorts = file.judge, file.judge.notes, file.judge.sorts
    pick, by_item, made = _picker(file), file.by_item, reading.settings.counts_on == "created"
    number = sheet.first - 1
    for number, row in enumerate(sheet.stream.rows, sheet.first):
        if len(row) != width:
            file.tell_length(number, row)
            continue
        row.append("")
        raw, main, status, when, paid, note, more, title, shown, must = pick(row)
        try:
            name = raw.strip(_JUNK)
            key: Key = int(name) if name.isdecimal() and name[0] != "0" else file.number(raw)
            code = days.get(when[:10])
            if code is None:
                code = days.read(when)
            if name[-3:] == _ZEROS and len(raw) == len(name) >= _LONG:
                suspects.append((number, name))
            if by_item or (main and _is_part(file, key, main)):
                parts.add(number, key, key if by_item else file.number(main), code, row)
                continue
            new: int | Record = code
            if first <= code <= last or (code != base and key in refunded):
                amount = amounts[paid]
                extra = extras(row) if extras else NO_EXTRA
                kind = judge[sorts[status, title], notes[f"{note} {more}" if more else note], extra]
                looked = look(kind, key, amount, sheet, row) if looks[kind] else kind
                new = base if looked is None or (made and must in NOTHING) else (amount, code, looked, number)
                if shown not in _NO_REFUND and key not in refunded:
                    reading.shown.append((key, sheet.source(number, "refunded")))
        except ValueError:
            file.tell(number, row)
            continue
        old = seen.get(key)
        if old is None:
            seen[key] = new
        else:
            again(key, old, new, number, reading.faults)
    return number - sheet.first + 1


def _is_part(file: OrderFile, key: Key, main: str) -> bool:
    """Whether a row belongs to an order with another number."""
    words = unwrap(file.sheet.stream.words(main))
    return words not in NOTHING and key_of(words) != key


def _spoilt() -> Wrong:
    right = Text("export the file again, and don’t save it in Excel")
    return Wrong(Text("Excel has spoilt this number: only its first 15 digits are left"), right)
