"""``cstools roster why`` on a tiny desk: a typed roster's empty places, a person, refused wishes, no roster at all."""

from datetime import datetime
from pathlib import Path

import pytest
from conftest import Run
from desks import SHEETS, WEEK, Rows, make, sheets, write_book
from openpyxl import load_workbook

from cstools.desk import Desk

NOW = datetime(2026, 11, 10, 12, 0)
NEEDS: Rows = [["班次", "技能", "适用日", "最少"], ["白", None, "每天", 1], ["晚", "售后", "每天", 1]]
ROSTER = [
    ["工号", "姓名", *map(str, WEEK)],
    ["001", "张伟", "白", "白", "休", "晚", "晚", "休", "休"],
    ["002", "王芳", "晚", "晚", "休", "休", "休", "晚", "晚"],
    ["003", "李娜", "白", "休", "白", "休", "休", "白", "白"],
    ["007", "赵敏", "休", "休", "晚", "白", "白"],
]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Desk, "now", lambda _: NOW)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = make(tmp_path, sheets(需求=NEEDS, 排班草稿=None, 活动日历=None, 会议=None))
    monkeypatch.chdir(tmp_path)
    return desk


def typed(**rows: list[str]) -> Path:
    """A roster with some rows typed otherwise, by number without its letter."""
    grid = [[*row[:2], *rows.get(f"n{row[0]}", row[2:])] for row in ROSTER]
    return write_book(Path("week.xlsx"), {"排班": grid})


def test_each_person_has_a_reason_and_there_is_something_to_do(desk: Desk, run: Run) -> None:
    typed(n007=["休", "休", "休", "白", "白"])  # the evening of Wednesday is nobody's
    told = run("roster", "why", "week.xlsx")
    assert told.exit_code == 0
    lines = [line.strip() for line in told.output.splitlines()]
    assert "2026-11-11 周三 晚 售后：至少要 1 人，只有 0 人，缺 1 人" in lines
    assert "李娜不会“售后”" in lines
    assert any(line.startswith("办法 1：不用改任何设置；排班改为：") for line in lines)
    assert desk.folder.exists()


@pytest.mark.usefixtures("desk")
def test_only_the_day_and_the_shift_asked_for_are_explained(run: Run) -> None:
    typed(n007=["休"] * 5)
    assert "2026-11-12 周四 白" in run("roster", "why", "week.xlsx", "--day", "2026-11-12").output
    told = run("roster", "why", "week.xlsx", "--shift", "晚班")
    assert "2026-11-11 周三 晚" in told.output
    assert "2026-11-12 周四 白：" not in told.output
    assert "没有缺人的地方" in run("roster", "why", "week.xlsx", "--day", "2026-11-09").output


@pytest.mark.usefixtures("desk")
def test_a_person_is_told_why_they_work_and_why_a_wish_was_refused(run: Run) -> None:
    typed()
    told = run("roster", "why", "week.xlsx", "--person", "李娜")
    assert told.exit_code == 0
    assert "李娜 2026-11-14 周六 白：不上的话，2026-11-14 周六 白：至少要 1 人，只有 0 人，缺 1 人" in told.output
    assert "李娜 2026-11-14 周六 的愿望没有满足：" in told.output
    assert run("roster", "why", "week.xlsx", "--person", "没有").exit_code == 2


def test_a_roster_that_cannot_be_is_explained_by_its_cells(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules: Rows = [
        SHEETS["规则"][0],
        [
            "shift_count",
            "必须",
            None,
            None,
            "001",
            None,
            None,
            None,
            None,
            None,
            None,
            "shifts=晚;period=week;at_least=6",
        ],
        ["cover_minimum", "必须", None, None, None, None, None, None, None, None, None, None],
    ]
    leave: Rows = [
        SHEETS["请假与愿望"][0],
        ["001", "张伟", "年假", "2026-11-12", "2026-11-13", None, None, None, "经理", "2026-11-01 9:00"],
    ]
    changed = {"规则": rules, "请假与愿望": leave, "需求": NEEDS, "排班草稿": None, "活动日历": None, "会议": None}
    make(tmp_path, sheets(**changed))
    monkeypatch.chdir(tmp_path)
    told = run("roster", "why", "--from", "2026-11-09", "--days", "7")
    assert told.exit_code == 4
    assert "2026-11-09 周一 至 2026-11-15 周日 排不出班来" in told.output
    assert "张伟：2026-11-09 周一 至 2026-11-15 周日 应上晚 6 次，能上的只剩 5 天" in told.output
    assert "互相矛盾" in told.output
    assert "team.xlsx 规则!" in told.output
    assert "team.xlsx 请假与愿望!" in told.output
    assert "办法 1：" in told.output


def test_without_any_roster_it_says_what_to_name(desk: Desk, run: Run) -> None:
    told = run("roster", "why")
    assert told.exit_code == 2
    assert "还没有排班" in told.output
    assert not desk.rosters.exists()
    typed()
    assert run("roster", "why", "week.xlsx", "--days", "3").exit_code == 2


def test_a_solved_roster_says_in_its_findings_why_it_is_short(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs: Rows = [["班次", "技能", "适用日", "最少"], ["白", "日语", "2026-11-11", 1]]
    make(tmp_path, sheets(需求=needs, 排班草稿=None, 活动日历=None, 会议=None))
    monkeypatch.chdir(tmp_path)
    solved = run("roster", "solve", "--from", "2026-11-09", "--days", "7", "--time-limit", "5", "-o", "week.xlsx")
    assert solved.exit_code == 1
    found = [str(row[1]) for row in load_workbook("week.xlsx")["检查"].iter_rows(values_only=True)]
    at = next(nth for nth, words in enumerate(found) if "日语" in words)
    assert "能上的只有 0 人" in found[at + 1]
    assert "不会“日语”" in found[at + 2]
    assert "办法 1：培训" in found[at + 3]
