"""A shift change by the agents' workbook alone: every gate, override, refusal, supplement, absence, last shift, one person.

No command but ``handover import`` and ``handover sheet``; who is rostered is the roster's.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from agents import DAY, EVENING, LINE, MONDAY, TUESDAY, Agents
from click.testing import CliRunner
from conftest import Run
from openpyxl import load_workbook

from cstools.cli import main
from cstools.desk import Desk
from cstools.duties import Posted
from cstools.handover.gates import all_gates
from cstools.shifts import Duty

Steps = Callable[[Agents], object]
ITEM = {"事项": "爆仓", "负责人": "周主管", "状态": "待他部门"}


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    return Agents.at(folder, lambda *words: CliRunner().invoke(main, [str(word) for word in words])).folder


@pytest.fixture
def desk(ready: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Agents:
    made = Agents.of(ready, tmp_path, run)
    monkeypatch.setattr(Desk, "now", lambda _: made.clock.now)
    return made


def enter(sheet: str, **cells: object) -> Steps:
    return lambda desk: desk.enter(sheet, cells)


def edit(sheet: str, row: int, **cells: object) -> Steps:
    return lambda desk: desk.edit(sheet, row, **cells)


def substitute(desk: Agents) -> None:
    stands_in = Posted.of(Duty(MONDAY, EVENING.code, "009"), EVENING)
    desk.alter("substitute", {(MONDAY, "007"): None, (MONDAY, "009"): stands_in})
    desk.arrive("009")


def out(desk: Agents) -> None:
    desk.sign("交班", "001")


# For each gate: what shuts it besides a signature of 001, what is told, what opens it; and what isn't ready before.
CASES: dict[str, list[tuple[Steps, str, Steps, str]]] = {
    "major_open": [
        (enter("事项", **ITEM, 程度="紧急"), "紧急事项 2 未处理完：爆仓", edit("事项", 2, 结果="已转仓"), ""),
        (enter("事项", **ITEM, 程度="重大"), "重大事项 2 未处理完：爆仓", edit("事项", 2, 状态="已解决"), ""),
    ],
    "equipment_moving": [
        (enter("设备", 设备或系统="呼叫服务器", 现状="停机中", 登记人="002"), "呼叫服务器：停机中", enter("设备", 设备或系统="呼叫服务器", 现状="停用", 登记人="002"), ""),
    ],
    "checklist_incomplete": [
        (lambda _: None, f"未勾选：{LINE}", enter("检查", 日期=MONDAY, 班次="白", 检查项=LINE, 完成人="张伟"), "tick"),
    ],
    "relief_absent": [
        (lambda _: None, "赵敏还没到岗", enter("到岗", 日期=MONDAY, 班次="晚", 到岗人="赵敏"), "007"),
        (lambda _: None, "赵敏还没到岗", substitute, "007"),
        (lambda _: None, "赵敏还没到岗", lambda desk: desk.sign("放行", "009", "我顶到赵敏来", "接班人未到岗"), "007"),
    ],
    "work_unexplained": [
        (enter("事项", 事项="查件", 负责人="002", 经过="来电"), "事项 2 未结又没写原因：查件", edit("事项", 2, 未结原因="等快递回话"), ""),
        (enter("事项", 事项="查件", 负责人="002", 经过="来电"), "事项 2 未结又没写原因：查件", edit("事项", 2, 负责人="周主管"), ""),
        (enter("事项", 事项="退款", 负责人="002", 类型="退款", 状态="待客户", 客户="李女士", 原因="破损"), "事项 2 缺", edit("事项", 2, 单号="7788"), ""),
    ],
    "things_uncounted": [
        (enter("清点", 物品="样板间钥匙", 应有=3, 清点人="001"), "样板间钥匙本班未清点", enter("清点", 物品="样板间钥匙", 实点=3, 清点人="001"), ""),
        (enter("清点", 物品="样板间钥匙", 应有=3, 实点=2, 清点人="001"), "样板间钥匙少了 1", enter("清点", 物品="样板间钥匙", 实点=2, 在谁处="工程部", 清点人="001"), ""),
    ],
    "relief_unfit": [
        (lambda desk: desk.sign("不宜上岗", "001", "有饮酒迹象", "赵敏"), "赵敏不宜上岗：有饮酒迹象", substitute, ""),
    ],
    "not_signed_out": [
        (lambda desk: desk.sign("接班", "003"), "交班人还没有签字", out, ""),
    ],
}  # fmt: skip


def test_every_gate_has_a_case() -> None:
    assert CASES.keys() == all_gates().keys()


@pytest.mark.parametrize(
    ("name", "shut", "told", "opened", "lack"), [(name, *case) for name, cases in CASES.items() for case in cases]
)
def test_a_gate_closes_and_opens(desk: Agents, name: str, shut: Steps, told: str, opened: Steps, lack: str) -> None:
    desk.ready(but=lack)
    shut(desk)
    if name != "not_signed_out":
        out(desk)
    code, lines = desk.read()
    assert (code, lines.count("不能签字")) == (1, 1)
    assert told in lines
    assert desk.state() == "draft"  # the sheet reads the workbook, too, and says nothing of it
    opened(desk)
    assert desk.read() == (0, "")
    assert desk.state() == ("accepted" if name == "not_signed_out" else "signed_out")
    assert desk.read() == (0, "")


def test_a_supervisor_lets_pass_and_nobody_else(desk: Agents) -> None:
    desk.ready()
    desk.enter("事项", {**ITEM, "程度": "紧急"})
    out(desk)
    desk.sign("放行", "001", "急着走", "重大、紧急事项未完")
    code, lines = desk.read()
    assert (code, len(lines.splitlines())) == (1, 2)
    assert "张伟不能放行" in lines
    desk.edit("签字", 3, 签字人="009", 备注="我盯着")
    assert desk.read() == (0, "")
    gate = next(gate for gate in desk.sheet()["gates"] if gate["name"] == "major_open")
    assert gate["overridden"].endswith("：我盯着")
    assert desk.state() == "signed_out"


def test_the_relief_refuses_gets_a_supplement_and_accepts(desk: Agents) -> None:
    desk.ready()
    desk.enter("事项", {"事项": "查件", "经过": "来电", "负责人": "001", "状态": "待他部门"})
    out(desk)
    desk.sign("拒接", "003", "钥匙少一把没写")
    assert desk.read() == (0, "")
    assert desk.state() == "refused"
    assert desk.owners() == {"查件": "001"}
    desk.sign("补充", "001", "样板间钥匙在工程部")
    desk.read()
    (supplement,) = desk.sheet()["supplements"]
    assert (supplement["text"], supplement["complete"]) == ("样板间钥匙在工程部", False)
    desk.sign("补充", "李娜", "样板间钥匙在工程部")
    desk.sign("接班", "003")
    assert desk.read() == (0, "")
    (supplement,) = desk.sheet()["supplements"]
    assert (supplement["complete"], [who["number"] for who in supplement["signed"]]) == (True, ["001", "003"])
    assert desk.state() == "accepted"
    assert desk.owners() == {"查件": "003"}


def test_a_second_refusal_with_other_words_counts(desk: Agents) -> None:
    desk.ready()
    out(desk)
    desk.sign("拒接", "003", "钥匙少一把")
    desk.read()
    desk.sign("接班", "007")
    desk.sign("拒接", "003", "对讲机也少一台")
    assert desk.read() == (0, "")
    signed = [(line["side"], line["note"]) for line in desk.sheet()["signatures"]]
    assert signed == [("out", ""), ("refused", "钥匙少一把"), ("in", ""), ("refused", "对讲机也少一台")]


def test_a_signature_bears_the_time_in_its_cell(desk: Agents) -> None:
    desk.ready()
    desk.clock.now = datetime(2026, 11, 9, 17, 40)
    desk.sign("交班", "001", 发生时间=datetime(2026, 11, 9, 16, 50))
    desk.sign("接班", "003")
    assert desk.read() == (0, "")
    told = [(line["at"], line["late"]) for line in desk.sheet()["signatures"]]
    assert told == [("2026-11-09T16:50:00", False), ("2026-11-09T17:40:00", True)]


def test_an_absent_relief_locks_nobody_in(desk: Agents) -> None:
    desk.ready(but="007")
    desk.alter("absent", {(MONDAY, "007"): None})
    out(desk)
    assert "缺勤，还没有人顶班" in desk.read()[1]
    desk.sign("放行", "009", "我盯着", "接班人未到岗")
    assert desk.read() == (0, "")
    assert desk.state() == "signed_out"


def test_the_last_shift_hands_over_in_writing_and_is_accepted_in_the_morning(desk: Agents) -> None:
    desk.enter("事项", {"事项": "查件", "经过": "来电", "负责人": "003", "未结原因": "等明天开门"})
    desk.enter("检查", {"日期": MONDAY, "班次": "晚班", "检查项": LINE, "完成人": "003"})
    for who in ("003", "007"):
        desk.sign("交班", who, 班次="晚班")
    desk.clock.now = datetime(2026, 11, 9, 23, 55)
    assert desk.read() == (0, "")
    assert desk.state(MONDAY, "晚") == "signed_out"
    desk.clock.now = datetime(2026, 11, 10, 8, 40)
    desk.sign("接班", "001", 班次="晚班")
    assert desk.read() == (0, "")
    assert desk.state(MONDAY, "晚") == "accepted"
    assert desk.owners() == {"查件": "001"}


def test_one_person_hands_over_to_themselves(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Agents.at(tmp_path, run, roster=((MONDAY, DAY, "002"), (TUESDAY, DAY, "002")))
    monkeypatch.setattr(Desk, "now", lambda _: desk.clock.now)
    desk.enter("事项", {"事项": "查件", "经过": "来电", "负责人": "002", "状态": "待客户"})
    desk.enter("检查", {"日期": MONDAY, "班次": "白班", "检查项": LINE, "完成人": "002"})
    desk.sign("交班", "002")
    assert desk.read() == (0, "")
    desk.clock.now = datetime(2026, 11, 10, 8, 20)
    desk.sign("接班", "002")
    assert desk.read() == (0, "")
    assert desk.state() == "accepted"
    assert desk.owners() == {"查件": "002"}


def test_the_next_shifts_rows_that_say_the_same_count_again(desk: Agents) -> None:
    count = {"物品": "对讲机", "应有": 5, "实点": 5, "清点人": "001"}
    desk.enter("清点", count)
    assert desk.say("import").stdout == "新记 1 行\n"
    desk.enter("清点", count)
    assert [desk.say("import").stdout for _ in range(2)] == ["新记 1 行\n", "新记 0 行\n"]


def test_rows_that_were_read_are_not_checked_again(desk: Agents) -> None:
    """Somebody is taken out of 人员, a line out of the checklist: what they wrote stays, what is new is checked."""
    desk.ready()
    desk.enter("事项", {"事项": "查件", "负责人": "赵敏"})
    assert desk.read() == (0, "")
    (desk.folder / "templates" / "handover" / "检查清单.csv").write_text("清单,内容\n收班,关灯\n", encoding="utf-8")
    team = desk.folder / "team.xlsx"
    drop(team, "赵敏")
    assert desk.read() == (0, "")
    desk.enter("事项", {"事项": "催发货", "负责人": "赵敏"})
    done = desk.say("import")
    assert (done.exit_code, done.stderr) == (3, "交接日志.xlsx 事项!F3 “赵敏”: 人员表里没有这个工号或姓名\n")


def test_a_signature_before_its_shift_waits(desk: Agents) -> None:
    desk.sign("交班", "001", 日期=TUESDAY)
    assert desk.read() == (1, "交接日志.xlsx 签字!A2：这个班还没开始")


def drop(team: Path, name: str) -> None:
    """Take somebody out of sheet 人员."""
    book = load_workbook(team)
    sheet = book["人员"]
    row = next(cell.row for cell in sheet["B"] if cell.value == name)
    sheet.delete_rows(row)
    book.save(team)


def test_what_happened_after_a_signature_does_not_shut_its_gates(desk: Agents) -> None:
    """The computer was off at the change: the next shift's urgent matter stands in the workbook already."""
    desk.ready()
    desk.sign("交班", "001", 发生时间=datetime(2026, 11, 9, 16, 31))
    desk.enter("事项", {**ITEM, "程度": "紧急", "发生时间": datetime(2026, 11, 9, 17, 5)})
    desk.clock.now = datetime(2026, 11, 9, 18)
    assert desk.read() == (0, "")
    desk.sign("接班", "003")
    assert desk.read() == (0, "")
    assert desk.state() == "accepted"


def test_a_row_stays_with_its_matter(desk: Agents) -> None:
    first = {"事项": "查件", "负责人": "001", "客户": "李女士", "发生时间": datetime(2026, 11, 9, 10)}
    desk.enter("事项", first)
    assert desk.read() == (0, "")
    desk.edit("事项", 2, 事项="查快递")
    assert desk.say("import").output == "新记 1 行\n"
    desk.edit("事项", 2, 事项="发票抬头", 客户="王先生", 发生时间=datetime(2026, 11, 9, 15))
    done = desk.say("import")
    assert (done.exit_code, done.stderr) == (
        3,
        "交接日志.xlsx 事项!A2 “001”: 这一行已是事项 2（查快递）：别的事项请另起一行\n",
    )


def test_whatever_is_put_right_in_a_row_is_read_once(desk: Agents) -> None:
    desk.enter("事项", {"事项": "查件", "负责人": "001", "结果": "已签收"})
    assert desk.read() == (0, "")
    for cells in ({"结果": "已签收，本人"}, {"发生时间": datetime(2026, 11, 9, 11)}):
        desk.edit("事项", 2, **cells)
        assert [desk.say("import").output for _ in range(2)] == ["新记 1 行\n", "新记 0 行\n"]
    desk.edit("事项", 2, 负责人="张伟")
    assert desk.say("import").output == "新记 0 行\n"
    assert "已签收，本人" in desk.say("show", 2).output
