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
from cstools.desk import SETTINGS
from cstools.errors import CstoolsError, Refused
from cstools.language import Text, spoken
from cstools.roster.sheets.grids import FORMS
from cstools.roster.template_book import write_team
from cstools.tables.grid import Cell, Row, Sheet, fold, read_book
from cstools.tables.save import save_bytes

WORKBOOK: Final = "team.xlsx"
_PLAIN: Final = frozenset({".toml", ".bat"})
_RELATIVE: Final = re.compile(r"第(?P<week>\d+)周周(?P<weekday>[一二三四五六日])|^(?P<days>[+-]\d+)(?=\s|$)")


def new_desk(folder: Path, profile: str, first: date) -> list[Path]:
    """Write a desk whose first day is ``first``; the files written.

    Raises Refused, having written nothing, where one of them exists already.
    """
    files = compose([assets.template(profile)], first)
    there = [name for name in files if (folder / name).exists()]
    if there:
        raise Refused(Text("{folder} has {files} already; nothing was written", folder=str(folder), files=there))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise Refused(Text("{path} can't be a folder: a file is in the way", path=str(folder))) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CstoolsError(Text("{path} can't be written: {reason}", path=str(folder), reason=reason)) from error
    for name, data in files.items():
        save_bytes(folder / name, data)
    return [folder / name for name in files]


def compose(folders: Sequence[Path], first: date) -> dict[str, bytes]:
    """A desk's files by name, from a profile's folder and from others whose files replace its own."""
    paths = {path.name: path for folder in folders for path in sorted(folder.iterdir())}
    plain = {name: path.read_bytes() for name, path in paths.items() if path.suffix in _PLAIN}
    plain[SETTINGS] = plain[SETTINGS].replace(b'language = "zh"', f'language = "{spoken()}"'.encode())
    return {WORKBOOK: write_team(_sheets(paths, first), first), **plain}


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
