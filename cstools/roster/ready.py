"""Machine code is made ready in the background: a quarter of a minute the first time, a second once it is kept."""

from threading import Thread


class Ready:
    """Whether days can be exchanged yet. What went wrong in the background is raised where that is asked."""

    def __init__(self) -> None:
        self._error: BaseException | None = None
        self._thread = Thread(target=self._make, daemon=True)  # a search that ends waits for nobody
        self._thread.start()

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
