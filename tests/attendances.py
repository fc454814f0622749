"""Exports of attendance as their systems write them, small: titles, merged two-level headers, line breaks, units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from cstools.attendance import Asked, Attendance, AttendanceSettings, read_attendance
from cstools.dated import Dated
from cstools.duties import Board, Posted
from cstools.errors import Fault
from cstools.people import Person, Terms
from cstools.shifts import Duty, Shift

MONDAY = date(2026, 11, 9)
SUNDAY = date(2026, 11, 15)
EARLY = Shift("白", "白班", 510, 1020, 480)
LATE = Shift("晚", "晚班", 990, 1440, 420, open_ended=True)
WEEKDAYS = "一二三四五六日"


def person(number: str, name: str, account: str = "", **more: Any) -> Person:
    accounts = (("dingtalk", account), ("wecom", f"w{account}")) if account else ()
    return Person(number, name, Dated.always(Terms(contract=more.pop("contract", ""), accounts=accounts)), **more)


PEOPLE = (person("001", "张伟", "d1"), person("002", "王芳", "d2"), person("003", "李娜", "d3"))


def duty(number: str, day: date, shift: Shift = EARLY, meal: tuple[int, int] | None = None) -> Posted:
    return Posted.of(Duty(day, shift.code, number, meal=meal), shift)


def roster(*duties: Posted, first: date = MONDAY, last: date = SUNDAY) -> Board:
    days = frozenset(first + timedelta(days=n) for n in range((last - first).days + 1))
    return Board(days).changed({(one.duty.day, one.duty.person): one for one in duties},
                               {one.number: one.name for one in PEOPLE})  # fmt: skip


# --- files ------------------------------------------------------------------------------------------------------------

Row = Sequence[object]


def save(path: Path, sheet: str, rows: Sequence[Row], merges: Sequence[str] = ()) -> Path:
    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for block in merges:
        page.merge_cells(block)
    book.save(path)
    return path


# 月度汇总's fixed columns, each with what stands below it; "" for a column merged over both rows of the header.
DINGTALK: Mapping[str, object] = {
    "姓名": "", "考勤组": "客服", "部门": "客服部", "工号": "", "职位": "客服", "UserId": "", "出勤天数": 0, "请假/事假(天)": None,
    "请假/病假(小时)": None, "休息天数": 0, "工作时长": None, "迟到次数": 0, "迟到时长": 0, "严重迟到次数": None, "严重迟到时长": None,
    "上班缺卡次数": 0, "下班缺卡次数": 0, "旷工天数": 0, "加班-审批单统计/休息日加班(小时)": None, "加班-审批单统计/节假日加班(小时)": None,
}  # fmt: skip
WEEK = ("9", "10", "11", "12", "13", "六", "日")


def dingtalk_month(
    path: Path, *people: Mapping[str, object], made: str = "2026-11-16 09:30", columns: Mapping[str, object] = DINGTALK,
    first: date = MONDAY, last: date = SUNDAY, days: Sequence[str] = WEEK,
) -> Path:  # fmt: skip
    """月度汇总: each person's values by column, and the days' cells under 考勤结果."""
    names = [*columns, *(f"考勤结果/{name}" for name in days)]
    upper = [name.split("/")[0] for name in names]
    lower = [name.split("/")[1] if "/" in name else None for name in names]
    rows: list[Row] = [
        [f"月度汇总 统计日期：{first} 至 {last}"], [f"报表生成时间：{made}"],
        [None if place and upper[place - 1] == name else name for place, name in enumerate(upper)], lower,
    ]  # fmt: skip
    for values in people:
        cells = values.get("days", ())
        rows.append([*(values.get(name, default) for name, default in columns.items()), *cells])  # type: ignore[misc] # a row
    merges = [f"{letter(place)}3:{letter(place)}4" for place, name in enumerate(lower, 1) if name is None]
    merges += [f"A1:{letter(len(names))}1", f"A2:{letter(len(names))}2"]
    return save(path, "月度汇总", rows, merges)


def letter(column: int) -> str:
    return chr(ord("A") + column - 1) if column <= 26 else f"A{letter(column - 26)}"


DAILY = ("姓名", "考勤组", "部门", "工号", "职位", "UserId", "日期", "班次", "上班1打卡时间", "上班1打卡结果", "下班1打卡时间", "下班1打卡结果", "关联的审批单", "出勤天数", "休息天数", "工作时长", "迟到次数", "迟到时长", "严重迟到次数", "严重迟到时长", "早退次数", "早退时长", "上班缺卡次数", "下班缺卡次数", "旷工天数", "请假-事假(小时)", "加班-审批单统计")  # fmt: skip


def dingtalk_day(path: Path, *rows: Mapping[str, object], made: str = "2026-11-16 09:30") -> Path:
    """每日统计."""
    title: list[Row] = [["每日统计表 统计日期：2026-11-09 至 2026-11-15"], [f"报表生成时间：{made}"], DAILY]
    return save(path, "每日统计", [*title, *([row.get(name) for name in DAILY] for row in rows)])


PUNCHES = (
    "姓名",
    "考勤组",
    "部门",
    "工号",
    "职位",
    "UserId",
    "考勤日期",
    "考勤时间",
    "打卡时间",
    "打卡结果",
    "打卡地址",
    "打卡备注",
    "异常打卡原因",
    "打卡设备",
)


def dingtalk_punches(path: Path, *rows: Mapping[str, object]) -> Path:
    """原始记录."""
    return save(path, "原始记录", [PUNCHES, *([row.get(name) for name in PUNCHES] for row in rows)])


WECOM: Mapping[str, object] = {
    "姓名": "", "账号": "", "所属规则": "上下班打卡", "部门": "客服部", "职务": "--", "应出勤天数\n(天)": 5, "实际出勤天数\n(天)": 5,
    "休息天数\n(天)": 2, "正常天数\n(天)": 5, "异常天数\n(天)": 0, "标准工作时长\n(小时)": 40, "实际工作时长\n(小时)": 40, "异常合计\n(次)": 0,
    "迟到次数\n(次)": 0, "迟到时长\n(分钟)": 0, "早退次数\n(次)": 0, "早退时长\n(分钟)": 0, "旷工次数\n(次)": 0, "旷工时长\n(分钟)": 0,
    "缺卡次数\n(次)": 0, "补卡次数\n(次)": 0, "外出\n(小时)": "--", "年假\n(天)": "--", "调休\n(小时)": "--", "事假\n(天)": "--",
    "加班时长\n(小时)": "--", "工作日加班时长\n(小时)": "--", "工作日加班计为调休\n(小时)": "--", "工作日加班计为加班费\n(小时)": "--",
    "休息日加班时长\n(小时)": "--", "节假日加班时长\n(小时)": "--",
}  # fmt: skip


def wecom_month(
    path: Path, *people: Mapping[str, object], title: str = "11-09 ～ 11-15", columns: Mapping[str, object] = WECOM
) -> Path:
    """上下班打卡_月报."""
    heads = [*columns, *(f"{9 + n}\n星期{WEEKDAYS[n]}" for n in range(7))]
    rows: list[Row] = [["上下班打卡_月报"], [f"统计时间:{title}     制表时间:2026-11-16 17:23(UTC+8)"], [], heads]
    for values in people:
        plain = {name.replace("\n", ""): value for name, value in values.items()}
        cells = values.get("days", ("正常 ;",) * 5 + ("休息",) * 2)
        rows.append([*(plain.get(name.replace("\n", ""), default) for name, default in columns.items()), *cells])  # type: ignore[misc] # a row
    return save(path, "上下班打卡_月报", rows, ["A1:AL1", "A2:AL2"])


WECOM_DAY = ("时间", "姓名", "账号", "基础信息/部门", "基础信息/职务", "考勤概况/所属规则", "考勤概况/班次", "考勤概况/最早", "考勤概况/最晚",
             "考勤概况/打卡次数(次)", "考勤概况/标准工作时长(小时)", "考勤概况/实际工作时长(小时)", "考勤概况/假勤申请", "考勤概况/考勤结果",
             "异常统计/迟到次数(次)", "异常统计/迟到时长(分钟)", "异常统计/早退时长(分钟)", "异常统计/旷工次数(次)", "异常统计/缺卡次数(次)",
             "外出打卡/最早", "外出打卡/最晚", "加班统计/加班状态", "加班统计/加班时长(小时)", "假勤统计/年假(天)", "假勤统计/事假(小时)")  # fmt: skip


def wecom_day(path: Path, *rows: Mapping[str, object]) -> Path:
    """上下班打卡_日报, its sheet 概况统计与打卡明细."""
    pairs = [name.split("/") for name in WECOM_DAY]
    upper = [pair[0] if place == 0 or pairs[place - 1][0] != pair[0] else None for place, pair in enumerate(pairs)]
    lower = [pair[1] if len(pair) > 1 else None for pair in pairs]
    body = [[row.get(pair[-1], "--") for pair in pairs] for row in rows]
    title = [["概况统计与打卡明细"], ["统计时间:11-09 ～ 11-15     制表时间:2026-11-16 17:23(UTC+8)"]]
    return save(
        path, "概况统计与打卡明细", [*title, upper, lower, *body], ["A3:A4", "B3:B4", "C3:C4", "A1:Y1", "A2:Y2"]
    )


# --- reading ----------------------------------------------------------------------------------------------------------


@dataclass
class Found:
    """What was read, and what was wrong or doubtful."""

    attendance: Attendance
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        return [str(fault) for fault in self.faults]


def read(
    *paths: Path,
    people: Sequence[Person] = PEOPLE,
    first: date = MONDAY,
    last: date = SUNDAY,
    settings: AttendanceSettings | None = None,
    **more: Any,
) -> Found:
    faults: list[Fault] = []
    notes: list[Fault] = []
    asked = Asked(people, first, last, settings or AttendanceSettings(), paths, **more)
    return Found(read_attendance(asked, faults, notes), faults, notes)
