"""Item files: which orders hold goods that are no sale, such as 补差价, and how much of them that is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cstools.errors import Fault
from cstools.orders.complaints import Complaints
from cstools.orders.headers import Field, Sheet, open_sheet, with_headers
from cstools.orders.ledger import Key, key_of
from cstools.orders.notes import any_of
from cstools.orders.settings import OrderSettings
from cstools.orders.values import read_amount, read_count, read_number_of, unwrap

FIELDS: Final = (
    Field("number", ("主订单编号", "订单编号", "订单号"), required=True),
    Field("sub", ("子订单编号", "子订单号")),
    Field("title", ("标题", "宝贝标题", "商品标题"), required=True),
    Field("price", ("价格", "商品价格", "单价"), required=True),
    Field("quantity", ("购买数量", "宝贝数量", "数量"), required=True),
)


@dataclass(slots=True)
class ItemFiles:
    """``cut`` is what to take off an order, in 1/10,000 yuan; ``whole`` are those of which nothing is a sale.

    ``subs`` are the orders of those sub-orders that were asked for.
    """

    cut: dict[Key, int] = field(default_factory=dict)
    whole: set[Key] = field(default_factory=set)
    subs: dict[Key, Key] = field(default_factory=dict)


def read_items(paths: Iterable[Path], settings: OrderSettings, subs: set[Key], faults: list[Fault]) -> ItemFiles:
    """What item files say, the newest first: of an order in several the newest tells. ``subs`` are asked for."""
    fields = with_headers(FIELDS, settings.item_columns)
    found = ItemFiles()
    for path in paths:
        if (sheet := open_sheet(path, fields, faults)) is None:
            continue
        cut = _cut(sheet, settings, subs, found, faults)
        new = cut.keys() - found.cut.keys() - found.whole
        # The file a second time where there is a need: to keep in mind what orders hold besides, of those few only.
        again = open_sheet(path, fields, []) if new else None
        others = (
            {key for _, _, key, excluded in _lines(again, settings, []) if not excluded and key in new}
            if again
            else set()
        )
        found.whole |= new - others
        found.cut.update({key: cut[key] for key in others})
    return found


def _cut(
    sheet: Sheet, settings: OrderSettings, subs: set[Key], found: ItemFiles, faults: list[Fault]
) -> dict[Key, int]:
    """What the goods that are no sale cost, by order; notes the orders of ``subs`` on the way."""
    complaints = Complaints(sheet, faults)
    cut: dict[Key, int] = {}
    for row, cells, key, excluded in _lines(sheet, settings, faults):
        sub = key_of(unwrap(sheet.words(cells, "sub"))) if subs and "sub" in sheet.places else key
        if sub != key and sub in subs:
            found.subs.setdefault(sub, key)
        if excluded:
            values = [
                complaints.read(row, cells, name, read)
                for name, read in (("price", read_amount), ("quantity", read_count))
            ]
            price, quantity = values
            if price is not None and quantity is not None:
                cut[key] = cut.get(key, 0) + price * quantity
    complaints.finish()
    return cut


def _lines(sheet: Sheet, settings: OrderSettings, faults: list[Fault]) -> Iterator[tuple[int, list[str], Key, bool]]:
    """Each line of a file: its row, its cells, its order, and whether its title is of no sale."""
    excluded = any_of(settings.exclude)
    complaints = Complaints(sheet, faults)
    titles: dict[str, bool] = {}
    title = sheet.places["title"]
    for row, cells in sheet.rows():
        number = complaints.read(row, cells, "number", read_number_of)
        if number is not None:
            raw = cells[title]
            if raw not in titles:
                titles[raw] = excluded(sheet.stream.words(raw)) is not None
            yield row, cells, key_of(number), titles[raw]
    complaints.finish()
