"""Real processes that take a pay desk from month to month, forked from a server that has everything imported."""

import multiprocessing
import os
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from unittest.mock import patch

from click.testing import CliRunner

from cstools.cli import main
from cstools.desk import Desk
from cstools.language import speak
from cstools.pay.store import State, runs
from cstools.tables.save import save_bytes

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 1)  # the holidays of no other year are known yet
NEXT = {State.DRAFT: "approve", State.APPROVED: "close"}
multiprocessing.get_context("forkserver").set_forkserver_preload(
    ["handover_writers", "pay_writers", "cstools.cli.pay", "cstools.pay.closing", "cstools.tables.write"]
)


def step(folder: Path) -> tuple[str, str]:
    """What comes next on a desk: a command and its month."""
    with Desk.find(folder).journal.reading() as pages:
        found = runs(pages)
    if not found:
        return "run", f"{FIRST:%Y-%m}"
    last = found[-1]
    if last.state is State.CLOSED and last.run.month == LAST:
        return "reopen", f"{LAST:%Y-%m}"
    if last.state is State.CLOSED:
        return "run", f"{last.run.work.last + timedelta(days=1):%Y-%m}"
    return NEXT[last.state], f"{last.run.month:%Y-%m}"


def say(folder: Path, word: str, month: str) -> tuple[int, str]:
    """A command's exit code and its output."""
    why = ["--why", "再核对一次"] if word == "reopen" else []
    done = CliRunner().invoke(main, ["--desk", str(folder), "pay", word, "--month", month, *why])
    return done.exit_code, done.output


def go_on(tell: Connection, folder: Path) -> None:
    """Run, run again, approve, close, and so on until killed, the last month again; each is told before it begins."""
    speak("zh")
    while True:
        word, month = step(folder)
        for each in ("run", word) if word == "approve" else (word,):
            tell.send(each)
            code, output = say(folder, each, month)
            assert code == 0, output


def stop(tell: Connection, folder: Path, where: str, word: str, month: str) -> None:
    """A command that comes to a place, tells so, and stays there until killed."""

    def stay(*_: Any, **__: Any) -> None:
        tell.send("there")
        time.sleep(60)

    def after(work: Callable[..., Any]) -> Callable[..., Any]:
        def both(*words: Any, **more: Any) -> None:
            work(*words, **more)
            stay()

        return both

    speak("zh")
    sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - as long as the process lives
    places: dict[str, tuple[str, Callable[..., Any]]] = {
        "before the register": ("cstools.pay.making.save_bytes", stay),
        "between register and journal": ("cstools.pay.making.save_bytes", after(save_bytes)),
        "before the seals": ("cstools.pay.witness.tell", stay),
        "after the seals": ("cstools.pay.witness.save_bytes", after(save_bytes)),
    }
    patch(*places[where]).start()  # until killed
    say(folder, word, month)
