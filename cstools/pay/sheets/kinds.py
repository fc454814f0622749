"""What stands in the cells of a pay desk besides what tables know: money, parts of a whole, months."""

import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from cstools.days import read_month, read_number
from cstools.language import Text
from cstools.tables.kinds import Kind, Wrong

_UNITS: Final = ("元", "块", "yuan", "￥", "¥")
_HUNDRED: Final = 100


def _read_yuan(value: object) -> Decimal:
    """A number, with or without the unit."""
    if isinstance(value, str):
        value = unicodedata.normalize("NFKC", value).strip()
        for unit in _UNITS:
            value = value.removesuffix(unit).removeprefix(unit).strip()
    return read_number(value)


def _read_money(value: object) -> Decimal:
    found = _read_yuan(value)
    if found != found.quantize(Decimal("0.01")):
        raise ValueError(value)
    return found


def _read_amount(value: object) -> Decimal:
    """Money that is never less than nothing."""
    found = _read_money(value)
    if found < 0:
        raise Wrong(Text("a negative amount"), Text("yuan with at most two decimals, such as 1234.50"))
    return found


def _read_price(value: object) -> Decimal:
    found = _read_yuan(value)
    if found < 0:
        raise Wrong(Text("a negative amount"), Text("yuan, such as 0.2"))
    return found


def _read_part(value: object) -> Decimal:
    """``2%``, ``0.02``: never a bare 2, which might be either."""
    if isinstance(value, str) and (plain := unicodedata.normalize("NFKC", value).strip()).endswith("%"):
        part = read_number(plain[:-1]) / _HUNDRED
    else:
        part = read_number(value)
    if not 0 <= part <= 1:
        raise ValueError(value)
    return part


def _read_month(value: object) -> date:
    return read_month(value)[0]


def _plain(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


money = Kind(_read_money, Text("not an amount of money"), Text("yuan with at most two decimals, such as 1234.50"),
             _plain, "#,##0.00")  # fmt: skip
amount = replace(money, read=_read_amount)
price = Kind(_read_price, Text("not a price"), Text("yuan, such as 0.2"), _plain, "0.00##")
part = Kind(_read_part, Text("not a part of a whole"), Text("a percentage such as 2% (or 0.02)"), _plain, "0.0##%")
month = Kind(_read_month, Text("not a month"), Text("a month such as 2026-10"),
             lambda value: f"{value:%Y-%m}", "@")  # fmt: skip
