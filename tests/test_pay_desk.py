"""A payroll clerk's own desk: made by init, kept apart, examined by doctor."""

import stat
import sys
from pathlib import Path

import pytest
from conftest import Run

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
