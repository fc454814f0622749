"""Sheets 人员, 班次 and 节假日: everything by date, and a broken row is told once."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desks import SHEETS, Rows, make, sheets, write_book

from cstools.desk import Desk
from cstools.people import Person
from cstools.team import Team, read_team

if TYPE_CHECKING:
    from cstools.errors import Fault


def team(folder: Path, **changed: Rows | None) -> tuple[Team, list[str], list[str]]:
    faults: list[Fault] = []
    notes: list[Fault] = []
    found = read_team(make(folder, sheets(**changed)), faults, notes)
    return found, [str(fault) for fault in faults], [str(note) for note in notes]


def person(found: Team, word: str) -> Person:
    answer = found.find(word)
    assert isinstance(answer, Person)
    return answer


def test_a_team_is_read(tmp_path: Path) -> None:
    found, faults, notes = team(tmp_path)
    assert (faults, notes) == ([], [])
    assert [person.number for person in found.people] == ["001", "002", "003", "007"]
    trainee = person(found, "李娜")
    assert trainee.on(date(2026, 11, 9)).mentor == "001"
    assert trainee.on_probation(date(2026, 11, 30))
    assert not trainee.on_probation(date(2026, 12, 1))
    assert person(found, "007").left == date(2026, 11, 13)
    assert person(found, "001").on(date(2026, 11, 9)).accounts == (("dingtalk", "d1"), ("wangwang", "店:张伟"))
    white = found.shifts.on(date(2026, 11, 9))["白"]
    assert (white.start, white.end, white.paid, white.meals) == (510, 1020, 480, ((690, 720), (720, 750)))
    assert found.shifts.on(date(2026, 11, 9))["晚"].end == 24 * 60


def test_a_later_row_changes_what_it_fills_from_its_day_on(tmp_path: Path) -> None:
    rows: Rows = [
        ["工号", "姓名", "技能", "组", "师傅", "离职", "旺旺子账号", "自"],
        ["7", "王芳", "售前", "一组", "李娜", None, "店:芳", None],
        ["7", "王芳", "售前、组长", None, "无", "2026-12-31", None, "2026-11-11"],
        ["8", "李娜", None, None, None, None, None, None],
    ]  # fmt: skip
    found, faults, _ = team(tmp_path, 人员=rows)
    assert faults == []
    before, after = (person(found, "7").on(date(2026, 11, day)) for day in (10, 11))
    assert (set(before.skills), before.group, before.mentor) == ({"售前"}, "一组", "8")
    assert (set(after.skills), after.group, after.mentor) == ({"售前", "组长"}, "一组", "")
    assert before.accounts == after.accounts == (("wangwang", "店:芳"),)
    assert person(found, "7").left == date(2026, 12, 31)


def test_an_account_may_pass_to_somebody_else(tmp_path: Path) -> None:
    rows: Rows = [
        ["工号", "姓名", "入职", "离职", "旺旺子账号"],
        ["1", "甲", None, "2026-10-31", "店:一"],
        ["2", "乙", "2026-11-01", None, "店:一、店:二"],
        ["3", "丙", None, None, "店:二"],
    ]  # fmt: skip
    _, faults, _ = team(tmp_path, 人员=rows)
    assert faults == [
        "team.xlsx 人员!E4 “店:二”: E3 的乙从 2026-11-01 周日 起也用这个账号 → 一个停用，另一个才能用：请填“离职”或“自”列"
    ]


def test_a_broken_row_is_told_once_and_its_person_is_not_unknown(tmp_path: Path) -> None:
    rows = [list(row) for row in SHEETS["人员"]]
    rows[1][6] = "去年"  # 张伟's day of hiring, who is a mentor too
    found, faults, _ = team(tmp_path, 人员=rows)
    assert faults == ["team.xlsx 人员!G2 “去年”: 入职：不是有效的日期 → 填日期，例如 2026-11-09"]
    assert found.find("001") is None
    assert found.find("张伟") is None
    assert not isinstance(found.find("009"), Person)
    assert found.find("009") is not None


def test_a_shift_may_have_other_hours_for_some_days(tmp_path: Path) -> None:
    rows: Rows = [
        ["代码", "开始", "结束", "计薪小时", "开放结束", "自", "至"],
        ["晚", "16:30", "24:00", 7, "是", None, None],
        ["晚", "17:00", "次日1:00", None, None, "2026-11-10", "2026-11-12"],
        ["促", "18:00", "2:00", None, None, "2026-11-11", "2026-11-11"],
    ]  # fmt: skip
    found, faults, _ = team(tmp_path, 班次=rows)
    assert faults == []
    hours = {day: found.shifts.on(date(2026, 11, day)) for day in (9, 10, 11, 13)}
    assert {day: (on["晚"].start, on["晚"].end) for day, on in hours.items()} == {
        9: (990, 1440), 10: (1020, 1500), 11: (1020, 1500), 13: (990, 1440),
    }  # fmt: skip
    assert (hours[9]["晚"].paid, hours[9]["晚"].open_ended) == (420, True)
    assert [day for day, on in hours.items() if "促" in on] == [11]
    assert hours[11]["促"].end == 26 * 60


def test_meals_after_midnight_belong_to_the_night(tmp_path: Path) -> None:
    rows: Rows = [["代码", "开始", "结束", "用餐时段"], ["夜", "22:00", "次日7:30", "1:00-1:30、次日1:30-次日2:00"]]
    found, faults, _ = team(tmp_path, 班次=rows)
    assert faults == []
    assert found.shifts.on(date(2026, 11, 9))["夜"].meals == ((1500, 1530), (1530, 1560))


def test_words_mean_shifts_by_code_name_or_kind(tmp_path: Path) -> None:
    rows: Rows = [
        ["代码", "名称", "类别", "开始", "结束"],
        ["A", "早班", "日", "8:00", "16:00"], ["B", "中班", "日", "10:00", "18:00"], ["N", "夜班", "夜", "18:00", "24:00"],
    ]  # fmt: skip
    found, faults, _ = team(tmp_path, 班次=rows)
    assert faults == []
    words = found.shift_words()
    assert (words["a"], words["早班"], words["日"], words["夜"]) == (("A",), ("A",), ("A", "B"), ("N",))


def test_private_and_unknown_columns_are_noted(tmp_path: Path) -> None:
    rows: Rows = [["工号", "姓名", "手机号", "技能点"], ["1", "甲", "13800000000", "x"]]
    _, faults, notes = team(tmp_path, 人员=rows)
    assert faults == []
    assert notes == [
        "team.xlsx 人员!D1 “技能点”: 不认识这一列，没有读取 → 是不是“技能”？",
        "team.xlsx 人员!C1 “手机号”: 这一列不读取，也不该放在这里 → 请删掉：排班的表里不放手机、身份证、银行卡和工资",
    ]


def test_a_desks_own_holidays_win(tmp_path: Path) -> None:
    rows: Rows = [["日期", "名称", "类型"], ["2026-11-11", "店庆", "放假"], ["2026-10-01", "国庆", "上班"]]
    found, faults, notes = team(tmp_path, 节假日=rows)
    assert faults == []
    assert found.calendar.is_rest_day(date(2026, 11, 11))
    assert notes == ["team.xlsx 节假日!C3 “上班”: 2026-10-01 周四 是国家法定节假日 → 请核对这一行"]


def test_sheets_may_be_csv_files_of_their_name(tmp_path: Path) -> None:
    (tmp_path / "cstools.toml").touch()
    (tmp_path / "人员.csv").write_bytes("工号,姓名\n007,王芳\n".encode("gb18030"))
    (tmp_path / "shifts.csv").write_text("code,start,end\n白,上午9:00,18：00\n", encoding="utf-8-sig")
    faults: list[Fault] = []
    found = read_team(Desk.find(tmp_path), faults)
    assert (faults, found.people[0].number, found.shifts.codes()) == ([], "007", ("白",))


def test_a_csv_stands_in_for_a_sheet_that_is_missing(tmp_path: Path) -> None:
    desk = make(tmp_path)
    write_book(tmp_path / "team.xlsx", sheets(班次=None))
    (tmp_path / "班次.csv").write_text("代码,开始,结束\n早,8:00,16:00\n", encoding="utf-8")
    faults: list[Fault] = []
    assert (read_team(desk, faults).shifts.codes(), faults) == (("早",), [])
