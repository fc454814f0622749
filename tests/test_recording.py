"""Roster changes recorded by many at once, and by processes that are killed: real processes, a real database."""

import random
import subprocess
import sys
import time
from pathlib import Path

from recorder import MONDAY

from cstools.duties import board, versions
from cstools.journal import Journal

ROOT = Path(__file__).parent.parent


def start(path: Path, person: str, times: int) -> "subprocess.Popen[str]":
    command = [sys.executable, str(ROOT / "tests" / "recorder.py"), str(path), person, str(times)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT)})


def test_twenty_at_once_lose_and_double_no_change(tmp_path: Path) -> None:
    each = 21  # an odd number: everybody works at the end
    path = tmp_path / "journal.db"
    Journal.open(path)
    people = [f"{number:03d}" for number in range(20)]
    processes = [start(path, person, each) for person in people]
    for process in processes:
        process.communicate(timeout=300)
    assert [process.returncode for process in processes] == [0] * len(people)
    found = versions(Journal.open(path))
    assert [version.number for version in found] == list(range(1, each * len(people) + 1))
    for person in people:
        mine = [version.moves for version in found if version.author == person]
        assert [(move.person, move.after is not None) for (move,) in mine] == [
            (person, n % 2 == 0) for n in range(each)
        ]
    assert {person for _, person in board(Journal.open(path)).cells} == set(people)


def test_killed_recorders_leave_whole_changes(tmp_path: Path) -> None:
    path, chance = tmp_path / "journal.db", random.Random(7)
    told = 0
    for number in range(50):
        process = start(path, f"{number:03d}", 10**6)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.03))
        process.kill()
        told += 1 + sum(line.endswith("\n") for line in process.stdout)
        process.stdout.close()
        process.wait()
    found = versions(Journal.open(path))
    assert [version.number for version in found] == list(range(1, len(found) + 1))
    assert told <= len(found) <= told + 50
    assert all(len(version.moves) == 1 and version.moves[0].day == MONDAY for version in found)
