"""Each export as its system writes it: found by its headers, whatever the file is called."""

import csv
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from attendances import (
    MONDAY,
    SUNDAY,
    WECOM,
    Found,
    Row,
    dingtalk_day,
    dingtalk_month,
    dingtalk_punches,
    duty,
    read,
    roster,
    save,
    wecom_day,
    wecom_month,
)  # fmt: skip
from desks import SHEETS, make, sheets

from cstools.attendance import AttendanceSettings, DayFact, MonthFact
from cstools.attendance.words import UNKNOWN, Said, Vocabulary
from cstools.tables.grid import Sheet, read_book
from cstools.team import read_team

ZHANG = {"姓名": "张伟", "工号": "001", "UserId": "d1"}
DAY = timedelta(days=1)


def shown(fact: DayFact) -> tuple[object, ...]:
    """A fact in short: what it says besides the person, the day and the source."""
    said = {
        "late": fact.late,
        "early": fact.early,
        "missing": fact.missing,
        "absent": fact.absent,
        "rest": fact.rest,
        "leave": fact.leave,
    }
    return fact.start, fact.end, {key: value for key, value in said.items() if value}


def clean(found: Found) -> Found:
    assert not found.lines
    return found


# --- DingTalk 月度汇总 ------------------------------------------------------------------------------------------------


def test_a_monthly_report_of_dingtalk(tmp_path: Path) -> None:
    path = dingtalk_month(
        tmp_path / "随便什么.xlsx",
        ZHANG | {
            "出勤天数": 5, "请假/病假(小时)": 4, "休息天数": 2, "迟到次数": 1, "迟到时长": 10, "下班缺卡次数": 1, "旷工天数": 1,
            "加班-审批单统计/休息日加班(小时)": 3,
            "days": ["正常班:正常\n(08:17,18:30)", "正常班:迟到\n(08:40,18:30)", "正常班:下班缺卡\n(08:20,-)",
                     "正常班:病假4小时\n(08:20,12:00)", "正常班:旷工\n(-)", "休息\n(-)", "休息并打卡\n(09:00,12:00)"],
        },
    )  # fmt: skip
    found = clean(read(path))
    assert not found.notes
    assert [shown(fact) for fact in found.attendance.daily("001")] == [
        (497, 1110, {}),
        (520, 1110, {"late": 10}),  # the cell tells no minutes: the total's, of its only lateness
        (500, None, {"missing": 1}),
        (500, 720, {"leave": (("病假", Decimal(4)),)}),
        (None, None, {"absent": 1}),
        (None, None, {"rest": True}),
        (540, 720, {"rest": True}),
    ]
    total = found.attendance.months["001"]
    assert total == MonthFact(
        "001", MONDAY, SUNDAY, attended=Decimal(5), rest=Decimal(2), late=1, late_minutes=10, missing=1,
        absent=Decimal(1), leave=(("病假", Decimal(4)),), source=total.source,
    )  # fmt: skip
    assert str(total.source) == "随便什么.xlsx 月度汇总!A5"
    (overtime,) = found.attendance.overtime
    assert (overtime.kind, overtime.minutes, overtime.day, overtime.approval) == ("rest", 180, None, "export")


@pytest.mark.parametrize(
    ("header", "hours"),
    [("请假/事假(天)", 16), ("请假/事假(小时)", 2), ("请假/事假\n(小时)", 2), ("请假/事假（天）", 16)],
)
def test_the_headers_unit_decides(tmp_path: Path, header: str, hours: int) -> None:
    columns = {"姓名": "", "工号": "", "出勤天数": 0, header: None, "迟到次数": 0, "上班缺卡次数": 0, "旷工天数": 0}
    found = clean(read(dingtalk_month(tmp_path / "a.xlsx", ZHANG | {header: 2}, columns=columns, days=())))
    assert found.attendance.months["001"].leave == (("事假", Decimal(hours)),)


def test_a_setting_tells_the_unit_of_a_header_without_one(tmp_path: Path) -> None:
    columns = {
        "姓名": "",
        "工号": "",
        "出勤天数": 0,
        "迟到次数": 0,
        "上班缺卡次数": 0,
        "旷工天数": 0,
        "加班/节假日加班": 0,
    }
    path = dingtalk_month(tmp_path / "a.xlsx", ZHANG | {"加班/节假日加班": "1.5"}, columns=columns, days=())
    settings = AttendanceSettings(units={"节假日加班": "小时"})
    (overtime,) = clean(read(path, settings=settings)).attendance.overtime
    assert (overtime.kind, overtime.minutes) == ("holiday", 90)


def test_a_report_from_the_26th_to_the_25th_has_its_days_by_its_title(tmp_path: Path) -> None:
    first, last = date(2026, 10, 26), date(2026, 11, 25)
    names = ["六" if day.weekday() == 5 else "日" if day.weekday() == 6 else str(day.day)
             for day in (first + n * DAY for n in range(31))]  # fmt: skip
    cells = ["正常班:正常\n(08:17,18:30)"] * 31
    path = dingtalk_month(
        tmp_path / "a.xlsx", ZHANG | {"出勤天数": 31, "days": cells}, first=first, last=last, days=names
    )
    found = clean(read(path, first=first, last=last))
    assert [fact.day for fact in found.attendance.daily("001")] == [first + n * DAY for n in range(31)]
    assert found.attendance.months["001"].attended == 31


def test_two_months_of_reports_cover_a_period_from_the_26th_by_their_days(tmp_path: Path) -> None:
    october = [str(day) for day in range(26, 32)]
    paths = [
        dingtalk_month(tmp_path / "a.xlsx", ZHANG | {"days": ["正常"] * 6, "迟到次数": 3}, first=date(2026, 10, 26), last=date(2026, 10, 31), days=october),
        dingtalk_month(tmp_path / "b.xlsx", ZHANG | {"days": ["正常"] * 3, "迟到次数": 2}, first=date(2026, 11, 1), last=date(2026, 11, 3), days=["日", "2", "3"]),
    ]  # fmt: skip
    found = clean(read(*paths, first=date(2026, 10, 28), last=date(2026, 11, 2)))
    total = found.attendance.months["001"]
    assert (total.by_days, total.attended, total.late) == (True, Decimal(6), 0)  # the totals are of other days


def test_a_leave_of_three_days_is_a_day_in_each_cell(tmp_path: Path) -> None:
    words = "事假11-09 09:00到11-11 18:00 3天\n(-)"
    found = clean(
        read(dingtalk_month(tmp_path / "a.xlsx", ZHANG | {"请假/事假(天)": 3, "days": [words] * 3 + ["正常"] * 4}))
    )
    assert [fact.leave for fact in found.attendance.daily("001")][:4] == [(("事假", Decimal(8)),)] * 3 + [()]
    assert found.attendance.months["001"].leave == (("事假", Decimal(24)),)


def test_leave_without_hours_is_what_is_left_of_a_day(tmp_path: Path) -> None:
    cells = ["白班:事假\n(08:00,11:00)", "白班:事假\n(-)", "白班:事假\n(08:00,20:00)", *["正常"] * 4]
    found = clean(read(dingtalk_month(tmp_path / "a.xlsx", ZHANG | {"days": cells})))
    assert [fact.leave for fact in found.attendance.daily("001")][:3] == [
        (("事假", Decimal(hours)),) for hours in (5, 8, 0)
    ]


@pytest.mark.parametrize(("severe_late", "late"), [("absence", [31, 31]), ("late", [1, 31]), ("", [1, 31])])
def test_lateness_without_minutes_is_what_its_word_means_to_the_desk(
    tmp_path: Path, severe_late: str, late: list[int]
) -> None:
    path = dingtalk_month(tmp_path / "a.xlsx", ZHANG | {"days": ["严重迟到", "旷工迟到", *["正常"] * 5]})
    found = clean(read(path, settings=AttendanceSettings(severe_late=severe_late)))
    assert [fact.late for fact in found.attendance.daily("001")][:2] == late
    board = roster(duty("001", MONDAY))
    told = dingtalk_month(
        tmp_path / "b.xlsx", ZHANG | {"days": ["迟到\n(09:10,17:00)", "早退", *["正常"] * 5], "迟到次数": 2}
    )
    facts = clean(read(told, board=board)).attendance.daily("001")
    assert (facts[0].late, facts[1].early) == (40, 1)  # by the roster; nobody knows


# --- DingTalk 每日统计 and 原始记录 -----------------------------------------------------------------------------------


def test_a_daily_report_of_dingtalk(tmp_path: Path) -> None:
    path = dingtalk_day(
        tmp_path / "a.xlsx",
        {"姓名": "王芳", "UserId": "d2", "日期": "26-11-09 星期一", "班次": "晚班 16:30-24:00", "上班1打卡时间": "16:42", "上班1打卡结果": "迟到", "下班1打卡时间": "次日 00:40", "下班1打卡结果": "正常", "迟到时长": 12},
        {"姓名": "王芳", "UserId": "d2", "日期": "26-11-10 星期二", "班次": "休息"},
        {"姓名": "王芳", "UserId": "d2", "日期": "26-11-11 星期三", "班次": "晚班", "上班1打卡结果": "请假", "下班1打卡结果": "请假", "请假-事假(小时)": 8},
        {"姓名": "王芳", "UserId": "d2", "日期": "26-11-12 星期四", "班次": "晚班", "上班1打卡时间": "16:20", "上班1打卡结果": "正常", "下班1打卡结果": "缺卡", "下班缺卡次数": 1},
    )  # fmt: skip
    found = clean(read(path))
    assert [shown(fact) for fact in found.attendance.daily("002")] == [
        (1002, 1480, {"late": 12}),
        (None, None, {"rest": True}),
        (None, None, {"leave": (("事假", Decimal(8)),)}),
        (980, None, {"missing": 1}),
    ]
    total = found.attendance.months["002"]
    assert (total.by_days, total.attended, total.rest, total.late, total.late_minutes, total.missing) == (
        True, Decimal(2), Decimal(1), 1, 12, 1,
    )  # fmt: skip


def test_the_punches_of_dingtalk(tmp_path: Path) -> None:
    path = dingtalk_punches(
        tmp_path / "a.xlsx",
        {"姓名": "王芳", "考勤日期": "26-11-09 星期一", "考勤时间": "2026-11-09 16:30", "打卡时间": "2026-11-09 17:05", "打卡结果": "严重迟到"},
        {"姓名": "王芳", "考勤日期": "26-11-09 星期一", "考勤时间": "2026-11-10 00:00", "打卡时间": "2026-11-10 00:12", "打卡结果": "正常"},
        {"姓名": "王芳", "考勤日期": "26-11-10 星期二", "考勤时间": "2026-11-10 16:30", "打卡结果": "缺卡"},
        {"姓名": "王芳", "考勤日期": "26-11-10 星期二", "考勤时间": "2026-11-11 00:00", "打卡时间": "2026-11-10 23:50", "打卡结果": "早退"},
    )  # fmt: skip
    found = clean(read(path))
    assert [shown(fact) for fact in found.attendance.daily("002")] == [
        (1025, 1452, {"late": 35}),
        (None, 1430, {"early": 10, "missing": 1}),
    ]


# --- WeCom ------------------------------------------------------------------------------------------------------------


def test_a_monthly_report_of_wecom(tmp_path: Path) -> None:
    path = wecom_month(
        tmp_path / "a.xlsx",
        {"姓名": "李娜", "账号": "wd3", "年假(天)": 1, "调休(小时)": 4, "迟到次数(次)": 1, "迟到时长(分钟)": 40, "缺卡次数(次)": 1,
         "工作日加班时长(小时)": 3, "工作日加班计为加班费(小时)": 2, "工作日加班计为调休(小时)": 1, "节假日加班时长(小时)": 5,
         "days": ["正常 ;", "迟到40分钟 ;", "年假1天", "正常", "缺卡(1次)", "休息", "--"]},
    )  # fmt: skip
    found = clean(read(path))
    assert [shown(fact)[2] for fact in found.attendance.daily("003")] == [
        {}, {"late": 40}, {"leave": (("年假", Decimal(8)),)}, {}, {"missing": 1}, {"rest": True},
    ]  # fmt: skip
    total = found.attendance.months["003"]
    assert (total.attended, total.worked, total.late_minutes, total.missing) == (Decimal(5), 2400, 40, 1)
    assert total.leave == (("年假", Decimal(8)), ("调休", Decimal(4)))
    assert [(one.kind, one.minutes, one.time_off) for one in found.attendance.overtime] == [
        ("holiday", 300, False), ("workday", 60, True), ("workday", 120, False),
    ]  # fmt: skip


def test_days_without_a_year_are_the_latest_before_the_report_was_made(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["上下班打卡_月报"],
        ["统计时间:12-26 ～ 01-25  制表时间:2027-02-01 09:00"],
        list(WECOM),
        ["李娜", *list(WECOM.values())[1:]],
    ]
    path = save(tmp_path / "a.xlsx", "上下班打卡_月报", rows)
    found = clean(read(path, first=date(2026, 12, 26), last=date(2027, 1, 25)))
    assert found.attendance.months["003"].attended == 5


def test_a_spring_report_made_in_winter_is_of_the_same_year(tmp_path: Path) -> None:
    """The nearest April to December is the next year's, which no report can be about."""
    rows: list[Row] = [
        ["统计时间:04-01 ～ 04-30  制表时间:2026-12-01 09:00"],
        list(WECOM),
        ["李娜", *list(WECOM.values())[1:]],
    ]
    found = clean(read(save(tmp_path / "a.xlsx", "月报", rows), first=date(2026, 4, 1), last=date(2026, 4, 30)))
    assert found.attendance.months["003"].first == date(2026, 4, 1)


def test_a_daily_report_of_wecom(tmp_path: Path) -> None:
    path = wecom_day(
        tmp_path / "a.xlsx",
        {"时间": "2026/11/09 星期一", "姓名": "李娜", "账号": "wd3", "班次": "晚班", "最早": "16:20", "最晚": "次日01:20", "实际工作时长(小时)": 8.5, "考勤结果": "正常"},
        {"时间": "2026/11/10 星期二", "姓名": "李娜", "最早": "未打卡", "最晚": "未打卡", "考勤结果": "旷工", "旷工次数(次)": 1},
        {"时间": "2026/11/11 星期三", "姓名": "李娜", "最早": "16:40", "最晚": "23:50", "考勤结果": "迟到;早退", "迟到时长(分钟)": 10, "早退时长(分钟)": 10},
        {"时间": "2026/11/15 星期日", "姓名": "李娜", "考勤结果": "休息", "加班时长(小时)": 2},
    )  # fmt: skip
    found = clean(read(path))
    assert [shown(fact) for fact in found.attendance.daily("003")] == [
        (980, 1520, {}), (None, None, {"absent": 1}), (1000, 1430, {"late": 10, "early": 10}), (None, None, {"rest": True}),
    ]  # fmt: skip
    assert found.attendance.daily("003")[0].worked == 510
    (overtime,) = found.attendance.overtime
    assert (overtime.day, overtime.minutes, overtime.kind) == (SUNDAY, 120, "")


def test_wecom_as_gbk_csv_with_punches_alone(tmp_path: Path) -> None:
    path = tmp_path / "2019.csv"
    rows = [["时间", "姓名", "上班1", "", "下班1", ""], ["", "", "打卡时间", "打卡状态", "打卡时间", "打卡状态"],
            ["2026/11/09 星期一", "李娜", "08:35", "迟到5分钟", "17:00", "正常"], ["2026/11/10 星期二", "李娜", "--", "--", "--", "--"]]  # fmt: skip
    with path.open("w", encoding="gbk", newline="") as file:
        csv.writer(file).writerows(rows)
    found = clean(read(path))
    assert shown(found.attendance.daily("003")[0]) == (515, 1020, {"late": 5})


# --- the own sheet, and other systems ---------------------------------------------------------------------------------


def sheet(path: Path, *rows: list[object]) -> Sheet:
    return read_book(save(path, "考勤", rows)).first


def test_the_desks_own_sheet_by_the_roster(tmp_path: Path) -> None:
    own = sheet(
        tmp_path / "pay.xlsx",
        ["工号", "姓名", "日期", "上班打卡", "下班打卡", "请假类型", "请假小时", "加班小时", "批准人", "批准时间", "备注"],
        ["001", None, "2026-11-09", "8:50", "17:00"],
        ["001", "张伟", datetime(2026, 11, 10), "8:20", None, None, None, None, None, None, "忘打卡"],
        [None, "张伟", "2026-11-11", None, None, "事假"],
        ["001", None, "2026-11-12", "10:30", "17:00", "事假", 2],
        ["001", None, "2026-11-13"],
        ["001", None, "2026-11-14", "8:30", "12:30", None, None, 4, "经理", "2026-11-13 18:00"],
    )  # fmt: skip
    board = roster(*(duty("001", MONDAY + n * DAY) for n in range(5)))
    found = clean(read(attendance=own, board=board))
    assert [shown(fact) for fact in found.attendance.daily("001")] == [
        (530, 1020, {"late": 20}),
        (500, None, {"missing": 1}),
        (None, None, {"leave": (("事假", Decimal(8)),)}),
        (630, 1020, {"leave": (("事假", Decimal(2)),)}),  # the leave explains the two hours
        (None, None, {"missing": 2}),
        (510, 750, {}),
    ]
    (overtime,) = found.attendance.overtime
    assert (overtime.minutes, overtime.approval, overtime.approved_at) == (240, "sheet", datetime(2026, 11, 13, 18))
    (note,) = found.notes  # Sunday has no row: doubtful, not wrong
    assert "2026-11-15" in str(note)


def test_a_row_of_the_own_sheet_without_times_is_a_rest_or_truancy(tmp_path: Path) -> None:
    own = sheet(
        tmp_path / "pay.xlsx",
        ["工号", "日期", "上班打卡", "下班打卡", "旷工天数"],
        ["001", "2026-11-09"],
        ["001", "2026-11-10", None, None, 1],
    )
    assert [shown(fact) for fact in read(attendance=own).attendance.daily("001")] == [
        (None, None, {"rest": True}),
        (None, None, {"absent": 1}),
    ]


def test_the_sheet_of_overtime(tmp_path: Path) -> None:
    rows = sheet(
        tmp_path / "pay.xlsx",
        ["工号", "日期", "开始", "结束", "加班小时", "批准人", "批准时间", "补休"],
        ["001", "2026-11-09", "22:00", "1:00", None, "经理", "2026-11-09 12:00"],
        ["002", "2026-11-14", None, None, 3, "经理", "2026-11-13 12:00", "是"],
        ["003", "2026-11-14", "9:00", "12:00", 3],
    )
    found = read(overtime=rows).attendance.overtime
    assert [(one.person, one.span, one.minutes, one.approval, one.time_off) for one in found] == [
        ("001", (1320, 1500), 180, "sheet", False), ("002", None, 180, "sheet", True), ("003", (540, 720), 180, "", False),
    ]  # fmt: skip


def test_another_systems_table_of_days_by_a_mapping(tmp_path: Path) -> None:
    path = save(
        tmp_path / "打卡机.xlsx",
        "Sheet1",
        [["编号", "考勤日", "签到", "签退时刻"], ["001", "2026-11-09", "8:45", "17:10"]],
    )
    columns = {"number": "编号", "day": "考勤日", "start": "签到", "end": "签退时刻"}
    found = clean(read(path, settings=AttendanceSettings(columns=columns), board=roster(duty("001", MONDAY))))
    assert [shown(fact) for fact in found.attendance.daily("001")] == [(525, 1030, {"late": 15})]


def test_another_systems_totals_by_a_mapping(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["统计日期：2026-11-09 至 2026-11-15"],
        ["员工", "出勤", "迟到(次)", "迟到(分)", "年假(天)"],
        ["张伟", 5, 1, 12, 1],
    ]
    totals = {"name": "员工", "attended": "出勤", "late": "迟到(次)", "late_minutes": "迟到(分)"}
    found = clean(read(save(tmp_path / "a.xlsx", "汇总", rows), settings=AttendanceSettings(totals=totals)))
    total = found.attendance.months["001"]
    assert (total.attended, total.late, total.late_minutes, total.leave) == (Decimal(5), 1, 12, (("年假", Decimal(8)),))


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("A班09:00-18:00:正常", Said(planned="A班09:00-18:00", normal=True)),
        ("事假03-02 09:00到03-02 18:00 1天", Said(leave=(("事假", Decimal(8)),))),
        ("年假半天", Said(leave=(("年假", Decimal(4)),))),
        ("事假1小时30分钟", Said(leave=(("事假", Decimal("1.5")),))),
        ("白班:事假\n(-)", Said(planned="白班", leave=(("事假", None),))),
        ("严重迟到1小时5分钟、下班缺卡", Said(late=65, severe=True, missing=1)),
        ("旷工迟到", Said(late=UNKNOWN, truant=True)),
        ("旷工半天", Said(absent=Decimal("0.5"))),
        ("夜班：正常\n（21:55，06:02）", Said(1315, 1802, "夜班", normal=True)),
        ("外勤打卡;补卡审批通过", Said(normal=True)),
        ("陪娃", Said(unread=("陪娃",))),
    ],
)
def test_what_a_cell_says(cell: str, said: Said) -> None:
    assert Vocabulary().read(cell) == said


def test_a_companys_own_words() -> None:
    vocabulary = Vocabulary({"公干": "normal", "没来": "absent", "哺乳": "leave"}, ("育儿",))
    assert vocabulary.read("公干") == Said(normal=True)
    assert vocabulary.read("没来") == Said(absent=Decimal(1))
    assert vocabulary.read("哺乳;育儿2小时") == Said(leave=(("哺乳", None), ("育儿", Decimal(2))))


def test_every_fact_names_its_cell(tmp_path: Path) -> None:
    path = dingtalk_month(tmp_path / "a.xlsx", ZHANG | {"days": ["正常"] * 7})
    fact = clean(read(path)).attendance.daily("001")[6]
    assert str(fact.source) == "a.xlsx 月度汇总!AA5"


def test_the_account_in_wecom_stands_in_the_team_sheet(tmp_path: Path) -> None:
    people = [
        [*row, value] for row, value in zip(SHEETS["人员"], ("企业微信账号", None, "fang", None, None), strict=True)
    ]
    team = read_team(make(tmp_path, sheets(人员=people)), [])
    path = wecom_month(tmp_path / "a.xlsx", {"姓名": "芳芳", "账号": "fang"})
    assert list(clean(read(path, people=team.people)).attendance.months) == ["002"]
