"""A payroll clerk's own desk: made by init, kept apart, examined by doctor."""

import stat
import sys
from pathlib import Path

import pytest
from conftest import Run
from openpyxl import load_workbook

from cstools.desk import Desk
from cstools.pay.template import forms
from cstools.tables.grid import read_book


def test_a_new_pay_desk_has_every_sheet_and_its_owner_alone_may_read_it(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "pay"
    done = run("init", folder, "--profile", "pay")
    assert done.exit_code == 0, done.output
    assert {path.name for path in folder.iterdir()} == {"pay.xlsx", "cstools.toml", "算工资.bat"}
    assert "pay run --month" in done.output
    book = read_book(folder / "pay.xlsx")
    assert all(book.find(form.label) for form in forms())
    assert Desk.find(folder).pays
    if sys.platform != "win32":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("words", ["pay run --month 2026-10", "pay explain 001 --month 2026-10"])
def test_a_roster_desk_is_no_pay_desk(words: str, run: Run, tmp_path: Path) -> None:
    run("init", tmp_path / "shop", "--profile", "shop")
    refused = run("--desk", tmp_path / "shop", *words.split())
    assert refused.exit_code == 1
    assert "--profile pay" in refused.stderr


def test_a_new_pay_desk_shows_how_it_is_filled_and_leaves_its_choices_open(run: Run, tmp_path: Path) -> None:
    run("init", tmp_path, "--profile", "pay")
    examined = run("doctor", "--desk", tmp_path)
    assert examined.exit_code == 0, examined.output
    assert "示例甲" in examined.output
    refused = run("pay", "run", "--month", "2026-10", "--desk", tmp_path)
    assert refused.exit_code == 1
    for choice in ("不满月", "累计达到", "严厉处罚线"):
        assert choice in refused.stderr
    assert not (tmp_path / "工资").exists()


def test_a_new_pay_desk_pays_its_examples_once_its_choices_are_made(run: Run, tmp_path: Path) -> None:
    run("init", tmp_path, "--profile", "pay")
    book = load_workbook(tmp_path / "pay.xlsx")
    chosen = {"底薪": "不满月=反算", "闷拍提成": "方案=店铺；归谁=不计", "病假工资": "发工资的比例=60%",
              "评分": "累计达到=代替；严厉处罚线=5"}  # fmt: skip
    for row in book["薪资项目"].iter_rows(min_row=2):
        if row[0].value in chosen:
            row[8].value = chosen[str(row[0].value)]
    book.save(tmp_path / "pay.xlsx")
    settings = (tmp_path / "cstools.toml").read_text(encoding="utf-8")
    (tmp_path / "cstools.toml").write_text(settings.replace("# quota_rests", "quota_rests"), encoding="utf-8")
    done = run("pay", "run", "--month", "2026-10", "--dry-run", "--desk", tmp_path)
    assert done.exit_code == 0, done.output
    assert "5,300.00" in done.output  # 5,000 and the meal allowance of 300
