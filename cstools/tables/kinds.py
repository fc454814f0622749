"""What may stand in a cell: each kind reads a raw value into a typed one, and writes a typed one back.

``read`` raises ``Wrong`` (or a plain ValueError, for which the kind's own words stand) where a value isn't of its kind.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from cstools.days import SERIALS, read_day, read_number, read_time, show_time
from cstools.language import Text, mark, spoken, translate
from cstools.tables.grid import both_names, fold


class Wrong(ValueError):
    """A value that isn't of its kind: what is wrong with it, and what would be right."""

    def __init__(self, wrong: Text, right: Text) -> None:
        super().__init__(wrong, right)
        self.wrong = wrong
        self.right = right


def _same(value: object) -> object:
    return value


@dataclass(frozen=True, slots=True)
class Kind:
    """How a cell is read and written.

    ``read`` takes what stands in a cell (never None, text without blanks around) and ``write`` what ``read`` gave;
    ``options`` are catalogue keys for a drop-down list, ``format`` is Excel's number format, ``many`` tells that one
    cell may hold several of the options.
    """

    read: Callable[[Any], Any]
    wrong: Text
    right: Text
    write: Callable[[Any], object] = _same
    format: str = "General"
    options: tuple[str, ...] = ()
    many: bool = False

    def between(self, least: int | Decimal | None = None, most: int | Decimal | None = None) -> "Kind":
        """The same kind of number within bounds, both included; None for no bound."""

        def read(value: object) -> object:
            number = told(value)
            if (least is not None and number < least) or (most is not None and number > most):
                raise Wrong(Text("out of bounds"), right)
            return number

        right = _bounds(least, most)
        told = replace(self, right=right)
        return replace(told, read=read)

    def __call__(self, value: object) -> Any:
        """Read a cell's value, text trimmed; raises Wrong."""
        try:
            return self.read(trim(value) if isinstance(value, str) else value)
        except Wrong:
            raise
        except ValueError as error:
            raise Wrong(self.wrong, self.right) from error


def _bounds(least: int | Decimal | None, most: int | Decimal | None) -> Text:
    if least is None:
        return Text("at most {most}", most=most)
    if most is None:
        return Text("at least {least}", least=least)
    return Text("from {least} to {most}", least=least, most=most)


def trim(text: str) -> str:
    """Without blanks, tabs and invisible marks around, as exports leave them around long numbers."""
    return text.strip(" \t\r\n\v\f\u00a0\u3000\u200b\ufeff")


# --- text and identifiers ---------------------------------------------------------------------------------------------


def _read_text(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float | Decimal):
        return f"{read_number(value):f}"
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, timedelta | time):
        return show_time(read_time(value))
    return value if isinstance(value, str) else str(value)


def _read_identifier(value: object) -> str:
    if isinstance(value, str):
        return _identifier_text(value)
    whole_number = _read_whole(value)
    if whole_number < 0:
        raise ValueError(value)
    if whole_number >= _SPOILT_FROM:
        raise Wrong(_SPOILT, _AS_TEXT)
    return str(whole_number)


def _identifier_text(text: str) -> str:
    if wrapped := re.fullmatch(r'="(.*)"', text):  # how exports keep Excel's hands off a long number
        text = wrapped[1]
    plain = trim(unicodedata.normalize("NFKC", text).lstrip("'"))
    if re.fullmatch(r"\d(\.\d+)?E\+\d+", plain):
        raise Wrong(_SPOILT, _AS_TEXT)
    if not plain:
        raise ValueError(text)
    return plain


_SPOILT_FROM = 10**15  # Excel keeps 15 digits and makes zeros of the rest
_SPOILT = Text("Excel has spoilt this number: only its first 15 digits are left")
_AS_TEXT = Text("make the column text (format @) and enter the number anew")

text = Kind(_read_text, Text("not a text"), Text("any text"), str, "@")
identifier = Kind(
    _read_identifier, Text("not a number or code of this kind"), Text("a number or code, such as 007 or kf01"), str, "@"
)

# --- days and times ---------------------------------------------------------------------------------------------------

_A_DAY = Text("a date such as 2026-11-09")


def day_near(near: date | None) -> Kind:
    """Days that may be written without a year: the year nearest to ``near``."""
    return Kind(lambda value: read_day(value, near), Text("not a date"), _A_DAY, format="yyyy-mm-dd")


day = day_near(None)


def _read_moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, float) and int(value) in SERIALS:
        days, rest = divmod(value, 1)
        return datetime.combine(read_day(days), time()) + timedelta(seconds=round(rest * 86400))
    if isinstance(value, str):
        plain = unicodedata.normalize("NFKC", value)
        for gap in re.finditer(r"[\sT]+|(?<=[日号)])", plain):
            if moment := _joined(plain[: gap.start()], plain[gap.end() :]):
                return moment
    return datetime.combine(read_day(value), time())


def _joined(day_text: str, time_text: str) -> datetime | None:
    try:
        start, minutes = datetime.combine(read_day(day_text), time()), read_time(time_text)
    except ValueError:
        return None
    seconds = re.fullmatch(r"\d+:\d+:(\d+)", time_text)
    return start + timedelta(minutes=minutes, seconds=int(seconds[1]) if seconds else 0)


_A_MOMENT = Text("a date and a time such as 2026-11-09 18:30")
moment = Kind(_read_moment, Text("not a date with a time"), _A_MOMENT, format="yyyy-mm-dd hh:mm")

_A_TIME = Text("a time from 0:00 to 48:00, such as 8:30, 24:00 or 25:30")
time_of_day = Kind(read_time, Text("not a time of day"), _A_TIME, show_time, "@")

# --- numbers ----------------------------------------------------------------------------------------------------------


def _read_whole(value: object) -> int:
    found = read_number(value)
    if found != int(found):
        raise ValueError(value)
    return int(found)


def _write_number(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


whole = Kind(_read_whole, Text("not a whole number"), Text("a whole number such as 3"))
number = Kind(read_number, Text("not a number"), Text("a number such as 0.5"), _write_number)

# --- choices and lists ------------------------------------------------------------------------------------------------


def choice(options: Mapping[Any, str | tuple[str, ...]]) -> Kind:
    """One of a few: what the program calls it -> a catalogue key as its label, and maybe aliases after it.

    Reads the label in either language, an alias, or the program's own word; writes the label in the language spoken.
    """
    labels = {value: (names,) if isinstance(names, str) else names for value, names in options.items()}
    known: dict[str, Any] = {}
    for value, names in labels.items():
        for name in (*(both_names(names[0])), *map(fold, names[1:]), fold(str(value))):
            known.setdefault(name, value)

    def read(value: object) -> object:
        name = fold(_read_text(value))
        if name not in known:
            raise ValueError(value)
        return known[name]

    keys = tuple(names[0] for names in labels.values())
    right = Text("one of {choices}", choices=tuple(Text(key) for key in keys))
    return Kind(read, Text("not one of the choices"), right, lambda value: translate(labels[value][0]), options=keys)


yes_no = choice({
    True: (mark("yes"), "是", "y", "true", "1", "√", "✓", "✔", "对", "有", "on"),
    False: (mark("no"), "否", "n", "false", "0", "×", "x", "✗", "✘", "错", "无", "off"),
})  # fmt: skip


def _read_words(value: object) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKC", _read_text(value))
    found = tuple(word for word in re.split(r"[、,;/\s]+", plain) if word)
    if not found:
        raise ValueError(value)
    return found


def _write_words(value: tuple[str, ...]) -> str:
    return ("、" if spoken() == "zh" else ", ").join(value)


words = Kind(
    _read_words, Text("an empty list"), Text("words with 、 or a comma between them"), _write_words, "@", many=True
)
