"""One small sample for each way of paying commission, with its figures worked out by hand."""

import shutil
from pathlib import Path

import pytest
from conftest import Run

SCHEMES = Path(__file__).parent.parent / "samples" / "pay-schemes"


def slip(run: Run, tmp_path: Path, scheme: str, month: str, who: str) -> dict[str, str]:
    """What a slip calls each line, and its amount, as ``pay explain`` tells it."""
    desk = tmp_path / scheme
    if not desk.exists():
        shutil.copytree(SCHEMES / scheme, desk)
    done = run("--desk", desk, "pay", "run", "--month", month)
    assert done.exit_code == 0, done.output
    told = run("--desk", desk, "pay", "explain", who, "--month", month).stdout.splitlines()
    lines = [line.strip().split("  ") for line in told if line.startswith("    ") and not line.startswith("     ")]
    return {line[0].split(" (")[0]: line[-1] for line in lines}


def test_a_pooled_team_shares_what_the_whole_shop_sold(run: Run, tmp_path: Path) -> None:
    # 4,200.00 + 3,680.50 + 1,999.00 (nobody's) + 2,345.60 = 12,225.10: 10,000 at 1 % and 2,225.10 at 1.5 % make
    # 133.38, 44.46 each (000-089)
    assert slip(run, tmp_path, "pool", "2026-10", "002") == {
        "底薪": "3,800.00",
        "团队平分提成": "44.46",
        "个人所得税": "0.00",
    }


@pytest.mark.parametrize(
    ("month", "who", "commission"),
    [
        ("2026-04", "01", "39.45"),  # 120 × 0.25 + 63 × 0.15 (003-088)
        ("2026-04", "02", "10.00"),  # 40 × 0.25
        ("2026-05", "01", "36.60"),  # 183 × 0.2 (003-087)
    ],
)
def test_a_hotline_pays_per_valid_order(month: str, who: str, commission: str, run: Run, tmp_path: Path) -> None:
    assert slip(run, tmp_path, "hotline", month, who)["按单提成"] == commission


def test_each_of_seven_fields_that_is_missing_takes_half_a_yuan(run: Run, tmp_path: Path) -> None:
    # five of them (003-095, 003-096); with 183 × 0.2 it leaves the 34.10 of the law's worked example P4
    assert slip(run, tmp_path, "hotline", "2026-05", "01")["订单缺项"] == "-2.50"


def test_the_first_two_prizes_are_shared_where_two_are_equal(run: Run, tmp_path: Path) -> None:
    # nine orders of recommended merchants each: (60 + 30) ÷ 2 (003-090)
    assert slip(run, tmp_path, "hotline", "2026-04", "02")["排名奖"] == "45.00"


@pytest.mark.parametrize(
    ("who", "commission", "added"),
    [
        ("011", "2,000.00", None),  # 2 % of 100,000 lies over 1,500 (003-042)
        ("012", "1,200.00", "800.00"),  # 2 % of 60,000, up to a supervisor's 2,000
        ("013", None, "774.19"),  # 16 of October's 31 days of 1,500
    ],
)
def test_a_guarantee_adds_what_is_missing(
    who: str, commission: str | None, added: str | None, run: Run, tmp_path: Path
) -> None:
    lines = slip(run, tmp_path, "guarantee", "2026-10", who)
    assert (lines.get("销售提成"), lines.get("保底提成")) == (commission, added)
