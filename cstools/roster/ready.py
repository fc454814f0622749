"""Machine code is made ready in the background: a quarter of a minute the first time, a second once it is kept."""

from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cstools.roster.search import Incumbent


class Ready:
    """Whether days can be exchanged yet. What went wrong in the background is raised where that is asked."""

    def __init__(self, incumbent: "Incumbent") -> None:
        self._error: BaseException | None = None
        self._thread = Thread(target=self._make, args=(incumbent,), daemon=True)  # a search that ends waits for nobody
        self._thread.start()

    def _make(self, incumbent: "Incumbent") -> None:
        try:
            from cstools.roster.anneal import Annealing  # heavy

            Annealing(incumbent, 1, 1).prepare()
        except BaseException as error:  # noqa: BLE001 - raised where it is asked for
            self._error = error

    def now(self, *, wait: bool) -> bool:
        """Whether it is, after waiting for it if that is asked."""
        if wait:
            self._thread.join()
        if self._error:
            raise self._error
        return not self._thread.is_alive()
