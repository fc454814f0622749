"""A process that records roster changes: ``recorder.py JOURNAL PERSON TIMES`` turns the person's Monday on and off."""

import sys
from datetime import date, datetime
from pathlib import Path

from cstools.duties import Facts, Posted, board, record
from cstools.journal import Journal
from cstools.shifts import Duty, Shift

MONDAY = date(2026, 11, 9)
SHIFT = Shift("白", "白班", 9 * 60, 18 * 60, 480)


def main(path: str, person: str, times: str) -> None:
    journal = Journal.open(Path(path))
    posted = Posted.of(Duty(MONDAY, "白", person), SHIFT)
    for _ in range(int(times)):
        with journal.writing(by=person, now=datetime(2026, 11, 8, 9, 0)) as book:
            now = board(book)
            record(book, Facts("swap"), now.changed({(MONDAY, person): None if now.of(person, MONDAY) else posted}))
        sys.stdout.write("recorded\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
