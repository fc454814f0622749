"""The handover under SIGKILL, twenty writers, two runs at once, and the same run twice: real processes, a real database."""

import json
import os
import random
import subprocess
import sys
import time
import zipfile
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from agents import Agents
from click.testing import CliRunner
from conftest import Run
from handover_writers import NOW, add, add_and_make, heard, hold, read_workbook, save, start

from cstools.cli import main
from cstools.desk import Desk
from cstools.handover.making import LIST
from cstools.tables.save import sweep

ROOT = Path(__file__).parent.parent
FORMS = "xlsx,html,md,json,text"
ENDS = {".html": b"</html>\n", ".md": b"*  \n", ".json": b"}\n", ".txt": b"\n"}


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk without an agents' workbook."""
    folder = tmp_path_factory.mktemp("desk")
    agents = Agents.at(folder, lambda *words: CliRunner().invoke(main, [str(word) for word in words]))
    agents.path.unlink()
    return agents.folder


@pytest.fixture
def desk(ready: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Agents:
    monkeypatch.setattr(Desk, "now", lambda _: NOW)
    return Agents.of(ready, tmp_path, run)


def titles(desk: Agents) -> list[str]:
    """The titles of all matters, in the order of their numbers."""
    found = [event.data["title"] for event in Desk.find(desk.folder).journal.events("handover.item.added")]
    return [str(title) for title in found]


def check_whole(folder: Path) -> None:
    """Every file in the folder of sheets is a whole one, or one that nobody takes for a sheet."""
    for path in folder.glob("[!.]*"):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                assert archive.testzip() is None
        else:
            assert path.read_bytes().endswith(ENDS[path.suffix]), path


def check_list(desk: Agents) -> None:
    """Every sheet listed is there as it was listed, and what a killed writer left behind is gone."""
    listed = json.loads((desk.folder / LIST).read_text("utf-8"))
    sums = {name: told for sheet in listed.values() for name, told in sheet["files"].items()}
    files = {path.name: sha256(path.read_bytes()).hexdigest() for path in (desk.folder / "交接").iterdir()}
    assert files | sums == files
    assert not list(desk.folder.glob("*/.*.tmp"))


def test_killed_at_fifty_random_moments(desk: Agents) -> None:
    chance = random.Random(4)
    told: list[str] = []
    for number in range(50):
        process, here = start(add_and_make, desk.folder, f"p{number}", ("draft", "final")[number % 2])
        told += [here.recv() for _ in range(chance.randrange(1, 6))]
        time.sleep(chance.uniform(0, 0.1))
        process.kill()
        process.join()
        told += heard(here)
        check_whole(desk.folder / "交接")
        assert desk.say("add", f"next-{number}", "--owner", "001").exit_code == 0
        told.append(f"next-{number}")
        if number % 5 == 4:
            done = desk.say("sheet", "--next", "--catch-up", "--format", FORMS)
            assert (done.exit_code, done.output) == (0, "")
            check_list(desk)
    found = titles(desk)
    assert len(set(found)) == len(found)
    assert set(told) <= set(found)
    assert len(found) <= len(told) + 50  # recorded, and killed before it was told


def test_a_large_file_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    """A page of a sheet is written in one breath; something larger shows that none is ever seen in pieces."""
    chance, path, size = random.Random(5), tmp_path / "large", 1 << 23
    for _ in range(15):
        process, here = start(save, path, size)
        assert here.poll(60)
        time.sleep(chance.uniform(0, 0.05))
        process.kill()
        process.join()
        data = path.read_bytes()
        assert data.count(data[:1]) == len(data) == size
    sweep(tmp_path, "large")
    assert list(tmp_path.iterdir()) == [path]


def test_twenty_processes_lose_and_double_none_of_two_thousand(desk: Agents) -> None:
    started = [start(add, desk.folder, f"p{number:02}", 100) for number in range(20)]
    told: list[tuple[int, str]] = []
    while any(process.is_alive() for process, _ in started):
        told += [one for _, here in started for one in heard(here)]
        time.sleep(0.05)
    told += [one for _, here in started for one in heard(here)]
    assert [process.exitcode for process, _ in started] == [0] * 20
    assert {title for _, title in told} == {f"p{by:02}-{number}" for by in range(20) for number in range(100)}
    assert [title for _, title in sorted(told)] == titles(desk)
    assert len({number for number, _ in told}) == len(told) == 2000


def test_a_workbook_read_by_many_at_once_and_by_some_that_are_killed_is_read_once(desk: Agents) -> None:
    assert desk.say("book").exit_code == 0
    desk = Agents.of(desk.folder, desk.folder, desk.run)
    desk.enter("事项", *({"事项": f"查件{number}", "负责人": "001"} for number in range(10)))
    desk.enter("清点", *({"物品": "钥匙", "应有": 5, "实点": 5, "清点人": "001"} for _ in range(10)))
    desk.say("list")
    chance = random.Random(6)
    killed = [start(read_workbook, desk.folder) for _ in range(4)]
    for process, here in killed:
        assert here.recv() == "reading"
        time.sleep(chance.uniform(0, 0.05))
        process.kill()
        process.join()
    started = [start(read_workbook, desk.folder) for _ in range(4)]
    for process, _ in started:
        process.join()
    assert [process.exitcode for process, _ in started] == [0] * 4
    assert titles(desk) == [f"查件{number}" for number in range(10)]
    assert len(Desk.find(desk.folder).journal.events("handover.thing.counted")) == 10
    assert desk.say("import").output == "新记 0 行\n"


def test_a_run_beside_another_ends_at_once_and_one_after_a_killed_one_works(desk: Agents) -> None:
    process, here = start(hold, desk.folder)
    assert here.recv() == "held"
    done = desk.say("sheet", "--next")  # one that waited would get the lock in the end
    assert (done.exit_code, done.stderr.count("\n"), done.stdout) == (75, 1, "")
    assert process.is_alive()
    assert desk.say("add", "照样能记", "--owner", "001").exit_code == 0
    process.kill()
    process.join()
    assert desk.say("sheet", "--next").exit_code == 0


def fill(desk: Agents) -> None:
    desk.say("add", "等仓库回复", "--owner", "001", "--customer", "李女士", "--cause", "=1+1 <b>")
    desk.say("add", "催发货", "--owner", "002", "--type", "催发货", "--severity", "紧急")


def sheets(desk: Agents) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (desk.folder / "交接").iterdir()}


def test_a_final_sheet_made_again_has_the_same_bytes(desk: Agents) -> None:
    fill(desk)
    words = ("handover", "sheet", "--date", "2026-11-09", "--shift", "晚", "--format", FORMS)
    assert desk.run("--desk", desk.folder, *words).exit_code == 0
    before = sheets(desk)
    assert sorted(Path(name).suffix for name in before) == sorted((*ENDS, ".xlsx"))
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-m", "cstools", "--desk", str(desk.folder), *words]
        done = subprocess.run(command, capture_output=True, check=False, env=env, cwd=ROOT)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
        assert sheets(desk) == before


def test_a_draft_made_again_later_has_the_same_bytes(desk: Agents, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(desk)
    assert desk.say("sheet", "--next", "--format", FORMS).exit_code == 0
    before = sheets(desk)
    monkeypatch.setattr(Desk, "now", lambda _: NOW + timedelta(minutes=17))
    assert desk.say("sheet", "--next", "--format", FORMS).exit_code == 0
    assert sheets(desk) == before
