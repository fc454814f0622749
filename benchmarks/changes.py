"""How the cost of recording a roster change grows with the versions before it.

    python benchmarks/changes.py [CHANGES]

A month of thirty people is published, then so many single changes are recorded, each as a command does it: read what is
published, record what is otherwise, in one transaction. Told are the CPU milliseconds of a change, stretch by stretch.
"""

import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from time import process_time

from cstools.duties import Board, Facts, Posted, board, record
from cstools.journal import Journal
from cstools.shifts import Duty, Shift

STRETCHES = 5
FIRST, NOW = date(2026, 11, 1), datetime(2026, 10, 25, 9, 0)  # noqa: DTZ001 - a wall time
SHIFT = Shift("白", "白班", 9 * 60, 18 * 60, 480)
PEOPLE = [f"{number:03}" for number in range(30)]


def posted(place: int) -> Posted:
    """One of the month's nine hundred duties."""
    day, person = divmod(place % 900, len(PEOPLE))
    return Posted.of(Duty(FIRST + timedelta(days=day), SHIFT.code, PEOPLE[person]), SHIFT)


def change(journal: Journal, number: int) -> None:
    """Turn somebody's duty off, or on again."""
    one = posted(number * 7)
    cell = one.duty.day, one.duty.person
    with journal.writing(by="t", now=NOW) as book:
        now = board(book)
        record(book, Facts("swap"), now.changed({cell: None if cell in now.cells else one}))


def main() -> None:
    """Tell the cost of a change, early and late."""
    changes = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal(Path(folder) / "journal.db")
        days = frozenset(posted(place).duty.day for place in range(900))
        with journal.writing(by="t", now=NOW) as book:
            record(book, Facts("published"), Board().published(days, map(posted, range(900)), {}))
        stretch = changes // STRETCHES
        for begin in range(0, stretch * STRETCHES, stretch):
            started = process_time()
            for number in range(begin, begin + stretch):
                change(journal, number)
            milliseconds = (process_time() - started) / stretch * 1000
            print(f"changes {begin + 1} to {begin + stretch}: {milliseconds:.1f} ms of CPU each")


if __name__ == "__main__":
    main()
