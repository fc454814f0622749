"""samples/shop-pay from September to the year's end: late facts, a leaver, a bonus, the tax year, and what is paid."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook
from pay_desks import samples

from cstools.cli import main
from cstools.desk import Desk
from cstools.language import speak
from cstools.pay import store
from cstools.pay.slip import Group, Slip

Told = Callable[..., str]


def told(desk: Path, *words: str) -> str:
    done = CliRunner().invoke(main, ["--desk", str(desk), "pay", *words])
    assert done.exit_code == 0, done.output
    return done.stdout


def row(desk: Path, sheet: str, *values: object) -> None:
    """Add a row to a sheet of the workbook, as a clerk does."""
    book = load_workbook(desk / "pay.xlsx")
    book[sheet].append(list(values))
    book.save(desk / "pay.xlsx")


def december(desk: Path) -> None:
    """An attendance report of December: everybody there on every workday."""
    heads = [
        "姓名",
        "工号",
        "日期",
        "班次",
        "上班1打卡时间",
        "上班1打卡结果",
        "下班1打卡时间",
        "下班1打卡结果",
        "出勤天数",
        "休息天数",
    ]
    rows = load_workbook(desk / "pay.xlsx")["人员"].iter_rows(min_row=2, max_col=2, values_only=True)
    people = {str(number): str(name) for number, name in rows}
    book = Workbook()
    sheet = book.active
    assert sheet
    sheet.title = "每日统计"
    sheet.append(["每日统计表 统计日期：2026-12-01 至 2026-12-31"])
    sheet.append(["报表生成时间：2027-01-01 09:00"])
    sheet.append(heads)
    for number, name in people.items():
        for day in range(1, 32):
            on = date(2026, 12, day)
            off = on.weekday() >= 5
            cells = (
                ["休息", None, None, None, None, 0, 1]
                if off
                else ["白班 08:30-17:00", "08:25", "正常", "17:02", "正常", 1, 0]
            )
            sheet.append([name, number, on.isoformat(), *cells])
    book.save(desk / "考勤" / "素木家居_每日统计_20261201-20261231.xlsx")


def finish(desk: Path, *words: str) -> None:
    for step in ("approve", "close"):
        told(desk, step, *words)


@pytest.fixture(scope="module", autouse=True)
def clock() -> Iterator[None]:
    """It is the 20th of January 2027."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Desk, "now", lambda _: datetime(2027, 1, 20, 10, 0))
        yield


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, clock: None) -> Path:  # noqa: ARG001 - the clock first
    """The whole story, told once."""
    speak("zh")
    desk = samples(tmp_path_factory.mktemp("year"))
    told(desk, "run", "--month", "2026-09")
    finish(desk, "--month", "2026-09")
    # late facts of September: 011 should have had 200 more, 003 was paid 2,200 too much
    row(desk, "底薪", "011", "谢雨薇", None, 4700, None, "2026-09-01")
    row(desk, "底薪", "003", "许文静", None, 4300, None, "2026-09-01")
    row(desk, "底薪", "003", "许文静", None, 6500, None, "2026-10-01")
    told(desk, "run", "--month", "2026-10", "--kind", "leaver", "--only", "024", "--paid-on", "2026-10-26")
    finish(desk, "--month", "2026-10", "--run", "2026-10-leaver-024")
    for month in ("2026-10", "2026-11"):
        told(desk, "run", "--month", month)
        finish(desk, "--month", month)
    row(desk, "事件", "2026-12-20", "年终奖", "002", None, 36000, "2026 年终奖", "总经理")
    item = load_workbook(desk / "pay.xlsx")["薪资项目"]
    columns = [cell.value for cell in item[1]]
    values = {"薪资项目": "year-end bonus", "参数": "taxed=单独计税"}
    row(desk, "薪资项目", *(values.get(str(column).strip("*")) for column in columns))
    told(desk, "run", "--month", "2026-12", "--kind", "bonus", "--only", "002", "--paid-on", "2026-12-31")
    finish(desk, "--month", "2026-12", "--run", "2026-12-bonus-002")
    december(desk)
    told(desk, "run", "--month", "2026-12")
    return desk


def slips(desk: Path, run_id: str) -> dict[str, Slip]:
    with Desk.find(desk).journal.reading() as pages:
        assert pages
        one = store.standing(pages, run_id)
        assert one
        return {slip.person: slip for slip in store.slips(pages, one)}


def amounts(slip: Slip, word: str) -> dict[str, Decimal]:
    return {str(line.label): line.amount for line in slip.lines if word in str(line.label)}


def test_a_raise_known_too_late_is_paid_in_october(desk: Path) -> None:
    assert amounts(slips(desk, "2026-10")["011"], "补发") == {"补发 2026-09 底薪": Decimal("200.00")}
    assert amounts(slips(desk, "2026-11")["011"], "补发") == {}


def test_what_was_paid_too_much_is_recovered_over_two_months(desk: Path) -> None:
    first, second = (slips(desk, month)["003"] for month in ("2026-10", "2026-11"))
    taken = [-sum(amounts(slip, "扣回").values()) for slip in (first, second)]
    earned = first.total(Group.EARNED) + taken[0]
    assert taken[0] == (earned * Decimal("0.2")).quantize(Decimal("0.01"))  # a fifth of what October earned
    # 2,200 of base, and 8 hours of the Mid-Autumn holiday, 25 September, at three times 2,200 ÷ 21.75 ÷ 8 = 303.45
    assert sum(taken) == Decimal("2503.45")


def test_a_leaver_is_paid_at_once_and_only_once(desk: Path) -> None:
    assert list(slips(desk, "2026-10-leaver-024")) == ["024"]
    assert "024" not in slips(desk, "2026-10")


def test_a_bonus_by_itself_is_taxed_apart(desk: Path) -> None:
    bonus = slips(desk, "2026-12-bonus-002")["002"]
    assert (bonus.gross, bonus.total(Group.TAX), bonus.net) == (Decimal(36000), Decimal(-1080), Decimal(34920))  # E11


def test_the_cumulatives_add_up_month_by_month_and_begin_anew_in_january(desk: Path) -> None:
    book = load_workbook(desk / "pay.xlsx")["期初累计"]
    heads = [str(cell.value).strip("*") for cell in book[1]]
    start = {record[0]: dict(zip(heads, record, strict=True)) for record in book.iter_rows(min_row=2, values_only=True)}
    for who in ("002", "011"):
        income = Decimal(str(start[who]["累计收入"]))
        for month in ("2026-09", "2026-10", "2026-11"):
            slip = slips(desk, month)[who]
            income += slip.total(Group.EARNED)
            assert slip.facts["sum.tax.income"] == income
    december = slips(desk, "2026-12")["002"]  # December's work is paid on 15 January
    assert december.facts["sum.tax.income"] == december.total(Group.EARNED)
    assert december.facts["sum.tax.basic"] == 5000


@pytest.mark.parametrize("run_id", ["2026-09", "2026-10", "2026-10-leaver-024", "2026-11", "2026-12-bonus-002"])
def test_slips_bank_and_postings_pay_the_same(run_id: str, desk: Path, tmp_path: Path) -> None:
    words = ("--month", run_id[:7], *(("--run", run_id) if len(run_id) > 7 else ()))
    net = sum((slip.net for slip in slips(desk, run_id).values()), Decimal(0))
    told(desk, "bank", *words, "--template", "simple", "-o", str(tmp_path))
    paid = next(tmp_path.glob("代发*.xlsx"))
    sheet = load_workbook(paid).worksheets[0]
    column = [str(cell.value) for cell in sheet[1]].index("实发金额")
    found = [Decimal(str(record[column])) for record in sheet.iter_rows(min_row=2, values_only=True)]
    assert sum(found, Decimal(0)) == net
    yuan, jiao, fen = re.findall(r"总计(\d+)元(\d)角(\d)分", paid.name)[0]
    assert Decimal(f"{yuan}.{jiao}{fen}") == net
    told(desk, "postings", *words, "-o", str(tmp_path / "posted.csv"))
    with (tmp_path / "posted.csv").open(encoding="utf-8-sig", newline="") as file:
        posted = list(csv.DictReader(file))
    debit, credit = (sum((Decimal(line[side] or 0) for line in posted), Decimal(0)) for side in ("借方", "贷方"))
    assert debit == credit
    assert sum(Decimal(line["贷方"] or 0) for line in posted if "应付职工薪酬" in line["科目"]) == net


def test_every_step_has_its_seal(desk: Path) -> None:
    listed = told(desk, "months")
    assert listed.count("已关账") == 5
    assert json.dumps(listed, ensure_ascii=False).count("封签") >= 5
