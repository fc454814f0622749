"""One run at a time: a lock on a file, not waited for, that ends with its process however that ends."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from cstools.errors import CstoolsError, Locked, system_says
from cstools.language import Text


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the lock; raises Locked where another process holds it."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = path.open("a", encoding="utf-8")
    except OSError as error:
        why = system_says(error)
        raise CstoolsError(Text("{path} can't be written: {reason}", path=str(path), reason=why)) from error
    with file:
        try:
            _lock(file)
        except OSError as error:
            raise Locked(Text("another run is making sheets now; this one leaves it to it")) from error
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
