"""The handover's commands on a desk's own files: what they record, tell and refuse."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import Result
from conftest import Run
from desks import make

from cstools.desk import Desk
from cstools.duties import Board, Facts, Posted, record
from cstools.shifts import Duty, Shift

DAY, EVENING = Shift("白", "白班", 510, 1020, 480), Shift("晚", "晚班", 990, 1440, 450)
MONDAY = date(2026, 11, 9)
Say = Callable[..., Result]


@pytest.fixture
def say(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Say:
    """A command of the handover in English, on a desk where 001 hands over to 002 on the Monday at 16:30."""
    desk = make(tmp_path)
    duties = [Posted.of(Duty(MONDAY, shift.code, who), shift) for shift, who in ((DAY, "001"), (EVENING, "002"))]
    with desk.journal.writing(by="x", now=datetime(2026, 11, 6, 9)) as book:
        record(book, Facts("published"), Board().published(frozenset({MONDAY}), duties, {}))
    monkeypatch.setattr(Desk, "now", lambda _: datetime(2026, 11, 9, 16, 35))
    return lambda *words: run("--lang", "en", "--desk", tmp_path, "handover", *words)


def test_a_matter_from_its_beginning_to_its_end(say: Say) -> None:
    told = say(
        "add",
        "漏发赠品",
        "--owner",
        "张伟",
        "--type",
        "客诉",
        "--customer",
        "李女士",
        "--severity",
        "重大",
        "--liable",
        "王芳",
    )
    assert told.output.splitlines()[0] == "recorded as matter 2: 漏发赠品"
    assert told.output.splitlines()[1].startswith("still lacks: contact, cause")
    assert (
        say("update", 2, "--cause", "仓库漏放", "--status", "待客户", "--promised", "2026-11-09T18:00").exit_code == 0
    )
    assert "张伟" in say("list", "--owner", "001", "--due", "4h").output
    assert say("list", "--due", "1h").output == "nothing is found\n"
    assert say("transfer", 2, "002").output == "matter 2 is now 王芳's\n"
    shown = say("show", 2).output
    assert all(word in shown for word in ("漏发赠品", "投诉", "李女士", "王芳", "2026-11-09 18:00", "仓库漏放"))
    assert say("close", 2, "--result", "算了").exit_code == 1
    assert say("close", 2, "--result", "已补偿").output == "matter 2 is closed: 已补偿\nopened matter 6: 回访\n"
    assert say("search", "漏发").output.count("漏发赠品") == 2
    assert "投诉" not in say("list").output
    assert "投诉" in say("list", "--since", "2026-11-01").output


def test_who_is_liable_is_told_from_the_roster(say: Say) -> None:
    fields = ("--type", "夜场跟进", "--customer", "王", "--contact", "13912345678", "--reference", "K1")
    assert say("add", "包厢", "--owner", "002", *fields).output.splitlines()[1:] == ["liable by the roster: 王芳, 张伟"]


def test_all_that_was_done_to_a_matter_is_told(say: Say) -> None:
    say("add", "漏发", "--owner", "001", "--type", "投诉", "--at", "2026-11-09T09:00", "--by", "001")
    say("update", 2, "--cause", "仓库漏放", "--promised", "2026-11-09T18:00", "--liable", "002", "--by", "001")
    say("update", 2, "--cause", "", "--by", "001")
    say("transfer", 2, "002", "--remark", "他熟", "--by", "001")
    shown = say("show", 2).output
    assert "MISSING customer, contact, cause, course of events" in " ".join(shown.split())
    assert "2026-11-09 09:00" in shown
    say("close", 2, "--result", "已补偿", "--by", "002")
    told = [line.split(" ", 2)[2] for line in say("show", 2).output.splitlines()[-5:]]
    assert told == [
        "张伟: recorded it (entered later)",
        "张伟: changed: cause: 仓库漏放, promised time: 2026-11-09 18:00, also liable: 王芳",
        "张伟: changed: cause: (nothing)",
        "张伟: handed from 张伟 to 王芳: 他熟",
        "王芳: closed: 已补偿",
    ]


def test_the_list_is_headed_in_the_language_spoken(say: Say) -> None:
    say("add", "查件", "--owner", "001")
    heads = say("list", "--lang", "zh").output.split("\n", 1)[0].split()
    assert heads == ["编号", "类型", "程度", "事项", "负责人", "状态", "到期"]


def test_a_matter_may_be_a_groups(say: Say) -> None:
    assert say("add", "查件", "--owner", "001", "--team", "一组").exit_code == 0
    assert "一组" in say("show", 2).output
    assert "no group “九组”" in say("add", "查件", "--owner", "001", "--team", "九组").stderr
    say("add", "退款", "--owner", "001")
    listed = {team: say("list", "--team", team).output for team in ("一组", "二组")}
    assert ("查件" in listed["一组"], "退款" in listed["一组"]) == (True, True)
    assert ("查件" in listed["二组"], "退款" in listed["二组"]) == (False, True)


def test_without_a_terminal_nothing_is_asked(say: Say) -> None:
    told = say("add")
    assert (told.exit_code, told.stdout) == (2, "")
    assert "at least its title and its owner" in told.stderr


def test_a_shift_change_on_the_command_line(say: Say) -> None:
    meant = ("--date", "2026-11-09", "--shift", "白班")
    assert say("add", "查件", "--owner", "001", "--status", "待他部门", "--course", "来电").exit_code == 0
    shut = say("sign", "out", "001", *meant)
    assert shut.exit_code == 1
    assert "not ticked: 电脑已关闭" in shut.stderr
    assert "王芳 has not arrived" in shut.stderr
    for line in ("电脑已关闭", "显示器已关闭", "桌面物品摆放整齐", "客服电话已挂起"):
        assert say("tick", line, "001", "--date", "2026-11-09", "--shift", "白").exit_code == 0
    assert say("arrive", "王芳", "--shift", "晚").output == "王芳 has arrived\n"
    assert (
        say("sign", "out", "001", *meant).output.splitlines()[0]
        == "2026-11-09 Mon 白班: 张伟 has signed; the sheet is: to be accepted"
    )
    assert say("refuse", "002", "--reason", "没点钥匙", *meant).exit_code == 0
    assert say("amend", "001", "--text", "钥匙三把", *meant).exit_code == 0
    accepted = say("sign", "in", "002", *meant).output.splitlines()
    assert accepted[:2] == ["2026-11-09 Mon 白班: 王芳 has signed; the sheet is: accepted", "matter 2 is now 王芳's"]
    assert say("verify", *meant).exit_code == 0
    assert say("verify", "--checksum", "abc", *meant).exit_code == 1


def test_what_a_shift_says_and_counts(say: Say) -> None:
    commands = [
        ("order", "一律包邮", "--given-by", "主管"), ("notice", "满300减30", "--kind", "优惠"), ("read", 3, "002"),
        ("count", "钥匙", 3, "--expected", 3), ("equipment", "热线", "--state", "故障", "--test", "无声"),
        ("figures", "总订单量=120", "反馈量＝3", "--shift", "晚"), ("override", "relief not there", "003", "--reason", "我在"),
        ("unfit", "002", "--reason", "发烧", "--shift", "白"), ("order", "--revoke", 2),
    ]  # fmt: skip
    for words in commands:
        done = say(*words)
        assert done.exit_code == 0, (words, done.output)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("show", 99), 2, "there is no matter 99"),
        (("add", "x", "--owner", "王方"), 2, "nobody in sheet"),
        (("add", "x", "--owner", "001", "--type", "投拆"), 2, "did you mean “投诉”?"),
        (("add", "x", "--owner", "001", "--severity", "大"), 2, "one of"),
        (("add", "x", "--owner", "001", "--at", "2026-11-09T17:00"), 2, "still to come"),
        (("update", 1), 2, "say what to change"),
        (("list", "--due", "次日"), 2, "not a time ahead"),
        (("order",), 2, "give an order"),
        (("figures", "120", "--shift", "晚"), 2, "a name and a value"),
        (("sign", "out", "001", "--date", "2026-11-09"), 2, "--date and --shift go together"),
        (("sign", "out", "003", "--shift", "白"), 1, "isn't on this side"),
        (("sign", "up", "003"), 2, "up"),
        (("refuse", "002", "--reason", " ", "--shift", "白"), 2, "needs its reason"),
        (("verify", "--shift", "白"), 1, "nothing is signed yet"),
        (("tick", "扫雪", "001", "--shift", "白"), 2, "no checklist has the line"),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_recorded(
    say: Say, words: tuple[object, ...], code: int, told: str
) -> None:
    done = say(*words)
    assert (done.exit_code, done.stdout) == (code, "")
    assert told in done.stderr
    assert "recorded as matter 2" in say("add", "x", "--owner", "001").output
