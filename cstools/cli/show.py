"""Tables and lines as plain text: no colours, columns lined up by display width."""

from collections.abc import Iterable, Sequence

import click

from cstools.language import Text, show

Cell = Text | str | int | float | None


def table(headers: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """A table with a line under its headers; numbers to the right, all else to the left, None blank.

    Texts that look like numbers stay as they are: 007 is 007.
    """
    from tabulate import tabulate

    rows = [list(row) for row in rows]
    aligned = ["right" if _numeric(column) else "left" for column in zip(*rows, strict=True)]
    shown = [["" if cell is None else show(cell) for cell in row] for row in rows]
    heads = [str(header) for header in headers]
    return tabulate(shown, heads, tablefmt="simple", colalign=aligned or None, disable_numparse=True)


def _numeric(column: Sequence[object]) -> bool:
    return any(cell is not None for cell in column) and all(
        cell is None or (isinstance(cell, int | float) and not isinstance(cell, bool)) for cell in column
    )


def say(*lines: object) -> None:
    """Each line on the screen, in the language spoken."""
    for line in lines:
        click.echo(show(line))
