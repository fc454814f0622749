"""Whoever leaves is paid at once and once, with untaken leave; what isn't given back is told; a bonus stands by itself."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from pay_month_ends import SHEETS, TOML, month_ends, pay, people, slips

from cstools.cli import main
from cstools.pay.slip import Group

LEAVER = ("run", "--month", "2026-10", "--kind", "leaver", "--only", "005")
SEPTEMBER = ("--month 2026-09",)
TEAM = {
    "人员": "工号,姓名\n001,王芳\n005,陈静\n",
    "班次": "班次,名称,开始,结束\n白,白班,08:30,17:00\n",
    "请假与愿望": "工号,类型,开始,结束,审批人,审批时间\n005,年假,2026-03-02,2026-03-04,王总,2026-02-20\n"
                  "005,年假,2026-05-08,,,\n",
}  # fmt: skip


def roster_desk(folder: Path) -> Path:
    """The team lead's desk: three days of 005's annual leave approved, one not."""
    folder.mkdir(parents=True)
    (folder / "cstools.toml").write_text('zone = "Asia/Shanghai"\n', encoding="utf-8")
    for name, text in TEAM.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def desk_with(tmp_path: Path, sheets: Mapping[str, str] | None = None, toml: str = "") -> Path:
    """The pay desk beside it, September closed."""
    roster_desk(tmp_path / "shop")
    return month_ends(tmp_path / "pay", sheets, SEPTEMBER, f'roster_desk = "../shop"\n{TOML}{toml}')


def lines(desk: Path, run_id: str, number: str) -> dict[str, Decimal]:
    return {
        str(line.label): line.amount for line in slips(desk, run_id)[number].lines if line.group is not Group.EMPLOYER
    }


def handover(tmp_path: Path, *words: str) -> None:
    done = CliRunner().invoke(main, ["--desk", str(tmp_path / "shop"), "handover", *words])
    assert done.exit_code == 0, done.output


def test_a_leaver_is_paid_on_the_last_day_and_not_again(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    said = pay(desk, *LEAVER)
    assert "2026-10-leaver-005" in pay(desk, "months")
    found = lines(desk, "2026-10-leaver-005", "005")
    assert found["底薪"] == Decimal("3793.10")  # 6,000 × (21.75 − 8 days missed) ÷ 21.75
    # 10 days a year × 293 of 365 days = 8.03, less three approved in the roster desk: 5 × 6,000 ÷ 21.75 × 2
    assert found["未休年假工资"] == Decimal("2758.62")
    assert "陈静" in said
    for step in ("approve", "close"):
        pay(desk, step, "--month", "2026-10", "--run", "2026-10-leaver-005")
    pay(desk, "run", "--month", "2026-10")
    assert sorted(slips(desk, "2026-10")) == ["001", "002", "003", "004"]
    pay(desk, "run", "--month", "2026-11")
    assert sorted(slips(desk, "2026-11")) == ["001", "002", "003", "004"]


def test_the_day_paid_is_the_last_one_employed_and_tax_adds_up_over_runs_of_its_month(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    pay(desk, *LEAVER)
    # 2026-10-20, in the tax month in which September's wages were paid: 54,000 + 6,000 + 3,793.10 + 2,758.62
    # − 10 × 5,000 − 14,175 − 2 × 1,575 is less than nothing
    told = pay(desk, "explain", "005", "--month", "2026-10", "--run", "2026-10-leaver-005", "--line", "个人所得税")
    assert "2026-10 个人所得税" in told
    assert "66,551.72" in told
    assert "之前 60,000.00" in told
    pay(desk, *LEAVER, "--paid-on", "2026-11-02")
    assert "2026-11 个人所得税" in pay(desk, "explain", "005", "--month", "2026-10", "--run", "2026-10-leaver-005")


def test_leave_in_attendance_alone_and_events_of_leave_count_as_taken(tmp_path: Path) -> None:
    events = SHEETS["事件"].replace("金额,", "数量,金额,").replace(",123.45", ",,123.45").replace(",3600", ",,3600")
    events += "2026-10-20,已休年假,005,0.5,,旧系统里休的,王总\n"
    days = "".join(f"{number},2026-10-{day:02},8:30,17:00,\n" for number in ("001", "005") for day in range(9, 21)
                   if not (number == "005" and day == 15))  # fmt: skip
    quota = '[attendance]\nquota_rests = false\nquota_leave = ["事假"]\nquota_by = "times"\n'
    desk = desk_with(tmp_path, {"事件": events}, quota)
    (desk / "考勤表.csv").write_text(f"工号,日期,上班,下班,请假类型\n{days}005,2026-10-15,,,年假\n", encoding="utf-8")
    pay(desk, *LEAVER)
    # 8.03 − 3 − 1 − 0.5: three whole days
    assert lines(desk, "2026-10-leaver-005", "005")["未休年假工资"] == Decimal("1655.17")
    assert slips(desk, "2026-10-leaver-005")["005"].facts["leave.beside"] == 1


def test_shared_things_that_are_not_given_back_are_told(tmp_path: Path) -> None:
    roster_desk(tmp_path / "shop")
    desk = month_ends(tmp_path / "pay", None, (), f'roster_desk = "../shop"\n{TOML}')
    handover(tmp_path, "count", "样板间钥匙", "2", "--expected", "3", "--holder", "005", "--remark", "带回家了")
    handover(tmp_path, "count", "平板", "1", "--expected", "2", "--holder", "001")
    handover(tmp_path, "count", "工牌", "0", "--expected", "1", "--holder", "005")
    handover(tmp_path, "count", "工牌", "1")  # it came back
    assert "没有归还" not in pay(desk, "run", "--month", "2026-09")  # they are still there
    said = pay(desk, *LEAVER)
    assert "没有归还：样板间钥匙，缺 1 件（带回家了）" in said
    assert "工牌" not in said
    assert "平板" not in said
    assert "样板间钥匙" not in pay(desk, "run", "--month", "2026-10", "--only", "001")  # who stays gives nothing back


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--only", "001"), 1, "王芳"),  # has no last day
        (("--only", "5"), 2, "5"),
        (("--only", "陈静", "--month", "2026-09"), 1, "2026-10"),
        ((), 1, "--only"),
    ],
)
def test_a_leaver_s_run_that_cannot_be(words: tuple[str, ...], code: int, told: str, tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    assert told in pay(desk, "run", "--month", "2026-10", "--kind", "leaver", *words, code=code)
    assert "leaver" not in pay(desk, "months")


def test_a_leaver_in_an_approved_month_is_not_paid_twice(tmp_path: Path) -> None:
    toml = TOML.replace('"next"', '"same"')  # the month is paid on the 15th, before the last day
    desk = month_ends(tmp_path / "pay", {"期初累计": SHEETS["期初累计"].replace("2026-09", "2026-08")}, SEPTEMBER, toml)
    pay(desk, "run", "--month", "2026-10")
    assert "草稿 2026-10" in pay(desk, *LEAVER)
    pay(desk, "approve", "--month", "2026-10")
    assert "005" in pay(desk, *LEAVER, code=1)


def test_whoever_was_paid_in_a_run_of_their_own_is_not_paid_with_the_others(tmp_path: Path) -> None:
    desk = month_ends(tmp_path / "pay", None, SEPTEMBER)
    pay(desk, "run", "--month", "2026-10", "--only", "王芳")
    for step in ("approve", "close"):
        pay(desk, step, "--month", "2026-10", "--run", "2026-10-001")
    pay(desk, "run", "--month", "2026-10")
    assert sorted(slips(desk, "2026-10")) == ["002", "003", "004", "005"]


def test_whoever_comes_back_is_paid_again(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    pay(desk, *LEAVER)
    for step in ("approve", "close"):
        pay(desk, step, "--month", "2026-10", "--run", "2026-10-leaver-005")
    pay(desk, "run", "--month", "2026-10")
    (desk / "人员.csv").write_text(people().replace("2026-10-20", ""), encoding="utf-8")
    pay(desk, "run", "--month", "2026-11")
    assert "005" in slips(desk, "2026-11")


# --- a bonus by itself ------------------------------------------------------------------------------------------------


def test_a_bonus_by_itself_is_for_those_who_have_one_and_holds_nothing_else(tmp_path: Path) -> None:
    desk = month_ends(tmp_path / "pay", None, SEPTEMBER)
    pay(desk, "run", "--month", "2026-10", "--kind", "bonus")
    assert {number: lines(desk, "2026-10-bonus", number) for number in slips(desk, "2026-10-bonus")} == {
        "001": {"年终奖": Decimal("36000.00"), "个人所得税": Decimal("0.00"), "年终奖个税": Decimal("-1080.00")},
        "002": {"年终奖": Decimal("36001.00"), "个人所得税": Decimal("0.00"), "年终奖个税": Decimal("-3390.10")},
    }  # fmt: skip
    pay(desk, "run", "--month", "2026-10")
    assert "年终奖" not in lines(desk, "2026-10", "001")  # paid already


def test_a_bonus_goes_with_the_month_where_that_is_run_first(tmp_path: Path) -> None:
    desk = month_ends(tmp_path / "pay", None, SEPTEMBER)
    pay(desk, "run", "--month", "2026-10")
    assert lines(desk, "2026-10", "001")["年终奖"] == Decimal("36000.00")
    assert "年终奖" in pay(desk, "run", "--month", "2026-10", "--kind", "bonus", code=1)
    assert "年终奖" in pay(desk, "run", "--month", "2026-09", "--kind", "bonus", code=1)
