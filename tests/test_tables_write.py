"""Workbooks: the same content gives the same bytes, text is never a formula, and what is written is read back."""

import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from cstools.errors import CstoolsError, Locked
from cstools.language import LANGUAGES, Text, speak
from cstools.tables import kinds
from cstools.tables.columns import Column, read_rows
from cstools.tables.grid import read_book
from cstools.tables.style import HEADER, Style
from cstools.tables.write import BookWriter, block, display_width, write_table

if TYPE_CHECKING:
    from cstools.errors import Fault

OTHERS = "=人员!$A$2:$A$9"
COLUMNS = (
    Column("number", "Staff no.", kinds.identifier, required=True, note=Text("As in the attendance system.")),
    Column("name", "Full name", kinds.text),
    Column("since", "Since", kinds.day),
    Column("allowed", "Allowed at", kinds.moment),
    Column("start", "Start", kinds.time_of_day),
    Column("rows", "Count", kinds.whole),
    Column("share", "Share", kinds.number),
    Column("lead", "Lead", kinds.yes_no, default=False),
    Column("skills", "Skills", kinds.words, choices=("售前", "售后")),
    Column("mentor", "Mentor", kinds.identifier, choices=OTHERS),
    Column("colour", "Colour", kinds.choice({"red": "Red ink", "blue": "Blue ink"})),
)
ONE = {
    "number": "007",
    "name": "=1+1",
    "since": date(2026, 11, 9),
    "start": 1440,
    "lead": True,
    "skills": ("售前", "x"),
}
SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from test_tables_write import sample
sample().save(Path(sys.argv[2]))
"""


def sample() -> BookWriter:
    """A workbook with something of everything."""
    writer = BookWriter("样本", datetime(2026, 11, 1))
    write_table(writer, "人员", COLUMNS, [ONE, {"number": "008", "share": Decimal("0.5")}], title="人员表")
    sheet = writer.sheet("排班", tab="FF0000")
    sheet.row(1, ["甲", Text("Lead"), 3, None], HEADER)
    sheet.put(2, 1, "@SUM(A1)", Style(bold=True, colour="FF0000", fill="FFFF00", border=True, edge=True, format="@"))
    sheet.note(2, 1, "第一行\nsecond line")
    sheet.link(2, 1, "人员", "A3")
    sheet.merge(block(3, 1, 3, 4))
    sheet.highlight("A1:D9", '$A1="甲"', Style(fill="DDDDDD", bold=True))
    sheet.choices("B2:B9", [f"班次{number}" for number in range(60)], strict=False)
    sheet.height(1, 30)
    sheet.freeze(2, 2)
    sheet.page(title_rows="1:2", title_columns="A:B", high=1)
    return writer


def test_the_same_content_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    sample().save(tmp_path / "a.xlsx")
    here = str(Path(__file__).parent)
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": f"UTC-{seed}"}
        program = [sys.executable, "-c", SCRIPT, here, str(tmp_path / f"{seed}.xlsx")]
        subprocess.run(program, check=True, env=environment, cwd=Path(here).parent)
    assert (
        (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()
    )


def test_no_clock_is_in_a_workbook(tmp_path: Path) -> None:
    sample().save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = load_workbook(tmp_path / "a.xlsx").properties
    assert (properties.creator, properties.created, properties.modified) == ("cstools", *[datetime(2026, 11, 1)] * 2)


@pytest.mark.parametrize("words", ["=1+1", "+86 138", "-5", "@SUM(A1)", "#N/A", "=cmd|' /C calc'!A0", "7", "=\x07"])
def test_text_is_never_a_formula(tmp_path: Path, words: str) -> None:
    writer = BookWriter()
    writer.sheet("x").put(1, 1, words)
    writer.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert not re.search(rb"<f[\s>/]", archive.read("xl/worksheets/sheet1.xml"))
    cell = load_workbook(tmp_path / "a.xlsx").worksheets[0]["A1"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (words.replace("\x07", ""), "s", words[0] in "=+-@")


def test_a_sheet_has_what_was_asked_for(tmp_path: Path) -> None:
    sample().save(tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    sheet = book["排班"]
    assert (book.sheetnames, book["_lists"].sheet_state) == (["人员", "排班", "_lists"], "hidden")
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.print_title_cols) == ("B2", "$1:$2", "$A:$B")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
        "landscape",
        9,
        1,
    )
    assert (sheet["A2"].hyperlink.location, sheet["A2"].comment.text) == ("'人员'!A3", "第一行\nsecond line")
    assert {sheet["A1"].font.name, sheet["A2"].font.name, sheet["Z99"].font.name} == {"微软雅黑"}
    assert (sheet["A2"].fill.start_color.rgb, sheet["A2"].border.left.style, sheet["A2"].number_format) == (
        "FFFFFF00", "medium", "@",
    )  # fmt: skip
    [rule] = sheet.data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref), rule.showErrorMessage) == ("_lists!$D$1:$D$60", "B2:B9", False)
    assert [book["_lists"].cell(row, 4).value for row in (1, 60)] == ["班次0", "班次59"]


def test_a_template_keeps_excels_hands_off_what_is_typed_later(tmp_path: Path) -> None:
    speak("en")
    write_table(writer := BookWriter(), "人员", COLUMNS)
    writer.save(tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx")["人员"]
    assert [sheet.column_dimensions[letter].number_format for letter in "ACE"] == ["@", "yyyy-mm-dd", "@"]
    assert sheet["A1"].comment.text == (
        "As in the attendance system.\na number or code, such as 007 or kf01\nmust be filled in"
    )
    assert {str(rule.sqref): rule.showErrorMessage for rule in sheet.data_validations.dataValidation} == {
        "H2:H301": True, "I2:I301": False, "J2:J301": True, "K2:K301": True,
    }  # fmt: skip
    assert sheet.data_validations.dataValidation[2].formula1 == "人员!$A$2:$A$9"
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")


def test_columns_are_as_wide_as_chinese_is(tmp_path: Path) -> None:
    sheet = BookWriter().sheet("x")
    for row, words in enumerate(["客服一部排班表 2026", "abc"], 1):
        sheet.put(row, row, words)
    sheet.put(5, 1, "一个很长很长的标题" * 9)
    sheet.merge("A5:C5")
    sheet.fit()
    assert display_width("客服ab\n客") == 6
    assert [sheet.raw.column_dimensions[letter].width for letter in "AB"] == [pytest.approx(22.9), 6]
    assert not list(tmp_path.iterdir())


def test_a_workbook_that_is_open_is_told_and_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, _target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "a.xlsx").write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(Locked, match=r"a\.xlsx") as caught:
        sample().save(tmp_path / "a.xlsx")
    assert caught.value.exit_code == 75
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.xlsx", b"old")]
    monkeypatch.undo()
    with pytest.raises(CstoolsError, match="none"):
        sample().save(tmp_path / "none" / "a.xlsx")


def survives(words: str) -> bool:
    """Nothing that NFKC, a comment's mark or Excel's spoilt numbers would change."""
    return unicodedata.normalize("NFKC", words) == words and not words.startswith(("#", "说明")) and "E+" not in words


LETTERS = st.characters(codec="gb18030", categories=["L", "N"], include_characters="=+-@#:.()*<>&%")
WORDS = st.text(LETTERS, min_size=1, max_size=8).filter(survives)
SKILLS = st.lists(st.text("售前后abc019", min_size=1, max_size=4), min_size=1, max_size=3).map(tuple)
RECORDS = st.lists(st.fixed_dictionaries({"number": WORDS}, optional={
    "name": WORDS,
    "since": st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    "allowed": st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(lambda time: time.replace(microsecond=0)),
    "start": st.integers(0, 2880),
    "rows": st.integers(-(10**15), 10**15),
    "share": st.decimals(-(10**6), 10**6, places=4),
    "lead": st.booleans(),
    "skills": SKILLS,
    "colour": st.sampled_from(["red", "blue"]),
}), max_size=6)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=RECORDS, title=st.sampled_from(["", "人员表"]))
def test_what_is_written_is_read_back(
    tmp_path: Path, language: str, records: list[Mapping[str, object]], title: str
) -> None:
    speak(language)
    write_table(writer := BookWriter(), "人员", COLUMNS, records, title=title)
    writer.save(tmp_path / "a.xlsx")
    faults: list[Fault] = []
    speak("en" if language == "zh" else "zh")
    table = read_rows(read_book(tmp_path / "a.xlsx").first, COLUMNS, faults)
    assert faults == []
    assert [dict(row.values) for row in table] == [
        {column.key: record.get(column.key, column.default) for column in COLUMNS} for record in records
    ]
