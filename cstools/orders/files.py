"""Which files of the desk are meant, the newest export first."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

# ExportOrderList202611030915.csv, 订单_2026-11-03_091500.xlsx, 20261103.csv
UNKNOWN: Final = datetime.min  # noqa: DTZ901 - a wall time
_STAMP: Final = re.compile(
    r"(?<!\d)(20\d\d)([-_.]?)(\d\d)\2(\d\d)(?:[-_ T]?(\d\d)[-_.:]?(\d\d)(?:[-_.:]?(\d\d))?)?(?!\d)"
)


def newest_first(folder: Path, patterns: Sequence[str], but: Sequence[str] = ()) -> list[Path]:
    """The files of some patterns, without those of others, hidden ones and Excel's lock files.

    How new an export is, is told by the last date and time in its name, never by when the file was copied; of files
    without one, and of two with the same, the one whose name sorts later is the newer.
    """
    found = _matching(folder, patterns) - _matching(folder, but)
    return sorted(found, key=lambda path: (stamp(path.name), path.name, str(path)), reverse=True)


def _matching(folder: Path, patterns: Sequence[str]) -> set[Path]:
    return {
        path for pattern in patterns for path in folder.glob(pattern) if path.is_file() and path.name[0] not in ".~"
    }


def stamp(name: str) -> datetime:
    """The last date and time in a file's name; UNKNOWN where it has none."""
    last = UNKNOWN
    for found in _STAMP.finditer(name):
        year, _, month, day, hour, minute, second = (
            int(part) if part and part.isdigit() else 0 for part in found.groups()
        )
        try:
            last = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - a wall time
        except ValueError:
            continue
    return last
