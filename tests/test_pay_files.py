"""Files for other programs: each made and read back; a field that would run is refused; slips, bank and books agree."""

import csv
import re
import shutil
import stat
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pay_month_ends import ACCOUNTS, IDS, NAMES, RUNS, SHEETS, month_ends, pay, people, slips

from cstools.errors import BadInput
from cstools.language import speak
from cstools.pay.exports.table import Table, refuse_formulas
from cstools.pay.slip import Group

WAGES = [
    "工号",
    "*姓名",
    "*证件类型",
    "*证件号码",
    "本期收入",
    "本期免税收入",
    "基本养老保险费",
    "基本医疗保险费",
    "失业保险费",
    "住房公积金",
    "累计子女教育",
    "累计继续教育",
    "累计住房贷款利息",
    "累计住房租金",
    "累计赡养老人",
    "累计3岁以下婴幼儿照护",
    "累计个人养老金",
    "企业(职业)年金",
    "商业健康保险",
    "税延养老保险",
    "公务交通费用",
    "通讯费用",
    "律师办案费用",
    "西藏附加减除费用",
    "其他",
    "准予扣除的捐赠额",
    "减免税额",
    "协定减免",
    "备注",
]
BONUS = [
    "工号",
    "*姓名",
    "*证件类型",
    "*证件号码",
    "*全年一次性奖金额",
    "免税收入",
    "其他",
    "准予扣除的捐赠额",
    "减免税额",
    "协定减免",
    "备注",
]
PEOPLE = [
    "工号",
    "*姓名",
    "*证件类型",
    "*证件号码",
    "*国籍(地区)",
    "*性别",
    "*出生日期",
    "是否高级专家",
    "*任职受雇从业类型",
    "其他情况说明",
    "入职年度就业情形",
    "手机号码",
    "任职受雇从业日期",
    "离职日期",
    "是否离职后补发工资",
]
Cells = list[tuple[object, ...]]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desk with all its runs closed; nobody changes it."""
    speak("zh")
    return month_ends(tmp_path_factory.mktemp("desks") / "pay")


@pytest.fixture
def desk(done: Path, tmp_path: Path) -> Path:
    """A copy of it for those who change something."""
    shutil.copytree(done, tmp_path / "pay")
    return tmp_path / "pay"


def sheet(path: Path) -> Cells:
    book = load_workbook(path)
    assert len(book.worksheets) == 1
    return [tuple(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def written(said: str) -> list[Path]:
    return [Path(found) for found in re.findall(r"已写入：(.+?\.(?:xlsx|csv|txt|html))", said)]


def bank(desk: Path, template: str, run_id: str = "2026-10", *, folder: Path | None = None, code: int = 0) -> str:
    out = ("-o", folder) if folder else ()
    return pay(desk, "bank", "--month", run_id[:7], "--run", run_id, "--template", template, *out, code=code)


def template(desk: Path, name: str, text: str) -> str:
    path = desk / "templates" / "bank" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return name


def exact(value: object) -> Decimal:
    """An amount as a cell has it: a float's shortest digits are the fen that were meant."""
    return Decimal(str(value)).quantize(Decimal("0.01"))


# --- the bank ---------------------------------------------------------------------------------------------------------


def test_a_workbook_keeps_every_digit_of_an_account_and_every_fen(done: Path, tmp_path: Path) -> None:
    (path,) = written(bank(done, "cmb", folder=tmp_path))
    paid = slips(done, "2026-10")
    heads, *rows = sheet(path)
    assert heads[:4] == ("收款账户列", "收款户名列", "转账金额列", "备注列")
    assert [(row[0], row[1], exact(row[2]), row[3]) for row in rows] == [
        (ACCOUNTS[number], slip.name, slip.net, "2026-10工资") for number, slip in paid.items()]  # fmt: skip
    book = load_workbook(path).worksheets[0]
    assert {(row[0].data_type, row[0].number_format) for row in book.iter_rows(min_row=2)} == {("s", "@")}
    assert {(row[2].data_type, row[2].number_format) for row in book.iter_rows(min_row=2)} == {("n", "0.00")}


def test_the_totals_stand_in_the_name(done: Path, tmp_path: Path) -> None:
    (path,) = written(bank(done, "simple", folder=tmp_path))
    # 9,982.50 + 7,412.73 + 6,382.25 + 12,828.75
    assert path.name == "代发工资_2026-10_总数4笔-总计36606元2角3分.xlsx"
    assert sheet(path)[0] == ("序号", "账号", "户名", "实发金额")
    assert sum(exact(row[3]) for row in sheet(path)[1:]) == Decimal("36606.23")


def test_a_text_without_header_ends_with_its_totals(done: Path, tmp_path: Path) -> None:
    (path,) = written(bank(done, "text", folder=tmp_path))
    assert path.read_bytes().decode("gb18030").split("\r\n") == [
        f"{ACCOUNTS['001']}|王芳|{IDS['001']}|9982.50",
        f"{ACCOUNTS['002']}|李强|{IDS['002']}|7412.73",
        f"{ACCOUNTS['003']}|张伟|{IDS['003']}|6382.25",
        f"{ACCOUNTS['004']}|刘洋|{IDS['004']}|12828.75",
        "合计|4||36606.23",
        "",
    ]


def test_more_rows_than_a_file_may_have_make_several(desk: Path, tmp_path: Path) -> None:
    name = template(desk, "few", 'file = "DF{paid_on}_{count}_{total}.csv"\nformat = "csv"\nencoding = "utf-8-sig"\n'
                    'most = 3\nabove = ["批次 | {batch}"]\n[columns]\n"序号" = "{row}"\n"账号" = "{account}"\n'
                    '"金额" = "{net}"\n')  # fmt: skip
    paths = written(bank(desk, name, folder=tmp_path))
    assert [path.name for path in paths] == ["DF20261115_3_23777.48-1.csv", "DF20261115_1_12828.75-2.csv"]
    rows = [list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines())) for path in paths]
    assert [found[:2] for found in rows] == [[["批次", "1", ""], ["序号", "账号", "金额"]],
                                             [["批次", "2", ""], ["序号", "账号", "金额"]]]  # fmt: skip
    assert sum(Decimal(row[2]) for found in rows for row in found[2:]) == Decimal("36606.23")
    assert rows[1][2] == ["1", ACCOUNTS["004"], "12828.75"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[columns]\n"账号" = "{acount}"', "columns"),
        ('file = "{name}.xlsx"\n[columns]\n"账号" = "{account}"', "file"),
        ('file = "../{month}.xlsx"\n[columns]\n"账号" = "{account}"', "file"),
        ('below = ["{account}"]\n[columns]\n"账号" = "{account}"', "below"),
        ('[columns]\n"账号" = "{account.__class__}"', "columns"),
        ('[columns]\n"账号" = "{account"', "columns"),
        ('most = 0\n[columns]\n"账号" = "{account}"', "most"),
        ('format = "xlsx"', "columns"),
        ("[columns", "x.toml"),
    ],
)
def test_a_template_that_says_nonsense_is_refused_by_its_line(text: str, told: str, desk: Path) -> None:
    said = bank(desk, template(desk, "x", text), code=3)
    assert f"x.toml {told}" in said or told == "x.toml" in said


def test_there_is_no_such_template(desk: Path) -> None:
    assert "nobank" in bank(desk, "nobank", code=1)
    assert "../cmb" in bank(desk, "../cmb", code=1)


def test_a_draft_is_not_paid(desk: Path) -> None:
    pay(desk, "reopen", "--month", "2026-10", "--why", "漏单")
    for words in (["bank", "--template", "cmb"], ["tax"], ["postings"]):
        assert "草稿" in pay(desk, *words, "--month", "2026-10", code=1)
    assert not [path for path in (desk / "工资").iterdir() if not path.name.startswith("工资表")]


def test_whoever_has_no_account_is_named_and_nothing_written(tmp_path: Path) -> None:
    gone = people(n003=f"003,张伟,2024-03-01,,,售后,客服,上海,9000,9000,7%,{IDS['003']},,招商银行,,")
    desk = month_ends(tmp_path / "pay", {"人员": gone}, ("--month 2026-09",))
    said = bank(desk, "cmb", "2026-09", folder=tmp_path / "out", code=3)
    assert "张伟" in said
    assert "银行卡号" in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["=1+1", "+86", "-2", "@SUM(A1)", " =1", "＝1"])
def test_a_name_that_would_run_as_a_formula_is_refused(name: str, tmp_path: Path) -> None:
    row = f"003,{name},2024-03-01,,,售后,客服,上海,9000,9000,7%,{IDS['003']},,招商银行,{ACCOUNTS['003']},"
    desk = month_ends(tmp_path / "pay", {"人员": people(n003=row)}, ("--month 2026-09",))
    before = sorted((desk / "工资").iterdir())
    for words in (["bank", "--template", "cmb"], ["bank", "--template", "text"], ["tax"],
                  ["slips", "--format", "dingtalk"]):  # fmt: skip
        assert "公式" in pay(desk, *words, "--month", "2026-09", code=3), words
    assert sorted((desk / "工资").iterdir()) == before


@pytest.mark.parametrize("field", ["=1", " =1", "\u3000+1", "\t1", "\r1", "\ufeff@x", "－1"])
def test_no_blank_before_it_lets_a_formula_pass(field: str) -> None:
    for table in (
        Table("表", ["备注"], [[field]]),
        Table("表", [field], []),
        Table("表", ["备注"], [], below=[[field]]),
    ):
        with pytest.raises(BadInput):
            refuse_formulas(table)
    refuse_formulas(Table("表", ["备注"], [["1=1"], ["a-b"], [Decimal(-1)], [None]]))


def test_a_bar_in_a_bank_s_text_and_a_letter_it_lacks_are_refused(tmp_path: Path) -> None:
    row = f"003,张|伟,2024-03-01,,,售后,客服,上海,9000,9000,7%,{IDS['003']},,招商银行,{ACCOUNTS['003']},"
    four = f"004,𬭸锋,2024-03-01,,,售前,客服,上海,9000,9000,7%,{IDS['004']},,招商银行,{ACCOUNTS['004']},"
    desk = month_ends(tmp_path / "pay", {"人员": people(n003=row, n004=four)}, ("--month 2026-09",))
    assert "张|伟" in bank(desk, "text", "2026-09", code=3)
    gbk = template(desk, "gbk", 'format = "csv"\nencoding = "gbk"\nfile = "a.csv"\n[columns]\n"户名" = "{name}"\n')
    assert "𬭸" in bank(desk, gbk, "2026-09", code=3)
    assert not list(desk.glob("工资/*.csv"))


def test_several_files_are_written_all_or_none(desk: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    pay(desk, "tax", "--month", "2026-10", "-o", out)
    wages = out / "正常工资薪金收入_2026-11.xlsx"
    wages.write_bytes(b"older")
    (out / "全年一次性奖金收入_2026-11.xlsx").unlink()
    (out / "全年一次性奖金收入_2026-11.xlsx").mkdir()
    said = pay(desk, "tax", "--month", "2026-10", "-o", out, code=1)
    assert "全年一次性奖金收入" in said
    assert wages.read_bytes() == b"older"


def test_what_is_written_is_the_owner_s_alone(done: Path, tmp_path: Path) -> None:
    said = bank(done, "cmb", folder=tmp_path / "out") + pay(done, "tax", "--month", "2026-10", "-o", tmp_path / "out")
    for path in (*written(said), tmp_path / "out"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


# --- the tax client ---------------------------------------------------------------------------------------------------


def tax(desk: Path, month: str, out: Path) -> dict[str, Cells]:
    """The tax files of a run's tax month, by their first word."""
    paths = written(pay(desk, "tax", "--month", month, "-o", out))
    return {path.name.partition("_")[0]: sheet(path) for path in paths}


def records(rows: Sequence[tuple[object, ...]]) -> dict[str, dict[str, object]]:
    """Rows by their first field, with what is filled in."""
    heads = [str(head) for head in rows[0]]
    return {str(row[0]): {head: value for head, value in zip(heads, row, strict=True) if value is not None}
            for row in rows[1:]}  # fmt: skip


def test_wages_have_the_client_s_29_columns(done: Path, tmp_path: Path) -> None:
    files = tax(done, "2026-10", tmp_path)
    assert list(files["正常工资薪金收入"][0]) == WAGES
    assert len(WAGES) == 29
    found = records(files["正常工资薪金收入"])
    assert list(found) == ["001", "002", "003", "004"]
    # 子女教育 2,000 × 11 months up to the tax month of November; the ID's digits are text
    assert found["002"] == {
        "工号": "002", "*姓名": "李强", "*证件类型": "居民身份证", "*证件号码": IDS["002"], "本期收入": 9000.5,
        "基本养老保险费": 720, "基本医疗保险费": 180, "失业保险费": 45, "住房公积金": 630, "累计子女教育": 22000,
    }  # fmt: skip
    assert found["004"]["累计住房租金"] == 9000  # 1,500 × 6 months since June
    assert found["001"]["累计个人养老金"] == 3000  # an other deduction with a column of its own: not in 其他 again
    assert "其他" not in found["001"]


def test_runs_of_one_tax_month_are_filed_together(done: Path, tmp_path: Path) -> None:
    # September's wages were paid in October, and 005 left on the 20th: 6,000 + 3,793.10 + 4,413.79
    found = records(tax(done, "2026-09", tmp_path)["正常工资薪金收入"])
    assert exact(found["005"]["本期收入"]) == Decimal("14206.89")
    assert found["005"]["基本养老保险费"] == 1440


def test_other_deductions_of_the_month_have_columns_of_their_own(tmp_path: Path) -> None:
    rows = "".join(f"003,{what},{amount},2026-01,,{kind}\n" for what, amount, kind in (
        ("企业年金", 200, ""), ("商业健康保险", 200, ""), ("税延养老保险", 100, ""), ("通信补贴扣除", 30, "其他扣除"),
        ("残疾减免", 5, "减免税额")))  # fmt: skip
    desk = month_ends(tmp_path / "pay", {"专项附加扣除": f"工号,扣除项目,元/月,起始月,截止月,类别\n{rows}"}, RUNS)
    for month in ("2026-09", "2026-10"):  # of the month, though the year holds more
        found = records(tax(desk, month, tmp_path)["正常工资薪金收入"])["003"]
        assert [found.get(head) for head in ("企业(职业)年金", "商业健康保险", "税延养老保险", "其他", "减免税额")] == [
            200, 200, 100, 30, 5]  # fmt: skip
        assert "累计个人养老金" not in found


def test_a_bonus_alone_files_no_wages_and_drafts_are_told(tmp_path: Path) -> None:
    desk = month_ends(tmp_path / "pay", None, RUNS[:3])
    pay(desk, "run", "--month", "2026-10")
    said = pay(desk, "tax", "--month", "2026-10", "--run", "2026-10-bonus")
    assert [path.name for path in written(said)] == ["全年一次性奖金收入_2026-11.xlsx", "人员信息采集_2026-11.xlsx"]
    assert "还是草稿" in said
    assert "2026-10；" in said


def test_runs_of_a_month_have_files_of_their_own(done: Path, tmp_path: Path) -> None:
    paths = {
        run_id: written(bank(done, name, run_id, folder=tmp_path))[0] for run_id in NAMES for name in ("cmb", "text")
    }
    assert len({path.name for path in paths.values()}) == len(NAMES)
    assert all(path.exists() for path in paths.values())


def test_a_bonus_has_the_client_s_11_columns(done: Path, tmp_path: Path) -> None:
    rows = tax(done, "2026-10", tmp_path)["全年一次性奖金收入"]
    assert list(rows[0]) == BONUS
    assert len(BONUS) == 11
    assert {number: row["*全年一次性奖金额"] for number, row in records(rows).items()} == {"001": 36000, "002": 36001}


def test_joiners_and_leavers_have_the_client_s_first_columns(done: Path, tmp_path: Path) -> None:
    rows = tax(done, "2026-10", tmp_path)["人员信息采集"]
    assert list(rows[0])[: len(PEOPLE)] == PEOPLE
    found = records(rows)
    assert list(found) == ["005"]
    # 31010119980202000X: the 17th digit is even
    assert [found["005"].get(head) for head in ("*性别", "*出生日期", "任职受雇从业日期", "离职日期", "手机号码")] == [
        "女", "1998-02-02", "2024-03-01", "2026-10-20", "13800000005"]  # fmt: skip
    assert "人员信息采集" not in tax(done, "2026-09", tmp_path / "none")


def test_a_wrong_id_is_refused_by_its_cell(tmp_path: Path) -> None:
    row = f"003,张伟,2026-09-01,,,售后,客服,上海,9000,9000,7%,310101199011230001,,招商银行,{ACCOUNTS['003']},"
    desk = month_ends(tmp_path / "pay", {"人员": people(n003=row)}, ("--month 2026-09",))
    assert "310101199011230001" in pay(desk, "tax", "--month", "2026-09", code=3)


def test_a_month_without_pay_is_filed_as_zero(tmp_path: Path) -> None:
    row = f"003,张伟,2024-03-01,,,售后,客服,上海,,,,{IDS['003']},,招商银行,{ACCOUNTS['003']},"
    desk = month_ends(tmp_path / "pay", {"人员": people(n003=row), "底薪": "工号,底薪\n001,9000\n002,9000\n004,1\n005,1\n"},
                      ("--month 2026-09",))  # fmt: skip
    found = records(tax(desk, "2026-09", tmp_path)["正常工资薪金收入"])["003"]
    assert list(found) == [
        "工号",
        "*姓名",
        "*证件类型",
        "*证件号码",
        "本期收入",
        "基本养老保险费",
        "基本医疗保险费",
        "失业保险费",
        "住房公积金",
    ]
    assert list(found.values())[4:] == [0] * 5


# --- slips and books --------------------------------------------------------------------------------------------------


def posted(desk: Path, run_id: str, out: Path) -> list[dict[str, str]]:
    path = out / f"{run_id}.csv"
    pay(desk, "postings", "--month", run_id[:7], "--run", run_id, "-o", path)
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def total(rows: Iterable[dict[str, str]], side: str, account: str = "") -> Decimal:
    return sum((Decimal(row[side]) for row in rows if row[side] and account in row["科目"]), Decimal(0))


@pytest.mark.parametrize("run_id", NAMES)
def test_slips_bank_and_books_pay_the_same(run_id: str, done: Path, tmp_path: Path) -> None:
    paid = slips(done, run_id)
    net = sum(slip.net for slip in paid.values())
    rows = posted(done, run_id, tmp_path)
    assert total(rows, "借方") == total(rows, "贷方")
    assert total(rows, "贷方", "应付职工薪酬") or total(rows, "贷方", "应付工资")
    assert net in {Decimal(row["贷方"]) for row in rows if row["贷方"]}
    (path,) = written(bank(done, "simple", run_id, folder=tmp_path))
    assert sum(exact(row[3]) for row in sheet(path)[1:]) == net
    (upload,) = written(
        pay(done, "slips", "--month", run_id[:7], "--run", run_id, "--format", "dingtalk", "-o", tmp_path)
    )
    heads, *lines = sheet(upload)
    assert sum(exact(line[heads.index("实发合计")]) for line in lines) == net
    assert total(rows, "借方") == sum(slip.total(Group.EARNED, Group.BONUS, Group.TAX_FREE, Group.EMPLOYER)
                                    for slip in paid.values())  # fmt: skip


def test_books_tell_departments_apart_under_the_desk_s_own_accounts(desk: Path, tmp_path: Path) -> None:
    toml = (desk / "cstools.toml").read_text(encoding="utf-8")
    (desk / "cstools.toml").write_text(toml + '[pay.accounts]\nwages = "6601.01 工资"\n', encoding="utf-8")
    wages = {row["部门"]: row["借方"] for row in posted(desk, "2026-10", tmp_path) if row["科目"] == "6601.01 工资"}
    assert wages == {"售前": "36000.50", "售后": "8000.00"}


def test_dingtalk_takes_one_sheet_with_a_column_a_line(done: Path, tmp_path: Path) -> None:
    (path,) = written(pay(done, "slips", "--month", "2026-10", "--format", "dingtalk", "-o", tmp_path))
    heads, *rows = sheet(path)
    assert heads[:3] == ("姓名", "工号", "UserId")
    assert len(set(heads)) == len(heads)
    assert rows[0][:3] == ("王芳", "001", "ding001")
    line = dict(zip(heads, rows[0], strict=True))
    assert [exact(line[head]) for head in ("底薪", "养老保险", "个人所得税", "实发合计")] == [
        Decimal("12000.00"), Decimal("-720.00"), Decimal("-442.50"), Decimal("9982.50")]  # fmt: skip


def test_a_page_keeps_what_looks_like_markup_as_text(tmp_path: Path) -> None:
    row = f'002,<b>李/强</b>,2024-03-01,,,售前,"A&B",上海,9000,9000,7%,{IDS["002"]},,招商银行,{ACCOUNTS["002"]},'
    events = SHEETS["事件"].replace("双节值班", "<script>alert(1)</script> {net}")
    desk = month_ends(tmp_path / "pay", {"人员": people(n002=row), "事件": events}, ("--month 2026-09",))
    paths = written(pay(desk, "slips", "--month", "2026-09", "--format", "html", "-o", tmp_path / "out"))
    assert len(paths) == 5
    page = next(path for path in paths if path.name.startswith("002_")).read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {net}" in page
    assert "A&amp;B" in page
    assert "7,532.49" in page
    assert "<li>本年已预扣  114.89</li>" in page
    others = [path.read_text(encoding="utf-8") for path in paths if not path.name.startswith("002_")]
    assert not any("7,532.49" in other for other in others)  # nobody sees another's
