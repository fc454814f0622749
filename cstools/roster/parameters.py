"""How the text of a rule's parameter in sheet 规则 becomes a value, and back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from cstools.days import read_number, read_time, show_time
from cstools.language import Text, mark, translate

T = TypeVar("T")


@dataclass(frozen=True)
class Kind(Generic[T]):
    """A kind of parameter: ``read`` raises ValueError, ``right`` says what would have been right.

    ``names`` tells what its words name, so that doctor can look them up: "shift", "post", "skill" or "".
    """

    read: Callable[[str], T]
    show: Callable[[T], object]
    right: str
    names: str = ""


def _words(text: str) -> tuple[str, ...]:
    for mark_between in "，、;；/|+":
        text = text.replace(mark_between, ",")
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _count(text: str) -> int:
    number = read_number(text)
    if number != int(number) or number < 0:
        raise ValueError(text)
    return int(number)


def _optional_count(text: str) -> int | None:
    return _count(text) if text.strip() else None


def _minutes(text: str) -> int:
    number = read_number(text.strip().removesuffix("小时").removesuffix("h")) * 60
    if number != int(number) or number < 0:
        raise ValueError(text)
    return int(number)


def _optional_minutes(text: str) -> int | None:
    return _minutes(text) if text.strip() else None


def show_hours(minutes: int | None) -> str:
    """480 → "8", 450 → "7.5"."""
    return "–" if minutes is None else f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def _show_optional(value: int | None) -> str:
    return "–" if value is None else str(value)


def _flag(text: str) -> bool:
    word = text.strip().lower()
    if word in {"是", "yes", "y", "true", "1", "√"}:
        return True
    if word in {"否", "no", "n", "false", "0", ""}:
        return False
    raise ValueError(text)


def _sequences(text: str) -> tuple[tuple[str, ...], ...]:
    for arrow in ("→", "->", "＞", "》"):
        text = text.replace(arrow, ">")
    found = tuple(tuple(step.strip() for step in one.split(">")) for one in _words(text))
    if any(len(one) < 2 or not all(one) for one in found):  # noqa: PLR2004 - a sequence has two steps
        raise ValueError(text)
    return found


def choice(options: dict[str, str]) -> Kind[str]:
    """One of a few words: value → its English key; the value, the key and the key's Chinese are all taken."""

    def read(text: str) -> str:
        word = text.strip().lower()
        for value, key in options.items():
            if word in {value, key.lower(), translate(key, "zh").lower()}:
                return value
        raise ValueError(text)

    def show(value: str) -> Text:
        return Text(options[value])

    return Kind(read, show, mark("one of the words that the rule's note lists"))


def _show_words(words: tuple[str, ...]) -> str:
    return "、".join(words) or "–"


hours = Kind(_minutes, show_hours, mark("a number of hours, such as 11 or 7.5"))
optional_hours = Kind(_optional_minutes, show_hours, mark("a number of hours, such as 11 or 7.5"))
count = Kind(_count, str, mark("a whole number, such as 6"))
optional_count = Kind(_optional_count, _show_optional, mark("a whole number, such as 6"))
flag = Kind(_flag, lambda value: Text("yes") if value else Text("no"), mark("yes or no"))
time = Kind(read_time, show_time, mark("a time of day, such as 12:30"))
shifts = Kind(_words, _show_words, mark("codes or kinds of shifts, such as 晚、夜"), names="shift")
posts = Kind(_words, _show_words, mark("names of posts, such as 主旺旺"), names="post")
skills = Kind(_words, _show_words, mark("skills, such as 组长、老员工"), names="skill")
sequences = Kind(
    _sequences,
    lambda value: "、".join(">".join(one) for one in value) or "–",
    mark("shifts in order, such as 晚>白 or 夜>休>白"),
    names="shift",
)
period = choice(
    {"day": mark("day"), "week": mark("week"), "month": mark("month"), "horizon": mark("whole roster")},
)
