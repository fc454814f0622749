"""Making sheets from the command line: which, again and again, missed, locked, without a roster, with bad input."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from conftest import Run
from openpyxl import load_workbook

from cstools import assets
from cstools.desk import Desk
from cstools.errors import Locked
from cstools.handover import making
from cstools.handover.lock import only_one
from cstools.handover.record import Recorder
from cstools.handover.setup import read_setup
from cstools.handover.timetable import clock_times
from cstools.tables.save import save_bytes

NOON = datetime(2026, 11, 9, 12)


class Clock:
    """What the desk's clock says."""

    now = NOON


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(Desk, "now", lambda _: clock.now)
    return clock


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk whose second week of November 2026 is published."""
    folder = tmp_path_factory.mktemp("desk") / "shop"
    shutil.copytree(assets.sample("shop"), folder, ignore=shutil.ignore_patterns(".cstools", "templates"))
    roster = folder / "排班" / "排班_2026-11-09_2026-11-15.xlsx"
    command = [sys.executable, "-m", "cstools", "--desk", str(folder), "roster", "publish", str(roster)]
    done = subprocess.run(command, capture_output=True, check=False, cwd=Path(__file__).parent.parent)
    assert done.returncode == 0, done.stderr.decode()
    return folder


@pytest.fixture
def desk(published: Path, tmp_path: Path, clock: Clock) -> Path:  # noqa: ARG001 - the clock stands still
    return Path(shutil.copytree(published, tmp_path / "shop"))


def add(folder: Path, title: str, at: datetime) -> int:
    """Record an item of the desk's first person; its number."""
    desk = Desk.find(folder)
    setup = read_setup(desk)
    with desk.journal.writing(by="t", now=at) as writing:
        return Recorder(writing, setup).add({"title": title, "owner": next(iter(setup.people))}).number


def sheet(run: Run, folder: Path, *words: str) -> Result:
    return run("--desk", folder, "handover", "sheet", "--format", "text,json", *words)


def written(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((folder / "交接").iterdir())}


def test_the_next_sheet_says_nothing_and_writes_two_files(run: Run, desk: Path) -> None:
    add(desk, "等仓库回复", NOON)
    done = sheet(run, desk)
    assert (done.exit_code, done.output) == (0, "")
    text = written(desk)["交接_2026-11-09_白.txt"]
    assert text.startswith("【交接班单】白班 11-09 周一 08:30–17:00 → 晚班 11-09 周一 16:30–")
    assert "未结 1 项" in text
    assert sorted(written(desk)) == ["交接_2026-11-09_白.json", "交接_2026-11-09_白.txt"]


@pytest.mark.parametrize(
    "words", [("--next",), ("--at", "2026-11-09T11:00"), ("--date", "2026-11-09", "--shift", "白班")]
)
def test_every_way_of_asking_gives_the_same_bytes(run: Run, desk: Path, words: tuple[str, ...]) -> None:
    sheet(run, desk)
    before = written(desk)
    assert sheet(run, desk, *words).exit_code == 0
    assert written(desk) == before


def test_a_draft_changes_until_the_change_and_then_is_final(run: Run, desk: Path, clock: Clock) -> None:
    sheet(run, desk)
    draft = written(desk)["交接_2026-11-09_白.json"]
    add(desk, "交班前记的", NOON)
    sheet(run, desk)
    assert "交班前记的" in written(desk)["交接_2026-11-09_白.json"] != draft
    clock.now = datetime(2026, 11, 9, 18)
    assert sheet(run, desk, "--catch-up").exit_code == 0
    final = written(desk)["交接_2026-11-09_白.json"]
    add(desk, "交班后记的", clock.now)
    sheet(run, desk, "--date", "2026-11-09", "--shift", "白")
    assert written(desk)["交接_2026-11-09_白.json"] == final
    header = json.loads(final)["header"]
    assert (header["frozen"], header["made_late"]) == (True, False)  # its draft was made in time


def test_catching_up_makes_every_missed_sheet_once(run: Run, desk: Path, clock: Clock) -> None:
    add(desk, "第一件", NOON)
    clock.now = NOON + timedelta(days=2)
    assert sheet(run, desk, "--catch-up").exit_code == 0
    made = written(desk)
    days = sorted({name.split("_")[1] for name in made})
    assert days == ["2026-11-09", "2026-11-10"]
    assert all(json.loads(text)["header"]["frozen"] for name, text in made.items() if name.endswith(".json"))
    headers = [json.loads(text)["header"] for name, text in made.items() if name.endswith(".json")]
    late = [header["made_late"] for header in sorted(headers, key=lambda header: header["at"])]
    assert late == [True] * (len(late) - 1) + [False]  # the last is made before the next change
    assert sheet(run, desk, "--catch-up").exit_code == 0
    assert written(desk) == made


def test_catching_up_ends_with_the_sheet_asked_for(run: Run, desk: Path, clock: Clock) -> None:
    add(desk, "第一件", NOON)
    clock.now = datetime(2026, 11, 30, 9)
    assert sheet(run, desk, "--catch-up", "--date", "2026-11-10", "--shift", "白班").exit_code == 0
    made = {name.partition(".")[0] for name in written(desk)}
    assert made == {f"交接_2026-11-{name}" for name in ("09_白", "09_晚", "10_白")}


def test_without_a_roster_a_red_sheet_still_has_the_open_items(run: Run, desk: Path) -> None:
    add(desk, "等仓库回复", NOON)
    done = sheet(run, desk, "--date", "2027-03-09", "--shift", "白班")
    assert done.exit_code == 1
    assert done.stderr.startswith("没有这个班的班表")
    text = written(desk)["交接_2027-03-09_白.txt"]
    assert "■ 没有这个班的班表" in text
    assert "未结 1 项" in text


def test_a_day_that_is_not_published_is_not_passed_over(run: Run, desk: Path, clock: Clock) -> None:
    add(desk, "等仓库回复", NOON)
    clock.now = datetime(2026, 11, 16, 9)  # the Monday after the published week
    told = sheet(run, desk, "--catch-up")
    assert (told.exit_code, told.stderr) == (0, "")  # nothing of the day is over yet
    red = sheet(run, desk, "--next")
    assert (red.exit_code, red.stderr.startswith("没有这个班的班表")) == (1, True)
    assert "未结 1 项" in written(desk)["交接_2026-11-16_白.txt"]
    clock.now = datetime(2026, 11, 18, 9)
    told = sheet(run, desk, "--catch-up")
    assert told.exit_code == 1
    assert told.stderr.splitlines()[-1] == ("2026-11-16 周一、2026-11-17 周二没有已发布的班表，这几天的交接班单做不了")
    assert json.loads(written(desk)["交接_2026-11-16_白.json"])["header"]["frozen"]  # what was a draft is final
    again = sheet(run, desk, "--catch-up")
    assert (again.exit_code, again.stderr) == (0, told.stderr.splitlines()[-1] + "\n")  # said, but no sheet is red
    assert "2026-11-17 周二" in run("--desk", desk, "status").output


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--date", "2026-11-09"), "--date 和 --shift 要一起用"),
        (("--next", "--at", "2026-11-09T11:00"), "--next、--date 加 --shift、--at 只能用一种"),
        (("--date", "2026-11-09", "--shift", "早早"), "没有“早早”这个班次"),
        (("--team", "没有的组"), "“人员”表里没有“没有的组”这个组"),
        (("--format", "pdf"), "没有“pdf”这种格式；有 xlsx,html,md,json,text"),
    ],
)
def test_what_cannot_be_asked_is_told(run: Run, desk: Path, words: tuple[str, ...], line: str) -> None:
    done = sheet(run, desk, *words)
    assert done.exit_code == 2
    assert line in done.stderr
    assert not (desk / "交接").exists()


def test_bad_input_writes_nothing(run: Run, desk: Path) -> None:
    (desk / "team.xlsx").write_bytes(b"PK spoilt")
    done = sheet(run, desk)
    assert (done.exit_code, done.stderr.count("team.xlsx")) == (3, 1)
    assert not (desk / "交接").exists()


def test_two_runs_never_meet(run: Run, desk: Path) -> None:
    with only_one(desk / making.LOCK):
        done = sheet(run, desk)
    assert (done.exit_code, done.stderr) == (75, "另一个程序正在生成交接班单，这次不再重复\n")
    assert sheet(run, desk).exit_code == 0


def test_a_file_that_is_open_is_written_beside(run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save = save_bytes

    def locked(path: Path, data: bytes) -> None:
        if path.name.endswith("白.txt"):
            raise Locked("open")
        save(path, data)

    monkeypatch.setattr("cstools.handover.making.save_bytes", locked)
    done = sheet(run, desk)
    assert done.exit_code == 0
    assert done.output.strip().endswith("交接_2026-11-09_白-1.txt")


@pytest.fixture
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer whose clock tells UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("utc")
def test_the_schedule_names_every_change_in_this_computers_time(run: Run, desk: Path) -> None:
    done = run("--desk", desk, "schedule")
    lines = [line for line in done.output.splitlines() if not line.startswith("#")]
    assert done.exit_code == 0
    assert all(f"{sys.executable} -m cstools --desk {desk} handover sheet" in line for line in lines)
    finals = {line.split(" * * * ")[0] for line in lines if line.endswith("sheet --catch-up")}
    drafts = {line.split(" * * * ")[0] for line in lines if line.endswith("--next --catch-up")}
    assert "30 8" in finals  # 16:30 in Shanghai
    assert "25 8" in drafts  # five minutes before the relief arrives, which this desk asks at its start
    assert sum("schtasks" in line for line in done.output.splitlines()) == len(lines)


def test_cron_without_an_environment_writes_the_same_bytes(run: Run, desk: Path) -> None:
    add(desk, "等仓库回复", NOON)
    words = ("handover", "sheet", "--date", "2026-11-09", "--shift", "白班", "--format", "text,html,xlsx")
    bare = {"TZ": "UTC", "LC_ALL": "C"}
    command = [sys.executable, "-m", "cstools", "--desk", str(desk), *words]
    # Frozen by the first run: the second reads the book up to the same watermark, whatever its clock says.
    done = subprocess.run(command, capture_output=True, check=False, env=bare, cwd=Path(__file__).parent.parent)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    before = {path.name: path.read_bytes() for path in (desk / "交接").iterdir()}
    assert run("--desk", desk, *words).exit_code == 0
    assert {path.name: path.read_bytes() for path in (desk / "交接").iterdir()} == before
    assert "交接_2026-11-09_白.html" in before


def test_without_a_published_roster_the_shifts_tell_the_times(desk: Path) -> None:
    maker = making.Maker.of(Desk.find(desk))
    dues, ends = clock_times(maker.changes, maker.team, datetime(2027, 3, 1).date())
    assert {f"{clock:%H:%M}" for clock in ends} >= {"17:00"}
    assert {f"{clock:%H:%M}" for clock in dues} >= {"16:55"}


def test_the_status_tells_the_last_run_the_next_change_and_what_is_open(run: Run, desk: Path) -> None:
    add(desk, "等仓库回复", NOON)
    sheet(run, desk)
    done = run("--desk", desk, "status")
    lines = done.output.splitlines()
    assert lines[0] == "最近一次生成交接班单：2026-11-09 12:00"
    assert lines[1].startswith("下一次交接班：2026-11-09 16:30，白班 11-09 周一")
    assert lines[-1].startswith("未结 1 项")


def test_the_agents_workbook_is_read_before_a_sheet_is_made(run: Run, desk: Path) -> None:
    assert run("--desk", desk, "handover", "book").exit_code == 0
    again = run("--desk", desk, "handover", "book")
    assert (again.exit_code, "交接日志.xlsx" in again.stderr) == (1, True)
    book = load_workbook(desk / "交接日志.xlsx")
    log: Any = book["事项"]
    places = {cell.value: cell.column for cell in log[1]}
    owner = next(iter(read_setup(Desk.find(desk)).people))
    log.cell(2, places["事项"], "面膜破损")
    log.cell(2, places["负责人"], owner)
    book.save(desk / "交接日志.xlsx")
    assert sheet(run, desk).exit_code == 0
    assert "面膜破损" in written(desk)["交接_2026-11-09_白.json"]
    done = run("--desk", desk, "handover", "import")
    assert (done.exit_code, done.output) == (0, "新记 0 行\n")
    log.cell(3, places["事项"], "没有负责人")
    book.save(desk / "交接日志.xlsx")
    before = written(desk)
    broken = sheet(run, desk)
    assert (broken.exit_code, broken.stderr.split("没有填")[0]) == (3, "交接日志.xlsx 事项!F3: “负责人”")
    assert written(desk) == before
