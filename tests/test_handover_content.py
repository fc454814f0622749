"""What a sheet holds, section by section, and that nothing open is ever dropped."""

from dataclasses import fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from handovers import CHANGE, MONDAY, NOON, TUESDAY, House, house
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools.dated import Dated
from cstools.desk.settings import Handover
from cstools.handover.items import LABELS, LISTS, MOMENTS
from cstools.handover.lines import mask
from cstools.handover.sheet import ItemLine, SheetContent
from cstools.handover.words import Equipment, Severity, Stage, Status
from cstools.language import speak
from cstools.people import Terms

EVENING_END = datetime(2026, 11, 10, 0, 0)


@pytest.fixture
def desk(tmp_path: Path) -> House:
    speak("en")
    return house(tmp_path)


def add(desk: House, title: str, at: datetime | None = None, **fields: Any) -> int:
    with desk.recording(fields.get("owner", "001")) as recorder:
        return recorder.add({"title": title, "owner": "001", **fields}, at).number


def test_a_line_made_quickly_has_its_fields_and_no_others(desk: House) -> None:
    words = LABELS.keys() - {*LISTS, *MOMENTS, "kind", "severity", "status", "result", "team", "title", "owner"}
    told: dict[str, Any] = dict.fromkeys(words, "x")
    add(desk, "短")
    add(desk, "全", liable=("002",), attachments=("a.png",), promised=CHANGE, **told)
    short, whole = sorted(desk.sheet().items, key=lambda line: line.number)
    assert ItemLine(**{field.name: getattr(whole, field.name) for field in fields(ItemLine)}) == whole
    assert vars(whole).keys() | vars(short).keys() <= {field.name for field in fields(ItemLine)}
    assert {name: getattr(whole, name) for name in words} == told
    assert (whole.liable[0].number, whole.attachments, whole.promised) == ("002", ("a.png",), CHANGE)
    assert (short.liable, short.attachments, short.promised, short.cause) == ((), (), None, "")


def say(desk: House, verb: str, *words: object, **named: object) -> None:
    with desk.recording() as recorder:
        getattr(recorder, verb)(*words, **named)


def titles(lines: tuple[ItemLine, ...]) -> list[str]:
    return [line.title for line in lines]


def test_items_stand_in_the_order_the_relief_needs(desk: House) -> None:
    early = NOON - timedelta(hours=3)
    add(desk, "催发货", kind="催发货", status=Status.WORKING)
    add(desk, "慢的退款", kind="退款", status=Status.WORKING)
    add(desk, "约好四点", promised=datetime(2026, 11, 9, 16, 0), status=Status.WORKING)
    add(desk, "约好五点", promised=datetime(2026, 11, 9, 17, 0), status=Status.WORKING)
    add(desk, "大事", severity=Severity.MAJOR, at=early)
    add(desk, "急事", severity=Severity.URGENT)
    add(desk, "过期留言", kind="留言", at=early)
    add(desk, "回访", kind="回访")
    add(desk, "客诉", kind="投诉", status=Status.WORKING)
    add(desk, "空调坏了", kind="设备", status=Status.WORKING)
    add(desk, "老事", at=NOON - timedelta(days=8), status=Status.SOLVED)
    sheet = desk.sheet()
    assert titles(sheet.first) == ["急事", "大事", "过期留言", "约好四点"]
    assert titles(sheet.open) == ["约好五点", "催发货", "慢的退款"]
    assert [titles(part) for part in (sheet.callbacks, sheet.complaints, sheet.repairs, sheet.long_open)] == [["回访"], ["客诉"], ["空调坏了"], ["老事"]]  # fmt: skip
    assert [line.stage for line in sheet.first] == [Stage.CALM, Stage.CALM, Stage.OVERDUE, Stage.OVERDUE]
    assert [line.restate for line in sheet.items].count(True) == 2


def test_a_line_says_all_that_the_relief_must_know(desk: House) -> None:
    number = add(
        desk, "换货没收到", kind="投诉", customer="李女士", contact="13812345678", promised=datetime(2026, 11, 9, 18, 0),
        liable=("002",), cause="快递员说放驿站（0571-88776655）", grade="VIP", status=Status.CUSTOMER, advice="补发",
    )  # fmt: skip
    (line,) = desk.sheet().complaints
    assert (line.number, line.owner.name, line.receiver and line.receiver.name) == (number, "张伟", "赵敏")
    assert (line.contact, line.cause) == ("138****5678", "快递员说放驿站（0571-****655）")
    assert [who.name for who in line.liable] == ["王芳"]
    assert list(map(str, line.missing)) == ["course of events"]
    assert (line.due, line.warn, line.stage) == (datetime(2026, 11, 9, 18, 0), datetime(2026, 11, 9, 17, 0), Stage.CALM)
    assert (line.today, line.days, line.escalate_to, line.restate) == (True, 0, "", False)


def test_what_was_opened_after_midnight_is_of_the_shifts_day(desk: House) -> None:
    midnight = datetime(2026, 11, 10)
    desk.now = midnight
    with desk.recording() as recorder:
        recorder.add({"title": "留言", "owner": "003"}, midnight)
    (line,) = desk.sheet(desk.changes.of(MONDAY, "晚"), midnight).open
    assert (line.opened, line.today) == (midnight, True)


def test_phones_are_shown_where_the_desk_says_so(tmp_path: Path) -> None:
    desk = house(tmp_path, Handover(mask_phones=False))
    add(desk, "回电 13812345678")
    assert titles(desk.sheet().open) == ["回电 13812345678"]


@pytest.mark.parametrize(
    ("words", "masked"),
    [
        ("13812345678", "138****5678"),
        ("138 1234 5678", "138****5678"),
        ("0571-88776655", "0571-****655"),
        ("订单 2026110913812345678", "订单 2026110913812345678"),
        ("12345", "12345"),
    ],
)
def test_phone_numbers_are_masked_and_order_numbers_are_not(words: str, masked: str) -> None:
    assert mask(words) == masked


def test_what_was_resolved_in_the_shift_is_told_when_it_was_major(desk: House) -> None:
    for title, severity in (("大事", Severity.MAJOR), ("小事", Severity.ORDINARY)):
        number = add(desk, title, severity=severity)
        say(desk, "close", number, "办妥了")
    old = add(desk, "昨天的大事", severity=Severity.MAJOR, at=NOON - timedelta(days=1))
    say(desk, "close", old, "办妥了", NOON - timedelta(hours=14))
    sheet = desk.sheet()
    assert [(line.title, line.result, line.closed_by) for line in sheet.resolved] == [("大事", "办妥了", "张伟")]
    assert titles(desk.sheet(desk.changes.of(MONDAY, "晚"), EVENING_END).resolved) == []


def test_what_was_closed_after_the_watermark_is_on_the_next_sheet(desk: House) -> None:
    number = add(desk, "大事", severity=Severity.MAJOR)
    desk.now = datetime(2026, 11, 9, 16, 31)
    with desk.signing() as signing:
        signing.freeze()
    say(desk, "close", number, "办妥了", datetime(2026, 11, 9, 16, 25))
    assert titles(desk.sheet().first) == ["大事"]
    following = desk.sheet(desk.changes.of(MONDAY, "晚"), EVENING_END)
    assert (titles(following.items), titles(following.resolved)) == ([], ["大事"])


def test_a_draft_follows_the_book_and_a_frozen_sheet_does_not(desk: House) -> None:
    add(desk, "午前的事", at=NOON - timedelta(hours=2))
    assert titles(desk.sheet(moment=NOON + timedelta(minutes=5)).items) == ["午前的事"]
    desk.now = CHANGE - timedelta(minutes=5)
    add(desk, "交班前的事")
    assert len(desk.sheet(moment=desk.now).items) == 2
    desk.now = CHANGE + timedelta(minutes=5)
    add(desk, "交班后的事")
    assert len(desk.sheet(moment=desk.now).items) == 2  # what is later than the change is the next sheet's
    with desk.signing() as signing:
        signing.freeze(late=True)
    add(desk, "补录的事", at=CHANGE - timedelta(hours=1))
    sheet = desk.sheet(moment=desk.now)
    assert titles(sheet.items) == ["午前的事", "交班前的事"]
    assert (sheet.header.frozen, sheet.header.made_late) == (True, True)
    assert len(desk.sheet(desk.changes.of(MONDAY, "晚"), EVENING_END).items) == 4


def test_the_same_book_makes_the_same_sheet_whenever_it_is_asked(desk: House) -> None:
    add(desk, "一件事", promised=CHANGE + timedelta(minutes=10))
    assert desk.sheet(moment=CHANGE - timedelta(minutes=10)) == desk.sheet(moment=CHANGE + timedelta(days=3))


def test_orders_stand_until_they_are_revoked_or_over(desk: House) -> None:
    for number, until in enumerate((None, MONDAY, TUESDAY, None)):
        say(desk, "order", f"指令{number}", "009", MONDAY, until)
    with desk.reading() as book:
        last = book.orders()[-1][0]
    say(desk, "revoke", last)

    def told(sheet: SheetContent) -> list[tuple[str, str, bool]]:
        return [(line.text, line.given_by, line.new) for line in sheet.orders]

    assert told(desk.sheet()) == [("指令0", "周主管", True), ("指令1", "周主管", True), ("指令2", "周主管", True)]
    assert told(desk.sheet(desk.changes.of(MONDAY, "晚"), EVENING_END)) == [
        ("指令0", "周主管", False),
        ("指令2", "周主管", False),
    ]


def test_notices_are_told_until_everybody_who_comes_has_read_them(desk: House) -> None:
    before = NOON - timedelta(days=1)
    say(desk, "notice", "优惠", "满 300 减 30", MONDAY, MONDAY, before)
    say(desk, "notice", "口径", "赠品十天内补发", MONDAY, None, before)
    with desk.reading() as book:
        first, second = (number for number, _ in book.notices())
    for person in ("003", "004"):
        say(desk, "read", second, person)
    say(desk, "read", first, "003")
    (line,) = desk.sheet().notices
    assert (line.text, [who.name for who in line.read], [who.name for who in line.unread]) == (
        "满 300 减 30",
        ["李娜"],
        ["赵敏"],
    )
    assert (line.expiring, line.new) == (True, False)


def test_equipment_that_matters_is_told(desk: House) -> None:
    yesterday = NOON - timedelta(days=1)
    say(desk, "equipment", "打印机", Equipment.FAULT, "卡纸", at=yesterday)
    say(desk, "equipment", "空调", Equipment.FINE, at=yesterday)
    say(desk, "equipment", "电话", Equipment.FINE, test="拨 10086 正常")
    lines = {line.name: line for line in desk.sheet().equipment}
    assert lines.keys() == {"打印机", "电话"}
    assert (lines["打印机"].fault, lines["打印机"].state, lines["打印机"].note) == (True, "faulty", "卡纸")
    assert (lines["电话"].test, lines["电话"].tested_at, lines["电话"].by) == ("拨 10086 正常", desk.now, "张伟")


def test_checklists_of_both_shifts_with_their_ticks(desk: House) -> None:
    say(desk, "tick", MONDAY, "白", "14:30 确认货款", "002", "已到账")
    sheet = desk.sheet()
    assert [line.text for line in sheet.opening] == ["解挂电话"]
    assert [(line.text, line.at) for line in sheet.tasks] == [("递交", datetime(2026, 11, 9, 20, 0))]
    closing = [(line.text, line.by, line.result) for line in sheet.closing]
    assert closing == [("电脑已关闭", "", ""), ("确认货款", "王芳", "已到账")]


def test_things_arrivals_and_figures(desk: House) -> None:
    say(desk, "count", "钥匙", None, 3, at=NOON - timedelta(days=1))
    say(desk, "count", "对讲机", 4, 5, "002", "借给保安")
    desk.now = datetime(2026, 11, 9, 16, 36)
    say(desk, "arrive", MONDAY, "晚", "004", "堵车")
    say(desk, "figures", MONDAY, "白", {"总订单量": "120", "反馈量": "3"})
    sheet = desk.sheet(moment=desk.now)
    things = [(line.name, line.expected, line.counted, line.holder) for line in sheet.things]
    assert things == [("对讲机", 5, 4, "王芳"), ("钥匙", 3, None, "")]
    assert [(str(line.what), line.person.name, line.note) for line in sheet.staff] == [
        ("came 7 min late", "赵敏", "堵车")
    ]
    assert sheet.figures
    assert [(line.name, line.value) for line in sheet.figures.figures] == [("总订单量", "120"), ("反馈量", "3")]
    assert sheet.last_report is None


def test_the_morning_sheet_carries_last_evenings_report(desk: House) -> None:
    say(desk, "figures", MONDAY, "白", {"总订单量": "120"})
    say(desk, "figures", MONDAY, "晚", {"总订单量": "80", "入席量": "7"})
    sheet = desk.sheet(desk.changes.of(MONDAY, "晚"), EVENING_END)
    assert sheet.last_report
    assert (sheet.last_report.shift, sheet.last_report.day) == ("晚", MONDAY)
    assert [(line.name, line.value) for line in sheet.last_report.figures] == [("总订单量", "80"), ("入席量", "7")]
    assert sheet.figures is None


def test_the_whole_desks_sheet_holds_its_groups_figures_under_their_names(desk: House) -> None:
    terms = {"002": "二组", "004": "一组"}
    desk.setup = replace(desk.setup, people={
        number: replace(person, terms=Dated.always(Terms(group=terms.get(number, ""))))
        for number, person in desk.setup.people.items()
    })  # fmt: skip
    for team, count in (("二组", "70"), ("", "1"), ("一组", "50")):
        say(desk, "figures", MONDAY, "白", {"总订单量": count}, team)
    for team, told in {"": ["总订单量 1", "一组 总订单量 50", "二组 总订单量 70"], "二组": ["总订单量 70"]}.items():
        sheet = desk.sheet(replace(desk.change, team=team))
        assert sheet.figures
        assert [f"{line.name} {line.value}" for line in sheet.figures.figures] == told


def test_an_empty_book_makes_an_empty_sheet_with_its_head(tmp_path: Path) -> None:
    desk = house(tmp_path, roster=())
    sheet = desk.sheet()
    assert (sheet.items, sheet.header.rostered, sheet.header.outgoing_people) == ((), False, ())


FIELDS = st.fixed_dictionaries({
    "kind": st.sampled_from(["投诉", "回访", "设备", "其他", "催发货"]),
    "severity": st.sampled_from(Severity),
    "status": st.sampled_from([status for status in Status if status is not Status.CLOSED]),
    "owner": st.sampled_from(["001", "002", "009"]),
    "hours": st.integers(0, 400),
    "closed": st.booleans(),
})  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(st.lists(FIELDS, max_size=8))
def test_every_open_item_stands_exactly_once(items: list[dict[str, Any]]) -> None:
    with TemporaryDirectory() as folder:
        desk, left = house(Path(folder)), set()
        for fields in items:
            hours, closed = fields.pop("hours"), fields.pop("closed")
            number = add(desk, "事", NOON - timedelta(hours=hours), **fields)
            if closed:
                result = (desk.setup.types.types[fields["kind"]].results or ("好",))[0]
                with desk.recording() as recorder:
                    _, opened = recorder.close(number, result)
                left |= {opened.number} if opened else set()
            else:
                left.add(number)
        shown = [line.number for line in desk.sheet(moment=desk.now + timedelta(hours=5)).items]
        assert sorted(shown) == sorted(left)


def test_who_had_a_thing_is_over_once_it_is_all_there(desk: House) -> None:
    def count(counted: int, holder: str | None = None) -> tuple[str, str]:
        with desk.recording() as recorder:
            recorder.count("钥匙", counted, 3, holder, "借走" if holder else None)
        with desk.reading() as book:
            (thing,) = book.things()
        return thing.get("holder", ""), thing.get("note", "")

    assert count(2, "002") == ("002", "借走")
    assert count(2) == ("002", "借走")
    assert count(3) == ("", "")


def test_what_the_next_shift_counts_is_not_on_this_sheet(desk: House) -> None:
    with desk.recording() as recorder:
        recorder.count("钥匙", 2, 3, "002", "借走")
    before = desk.sheet()
    desk.now = datetime(2026, 11, 9, 23)
    with desk.recording() as recorder:
        recorder.count("钥匙", 3)
    assert desk.sheet().things == before.things
    assert before.things[0].counted == 2
