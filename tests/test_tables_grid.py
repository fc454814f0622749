"""Files as sheets of cells: encodings, merges, formulas, errors, and every way a file can't be read."""

import random
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from cstools.errors import BadInput
from cstools.language import speak
from cstools.tables.grid import Book, Merge, Sheet, Unreadable, fold, letters, read_book
from cstools.tables.stream import read_streams

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def told(path: Path) -> str:
    speak("en")
    with pytest.raises(BadInput) as caught:
        read_book(path)
    assert len(caught.value.faults) == 1
    return str(caught.value)


def edit(path: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Change one member of a workbook."""
    with zipfile.ZipFile(path) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    assert change(members[name]) != members[name]
    members[name] = change(members[name])
    with zipfile.ZipFile(path, "w") as archive:
        for member, data in members.items():
            archive.writestr(member, data)


def test_a_workbooks_values_come_with_their_places(tmp_path: Path) -> None:
    book = Workbook()
    first = book.worksheets[0]
    first.title = "人员"
    first["B2"], first["D2"], first["B4"] = "工号", "  ", 7
    first["C4"], first["C4"].number_format = 1.0, "[h]:mm"
    first["D4"] = datetime(2026, 11, 9)
    first["E4"] = time(8, 30)
    book.create_sheet("_lists")["A1"] = "x"
    book.save(tmp_path / "team.xlsx")
    read = read_book(tmp_path / "team.xlsx")
    assert list(read.sheets) == ["人员"]
    assert [(row.number, [cell.value for cell in row.cells]) for row in read.first.rows] == [
        (2, [None, "工号"]),
        (4, [None, 7, timedelta(days=1), datetime(2026, 11, 9), time(8, 30)]),
    ]
    row = read.first.rows[1]
    assert (row.cell(2).ref, row.cell(30).ref, row.cell(30).value) == ("B4", "AD4", None)
    assert str(read.first.source("B4")) == "team.xlsx 人员!B4"


def test_a_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].cell(1_048_576, 16_384, "x")
    book.save(tmp_path / "far.xlsx")
    assert read_book(tmp_path / "far.xlsx").first.rows[0].cells[-1].ref == "XFD1048576"


def test_a_formula_without_a_result_is_told_from_an_empty_cell(tmp_path: Path) -> None:
    path = tmp_path / "formulas.xlsx"
    book = Workbook()
    for cell, formula in (("A1", "=1+1"), ("B1", "=2+2"), ("C1", '=IF(1,"","")'), ("E1", "=3+3")):
        book.worksheets[0][cell] = formula
    book.save(path)
    edit(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<f>2+2</f><v />", b"<f>2+2</f><v>4</v>"))
    edit(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'<c r="C1"', b'<c r="C1" t="str"'))
    first, second, third, fourth, fifth = read_book(path).first.rows[0].cells
    assert isinstance(first.value, Unreadable)
    assert (str(first.value), first.value.wrong.key) == ("=1+1", "a formula without a result")
    assert (second.value, third.value, fourth.value) == (4, None, None)
    assert isinstance(fifth.value, Unreadable)


def test_errors_of_excel_are_no_values(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "#REF!"
    book.worksheets[0]["B1"], book.worksheets[0]["B1"].data_type = "#N/A", "s"
    book.save(tmp_path / "errors.xlsx")
    (tmp_path / "errors.csv").write_text("#N/A,#1\n", encoding="utf-8")
    error, words = read_book(tmp_path / "errors.xlsx").first.rows[0].cells
    assert isinstance(error.value, Unreadable)
    assert (str(error.value), words.value) == ("#REF!", "#N/A")
    error, words = read_book(tmp_path / "errors.csv").first.rows[0].cells
    assert isinstance(error.value, Unreadable)
    assert words.value == "#1"


def test_a_merged_block_speaks_for_its_rows_and_if_asked_its_columns(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"], sheet["B2"], sheet["C2"] = "工号", "请假", "事假", "病假"
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")
    book.save(tmp_path / "merged.xlsx")
    read = read_book(tmp_path / "merged.xlsx").first
    top, bottom = read.rows
    assert [cell.value for cell in bottom.cells] == [None, "事假", "病假"]
    assert [cell.value for cell in read.spread(bottom).cells] == ["工号", "事假", "病假"]
    assert [cell.value for cell in read.spread(top).cells] == ["工号", "请假"]
    assert [cell.value for cell in read.spread(top, across=True).cells] == ["工号", "请假", "请假"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_csv_in_any_of_the_encodings_is_one_sheet(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "人员.csv"
    path.write_bytes('工号,姓名\r\n\r\n007,"王\n芳"\r\n,,\r\n'.encode(encoding))
    read = read_book(path)
    assert [(row.number, [cell.value for cell in row.cells]) for row in read.first.rows] == [
        (1, ["工号", "姓名"]),
        (3, ["007", "王\n芳"]),
    ]
    assert str(read.first.source("B3")) == "人员.csv B3"
    assert read.find("人员") is read.first


def test_a_sheet_is_found_in_either_language_and_by_aliases() -> None:
    sheet = Sheet("x.xlsx", " 节假日（ 2026 ）", ())
    book = Book("x.xlsx", {sheet.name: sheet, "ＹＥＳ ": sheet})
    assert book.find("nothing", ("节假日(2026)",)) is sheet
    assert book.find("yes") is sheet
    assert book.find("nothing") is None


def test_folding_and_letters() -> None:
    assert fold("＊工　号\n【旺旺】 Id") == "工号(旺旺)id"
    assert [letters(n) for n in (1, 26, 27, 702, 703, 16384)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


def test_an_old_workbook_reads_as_a_new_one() -> None:
    sheet = read_book(Path(__file__).parent / "tables" / "old.xls").first  # as LibreOffice writes Excel 97
    assert sheet.name == "税款计算"
    assert sheet.merges == (Merge(1, 1, 1, 3),)
    assert [row.number for row in sheet.rows] == [1, 2, 3, 5]
    third, fifth = sheet.rows[2:]
    assert [(cell.ref, cell.value) for cell in third.cells] == [
        ("A3", "007"), ("B3", "马骁"), ("C3", 1.5), ("D3", 42.75), ("E3", date(2026, 10, 31)),
        ("F3", datetime(2026, 10, 31, 18, 30)),
    ]  # fmt: skip
    assert fifth.cells[0].value == "310101198903010018"
    stream = next(read_streams(Path(__file__).parent / "tables" / "old.xls"))
    assert list(stream.rows)[2] == ["007", "马骁", "1.5", "42.75", "2026-10-31", "2026-10-31 18:30:00"]


# --- files that can't be read -----------------------------------------------------------------------------------------


def test_what_is_no_workbook_is_told_in_one_line(tmp_path: Path) -> None:
    cases = {
        "old.xls": (OLE + bytes(600), "damaged"),
        "secret.xlsx": (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
        "text.xlsx": (b"hello", "not a workbook"),
        "empty.xlsx": (b"", "not a workbook"),
        "book.csv": (b"PK\x03\x04", "not a workbook"),
        "cut.xlsx": (b"PK\x03\x04" + bytes(40), "damaged"),
        "latin.csv": (b"Andr\xe9\xff,1\n", "neither UTF-8 nor GBK"),
    }
    for name, (data, words) in cases.items():
        (tmp_path / name).write_bytes(data)
        line = told(tmp_path / name)
        assert line.startswith(f"{name}: "), line
        assert words in line
        assert "→" in line


def test_a_missing_file_and_a_folder_are_told_with_their_path(tmp_path: Path) -> None:
    assert told(tmp_path / "none.xlsx").startswith(str(tmp_path / "none.xlsx"))
    assert str(tmp_path) in told(tmp_path)


def test_a_file_in_use_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "close it in Excel" in told(tmp_path / "team.xlsx")


def test_a_workbook_damaged_anywhere_is_refused_or_read_and_never_a_traceback(tmp_path: Path) -> None:
    good, path = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    book = Workbook()
    for row in (["工号", "姓名"], ["007", "=1+1"], [8, datetime(2026, 11, 9)]):
        book.worksheets[0].append(row)
    book.worksheets[0].merge_cells("A4:B5")
    book.save(good)
    with zipfile.ZipFile(good) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    dice = random.Random(7)
    refused = 0
    for _ in range(150):
        name = dice.choice(sorted(members))
        data = bytearray(members[name])
        for _ in range(dice.randint(1, 3)):
            data[dice.randrange(len(data))] = dice.choice(b'09AZ<>/"= \x00')
        with zipfile.ZipFile(path, "w") as archive:
            for member, content in members.items():
                if member != name:
                    archive.writestr(member, content)
                elif dice.random() < 0.9:
                    archive.writestr(member, bytes(data))
        try:
            read_book(path)
        except BadInput:
            refused += 1
    assert 20 < refused < 150
