"""The commands on what is published, on a tiny desk: what they say, what they change, and what the next solve sees."""

from datetime import date, datetime
from pathlib import Path

import pytest
from conftest import Run
from desks import WEEK, Rows, make, sheets, write_book

from cstools.desk import Desk
from cstools.duties import board, duties, rests_owed, versions
from cstools.roster.reader import default_days, read_problem

NOW = datetime(2026, 11, 10, 12, 0)
HEADS = ["工号", "姓名", *map(str, WEEK)]
ROSTER = [
    HEADS,
    ["001", "张伟", "白", "晚", "休", "白", "晚", "晚", "晚"],
    ["002", "王芳", "晚", "休", "晚", "休", "休", "休", "白"],
    ["003", "李娜", "白", "白", "白", "休", "白", "休", "休"],
    ["007", "赵敏", "休", "休", "休", "晚", "休"],
]
CHANGES = ["类型", "工号", "日期", "对方工号", "对方日期", "批准人", "批准时间", "备注"]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Desk, "now", lambda _: NOW)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The tiny desk, whose needs are one 白 and one 晚 a day, and a roster of its week."""
    needs: Rows = [["班次", "适用日", "最少"], ["白", "每天", 1], ["晚", "每天", 1]]
    desk = make(tmp_path, sheets(需求=needs, 排班草稿=None, 活动日历=None, 会议=None))
    write_book(tmp_path / "week.xlsx", {"排班": ROSTER})
    monkeypatch.chdir(tmp_path)
    return desk


@pytest.fixture
def published(desk: Desk, run: Run) -> Desk:
    assert run("roster", "publish", "week.xlsx", "--by", "组长").exit_code == 0
    return desk


def at(desk: Desk, person: str, day: int) -> str:
    posted = board(desk.journal).of(person, date(2026, 11, day))
    return posted.duty.shift if posted else "休"


def test_publishing_checks_records_and_tells_shortages(desk: Desk, run: Run) -> None:
    told = run("roster", "publish", "week.xlsx", "--by", "组长")
    assert told.exit_code == 0
    (version,) = versions(desk.journal)
    assert (version.author, version.facts.file, version.added) == ("组长", "week.xlsx", frozenset(WEEK))
    assert [str(text) for text in version.facts.shortages] == ["2026-11-14 周六 白：至少要 1 人，只有 0 人，缺 1 人"]
    assert "2026-11-14 周六 白" in told.output
    again = run("roster", "publish", "week.xlsx")
    assert "没有新的记录" in again.output
    assert len(versions(desk.journal)) == 1


def test_a_broken_hard_rule_is_not_published(desk: Desk, run: Run, tmp_path: Path) -> None:
    tired = [HEADS, ["001", "张伟", "晚", "白"]]
    write_book(tmp_path / "tired.xlsx", {"排班": tired})
    told = run("roster", "publish", "tired.xlsx")
    assert told.exit_code == 1
    assert "tired.xlsx" in told.stderr
    assert "D2" in told.stderr
    assert not desk.journal.path.exists()


def test_a_file_older_than_a_recorded_change_does_not_undo_it(published: Desk, run: Run) -> None:
    assert run("roster", "absent", "赵敏", "2026-11-12", "--approved-by", "经理").exit_code == 0
    told = run("roster", "publish", "week.xlsx")
    assert told.exit_code == 1
    assert "赵敏" in told.stderr
    assert at(published, "007", 12) == "休"
    assert run("roster", "publish", "week.xlsx", "--overwrite").exit_code == 0
    assert at(published, "007", 12) == "晚"


def test_the_next_solve_sees_what_was_published_and_changed(published: Desk, run: Run) -> None:
    assert default_days(published)[0] == date(2026, 11, 16)
    assert run("roster", "substitute", "张伟", "2026-11-15", "--with", "002", "--approved-by", "经理").exit_code == 1
    assert run("roster", "absent", "张伟", "2026-11-15", "--approved-by", "经理").exit_code == 0
    problem, _ = read_problem(published, [date(2026, 11, 16)])
    assert {(duty.person, duty.shift) for duty in problem.past if duty.day == date(2026, 11, 15)} == {("002", "白")}
    assert set(WEEK) <= problem.past_days


def test_show_and_versions(published: Desk, run: Run) -> None:
    grid = run("roster", "show").output.splitlines()
    assert grid[2].split() == ["001", "张伟", "白", "晚", "休", "白", "晚", "晚", "晚"]
    assert [line.split()[3] for line in run("roster", "show", "--day", "2026-11-10").output.splitlines()[2:]] == [
        "李娜",
        "张伟",
    ]
    assert "王芳" in run("roster", "show", "--at", "2026-11-09 23:59").output
    assert run("roster", "show", "--at", "2026-11-10 00:00").output == "这时没有人在班\n"
    assert "李娜" in run("roster", "show", "--now").output
    assert len(run("roster", "show", "--person", "王芳").output.splitlines()) == 2 + 7
    assert run("roster", "show", "--version", "2").exit_code == 2
    assert run("roster", "show", "--person", "谁").exit_code == 2
    assert "week.xlsx" in run("roster", "versions").output
    assert duties(published.journal, date(2026, 11, 9), date(2026, 11, 9))[0].person == "001"


def test_nothing_published_yet(desk: Desk, run: Run) -> None:
    assert run("roster", "show").exit_code == 1
    assert run("roster", "versions").exit_code == 0
    assert run("roster", "restore", "1").exit_code == 2
    assert run("roster", "absent", "张伟", "2026-11-09", "--approved-by", "经理").exit_code == 1
    assert not desk.journal.path.exists()


def test_substitute_lists_who_could_then_records_and_owes_a_rest(published: Desk, run: Run) -> None:
    asked = run("roster", "substitute", "李娜", "2026-11-10")
    assert (asked.exit_code, asked.output) == (0, "能顶 2026-11-10 周二 白 的人，最合适的在前：赵敏 (007)\n")
    done = run("roster", "substitute", "李娜", "2026-11-10", "--with", "赵敏", "--approved-by", "经理",
               "--at", "2026-11-10 08:00", "--remark", "发烧")  # fmt: skip
    assert done.exit_code == 0
    assert "补登" in done.output
    assert "补休" in done.output
    assert rests_owed(published.journal) == [("007", date(2026, 11, 10))]
    facts = versions(published.journal)[1].facts
    assert (facts.late, facts.note, facts.approved_by) == (True, "发烧", "经理")


def test_a_refused_swap_says_why_and_who_could(published: Desk, run: Run) -> None:
    before = published.journal.path.read_bytes()
    told = run("roster", "swap", "002", "2026-11-11", "001", "2026-11-12", "--approved-by", "经理")
    assert told.exit_code == 1
    assert "年假" in told.stderr
    assert "赵敏 (007)" in told.stderr.splitlines()[-1]
    assert published.journal.path.read_bytes() == before


def test_rest_counts_from_when_a_shift_really_ended(published: Desk, run: Run) -> None:
    ask = ("roster", "substitute", "001", "2026-11-13", "--with", "007", "--approved-by", "经理")
    last = [["工号", "姓名", "2026-11-12"], ["007", "赵敏", "晚(30:00)"]]
    needs: Rows = [["班次", "适用日", "最少"], ["白", "每天", 1], ["晚", "每天", 1]]
    write_book(
        published.folder / "team.xlsx", sheets(需求=needs, 排班草稿=None, 活动日历=None, 会议=None, 上期排班=last)
    )
    assert "10.5" in run(*ask).stderr
    last[1][2] = "晚"
    write_book(
        published.folder / "team.xlsx", sheets(需求=needs, 排班草稿=None, 活动日历=None, 会议=None, 上期排班=last)
    )
    assert run(*ask).exit_code == 0


def test_diff_and_restore(published: Desk, run: Run) -> None:
    run("roster", "substitute", "003", "2026-11-10", "--with", "007", "--approved-by", "经理")
    expected = ["李娜 (003)：2026-11-10 周二：白 → 休", "赵敏 (007)：2026-11-10 周二：休 → 白"]
    assert run("roster", "diff", "1", "2").output.splitlines() == expected
    assert run("roster", "diff", "1", "1").output == "没有人受影响\n"
    assert (
        run("roster", "restore", "1", "--from", "2026-11-11", "--days", "2").output
        == "现在发布的就是这样，没有新的记录。\n"
    )
    assert run("roster", "restore", "1").exit_code == 0
    assert at(published, "003", 10) == "白"
    assert rests_owed(published.journal) == []
    assert versions(published.journal)[2].facts.restored == 1


def test_restoring_takes_back_what_was_published_since_on_the_days_given(
    published: Desk, run: Run, tmp_path: Path
) -> None:
    write_book(
        tmp_path / "next.xlsx", {"排班": [["工号", "姓名", "2026-11-16", "2026-11-17"], ["003", "李娜", "白", "白"]]}
    )
    assert run("roster", "publish", "next.xlsx").exit_code == 0
    run("roster", "absent", "003", "2026-11-10", "--approved-by", "经理")
    assert "2026-11-17" in run("roster", "restore", "1", "--from", "2026-11-17").output
    assert sorted(board(published.journal).days - set(WEEK)) == [date(2026, 11, 16)]
    assert at(published, "003", 10) == "休"


# --- many at once -----------------------------------------------------------------------------------------------------


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    return write_book(tmp_path / "调班.xlsx", {"调班": [
        CHANGES,
        ["顶班", "003", "11-10", "赵敏", None, "经理", "2026-11-10 08:00", "发烧"],
        ["调班", "002", "11-11", "001", "11-12", "经理", None, None],
        ["缺勤", "007", "11-12", None, None, None, None, None],
        ["缺勤", "王芳", "11-15", None, None, "经理", None, None],
    ]})  # fmt: skip


def test_every_row_is_checked_and_recorded_once(published: Desk, run: Run, rows: Path) -> None:
    told = run("roster", "record", rows)
    assert told.exit_code == 1
    lines = told.output.splitlines()
    assert [line.split("：")[0] for line in lines] == [f"调班.xlsx 调班!A{number}" for number in range(2, 6)]
    assert [version.facts.what for version in versions(published.journal)] == ["published", "substitute", "absent"]
    assert "没有人批准" in lines[2]
    before = published.journal.path.read_bytes()
    again = run("roster", "record", rows)
    assert published.journal.path.read_bytes() == before
    assert "第 2 版" in again.output.splitlines()[0]
    assert "之前已记录" in again.output.splitlines()[0]


def test_a_row_that_cannot_be_read_records_nothing(published: Desk, run: Run, tmp_path: Path) -> None:
    write_book(tmp_path / "wrong.xlsx", {"调班": [
        CHANGES, ["缺勤", "王芳", "11-15", None, None, "经理"], ["顶班", "003", "11-10", "谁", None, "经理"],
        ["调班", "003", "11-10", None, None, "经理"], ["飞", "003", "32号", None, None, "经理"],
    ]})  # fmt: skip
    told = run("roster", "record", "wrong.xlsx")
    assert told.exit_code == 3
    assert [cell for cell in ("D3", "D4", "A5", "C5") if f"!{cell}" not in told.stderr] == []
    assert len(versions(published.journal)) == 1


def test_a_workbook_without_the_sheet(published: Desk, run: Run) -> None:
    told = run("roster", "record")
    assert told.exit_code == 3
    assert "调班" in told.stderr
    assert len(versions(published.journal)) == 1
