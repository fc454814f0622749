"""Where a bug's traceback goes: the desk's own log, else a file of the system's temporary folder.

Both are their owner's alone to read, as what a traceback quotes may be somebody's pay.
"""

import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from cstools import __version__


def write(trace: str, desk: Path | None) -> Path:
    """Add an entry to ``.cstools/errors.log`` of the desk, the nearest one upwards without it, and say where.

    The temporary folder stands in where there is no desk or its folder can't be written.
    """
    entry = f"{datetime.now(UTC).isoformat()} cstools {__version__} {sys.argv[1:]}\n{trace}\n"
    folder = desk or _nearest(Path.cwd())
    if folder and folder.is_dir():
        try:
            return _append(folder / ".cstools" / "errors.log", entry)
        except OSError:
            pass
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="cstools-", suffix=".log", delete=False) as file:
        file.write(entry)
    return Path(file.name)


def _nearest(start: Path) -> Path | None:
    return next((folder for folder in (start, *start.parents) if (folder / "cstools.toml").is_file()), None)


def _append(path: Path, entry: str) -> Path:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with open(path, "a", encoding="utf-8", opener=_for_owner) as file:
        file.write(entry)
    return path


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
