"""What may be written into the book, what is refused, and what is left out."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from handovers import DAY, MONDAY, NOON, TUESDAY, House, house, posted

from cstools.errors import CstoolsError
from cstools.handover.book import Point
from cstools.handover.words import Equipment, Severity, Status
from cstools.language import speak


@pytest.fixture
def desk(tmp_path: Path) -> House:
    speak("en")
    return house(tmp_path)


def test_title_and_owner_suffice(desk: House) -> None:
    with desk.recording() as recorder:
        item = recorder.add({"title": " 查件 ", "owner": "001"})
    assert (item.kind, item.title, item.severity, item.status) == ("其他", "查件", Severity.ORDINARY, Status.WAITING)
    assert (item.opened, item.by, item.late) == (desk.now, "001", False)


def test_a_type_lifts_the_severity(desk: House) -> None:
    with desk.recording() as recorder:
        assert recorder.add({"title": "x", "owner": "001", "kind": "泄密"}).severity is Severity.URGENT
        number = recorder.add({"title": "x", "owner": "001"}).number
        assert recorder.update(number, {"kind": "差错"}).severity is Severity.MAJOR


@pytest.mark.parametrize(
    ("owner", "hour", "liable"),
    [
        ("002", 12, ("002", "001")),  # the 组长 of the shift that is on answers for it
        ("001", 12, ("001", "002")),
        ("003", 23, ("003", "004")),
        ("004", 16.75, ("004", "001")),  # both shifts are on
        ("009", 3, ()),  # nobody is
    ],
)
def test_who_is_liable_stands_in_the_roster(desk: House, owner: str, hour: float, liable: tuple[str, ...]) -> None:
    at = datetime(2026, 11, 9) + timedelta(hours=hour)
    desk.now = max(desk.now, at)
    with desk.recording() as recorder:
        item = recorder.add({"title": "包厢", "owner": owner, "kind": "夜场跟进"}, at)
        assert item.liable == liable
        assert recorder.add({"title": "包厢", "owner": "001", "kind": "夜场跟进", "liable": ("004",)}).liable == (
            "004",
        )
        assert recorder.add({"title": "包厢", "owner": "001"}).liable == ()


def test_whoever_has_the_post_answers_before_the_leader(desk: House) -> None:
    desk.alter("swap", {(MONDAY, "009"): posted(MONDAY, DAY, "009", "值班")})
    with desk.recording() as recorder:
        assert recorder.add({"title": "包厢", "owner": "002", "kind": "夜场跟进"}).liable == ("002", "009")


def test_an_earlier_time_is_kept_and_marked(desk: House) -> None:
    with desk.recording() as recorder:
        item = recorder.add({"title": "x", "owner": "001"}, NOON - timedelta(hours=3), late=True)
    assert (item.opened, item.late) == (NOON - timedelta(hours=3), True)


def test_a_complaint_opens_a_callback_when_it_closes(desk: House) -> None:
    with desk.recording() as recorder:
        told = {"title": "漏发", "owner": "001", "kind": "投诉", "customer": "李女士", "contact": "13812345678"}
        item = recorder.add(told)
    with desk.recording("002") as recorder:
        closed, callback = recorder.close(item.number, "已补偿，赠券一张")
    assert (closed.result, closed.closed_by, closed.open) == ("已补偿，赠券一张", "002", False)
    assert callback
    assert (callback.kind, callback.owner, callback.customer, callback.contact, callback.parent) == (
        "回访", "001", "李女士", "13812345678", item.number,
    )  # fmt: skip


def test_what_goes_to_another_department_opens_a_callback_at_once(desk: House) -> None:
    told = {"title": "开票", "owner": "001", "customer": "李女士"}
    with desk.recording() as recorder:
        item = recorder.add({**told, "kind": "转部门"})
        other = recorder.update(recorder.add(told).number, {"kind": "转交"})
        recorder.update(other.number, {"course": "转财务"})
        assert [each.kind for one in (item, other) for each in recorder.opened_by(one)] == ["回访", "回访"]
        assert recorder.close(item.number, "已解决")[1] is None


def test_a_closed_item_opens_again_by_its_status_alone(desk: House) -> None:
    with desk.recording() as recorder:
        number = recorder.add({"title": "x", "owner": "001"}).number
        recorder.close(number, "好了")
        with pytest.raises(CstoolsError, match="is closed; open it again"):
            recorder.update(number, {"cause": "y"})
        item = recorder.update(number, {"status": Status.WORKING})
    assert (item.open, item.closed_at) == (True, None)


def test_what_changes_nothing_is_no_event(desk: House) -> None:
    with desk.recording() as recorder:
        item = recorder.add({"title": "x", "owner": "001", "cause": "a"})
        recorder.update(item.number, {"cause": "a", "course": ""})
        assert recorder.update(item.number, {"cause": None}).cause == ""
    assert len(desk.journal.events()) == 3


@pytest.mark.parametrize(
    ("verb", "words", "told"),
    [
        ("add", ({"title": " ", "owner": "001"},), "at least its title and its owner"),
        ("add", ({"title": "x", "owner": ""},), "at least its title and its owner"),
        ("add", ({"title": "x", "owner": "001", "kind": "投拆"},), "there is no type “投拆”"),
        ("add", ({"title": "x", "owner": "001"}, NOON + timedelta(days=1)), "still to come"),
        ("update", (99, {"cause": "x"}), "there is no matter 99"),
        ("update", (2, {"status": Status.CLOSED}), "close a matter with its outcome"),
        ("update", (2, {"title": " "}), "at least its title"),
        ("update", (2, {"owner": "002"}), "by a transfer"),
        ("close", (2, " "), "closing needs the outcome"),
        ("close", (2, "随便"), "is no final result of 退款: 已退款, 客户取消"),
        ("transfer", (99, "002"), "there is no matter 99"),
        ("order", (" ", "009", MONDAY), "needs its words"),
        ("order", ("x", "009", TUESDAY, MONDAY), "end lies before"),
        ("revoke", (2,), "no standing order 2"),
        ("read", (2, "001"), "no notice 2"),
        ("count", ("钥匙", 3), "钥匙 is new"),
        ("count", ("钥匙", None), "say how many"),
        ("equipment", ("", Equipment.FINE), "needs its words"),
        ("tick", (MONDAY, "白", "扫雪", "001"), "no checklist has the line “扫雪”"),
        ("figures", (MONDAY, "白", {}), "no figure"),
    ],
)
def test_what_is_refused_leaves_nothing(desk: House, verb: str, words: tuple[object, ...], told: str) -> None:
    with desk.recording() as recorder:
        recorder.add({"title": "退款", "owner": "001", "kind": "退款"})
    before = desk.journal.events()
    with pytest.raises(CstoolsError, match=told), desk.recording() as recorder:
        getattr(recorder, verb)(*words)
    assert desk.journal.events() == before


def test_search_finds_open_and_closed_by_all_words(desk: House) -> None:
    with desk.recording() as recorder:
        recorder.add({"title": "VIP 漏发赠品", "owner": "001", "customer": "李女士"})
        number = recorder.add({"title": "漏发", "owner": "001", "cause": "仓库 100%"}).number
        recorder.close(number, "补发")
    with desk.reading() as book:
        assert [len(book.search(words)) for words in ("漏发", "漏发 李", "vip", "100%", "没有", "%")] == [
            2,
            1,
            1,
            1,
            0,
            1,
        ]


def test_the_book_can_be_read_as_it_was(desk: House) -> None:
    with desk.recording() as recorder:
        number = recorder.add({"title": "x", "owner": "001"}).number
    before = desk.now
    with desk.recording() as recorder:
        recorder.update(number, {"cause": "后来才知道"})
        recorder.add({"title": "后来的", "owner": "001"})
    with desk.reading() as book:
        (then,) = book.as_of(Point(at=before)).open_items()
        assert (then.title, then.cause) == ("x", "")
        assert [item.cause for item in book.open_items()] == ["后来才知道", ""]
        assert book.as_of(Point(number)).item(number + 2) is None
        assert book.as_of(Point(number)).open_items() == [then]


def test_a_row_is_remembered_with_what_it_made(desk: House) -> None:
    with desk.recording() as recorder:
        item = replace(recorder, row={"key": "交接日志.xlsx 事项 7", "hash": "ab"}).add({"title": "x", "owner": "001"})
    with desk.reading() as book:
        assert book.imported("交接日志.xlsx 事项 7") == {
            "key": "交接日志.xlsx 事项 7",
            "hash": "ab",
            "card": str(item.number),
        }
        assert book.imported("别的") is None
        assert book.item(item.number) == item


def test_nothing_was_ever_recorded(tmp_path: Path) -> None:
    desk = house(tmp_path, roster=())
    with desk.reading() as book:
        assert (book.open_items(), book.search("x"), book.orders(), book.item(1)) == ([], [], [], None)
        assert (book.things(), book.ticks(MONDAY, "白"), book.figures(MONDAY, "白")) == ([], {}, None)
        assert book.closed_items(datetime(2026, 1, 1), 0) == []
