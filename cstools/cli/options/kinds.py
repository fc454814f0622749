"""What an option's or an argument's words may be: days, months, moments, whole numbers, files, and so on."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from cstools.language import Text, mark, translate


class Day(click.ParamType[date]):
    """A day with its year."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from cstools.days import read_day

        try:
            return read_day(value)
        except ValueError:
            self.fail(str(Text("“{value}” is not a date; give one such as 2026-11-02", value=str(value))), param, ctx)


class Month(click.ParamType[tuple[date, date]]):
    """A month as its first and its last day."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[date, date]:
        from cstools.days import read_month

        try:
            return value if isinstance(value, tuple) else read_month(value)
        except ValueError:
            self.fail(str(Text("“{value}” is not a month; give one such as 2026-11", value=str(value))), param, ctx)


class Moment(click.ParamType[datetime]):
    """A day with a time of day."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        from cstools.tables.kinds import moment

        try:
            found: datetime = moment(value)
        except ValueError:
            why = Text("“{value}” is not a date and a time; give them such as 2026-11-11T12:05", value=str(value))
            self.fail(str(why), param, ctx)
        return found


class Ahead(click.ParamType[timedelta]):
    """A time ahead, such as 4h, 30min or 4小时."""

    name = "span"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        from cstools.handover.spans import Unit, read_span

        try:
            span = read_span(value)
        except ValueError:
            span = None
        if span is None or span.unit is not Unit.MINUTES:
            why = Text("“{value}” is not a time ahead; give one such as 4h or 30min", value=str(value))
            self.fail(str(why), param, ctx)
        return timedelta(minutes=span.count)


class Whole(click.ParamType[int]):
    """A whole number of at least ``least`` and at most ``most``."""

    name = "number"

    def __init__(self, least: int, most: int = (1 << 31) - 1) -> None:  # the solver's own limit
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            number = int(value)
        except ValueError:
            number = self.least - 1
        if number < self.least:
            why = Text("“{value}” is not a whole number of {least} or more", value=str(value), least=self.least)
            self.fail(str(why), param, ctx)
        if number > self.most:
            self.fail(str(Text("“{value}” is too large: at most {most}", value=str(value), most=self.most)), param, ctx)
        return number


class File(click.Path):
    """The path of a file; with ``exists``, of one that is there."""

    def __init__(self, *, exists: bool = False) -> None:
        super().__init__(exists=exists, dir_okay=False, path_type=Path)

    @property  # click would say it in the language spoken at import
    def name(self) -> str:
        return translate(mark("file"))

    @name.setter
    def name(self, _: str) -> None:
        pass


class Word(click.ParamType[Any]):
    """One of a few words, in either language."""

    name = "word"

    def __init__(self, kind: Callable[[], Any]) -> None:
        self.kind = kind  # made when it is asked for: help pages import nothing heavy

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        kind = self.kind()
        try:
            return kind(value)
        except ValueError:
            self.fail(str(Text("“{value}”: {right}", value=str(value), right=kind.right)), param, ctx)


class Forms(click.ParamType[tuple[str, ...]]):
    """Some forms of a file, with commas between them."""

    name = "forms"

    def __init__(self, known: Sequence[str]) -> None:
        self.known = known

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        words = tuple(word.strip() for word in str(value).split(",") if word.strip())
        if not words or not set(words) <= set(self.known):
            why = Text("“{value}” is no form; there are {forms}", value=str(value), forms=",".join(self.known))
            self.fail(str(why), param, ctx)
        return words
