"""The crontab that ``cstools schedule`` prints, run as cron runs it: no environment, a clock in UTC, the C locale."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from desks import SHEETS, make, sheets

from cstools.desk import Desk
from cstools.duties import Board, Facts, Posted, record
from cstools.handover.record import Recorder
from cstools.handover.setup import read_setup
from cstools.shifts import Duty, Shift

ROOT = Path(__file__).parent.parent
HOURS = timedelta(hours=5)
BARE = ("env", "-i", "TZ=UTC", "LC_ALL=C", "/bin/sh", "-c")


@dataclass
class Cron:
    """A desk whose 白班 began three hours ago and ends in two, after 早班 and before 晚班; and its crontab."""

    folder: Path
    ends: datetime
    table: tuple[str, ...]

    @property
    def draft(self) -> str:
        """The command that makes the next draft."""
        return next(line for line in self.table if "--next" in line).split(" * * * ")[1].replace(r"\%", "%")

    @property
    def final(self) -> str:
        """The command at the change itself."""
        return next(line for line in self.table if "--next" not in line).split(" * * * ")[1].replace(r"\%", "%")

    def sheets(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.folder / "交接").iterdir()}


def bare(command: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run([*BARE, command], capture_output=True, check=False, cwd=ROOT)


def shift(code: str, start: datetime) -> tuple[datetime, Shift]:
    """A shift of five hours from a moment on."""
    minutes = start.hour * 60 + start.minute
    return start, Shift(code, f"{code}班", minutes, minutes + 300, 300)


@pytest.fixture
def cron(tmp_path: Path) -> Cron:
    """Three shifts about the moment at which the test runs: the commands read the real clock."""
    folder = tmp_path / "客服 班组 100%"
    folder.mkdir()
    desk = make(folder, sheets(班次=[*SHEETS["班次"], ["早", "早班", "5:00", "10:00"]]))
    now = desk.now().replace(second=0)
    begins = now - timedelta(hours=3)
    duties = [
        Posted.of(Duty(start.date(), each.code, who), each)
        for (start, each), who in (
            (shift("早", begins - HOURS), "003"), (shift("白", begins), "001"), (shift("晚", begins + HOURS), "002"),
        )
    ]  # fmt: skip
    days = frozenset(posted.duty.day for posted in duties)
    with desk.journal.writing(by="x", now=now - timedelta(days=1)) as book:
        record(book, Facts("published"), Board().published(days, duties, {}))
    with desk.journal.writing(by="003", now=begins - timedelta(hours=1)) as book:
        Recorder(book, read_setup(desk)).add({"title": "等仓库回复", "owner": "003", "customer": "李女士"})
    command = [sys.executable, "-m", "cstools", "--desk", str(folder), "schedule"]
    done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env={**os.environ, "TZ": "UTC"})
    table = tuple(line for line in done.stdout.decode().splitlines() if not line.startswith("#"))
    return Cron(folder, begins + HOURS, table)


def test_it_runs_before_the_relief_arrives_and_at_the_change(cron: Cron) -> None:
    def at(moment: datetime) -> str:
        there = moment.replace(tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)
        return f"{there.minute} {there.hour}"

    drafts = {line.split(" * * * ")[0] for line in cron.table if "--next" in line}
    finals = {line.split(" * * * ")[0] for line in cron.table if "--next" not in line}
    assert at(cron.ends - timedelta(minutes=15)) in drafts  # ten minutes before, and five to make it
    assert at(cron.ends) in finals


def test_the_right_shift_the_right_chinese_the_same_bytes(cron: Cron) -> None:
    twin = cron.folder.parent / "twin"
    shutil.copytree(cron.folder, twin)
    done = bare(cron.draft)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    begins = cron.ends - HOURS
    before, now = f"交接_{(begins - HOURS).date()}_早", f"交接_{begins.date()}_白"
    made = cron.sheets()
    assert sorted(made) == sorted(f"{name}.{form}" for name in (before, now) for form in ("xlsx", "html"))
    page = made[f"{now}.html"].decode()
    assert all(word in page for word in ("交接班单", "白班", "张伟", "王芳", "等仓库回复", "草稿"))
    assert "补生成" not in page
    assert "定稿" in made[f"{before}.html"].decode()
    command = [sys.executable, "-m", "cstools", "--desk", str(twin), "handover", "sheet", "--next", "--catch-up"]
    env = {**os.environ, "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}
    assert subprocess.run(command, capture_output=True, check=False, cwd=ROOT, env=env).returncode == 0
    assert {path.name: path.read_bytes() for path in (twin / "交接").iterdir()} == made
    again = bare(cron.final)
    assert (again.returncode, again.stdout, again.stderr) == (0, b"", b"")
    assert cron.sheets() == made


def test_a_failure_is_one_line_of_chinese(cron: Cron) -> None:
    (cron.folder / "team.xlsx").write_bytes(b"PK spoilt")
    done = bare(cron.draft)
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.decode() == "team.xlsx: 工作簿已损坏，或者不是 .xlsx → 请在 Excel 中打开并另存为 .xlsx\n"
    assert not (cron.folder / "交接").exists()


def test_the_book_that_holds_real_times_is_the_desks(cron: Cron) -> None:
    """What a bare run records, such as the watermark, bears the time of the desk's wall, not of the computer's."""
    before = Desk.find(cron.folder).now() - timedelta(seconds=2)
    bare(cron.draft)
    last = Desk.find(cron.folder).journal.events()[-1]
    assert last.kind == "handover.sheet.frozen"
    assert before <= last.recorded <= Desk.find(cron.folder).now()
