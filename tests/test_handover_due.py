"""Types of items and their times, exactly."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cstools.assets import template
from cstools.days import Calendar, MarkedDay
from cstools.handover.due import Deadlines
from cstools.handover.items import Item
from cstools.handover.spans import read_span, show_span
from cstools.handover.types import FILE, Types, read_types_file
from cstools.handover.words import Severity, Stage, Status

if TYPE_CHECKING:
    from cstools.errors import Fault

OPENED = datetime(2026, 11, 13, 15, 0)  # a Friday


@pytest.fixture(scope="module")
def types() -> Types:
    faults: list[Fault] = []
    found = read_types_file(template(FILE), faults)
    assert faults == []
    return found


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("5分钟", "2026-11-13 15:05"),
        ("24小时", "2026-11-14 15:00"),
        ("24 h", "2026-11-14 15:00"),
        ("当日18:00", "2026-11-13 18:00"),
        ("当日24:00", "2026-11-14 00:00"),
        ("次日", "2026-11-15 00:00"),
        ("次日 12:00", "2026-11-14 12:00"),
        ("5天", "2026-11-19 00:00"),
        ("一周", None),
        ("1周", "2026-11-21 00:00"),
        ("1个工作日", "2026-11-17 00:00"),
        ("３个工作日", "2026-11-19 00:00"),
        ("用餐+10分钟", "2026-11-13 19:10"),
    ],
)
def test_a_time_allowed_is_over(words: str, ends: str | None) -> None:
    if ends is None:
        with pytest.raises(ValueError, match=words):
            read_span(words)
        return
    span = read_span(words)
    calendar = Calendar()
    assert span.after(OPENED, datetime(2026, 11, 13, 19, 0), calendar) == datetime.fromisoformat(ends)
    assert read_span(show_span(span)) == span


def test_working_days_follow_the_chinese_calendar_and_the_desks_own_rows() -> None:
    span, eve = read_span("3个工作日"), datetime(2026, 9, 30, 10, 0)
    assert span.after(eve, None, Calendar()) == datetime(2026, 10, 11)  # 1-7 October off, Saturday the 10th made up
    own = Calendar({date(2026, 10, 8): MarkedDay("rest")})
    assert span.after(eve, None, own) == datetime(2026, 10, 13)


def test_a_year_without_holidays_told_counts_monday_to_friday() -> None:
    assert read_span("1个工作日").after(datetime(2035, 1, 5, 10), None, Calendar()) == datetime(2035, 1, 9)


def test_a_meal_without_its_time_has_no_end() -> None:
    assert read_span("用餐+10分钟").after(OPENED, None, Calendar()) is None


def item(**fields: object) -> Item:
    told: dict[str, object] = {"kind": "催发货", "title": "催发货", "owner": "001", "opened": OPENED, "by": "001"}
    return Item(number=1, touched=1, **{**told, **fields})  # type: ignore[arg-type] # a table of fields


@pytest.mark.parametrize(
    ("fields", "moment", "stage", "overdue"),
    [
        ({}, "2026-11-13 18:59", Stage.WARNED, "2026-11-13 19:00"),  # to be answered within four hours
        ({}, "2026-11-13 17:00", Stage.CALM, "2026-11-13 19:00"),
        ({"status": Status.WORKING}, "2026-11-14 14:59", Stage.CALM, "2026-11-15 15:00"),
        ({"status": Status.WORKING}, "2026-11-14 15:00", Stage.WARNED, "2026-11-15 15:00"),
        ({"status": Status.WORKING}, "2026-11-15 15:00", Stage.WARNED, "2026-11-15 15:00"),
        ({"status": Status.WORKING}, "2026-11-15 15:01", Stage.OVERDUE, "2026-11-15 15:00"),
        ({"status": Status.SOLVED}, "2026-11-19 15:01", Stage.CALM, "2026-11-15 15:00"),
        ({"status": Status.WORKING, "promised": datetime(2026, 11, 13, 17, 0)}, "2026-11-13 15:59", Stage.CALM, "2026-11-13 17:00"),
        ({"status": Status.WORKING, "promised": datetime(2026, 11, 13, 17, 0)}, "2026-11-13 16:00", Stage.WARNED, "2026-11-13 17:00"),
        ({"status": Status.WORKING, "promised": datetime(2026, 11, 13, 17, 0)}, "2026-11-13 17:01", Stage.OVERDUE, "2026-11-13 17:00"),
        ({"kind": "没有的类型"}, "2029-11-13 17:01", Stage.CALM, None),
    ],
)  # fmt: skip
def test_how_near_an_items_time_is(
    types: Types, fields: dict[str, object], moment: str, stage: Stage, overdue: str | None
) -> None:
    due = Deadlines(types, Calendar()).of(item(**fields), datetime.fromisoformat(moment))
    assert (due.stage, due.overdue) == (stage, datetime.fromisoformat(overdue) if overdue else None)


@pytest.mark.parametrize(
    ("kind", "opened", "overdue"),
    [
        ("发货单", "2026-11-13 15:00", "2026-11-13 19:00"),
        ("发货单", "2026-11-13 15:01", "2026-11-14 04:00"),  # counts as come at midnight (004-076)
        ("送货", "2026-11-13 08:30", "2026-11-14 00:00"),  # the same day (002-022)
        ("送货", "2026-11-13 08:31", "2026-11-15 00:00"),
    ],
)
def test_what_comes_after_the_cut_off_counts_as_of_the_next_day(
    types: Types, kind: str, opened: str, overdue: str
) -> None:
    came = item(kind=kind, opened=datetime.fromisoformat(opened))
    assert Deadlines(types, Calendar()).of(came, OPENED).overdue == datetime.fromisoformat(overdue)


def test_what_to_escalate_and_what_ends_within_hours(types: Types) -> None:
    deadlines, now = Deadlines(types, Calendar()), datetime(2026, 11, 15, 12, 0)
    working = {"status": Status.WORKING}
    items = [item(**working), item(kind="退款", **working), item(kind="留言", **working), item(kind="投诉", **working)]
    assert [each.kind for each in deadlines.overdue(items, now)] == ["留言", "投诉"]
    assert [each.kind for each in deadlines.within(items, now, timedelta(hours=4))] == ["留言", "投诉", "催发货"]


def test_the_four_classes_are_grave_and_complaints_open_a_callback(types: Types) -> None:
    four = [types.types[name] for name in ("失泄密", "重大差错", "安全事故", "超出职责")]
    assert all(kind.least.grave for kind in four)
    assert {kind.opens for kind in (*four, types.types["投诉"])} == {"回访"}
    callback = item(kind="回访", opened=datetime(2026, 11, 13, 23, 50))
    assert Deadlines(types, Calendar()).of(callback, OPENED).overdue == datetime(2026, 11, 15)


def test_what_an_item_lacks_and_what_closes_it(types: Types) -> None:
    refund = types.types["退款"]
    assert refund.missing(item(kind="退款", customer="李女士", cause="破损")) == ("order or ticket number",)
    assert [word for word in ("已退款", "已退款，3天到账", "算了", " ") if refund.final(word)] == [
        "已退款",
        "已退款，3天到账",
    ]
    assert types.types["其他"].final("随便")
    assert not types.types["其他"].final("")
    assert [types.find(word) for word in ("客诉", "催 发货", "没有")] == [
        types.types["投诉"],
        types.types["催发货"],
        None,
    ]


def test_every_fault_of_a_table_is_told(tmp_path: Path) -> None:
    path = tmp_path / "事项类型.csv"
    rows = [
        "类型,别名,最低程度,必填,逾期,结案后开",
        "投诉,,小事,,,",
        "退款,,一般,电邮,,回坊",
        "换货,退款,,,过几天,",
        "回访,,,,,",
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    faults: list[Fault] = []
    read_types_file(path, faults)
    assert sorted(fault.source.cell for fault in faults) == ["C2", "D3", "E4", "F3"]


def test_severity_is_ranked() -> None:
    assert min(Severity, key=lambda severity: -severity.rank) is Severity.URGENT
