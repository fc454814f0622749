"""A new desk from a profile: its workbook, its cstools.toml, and what Windows starts by a double-click.

A profile is a folder of ``templates``: a csv for each sheet, whose days count from the desk's first one:
``第2周周三`` is the Wednesday of its second week, ``+3`` and ``-1`` are days after and before its first.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from cstools import assets
from cstools.days import read_weekday
from cstools.desk.new import plain_files, write_desk
from cstools.roster.sheets.grids import FORMS
from cstools.roster.template_book import write_team
from cstools.tables.grid import Cell, Row, Sheet, fold, read_book

WORKBOOK: Final = "team.xlsx"
_RELATIVE: Final = re.compile(r"第(?P<week>\d+)周周(?P<weekday>[一二三四五六日])|^(?P<days>[+-]\d+)(?=\s|$)")


def new_desk(folder: Path, profile: str, first: date) -> list[Path]:
    """Write a desk whose first day is ``first``; the files written.

    Raises Refused, having written nothing, where one of them exists already.
    """
    return write_desk(folder, compose([assets.template(profile)], first))


def compose(folders: Sequence[Path], first: date) -> dict[str, bytes]:
    """A desk's files by name, from a profile's folder and from others whose files replace its own."""
    paths = {path.name: path for folder in folders for path in sorted(folder.iterdir())}
    return {WORKBOOK: write_team(_sheets(paths, first), first), **plain_files(paths)}


def _sheets(paths: Mapping[str, Path], first: date) -> dict[str, Sheet]:
    """The sheets there are by their form's key, with dates for relative days."""
    found = {}
    tables = [path for path in paths.values() if path.suffix == ".csv"]
    for form in FORMS:
        path = next((path for path in tables if fold(path.stem) in form.names()), None)
        if path:
            found[form.label] = dated(read_book(path).first, first)
    return found


def dated(sheet: Sheet, first: date) -> Sheet:
    """A sheet with dates for its relative days: ``第1周周二 9:30`` becomes ``2026-11-17 9:30``."""

    def day(found: re.Match[str]) -> str:
        after = int(found["days"] or 0)
        if found["week"]:
            after = 7 * (int(found["week"]) - 1) + read_weekday(found["weekday"]) - first.weekday()
        return (first + timedelta(days=after)).isoformat()

    def cell(old: Cell) -> Cell:
        return replace(old, value=_RELATIVE.sub(day, old.value)) if isinstance(old.value, str) else old

    return replace(sheet, rows=tuple(Row(row.number, tuple(map(cell, row.cells))) for row in sheet.rows))
