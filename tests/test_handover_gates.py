"""Every gate closes and opens, for the reasons it gives in words; the whole of them binds a signature."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from handovers import CHANGE, EVENING, MONDAY, NOON, House, house, posted

from cstools.desk.settings import Handover
from cstools.handover.gate import Gate
from cstools.handover.gates import all_gates, find, read_gates
from cstools.handover.words import Equipment, Severity, Status
from cstools.language import speak

if TYPE_CHECKING:
    from cstools.errors import Fault

Steps = Callable[[House], object]


@pytest.fixture
def desk(tmp_path: Path) -> House:
    speak("en")
    return house(tmp_path)


def write(*verbs: tuple[str, tuple[object, ...]]) -> Steps:
    def run(desk: House) -> None:
        for name, words in verbs:
            with desk.recording() as recorder:
                getattr(recorder, name)(*words)

    return run


def sign(name: str, *words: object) -> Steps:
    def run(desk: House) -> None:
        with desk.signing() as signing:
            getattr(signing, name)(*words)

    return run


def in_turn(*steps: Steps) -> Steps:
    def run(desk: House) -> None:
        for step in steps:
            step(desk)

    return run


def matter(**fields: object) -> tuple[str, tuple[object, ...]]:
    return "add", ({"title": "爆仓", "owner": "001", "course": "仓库来电", **fields},)


def substitute(desk: House) -> None:
    desk.alter("substitute", {(MONDAY, "004"): None, (MONDAY, "009"): posted(MONDAY, EVENING, "009", "主旺旺")})


# For each gate: what shuts it, the reasons, and what opens it again. Matters are numbered by their event: the roster's
# publication is 1.
CASES: dict[str, list[tuple[Steps, list[str], Steps]]] = {
    "major_open": [
        (write(matter(severity=Severity.MAJOR)), ["major matter 2 isn't finished: 爆仓"], write(("close", (2, "处理了")))),
        (write(matter(severity=Severity.URGENT, owner="002")), ["urgent matter 2 isn't finished: 爆仓"], write(("update", (2, {"status": Status.SOLVED})))),
        (write(matter(kind="失泄密")), ["urgent matter 2 isn't finished: 爆仓"], write(("close", (2, "已上报")))),
    ],
    "equipment_moving": [
        (write(("equipment", ("呼叫服务器", Equipment.STOPPING))), ["呼叫服务器 is shutting down"], write(("equipment", ("呼叫服务器", Equipment.OFF)))),
        (write(("equipment", ("呼叫服务器", Equipment.STARTING))), ["呼叫服务器 is starting up"], write(("equipment", ("呼叫服务器", Equipment.FINE)))),
    ],
    "checklist_incomplete": [
        (write(), ["not ticked: 电脑已关闭", "not ticked: 14:30 确认货款"], House.ready),
        (write(("tick", (MONDAY, "白", "电脑已关闭", "001"))), ["not ticked: 14:30 确认货款"], House.ready),
    ],
    "relief_absent": [
        (write(), ["李娜 has not arrived", "赵敏 has not arrived"], House.ready),
        (write(("arrive", (MONDAY, "晚", "003"))), ["赵敏 has not arrived"], in_turn(substitute, write(("arrive", (MONDAY, "晚", "009"))))),
    ],
    "work_unexplained": [
        (write(matter()), ["matter 2 is left open without a reason: 爆仓"], write(("update", (2, {"reason": "等仓库回话"})))),
        (write(matter()), ["matter 2 is left open without a reason: 爆仓"], write(("update", (2, {"status": Status.CUSTOMER})))),
        (write(matter()), ["matter 2 is left open without a reason: 爆仓"], write(("transfer", (2, "009")))),
        (write(matter(course="", reason="等仓库")), ["matter 2 lacks course of events: 爆仓"], write(("update", (2, {"course": "仓库来电"})))),
        (write(matter(kind="退款", customer="李女士", cause="破损", reason="等审批")), ["matter 2 lacks order or ticket number: 爆仓"], write(("update", (2, {"reference": "7788"})))),
    ],
    "things_uncounted": [
        (write(("count", ("样板间钥匙", None, 3))), ["样板间钥匙 was not counted in this shift"], write(("count", ("样板间钥匙", 3)))),
        (write(("count", ("样板间钥匙", 2, 3))), ["1 of 样板间钥匙 are missing, and nothing says where"], write(("count", ("样板间钥匙", 2, None, "002")))),
        (write(("count", ("对讲机", 5, 5, None, None, NOON - timedelta(days=1)))), ["对讲机 was not counted in this shift"], write(("count", ("对讲机", 5)))),
    ],
    "relief_unfit": [
        (sign("unfit", "004", "有饮酒迹象"), ["赵敏 is unfit for duty: 有饮酒迹象"], substitute),
    ],
    "not_signed_out": [
        (write(), ["nobody of the outgoing shift has signed"], in_turn(House.ready, sign("sign_out", "001"))),
    ],
}  # fmt: skip


def test_every_gate_has_a_case() -> None:
    assert CASES.keys() == all_gates().keys()


@pytest.mark.parametrize(
    ("name", "shut", "reasons", "opened"), [(name, *case) for name, cases in CASES.items() for case in cases]
)
def test_a_gate_closes_and_opens(desk: House, name: str, shut: Steps, reasons: list[str], opened: Steps) -> None:
    def closed() -> list[str]:
        with desk.reading() as book:
            return list(map(str, all_gates()[name]().closed(book, desk.change, CHANGE)))

    shut(desk)
    assert closed() == reasons
    opened(desk)
    assert closed() == []


def test_a_timed_line_counts_only_once_its_time_is_past(desk: House) -> None:
    with desk.reading() as book:
        gate = all_gates()["checklist_incomplete"]()
        assert len(list(gate.closed(book, desk.change, datetime(2026, 11, 9, 14, 29)))) == 1


def test_work_of_people_who_are_not_leaving_needs_no_reason(desk: House) -> None:
    write(matter(owner="003"))(desk)
    with desk.reading() as book:
        assert not list(all_gates()["work_unexplained"]().closed(book, desk.change, CHANGE))


def test_a_desk_chooses_its_gates() -> None:
    faults: list[Fault] = []
    gates = read_gates(
        Handover(gates={"relief_unfit": {"on": False}, "major_opened": {}, "major_open": {"of": 1}}), faults
    )
    assert {gate.name() for gate in gates} == all_gates().keys() - {"relief_unfit"}
    assert [str(fault.source.cell) for fault in faults] == [
        "handover.gates.major_opened",
        "handover.gates.major_open.of",
    ]


def test_a_gate_is_found_by_its_words() -> None:
    assert find("Relief not there") is find("relief_absent") is all_gates()["relief_absent"]
    assert find("门") is None
    assert issubclass(all_gates()["relief_absent"], Gate)


def test_what_another_matter_opened_says_why_only_once_it_is_overdue(desk: House) -> None:
    with desk.recording() as recorder:
        told = {"title": "漏发", "owner": "001", "kind": "投诉", "customer": "李女士", "contact": "13812345678"}
        _, callback = recorder.close(recorder.add(told).number, "已补偿")
    assert callback
    gate = all_gates()["work_unexplained"]()
    with desk.reading() as book:
        assert not list(gate.closed(book, desk.change, CHANGE))
        late = datetime(2026, 11, 11, 0, 1)
        assert list(map(str, gate.closed(book, desk.change, late))) == [
            f"matter {callback.number} is left open without a reason: 漏发"
        ]


def test_a_past_sheet_tells_whether_it_could_be_signed_then(desk: House) -> None:
    desk.ready(but="arrive")
    shut = {"relief_absent", "not_signed_out"}
    assert {gate.name for gate in desk.sheet().gates if gate.reasons} == shut
    desk.now = CHANGE + timedelta(days=1)
    write(("arrive", (MONDAY, "晚", "003")), ("arrive", (MONDAY, "晚", "004")), matter(severity=Severity.URGENT))(desk)
    assert {gate.name for gate in desk.sheet().gates if gate.reasons} == shut
    with desk.signing() as signing:
        signing.override("relief_absent", "009", "来晚了")
    (gate,) = [gate for gate in desk.sheet().gates if gate.overridden]
    assert gate.name == "relief_absent"
