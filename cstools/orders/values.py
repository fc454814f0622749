"""Amounts and days as exports write them, each text read once: a million orders have few different ones."""

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from cstools.days import read_day, read_number
from cstools.language import Text
from cstools.tables import kinds
from cstools.tables.kinds import Wrong

# Amounts are whole numbers of a hundredth of a fen: ERP systems tell prices with four decimals.
_YUAN: Final = 10_000
_FEN: Final = 100
_KEPT: Final = 200_000  # more texts than this and a cache starts anew
NOTHING: Final = frozenset({"", "null", "NULL", "None", "-", "--", "—", "无"})
SUMS: Final = ("合计", "总计", "小计", "汇总")
_PLAIN: Final = re.compile(r"([0-9]+)\.([0-9]{2})")
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d")
_AN_AMOUNT: Final = Text("an amount such as 1234.50")
_A_MOMENT: Final = Text("a date and a time such as 2026-11-09 18:30")


def unwrap(text: str) -> str:
    """A text without what exports put around it: ``="…"``, a leading ``'``, blanks."""
    plain = kinds.trim(text)
    if plain.startswith('="') and plain.endswith('"'):
        plain = plain[2:-1]
    return kinds.trim(plain.lstrip("'"))


def is_nothing(text: str) -> bool:
    """Whether a cell holds nothing, as exports write that."""
    return unwrap(text) in NOTHING


def is_missing(text: str) -> bool:
    """Whether a field that should be filled in isn't: 无 says that there is nothing to note, and counts."""
    return is_nothing(text) and unwrap(text) != "无"


def read_amount(text: str) -> int:
    """An amount in 1/10,000 yuan; raises Wrong for none, a negative one, and what isn't one."""
    plain = unicodedata.normalize("NFKC", unwrap(text)).strip().removeprefix("¥").removesuffix("元")
    if plain in NOTHING:
        raise Wrong(Text("there is no amount"), _AN_AMOUNT)
    try:
        exact = read_number(plain) * _YUAN
    except ValueError as error:
        raise Wrong(Text("not an amount"), _AN_AMOUNT) from error
    if exact < 0:
        raise Wrong(Text("a negative amount"), _AN_AMOUNT)
    if exact != int(exact):
        raise Wrong(Text("more than four decimals"), _AN_AMOUNT)
    return int(exact)


def yuan(units: int) -> Decimal:
    """What ``read_amount`` gave, in yuan, with two decimals where that is exact."""
    return Decimal(units // _FEN).scaleb(-2) if units % _FEN == 0 else Decimal(units).scaleb(-4)


def read_ordinal(text: str) -> int:
    """A day's number as in ``date.fromordinal``, whatever the time; 0 for none. Raises Wrong."""
    plain = unwrap(text)
    if plain in NOTHING:
        return 0
    try:
        moment = kinds.moment(float(plain) if re.fullmatch(r"\d{5}(\.\d+)?", plain) else plain)
    except ValueError as error:
        raise Wrong(Text("not a date with a time"), _A_MOMENT) from error
    return read_day(moment).toordinal()


def read_that_day(text: str) -> int:
    """As ``read_ordinal``, where there must be a day."""
    day = read_ordinal(text)
    if not day:
        raise Wrong(Text("there is no date"), _A_MOMENT)
    return day


def read_count(text: str) -> int:
    """A whole number, not negative; raises Wrong."""
    try:
        return int(kinds.whole.between(0)(unwrap(text)))
    except Wrong:
        raise
    except ValueError as error:
        raise Wrong(kinds.whole.wrong, kinds.whole.right) from error


def read_name(text: str) -> str:
    """A name or a number as text, which must be there; raises Wrong."""
    if is_nothing(text):
        raise Wrong(Text("there is no name"), Text("a name, a number or an account"))
    return str(kinds.identifier(text))


def no_number() -> Wrong:
    """What is wrong with a text that is no order's number."""
    return Wrong(Text("not an order’s number"), Text("a number such as 2410000123456789012"))


def read_number_of(text: str) -> str:
    """An order's or an agent's number as text; raises Wrong, also for one that Excel has spoilt."""
    number = str(kinds.identifier(text))
    if not re.search(r"\d", number):
        raise no_number()
    return number


class Amounts(dict[str, int]):
    """Amounts by their raw text."""

    def __init__(self, words: Callable[[str], str]) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, raw: str) -> int:
        if len(self) > _KEPT:
            self.clear()
        # Nearly all are written so, and few are written twice.
        plain = _PLAIN.fullmatch(raw)
        amount = self[raw] = int(plain[1] + plain[2]) * _FEN if plain else read_amount(self._words(raw))
        return amount


class Days(dict[str, int]):
    """Days by the first ten letters of their raw text, or by all of it; ``base`` is added to each."""

    def __init__(self, words: Callable[[str], str], base: int = 0) -> None:
        super().__init__()
        self._words = words
        self._base = base
        self._others: dict[str, int] = {}

    def read(self, raw: str) -> int:
        """The day of a text that isn't found by its first ten letters."""
        start = raw[:10]
        if not raw or _ISO.fullmatch(start):
            day = self[start] = self._base + read_ordinal(start)
            return day
        if raw not in self._others:
            if len(self._others) > _KEPT:
                self._others.clear()
            self._others[raw] = self._base + read_ordinal(self._words(raw))
        return self._others[raw]
