"""The seals told outside the journal: a small file in the desk's folder, which also misses what the journal has lost.

A chain of seals can't show that its end is gone: a journal without its latest events, an older copy of it, or none at
all looks whole. The file names every seal there ever was, so that each of these is told. Who mends both the journal and
this file is caught by a seal on paper alone: ``cstools pay months --seal``.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cstools.errors import CstoolsError, system_says
from cstools.journal import Event, Pages
from cstools.language import Text
from cstools.pay.seal import Tampered, checked
from cstools.pay.store import sound
from cstools.tables.save import save_bytes, sweep

FILE: Final = "薪酬封签.txt"


def told(folder: Path) -> list[str]:
    """The lines of the file that name a seal; none where there is no file. Raises CstoolsError where it can't be read.

    Read it before the journal: a seal is told only once it is recorded.
    """
    path = folder / FILE
    try:
        lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines() if path.exists() else []
    except OSError as error:
        raise CstoolsError(Text("{path} can't be read: {reason}", path=str(path), reason=system_says(error))) from error
    return [line for line in lines if line.strip() and not line.startswith("#")]


def confirm(lines: list[str], pages: Pages | None) -> None:
    """Raises Tampered where the journal doesn't have a seal that was told, or the contents that its events name."""
    known = {str(event.data["seal"]) for event in checked(pages)}
    lost = [line for line in lines if line.split()[-1] not in known]
    if lost:
        raise Tampered(
            Text("the pay journal has lost what {file} tells: {line}[[, and {more} more]]", file=FILE,
                 line=lost[0][: -_SEAL].strip(), more=len(lost) - 1 or None),
            Text("put the newest copy of the folder back; never an older one over it"),
        )  # fmt: skip
    sound(pages)


_SEAL: Final = 64  # characters


def tell(folder: Path, pages: Pages | None) -> None:
    """Add every seal of the journal that the file doesn't tell yet; one process at a time."""
    sweep(folder, FILE)
    lines = told(folder)
    there = {line.split()[-1] for line in lines}
    new = [line for seal, line in _lines(checked(pages)) if seal not in there]
    if new:
        head = "# " + str(Text("The seals of this desk's pay journal. cstools compares both: don't change either."))
        save_bytes(folder / FILE, "\n".join([head, *lines, *new, ""]).encode(), private=True)


def _lines(events: list[Event]) -> Iterator[tuple[str, str]]:
    for event in events:
        seal, run = str(event.data["seal"]), event.data["run"]
        yield seal, f"{event.at:%Y-%m-%d %H:%M:%S} {run} {event.kind.rpartition('.')[-1]} {seal}"
