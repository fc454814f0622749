"""The month end under SIGKILL: real processes, a real database, and each of the states has a name."""

import random
import time
import zipfile
from pathlib import Path

import pytest
from conftest import Run
from handover_writers import heard, start
from pay_desks import order, pay_desk
from pay_writers import go_on, say, step, stop

from cstools.desk import Desk
from cstools.pay.seal import checked
from cstools.pay.store import CLOSED, REOPENED, State, runs, slips
from cstools.pay.witness import FILE

SOLD = order(1, "2026-01-08", "10000.00", "工号001") + order(2, "2026-02-09", "5000.00", "工号002")
KILLS = 50
AT_ONCE = 10  # seconds in which a command is done that nothing holds up, on a busy machine


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return pay_desk(tmp_path / "pay", orders=SOLD)


def check(desk: Path) -> list[State]:
    """The states of all runs: named ones, their slips whole, their registers whole or absent; all but the last closed."""
    with Desk.find(desk).journal.reading() as pages:
        found = runs(pages)
        assert len(checked(pages)) >= len(found)
        for one in found:
            assert pages
            assert [slip.person for slip in slips(pages, one)] == ["001", "002"]
    for path in (desk / "工资").glob("[!.]*"):
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
    made = {path.name for path in (desk / "工资").glob("[!.]*")}
    assert {f"工资表_{one.run.id}.xlsx" for one in found} <= made  # the register is there before the journal says so
    assert [one.state for one in found[:-1]] == [State.CLOSED] * len(found[:-1])
    return [one.state for one in found]


def test_killed_at_fifty_random_moments(desk: Path, run: Run) -> None:
    chance = random.Random(6)
    seen: set[tuple[str, State]] = set()
    for _ in range(KILLS):
        process, here = start(go_on, desk)
        word = here.recv()
        for _ in range(chance.randrange(3)):
            word = here.recv()
        time.sleep(chance.uniform(0, 0.15))
        process.kill()
        process.join()
        word = (heard(here) or [word])[-1]
        if states := check(desk):
            seen.add((word, states[-1]))
        assert run("--desk", desk, "pay", "months").exit_code == 0
        begun = time.monotonic()
        code, output = say(desk, *step(desk))
        assert code == 0, output
        assert time.monotonic() - begun < AT_ONCE
        told = (desk / FILE).read_text(encoding="utf-8").splitlines()
        with Desk.find(desk).journal.reading() as pages:
            assert len(checked(pages)) == len(told) - 1  # what a killed one didn't tell, the next one has
    assert len(seen) > 3, seen  # killed in several commands, before and after their step
    while step(desk)[0] in {"approve", "close"}:
        assert say(desk, *step(desk))[0] == 0
    assert set(check(desk)) == {State.CLOSED}
    journal = Desk.find(desk).journal
    closed, opened = ([event.data["run"] for event in journal.events(kind)] for kind in (CLOSED, REOPENED))
    assert len(closed) - len(opened) == len(set(closed))
    assert not list(desk.glob("**/.*.tmp"))


PLACES = [
    ("run", "before the register", []), ("run", "between register and journal", []),
    ("run", "before the seals", [State.DRAFT]), ("run", "after the seals", [State.DRAFT]),
    ("approve", "before the seals", [State.APPROVED]), ("approve", "after the seals", [State.APPROVED]),
    ("close", "before the seals", [State.CLOSED]), ("close", "after the seals", [State.CLOSED]),
]  # fmt: skip


@pytest.mark.parametrize(("word", "where", "states"), PLACES, ids=[f"{word} {where}" for word, where, _ in PLACES])
def test_killed_between_two_writes(word: str, where: str, states: list[State], desk: Path, run: Run) -> None:
    for before in ("run", "approve", "close")[: ("run", "approve", "close").index(word)]:
        assert say(desk, before, "2026-01")[0] == 0
    process, here = start(stop, desk, where, word, "2026-01")
    assert here.recv() == "there"
    process.kill()
    process.join()
    assert check(desk) == states
    assert run("--desk", desk, "pay", "months").exit_code == 0
    code, output = say(desk, *step(desk))
    assert code == 0, output
    assert not list(desk.glob("**/.*.tmp"))
