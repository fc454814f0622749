"""The roster's workbook: every cell of a small one, links, bytes, languages; and how a large one prints."""

import hashlib
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import desks
import pytest
import rosters
from openpyxl import Workbook, load_workbook

from cstools.days import Calendar, MarkedDay
from cstools.language import speak
from cstools.people import Person
from cstools.roster.formats import to_csv
from cstools.roster.marks import mark_day
from cstools.roster.reader import read_problem, read_roster
from cstools.roster.result import Result, Status
from cstools.roster.roster import Roster
from cstools.roster.workbook import About, look, write_roster
from cstools.roster.workbook.frame import Frame
from cstools.shifts import Duty, Shift
from cstools.tables.columns import Column, read_rows
from cstools.tables.grid import read_book
from cstools.tables.kinds import day, identifier, words

ABOUT = About("客服部", 10, ("009 李强 2026-11-06 年假 未批准",), (("时区", "Asia/Shanghai"),))
SIXTH, SEVENTH, EIGHTH, NINTH = (datetime(2026, 11, number) for number in (6, 7, 8, 9))


def written(path: Path, result: Result | None = None) -> Workbook:
    """The tiny roster's workbook, read back."""
    write_roster(result or rosters.tiny(), path / "roster.xlsx", about=ABOUT)
    return load_workbook(path / "roster.xlsx")


def values(book: Workbook, sheet: str) -> list[list[object]]:
    return [list(row) for row in book[sheet].iter_rows(values_only=True)]


# --- cell by cell -----------------------------------------------------------------------------------------------------


def test_the_grid(tmp_path: Path) -> None:
    book = written(tmp_path)
    assert book.sheetnames == ["排班", "按日", "统计", "检查", "说明"]
    _ = None
    assert values(book, "排班") == [
        ["客服部排班表　2026-11-06 至 2026-11-09", _, _, _, _, _, _, _, _, _, _, _],
        ["工号", "姓名", SIXTH, SEVENTH, EIGHTH, NINTH, "工时", "上班", "休息", "白班", "晚班", "周末班"],
        [_, _, "五", "六", "日", "一", _, _, _, _, _, _],
        ["007", "王芳", "白", "晚", "休", "晚 24:20", 23, 3, 1, 1, 2, 1],
        ["008", "=1+1", "晚", "白", "晚", "休", 23, 3, 1, 1, 2, 2],
        ["009", "李强", "年假", "休", "白", _, 8, 1, 1, 1, 0, 1],
        [_, "白", "1/1", "1/1", "1/1", "0/1\n缺1", _, _, _, _, _, _],
        [_, "晚", "1/1", "1/1", "1/1", "1/1", _, _, _, _, _, _],
        [_, "白 08:30–17:00　　晚 16:30–24:00+　　+：可延时下班", _, _, _, _, _, _, _, _, _, _],
    ]
    sheet = book["排班"]
    assert sheet["C2"].number_format == "m/d"
    assert sheet["F5"].comment.text == "下午事假"
    assert (sheet["F7"].font.color.rgb, sheet["F7"].font.b) == ("FFC00000", True)
    assert (sheet["C5"].font.color.rgb, sheet["C5"].font.u) == ("FFC00000", "single")
    assert sheet["D3"].fill.start_color.rgb == sheet["E3"].fill.start_color.rgb != sheet["F3"].fill.start_color.rgb


def test_the_days(tmp_path: Path) -> None:
    early, late = ("08:30–17:00", "08:20"), ("16:30–24:00+", "16:20")
    rows = values(written(tmp_path), "按日")
    assert rows[0] == ["日期", "星期", "班次", "时间", "工号", "姓名", "岗位", "用餐", "到岗"]
    assert rows[1:] == [
        [SIXTH, "五", "白", early[0], "007", "王芳", "主旺旺、值日", "12:00–12:30", early[1]],
        [SIXTH, "五", "晚", late[0], "008", "=1+1", None, None, late[1]],
        [SEVENTH, "六", "白", early[0], "008", "=1+1", None, None, early[1]],
        [SEVENTH, "六", "晚", late[0], "007", "王芳", None, None, late[1]],
        [EIGHTH, "日", "白", early[0], "009", "李强", None, None, early[1]],
        [EIGHTH, "日", "晚", late[0], "008", "=1+1", None, None, late[1]],
        [NINTH, "一", "晚", late[0], "007", "王芳", None, None, late[1]],
    ]


def test_the_figures(tmp_path: Path) -> None:
    book = written(tmp_path)
    assert values(book, "统计")[1:] == [
        ["工号", "姓名", "工时", "上班", "休息", "白班", "晚班", "周末班", "请假", "愿望", "满足"],
        ["007", "王芳", 23, 3, 1, 1, 2, 1, 0, 2, 1],
        ["008", "=1+1", 23, 3, 1, 1, 2, 2, 0, 0, 0],
        ["009", "李强", 8, 1, 1, 1, 0, 1, 1, 0, 0],
        [None, "合计", 54, 7, 3, 3, 4, 4, 1, 2, 1],
        [None, "最少", 8, 1, 1, 1, 0, 1, 0, 0, 0],
        [None, "最多", 23, 3, 1, 1, 2, 2, 1, 2, 1],
        [None, "差距", 15, 2, 0, 0, 2, 1, 1, 2, 1],
    ]
    with zipfile.ZipFile(tmp_path / "roster.xlsx") as archive:
        assert [name for name in archive.namelist() if "charts/chart" in name] == ["xl/charts/chart1.xml"]


def test_the_findings_lead_to_their_cells(tmp_path: Path) -> None:
    book = written(tmp_path)
    found = [row[:1] + row[2:] for row in values(book, "检查")]
    assert found == [
        ["规则", "人员", "日期", "代价", "位置"],
        ["缺人（1）", None, None, None, None],
        ["最少人数", None, "11-09", 1, "F7"],
        ["违反规则（1）", None, None, None, None],
        ["班间休息", "008 =1+1", "11-06 – 11-07", None, "C5:D5"],
        ["劳动法提示（0）", None, None, None, None],
        ["无", None, None, None, None],
        ["第 2 层未满足（1）", None, None, 3, None],
        ["休息天数", "007 王芳", "11-06 – 11-09", 3, "C4:F4"],
        ["提示（1）", None, None, None, None],
        [None, None, None, None, None],
    ]
    links = {cell.coordinate: cell.hyperlink.location for (cell,) in book["检查"]["F1:F11"] if cell.hyperlink}
    assert links == {"F3": "'排班'!F7", "F5": "'排班'!C5:D5", "F9": "'排班'!C4:F4"}
    assert book["检查"]["B11"].value == "009 李强 2026-11-06 年假 未批准"


def test_the_explanations(tmp_path: Path) -> None:
    rows = values(written(tmp_path), "说明")
    assert ["晚", "晚班", "16:30–24:00+", "7.5", "晚班", "还有客户在咨询时自动延长"] in rows
    assert [2, 3, 0, "100%", "否", "休息天数"] in rows
    words = {row[0]: row[1] for row in rows if row[1]}
    assert words["随机种子"] == "7"
    assert words["结果"] == "可用的班表，不排除还有更好的"
    assert words["必须"] == "班间休息：两个班之间至少休息 11 小时。"
    assert "仅限：007" in str(words["第2层 ×3"])
    assert words["时区"] == "Asia/Shanghai"


def test_a_roster_without_a_fault_says_so(tmp_path: Path) -> None:
    rows = values(written(tmp_path, replace(rosters.tiny(), breaches=())), "检查")
    assert [row[0] for row in rows[1:9:2]] == ["缺人（0）", "违反规则（0）", "劳动法提示（0）", "未满足的软规则（0）"]
    assert [row[0] for row in rows[2:9:2]] == ["无"] * 4


# --- what holds for all of it -----------------------------------------------------------------------------------------


def test_a_name_like_a_formula_stays_text(tmp_path: Path) -> None:
    book = written(tmp_path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert len(cells) == 5
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    assert not [
        cell for sheet in written(tmp_path) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]


def test_the_same_roster_gives_the_same_bytes(tmp_path: Path) -> None:
    result = rosters.shop(date(2026, 9, 21), date(2026, 10, 11), 12)
    write_roster(result, tmp_path / "one.xlsx", about=ABOUT)
    write_roster(replace(result, seconds=99.0), tmp_path / "two.xlsx", about=ABOUT)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_another_process_gives_the_same_bytes_and_needs_no_solver(tmp_path: Path) -> None:
    code = (
        "import sys, rosters; from pathlib import Path; from cstools.roster.workbook import write_roster\n"
        "import cstools.roster.formats\n"
        "write_roster(rosters.tiny(), Path(sys.argv[1])); assert not {'ortools', 'tabulate', 'click'} & set(sys.modules)"
    )
    here = Path(__file__).parent
    digests = set()
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.xlsx"
        known = {"PYTHONPATH": os.pathsep.join([str(here), str(here.parent)]), "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", code, path], env={**os.environ, **known}, check=True)
        digests.add(hashlib.sha256(path.read_bytes()).hexdigest())
    assert len(digests) == 1


def test_a_result_without_a_roster_has_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="UNKNOWN"):
        write_roster(Result(Status.UNKNOWN, None, (), 1.0, 1), tmp_path / "roster.xlsx")
    assert not list(tmp_path.iterdir())


def test_english(tmp_path: Path) -> None:
    speak("en")
    book = written(tmp_path)
    assert book.sheetnames == ["Roster", "By day", "Statistics", "Findings", "About"]
    assert [cell.value for cell in book["Roster"][2]][:3] == ["number", "name", SIXTH]
    assert [cell.value for cell in book["Roster"][3]][2:4] == ["Fri", "Sat"]
    assert [cell.value for cell in book["Roster"][6]][2:4] == ["年假", "off"]
    assert book["Findings"]["F3"].hyperlink.location == "'Roster'!F7"


def test_by_day_is_read_back_as_a_table(tmp_path: Path) -> None:
    written(tmp_path)
    columns = [Column("day", "date", day, required=True), Column("person", "number", identifier),
               Column("shift", "shift", words), Column("posts", "post", words, default=())]  # fmt: skip
    sheet = read_book(tmp_path / "roster.xlsx").find("By day")
    assert sheet
    table = read_rows(sheet, columns, [])
    assert [(row["day"], row["shift"], row["person"], row["posts"]) for row in table] == [
        (duty.day, (duty.shift,), duty.person, duty.posts)
        for duty in sorted(rosters.tiny_duties(), key=rosters.by_time)
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_desk_reads_its_roster_back(tmp_path: Path, language: str) -> None:
    desk = desks.make(tmp_path)
    problem, _ = read_problem(desk, desks.WEEK)
    codes = {"001": "白休白白白白休", "002": "晚晚晚休休晚晚", "003": "白白休晚白休白", "007": "休白晚晚白休休"}
    duties = {
        Duty(day, code, number, ("主旺旺",) if code == "晚" else (), (690, 720) if code == "白" else None)
        for number, row in codes.items() for day, code in zip(desks.WEEK, row, strict=True) if code != "休"
    }  # fmt: skip
    roster = Roster(problem, duties)
    speak(language)
    write_roster(Result(Status.FEASIBLE, roster, (), 1.0, 1), tmp_path / "roster.xlsx")
    (tmp_path / "roster.csv").write_bytes(to_csv(roster))
    read = read_roster(desk, tmp_path / "roster.xlsx")
    assert read.roster.duties == duties
    assert read.roster.detailed
    assert read.cells["001", desks.WEEK[0]].cell == "D4"
    bare = {replace(duty, posts=(), meal=None) for duty in duties}
    assert read_roster(desk, tmp_path / "roster.csv").roster.duties == bare


# --- looks ------------------------------------------------------------------------------------------------------------


def test_every_sheet_prints_on_a4_across_with_pages_and_titles(tmp_path: Path) -> None:
    for sheet in written(tmp_path):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.oddFooter is not None
        assert sheet.oddFooter.center.text == "&P / &N"
        assert sheet.print_title_rows or sheet.title == "说明"
        assert {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value} == {"微软雅黑"}


def test_shifts_can_be_told_apart_without_colour() -> None:
    night = Shift("夜", "夜班", 1320, 1800, 480)
    own = Shift("中", "中班", 720, 1200, 480, colour="203864")
    styles = look.shift_styles({shift.code: shift for shift in (rosters.DAY, rosters.EVENING, night, own)})
    bright = {code: look.brightness(style.fill) for code, style in styles.items()}
    assert bright["白"] > bright["晚"] + 30 > bright["夜"] + 60
    assert [styles[code].bold for code in "白晚夜"] == [False, True, True]
    assert [styles[code].colour for code in "白晚夜中"] == ["", "", "FFFFFF", "FFFFFF"]
    assert styles["中"].fill == "203864"


def test_holidays_are_named_and_make_up_days_too(tmp_path: Path) -> None:
    sheet = written(tmp_path, rosters.shop(date(2026, 9, 30), date(2026, 10, 11), 3))["排班"]
    names = {cell.column_letter: cell.value for cell in sheet[4] if cell.value}
    assert names == {"E": "国庆节", "N": "补班"}
    assert "E4:K4" in {str(block) for block in sheet.merged_cells.ranges}


def test_a_year_that_nobody_knows_has_weekends_only() -> None:
    assert mark_day(Calendar(), date(2035, 10, 6)).rest
    assert not mark_day(Calendar(), date(2035, 10, 1)).word
    assert mark_day(Calendar({date(2035, 10, 1): MarkedDay("statutory", "国庆节")}), date(2035, 10, 1)).word == "国庆节"


def test_people_stand_by_group(tmp_path: Path) -> None:
    result = rosters.shop(date(2026, 11, 9), date(2026, 11, 15), 6)
    assert result.roster
    problem = result.roster.problem
    mixed = Roster(
        replace(problem, people=tuple(problem.people[nth] for nth in (0, 4, 1, 2, 3, 5))), result.roster.duties
    )
    rows = values(written(tmp_path, replace(result, roster=mixed)), "排班")
    assert [(row[0], row[2]) for row in rows[3:9]] == [
        ("001", "售前"), ("002", "售前"), ("005", "制单"), ("006", "制单"), ("003", "售后"), ("004", "售后"),
    ]  # fmt: skip


def test_somebody_who_left_before_has_no_row() -> None:
    roster = rosters.tiny().roster
    assert roster
    gone = Person("010", "赵磊", left=date(2026, 11, 5))
    frame = Frame(Roster(replace(roster.problem, people=(gone, *roster.problem.people)), roster.duties))
    assert [person.number for person in frame.people] == ["007", "008", "009"]


@pytest.mark.look
@pytest.mark.parametrize(("first", "last", "size"), [
    (date(2026, 11, 9), date(2026, 11, 15), 24),
    (date(2026, 10, 1), date(2026, 10, 31), 30),
])  # fmt: skip
def test_a_week_and_a_month_are_one_page_each(tmp_path: Path, first: date, last: date, size: int) -> None:
    write_roster(rosters.shop(first, last, size), tmp_path / "roster.xlsx", about=ABOUT)
    pages = printed(tmp_path / "roster.xlsx")
    assert "###" not in "".join(pages)
    grid = [page for page in pages if "工时" in page and "缺1" in page]
    assert len(grid) == 1, "the grid is not on one page"
    assert pages[0] == grid[0]
    for word in ("客服部排班表", "王芳", "年假", "主旺旺", f"{last.month}/{last.day}", "08:30–17:00"):
        assert word in grid[0].replace("\n", " "), word
    assert sum("到岗" in page for page in pages) == (last - first).days + 1, "a day is not on its own page"
    assert sum("每人各班次的天数" in page for page in pages) == 1
    assert any("违反规则（0）" in page for page in pages)
    assert "图例" in pages[-1]


def printed(path: Path) -> list[str]:
    """A workbook's pages as LibreOffice prints them, as text."""
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    command = ["pdftotext", "-layout", str(path.with_suffix(".pdf")), "-"]
    text = subprocess.run(command, check=True, capture_output=True)
    return text.stdout.decode().split("\f")[:-1]
