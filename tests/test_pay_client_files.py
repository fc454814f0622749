"""The tax client's files read in place: opening cumulatives, deductions, and its figure where a desk pays it."""

from decimal import Decimal
from pathlib import Path

import pytest
from conftest import Run
from openpyxl import load_workbook
from pay_month_ends import IDS, SHEETS, TOML, month_ends, pay, slips, workbook
from tax_clients import NEWER, OLDER, Filed, export

from cstools.pay.slip import Group

NOTHING = {"期初累计": "工号,截至月,累计收入,已扣税额\n", "专项附加扣除": "工号,扣除项目,元/月,起始月\n"}
SEPTEMBER = ("--month 2026-09",)
PATTERNS = 'opening_files = ["期初/*.*"]\ndeduction_files = ["个税/*专项附加扣除*"]\ntax_files = ["个税/*税款计算*"]\n'


def client(text: str = "") -> str:
    """The desk's settings with the client's folders."""
    return TOML.replace("[pay]\n", f"[pay]\n{PATTERNS}{text}")


def before() -> list[Filed]:
    """What the client holds at the end of the tax month of September."""
    return [
        Filed("001", "王芳", IDS["001"], 9, {"income": Decimal(96000), "insurance": Decimal(12600), "withheld": Decimal(1920)},
              income=Decimal(12000), own={"本期基本养老保险费": Decimal(1575)}),
        Filed("002", "李强", IDS["002"], 9, {"income": Decimal(72004), "insurance": Decimal(12600)},
              special={"累计子女教育支出扣除": Decimal(18000)}, income=Decimal("9000.5"),
              own={"本期基本养老保险费": Decimal(1575)}),
    ]  # fmt: skip


def tax(desk: Path, number: str, run_id: str = "2026-09") -> Decimal:
    return -slips(desk, run_id)[number].total(Group.TAX)


def make(folder: Path, sheets: dict[str, str], toml: str) -> Path:
    """A desk ready to be run."""
    return month_ends(folder, sheets, (), toml)


# --- opening cumulatives ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("renamed", [{}, OLDER, NEWER], ids=["as described", "older", "newer"])
def test_openings_are_read_from_the_client_s_file(renamed: dict[str, str], tmp_path: Path) -> None:
    desk = make(tmp_path / "pay", NOTHING, client())
    export(desk / "期初" / "202608_税款计算.csv", "2026-08", [Filed("001", "王芳", IDS["001"], 8, income=Decimal(1))])
    export(desk / "期初" / "202609_税款计算.csv", "2026-09", before(), renamed)  # the newer one holds
    pay(desk, "run", "--month", "2026-09")
    # 001: 120,000 − 10 × 5,000 − 15,750 = 54,250 at 10 % − 2,520 = 2,905.00; withheld with September's own 2,362.50
    assert tax(desk, "001") == Decimal("542.50")
    # 002: 90,128.45 (123.45 by hand) − 50,000 − 15,750 − 18,000 of children until September = 6,378.45 × 3 % = 191.35,
    # less 114.89 withheld; nothing is deducted for October, as neither sheet nor file says so
    assert tax(desk, "002") == Decimal("76.46")
    told = pay(desk, "explain", "001", "--month", "2026-09")
    assert "108,000.00" in told


def test_an_opening_that_the_sheet_tells_otherwise_is_a_fault_by_cell(tmp_path: Path) -> None:
    desk = make(tmp_path / "pay", {**NOTHING, "期初累计": "工号,截至月,累计收入,累计专项扣除,已扣税额\n001,2026-09,100000,14175,2362.5\n"},
                client())  # fmt: skip
    export(desk / "期初" / "202609_税款计算.csv", "2026-09", before())
    said = pay(desk, "run", "--month", "2026-09", code=3)
    assert "202609_税款计算.csv P2" in said
    assert "108,000.00" in said
    assert "100,000.00" in said
    assert "期初累计.csv" in said
    text = (desk / "期初累计.csv").read_text(encoding="utf-8").replace("100000", "108000")
    (desk / "期初累计.csv").write_text(text, encoding="utf-8")
    pay(desk, "run", "--month", "2026-09")  # the same twice is no conflict


def test_a_stranger_and_a_row_without_month_are_refused(tmp_path: Path) -> None:
    desk = make(tmp_path / "pay", NOTHING, client())
    workbook(desk / "期初" / "税款计算.xlsx", ["姓名", "证件号码", "累计收入额", "应补(退)税额"],
             ["王芳", IDS["001"], 5000, 0], ["孙磊", "310101197001010000", 5000, 0])  # fmt: skip
    said = pay(desk, "run", "--month", "2026-09", code=3).splitlines()
    assert len(said) == 2
    assert "税款所属期止" in said[0]
    assert "孙磊" in said[1]


# --- deductions -------------------------------------------------------------------------------------------------------


def test_deductions_by_month_are_read_and_what_differs_from_the_sheet_is_a_fault(tmp_path: Path) -> None:
    rows = (["姓名", "证件号码", "专项附加扣除项目", "月扣除金额", "扣除有效期起", "扣除有效期止"],
            ["李强", IDS["002"], "子女教育", 2000, "2026-01", "2026-12"])  # fmt: skip
    sheet = "工号,扣除项目,元/月,起始月\n004,住房租金,1500,2026-06\n"
    desk = make(tmp_path / "pay", {"专项附加扣除": sheet}, client())
    workbook(desk / "个税" / "专项附加扣除.xlsx", *rows)
    pay(desk, "run", "--month", "2026-09")
    assert tax(desk, "002") == Decimal("16.46")  # as with the same rows in the sheet
    (desk / "专项附加扣除.csv").write_text(sheet + "002,子女教育,1000,2026-01\n", encoding="utf-8")
    said = pay(desk, "run", "--month", "2026-09", code=3)
    assert "专项附加扣除.xlsx Sheet!D2" in said
    assert "1,000.00" in said
    assert "专项附加扣除.csv" in said
    workbook(desk / "个税" / "专项附加扣除.xlsx", rows[0], ["李强", IDS["002"], "子女教肓", 2000, "2026-01", "2026-12"])
    assert "子女教肓" in pay(desk, "run", "--month", "2026-09", code=3)


@pytest.mark.parametrize("heads", [("累计子女教育支出扣除", "累计住房租金支出扣除"), ("累计子女教育", "累计住房租金")])
def test_deductions_as_the_year_s_sums_are_read(heads: tuple[str, str], tmp_path: Path) -> None:
    desk = make(tmp_path / "pay", {"专项附加扣除": "工号,扣除项目,元/月,起始月\n"}, client())
    for month, children, rent in (("202609", 18000, 6000), ("202610", 20000, 7500), ("202611", 99999, 99999)):
        workbook(desk / "个税" / f"{month}_专项附加扣除.xlsx", ["工号", "姓名", *heads],
                 ["002", "李强", children, 0], ["004", "刘洋", 0, rent])  # fmt: skip
    pay(desk, "run", "--month", "2026-09")
    assert tax(desk, "002") == Decimal("16.46")  # as with 2,000 a month in the sheet
    assert tax(desk, "004") == Decimal("207.75")
    told = pay(desk, "explain", "002", "--month", "2026-09")
    assert "子女教育：累计 20,000.00" in told
    pay(desk, "approve", "--month", "2026-09")
    pay(desk, "tax", "--month", "2026-09")
    (path,) = (desk / "工资").glob("正常工资薪金收入*")
    found = [row[3] and (row[1], row[10], row[13]) for row in load_workbook(path).active.iter_rows(values_only=True)]  # type: ignore[union-attr] # it has one
    assert ("李强", 20000, None) in found
    assert ("刘洋", None, 7500) in found


def test_sums_that_the_sheet_makes_otherwise_are_a_fault(tmp_path: Path) -> None:
    desk = make(tmp_path / "pay", {}, client())
    workbook(desk / "个税" / "202610_专项附加扣除.xlsx", ["工号", "姓名", "累计子女教育", "累计住房租金"],
             ["002", "李强", 18000, 0], ["004", "刘洋", 0, 7500])  # fmt: skip
    said = pay(desk, "run", "--month", "2026-09", code=3).splitlines()
    assert len(said) == 1
    assert "202610_专项附加扣除.xlsx Sheet!C2" in said[0]
    assert "20,000.00" in said[0]


def test_sums_of_an_earlier_month_are_noted(tmp_path: Path, run: Run) -> None:
    desk = make(tmp_path / "pay", {"专项附加扣除": "工号,扣除项目,元/月,起始月\n"}, client())
    workbook(desk / "个税" / "202609_专项附加扣除.xlsx", ["工号", "姓名", "累计子女教育"], ["002", "李强", 18000])
    said = run("--desk", desk, "pay", "run", "--month", "2026-09").stdout
    assert "只到 2026-09" in said
    assert tax(desk, "002") == Decimal("76.46")


# --- whose figure is paid ---------------------------------------------------------------------------------------------


def october(desk: Path, *rows: list[object]) -> Path:
    return workbook(desk / "个税" / "202610_税款计算.xlsx",
                    ["工号", "姓名", "税款所属期止", "所得项目", "本期收入", "应补(退)税额"], *rows)  # fmt: skip


def test_the_client_s_figure_is_paid_with_ours_beside_it(tmp_path: Path) -> None:
    desk = make(tmp_path / "pay", {}, client('tax_figure = "client"\n'))
    said = pay(desk, "run", "--month", "2026-09")
    assert "还没有 2026-10 的税款计算文件" in said
    assert tax(desk, "003") == Decimal("42.75")
    october(desk, ["001", "王芳", "2026-10-31", "正常工资薪金", 12000, 442.5],
            ["003", "张伟", "2026-10-31", "正常工资薪金", 8000, 50.25], ["004", "刘洋", "2026-10-31", "正常工资薪金", 15000, -3],
            ["003", "张伟", "2026-10-31", "全年一次性奖金收入", 9999, 999])  # fmt: skip
    said = pay(desk, "run", "--month", "2026-09")
    found = slips(desk, "2026-09")
    assert [-found[number].total(Group.TAX) for number in ("001", "002", "003", "004")] == [
        Decimal("442.50"), Decimal("16.46"), Decimal("50.25"), Decimal("0.00")]  # fmt: skip
    assert found["003"].facts["tax.withheld"] == Decimal("50.25")  # what later months build on
    told = pay(desk, "explain", "003", "--month", "2026-09", "--line", "个人所得税")
    assert "扣缴端 2026-10 的数：50.25" in told
    assert "我方算的  -42.75" in told
    assert "扣缴端相差 7.50  -7.50" in told
    assert "202610_税款计算.xlsx Sheet!F3" in told
    assert "003 张伟：个人所得税按扣缴端的 50.25 扣，我方算的是 42.75" in said  # the register has it, too
    register = load_workbook(desk / "工资" / "工资表_2026-09.xlsx")
    checks = [
        row[2] for sheet in register for row in sheet.iter_rows(values_only=True) if row[0] == "003" and len(row) == 4
    ]
    assert "个人所得税按扣缴端的 50.25 扣，我方算的是 42.75" in checks
    assert any("没有这个人" in line for line in said.splitlines() if "002" in line)


def test_a_second_run_of_the_tax_month_withholds_what_is_left_of_the_figure(tmp_path: Path) -> None:
    desk = make(tmp_path / "pay", {}, client('tax_figure = "client"\n'))
    october(desk, ["005", "陈静", "2026-10-31", "正常工资薪金", 6000, 20])
    pay(desk, "run", "--month", "2026-09")
    for step in ("approve", "close"):
        pay(desk, step, "--month", "2026-09")
    assert tax(desk, "005") == Decimal("20.00")
    # with the last wages the client reckons both runs of October together
    october(desk, ["005", "陈静", "2026-10-31", "正常工资薪金", 14206.89, 46.46])
    pay(desk, "run", "--month", "2026-10", "--kind", "leaver", "--only", "005")
    assert tax(desk, "005", "2026-10-leaver-005") == Decimal("26.46")


def test_a_bonus_by_itself_withholds_none_of_the_tax_on_wages(tmp_path: Path) -> None:
    desk = month_ends(tmp_path / "pay", None, SEPTEMBER, client('tax_figure = "client"\n'))
    workbook(desk / "个税" / "202611_税款计算.xlsx", ["工号", "姓名", "税款所属期止", "所得项目", "应补(退)税额"],
             ["001", "王芳", "2026-11-30", "正常工资薪金", 440])  # fmt: skip
    pay(desk, "run", "--month", "2026-10", "--kind", "bonus")
    assert tax(desk, "001", "2026-10-bonus") == Decimal("1080.00")  # ours of the bonus: the file has none of it
    pay(desk, "run", "--month", "2026-10")
    assert tax(desk, "001", "2026-10") == Decimal("440.00")


@pytest.mark.parametrize(
    ("text", "told"),
    [('tax_figure = "theirs"\n', "pay.tax_figure"), ('tax_figure = "client"\ntax_files = []\n', "pay.tax_files")],
)
def test_a_figure_without_files_is_refused(text: str, told: str, tmp_path: Path) -> None:
    toml = client(text).replace('tax_files = ["个税/*税款计算*"]\n', "")
    desk = make(tmp_path / "pay", {}, toml)
    assert told in pay(desk, "run", "--month", "2026-09", code=3)


def test_a_client_s_file_that_changes_makes_a_draft_stale(tmp_path: Path) -> None:
    desk = make(tmp_path / "pay", {}, client('tax_figure = "client"\n'))
    october(desk, ["003", "张伟", "2026-10-31", "正常工资薪金", 8000, 50.25])
    pay(desk, "run", "--month", "2026-09")
    october(desk, ["003", "张伟", "2026-10-31", "正常工资薪金", 8000, 51])
    assert "改" in pay(desk, "approve", "--month", "2026-09", code=1)


def test_no_file_of_anybody_is_written_into(tmp_path: Path) -> None:
    desk = make(tmp_path / "pay", NOTHING, client('tax_figure = "client"\n'))
    path = export(desk / "期初" / "202609_税款计算.csv", "2026-09", before())
    kept = {found: found.read_bytes() for found in (path, *desk.glob("*.csv"))}
    pay(desk, "run", "--month", "2026-09")
    assert {found: found.read_bytes() for found in kept} == kept
    assert set(SHEETS) <= {found.stem for found in kept}
