"""Real processes that write into a desk's book and make its sheets, forked from a server that has everything imported."""

import multiprocessing
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import count
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any
from unittest.mock import patch

from agents import MONDAY

from cstools.desk import Desk
from cstools.handover.counter import Counter
from cstools.handover.forms import SUFFIXES
from cstools.handover.lock import only_one
from cstools.handover.making import LOCK, Maker
from cstools.tables.save import save_bytes

NOW = datetime(2026, 11, 10, 12)
_server = multiprocessing.get_context("forkserver")
_server.set_forkserver_preload(["handover_writers", "cstools.handover.forms.workbook", "cstools.tables.write"])


def start(target: Callable[..., None], *words: Any) -> tuple[ForkServerProcess, Connection]:
    """A process, and where it tells what it has done."""
    # A server inherits no sys.path before Python 3.14, and would leave all imports to each process.
    with patch.dict(os.environ, {"PYTHONPATH": os.pathsep.join(sys.path)}):
        forkserver.ensure_running()
    here, there = _server.Pipe(duplex=False)
    process = _server.Process(target=target, args=(there, *words))
    process.start()
    there.close()
    return process, here


def heard(here: Connection) -> list[Any]:
    """All that a process has told and nobody has heard yet; of one that has ended, to its last word."""
    found = []
    while here.poll():
        try:
            found.append(here.recv())
        except EOFError:
            break
    return found


def stand_still() -> None:
    """The desk's clock stands still: what is due when doesn't matter here."""
    Desk.now = lambda _: NOW  # type: ignore[method-assign,assignment] # in this process only


def add(tell: Connection, folder: Path, name: str, times: int) -> None:
    """Record matters as the command does, and tell each that is recorded."""
    stand_still()
    counter = Counter.of(Desk.find(folder))
    for number in range(times):
        with counter.recording(name) as recorder:
            item = recorder.add({"title": f"{name}-{number}", "owner": "001"})
        tell.send((item.number, item.title))


def add_and_make(tell: Connection, folder: Path, name: str, which: str) -> None:
    """Record a matter, make a draft or a final sheet, and so on until killed."""
    stand_still()
    desk = Desk.find(folder)
    counter = Counter.of(desk)
    maker = Maker.of(desk, "", tuple(SUFFIXES), None, name)
    for number in count():
        with counter.recording(name) as recorder:
            title = recorder.add({"title": f"{name}-{number}", "owner": "001"}).title
        tell.send(title)
        forms = (
            tuple(SUFFIXES) if number % 4 == 1 else ("md", "json", "text")
        )  # made fast, so that most time is writing
        with only_one(folder / LOCK):
            made = replace(maker, forms=forms)
            made.make(made.changes.of(MONDAY, "晚") if which == "final" else made.next_after(NOW))


def read_workbook(tell: Connection, folder: Path) -> None:
    """Record what the agents' workbook says."""
    stand_still()
    maker = Maker.of(Desk.find(folder), "", (), None, "")
    tell.send("reading")
    maker.read_workbook()


def hold(tell: Connection, folder: Path) -> None:
    """Hold the lock of the sheets until killed."""
    with only_one(folder / LOCK):
        tell.send("held")
        time.sleep(60)


def save(tell: Connection, path: Path, size: int) -> None:
    """Write a large file of one letter, then of the next, until killed."""
    for number in count():
        save_bytes(path, b"abcdefgh"[number % 8 : number % 8 + 1] * size)
        if not number:
            tell.send("saved")
