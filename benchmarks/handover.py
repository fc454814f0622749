"""A book of 200,000 items over three years: the next sheet's content against the bare SQL that it needs.

    python benchmarks/handover.py [ITEMS] [OPEN]

Each round makes the sheet's content from a fresh connection, then runs the very statements that it ran, again from a
fresh connection, and fetches their rows. What is told is the median of the ratios; it should stay below 3.
"""

import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from cstools.assets import template
from cstools.dated import Dated
from cstools.desk.settings import Settings
from cstools.duties import Board, Posted
from cstools.handover import events
from cstools.handover.book import Book
from cstools.handover.change import Change
from cstools.handover.changes import Changes
from cstools.handover.content import content
from cstools.handover.setup import Setup
from cstools.handover.types import FILE, read_types_file
from cstools.journal import Journal, Pages
from cstools.people import Person, Terms
from cstools.shifts import Duty, Shift

if TYPE_CHECKING:
    from cstools.errors import Fault

ROUNDS = 15
LAST = datetime(2026, 11, 9, 16, 0)  # noqa: DTZ001 - a wall time
DAY, EVENING = Shift("白", "白班", 510, 1020, 480), Shift("晚", "晚班", 990, 1440, 420)


def fill(journal: Journal, items: int, left_open: int) -> None:
    """Items evenly over three years, each updated once and closed the next day, but for the last ones."""
    step = timedelta(days=3 * 365) / items
    first = LAST - timedelta(days=3 * 365)
    with journal.writing(by="001", now=LAST) as book:
        for number in range(items):
            at = first + step * number
            data = {
                "title": f"客户催发货 {number}", "owner": f"{number % 20:03}", "kind": "催发货", "customer": "李女士",
                "reference": f"2026{number:012}", "severity": "major" if number % 50 == 0 else "ordinary",
            }  # fmt: skip
            added = events.write(book, events.ADDED, data, at.replace(microsecond=0))
            if number < items - left_open:
                closed = min(at + timedelta(days=1), LAST).replace(microsecond=0)
                events.write(book, events.CLOSED, {"item": added.number, "result": "已发货"}, closed)


def setup() -> tuple[Setup, Change]:
    """Twenty people, of whom half go and half come."""
    faults: list[Fault] = []
    people = tuple(Person(f"{n:03}", f"员工{n}", Dated.always(Terms())) for n in range(20))
    duties = [Duty(LAST.date(), ("白", "晚")[n % 2], f"{n:03}") for n in range(20)]
    posted = {(duty.day, duty.person): Posted.of(duty, DAY if duty.shift == "白" else EVENING) for duty in duties}
    board = Board(frozenset({LAST.date()}), posted, {})
    change = Changes(board, people, Settings()).of(date(2026, 11, 9), "白")
    types = read_types_file(template(FILE), faults)
    return Setup(types, people={person.number: person for person in people}), change


def timed(work: Callable[[], object]) -> float:
    """Seconds that some work takes."""
    started = perf_counter()
    work()
    return perf_counter() - started


def compare(journal: Journal, made: Setup, change: Change) -> tuple[float, float, int]:
    """Median milliseconds of the content, the median ratio to its bare SQL, and how many lines the sheet has."""
    statements: list[str] = []
    lines = 0

    def make() -> None:
        nonlocal lines
        with journal.reading() as pages:
            lines = len(content(Book(pages, made), change, LAST).items)

    def bare() -> None:
        with journal.reading() as pages:
            assert pages  # noqa: S101 - it was filled
            for statement in statements:
                pages._link.execute(statement).fetchall()  # noqa: SLF001 - through the same door

    with closing(sqlite3.connect(journal.path)) as link:
        link.set_trace_callback(statements.append)
        content(Book(Pages(link), made), change, LAST)
    rounds = [(timed(make), timed(bare)) for _ in range(ROUNDS)]
    ratios = [whole / sql for whole, sql in rounds]
    return statistics.median(whole for whole, _ in rounds) * 1000, statistics.median(ratios), lines


def main() -> None:
    """Fill a book and tell its figures."""
    items = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    left_open = int(sys.argv[2]) if len(sys.argv) > 2 else 60  # noqa: PLR2004 - the second word
    made, change = setup()
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal(Path(folder) / "journal.db")
        print(f"{items} items filled in {timed(lambda: fill(journal, items, left_open)):.1f} s")
        whole, ratio, lines = compare(journal, made, change)
        print(f"{lines} open items on the sheet: {whole:.1f} ms, {ratio:.2f} x the bare SQL")


if __name__ == "__main__":
    main()
