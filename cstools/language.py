"""What users read, in Chinese or in English, from one gettext catalogue.

A sentence is written once, in English, where it is needed: ``Text("{name} rests {hours} h", name=..., hours=...)``.
It stays a key with parameters until it is shown, so that it can be kept, compared and told in either language.
``mark`` only marks a plain string for the catalogue.
"""

import gettext
import os
import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Final

DOMAIN: Final = "cstools"
LANGUAGES: Final = ("zh", "en")
OPTIONAL: Final = re.compile(r"\[\[(.*?)\]\]")
PARAMETER: Final = re.compile(r"\{(\w+)")
CATALOGUE: Final = Path(__file__).parent / "locale"

_spoken: str = "zh"
_translators: dict[str, Callable[[str], str]] = {}


def speak(language: str) -> None:
    """Choose the language of everything shown from now on: "zh" or "en", click's own words too.

    Raises ValueError for any other.
    """
    global _spoken  # noqa: PLW0603 - one process speaks one language at a time
    if language not in LANGUAGES:
        raise ValueError(language)
    _spoken = language
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, CATALOGUE)
    gettext.textdomain(DOMAIN)


def spoken() -> str:
    """The language spoken now."""
    return _spoken


def translate(key: str, language: str | None = None) -> str:
    """The catalogue's words for an English key; the key itself where the catalogue has none."""
    chosen = language or _spoken
    if not key or chosen == "en":
        return key
    if chosen not in _translators:
        _translators[chosen] = gettext.translation(DOMAIN, CATALOGUE, [chosen], fallback=True).gettext
    return _translators[chosen](key)


def mark(key: str) -> str:
    """Mark a string for the catalogue without translating it yet."""
    return key


class Text:
    """A sentence as a key and its parameters; ``str()`` says it in the language spoken.

    A parameter may be another Text, a date, a list of any of these, or anything with a good ``str``. What stands in
    double square brackets is said only where none of the parameters in it is None.
    """

    __slots__ = ("key", "params")

    def __init__(self, key: str, /, **params: object) -> None:
        self.key = key
        self.params = params

    def __str__(self) -> str:
        words = translate(self.key)
        if not self.params:
            return words
        words = OPTIONAL.sub(self._part, words)
        return words.format(**{name: show(value) for name, value in self.params.items()})

    def _part(self, part: re.Match[str]) -> str:
        """What stands in double brackets, or nothing."""
        return "" if any(self.params.get(name) is None for name in PARAMETER.findall(part[1])) else part[1]

    def __repr__(self) -> str:
        return f"Text({self.key!r}, {self.params!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.key, self.params) == (other.key, other.params)

    def __hash__(self) -> int:
        return hash((self.key, repr(self.params)))


WEEKDAYS: Final = (
    mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"),
)  # fmt: skip


def show(value: object) -> str:
    """A parameter as a reader wants it: a date with its weekday, a list with commas, all else as it is."""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return str(Text("{day} {weekday}", day=value.isoformat(), weekday=Text(WEEKDAYS[value.weekday()])))
    if isinstance(value, Iterable):
        return translate(mark(", ")).join(show(item) for item in value)
    return str(value)
