"""What can't be read: one line each, by file, sheet and cell; nobody's row is dropped in silence."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from attendances import (
    DINGTALK,
    MONDAY,
    PEOPLE,
    SUNDAY,
    WECOM,
    Row,
    dingtalk_day,
    dingtalk_month,
    person,
    read,
    save,
    wecom_day,
    wecom_month,
)  # fmt: skip

from cstools.attendance import AttendanceSettings, files
from cstools.dated import Dated
from cstools.people import Person, Terms
from cstools.tables.grid import Sheet, read_book

ZHANG = {"姓名": "张伟", "工号": "001", "UserId": "d1"}


def renamed(columns: dict[str, object], old: str, new: str) -> dict[str, object]:
    return {new if name == old else name: value for name, value in columns.items()}


def without(columns: dict[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in columns.items() if name not in names}


WEEK5 = ("9", "10", "11", "12", "13")
NO_UNIT = {"姓名": "", "工号": "", "出勤天数": 0, "请假/事假": 1, "迟到次数": 0, "上班缺卡次数": 0, "旷工天数": 0}
DINGTALK_COLUMNS, WECOM_COLUMNS = dict(DINGTALK), dict(WECOM)
BAD: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a column renamed": (
        lambda path: dingtalk_month(path, ZHANG, columns=renamed(DINGTALK_COLUMNS, "迟到次数", "晚到次数")),
        "a.xlsx 月度汇总!A3: 缺少表头“迟到次数”",
    ),
    "a column missing": (
        lambda path: wecom_month(path, {"姓名": "李娜"}, columns=without(WECOM_COLUMNS, "缺卡次数\n(次)")),
        "a.xlsx 上下班打卡_月报!A4: 缺少表头“缺卡次数”",
    ),
    "a column doubled": (
        lambda path: wecom_month(path, {"姓名": "李娜"}, columns=WECOM_COLUMNS | {"迟到次数(次)": 0}),
        "a.xlsx 上下班打卡_月报!AF4 “迟到次数(次)”: 这一列出现了两次",
    ),
    "no unit": (
        lambda path: dingtalk_month(path, ZHANG | {"请假/事假": 1}, columns=NO_UNIT, days=()),
        "a.xlsx 月度汇总!D4 “事假”: 表头没有写单位",
    ),
    "a number that is none": (
        lambda path: dingtalk_month(path, ZHANG | {"迟到次数": "两次"}), "a.xlsx 月度汇总!L5 “两次”: 迟到次数：",
    ),
    "a negative number": (
        lambda path: dingtalk_month(path, ZHANG | {"迟到时长": -5}), "a.xlsx 月度汇总!M5 “-5”: 迟到时长：",
    ),
    "an unknown word": (
        lambda path: dingtalk_month(path, ZHANG | {"days": ["公干"]}),
        "a.xlsx 月度汇总!U5 “公干”: 不认识这个词 → 在 cstools.toml 的 [attendance.words] 里写明它的意思",
    ),
    "impossible times": (
        lambda path: dingtalk_month(path, ZHANG | {"days": ["正常\n(8:70,17:00)"]}), "a.xlsx 月度汇总!U5 “正常 (8:70,17:00)”: ",
    ),
    "fewer days than the title has": (
        lambda path: dingtalk_month(path, ZHANG, days=("9", "10", "11")), "a.xlsx 月度汇总!W4 “11”: 有 3 列日期，标题却是 7 天",
    ),
    "other days than the title's": (
        lambda path: dingtalk_month(path, ZHANG, days=("8", "10", "11", "12", "13", "六", "日")),
        "a.xlsx 月度汇总!U4 “8”: 按标题，这一列应是 2026-11-09",
    ),
    "a title without days": (
        lambda path: wecom_month(path, {"姓名": "李娜"}, title="本月"), "a.xlsx 上下班打卡_月报!A2 “统计时间:本月",
    ),
    "a day that is none": (
        lambda path: dingtalk_day(path, {"姓名": "张伟", "日期": "26-11-31"}), "a.xlsx 每日统计!G4 “26-11-31”: 日期：",
    ),
    "a time that is none": (
        lambda path: wecom_day(path, {"时间": "2026/11/09 星期一", "姓名": "李娜", "最早": "8:75"}),
        "a.xlsx 概况统计与打卡明细!H5 “8:75”: 最早：",
    ),
    "a lateness of weeks": (
        lambda path: dingtalk_month(path, ZHANG | {"days": ["迟到9999分钟"]}), "a.xlsx 月度汇总!U5 “迟到9999分钟”: ",
    ),
    "a weekday that isn't the day's": (
        lambda path: wecom_day(path, {"时间": "2026/11/09 星期二", "姓名": "李娜"}), "a.xlsx 概况统计与打卡明细!A5 “2026/11/09 星期二”: 时间：",
    ),
    "some other workbook": (lambda path: save(path, "通讯录", [["姓名", "电话"], ["张伟", "1"]]), "a.xlsx: 文件里没有认得出的考勤报表"),
    "days that the report leaves out": (
        lambda path: dingtalk_month(path, ZHANG | {"days": ["正常"] * 5}, last=date(2026, 11, 13), days=WEEK5),
        "a.xlsx 月度汇总: 缺 2026-11-14 周六 到 2026-11-15 周日 的考勤 → 导出 2026-11-09 周一 到 2026-11-15 周日",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_exports_are_refused_by_cell(tmp_path: Path, case: str) -> None:
    make, wanted = BAD[case]
    line = read(make(tmp_path / "a.xlsx")).lines[0]
    assert line.startswith(wanted)
    assert "\n" not in line


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    path = dingtalk_month(
        tmp_path / "a.xlsx", ZHANG | {"迟到次数": "x", "旷工天数": "y", "days": ["怪", "正常", "怪2"]}
    )
    assert len(read(path).lines) == 4


def test_no_file_at_all_says_which_days_are_missing() -> None:
    assert read().lines == [
        "cstools.toml attendance.files: 缺 2026-11-09 周一 到 2026-11-15 周日 的考勤 → 导出 2026-11-09 周一 到 2026-11-15 周日"
    ]


def test_a_file_that_is_no_workbook_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"no workbook")
    assert [line.split(":")[0] for line in read(path).lines] == ["a.xlsx"]


def test_a_mapping_of_unknown_columns(tmp_path: Path) -> None:
    settings = AttendanceSettings(columns={"starts": "签到"}, totals={"lates": "迟到"})
    path = dingtalk_month(tmp_path / "a.xlsx", ZHANG)
    assert [line.split(":")[0] for line in read(path, settings=settings).lines] == [
        "cstools.toml attendance.columns.starts", "cstools.toml attendance.totals.lates",
    ]  # fmt: skip


# --- the own sheets ---------------------------------------------------------------------------------------------------

HEAD = ["工号", "姓名", "日期", "上班打卡", "下班打卡", "请假类型", "请假小时"]


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ([None, None, "2026-11-09", "8:30", "17:00"], "a.xlsx 考勤!A2: "),
        (["001", None, None, "8:30"], "a.xlsx 考勤!C2: “日期”没有填"),
        (["001", None, "2026-11-09", "8:30", "x"], "a.xlsx 考勤!E2 “x”: 下班打卡：不是有效的时间"),
        (["001", None, "2026-11-09", None, None, None, 3], "a.xlsx 考勤!G2 “3”: 没写是什么假"),
        (["001", None, "2026-11-09", None, None, "事假", 30], "a.xlsx 考勤!G2 “30”: 请假小时："),
        (["008", None, "2026-11-13", "8:30", "17:00"], "a.xlsx 考勤!C2 “2026-11-13”: 周敏 2026-11-13 周五 不在职"),
    ],
)
def test_bad_rows_of_the_own_sheet(tmp_path: Path, row: list[object], wanted: str) -> None:
    gone = person("008", "周敏", left=date(2026, 11, 12))
    assert read(attendance=own(tmp_path, HEAD, row), people=(*PEOPLE, gone)).lines[0].startswith(wanted)


def test_a_person_and_day_twice(tmp_path: Path) -> None:
    sheet = own(tmp_path, HEAD, ["001", None, "2026-11-09", "8:30"], [None, "张伟", "11月9日", "9:00"])
    assert read(attendance=sheet).lines == [
        "a.xlsx 考勤!C3 “11月9日”: 这个人这一天有两行：另一行在 C2 → 一人一天只写一行"
    ]


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (["001", "2026-11-09", "18:00"], "没写加班多久"),
        (["001", "2026-11-09", "18:00", "20:00", 3], "与开始、结束的时间对不上 → 2 小时，或留空"),
    ],
)
def test_bad_rows_of_overtime(tmp_path: Path, row: list[object], wanted: str) -> None:
    sheet = own(tmp_path, ["工号", "日期", "开始", "结束", "加班小时"], row)
    assert wanted in read(overtime=sheet).lines[0]


def own(folder: Path, *rows: Row) -> Sheet:
    return read_book(save(folder / "a.xlsx", "考勤", rows)).first


# --- whose row it is --------------------------------------------------------------------------------------------------

TWO = (*PEOPLE, person("004", "张伟", "d4"))


def test_by_number_then_by_account_then_by_name(tmp_path: Path) -> None:
    rows = [{"姓名": "小张", "工号": "001"}, {"姓名": "阿芳", "UserId": "d2"}, {"姓名": "李娜"}]
    found = read(dingtalk_month(tmp_path / "a.xlsx", *rows))
    assert (list(found.attendance.months), found.lines) == (["001", "002", "003"], [])


def test_a_number_like_another_is_nobodys(tmp_path: Path) -> None:
    found = read(dingtalk_month(tmp_path / "a.xlsx", {"姓名": "王小二", "工号": "1"}))
    assert [str(note) for note in found.notes] == [
        "a.xlsx 月度汇总!A5 “王小二”: 人员表里没有这个工号、账号或姓名：没有读入"
    ]
    assert [(row.number, row.name) for row in found.attendance.unmatched] == [("1", "王小二")]


def test_two_people_of_one_name(tmp_path: Path) -> None:
    assert "有几个人叫这个名字" in read(dingtalk_month(tmp_path / "a.xlsx", {"姓名": "张伟"}), people=TWO).lines[0]
    assert not read(dingtalk_month(tmp_path / "b.xlsx", {"姓名": "张伟", "UserId": "d4"}), people=TWO).lines
    left = (*PEOPLE, person("004", "张伟", left=date(2026, 10, 1)))  # who had left is not meant
    assert not read(dingtalk_month(tmp_path / "c.xlsx", {"姓名": "张伟"}), people=left).lines


@pytest.mark.parametrize(
    "row",
    [
        {"姓名": "张伟", "工号": "002"},
        {"姓名": "小张", "工号": "001", "UserId": "d2"},
        {"姓名": "张伟", "UserId": "d2"},
    ],
)
def test_a_row_that_is_two_peoples(tmp_path: Path, row: dict[str, object]) -> None:
    (line,) = read(dingtalk_month(tmp_path / "a.xlsx", row)).lines
    assert line.startswith("a.xlsx 月度汇总!A5 ")


def test_one_person_in_two_rows(tmp_path: Path) -> None:
    found = read(dingtalk_month(tmp_path / "a.xlsx", ZHANG | {"迟到次数": 1}, ZHANG))
    assert "分不出哪个新" in found.lines[0]


def test_an_account_is_its_holders_of_that_day(tmp_path: Path) -> None:
    def terms(*since: tuple[date | None, str]) -> Dated[Terms]:
        return Dated[Terms].since(
            (day, Terms(accounts=(("dingtalk", account),) if account else ())) for day, account in since
        )

    people = (
        Person("001", "张伟", terms((None, "d1"), (date(2026, 11, 12), ""))),
        Person("002", "王芳", terms((None, ""), (date(2026, 11, 12), "d1"))),
    )
    rows = [
        {"姓名": "公用", "UserId": "d1", "日期": f"2026-11-{day}", "上班1打卡时间": "8:30", "下班1打卡时间": "17:00"}
        for day in ("09", "13")
    ]
    found = read(dingtalk_day(tmp_path / "a.xlsx", *rows), people=people)
    assert [(number, day.day) for number, day in found.attendance.days] == [("001", 9), ("002", 13)]
    (line,) = read(dingtalk_month(tmp_path / "b.xlsx", {"姓名": "公用", "UserId": "d1"}), people=people).lines
    assert "不止一人用过这个账号" in line


def test_files_are_found_by_their_patterns(tmp_path: Path) -> None:
    (tmp_path / "考勤").mkdir()
    for name in ("b.xlsx", "a.csv", "~$b.xlsx", ".a.csv", "c.txt"):
        (tmp_path / "考勤" / name).touch()
    assert [path.name for path in files(tmp_path, AttendanceSettings())] == ["a.csv", "b.xlsx"]
    assert (date(2026, 11, 9), date(2026, 11, 15)) == (MONDAY, SUNDAY)
