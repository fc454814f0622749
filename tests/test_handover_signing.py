"""Signing, refusing, overriding, supplementing; nobody is locked in and everything has one owner. On real journals."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from handovers import CHANGE, DAY, EVENING, MONDAY, TUESDAY, House, house, posted

from cstools.errors import CstoolsError, Refused, UsageFault
from cstools.handover.forms import heading
from cstools.handover.signing import GateClosed, Signed, verify
from cstools.handover.words import Severity, State, Status
from cstools.language import speak


@pytest.fixture
def desk(tmp_path: Path) -> House:
    speak("en")
    return house(tmp_path)


def add(desk: House, owner: str, **fields: object) -> int:
    with desk.recording(owner) as recorder:
        return recorder.add(
            {"title": "查件", "owner": owner, "course": "来电", "status": Status.CUSTOMER, **fields}
        ).number


def owners(desk: House) -> dict[int, str]:
    with desk.reading() as book:
        return {item.number: item.owner for item in book.open_items()}


def out(desk: House, person: str = "001") -> Signed:
    with desk.signing() as signing:
        return signing.sign_out(person)


def come(desk: House, person: str = "003") -> Signed:
    with desk.signing() as signing:
        return signing.sign_in(person)


def test_a_handover_passes_everything_to_one_named_owner(desk: House) -> None:
    mine, hers, lead = add(desk, "001"), add(desk, "002"), add(desk, "009")
    desk.ready()
    signed = out(desk)  # 001 is the 组长 and signs for the shift
    assert (signed.state, signed.passed, len(signed.checksum)) == (State.SIGNED_OUT, (), 64)
    assert owners(desk) == {mine: "001", hers: "002", lead: "009"}
    accepted = come(desk)
    assert (accepted.state, accepted.checksum) == (State.ACCEPTED, signed.checksum)
    assert owners(desk) == {mine: "004", hers: "003", lead: "009"}  # the post, else the incoming 组长; others stay
    with desk.reading() as book:
        item = book.item(mine)
        assert item
        assert (item.accepted_by, item.accepted_at) == ("004", desk.now)


def test_each_signs_for_themselves_where_no_leader_does(desk: House) -> None:
    mine, hers = add(desk, "001"), add(desk, "002")
    desk.ready()
    assert out(desk, "002").state is State.SIGNED_OUT
    assert come(desk, "004").passed == ()  # 004 takes over from 001, who hasn't signed
    assert out(desk, "001").passed == ((mine, "004"),)
    assert owners(desk) == {mine: "004", hers: "002"}
    assert come(desk, "003").passed == ((hers, "003"),)
    assert desk.sheet().header.state is State.ACCEPTED


def test_a_closed_gate_says_why_and_signs_nothing(desk: House) -> None:
    number = add(desk, "001", severity=Severity.URGENT)
    desk.ready(but="arrive")
    with pytest.raises(GateClosed) as told:
        out(desk)
    assert str(told.value).split("\n") == [
        "The handover of 2026-11-09 Mon 白班 may not be signed now:",
        f"major matter open: urgent matter {number} isn't finished: 查件",
        "relief not there: 李娜 has not arrived",
        "relief not there: 赵敏 has not arrived",
    ]
    assert (told.value.exit_code, desk.sheet().header.state) == (1, State.DRAFT)


def test_a_supervisor_overrides_with_a_reason(desk: House) -> None:
    add(desk, "001", severity=Severity.URGENT)
    desk.ready()
    with desk.signing() as signing, pytest.raises(Refused, match="only 主管, 经理, 值班经理 may"):
        signing.override("major_open", "001", "急着走")
    with desk.signing() as signing, pytest.raises(UsageFault, match="reason"):
        signing.override("major_open", "009", " ")
    with desk.signing() as signing, pytest.raises(UsageFault, match="no gate"):
        signing.override("major", "009", "我盯着")
    with desk.signing() as signing:
        signing.override("major_open", "009", "我盯着")
    assert out(desk).state is State.SIGNED_OUT
    (gate,) = [gate for gate in desk.sheet().gates if gate.overridden]
    assert (gate.name, str(gate.overridden)) == (
        "major_open",
        f"overridden by 周主管 at {desk.now - timedelta(minutes=1):%Y-%m-%d %H:%M}: 我盯着",
    )


def test_where_nobody_supervises_anybody_who_stays_does(desk: House) -> None:
    desk.setup = replace(desk.setup, supervisors=frozenset())
    with desk.signing() as signing, pytest.raises(Refused, match="张伟 leaves and may not override: somebody else may"):
        signing.override("major_open", "001", "急着走")
    with desk.signing() as signing:
        signing.override("major_open", "003", "我盯着")


def test_an_absent_relief_keeps_the_gate_shut_until_a_substitute_is_recorded(desk: House) -> None:
    desk.ready(but="arrive")
    with desk.recording() as recorder:
        recorder.arrive(MONDAY, "晚", "003")
    with pytest.raises(GateClosed, match="赵敏 has not arrived"):
        out(desk)
    desk.alter("absent", {(MONDAY, "004"): None})
    with pytest.raises(GateClosed, match="赵敏 is absent, and nobody stands in"):
        out(desk)
    seats = [str(seat) for seat in desk.sheet().seats]
    assert seats == ["主旺旺 (张伟): nobody takes over, put the phone on hold"]
    desk.alter("substitute", {(MONDAY, "009"): posted(MONDAY, EVENING, "009", "主旺旺")}, instead="004")
    with pytest.raises(GateClosed, match="周主管 has not arrived"):
        out(desk)
    with desk.recording() as recorder:
        recorder.arrive(MONDAY, "晚", "009")
    assert out(desk).state is State.SIGNED_OUT


def test_where_the_whole_relief_is_absent_nobody_leaves_without_a_supervisor(desk: House) -> None:
    add(desk, "001")
    desk.ready()
    desk.alter("absent", {(MONDAY, "003"): None, (MONDAY, "004"): None})
    assert (desk.change.relief, desk.change.written, desk.change.at) == ((), False, CHANGE)
    with pytest.raises(GateClosed, match=r"李娜 is absent(.|\n)*赵敏 is absent"):
        out(desk)
    with desk.signing() as signing:
        signing.override("relief_absent", "009", "我顶着")
    assert out(desk).state is State.SIGNED_OUT
    assert come(desk, "009").state is State.ACCEPTED
    assert set(owners(desk).values()) == {"009"}


def test_an_unfit_relief_is_overridden_or_replaced(desk: House) -> None:
    desk.ready()
    with desk.signing() as signing:
        signing.unfit("004", "有饮酒迹象")
    with pytest.raises(GateClosed, match="赵敏 is unfit for duty: 有饮酒迹象"):
        out(desk)
    with desk.signing() as signing:
        signing.override("relief_unfit", "009", "我顶班")
    assert out(desk).state is State.SIGNED_OUT
    with desk.signing() as signing, pytest.raises(Refused, match="isn't the relief"):
        signing.unfit("001", "x")


def test_the_relief_refuses_and_accepts_after_a_supplement(desk: House) -> None:
    number = add(desk, "001")
    desk.ready()
    out(desk)
    with desk.signing() as signing, pytest.raises(UsageFault):
        signing.refuse("003", "")
    with desk.signing() as signing:
        signing.refuse("003", "钥匙少一把没写")
    sheet = desk.sheet()
    assert (sheet.header.state, sheet.signatures[-1].note) == (State.REFUSED, "钥匙少一把没写")
    assert owners(desk) == {number: "001"}
    with desk.signing() as signing:
        supplement = signing.amend("001", "样板间钥匙在工程部")
    assert not desk.sheet().supplements[0].complete
    with desk.signing(by="003") as signing:
        signing.cosign(supplement, "003")
    (added,) = desk.sheet().supplements
    assert (added.text, added.complete, [who.name for who in added.signed]) == (
        "样板间钥匙在工程部",
        True,
        ["张伟", "李娜"],
    )
    assert any("REFUSED by 李娜" in alarm for alarm in heading.alarms(desk.sheet()))
    assert come(desk).state is State.ACCEPTED
    accepted = desk.sheet()
    assert not any("REFUSED" in alarm for alarm in heading.alarms(accepted))
    assert next(iter(heading.notes(accepted))).startswith("REFUSED by 李娜")


def test_what_may_not_be_signed(desk: House) -> None:
    desk.ready()
    cases: list[tuple[str, tuple[object, ...], str]] = [
        ("sign_out", ("003",), "李娜 isn't on this side of the change: 张伟, 王芳"),
        ("sign_in", ("003",), "nobody of the outgoing shift has signed"),
        ("amend", ("001", "x"), "nothing is signed yet"),
        ("cosign", (99, "001"), "no supplement 99"),
    ]
    for name, words, told in cases:
        with desk.signing() as signing, pytest.raises(CstoolsError, match=told):
            getattr(signing, name)(*words)
    out(desk)
    with pytest.raises(Refused, match="张伟 has signed already"):
        out(desk)
    come(desk)
    with pytest.raises(Refused, match="accepted already"):
        come(desk, "004")


def test_who_left_without_signing_locks_nobody_in(desk: House) -> None:
    number = add(desk, "001")
    desk.ready()
    with desk.signing() as signing:
        signing.override("not_signed_out", "009", "张伟没签字就走了")
    assert come(desk).state is State.ACCEPTED
    assert owners(desk) == {number: "004"}


def test_the_last_shift_hands_over_in_writing_and_is_accepted_at_the_next_start(desk: House) -> None:
    number = add(desk, "003", reason="等明天开门")
    change = desk.changes.of(MONDAY, "晚")
    with desk.recording() as recorder:
        recorder.tick(MONDAY, "晚", "电脑已关闭", "003")
        recorder.tick(MONDAY, "晚", "20:00 递交", "003", at=desk.now)
    desk.now = datetime(2026, 11, 9, 23, 55)
    with desk.signing(change) as signing:
        assert signing.sign_out("003").state is State.SIGNED_OUT  # nobody has to be there
    assert owners(desk) == {number: "003"}
    desk.now = datetime(2026, 11, 10, 8, 40)
    with desk.signing(change) as signing:
        assert signing.sign_in("001").state is State.ACCEPTED
    assert owners(desk) == {number: "001"}
    assert not desk.sheet(change).header.signed_late


def test_a_late_signature_is_marked(desk: House) -> None:
    desk.ready()
    desk.now = datetime(2026, 11, 9, 17, 14)
    assert out(desk).state is State.SIGNED_OUT  # at 17:15, a quarter of an hour after the overlap
    assert not desk.sheet().header.signed_late
    come(desk)
    assert [signature.late for signature in desk.sheet().signatures] == [False, True]
    assert desk.sheet().header.signed_late


def test_one_person_alone_hands_over_to_themselves(tmp_path: Path) -> None:
    speak("en")
    desk = house(tmp_path, roster=(posted(MONDAY, DAY, "002"), posted(TUESDAY, DAY, "002")))
    number = add(desk, "002")
    desk.ready(but="arrive")
    assert out(desk, "002").state is State.SIGNED_OUT
    desk.now = datetime(2026, 11, 10, 8, 20)
    assert come(desk, "002").state is State.ACCEPTED
    assert owners(desk) == {number: "002"}


def test_where_no_relief_is_known_whoever_accepts_takes_it(tmp_path: Path) -> None:
    speak("en")
    desk = house(tmp_path, roster=(posted(MONDAY, DAY, "002"),))
    number = add(desk, "002")
    desk.ready(but="arrive")
    out(desk, "002")
    assert desk.sheet().header.state is State.SIGNED_OUT
    assert come(desk, "004").passed == ((number, "004"),)
    assert desk.sheet().header.state is State.ACCEPTED


def test_a_signed_sheet_stays_what_was_signed(desk: House) -> None:
    add(desk, "001")
    desk.ready()
    signed = out(desk)
    before = desk.sheet()
    with desk.recording() as recorder:
        recorder.add({"title": "签字以后的事", "owner": "003"})
        recorder.order("全部免运费", "周主管", MONDAY)
    assert desk.sheet() == before
    assert (before.checksum, before.header.frozen, len(before.items)) == (signed.checksum, True, 1)


def test_a_checksum_proves_a_sheet(desk: House) -> None:
    speak("en")
    with pytest.raises(Refused):
        verify(desk.journal, desk.setup, desk.change)
    desk.ready()
    signed = out(desk)
    assert verify(desk.journal, desk.setup, desk.change, signed.checksum[:12]).wrong == ()
    wrong = verify(desk.journal, desk.setup, desk.change, "0" * 12).wrong
    assert list(map(str, wrong)) == ["the checksum on the paper is another one"]
    with closing(sqlite3.connect(desk.journal.path, isolation_level=None)) as link:
        link.execute("DROP TRIGGER snapshots_UPDATE")
        link.execute(
            "UPDATE snapshots SET content = CAST(REPLACE(content, '张伟', '王五') AS BLOB) WHERE name LIKE 'handover%'"
        )
    wrong = verify(desk.journal, desk.setup, desk.change).wrong
    assert list(map(str, wrong)) == ["the kept sheet is not the one that was signed"]


def test_an_error_leaves_nothing_behind(desk: House) -> None:
    desk.ready()
    before = len(desk.journal.events())
    with pytest.raises(GateClosed), desk.signing() as signing:  # noqa: PT012 - the first step is undone by the second
        signing.freeze()
        signing.sign_in("003")
    assert len(desk.journal.events()) == before


def test_a_signed_sheet_no_longer_waits_for_its_signature(desk: House) -> None:
    desk.ready()
    gates = {gate.name: gate.reasons for gate in desk.sheet().gates}
    assert gates["not_signed_out"]
    out(desk)
    gates = {gate.name: gate.reasons for gate in desk.sheet().gates}
    assert not gates["not_signed_out"]


def test_a_chore_is_no_seat_that_somebody_takes_over(desk: House) -> None:
    chore = posted(MONDAY, DAY, "002", "值日")
    desk.alter("swap", {(MONDAY, "002"): chore, (MONDAY, "003"): None})
    assert [str(seat) for seat in desk.sheet().seats] == ["seats of 王芳: nobody takes over, put the phones on hold"]
    assert desk.change.outgoing[1].posts == ("值日",)
