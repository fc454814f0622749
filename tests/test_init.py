"""`cstools init`: what it writes, in which words, and that it never overwrites."""

import re
from datetime import date, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from conftest import Run
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cstools.cli.options.desk import ROSTER_PROFILES
from cstools.days import read_day
from cstools.desk import Desk
from cstools.language import translate
from cstools.roster.sheets.grids import DRAFT, FORMS, LAST
from cstools.tables.columns import read_rows
from cstools.tables.grid import read_book

ROOT = Path(__file__).parent.parent
NEW = {"team.xlsx", "cstools.toml", "排班.bat", "检查.bat"}


def build() -> ModuleType:
    """The script that makes samples/shop."""
    spec = spec_from_file_location("build", ROOT / "samples" / "_shop" / "build.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def days(sheet: Worksheet) -> list[date]:
    """The days in a grid's header."""
    return [read_day(cell.value) for cell in sheet[1][2:]]


@pytest.mark.parametrize("profile", ROSTER_PROFILES)
def test_a_new_desk_has_its_files_and_knows_its_profile(profile: str, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "desk"
    done = run("init", folder, "--profile", profile, "--from", "2026-11-16")
    assert done.exit_code == 0, done.output
    assert {path.name for path in folder.iterdir()} == NEW
    assert Desk.find(folder).settings.profile == profile
    assert "roster solve" in done.output


def test_nothing_is_overwritten_and_nothing_written_beside(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "排班.bat").write_text("mine too", encoding="utf-8")
    refused = run("init", tmp_path, "--profile", "shop")
    assert refused.exit_code == 1
    assert "排班.bat" in refused.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"notes.txt", "排班.bat"}
    (tmp_path / "排班.bat").unlink()
    assert run("init", tmp_path, "--profile", "shop").exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == {*NEW, "notes.txt"}


def test_a_file_in_the_way_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("", encoding="utf-8")
    for folder in (tmp_path / "desk", tmp_path / "desk" / "below"):
        refused = run("init", folder, "--profile", "shop")
        assert refused.exit_code == 1
        assert "有同名的文件" in refused.stderr


def test_an_unknown_profile_is_refused(run: Run, tmp_path: Path) -> None:
    refused = run("init", tmp_path, "--profile", "shoe")
    assert refused.exit_code == 2
    assert "callcentre" in refused.stderr


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sheets_and_headers_are_in_the_language_spoken(language: str, run: Run, tmp_path: Path) -> None:
    assert run("--lang", language, "init", tmp_path, "--profile", "hotline").exit_code == 0
    assert Desk.find(tmp_path).settings.language == language
    book = load_workbook(tmp_path / "team.xlsx")
    assert book.sheetnames == [*(translate(form.label, language) for form in FORMS), "_lists"]
    for form in FORMS:
        sheet = book[translate(form.label, language)]
        headers = [cell.value for cell in sheet[1]][: len(form.columns)]
        assert headers == [translate(column.label, language) for column in form.columns]
        assert sheet.freeze_panes == ("C3" if form in (DRAFT, LAST) else "A2")
        assert sheet["A1"].comment
    assert book["_lists"].sheet_state == "hidden"


def test_an_english_desk_is_read_in_either_language(run: Run, tmp_path: Path) -> None:
    run("--lang", "en", "init", tmp_path, "--profile", "callcentre", "--from", "2026-11-16")
    for language in ("en", "zh"):
        assert run("--lang", language, "--desk", tmp_path, "doctor").exit_code == 0


def test_every_column_with_words_to_choose_from_has_its_list(run: Run, tmp_path: Path) -> None:
    run("init", tmp_path, "--profile", "shop")
    book = load_workbook(tmp_path / "team.xlsx")

    def lists(sheet: str) -> dict[str, str]:
        rules = book[sheet].data_validations.dataValidation
        return {re.sub(r"\d", "", str(rule.sqref).split(":")[0]): rule.formula1 for rule in rules}

    assert {"C", "D", "E", "F"} <= set(lists("人员"))
    assert lists("请假与愿望")["A"] == "'人员'!$A$2:$A$300"
    hidden = book["_lists"]
    shifts = re.fullmatch(r"_lists!\$(\w+)\$1:\$\w+\$3", lists("排班草稿")["C"])
    assert shifts
    assert [hidden[f"{shifts[1]}{row}"].value for row in (1, 2, 3)] == ["白", "晚", "休"]
    assert all(len(rule) < 255 for sheet in book.sheetnames for rule in lists(sheet).values())


@pytest.mark.parametrize("first", [date(2026, 11, 16), date(2026, 12, 28), date(2026, 9, 30)])
def test_the_grids_have_the_days_from_the_first_one_on(first: date, run: Run, tmp_path: Path) -> None:
    run("init", tmp_path, "--profile", "office", "--from", first)
    book = load_workbook(tmp_path / "team.xlsx")
    assert days(book["排班草稿"]) == [first + timedelta(days=after) for after in range(35)]
    assert days(book["上期排班"]) == [first - timedelta(days=back) for back in range(7, 0, -1)]


def test_a_new_desk_begins_next_monday(run: Run, tmp_path: Path) -> None:
    run("init", tmp_path, "--profile", "office")
    first = days(load_workbook(tmp_path / "team.xlsx")["排班草稿"])[0]
    assert first.weekday() == 0
    assert timedelta() < first - Desk(tmp_path).today() <= timedelta(days=7)


@pytest.mark.parametrize("name", ["排班.bat", "检查.bat"])
@pytest.mark.parametrize("profile", ROSTER_PROFILES)
def test_what_windows_starts_is_ascii_with_windows_line_ends(profile: str, name: str) -> None:
    data = (ROOT / "templates" / profile / name).read_bytes()
    assert data.isascii()
    assert data.count(b"\r\n") == data.count(b"\n") > 5


@pytest.mark.parametrize("profile", ROSTER_PROFILES)
def test_a_profile_has_no_column_that_nobody_reads(profile: str) -> None:
    for path in (ROOT / "templates" / profile).glob("*.csv"):
        form = next(form for form in FORMS if path.stem == translate(form.label, "zh"))
        if form not in (DRAFT, LAST):
            assert not read_rows(read_book(path).first, form.columns, []).unknown


def test_the_sample_shop_is_what_its_script_makes() -> None:
    made = build().desk_files()
    shop = ROOT / "samples" / "shop"
    assert {path.name for path in shop.iterdir()} - {".cstools"} == {*made, "排班", "templates"}
    stale = {name for name, data in made.items() if (shop / name).read_bytes() != data}
    assert stale == set(), "python samples/_shop/build.py --desk"
    weeks = build().weeks()
    names = {f"排班_{days[0]}_{days[-1]}.xlsx" for days in weeks}
    assert {path.name for path in (shop / "排班").iterdir()} == names


def test_the_sample_shop_is_small_and_in_order(run: Run) -> None:
    shop = ROOT / "samples" / "shop"
    assert sum(path.stat().st_size for path in shop.rglob("*")) < 2_000_000
    done = run("--desk", shop, "doctor")
    assert done.exit_code == 0, done.output
