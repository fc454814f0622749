"""Several sources as one: the newest export counts, the own sheet before all, and no order of files or rows matters."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import mkdtemp

import pytest
from attendances import MONDAY, Row, dingtalk_day, dingtalk_month, read, save, wecom_month
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools.attendance import Attendance
from cstools.tables.grid import read_book

ZHANG = {"姓名": "张伟", "工号": "001"}
LATE = "白班:迟到20分钟\n(08:50,17:00)"
NORMAL = "白班:正常\n(08:20,17:00)"


def test_the_newest_export_counts_by_the_time_in_the_file(tmp_path: Path) -> None:
    """The names and the times of the files say the opposite."""
    new = dingtalk_month(
        tmp_path / "a.xlsx",
        ZHANG | {"迟到次数": 1, "迟到时长": 20, "days": [LATE, *[NORMAL] * 6]},
        made="2026-11-17 08:00",
    )
    old = dingtalk_month(tmp_path / "b.xlsx", ZHANG | {"days": [NORMAL] * 7}, made="2026-11-16 08:00")
    found = read(old, new)
    assert not found.lines
    assert (found.attendance.days["001", MONDAY].late, found.attendance.months["001"].late) == (20, 1)
    assert [(one.day, str(one.what), str(one.taken), str(one.other)) for one in found.attendance.conflicts] == [
        (MONDAY, "上班打卡：08:50，另一处是 08:20", "a.xlsx 月度汇总!U5", "b.xlsx 月度汇总!U5"),
        (None, "迟到次数：1，另一处是 0", "a.xlsx 月度汇总!A5", "b.xlsx 月度汇总!A5"),
    ]


def test_conflicts_and_totals_that_are_no_sum_are_noted(tmp_path: Path) -> None:
    new = dingtalk_month(
        tmp_path / "a.xlsx", ZHANG | {"迟到次数": 2, "迟到时长": 40, "days": [LATE] * 7}, made="2026-11-17 08:00"
    )
    old = dingtalk_month(
        tmp_path / "b.xlsx",
        ZHANG | {"迟到次数": 2, "迟到时长": 40, "days": [NORMAL, *[LATE] * 6]},
        made="2026-11-16 08:00",
    )
    assert [str(note) for note in read(new, old).notes] == [
        "a.xlsx 月度汇总!U5 “张伟”: 上班打卡：08:50，另一处是 08:20 → 以这里为准；另一处：b.xlsx 月度汇总!U5",
        "a.xlsx 月度汇总!A5 “张伟”: 迟到次数：总数 2，按天数是 7 → 以每天为准",
    ]


def test_a_report_made_too_early_is_noted(tmp_path: Path) -> None:
    early = dingtalk_month(tmp_path / "a.xlsx", ZHANG | {"days": [NORMAL] * 7}, made="2026-11-15 18:00")
    assert [str(note) for note in read(early).notes] == [
        "a.xlsx 月度汇总 “2026-11-15 18:00”: 导出时 2026-11-15 周日 还没有过完 → 重新导出这份报表"
    ]
    late = dingtalk_month(tmp_path / "b.xlsx", ZHANG | {"days": [NORMAL] * 7}, made="2026-11-16 00:05")
    assert not read(early, late).notes


def test_the_same_report_twice_is_no_conflict(tmp_path: Path) -> None:
    path = dingtalk_month(tmp_path / "a.xlsx", ZHANG | {"days": [LATE] * 7})
    shutil.copy(path, tmp_path / "copy.xlsx")
    found = read(path, tmp_path / "copy.xlsx")
    assert (found.lines, found.attendance.conflicts) == ([], ())
    assert found.attendance == replace(read(path).attendance)


def test_two_exports_made_at_once_that_differ_are_a_fault(tmp_path: Path) -> None:
    paths = [
        dingtalk_month(tmp_path / f"{name}.xlsx", ZHANG | {"days": [word] * 7})
        for name, word in (("a", LATE), ("b", NORMAL))
    ]
    lines = read(*paths).lines
    assert len(lines) == 7
    assert "又分不出哪个新" in lines[0]


def test_the_daily_report_counts_before_the_cells_of_the_monthly_one(tmp_path: Path) -> None:
    month = dingtalk_month(tmp_path / "a.xlsx", ZHANG | {"days": [NORMAL] * 7})
    day = dingtalk_day(
        tmp_path / "b.xlsx",
        ZHANG
        | {
            "日期": "26-11-09",
            "上班1打卡时间": "08:55",
            "上班1打卡结果": "迟到",
            "下班1打卡时间": "17:00",
            "迟到时长": 25,
        },
    )
    assert read(month, day).attendance.days["001", MONDAY].late == 25


def test_the_own_sheet_counts_before_every_export(tmp_path: Path) -> None:
    month = dingtalk_month(tmp_path / "a.xlsx", ZHANG | {"days": [LATE] * 7, "加班-审批单统计/休息日加班(小时)": 3})
    rows: list[Row] = [
        ["工号", "日期", "上班打卡", "下班打卡", "加班小时", "批准人"],
        ["001", "2026-11-09", "8:30", "17:00", 2, "经理"],
    ]
    found = read(month, attendance=read_book(save(tmp_path / "pay.xlsx", "考勤", rows)).first)
    assert found.attendance.days["001", MONDAY].late == 0
    assert [one.minutes for one in found.attendance.overtime] == [120]
    assert [str(one.what) for one in found.attendance.conflicts] == [
        "上班打卡：08:30，另一处是 08:50",
        "加班 120 分钟，另一处是 180",
    ]


def test_overtime_by_days_counts_before_a_total(tmp_path: Path) -> None:
    month = wecom_month(tmp_path / "a.xlsx", {"姓名": "张伟", "休息日加班时长(小时)": 3})
    rows: list[Row] = [["工号", "日期", "加班小时"], ["001", "2026-11-14", 3]]
    found = read(month, overtime=read_book(save(tmp_path / "pay.xlsx", "加班", rows)).first)
    assert [(one.day, one.minutes) for one in found.attendance.overtime] == [(date(2026, 11, 14), 180)]
    assert not found.attendance.conflicts


# --- the order of files and rows --------------------------------------------------------------------------------------

CELLS = (
    NORMAL,
    LATE,
    "白班:下班缺卡\n(08:20,-)",
    "白班:旷工\n(-)",
    "休息\n(-)",
    "事假2小时\n(08:20,15:00)",
    "年假\n(-)",
    "",
)
people = st.fixed_dictionaries({
    "迟到次数": st.integers(0, 3), "旷工天数": st.integers(0, 1), "加班-审批单统计/休息日加班(小时)": st.integers(0, 3),
    "days": st.lists(st.sampled_from(CELLS), min_size=7, max_size=7),
})  # fmt: skip


def blind(found: Attendance) -> object:
    """Attendance without its sources: other rows have other cells."""
    days = {key: replace(fact, source=None) for key, fact in found.days.items()}
    months = {key: replace(total, source=None) for key, total in found.months.items()}
    overtime = [replace(one, source=None) for one in found.overtime]
    return days, months, overtime, [(one.person, one.day, one.what) for one in found.conflicts], found.covered


@settings(max_examples=25, deadline=None)
@given(
    st.lists(people, min_size=3, max_size=3),
    st.lists(people, min_size=3, max_size=3),
    st.permutations(range(3)),
    st.integers(0, 1),
)
def test_the_order_of_files_and_rows_doesnt_matter(
    old: list[Mapping[str, object]], new: list[Mapping[str, object]], order: list[int], turned: int
) -> None:
    folder = Path(mkdtemp())
    found = []
    for places, names in ((range(3), ("a", "b")), (order, ("b", "a") if turned else ("a", "b"))):
        paths = [
            dingtalk_month(folder / f"{name}.xlsx", *({"工号": f"00{place + 1}", "姓名": f"某{place}"} | dict(rows[place]) for place in places), made=made)
            for name, rows, made in zip(names, (old, new), ("2026-11-16 08:00", "2026-11-17 08:00"), strict=True)
        ]  # fmt: skip
        read_now = read(*reversed(paths) if turned else paths)
        found.append((blind(read_now.attendance), len(read_now.faults)))
    shutil.rmtree(folder)
    assert found[0] == found[1]


@pytest.mark.parametrize("days", [1, 3, 7])
def test_totals_of_days_are_the_sum_of_the_days(tmp_path: Path, days: int) -> None:
    rows = [
        ZHANG
        | {
            "日期": f"{MONDAY + timedelta(days=n)}",
            "上班1打卡时间": "08:55",
            "上班1打卡结果": "迟到",
            "下班1打卡时间": "17:00",
            "迟到时长": 25,
        }
        for n in range(days)
    ]
    total = read(dingtalk_day(tmp_path / "a.xlsx", *rows)).attendance.months["001"]
    assert (total.attended, total.late, total.late_minutes) == (Decimal(days), days, 25 * days)
