"""Two months side by side, and what a month's run finds doubtful beside the one before."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from pay_desks import order, pay_desk
from pay_month_ends import ACCOUNTS, IDS, SHEETS, month_ends, pay, people

from cstools.attendance import Attendance, DayFact
from cstools.duties import Board
from cstools.errors import Source
from cstools.language import Text
from cstools.pay.compare import compare, ghosts, same_accounts
from cstools.pay.inputs import Inputs
from cstools.pay.run import Run, RunKind
from cstools.pay.settings import PaySettings
from cstools.pay.slip import Group, Line, Slip, Why


def run_of(month: int) -> Run:
    return PaySettings().run(RunKind.MONTH, date(2026, month, 1))


def slip(person: str, run: str = "2026-10", account: str = "", **lines: str) -> Slip:
    """A slip with lines called as its words."""
    made = tuple(
        Line(label, Group.EMPLOYER if label == "单位" else Group.EARNED, Text(label), Decimal(amount), Why(Text(label)))
        for label, amount in lines.items()
    )
    return Slip(person, f"员工{person}", run, made, about={"account": account})


def test_who_changed_by_how_much_and_because_of_what_the_largest_first() -> None:
    before = [
        slip("001", 底薪="6000.00", 提成="500.00"),
        slip("002", 底薪="5000.00", 单位="900.00"),
        slip("003", 底薪="4000.00"),
    ]
    after = [slip("001", 底薪="6000.00", 提成="380.50", 罚款="-50.00"), slip("002", 底薪="5000.00", 单位="950.00"),
             slip("003", 底薪="4200.00")]  # fmt: skip
    found = compare(before, after)
    assert [(one.person, one.by) for one in found] == [("003", Decimal("200.00")), ("001", Decimal("-169.50"))]
    assert str(found[1].because) == "提成 -119.50、罚款 -50.00"
    assert [one.remark for one in found] == [None, None]


def test_joiners_leavers_and_outliers_are_called_so() -> None:
    usual = [(f"0{n}", "5000.00", f"{5000 + n}.00") for n in range(10, 17)]
    before = [slip(person, 底薪=old) for person, old, _ in usual] + [
        slip("020", 底薪="5000.00"),
        slip("021", 底薪="4000.00"),
    ]
    after = [slip(person, 底薪=new) for person, _, new in usual] + [
        slip("020", 底薪="9000.00"),
        slip("022", 底薪="3000.00"),
    ]
    told = {one.person: str(one.remark) for one in compare(before, after) if one.remark}
    assert sorted(told) == ["020", "021", "022"]
    assert "远" in told["020"]
    assert "离职" in told["021"]
    assert "入职" in told["022"]


def test_all_runs_of_a_month_count_together(tmp_path: Path) -> None:
    desk = month_ends(tmp_path / "pay")
    rows = {
        line.split()[0]: line for line in pay(desk, "compare", "2026-09", "2026-10").splitlines() if line[:2] == "00"
    }
    # 005 had last wages in a run of its own, and 001's bonus came by itself: 6,605.43 and 9,982.50 + 34,920.00
    assert rows["005"].split()[2:5] == ["4,425.00", "6,605.43", "2,180.43"]
    assert rows["001"].split()[2:5] == ["9,982.50", "44,902.50", "34,920.00"]
    assert "年终奖 +36,000.00、年终奖个税 -1,080.00" in rows["001"]
    assert "003" not in rows  # nothing changed
    assert "2026-12" in pay(desk, "compare", "2026-09", "2026-12", code=1)


def test_ghosts_are_paid_and_never_there() -> None:
    run = run_of(10)
    fact = DayFact("001", date(2026, 10, 9), 8 * 60 + 25, 17 * 60, source=Source("考勤.xlsx"))
    seen = Attendance(run.attendance.first, run.attendance.last, days={("001", date(2026, 10, 9)): fact})
    paid = [slip("001", 底薪="5000.00"), slip("002", 底薪="5000.00"), slip("003", 底薪="0.00")]
    assert [one.person for one in ghosts(run, Inputs(attendance=seen, board=Board()), paid)] == ["002"]
    assert list(ghosts(run, Inputs(), paid)) == []  # neither attendance nor a roster tells


def test_one_account_of_several_people_is_told() -> None:
    paid = [slip("001", account="6225", 底薪="1.00"), slip("002", account="6226", 底薪="1.00"),
            slip("003", account="6225", 底薪="1.00"), slip("004", account="", 底薪="1.00")]  # fmt: skip
    (fault,) = same_accounts(run_of(10), paid)
    assert fault.source.cell == "003"
    assert "员工001" in str(fault)


def test_what_is_doubtful_beside_the_month_before_stands_in_the_register(tmp_path: Path) -> None:
    row = f"003,张伟,2024-03-01,,,售后,客服,上海,9000,9000,7%,{IDS['003']},,招商银行,{ACCOUNTS['001']},"
    bases = SHEETS["底薪"].replace("003,8000,", "003,8000,\n003,18000,2026-10-01")
    desk = month_ends(tmp_path / "pay", {"人员": people(n003=row), "底薪": bases, "事件": "日期,事件,人员,金额,原因,批准人\n"},
                      ("--month 2026-09", "--month 2026-10 --kind leaver --only 005"))  # fmt: skip
    said = pay(desk, "run", "--month", "2026-10")
    notes = [line for line in said.splitlines() if line.startswith("提示：2026-10")]
    assert len(notes) == 3
    assert notes[0].endswith(f"{ACCOUNTS['001']} 也是王芳的账户")
    assert "003 “张伟”: 上月实发 6,382.25，本月 16,082.25" in notes[1]
    assert "变化远大于别人：请再看一遍（底薪 +10,000.00" in notes[1]
    assert "005 “陈静”: 上月实发 4,425.00，本月 6,605.43" in notes[2]  # in a run of its own


def test_a_month_with_nothing_before_it_has_no_doubts(tmp_path: Path) -> None:
    desk = pay_desk(tmp_path / "pay", orders=order(1, "2026-09-08", "100.00", "001"))
    assert "提示" not in pay(desk, "run", "--month", "2026-09")
