"""Section [orders] of a pay desk's cstools.toml: which files, which columns, and what a sale is in this shop."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

from cstools.desk.settings import count, names, one_of, setting
from cstools.language import Text

COUNTS_ON: Final = ("created", "paid", "shipped", "received", "succeeded")
POLICIES: Final = ("unpaid", "first", "last", "split")
# 工号001, 客服:001, kf001, No.001, or 001 alone; not the 300 of 满300减50, of 13800000300, of 300元 or of 2026年300.
# It begins with the digits, and looks back from behind them: thrice as quick as looking forward from everywhere.
NUMBER_PATTERN: Final = (
    r"([0-9][0-9][0-9])(?!\.?[0-9])(?![A-Za-z\-%元块件折年月日天个])"
    r"(?:(?<![0-9A-Za-z.\-满减][0-9]{3})(?<![0-9]年[0-9]{3})|(?<=[kK][fF][0-9]{3})|(?<=[kK][fF]-[0-9]{3})|(?<=[nN][oO].[0-9]{3}))"
)


def _globs(value: object) -> tuple[str, ...]:
    found = names([value] if isinstance(value, str) else value)
    if any(PurePosixPath(name).is_absolute() or PureWindowsPath(name).is_absolute() for name in found):
        raise ValueError(value)
    return found


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    return value.strip()


def _pattern(value: object) -> str:
    try:
        compiled = re.compile(_word(value))
    except re.error as error:
        raise ValueError(value) from error
    if compiled.groups != 1:
        raise ValueError(value)
    return compiled.pattern


def _patterns(value: object) -> tuple[str, ...]:
    found = names(value)
    try:
        for pattern in found:
            re.compile(pattern)
    except re.error as error:
        raise ValueError(value) from error
    return found


_FILES: Final = Text('names of files from the desk’s folder, such as ["订单/*.csv"]')
_HEADER: Final = Text("the header of a column, in quotes")
_WORDS: Final = Text('a list of words such as ["交易关闭"]')


def _header() -> str:
    return setting("", _word, _HEADER)


@dataclass(frozen=True, slots=True)
class OrderColumns:
    """Section [orders.columns]: headers of an order file by our own words; empty for those that are known.

    ``created`` to ``succeeded`` are days, as in ``counts_on``; ``amount`` is what the buyer paid, ``refunded`` what the
    order file says was given back; ``kinds`` is how many different goods; ``exported`` is when the file was made.
    """

    number: str = _header()
    main: str = _header()
    status: str = _header()
    buyer: str = _header()
    title: str = _header()
    kinds: str = _header()
    note: str = _header()
    flag: str = _header()
    created: str = _header()
    paid: str = _header()
    shipped: str = _header()
    received: str = _header()
    succeeded: str = _header()
    amount: str = _header()
    refunded: str = _header()
    merchant: str = _header()
    recommended: str = _header()
    exported: str = _header()


@dataclass(frozen=True, slots=True)
class ItemColumns:
    """Section [orders.item_columns]: headers of a file with the goods of each order."""

    number: str = _header()
    title: str = _header()
    price: str = _header()
    quantity: str = _header()


@dataclass(frozen=True, slots=True)
class RefundColumns:
    """Section [orders.refund_columns]: headers of a file of refunds; ``refund`` is its own number."""

    refund: str = _header()
    number: str = _header()
    status: str = _header()
    amount: str = _header()
    finished: str = _header()


@dataclass(frozen=True, slots=True)
class ChatColumns:
    """Section [orders.chat_columns]: headers of a chat export.

    Either an order a row, and ``silent`` says whether nobody was asked; or a chat a row, with ``buyer`` and ``day``.
    """

    number: str = _header()
    silent: str = _header()
    buyer: str = _header()
    day: str = _header()


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """Section [orders.report]: a report of totals by agent, where the shop attributes by chat; ``files`` turns it on.

    Without a column ``day`` the two dates (or the month) in the file's name tell which days it is about.
    """

    files: tuple[str, ...] = setting((), _globs, _FILES)
    agent: str = _header()
    paid: str = _header()
    refunded: str = _header()
    orders: str = _header()
    day: str = _header()


@dataclass(frozen=True, slots=True)
class OrderSettings:
    """Section [orders]. What is empty in ``counts_on``, ``ambiguous`` and ``sub_amounts`` is undecided, never guessed.

    ``number_pattern`` finds an agent's number in the seller's note, in its one group; ``flag`` is the word that the
    flag's column must hold besides (004-026). ``exclude`` are patterns of titles, ``exclude_notes`` of the seller's
    notes, of what is no sale. Orders with a status of ``closed`` count only where a file of refunds takes them back,
    those outside of ``counted`` not at all (empty: any other status counts); refunds count with a status of
    ``refunded``. ``each_row`` tells what a row of an order file is (empty: as its headers say). ``fields`` are the
    headers of what a valid order must hold (003-095). ``chat_days`` is how many days before an order a chat still
    belongs to it.
    """

    files: tuple[str, ...] = setting(("订单/*.csv", "订单/*.xlsx", "订单/*.xls"), _globs, _FILES)
    items: tuple[str, ...] = setting(("订单/ExportOrderDetailList*",), _globs, _FILES)
    refunds: tuple[str, ...] = setting(("退款/*.csv", "退款/*.xlsx", "退款/*.xls"), _globs, _FILES)
    chats: tuple[str, ...] = setting(("聊天/*.csv", "聊天/*.xlsx", "聊天/*.xls"), _globs, _FILES)
    silent: tuple[str, ...] = setting(("闷拍*.csv", "闷拍*.xlsx", "闷拍*.xls"), _globs, _FILES)
    counts_on: str = setting("", one_of("", *COUNTS_ON), Text("one of {choices}", choices=COUNTS_ON))
    ambiguous: str = setting("", one_of("", *POLICIES), Text("one of {choices}", choices=POLICIES))
    sub_amounts: str = setting("", one_of("", "own", "total"), Text("one of {choices}", choices=("own", "total")))
    each_row: str = setting("", one_of("", "order", "item"), Text("one of {choices}", choices=("order", "item")))
    number_pattern: str = setting(NUMBER_PATTERN, _pattern, Text("a pattern with one group, such as “工号(\\d+)”"))
    flag: str = setting("", _word, Text("a word in quotes"))
    exclude: tuple[str, ...] = setting(
        ("补差价", "差价补", "邮费链接", "补邮费", "邮费专拍", "补运费", "补单"), _patterns, Text("a list of patterns")
    )
    exclude_notes: tuple[str, ...] = setting(("补单",), _patterns, Text("a list of patterns"))
    closed: tuple[str, ...] = setting(("交易关闭", "已关闭", "已取消", "已作废", "已退款"), names, _WORDS)
    counted: tuple[str, ...] = setting((), names, _WORDS)
    succeeded: tuple[str, ...] = setting(("交易成功", "已完成", "已签收"), names, _WORDS)
    refunded: tuple[str, ...] = setting(("退款成功", "退款完成", "已退款", "已完成"), names, _WORDS)
    recommended: tuple[str, ...] = setting(("重点推荐", "推荐", "重点", "是"), names, _WORDS)
    fields: tuple[str, ...] = setting((), names, _WORDS)
    chat_days: int = setting(7, count(0, 90), Text("days, from {least} to {most}", least=0, most=90))
    columns: OrderColumns = OrderColumns()
    item_columns: ItemColumns = ItemColumns()
    refund_columns: RefundColumns = RefundColumns()
    chat_columns: ChatColumns = ChatColumns()
    report: ReportSettings = ReportSettings()


@dataclass(frozen=True, slots=True)
class Undecided:
    """A choice without a default that this desk needs and hasn't made: its key in toml, the question, the answers."""

    key: str
    question: Text
    choices: tuple[str, ...]


def undecided(settings: OrderSettings, *, orders: bool, ambiguous: bool, repeated: bool) -> tuple[Undecided, ...]:
    """What must be chosen first, of a desk that has order files, ambiguous orders, sub-orders that repeat an amount."""
    asked = (
        (orders and not settings.counts_on, COUNTS),
        (ambiguous and not settings.ambiguous, AMBIGUOUS),
        (repeated and not settings.sub_amounts, SUB_AMOUNTS),
    )
    return tuple(choice for missing, choice in asked if missing)


COUNTS: Final = Undecided("orders.counts_on", Text("which date makes an order count"), COUNTS_ON)
AMBIGUOUS: Final = Undecided("orders.ambiguous", Text("who gets an order with several agents' numbers"), POLICIES)
SUB_AMOUNTS: Final = Undecided(
    "orders.sub_amounts", Text("whether a sub-order's amount is its own or the whole order's"), ("own", "total")
)
