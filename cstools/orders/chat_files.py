"""Silent orders (闷拍): only those of which a chat export or the desk's own list says that nobody was asked."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cstools.errors import Fault
from cstools.language import Text
from cstools.orders.complaints import Complaints
from cstools.orders.headers import Field, Sheet, open_sheet, with_headers
from cstools.orders.ledger import Key, key_of
from cstools.orders.settings import OrderSettings
from cstools.orders.values import is_nothing, read_number_of, read_that_day, unwrap
from cstools.tables.grid import fold
from cstools.tables.kinds import Wrong

_NUMBER: Final = Field("number", ("订单编号", "订单号", "主订单编号", "关联订单", "下单订单号"))
_SILENT: Final = Field("silent", ("是否静默", "静默下单", "是否闷拍", "下单类型", "订单类型", "成交方式"))
_BUYER: Final = Field("buyer", ("买家会员名", "买家昵称", "客户网名", "买家", "顾客", "客户", "旺旺昵称"))
_DAY: Final = Field(
    "day", ("接待时间", "咨询时间", "聊天时间", "会话开始时间", "开始时间", "接待日期", "咨询日期", "日期")
)
LIST: Final = (Field(_NUMBER.key, _NUMBER.headers, required=True),)
_YES: Final = frozenset(
    map(
        fold,
        ("是", "静默", "静默下单", "静默成交", "静默订单", "闷拍", "自助下单", "自主下单", "y", "yes", "1", "true"),
    )
)
_NO: Final = frozenset(
    map(fold, ("否", "询单", "询单下单", "咨询下单", "客服下单", "客服成交", "人工", "n", "no", "0", "false"))
)


@dataclass(slots=True)
class Silence:
    """Orders that are told to be silent, and when which buyer talked to somebody.

    ``first`` and ``last`` are the days that chat exports are about, as ordinals; ``days_before`` is how long before an
    order a chat still belongs to it.
    """

    orders: set[Key] = field(default_factory=set)
    chats: dict[str, list[int]] = field(default_factory=dict)
    first: int = 0
    last: int = 0
    days_before: int = 0

    @property
    def asks_buyers(self) -> bool:
        """Whether there are chats to look a buyer up in."""
        return bool(self.chats)

    def silent(self, buyer: str, day: int) -> bool:
        """Whether the chats say that a buyer who ordered on a day had asked nobody.

        They can't where they aren't about all the days before, nor of a buyer whose name the shop has masked.
        """
        start = day - self.days_before
        if not buyer or "*" in buyer or not self.first <= start <= day <= self.last:
            return False
        days = self.chats.get(buyer, ())
        return bisect_left(days, day + 1) == bisect_left(days, start)


def read_silence(chats: Iterable[Path], lists: Iterable[Path], settings: OrderSettings, faults: list[Fault]) -> Silence:
    """What chat exports and the desk's lists say; they add up."""
    found = Silence(days_before=settings.chat_days)
    for path in lists:
        if sheet := open_sheet(path, with_headers(LIST, settings.chat_columns), faults):
            _read_list(sheet, found, faults)
    for path in chats:
        _read_chats(path, settings, found, faults)
    for days in found.chats.values():
        days.sort()
    return found


def _read_list(sheet: Sheet, found: Silence, faults: list[Fault]) -> None:
    complaints = Complaints(sheet, faults)
    for row, cells in sheet.rows():
        if number := complaints.read(row, cells, "number", read_number_of):
            found.orders.add(key_of(number))
    complaints.finish()


def _read_chats(path: Path, settings: OrderSettings, found: Silence, faults: list[Fault]) -> None:
    """A chat export: an order a row, or a chat a row."""
    chosen, by_order = settings.chat_columns, (_NUMBER, _SILENT)
    wrong: list[Fault] = []
    if sheet := open_sheet(path, with_headers(by_order, chosen, ("number", "silent")), wrong):
        _read_orders(sheet, found, faults)
    elif sheet := open_sheet(path, with_headers((_BUYER, _DAY), chosen, ("buyer", "day")), wrong):
        _read_buyers(sheet, found, faults)
    else:
        faults.append(wrong[-1])


def _read_orders(sheet: Sheet, found: Silence, faults: list[Fault]) -> None:
    complaints = Complaints(sheet, faults)
    for row, cells in sheet.rows():
        number = complaints.read(row, cells, "number", read_number_of)
        if complaints.read(row, cells, "silent", _yes_no) and number:
            found.orders.add(key_of(number))
    complaints.finish()


def _yes_no(text: str) -> bool:
    word = fold(unwrap(text))
    if word not in _YES and word not in _NO:
        raise Wrong(
            Text("this doesn't say whether anybody was asked"), Text("one of {choices}", choices=("静默", "询单"))
        )
    return word in _YES


def _read_buyers(sheet: Sheet, found: Silence, faults: list[Fault]) -> None:
    complaints = Complaints(sheet, faults)
    for row, cells in sheet.rows():
        day = complaints.read(row, cells, "day", read_that_day)
        if day is None:
            continue
        found.first, found.last = min(found.first or day, day), max(found.last, day)
        if not is_nothing(buyer := sheet.words(cells, "buyer")):
            found.chats.setdefault(unwrap(buyer), []).append(day)
    complaints.finish()
