"""How commands read: their help in the language spoken, wrapped by display width, each with an example."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final
from unicodedata import east_asian_width

import click

from cstools.language import Text, mark, translate

CLOSING: Final = "，。、；：！？）》」』】”’…,.;:!?)]}%"
OPENING: Final = "（《「『【“‘([{"
# What may stand at either side of a line's end: Chinese, Japanese and Korean letters and their punctuation.
WIDE: Final = "\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003fffd"
# A word of narrow letters or one wide letter, with the brackets before it and the punctuation after it; or blanks.
PIECE: Final = re.compile(rf"\s+|[{re.escape(OPENING)}]*(?:[^\s{WIDE}]+|\S)[{re.escape(CLOSING)}]*")


def width(text: str) -> int:
    """How many cells a terminal takes for a text: two for a Chinese character."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def wrap(text: str, cells: int) -> list[str]:
    """A paragraph in lines of at most so many cells; a word or a URL that is longer stands alone.

    Chinese may break between any two characters, but no line starts with a comma or ends with an open bracket.
    """
    lines = [""]
    for piece in PIECE.findall(text):
        if width(lines[-1] + piece.rstrip()) > cells and lines[-1].strip():
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        if lines[-1] or not piece.isspace():
            lines[-1] += " " if piece.isspace() else piece
    return [*lines[:-1], lines[-1].rstrip()]


class Page(click.HelpFormatter):
    """click's help page, which counts cells where click counts characters."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        usage = Text("Usage: {command}", command=prog)
        start = f"{prefix}{prog} " if prefix else f"{usage} "
        first, *more = wrap(args, self.width - width(start)) if args else [""]
        self.write(f"{start}{first}".rstrip() + "\n")
        self._lines(more, width(start))

    def write_heading(self, heading: str) -> None:
        self._lines([str(Text("{heading}:", heading=heading))], self.current_indent)

    def write_text(self, text: str) -> None:
        for number, paragraph in enumerate(text.split("\n\n")):
            self._lines([""] if number else [], 0)
            self._lines(wrap(" ".join(paragraph.split()), self.width - self.current_indent), self.current_indent)

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        rows = list(rows)
        second = min(max((width(first) for first, _ in rows), default=0), col_max) + col_spacing + self.current_indent
        for first, text in rows:
            lines = wrap(text, max(self.width - second, 10))
            term = " " * self.current_indent + first
            if width(term) > second - col_spacing:
                self.write(f"{term}\n")
                term = ""
            self.write(f"{term}{' ' * (second - width(term))}{lines[0]}".rstrip() + "\n")
            self._lines(lines[1:], second)

    def _lines(self, lines: Iterable[str], indent: int) -> None:
        for line in lines:
            self.write(f"{'':{indent}}{line}".rstrip() + "\n")


class Context(click.Context):
    """click's context, whose help is a Page."""

    formatter_class = Page


class Spoken:
    """An attribute given in English that answers in the language spoken."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = f"_english_{name}"

    def __get__(self, owner: object, kind: type | None = None) -> str | None:
        key: str | None = getattr(owner, self.name, None)
        return translate(key) if key else key

    def __set__(self, owner: object, key: str | None) -> None:
        setattr(owner, self.name, key)


class Command(click.Command):
    """A command whose help is a sentence of the catalogue and ends with an example.

    ``example`` is one or more command lines as they are typed; a test runs them in a copy of samples/shop.
    """

    context_class = Context
    help: Any = Spoken()
    options_metavar: Any = Spoken()

    def __init__(self, *args: Any, example: str = "", **attributes: Any) -> None:
        attributes.setdefault("options_metavar", mark("[OPTIONS]"))
        super().__init__(*args, **attributes)
        self.example = example

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)  # made once, in whatever language was spoken then
        if option:
            option.help = translate(mark("Show this message and exit."))
        return option

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - cut by width when written, not by letters
        return (self.help or "").split("\n\n")[0]

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.example:
            with formatter.section(translate(mark("Example"))):
                for line in self.example.splitlines():
                    formatter.write(f"  {line}\n")
        super().format_epilog(ctx, formatter)

    def examples(self) -> Iterator[list[str]]:
        """The example's command lines, in words."""
        return (line.split() for line in self.example.splitlines())


class Group(Command, click.Group):
    """A family's commands."""

    command_class = Command
    subcommand_metavar: Any = Spoken()

    def __init__(self, *args: Any, **attributes: Any) -> None:
        attributes.setdefault("subcommand_metavar", mark("COMMAND [ARGS]..."))
        super().__init__(*args, **attributes)


class Option(click.Option):
    """An option whose help and metavar are of the catalogue."""

    help: Any = Spoken()
    metavar: Any = Spoken()


class Argument(click.Argument):
    """An argument whose help and metavar are of the catalogue."""

    help: Any = Spoken()
    metavar: Any = Spoken()
