"""`cstools roster solve` on the command line: where a roster goes, and in which form."""

import json
from pathlib import Path

import pytest
from conftest import Run
from desks import make
from openpyxl import load_workbook

WEEK = ("--from", "2026-11-09", "--time-limit", "5")


@pytest.mark.parametrize(
    ("output", "code", "line"),
    [
        ("week.pdf", 2, "week.pdf：文件名要以 .xlsx、.csv 或 .json 结尾，或另写 --format\n"),
        ("team.xlsx", 1, "team.xlsx 已存在；请换一个文件名，或先删除它\n"),
        ("team.xlsx/week.xlsx", 1, "文件夹 team.xlsx 里写不进文件\n"),
    ],
)
def test_where_a_roster_goes_is_settled_before_the_search(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, code: int, line: str
) -> None:
    make(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cstools.roster.solve.solve", None)
    done = run("roster", "solve", *WEEK, "-o", output)
    assert (done.exit_code, done.stderr) == (code, line)
    assert {path.name for path in tmp_path.iterdir()} == {"cstools.toml", "team.xlsx"}


def test_each_form_holds_the_same_roster(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in ("week.xlsx", "new/week.csv", "week.json"):
        assert run("roster", "solve", *WEEK, "--deterministic", "-o", name).exit_code in {0, 1}
    sheet = load_workbook(tmp_path / "week.xlsx")["排班"]
    told = json.loads((tmp_path / "week.json").read_text(encoding="utf-8"))
    lines = (tmp_path / "new" / "week.csv").read_text(encoding="utf-8-sig").splitlines()
    duties = sorted((duty["person"], duty["day"], duty["shift"]) for duty in told["duties"])
    days = lines[0].split(",")[2:]
    rows = [line.split(",") for line in lines[1:]]
    assert duties == sorted(
        (row[0], day, shift) for row in rows for day, shift in zip(days, row[2:], strict=True) if shift in {"白", "晚"}
    )
    written = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    for row in rows:
        assert next(line for line in written if line[0] == row[0])[3 : 3 + len(days)] == row[2:]
