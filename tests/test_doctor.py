"""Examining a desk tells everything at once: faults that must be put right, and notes on what is doubtful."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from desks import SHEETS, Rows, make, put, sheets, write_book

from cstools.desk import Desk
from cstools.roster.doctor import examine


def notes(folder: Path, content: Mapping[str, Rows]) -> list[str]:
    """The notes on a desk that has no faults."""
    make(folder, content)
    faults, found = examine(folder)
    assert faults == []
    return [str(note) for note in found]


def plus(sheet: str, *row: object) -> Mapping[str, Rows]:
    return sheets(**{sheet: [*SHEETS[sheet], row]})


def test_the_tiny_desk_is_sound(tmp_path: Path) -> None:
    make(tmp_path)
    assert examine(tmp_path) == ([], [])


NOTES: Mapping[str, tuple[Mapping[str, Rows], list[str]]] = {
    "a shift in a column without a date": (
        sheets(排班草稿=[["工号", "组", "第一天", "2026-11-10"], ["001", "晚", "白", "晚"], ["002", "白", "白", None]]),
        ["team.xlsx 排班草稿!C2 “白”: 班次上面的表头不是日期，这一列没有读取 → 表头写日期"]),
    "leave that nobody approved": (
        put("请假与愿望", "J2", None),
        ["team.xlsx 请假与愿望!I2 “经理”: 未批准：王芳的年假 → 请填批准人和批准时间"]),
    "an unknown column": (
        put("需求", "I1", "最少人"),
        ["team.xlsx 需求!I1 “最少人”: 不认识这一列，没有读取 → 是不是“最少”？"]),
    "a column that holds private data": (
        put("人员", "M1", "身份证号"),
        ["team.xlsx 人员!M1 “身份证号”: 这一列不读取，也不该放在这里 → 请删掉：排班的表里不放手机、身份证、银行卡和工资"]),
    "an unknown sheet": (
        sheets(请假与愿望=None, 请假愿望表=[["x"]]),
        ["team.xlsx 请假愿望表: 不认识这张工作表，没有读取 → 是不是“请假与愿望”？"]),
    "a choice not made yet": (
        put("会议", "B2", "每月第四周二"),
        [("team.xlsx 会议!B2 “每月第四周二”: 有两种读法：当月第四个周二，或第四周的周二"
         ' → 请在 cstools.toml 写 fourth_tuesday = "fourth" 或 "week4"，或改写成 第四个周二')]),
    "somebody without skills where some are asked for": (
        put("需求", "B3", "售后"),
        ["team.xlsx 人员!A4 “003”: 李娜没有填技能，而需求表要求技能"]),
    "a skill that nobody has": (
        {**put("班次", "G2", "英语、日语"), "排班草稿": []},
        ["team.xlsx 班次!A2 “白”: 人员表里没人有这个班需要的技能：日语、英语"]),
    "a need larger than the team": (
        sheets(需求=[["班次", "最少"], ["白", 5], ["晚", 1]]),
        ["team.xlsx 需求!B2: 2026-11-09 周一 至少要 5 人，能上班的只有 4 人"]),
    "needs that are too large together": (
        sheets(需求=[["班次", "最少"], ["白", 2], ["晚", 2]]),
        ["team.xlsx 需求: 2026-11-11 周三 各班合计至少要 5 人，能上班的只有 4 人"]),
    "a shift that nobody asks for": (
        plus("班次", "早", "早班", "7:00", "15:00"),
        ["team.xlsx 班次!A4 “早”: 需求表里没有用到这个班 → 只有手工填写才会排到"]),
    "no needs at all": (
        sheets(需求=None, 活动日历=None),
        ["team.xlsx: 需求表没有写人数，排出来会是空的"]),
    "a wish while on leave": (
        plus("请假与愿望", "002", None, "想休", "11-12"),
        ["team.xlsx 请假与愿望!C4: 王芳 2026-11-12 周四 已请假，这个愿望没有意义"]),
    "two people of one name": (
        {**put("人员", "B3", "李娜"), "请假与愿望": [], "排班草稿": [], "上期排班": []},
        ["team.xlsx 人员!A4 “003”: 002 也叫李娜 → 别处请写工号"]),
    "a rule that leaves nobody any work": (
        {**plus("规则", "连续上班", "必须", *[None] * 9, "至多=0"), "排班草稿": []},
        ["team.xlsx 规则!A3: 按这条规则谁都上不了班 → 请检查它的参数"]),
    "a shift round the clock": (
        plus("班次", "值", "值班", "8:30", "8:30"),
        ["team.xlsx 班次!A4 “值”: 开始和结束是同一时间：这个班长 24 小时 → 如确是如此，则无误",
         "team.xlsx 班次!A4 “值”: 需求表里没有用到这个班 → 只有手工填写才会排到"]),
    "somebody hired in the year 1900": (
        put("人员", "G2", "1900-03-01"),
        ["team.xlsx 人员!A2 “001”: 张伟的入职年份是 1900 → 请核对年份"]),
    "a rule for nobody": (
        put("规则", "F2", "售前"),
        ["team.xlsx 规则!F2 “售前”: 人员表里没人符合，这一行管不到任何人 → 是不是“售后”？"]),
}  # fmt: skip


@pytest.mark.parametrize(("content", "lines"), NOTES.values(), ids=NOTES)
def test_what_is_doubtful_is_a_note(tmp_path: Path, content: Mapping[str, Rows], lines: list[str]) -> None:
    assert notes(tmp_path, content) == lines


def test_accounts_that_pass_on_are_noted(tmp_path: Path) -> None:
    rows = [list(row) for row in SHEETS["人员"]]
    rows.append(["008", "孙丽", "售后", None, None, None, "2026-11-14", None, None, "d7"])
    assert notes(tmp_path, sheets(人员=rows)) == [
        "team.xlsx 人员!A6 “d7”: 孙丽从 2026-11-14 周六 起用赵敏的账号 → 如已交接，则无误"
    ]


def test_a_csv_beside_a_sheet_of_its_name_is_noted(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "需求.csv").write_text("班次,最少\n白,9\n", encoding="utf-8")
    assert [str(note) for note in examine(tmp_path)[1]] == [
        "需求.csv: 没有读取这个文件：team.xlsx 里已有同名工作表 → 两个只留一个"
    ]


def test_settings_and_sheets_are_told_together(tmp_path: Path) -> None:
    make(tmp_path, put("需求", "F2", "两个"))
    (tmp_path / "cstools.toml").write_text('zon = "x"', encoding="utf-8")
    assert [fault.source.cell for fault in examine(tmp_path)[0]] == ["zon", "F2"]


def test_contradictions_are_faults(tmp_path: Path) -> None:
    make(tmp_path, put("排班草稿", "F3", "晚"))
    (fault,) = examine(tmp_path)[0]
    assert str(fault.source) == "team.xlsx 排班草稿!F3"


def test_an_unreadable_workbook_is_one_fault_with_those_of_the_settings(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "team.xlsx").write_text("x", encoding="utf-8")
    (tmp_path / "cstools.toml").write_text('zon = "x"', encoding="utf-8")
    assert len(examine(tmp_path)[0]) == 2


def test_an_unreadable_roster_is_told_among_the_others(tmp_path: Path) -> None:
    desk = make(tmp_path, put("需求", "F2", "两个"))
    desk.rosters.mkdir()
    (desk.rosters / "旧.xlsx").write_text("x", encoding="utf-8")
    assert sorted(fault.source.file for fault in examine(tmp_path)[0]) == ["team.xlsx", "旧.xlsx"]


def test_the_days_examined_are_the_next_ones(tmp_path: Path) -> None:
    desk = make(
        tmp_path, sheets(上期排班=None, 需求=[["班次", "适用日", "最少"], ["白", "2026-11-18", 9]], 活动日历=None)
    )
    desk.rosters.mkdir()
    write_book(desk.rosters / "排班_2026-11-09_2026-11-15.xlsx", {"排班": []})
    assert Desk.find(tmp_path).roster_days(desk.roster_files()[0]) == (date(2026, 11, 9), date(2026, 11, 15))
    assert any("2026-11-18" in str(note) for note in examine(tmp_path)[1])
