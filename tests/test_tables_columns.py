"""Tables by their headers: wherever they stand, in either language, every wrong cell told at once."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from cstools.language import Text, speak
from cstools.tables import kinds
from cstools.tables.columns import Column, Table, read_rows
from cstools.tables.grid import Sheet, read_book

if TYPE_CHECKING:
    from cstools.errors import Fault

COLUMNS = (
    Column("number", "Staff no.", kinds.identifier, required=True, aliases=("工号",)),
    Column("name", "Full name", kinds.text, required=True, aliases=("姓名", "名字（全）")),
    Column("since", "Since", kinds.day, aliases=("入职",)),
    Column("share", "Share", kinds.number, default=1, aliases=("比例",)),
)


@pytest.fixture(autouse=True)
def english() -> None:
    speak("en")


def sheet_of(folder: Path, rows: Sequence[Sequence[object]], merges: Sequence[str] = ()) -> Sheet:
    book = Workbook()
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            book.worksheets[0].cell(number, column).value = value  # type: ignore[assignment]
    for block in merges:
        book.worksheets[0].merge_cells(block)
    book.worksheets[0].title = "人员"
    book.save(folder / "team.xlsx")
    return read_book(folder / "team.xlsx").first


def read(sheet: Sheet) -> tuple[Table, list[str]]:
    faults: list[Fault] = []
    table = read_rows(sheet, COLUMNS, faults)
    return table, [str(fault) for fault in faults]


def test_a_header_may_stand_below_titles_in_any_order_with_blank_rows_and_comments(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["客服部人员表"], ["更新于 2026-11-01"], [],
        [None, "名字 (全)", "备注", "入 职\n", "＊工号"],
        ["#", "示例", None, None, "001"],
        ["说明：以下为正式人员"],
        [None, "王芳", "组长", datetime(2026, 1, 5), "007"],
        [],
        [None, None, "合计", None, None],
        [None, "李雷", None, "2026年2月1日", 8],
    ]  # fmt: skip
    table, faults = read(sheet_of(tmp_path, rows, ["A1:E1"]))
    assert faults == []
    assert [(row["number"], row["name"], str(row["since"]), row["share"]) for row in table] == [
        ("007", "王芳", "2026-01-05", 1),
        ("8", "李雷", "2026-02-01", 1),
    ]
    assert len(table) == 2
    first = table.records[0]
    assert [str(first.source(key)) for key in ("number", "share", None)] == [
        "team.xlsx 人员!E7", "team.xlsx 人员!A7", "team.xlsx 人员!A7",
    ]  # fmt: skip
    assert str(first.fault("name", Text("wrong"), Text("right"))) == "team.xlsx 人员!B7 “王芳”: wrong → right"
    assert {column: cell.value for column, cell in table.others.items()} == {3: "备注"}
    assert first.row.cell(3).value == "组长"


def test_a_header_over_two_rows_is_one(tmp_path: Path) -> None:
    rows: list[list[object]] = [["工号", "资料", None], [None, "姓名", "入职"], ["007", "王芳", "2026-01-05"]]
    table, faults = read(sheet_of(tmp_path, rows, ["A1:A2", "B1:C1"]))
    assert faults == []
    assert [(row["number"], row["name"]) for row in table] == [("007", "王芳")]
    rows = [["工号", "姓名", "比例"], [None, None, "(0-1)"], ["007", "王芳", 1]]
    table, faults = read(sheet_of(tmp_path, rows, ["A1:A2", "B1:B2"]))
    assert (len(table), faults) == (1, [])


def test_every_wrong_cell_is_told_and_its_row_kept_apart(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["工号", "姓名", "入职", "比例"],
        ["007", "王芳", "昨天", "一半"],
        ["008", None, "2026-01-05", None],
        ["009", "=1+1", None, "#N/A"],
        ["010", "韩梅", None, None],
    ]
    table, faults = read(sheet_of(tmp_path, rows))
    assert faults == [
        "team.xlsx 人员!C2 “昨天”: Since: not a date → a date such as 2026-11-09",
        "team.xlsx 人员!D2 “一半”: Share: not a number → a number such as 0.5",
        "team.xlsx 人员!B3: Full name is empty → any text",
        "team.xlsx 人员!B4 “=1+1”: Full name: a formula without a result → open the workbook once in Excel and save it",
        "team.xlsx 人员!D4 “#N/A”: Share: an error of Excel instead of a value → put the formula right, or type the value",
    ]
    assert [row["number"] for row in table] == ["010"]
    assert [(row["number"], row["since"]) for row in table.broken][:1] == [("007", None)]


def test_a_missing_header_is_told_once_with_what_was_found(tmp_path: Path) -> None:
    table, faults = read(sheet_of(tmp_path, [["人员表"], ["工号", "入职", "班\n组"], ["007", "昨天", "x"]]))
    assert faults == ["team.xlsx 人员!A2: the header Full name is missing → found in this row: 工号, 入职, 班组"]
    assert len(table) == 0


def test_a_sheet_without_any_header_or_content_is_one_fault(tmp_path: Path) -> None:
    _, faults = read(sheet_of(tmp_path, []))
    assert faults == ["team.xlsx 人员: the sheet is empty → headers: Staff no., Full name, Since, Share"]
    _, faults = read(sheet_of(tmp_path, [["x", "y"]]))
    assert faults == ["team.xlsx 人员!A1: the header Staff no., Full name is missing → found in this row: x, y"]
    table, faults = read(sheet_of(tmp_path, [["工号", "姓名"]]))
    assert (len(table), faults) == (0, [])


def test_a_column_that_stands_twice_is_told(tmp_path: Path) -> None:
    _, faults = read(sheet_of(tmp_path, [["工号", "姓名", "Staff No."], ["007", "王芳", "008"]]))
    assert faults == ["team.xlsx 人员!C1 “Staff No.”: this column stands twice → keep one: the other is in A1"]


def test_an_unknown_column_is_a_note_with_the_nearest_known_name(tmp_path: Path) -> None:
    table, faults = read(sheet_of(tmp_path, [["工号", "姓名", "Shares", "zzz"], ["007", "王芳", 2, 3]]))
    assert faults == []
    assert [str(note) for note in table.notes()] == [
        "team.xlsx 人员!C1 “Shares”: this column isn't known and isn't read → did you mean “Share”?",
        "team.xlsx 人员!D1 “zzz”: this column isn't known and isn't read",
    ]


def test_csv_in_gbk_reads_like_csv_in_utf8(tmp_path: Path) -> None:
    words = "人员表,,\n工号,姓名,入职\n007,王芳,2026/1/5\n０８,李雷,\n"
    tables = []
    for encoding in ("utf-8", "utf-8-sig", "gbk"):
        (tmp_path / "人员.csv").write_bytes(words.encode(encoding))
        table, faults = read(read_book(tmp_path / "人员.csv").first)
        assert faults == []
        tables.append([dict(row.values) for row in table])
    assert tables[0] == tables[1] == tables[2]
    assert [row["number"] for row in tables[0]] == ["007", "08"]
