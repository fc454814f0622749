"""Whatever is wrong in a desk is told in one clear line with its cell, exit code 3, and nothing is written."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

import pytest
from desks import SHEETS, WEEK, Rows, make, put, sheets, write_book

from cstools.errors import BadInput
from cstools.roster.reader import read_problem, read_roster

Content = Mapping[str, Rows]


def plus(sheet: str, *row: object) -> Content:
    """The tiny desk with one more row in a sheet."""
    return sheets(**{sheet: [*SHEETS[sheet], row]})


def draft(*rows: list[object]) -> Content:
    """The tiny desk with these rows as its draft."""
    return sheets(排班草稿=rows)


def told(folder: Path, content: Content = SHEETS, toml: str = "", days: tuple[date, ...] = WEEK) -> list[str]:
    """The lines that reading a desk ends with."""
    with pytest.raises(BadInput) as error:
        read_problem(make(folder, content, toml), days)
    assert error.value.exit_code == 3
    return [str(fault) for fault in error.value.faults]


CELLS: Mapping[str, tuple[Content, str]] = {
    "a date that isn't there": (
        put("人员", "G3", "2024-13-01"),
        "team.xlsx 人员!G3 “2024-13-01”: 入职：不是有效的日期 → 填日期，例如 2026-11-09"),
    "a weekday that isn't the date's": (
        put("请假与愿望", "D2", "2026-11-12 周五"),
        "team.xlsx 请假与愿望!D2 “2026-11-12 周五”: 开始：不是有效的日期 → 填日期，例如 2026-11-09"),
    "an unknown person": (
        put("请假与愿望", "A3", "020"),
        "team.xlsx 请假与愿望!A3 “020”: 人员表里没有这个工号或姓名"),
    "a number that Excel took the zeros from": (
        put("请假与愿望", "A3", 3),
        "team.xlsx 请假与愿望!A3 “3”: 人员表里没有这个工号或姓名 → 是不是“003”？"),
    "a number without its zeros in sheet 人员, called by it everywhere else": (
        put("人员", "A2", 1),
        "team.xlsx 人员!A2 “1”: 别处写的是 001 → 是不是“001”？"),
    "a person's name typed wrong": (
        put("规则", "E2", "张玮"),
        "team.xlsx 规则!E2 “张玮”: 人员表里没有这个工号或姓名 → 是不是“张伟”？"),
    "a number with somebody else's name": (
        put("请假与愿望", "B2", "李娜"),
        "team.xlsx 请假与愿望!B2 “李娜”: 工号 002 是王芳 → 工号和姓名要是同一个人"),
    "neither number nor name": (
        put("请假与愿望", "A3", None),
        "team.xlsx 请假与愿望!A3: 工号和姓名都空着 → 写人员表里的工号或姓名"),
    "an unknown mentor": (
        put("人员", "F4", "张三"),
        "team.xlsx 人员!F4 “张三”: 人员表里没有这个工号或姓名 → 是不是“张伟”？"),
    "an unknown shift in the draft": (
        put("排班草稿", "C3", "夜"),
        "team.xlsx 排班草稿!C3 “夜”: 班次表里没有这个班 → 只能填：白、晚、休"),
    "an unknown shift in the last roster": (
        put("上期排班", "C2", "早"),
        "team.xlsx 上期排班!C2 “早”: 班次表里没有这个班 → 只能填：白、晚、休；停用的班次在“班次”表里保留那一行，“至”填最后一天"),
    "an unknown shift in the needs": (
        put("需求", "A3", "晚上班"),
        "team.xlsx 需求!A3 “晚上班”: 班次表里没有这个班 → 是不是“晚班”？"),
    "a number that stands twice": (
        put("人员", "A5", "001"),
        "team.xlsx 人员!A5 “001”: 工号重复：A2 的张伟也是这个号 → 换一个工号，或在“自”列写日期"),
    "a 19-digit number that Excel made a float": (
        put("人员", "J2", 1234567890123456789.0),
        ("team.xlsx 人员!J2 “1.234567890123457e+18”: 钉钉UserId：Excel 已损坏此号码：只剩前 15 位是真的"
        " → 请把这一列设为“文本”格式，再重新填写号码")),
    "one account of two people": (
        put("人员", "J3", "d1"),
        "team.xlsx 人员!J3 “d1”: J2 的张伟从 2024-03-01 周五 起也用这个账号 → 一个停用，另一个才能用：请填“离职”或“自”列"),
    "text where a number belongs": (
        put("需求", "F2", "两个"),
        "team.xlsx 需求!F2 “两个”: 最少：不是整数 → 0 到 999 之间"),
    "a formula without a value": (
        put("需求", "F2", "=1+1"),
        "team.xlsx 需求!F2 “=1+1”: 最少：公式没有结果 → 请在 Excel 中打开并保存一次"),
    "an error of Excel's": (
        put("需求", "F2", "#N/A"),
        "team.xlsx 需求!F2 “#N/A”: 最少：这是 Excel 的错误值，不是数据 → 请改正公式，或直接填值"),
    "a missing header": (
        put("人员", "B1", None),
        "team.xlsx 人员!A1: 缺少表头“姓名” → 这一行只有：工号、技能、合同、组、师傅、入职、离职、试用期至、钉钉UserId、旺旺子账号、自"),
    "an empty sheet": (
        sheets(班次=[]),
        "team.xlsx 班次: 工作表是空的 → 表头：代码、名称、开始、结束、休息分钟、计薪小时、类别、需要技能、用餐时段、开放结束、颜色、自、至"),
    "a sheet with nothing but its header": (
        sheets(班次=[SHEETS["班次"][0]]),
        "team.xlsx 班次: 表里没有内容 → 表头下面至少要有一行"),
    "a missing sheet": (
        sheets(人员=None),
        "team.xlsx: 缺少工作表“人员” → 请加上，或放一个 人员.csv"),
    "somebody who leaves before being hired": (
        put("人员", "H5", datetime(2020, 1, 1)),
        "team.xlsx 人员!H5 “2020-01-01”: 赵敏的离职早于入职 → 应不早于 2025-01-06 周一"),
    "a time of day that isn't": (
        put("班次", "C2", "25:70"),
        "team.xlsx 班次!C2 “25:70”: 开始：不是有效的时间 → 填 0:00 到 48:00 的时间，例如 8:30、24:00，次日 1:30 写 25:30"),
    "a break longer than the shift": (
        put("班次", "E2", 600),
        "team.xlsx 班次!E2 “600”: 这个班一共只有 8.5 小时 → 应比这少"),
    "a meal outside the shift": (
        put("班次", "H2", "18:00-18:30"),
        "team.xlsx 班次!H2 “18:00-18:30”: 用餐时段不在班次时间内 → 应在 08:30 到 17:00 之间"),
    "a shift called as a day off": (
        plus("班次", "休", "休息班", "9:00", "10:00"),
        "team.xlsx 班次!A4 “休”: 这个词表示休息 → 换一个代码"),
    "a shift that stands twice": (
        plus("班次", "白", "白班", "9:00", "18:00"),
        "team.xlsx 班次!A4 “白”: 同样的日子里这个班写了两行：A2 也是 → 换一个代码，或让“自”“至”两列的日期不重叠"),
    "leave outside the employment": (
        put("请假与愿望", "A3", "007"),
        "team.xlsx 请假与愿望!D3 “11-14”: 赵敏 2026-11-14 周六 不在职 → 在职时间：2025-01-06 周一 到 2026-11-13 周五"),
    "leave that ends before it starts": (
        put("请假与愿望", "E2", datetime(2026, 11, 1)),
        "team.xlsx 请假与愿望!E2 “2026-11-01”: 结束早于开始 → 应不早于 2026-11-12 周四"),
    "a wish that would be read as leave": (
        put("请假与愿望", "C3", "想修"),
        "team.xlsx 请假与愿望!C3 “想修”: 假不会叫这个名字 → 只能填：想上、想休、不想上"),
    "a wish for half a day": (
        put("请假与愿望", "F3", "上午"),
        "team.xlsx 请假与愿望!F3 “上午”: 愿望没有半天 → 空着，或写不想上的班次"),
    "a minimum above the maximum": (
        sheets(需求=[["班次", "最少", "最多"], ["白", 4, 3]]),
        "team.xlsx 需求!C2 “3”: 最多少于最少或目标 → 最小 4"),
    "a target below the minimum": (
        put("需求", "G2", 0),
        "team.xlsx 需求!G2 “0”: 目标少于最少 → 最小 1"),
    "days of no meaning": (
        put("需求", "E2", "周八"),
        "team.xlsx 需求!E2 “周八”: 看不出是哪些日子 → 每天、工作日、周末、周一-周五、节假日、日期或活动日历里的活动"),
    "a campaign that isn't there": (
        put("需求", "E2", "双12"),
        "team.xlsx 需求!E2 “双12”: 看不出是哪些日子 → 是不是“双11”？"),
    "two needs as specific as each other": (
        plus("需求", "晚", None, None, None, None, 2, None, None),
        "team.xlsx 需求!E5: 2026-11-09 周一 与 E3 写的人数不同，两行一样具体 → 让两行的日子不重叠，或只留一行"),
    "a campaign with nothing to raise": (
        sheets(活动日历=[["活动", "开始", "班次", "增加"], ["双11", "11-11", "晚", 1]], 需求=[["班次", "最少"], ["白", 1]]),
        "team.xlsx 活动日历!D2 “1”: 需求表里没有这些班次的人数可加 → 先在需求表写这些班次的人数（不写岗位、技能、时段）"),
    "an unknown rule": (
        put("规则", "A2", "班间休习"),
        "team.xlsx 规则!A2 “班间休习”: 规则：没有这条规则 → 是不是“班间休息”？"),
    "an unknown parameter": (
        put("规则", "L2", "时间=11"),
        "team.xlsx 规则!L2 “时间”: 这条规则没有这个参数 → 是不是“小时”？"),
    "a parameter that isn't a number": (
        put("规则", "L2", "hours=十一"),
        "team.xlsx 规则!L2 “小时=十一”: 小时不能这样填 → 小时数，如 11 或 7.5"),
    "parameters without =": (
        put("规则", "L2", "11"),
        "team.xlsx 规则!L2 “11”: 没有写成“名称=值” → 这条规则的参数有：小时"),
    "a strength that isn't": (
        put("规则", "B2", "一定"),
        "team.xlsx 规则!B2 “一定”: 力度：不在可选项里 → 只能填：必须、软、提示、停用"),
    "a meeting for nobody known": (
        put("会议", "E2", "三组"),
        "team.xlsx 会议!E2 “三组”: 没有这个人、技能或组 → 是不是“组长”？"),
    "a meeting on a day that can be read in two ways": (
        put("会议", "B2", "每月第四周二"),
        ("team.xlsx 会议!B2 “每月第四周二”: 有两种读法：当月第四个周二，或第四周的周二"
        ' → 请在 cstools.toml 写 fourth_tuesday = "fourth" 或 "week4"，或改写成 第四个周二')),
    "a holiday of two kinds": (
        sheets(节假日=[["日期", "名称", "类型"], ["2026-11-11", "店庆", "休息"], ["2026-11-11", "店庆", "上班"]]),
        "team.xlsx 节假日!A3 “2026-11-11”: 同一天写了两种类型 → 一天一行"),
    "a day that isn't, as a header": (
        put("排班草稿", "C1", "11-31"),
        "team.xlsx 排班草稿!C1 “11-31”: 不是有效的日期 → 填日期，例如 2026-11-09"),
    "a year typed wrong, as a header": (
        put("排班草稿", "C1", "0206-11-09"),
        "team.xlsx 排班草稿!C1 “0206-11-09”: 不是有效的日期 → 填日期，例如 2026-11-09"),
    "a year typed wrong in a campaign": (
        put("活动日历", "C2", "9999-12-31"),
        "team.xlsx 活动日历!C2 “9999-12-31”: 超过一年 → 请核对年份"),
    "a day that stands twice": (
        put("排班草稿", "D1", "2026-11-09"),
        "team.xlsx 排班草稿!D1 “2026-11-09”: 这一天写了两列 → 只留一列：另一列在 C1"),
    "two fixed duties of one person on one day": (
        draft(["工号", "2026-11-09"], ["001", "白"], ["001", "晚"]),
        "team.xlsx 排班草稿!B3 “晚”: 张伟 2026-11-09 周一 已填“白”（B2） → 一天一个班：清空其中一格"),
    "a fixed duty on leave": (
        draft(["姓名", "11-12"], ["王芳", "晚"]),
        "team.xlsx 排班草稿!B2 “晚”: 王芳 2026-11-12 周四 请假（年假），却排了晚（规则“请假”） → 改这一格，或改 team.xlsx 请假与愿望!D2"),
    "a fixed duty outside the employment": (
        draft(["工号", "2026-11-14"], ["007", "白"]),
        "team.xlsx 排班草稿!B2 “白”: 赵敏 2026-11-14 周六 不在职 → 在职时间：2025-01-06 周一 到 2026-11-13 周五"),
    "a fixed duty without the skill": (
        draft(["工号", "2026-11-10"], ["003", "晚"]),
        "team.xlsx 排班草稿!B2 “晚”: 李娜 2026-11-10 周二 上晚，但没有所需技能（售后）（规则“持证上岗”） → 清空这一格，或改规则"),
    "two fixed duties with too little rest": (
        draft(["工号", "2026-11-10", "2026-11-11"], ["001", "晚", "白"]),
        ("team.xlsx 排班草稿!C2 “白”: 张伟 2026-11-10 周二 晚与 2026-11-11 周三 白之间只休息 8.5 小时，不足 11 小时（规则“班间休息”）"
        " → 改这一格，或改 team.xlsx 排班草稿!B2、team.xlsx 规则!A2")),
}  # fmt: skip


@pytest.mark.parametrize(("content", "line"), CELLS.values(), ids=CELLS)
def test_a_wrong_cell_is_one_line(tmp_path: Path, content: Content, line: str) -> None:
    assert told(tmp_path, content) == [line]


TOML: Mapping[str, tuple[str, str]] = {
    "an unknown setting": ('zon = "x"', "cstools.toml zon “x”: 没有这项设置 → 是不是“zone”？"),
    "an unknown section": ("[rost]\na = 1", "cstools.toml rost: 没有这一节"),
    "an unknown zone": ('zone = "Asia/Beijin"', "cstools.toml zone “Asia/Beijin”: 这项设置不能这样填 → 时区，如 “Asia/Shanghai”"),
    "a number in quotes": ('arrive_before = "10"', "cstools.toml arrive_before “10”: 这项设置不能这样填 → 分钟数，0 到 120"),
    "a name pattern without a date": (
        'roster_name = "排班.xlsx"',
        "cstools.toml roster_name “排班.xlsx”: 这项设置不能这样填 → 带 {first} 的文件名，如 “排班_{first}_{last}.xlsx”"),
    "broken toml": (
        'language = "zh"\nteam = team.xlsx',
        'cstools.toml 第2行 “team = team.xlsx”: 这一行读不懂 → 一行一项，如 team = "team.xlsx"'),
}  # fmt: skip


@pytest.mark.parametrize(("toml", "line"), TOML.values(), ids=TOML)
def test_a_wrong_setting_is_one_line(tmp_path: Path, toml: str, line: str) -> None:
    assert told(tmp_path, toml=toml) == [line]


def broken(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:2000])


def protected(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))


def text(path: Path) -> None:
    path.write_text("工号,姓名", encoding="utf-8")


FILES: Mapping[str, tuple[Callable[[Path], None], str]] = {
    "missing": (Path.unlink, "{path}: 没有这个文件 → 请检查文件名和文件夹"),
    "broken": (broken, "team.xlsx: 工作簿已损坏，或者不是 .xlsx → 请在 Excel 中打开并另存为 .xlsx"),
    "protected by a password": (protected, "team.xlsx: 工作簿有密码保护 → 请取消密码后重新保存"),
    "text called xlsx": (text, "team.xlsx: 这不是 Excel 工作簿 → 请在 Excel 中另存为 .xlsx"),
}


@pytest.mark.parametrize(("spoil", "line"), FILES.values(), ids=FILES)
def test_a_workbook_that_cannot_be_read_is_one_line(tmp_path: Path, spoil: Callable[[Path], None], line: str) -> None:
    desk = make(tmp_path)
    spoil(tmp_path / "team.xlsx")
    with pytest.raises(BadInput) as error:
        read_problem(desk, WEEK)
    assert [str(fault) for fault in error.value.faults] == [line.format(path=tmp_path / "team.xlsx")]


def test_a_broken_roster_file_is_one_line(tmp_path: Path) -> None:
    desk = make(tmp_path)
    (tmp_path / "排班").mkdir()
    (tmp_path / "排班/排班_2026-11-02_2026-11-08.xlsx").write_text("x", encoding="utf-8")
    with pytest.raises(BadInput) as error:
        read_problem(desk, WEEK)
    assert [str(fault) for fault in error.value.faults] == [
        "排班_2026-11-02_2026-11-08.xlsx: 这不是 Excel 工作簿 → 请在 Excel 中另存为 .xlsx"
    ]


def test_an_empty_roster_is_called_empty(tmp_path: Path) -> None:
    desk, path = make(tmp_path), tmp_path / "班表.csv"
    path.write_text("工号,姓名,2026-11-09,2026-11-10\n001,张伟,,\n002,王芳,,\n", encoding="utf-8")
    with pytest.raises(BadInput) as error:
        read_roster(desk, path)
    (line,) = map(str, error.value.faults)
    assert line.startswith("班表.csv: 这份班表是空的")
    path.write_text("工号,姓名,2026-11-09,2026-11-10\n001,张伟,休,\n", encoding="utf-8")
    assert not read_roster(desk, path).roster.duties


def test_a_year_without_published_holidays_is_one_line(tmp_path: Path) -> None:
    (line,) = told(tmp_path, days=(date(2031, 3, 3), date(2031, 3, 4)))
    assert line.startswith("team.xlsx 节假日: 本版本没有 2031 年")


def test_a_kept_roster_and_the_draft_must_not_contradict_each_other(tmp_path: Path) -> None:
    desk = make(tmp_path)
    kept = write_book(tmp_path / "kept.xlsx", {"排班": [["工号", "姓名", "2026-11-09"], ["001", "张伟", "晚"]]})
    with pytest.raises(BadInput) as error:
        read_problem(desk, WEEK, keep=kept)
    assert [str(fault) for fault in error.value.faults] == [
        "kept.xlsx 排班!C2 “晚”: 同一人同一天在 team.xlsx 排班草稿!C2 填的是“白” → 清空其中一格"
    ]


def test_all_faults_of_all_sheets_are_told_at_once(tmp_path: Path) -> None:
    rows = [list(row) for row in SHEETS["规则"]]
    rows[1][1] = "一定"
    content = {**put("需求", "F2", "两个"), "规则": rows}
    assert [line.split(" “")[0] for line in told(tmp_path, content)] == ["team.xlsx 需求!F2", "team.xlsx 规则!B2"]


def test_nothing_is_written(tmp_path: Path) -> None:
    told(tmp_path, put("需求", "F2", "两个"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cstools.toml", "team.xlsx"]
