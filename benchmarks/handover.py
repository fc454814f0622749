"""A book of 200,000 items over three years: what the next sheet costs.

    python benchmarks/handover.py [ITEMS] [OPEN]

First the sheet's content against the bare SQL that it needs: one statement a section, written by hand below, that asks
for the rows and the fields that the sheet prints and for nothing else. Both begin with a fresh connection, take turns,
and are measured in CPU seconds, as others may use the machine; told is the median of the ratios. Then the whole command
on a desk with that book and three years of published rosters, its changes among them.
"""

import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter, process_time

from cstools.days import span
from cstools.desk import Desk
from cstools.duties import Facts, Posted, board, record
from cstools.handover import events
from cstools.handover.book import Book
from cstools.handover.change import Change
from cstools.handover.content import content
from cstools.handover.counter import Counter
from cstools.handover.setup import Setup
from cstools.journal import Book as Writing
from cstools.journal import Journal
from cstools.shifts import Duty
from cstools.team import Team

ROUNDS = 100
ROOT = Path(__file__).parent.parent
LAST = datetime(2026, 11, 9, 16, 0)  # noqa: DTZ001 - a wall time
YEARS = timedelta(days=3 * 365)
CHANGES = 20  # recorded changes of the roster in a month
FIELDS = (
    "kind", "severity", "title", "owner", "status", "opened", "promised", "meal_at", "team", "cause", "course",
    "result", "advice", "wording", "reason", "progress", "target", "customer", "contact", "address", "grade",
    "reference", "liable", "attachments", "late", "accepted_by", "accepted_at", "closed_at", "closed_by",
)  # fmt: skip
LATELY = 200  # events since the sheet before
PAST = shutil.ignore_patterns(".cstools", "交接*")  # what the sample has lived through itself
Statement = tuple[str, tuple[str | int, ...]]


# --- three years of a desk --------------------------------------------------------------------------------------------


def publish(journal: Journal, team: Team) -> None:
    """A roster for each month, five days in seven for everybody, and what was changed in it."""
    names = {person.number: person.name for person in team.people}
    day = (LAST - YEARS).date().replace(day=1)
    while day <= LAST.date() + timedelta(days=31):
        following = (day + timedelta(days=31)).replace(day=1)
        days = span(day, following - timedelta(days=1))
        duties = [posted for each in days for posted in on_duty(team, each)]
        with journal.writing(by="001", now=datetime.combine(day, time()) - timedelta(days=5)) as book:
            record(book, Facts("published"), board(book).published(frozenset(days), duties, names))
        with journal.writing(by="001", now=datetime.combine(day, time())) as book:
            for number in range(CHANGES):
                duty = duties[number * 29 % len(duties)].duty
                record(book, Facts("absent"), board(book).changed({(duty.day, duty.person): None}))
        day = following


def on_duty(team: Team, day: date) -> list[Posted]:
    """Who works on a day, in turn on every shift."""
    shifts = list(team.shifts.on(day).values())
    return [
        Posted.of(
            Duty(day, (shift := shifts[(number + day.toordinal() // 7) % len(shifts)]).code, person.number), shift
        )
        for number, person in enumerate(team.people)
        if (number + day.toordinal()) % 7 < 5  # noqa: PLR2004 - five days in seven
    ]


def fill(journal: Journal, people: list[str], items: int, left_open: int) -> None:
    """Items evenly over three years, each closed the next day, but for the last ones."""
    step = YEARS / items
    with journal.writing(by=people[0], now=LAST) as book:
        for number in range(items):
            at = LAST - YEARS + step * number
            data = {
                "title": f"客户催发货 {number}", "owner": people[number % len(people)], "kind": "催发货",
                "customer": "李女士", "reference": f"2026{number:012}", "contact": "13800138000",
                "severity": "major" if number % 50 == 0 else "ordinary", "progress": "已联系仓库，等回复",
            }  # fmt: skip
            added = events.write(book, events.ADDED, data, at.replace(microsecond=0))
            if number < items - left_open:
                closed = min(at + timedelta(days=1), LAST - timedelta(hours=1)).replace(microsecond=0)
                events.write(book, events.CLOSED, {"item": added.number, "result": "已发货"}, closed)


def work(book: Writing, change: Change) -> None:
    """What else a shift leaves: who came, what was ticked, said, counted; and the sheet before, which is final."""
    morning = {"change": f"|{change.day - timedelta(days=1)}|晚", "at": change.begins.isoformat()}
    events.write(book, events.FROZEN, {**morning, "until": book.last() - LATELY, "cut": change.begins.isoformat()})
    for worker in (*change.outgoing, *change.relief):
        told = {"day": worker.day.isoformat(), "shift": worker.shift.code, "person": worker.number, "note": ""}
        events.write(book, events.ARRIVED, told, change.begins)
    for number in range(5):
        said = {"text": f"第 {number} 条", "since": change.day.isoformat()}
        events.write(book, events.ORDERED, {**said, "given_by": "主管"}, change.begins)
        events.write(book, events.POSTED, {**said, "kind": "活动"}, change.begins)
        thing = {"thing": f"钥匙 {number}", "expected": 3, "counted": 3}
        events.write(book, events.COUNTED, thing, change.begins + timedelta(minutes=5))
        events.write(
            book, events.EQUIPMENT, {"equipment": f"电话 {number}", "state": "fault", "note": ""}, change.begins
        )


# --- content against bare SQL -----------------------------------------------------------------------------------------


def statements(change: Change, until: int, fields: str) -> list[Statement]:
    """What a sheet asks of the file, a statement a section; ``fields`` is what it asks of an item, and ``until`` the
    last event that the sheet before told of.
    """
    begins, at, day = change.begins.isoformat(" "), LAST.isoformat(" "), change.day.isoformat()
    live, over = "'order', 'notice', 'thing', 'equipment'", "shelf = 'item' AND grave AND NOT live"
    closed = f"({over} AND at >= ?) OR ({over} AND number > ?)"
    done = "shelf IN ('tick', 'arrival', 'figures') AND key >= ? AND key < ?"
    return [
        ("SELECT data FROM cards WHERE shelf = 'change' AND key = ?", (change.key,)),
        ("SELECT data FROM cards WHERE shelf = 'change' AND at >= ?", (begins,)),
        (f"SELECT key, number, {fields} FROM cards WHERE shelf = 'item' AND live", ()),  # noqa: S608 - our own words
        (f"SELECT key, number, {fields} FROM cards WHERE {closed}", (begins, until)),  # noqa: S608
        (f"SELECT shelf, key, data FROM cards WHERE shelf IN ({live}) AND live", ()),  # noqa: S608
        (f"SELECT shelf, data FROM cards WHERE {done}", (day, f"{day}~")),  # noqa: S608
        (f"SELECT shelf, key FROM threads WHERE shelf IN ('item', {live}) AND at > ?", (at,)),  # noqa: S608
    ]


def compare(journal: Journal, made: Setup, change: Change) -> None:
    """Tell what the content costs, and how often the bare SQL: its fields, and its rows as they lie in the file."""

    def make() -> None:
        with journal.reading() as pages:
            content(Book(pages, made), change, LAST)

    def bare(asked: list[Statement]) -> None:
        with journal.reading() as pages:
            assert pages  # noqa: S101 - it was filled
            for statement, values in asked:
                pages._link.execute(statement, values).fetchall()  # noqa: SLF001 - through the same door

    with journal.reading() as pages:
        assert pages  # noqa: S101
        sheet, until = content(Book(pages, made), change, LAST), pages.last() - LATELY
    by_field = statements(change, until, ", ".join(f"json_extract(data, '$.{name}')" for name in FIELDS))
    by_row = statements(change, until, "data")
    rounds = [(cpu(make), cpu(lambda: bare(by_field)), cpu(lambda: bare(by_row))) for _ in range(ROUNDS)]
    whole, fields, rows = (statistics.median(times) * 1000 for times in zip(*rounds, strict=True))
    print(f"SQLite {sqlite3.sqlite_version}")
    print(f"content: {whole:.2f} ms of CPU for {len(sheet.items)} open items and {len(sheet.resolved)} closed ones")
    ratio = statistics.median(content / bare for content, bare, _ in rounds)
    print(f"  {ratio:.2f} x the bare SQL that gives every field printed ({fields:.2f} ms)")
    ratio = statistics.median(content / bare for content, _, bare in rounds)
    print(f"  {ratio:.2f} x the bare SQL that gives the rows as they lie, their JSON unread ({rows:.2f} ms)")


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds that some work takes: the least of three, as what others do at the same time only ever adds."""
    return min(once(work) for _ in range(3))


def once(work: Callable[[], object]) -> float:
    """CPU seconds that some work takes."""
    started = process_time()
    work()
    return process_time() - started


# --- the whole command ------------------------------------------------------------------------------------------------


def command(folder: Path) -> None:
    """Tell what the whole command costs, its files written."""
    words = [sys.executable, "-m", "cstools", "handover", "sheet", "--desk", str(folder), "--at", LAST.isoformat()]
    times = []
    for _ in range(5):
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
        subprocess.run(words, check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        times.append((perf_counter() - started, used))
    wall, used = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"the whole command: {wall:.2f} s, of which {used:.2f} s of CPU (load {os.getloadavg()[0]:.1f})")


def main() -> None:
    """Fill a desk and tell its figures."""
    items = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    left_open = int(sys.argv[2]) if len(sys.argv) > 2 else 60  # noqa: PLR2004 - the second word
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "samples" / "shop", folder, dirs_exist_ok=True, ignore=PAST)
        desk = Desk.find(Path(folder))
        team = Counter.of(desk).team
        publish(desk.journal, team)
        fill(desk.journal, [person.number for person in team.people], items, left_open)
        counter = Counter.of(desk)
        change = counter.change(at=LAST)
        with desk.journal.writing(by="001", now=LAST) as book:
            work(book, change)
        print(f"{items} items, {left_open} of them open, and 37 months of rosters")
        compare(desk.journal, counter.setup, change)
        command(Path(folder))


if __name__ == "__main__":
    main()
