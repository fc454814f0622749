"""One run at a time: a lock on a file, not waited for, that ends with its process however that ends."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from cstools.errors import CstoolsError, Locked, system_says
from cstools.language import Text

HELD: Final = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)  # what a lock that somebody else holds is called


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the lock; raises Locked where another process holds it."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = path.open("a", encoding="utf-8")
    except OSError as error:
        raise _unlockable(path, error) from error
    with file:
        try:
            _lock(file)
        except OSError as error:
            if error.errno not in HELD:
                raise _unlockable(path, error) from error
            raise Locked(Text("another run is making sheets now; this one leaves it to it")) from error
        yield


def _unlockable(path: Path, error: OSError) -> CstoolsError:
    """For a folder that can't be written, or a network's that knows no locks."""
    return CstoolsError(Text("{path} can't be written: {reason}", path=str(path), reason=system_says(error)))


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
