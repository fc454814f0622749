"""What the rows of a desk's sheets mean in a roster problem."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest
from desks import SHEETS, WEEK, Rows, make, put, sheets, write_book

from cstools.desk import Desk
from cstools.errors import BadInput
from cstools.roster.inputs import Demand, Wish
from cstools.roster.problem import Problem
from cstools.roster.reader import default_days, read_problem, read_roster
from cstools.roster.rule import Stated, Strength
from cstools.roster.scope import EVERYBODY, Scope
from cstools.shifts import Duty
from cstools.team.leave import Leave

NINTH = date(2026, 11, 9)


def day(number: int) -> date:
    return date(2026, 11, number)


def problem(folder: Path, content: Mapping[str, Rows] = SHEETS, toml: str = "") -> Problem:
    return read_problem(make(folder, content, toml), WEEK)[0]


def needs(*rows: list[object], campaigns: Rows = (), holidays: Rows = ()) -> Mapping[str, Rows]:
    """The tiny desk with these needs: 适用日, 最少, 目标, 最多 of shift 白."""
    return sheets(
        需求=[["班次", "适用日", "最少", "目标", "最多"], *(["白", *row] for row in rows)],
        活动日历=[["活动", "开始", "结束", "班次", "增加"], *campaigns],
        节假日=[["日期", "名称", "类型"], *holidays],
    )


# --- 需求 and 活动日历 ------------------------------------------------------------------------------------------------


def test_the_tiny_desk_needs_what_it_says(tmp_path: Path) -> None:
    found = problem(tmp_path)
    tenth, eleventh = ([(one.shifts, one.post, one.minimum, one.target, one.maximum) for one in found.demands_by_day[on]]
                       for on in (day(10), day(11)))  # fmt: skip
    assert tenth == [(("白",), "", 1, 2, 3), (("晚",), "", 1, None, None), (("晚",), "主旺旺", 1, None, 1)]
    assert eleventh == [(("白",), "", 2, 3, 4), *tenth[1:]]  # 双11 adds one to 白


ORDER = ["每天", "周末", "休息日", "周六", "节假日", "法定节假日", "店庆", "11-14"]


@pytest.mark.parametrize("last", range(len(ORDER)))
def test_the_most_specific_row_holds(tmp_path: Path, last: int) -> None:
    rows: list[list[object]] = [[words, number] for number, words in enumerate(ORDER[: last + 1], 1)]
    content = needs(*rows, campaigns=[["店庆", "11-14", "11-15", None, None]], holidays=[["2026-11-14", "日", "法定"]])
    found = problem(tmp_path, content)
    assert [one.minimum for one in found.demands_by_day[day(14)]] == [last + 1]
    assert [one.minimum for one in found.demands_by_day[NINTH]] == [1]


def test_among_dates_and_weekdays_the_shorter_list_holds(tmp_path: Path) -> None:
    found = problem(tmp_path, needs(["周一-周五", 1], ["周三", 2], ["11-09至11-10", 3], ["11-10", 4]))
    assert [one.minimum for one in found.demands] == [3, 4, 2, 1, 1]


def test_workdays_follow_the_calendar(tmp_path: Path) -> None:
    content = needs(
        ["工作日", 2], ["休息日", 1], holidays=[["2026-11-14", "补班", "上班"], ["2026-11-11", "店庆", "休息"]]
    )
    assert [one.minimum for one in problem(tmp_path, content).demands] == [2, 2, 1, 2, 2, 2, 1]


def test_a_list_of_days_is_as_specific_as_its_part(tmp_path: Path) -> None:
    found = problem(tmp_path, needs(["周一、11-12", 5], ["周四", 3], ["每天", 1]))
    assert [one.minimum for one in found.demands] == [5, 1, 1, 5, 1, 1, 1]


def test_a_campaign_raises_what_is_general_and_leaves_what_names_it(tmp_path: Path) -> None:
    content = needs(
        ["每天", 2, 3, 4],
        ["双11", 9, None, None],
        campaigns=[["双11", "11-11", None, "白", 5], ["大促", "11-12", "11-13", None, 2]],
    )
    assert [(one.minimum, one.target, one.maximum) for one in problem(tmp_path, content).demands[1:6]] == [
        (2, 3, 4), (9, None, None), (4, 5, 6), (4, 5, 6), (2, 3, 4),
    ]  # fmt: skip


def test_needs_by_skill_and_time_of_day(tmp_path: Path) -> None:
    rows: Rows = [["技能", "时段", "最少"], [None, "12:00-13:00", 2], ["售后", "23:00-1:00", 1]]
    found = problem(tmp_path, sheets(需求=rows, 活动日历=None))
    assert [(one.skill, one.window, one.shifts) for one in found.demands_by_day[NINTH]] == [
        ("", (720, 780), ()), ("售后", (1380, 1500), ()),
    ]  # fmt: skip


def test_a_need_waits_for_the_days_of_its_shift(tmp_path: Path) -> None:
    shifts: Rows = [*SHEETS["班次"], ["促", "促销班", "9:00", "18:00"]]
    dated = [
        [*row, *([None] * (9 - len(row))), since]
        for row, since in zip(shifts, ["自", None, None, "2026-11-14"], strict=True)
    ]
    found = problem(tmp_path, sheets(班次=dated, 需求=[["班次", "最少"], ["促", 1]], 活动日历=None))
    assert [one.day for one in found.demands] == [day(14), day(15)]


# --- 规则 -------------------------------------------------------------------------------------------------------------


def rules(folder: Path, *rows: list[object]) -> list[Stated]:
    """What these rows of 规则 state: 规则, 力度, 层级, 权重, 人员, 技能, 星期, 日期自, 参数."""
    head = ["规则", "力度", "层级", "权重", "人员", "技能", "星期", "日期自", "参数"]
    return list(problem(folder, sheets(规则=[head, *rows])).rules)


def test_rules_that_are_not_stated_hold_as_usual(tmp_path: Path) -> None:
    stated = {one.rule.name(): one for one in rules(tmp_path)}
    assert stated["fixed"].strength is Strength.HARD
    assert (stated["cover_minimum"].strength, stated["cover_minimum"].tier) == (Strength.SOFT, 1)
    assert stated["law_hours"].strength is Strength.WATCH
    assert "rest" not in stated


def test_a_rule_can_be_switched_off_or_made_hard(tmp_path: Path) -> None:
    stated = {one.rule.name(): one for one in rules(tmp_path, ["愿望", "停用"], ["law_hours", "必须"])}
    assert "wishes" not in stated
    assert stated["law_hours"].strength is Strength.HARD


def test_a_rule_has_tier_weight_scope_and_parameters(tmp_path: Path) -> None:
    row: list[object] = ["班间休息", "软", "公平", 3, "张伟、003", "售后", "周一-周三", "11-10", "小时=12"]
    found = rules(tmp_path, row)[0]
    assert (found.strength, found.tier, found.weight) == (Strength.SOFT, 4, 3)
    assert found.scope == Scope(
        frozenset({"001", "003"}), frozenset({"售后"}), weekdays=frozenset(range(3)), first=day(10)
    )
    assert vars(found.rule) == {"hours": 720}
    assert str(found.source) == "team.xlsx 规则!A2"


def test_the_same_rule_may_stand_several_times(tmp_path: Path) -> None:
    found = rules(
        tmp_path,
        ["rest", None, None, None, "001", None, None, None, "hours=11"],
        ["rest", "软", 2, None, None, None, None, None, "hours=12"],
    )
    assert [(one.strength, one.tier) for one in found[:2]] == [(Strength.HARD, 3), (Strength.SOFT, 2)]
    assert found[1].scope == EVERYBODY


def test_lists_in_parameters_are_spelt_as_the_sheet_does(tmp_path: Path) -> None:
    found = rules(
        tmp_path,
        ["apart", None, None, None, None, None, None, None, "shifts=晚班，白"],
        ["sequence", None, None, None, None, None, None, None, "sequences=晚>休>白、夜间>白"],
    )  # fmt: skip
    assert vars(found[0].rule) == {"shifts": ("晚班", "白")}
    assert vars(found[1].rule) == {"sequences": (("晚", "休", "白"), ("夜间", "白"))}


@pytest.mark.parametrize(("parameters", "wrong"), [
    ("shifts=早", "“早”: 班次表里没有这个班"), ("shifts=白，shifts=晚", "“shifts”: 这个参数写了两次"),
])  # fmt: skip
def test_parameters_name_what_the_desk_has(tmp_path: Path, parameters: str, wrong: str) -> None:
    with pytest.raises(BadInput) as error:
        rules(tmp_path, ["apart", None, None, None, None, None, None, None, parameters])
    assert str(error.value).startswith(f"team.xlsx 规则!I2 {wrong}")


# --- 请假与愿望 ---------------------------------------------------------------------------------------------------------


def test_leave_and_wishes(tmp_path: Path) -> None:
    rows: Rows = [
        ["工号", "姓名", "类型", "开始", "结束", "时段", "班次", "权重", "批准人", "批准时间"],
        ["002", None, "年假", datetime(2026, 11, 12), "11-13", None, None, None, "经理", "11-01"],
        [None, "李娜", "病假", "2026/11/9", None, "下午", None, None, "经理", None],
        ["001", "张伟", "想上", "11-10", "11-11", None, "晚班", 2, None, None],
        ["001", None, "不想上", "11-12", None, None, "晚", None, None, None],
        ["001", None, "想休", "11-14", None, None, None, None, None, None],
        ["001", None, "想休", "12-24", None, None, None, None, None, None],
    ]  # fmt: skip
    found, notes = read_problem(make(tmp_path, sheets(请假与愿望=rows)), WEEK)
    assert [(one.person, one.first, one.last, one.half, one.kind, one.approved) for one in found.leaves] == [
        ("002", day(12), day(13), "", "年假", True), ("003", NINTH, NINTH, "pm", "病假", False),
    ]  # fmt: skip
    assert [(one.day, one.on, one.shifts, one.weight) for one in found.wishes] == [
        (day(10), True, ("晚",), 2), (day(11), True, ("晚",), 2), (day(12), False, ("晚",), 1), (day(14), False, (), 1),
    ]  # fmt: skip
    assert [str(note) for note in notes] == [
        "team.xlsx 请假与愿望!I3 “经理”: 未批准：李娜的病假 → 请填批准人和批准时间"
    ]


# --- 会议 -------------------------------------------------------------------------------------------------------------


def meetings(folder: Path, when: object, who: object = None, toml: str = "") -> list[tuple[date, set[str]]]:
    """Days of the tiny desk's week and who attends, where sheet 会议 says this."""
    rows: Rows = [["名称", "日期", "开始", "结束", "参加"], ["例会", when, "13:50", "14:30", who]]
    found = problem(folder, sheets(会议=rows, 排班草稿=None), toml)
    return [(one.day, set(one.people)) for one in found.meetings if one.day in found.horizon]


@pytest.mark.parametrize(("when", "days"), [
    ("周一", [9]), ("周一、周四", [9, 12]), (datetime(2026, 11, 11), [11]), ("11月12日", [12]), ("第二个周三", [11]), ("每月第三个周三", []),
])  # fmt: skip
def test_meetings_are_on_dates_weekdays_or_once_a_month(tmp_path: Path, when: object, days: list[int]) -> None:
    assert [on.day for on, _ in meetings(tmp_path, when)] == days


@pytest.mark.parametrize(("who", "people"), [
    ("全员", {"001", "002", "003"}), (None, {"001", "002", "003"}), ("组长", {"001"}), ("二组、王芳", {"002", "003"}),
])  # fmt: skip
def test_those_meet_who_are_named_and_employed(tmp_path: Path, who: object, people: set[str]) -> None:
    assert meetings(tmp_path, "11-14", who) == [(day(14), people)]  # 007 left on the 13th


@pytest.mark.parametrize(("reading", "days"), [("fourth", []), ("week4", [17])])
def test_the_fourth_tuesday_is_what_the_desk_says(tmp_path: Path, reading: str, days: list[int]) -> None:
    rows: Rows = [["名称", "日期", "开始", "结束"], ["考核", "每月第四周二", "14:00", "15:00"]]
    desk = make(tmp_path, sheets(会议=rows), f'fourth_tuesday = "{reading}"')
    found = read_problem(desk, [day(number) for number in range(16, 23)])[0]  # the 1st is a Sunday, the 24th the other
    assert [one.day.day for one in found.meetings] == days


# --- 排班草稿 and 上期排班 ----------------------------------------------------------------------------------------------


GRIDS: Mapping[str, Rows] = {
    "dates of Excel": [["工号", "姓名", datetime(2026, 11, 9), datetime(2026, 11, 10)], ["001", "张伟", "白", "休"]],
    "days without a year": [["姓名", "11月9日", "11-10"], ["张伟", "白", "OFF"]],
    "weekdays beneath, totals and cover": [
        ["十一月第二周"], ["工号", "姓名", "2026-11-09\n周一", "2026-11-10 周二", "工时", "11月合计"],
        [None, None, "一", "二"], ["001", "张伟", "白班", "—", 8, 3], [None, "白班人数", "1", "2"], [None, "合计", 3, 4]],
    "other order": [["2026-11-10", "姓名", "2026-11-09", "工号"], ["年假", "张伟", "白", "001"]],
    "a person in two rows": [["工号", "11-09", "11-10"], ["001", "白", None], ["001", "白", "休息"]],
}  # fmt: skip


@pytest.mark.parametrize("rows", GRIDS.values(), ids=GRIDS)
def test_a_grid_is_read_however_it_is_laid_out(tmp_path: Path, rows: Rows) -> None:
    found = problem(tmp_path, sheets(排班草稿=rows))
    assert {(one.person, one.day, one.shift) for one in found.fixed} == {("001", NINTH, "白"), ("001", day(10), "")}


def test_kinds_of_leave_mean_a_day_off_in_a_grid(tmp_path: Path) -> None:
    leave: Rows = [["工号", "类型", "开始"], ["002", "外出学习", "11-12"]]
    grid: Rows = [["工号", "11-12", "11-13"], ["002", "外出学习", "育儿假"]]
    assert [one.shift for one in problem(tmp_path, sheets(请假与愿望=leave, 排班草稿=grid)).fixed] == ["", ""]


def test_a_draft_for_other_days_is_noted(tmp_path: Path) -> None:
    desk = make(tmp_path, sheets(排班草稿=[["工号", "11-02"], ["001", "白"]]))
    found, notes = read_problem(desk, WEEK)
    assert found.fixed == ()
    assert [str(note) for note in notes] == [
        "team.xlsx 排班草稿: 填的都不是 2026-11-09 周一 到 2026-11-15 周日 之间的日子 → 这次排班用不上"
    ]


def test_the_past_tells_when_shifts_really_ended(tmp_path: Path) -> None:
    found = problem(tmp_path)
    assert found.past_days == {day(7), day(8)}
    assert found.past_by_person["002"][day(8)].ended == 24 * 60 + 40
    assert found.past_by_person["003"] == {day(8): Duty(day(8), "白", "003")}


def rosters(folder: Path, **files: Mapping[str, Rows]) -> Desk:
    """The tiny desk without a sheet 上期排班, and with these files in its folder of rosters."""
    desk = make(folder, sheets(上期排班=None, 排班草稿=None))
    desk.rosters.mkdir()
    for name, content in files.items():
        write_book(desk.rosters / f"{name}.xlsx", content)
    return desk


def test_of_two_rosters_the_later_one_holds(tmp_path: Path) -> None:
    desk = rosters(
        tmp_path,
        排班_月={"排班": [["工号", "11-01", "11-06", "11-07"], ["001", "白", "白", "白"], ["002", "休", "休", "休"]]},
        排班_周={"排班": [["工号", "11-06", "11-07", "11-08"], ["001", "晚", None, None], ["008", "白", "白", None]]},
    )
    found, notes = read_problem(desk, WEEK)
    assert {(one.day.day, one.shift, one.person) for one in found.past} == {
        (1, "白", "001"),
        (6, "晚", "001"),
        (7, "白", "001"),
    }
    assert found.past_days == {day(1), day(6), day(7)}  # nothing is filled in for the 8th
    assert [str(note) for note in notes] == ["排班_周.xlsx 排班!A3 “008”: 人员表里没有这个工号或姓名"]


def test_the_sheet_of_the_last_roster_holds_over_files(tmp_path: Path) -> None:
    desk = rosters(tmp_path, 排班_周={"排班": [["工号", "11-08"], ["001", "白"], ["002", "白"]]})
    typed: Rows = [["工号", "11-08"], ["001", "晚(0:30)"], ["002", None]]
    write_book(desk.folder / "team.xlsx", sheets(上期排班=typed, 排班草稿=None))
    past = read_problem(desk, WEEK)[0].past_by_person
    assert (past["001"][day(8)].shift, past["001"][day(8)].ended, past["002"][day(8)].shift) == ("晚", 1470, "白")


def test_only_the_days_before_and_not_too_long_ago_are_past(tmp_path: Path) -> None:
    desk = rosters(
        tmp_path, 排班_月={"排班": [["工号", "11-01", "11-02", "11-08", "11-09"], ["001", "白", "白", "白", "白"]]}
    )
    (tmp_path / "cstools.toml").write_text("past_days = 7", encoding="utf-8")
    assert read_problem(Desk.find(desk.folder), WEEK)[0].past_days == {day(2), day(8)}


def test_posts_and_meals_come_from_the_sheet_by_day_where_the_grid_agrees(tmp_path: Path) -> None:
    by_day: Rows = [
        ["日期", "班次", "工号", "姓名", "岗位", "用餐"],
        [datetime(2026, 11, 8), "白", "001", "张伟", "主旺旺、值班经理", "12:00–12:30"],
        [datetime(2026, 11, 8), "晚", "002", "王芳", "主旺旺", None],
    ]  # fmt: skip
    desk = rosters(tmp_path, a={"排班": [["工号", "11-08"], ["001", "白"], ["002", "白"]], "按日": by_day})
    past = read_problem(desk, WEEK)[0].past_by_person
    assert past["001"][day(8)] == Duty(day(8), "白", "001", ("主旺旺", "值班经理"), (720, 750))
    assert past["002"][day(8)] == Duty(day(8), "白", "002")


# --- which days, and whole rosters --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "first", "last"), [
    ("排班_2026-11-09_2026-11-15", 16, 22), ("排班_2026-11-01_2026-11-17", 18, 22),
])  # fmt: skip
def test_the_next_days_follow_the_last_roster(tmp_path: Path, name: str, first: int, last: int) -> None:
    desk = make(tmp_path)
    assert default_days(desk) == WEEK  # after sheet 上期排班
    desk.rosters.mkdir()
    write_book(desk.rosters / f"{name}.xlsx", {"排班": []})
    days = default_days(desk)
    assert (days[0], days[-1]) == (day(first), day(last))


def test_a_new_desk_begins_next_monday(tmp_path: Path) -> None:
    desk = make(tmp_path, sheets(上期排班=None))
    days = default_days(desk)
    assert (days[0].weekday(), len(days)) == (0, 7)
    assert 0 < (days[0] - desk.today()).days <= 7


def test_a_kept_roster_fixes_what_is_filled(tmp_path: Path) -> None:
    kept = write_book(
        tmp_path / "kept.xlsx",
        {"排班": [["工号", "姓名", "11-10", "11-11"], ["002", "王芳", "晚", None], ["003", "李娜", None, "休"]]},
    )
    found = read_problem(make(tmp_path), WEEK, keep=kept)[0]
    assert [(one.person, one.day, one.shift) for one in found.fixed[2:]] == [
        ("002", day(10), "晚"),
        ("003", day(11), ""),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_roster_typed_by_hand_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "手排.csv"
    path.write_bytes("11-09,姓名,11-10\n白,张伟,晚\n晚,王芳,\n".encode(encoding))
    desk = make(tmp_path)
    found = read_roster(desk, path)
    assert found.problem.days == (NINTH, day(10))
    assert found.roster.duties == {Duty(NINTH, "白", "001"), Duty(day(10), "晚", "001"), Duty(NINTH, "晚", "002")}
    assert str(found.cells["002", NINTH]) == "手排.csv A3"
    assert str(found.cells["002", day(10)]) == "手排.csv C3"
    assert not found.roster.detailed
    assert [str(note) for note in found.notes] == [
        "手排.csv “李娜”: 这张班表里没有此人 → 按天天休息算", "手排.csv “赵敏”: 这张班表里没有此人 → 按天天休息算",
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "line"), [
    ("工号,11-09,11-11\n001,白,白", "手排.csv: 缺少 2026-11-10 周二 这一列 → 每天一列，不能断开"),
    ("工号,合计\n001,白", "手排.csv: 找不到写着工号或姓名、并有日期的表头 → 表头要有工号、姓名，每天一列，如 2026-11-09"),
    ("姓名,11-09\n张韦,白", "手排.csv A2 “张韦”: 人员表里没有这个工号或姓名 → 是不是“张伟”？"),
    ("姓名,11-09\n张伟,早", "手排.csv B2 “早”: 班次表里没有这个班 → 只能填：白、晚、休"),
])  # fmt: skip
def test_a_roster_that_cannot_be_read_is_one_line(tmp_path: Path, text: str, line: str) -> None:
    path = tmp_path / "手排.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as error:
        read_roster(make(tmp_path), path)
    assert str(error.value) == line


def test_english_sheets_and_headers_do_as_well(tmp_path: Path) -> None:
    content: Mapping[str, Rows] = {
        "team": [["Number", "Name", "Skills"], ["1", "Ann", "lead"], ["2", "Bob", None]],
        "shifts": [["code", "start", "end", "paid hours"], ["D", "9:00 AM", "18:00", 8]],
        "rules": [["rule", "strength", "parameters"], ["rest between shifts", "hard", "hours=11"]],
        "needs": [["shifts", "on days", "minimum"], ["D", "weekdays", 1]],
        "leave and wishes": [["name", "kind of leave", "start", "part of the day"], ["Ann", "holiday", "2026-11-10", "morning"],
                             ["Bob", "would like off", "2026-11-11", None]],
    }  # fmt: skip
    found = problem(tmp_path, content)
    assert next(one.rule.name() for one in found.rules) == "rest"
    assert [one.day.day for one in found.demands] == [9, 10, 11, 12, 13]
    assert [(one.person, one.half) for one in found.leaves] == [("1", "am")]
    assert [one.person for one in found.wishes] == ["2"]
    assert isinstance(found.demands[0], Demand)
    assert isinstance(found.leaves[0], Leave)
    assert isinstance(found.wishes[0], Wish)


def test_a_sheet_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    found = problem(tmp_path, {name: SHEETS[name] for name in ("人员", "班次")})
    assert (found.demands, found.leaves, found.fixed, found.past) == ((), (), (), frozenset())


def test_a_changed_cell_changes_the_problem(tmp_path: Path) -> None:
    assert problem(tmp_path, put("需求", "F2", "２")).demands[0].minimum == 2
