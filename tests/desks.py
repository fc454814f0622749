"""A tiny desk on disk, made anew for each test: four people, two shifts, one week."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook

from cstools.desk import Desk

Rows = Sequence[Sequence[object]]
WEEK = tuple(date(2026, 11, day) for day in range(9, 16))
SHEETS: Mapping[str, Rows] = {
    "人员": [
        ["工号", "姓名", "技能", "合同", "组", "师傅", "入职", "离职", "试用期至", "钉钉UserId", "旺旺子账号", "自"],
        ["001", "张伟", "组长、售后", "全职", "一组", None, datetime(2024, 3, 1), None, None, "d1", "店:张伟", None],
        ["002", "王芳", "售后", "全职", "一组", None, datetime(2024, 3, 1), None, None, "d2", None, None],
        ["003", "李娜", None, "全职", "二组", "张伟", datetime(2026, 9, 1), None, datetime(2026, 11, 30), "d3", None, None],
        ["007", "赵敏", "售后", "兼职", "二组", None, datetime(2025, 1, 6), datetime(2026, 11, 13), None, "d7", None, None],
    ],
    "班次": [
        ["代码", "名称", "开始", "结束", "休息分钟", "类别", "需要技能", "用餐时段", "颜色"],
        ["白", "白班", "8:30", "17:00", 30, "日间", None, "11:30-12:00、12:00-12:30", "FFF2CC"],
        ["晚", "晚班", "16:30", "24:00", 30, "夜间", "售后", None, "D9D2E9"],
    ],
    "规则": [
        ["规则", "力度", "层级", "权重", "人员", "技能", "合同", "组", "星期", "日期自", "日期至", "参数"],
        ["rest", "必须", None, None, None, None, None, None, None, None, None, "hours=11"],
    ],
    "需求": [
        ["班次", "技能", "岗位", "时段", "适用日", "最少", "目标", "最多"],
        ["白", None, None, None, "每天", 1, 2, 3],
        ["晚", None, None, None, "每天", 1, None, None],
        ["晚", None, "主旺旺", None, "每天", 1, None, None],
    ],
    "请假与愿望": [
        ["工号", "姓名", "类型", "开始", "结束", "时段", "班次", "权重", "批准人", "批准时间"],
        ["002", "王芳", "年假", datetime(2026, 11, 12), datetime(2026, 11, 13), None, None, None, "经理", "2026-11-01 9:00"],
        ["003", None, "想休", "11-14", None, None, None, 2, None, None],
    ],
    "排班草稿": [["工号", "姓名", *map(str, WEEK)], ["001", "张伟", "白", None, "休"], ["002", "王芳"]],
    "上期排班": [
        ["工号", "姓名", "2026-11-07", "2026-11-08"],
        ["001", "张伟", "白", "休"], ["002", "王芳", "晚", "晚(24:40)"], ["003", "李娜", "休", "白"], ["007", "赵敏", "休", "休"],
    ],
    "活动日历": [["活动", "开始", "结束", "班次", "增加"], ["双11", "11-11", None, "白", 1]],
    "会议": [["名称", "日期", "开始", "结束", "参加"], ["例会", "周一", "13:50", "14:30", "全员"]],
    "节假日": [["日期", "名称", "类型"]],
}  # fmt: skip


def sheets(**changed: Rows | None) -> dict[str, Rows]:
    """The tiny desk's sheets with some replaced, or left out where None."""
    return {name: rows for name, rows in {**SHEETS, **changed}.items() if rows is not None}


def put(sheet: str, cell: str, value: object) -> dict[str, Rows]:
    """The tiny desk's sheets with one cell changed, A1 being the first header."""
    rows = [list(row) for row in SHEETS[sheet]]
    column, row = ord(cell[0]) - ord("A"), int(cell[1:]) - 1
    while len(rows) <= row:
        rows.append([])
    rows[row] += [None] * (column + 1 - len(rows[row]))
    rows[row][column] = value
    return sheets(**{sheet: rows})


def write_book(path: Path, content: Mapping[str, Rows]) -> Path:
    """A workbook with these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in content.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def make(folder: Path, content: Mapping[str, Rows] = SHEETS, toml: str = "") -> Desk:
    """A desk in a folder."""
    (folder / "cstools.toml").write_text(toml, encoding="utf-8")
    write_book(folder / "team.xlsx", content)
    return Desk.find(folder)
