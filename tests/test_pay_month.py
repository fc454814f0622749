"""After a run: approved, closed, opened again; what comes to light later; what nobody may change."""

from pathlib import Path

import pytest
from conftest import Run
from pay_desks import SHEETS, order, pay_desk

from cstools.desk import Desk

SOLD = order(1, "2026-09-08", "10000.00", "工号001") + order(2, "2026-10-09", "5000.00", "工号002")


def paid(run: Run, folder: Path, month: str) -> dict[str, str]:
    """Net by number, as a run tells it; it must succeed."""
    done = run("--desk", folder, "pay", "run", "--month", month)
    assert done.exit_code == 0, done.output
    return {line.split()[0]: line.split()[-1] for line in done.stdout.splitlines() if line[:3] in {"001", "002"}}


def month_end(run: Run, folder: Path, *words: str) -> int:
    """Exit codes of approve, close and their like, one after the other."""
    code = 0
    for word in words:
        code = run("--desk", folder, "pay", *word.split()).exit_code or code
    return code


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return pay_desk(tmp_path / "pay", orders=SOLD)


def test_a_draft_is_approved_closed_and_never_made_again(run: Run, desk: Path) -> None:
    # 6,000 + 2 % of 10,000; no tax, as nine months of 5,000 are free and nothing was earned in the eight before
    assert paid(run, desk, "2026-09") == {"001": "6,200.00", "002": "5,000.00"}
    assert month_end(run, desk, "approve --month 2026-09", "close --month 2026-09") == 0
    refused = run("--desk", desk, "pay", "run", "--month", "2026-09")
    assert refused.exit_code == 1
    assert "已关账" in refused.stderr


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["close --month 2026-09"], "不是“已批准”"),
        (["approve --month 2026-09", "approve --month 2026-09"], "不是“草稿”"),
        (["reopen --month 2026-09 --why 漏单"], "本来就没有关账"),
        (["approve --month 2026-08"], "还没有计算"),
    ],
)
def test_only_the_next_step_is_taken(words: list[str], why: str, run: Run, desk: Path) -> None:
    paid(run, desk, "2026-09")
    *before, last = words
    assert month_end(run, desk, *before) == 0
    refused = run("--desk", desk, "pay", *last.split())
    assert refused.exit_code == 1
    assert why in refused.stderr


def test_files_that_changed_since_are_not_approved(run: Run, desk: Path) -> None:
    paid(run, desk, "2026-09")
    (desk / "底薪.csv").write_text(SHEETS["底薪"].replace("6000", "6100"), encoding="utf-8")
    assert month_end(run, desk, "approve --month 2026-09") == 1
    assert paid(run, desk, "2026-09")["001"] == "6,300.00"
    assert month_end(run, desk, "approve --month 2026-09") == 0


def test_months_are_closed_in_order_and_opened_from_the_last(run: Run, desk: Path) -> None:
    paid(run, desk, "2026-09")
    paid(run, desk, "2026-10")
    assert month_end(run, desk, "approve --month 2026-09", "approve --month 2026-10") == 0
    assert month_end(run, desk, "close --month 2026-10") == 1
    assert month_end(run, desk, "close --month 2026-09", "close --month 2026-10") == 0
    assert month_end(run, desk, "reopen --month 2026-09 --why 漏单") == 1
    assert month_end(run, desk, "reopen --month 2026-10 --why 漏单", "reopen --month 2026-09 --why 漏单") == 0
    assert "漏单" in run("--desk", desk, "pay", "months").stdout


def test_a_month_left_out_is_asked_for_first(run: Run, desk: Path) -> None:
    paid(run, desk, "2026-09")
    refused = run("--desk", desk, "pay", "run", "--month", "2026-11")
    assert refused.exit_code == 1
    assert "--month 2026-10" in refused.stderr


def test_a_missed_order_and_a_raise_are_paid_in_the_open_month_once(run: Run, desk: Path) -> None:
    paid(run, desk, "2026-09")
    assert month_end(run, desk, "approve --month 2026-09", "close --month 2026-09") == 0
    text = (desk / "订单1.csv").read_text(encoding="utf-8") + order(3, "2026-09-20", "2000.00", "工号002")
    (desk / "订单1.csv").write_text(text, encoding="utf-8")
    (desk / "底薪.csv").write_text(SHEETS["底薪"] + "002,5200,2026-09-01\n", encoding="utf-8")
    # October: 5,200 + 2 % of 5,000 = 5,300; September lacked 200 of base and 40 of commission
    assert paid(run, desk, "2026-10")["002"] == "5,540.00"
    told = run("--desk", desk, "pay", "explain", "002", "--month", "2026-10").stdout
    assert "补发 2026-09 底薪  200.00" in told
    assert "补发 2026-09 销售提成  40.00" in told
    assert month_end(run, desk, "approve --month 2026-10", "close --month 2026-10") == 0
    assert paid(run, desk, "2026-11")["002"] == "5,200.00"  # settled: not once more


def test_a_recovery_takes_a_fifth_a_month_until_nothing_is_left(run: Run, tmp_path: Path) -> None:
    city = {"城市规定": "城市,最低工资,含个人缴费,起始日期\n某市,2000,是,2020-01-01\n",
            "人员": "工号,姓名,入职,城市\n001,王芳,2024-03-01,某市\n",
            "底薪": "工号,底薪,起始日期\n001,5000,\n"}  # fmt: skip
    desk = pay_desk(tmp_path / "pay", city, order(1, "2026-09-08", "100.00", "001"))
    assert paid(run, desk, "2026-09") == {"001": "5,002.00"}
    assert month_end(run, desk, "approve --month 2026-09", "close --month 2026-09") == 0
    # September should have been 3,500: 1,500 too much, recovered from 5,000 by a fifth, 1,000, then 500
    (desk / "底薪.csv").write_text("工号,底薪,起始日期\n001,3500,\n001,5000,2026-10-01\n", encoding="utf-8")
    assert paid(run, desk, "2026-10") == {"001": "4,000.00"}
    assert month_end(run, desk, "approve --month 2026-10", "close --month 2026-10") == 0
    assert paid(run, desk, "2026-11") == {"001": "4,500.00"}
    assert month_end(run, desk, "approve --month 2026-11", "close --month 2026-11") == 0
    assert paid(run, desk, "2026-12") == {"001": "5,000.00"}


def test_months_with_input_wait_to_be_run(run: Run, desk: Path) -> None:
    (desk / "事件.csv").write_text(SHEETS["事件"] + "2026-10-05,手工,001,100,补贴,总经理\n", encoding="utf-8")
    paid(run, desk, "2026-09")
    listed = run("--desk", desk, "pay", "months").stdout.splitlines()
    assert [line.split()[:2] for line in listed[2:]] == [["2026-09", "草稿"], ["2026-10", "还没有计算"]]


def test_what_a_run_read_is_kept_and_named_when_it_changes(run: Run, desk: Path) -> None:
    paid(run, desk, "2026-09")
    (desk / "底薪.csv").write_text(SHEETS["底薪"].replace("6000", "6100"), encoding="utf-8")
    refused = run("--desk", desk, "pay", "approve", "--month", "2026-09")
    assert refused.stderr.splitlines()[0] == "2026-09 计算之后 底薪.csv 又改过：请先重新计算"
    with Desk.find(desk).journal.reading() as pages:
        assert pages
        kept = pages.snapshot("pay-read/2026-09/cstools.toml")
    assert kept
    assert kept.content == (desk / "cstools.toml").read_bytes()


def test_a_fine_known_too_late_is_told_and_not_taken(run: Run, tmp_path: Path) -> None:
    rules = {"奖惩标准": "事件,金额,性质\n私聊,20,罚款\n",
             "城市规定": "城市,最低工资,含个人缴费,罚款,起始日期\n某市,2000,是,允许,2020-01-01\n",
             "人员": "工号,姓名,入职,城市\n001,王芳,2024-03-01,某市\n", "底薪": "工号,底薪\n001,5000\n"}  # fmt: skip
    desk = pay_desk(tmp_path / "pay", rules, order(1, "2026-09-08", "100.00", "001"))
    paid(run, desk, "2026-09")
    assert month_end(run, desk, "approve --month 2026-09", "close --month 2026-09") == 0
    (desk / "事件.csv").write_text(SHEETS["事件"] + "2026-09-20,私聊,001,,晚报,\n", encoding="utf-8")
    done = run("--desk", desk, "pay", "run", "--month", "2026-10")
    assert "2026-09 的赔偿和罚款按现在所知应为 20.00，当时扣了 0.00" in done.stdout
    assert "001     王芳    5,000.00" in done.stdout
