"""samples/shop-pay: three months run, closed and explained; its figures, worked out by hand or by plain code."""

import csv
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Run
from openpyxl import load_workbook
from pay_desks import ROOT, samples

from cstools.cli import main
from cstools.language import speak

FEN = Decimal("0.01")
MONTHS = {"2026-09": (date(2026, 9, 1), date(2026, 9, 30)), "2026-10": (date(2026, 10, 1), date(2026, 10, 31)),
          "2026-11": (date(2026, 11, 1), date(2026, 11, 30))}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return samples(tmp_path_factory.mktemp("desks"))


@pytest.fixture(scope="module", autouse=True)
def done(desk: Path) -> dict[str, str]:
    """What each month's run says; each is approved and closed before the next."""
    said: dict[str, str] = {}
    speak("zh")
    for month in MONTHS:
        for word in ("run", "approve", "close"):
            result = CliRunner().invoke(main, ["--desk", str(desk), "pay", word, "--month", month])
            assert result.exit_code == 0, result.output
            said.setdefault(month, result.stdout)
    return said


def explained(run: Run, desk: Path, who: str, month: str, line: str = "") -> list[str]:
    words = ("--line", line) if line else ()
    return run("--desk", desk, "pay", "explain", who, "--month", month, *words).stdout.splitlines()


def rows(folder: Path) -> Iterator[dict[str, str]]:
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="gb18030", newline="") as file:
            yield from csv.DictReader(file)


def plain(number: str) -> str:
    return number.strip('="')


def sold(desk: Path, who: str, month: str) -> Decimal:
    """What an agent sold less refunds, by a few plain lines over the raw exports: the last export of an order counts."""
    orders = {plain(row["订单编号"]): row for row in rows(desk / "订单")}
    with (desk / "闷拍订单.csv").open(encoding="gb18030", newline="") as file:
        silent = {plain(row["订单编号"]) for row in csv.DictReader(file)}
    first, last = MONTHS[month]
    mine, total = {}, Decimal(0)
    for number, row in orders.items():
        note = row["订单备注"]
        found = re.findall(r"(?<!\d)(\d{3})(?!\d)", note)
        if (
            number in silent
            or found != [who]
            or row["订单状态"] != "交易成功"
            or re.search("补差价|补邮费", row["宝贝标题 "])
        ):
            continue
        day = datetime.fromisoformat(row["确认收货时间"]).date()
        mine[number] = day
        if first <= day <= last:
            total += Decimal(row["买家实际支付金额"])
    refunds = {plain(row["退款编号"]): row for row in rows(desk / "退款")}
    for row in refunds.values():
        day = datetime.fromisoformat(row["退款完结时间"]).date()
        number = plain(row["订单编号"])
        if number in mine and first <= max(day, mine[number]) <= last:
            total -= Decimal(row["买家退款金额"])
    return total


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize("who", ["004", "011", "023"])
def test_commission_is_two_per_cent_of_what_was_sold_less_refunds(who: str, month: str, run: Run, desk: Path) -> None:
    expected = (sold(desk, who, month) * Decimal("0.02")).quantize(FEN, ROUND_HALF_UP)
    assert f"{expected:,.2f}" in explained(run, desk, who, month, "销售提成")[1]


@pytest.mark.parametrize(
    ("who", "month", "line", "amount"),
    [
        ("005", "2026-10", "底薪", "4,657.14"),  # 4,500 until the 15th, 4,800 from the 16th: see the parts
        ("014", "2026-10", "泄露联系方式", ""),
        ("007", "2026-09", "罚款", "-150.00"),  # 50 + 100, the third complaint is only told (000-064)
        ("011", "2026-09", "赔偿", "-180.00"),  # after-sales cost 380 over a floor of 200 (P11)
        ("017", "2026-09", "罚款", "-2.80"),  # 66 of 80 call-backs, 0.2 each (P6)
        ("005", "2026-09", "罚款", "-50.00"),  # failed once (003-094)
        ("005", "2026-10", "罚款", "-80.00"),  # failed two months running: 80 instead of 50
        ("004", "2026-10", "特别提成", "500.00"),
        ("002", "2026-11", "手工", "300.00"),
        ("020", "2026-09", "奖励", "100.00"),
    ],
)
def test_every_kind_of_event_has_its_line(who: str, month: str, line: str, amount: str, run: Run, desk: Path) -> None:
    told = explained(run, desk, who, month)
    if not amount:
        assert any(line in one for one in told)
    else:
        assert any(line in one and one.rstrip().endswith(f"  {amount}") for one in told), "\n".join(
            one for one in told if "订单" not in one
        )


def test_damages_stop_at_the_minimum_wage_and_go_on_next_month(run: Run, desk: Path) -> None:
    first, second = (explained(run, desk, "021", month, "赔偿") for month in ("2026-10", "2026-11"))
    assert "-1,500.00" in first[3]  # a day's goods labelled wrong: art. 16 leaves what is over the minimum wage
    rest = next(line.split("  ")[-2] for line in first if "下月再扣" in line)
    assert any("上月结转" in line and f"-{rest}" in line for line in second)


def test_a_fault_on_duty_falls_on_everybody_there_and_the_supervisors(run: Run, desk: Path) -> None:
    # the telephone fault of 3 November, 10:00: 20 each on the day shift (003-103)
    told = "\n".join(explained(run, desk, "009", "2026-11"))
    assert "电话故障未发现" in told


def test_the_sample_is_what_its_script_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = ROOT / "samples" / "_shop_pay" / "build_pay.py"
    spec = spec_from_file_location("build_pay", path)
    assert spec
    assert spec.loader
    build = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "build_pay", build)  # dataclasses look their module up
    spec.loader.exec_module(build)
    monkeypatch.setattr(build, "PAY", tmp_path)
    build.main()
    made, kept = ({file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
                  for folder in (tmp_path, ROOT / "samples" / "shop-pay"))  # fmt: skip
    assert sorted(made) == sorted(kept)
    assert [name for name in made if made[name] != kept[name]] == []


def test_nothing_changes_when_it_is_made_again(run: Run, tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        desk = samples(tmp_path / name)
        run("--desk", desk, "pay", "run", "--month", "2026-09")
        made.append(next((desk / "工资").glob("*.xlsx")).read_bytes())
    assert made[0] == made[1]


def test_a_formula_like_note_is_an_agents_number_and_stays_text(run: Run, desk: Path) -> None:
    formulas = [plain(row["订单编号"]) for row in rows(desk / "订单") if row["订单备注"] == "=1+1 工号004"]
    told = "\n".join(line for month in MONTHS for line in explained(run, desk, "004", month, "销售提成"))
    assert any(number in told for number in formulas)
    for path in (desk / "工资").glob("*.xlsx"):
        cells = (cell for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row)
        assert not any(cell.data_type == "f" for cell in cells)
