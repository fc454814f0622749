"""Machine code is made ready in the background: ten seconds the first time, less than one once it is kept."""

import atexit
import os
from threading import Thread
from typing import Final

INTERRUPTED: Final = 130
ENOUGH: Final = 10.0  # seconds for exchanging days at all


def begun(tiers: int, seconds: float) -> "Ready | None":
    """Making it ready, where so many tiers are to be settled in so many seconds; None where days are not exchanged."""
    return Ready() if tiers > 1 and seconds >= ENOUGH else None


class Ready:
    """Whether days can be exchanged yet. What went wrong in the background is raised where that is asked."""

    def __init__(self) -> None:
        self._error: BaseException | None = None
        self._thread = Thread(target=self._make, daemon=True)
        self._thread.start()
        atexit.register(self._finish)

    def _make(self) -> None:
        try:
            from cstools.roster import anneal  # heavy

            anneal.prepare()
        except BaseException as error:  # noqa: BLE001 - raised where it is asked for
            self._error = error

    def now(self, *, wait: bool) -> bool:
        """Whether it is, after waiting for it if that is asked."""
        if wait:
            self._thread.join()
        if self._error:
            raise self._error
        return not self._thread.is_alive()

    def _finish(self) -> None:
        """Python ends once it is made: half-made it brings Python down, and the next search wants it."""
        try:
            self._thread.join()
        except KeyboardInterrupt:
            os._exit(INTERRUPTED)
