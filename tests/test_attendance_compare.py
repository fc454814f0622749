"""Attendance against the roster, the approved leave, the monthly quota; what happened; who wasn't online."""

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from attendances import EARLY, LATE, MONDAY, PEOPLE, SUNDAY, duty, roster

from cstools.attendance import (
    OFFLINE,
    Attendance,
    AttendanceSettings,
    DayFact,
    HoursSettings,
    MonthFact,
    Overtime,
    compare,
    events,
    offline,
    quotas,
    undecided,
)  # fmt: skip
from cstools.days import span
from cstools.shifts import Shift
from cstools.tables.columns import read_rows
from cstools.tables.grid import Cell, Row, Sheet
from cstools.team.leave import Leave

if TYPE_CHECKING:
    from cstools.errors import Fault

TUESDAY = MONDAY + timedelta(days=1)


def attendance(*facts: DayFact, totals: tuple[MonthFact, ...] = (), overtime: tuple[Overtime, ...] = ()) -> Attendance:
    """Facts of a covered week; totals of nought for everybody in them."""
    months = {fact.person: MonthFact(fact.person, MONDAY, SUNDAY) for fact in facts} | {
        total.person: total for total in totals
    }
    days = {(fact.person, fact.day): fact for fact in facts}
    return Attendance(MONDAY, SUNDAY, days, months, overtime, covered=frozenset(span(MONDAY, SUNDAY)))


def at(number: str, day: date = MONDAY, start: int | None = 505, end: int | None = 1020, **more: object) -> DayFact:
    return DayFact(number, day, start, end, **more)  # type: ignore[arg-type] # fields by their names


def leave(number: str, first: date = MONDAY, last: date | None = None, **more: object) -> Leave:
    return Leave(number, first, last or first, kind="事假", **more)  # type: ignore[arg-type] # fields by their names


def differences(found: Attendance, board: object, *leaves: Leave) -> list[tuple[str, str, str, str]]:
    answers = compare(found, board, leaves, AttendanceSettings())  # type: ignore[arg-type] # a Board
    return [(one.kind, one.person, one.other, str(one.what)) for one in answers]


# --- what differs -----------------------------------------------------------------------------------------------------


def test_as_planned_nothing_differs() -> None:
    assert (
        differences(
            attendance(at("001"), at("002", start=985, end=1440)),
            roster(duty("001", MONDAY), duty("002", MONDAY, LATE)),
        )
        == []
    )


def test_planned_and_not_there() -> None:
    board = roster(duty("001", MONDAY), duty("002", MONDAY, LATE))
    missing = attendance(at("002", start=985, end=1440), at("001", TUESDAY, None, None, rest=True))
    assert differences(missing, board) == [("missed", "001", "", "排了白班，没有出勤")]


def test_a_private_swap_is_told_by_who_came_instead() -> None:
    found = attendance(at("001", start=None, end=None, rest=True), at("003"))
    assert differences(found, roster(duty("001", MONDAY))) == [
        ("missed", "001", "", "排了白班，没有出勤"),
        ("swapped", "003", "001", "08:25-17:00 顶了 张伟 的班，没有换班记录"),
    ]


def test_two_who_changed_their_shifts_among_themselves() -> None:
    found = attendance(at("001", start=985, end=1440), at("002"))
    assert differences(found, roster(duty("001", MONDAY), duty("002", MONDAY, LATE))) == [
        ("swapped", "001", "002", "16:25-24:00 顶了 王芳 的班，没有换班记录"),
        ("swapped", "002", "001", "08:25-17:00 顶了 张伟 的班，没有换班记录"),
    ]


def test_there_and_not_planned() -> None:
    assert differences(attendance(at("003")), roster()) == [("unplanned", "003", "", "08:25-17:00 在岗，班表是休息")]


def test_leave_that_the_roster_desk_has_not_approved() -> None:
    found = attendance(at("001", start=None, end=None, leave=(("事假", Decimal(8)),)))
    board = roster(duty("001", MONDAY))
    assert differences(found, board) == [("unapproved", "001", "", "事假：排班那边没有批准")]
    assert differences(found, board, leave("001", approved=False)) == [
        ("unapproved", "001", "", "事假：排班那边没有批准")
    ]
    assert differences(found, board, leave("001")) == []


def test_approved_leave_and_there_all_the_same() -> None:
    assert differences(attendance(at("001")), roster(duty("001", MONDAY)), leave("001")) == [
        ("unused", "001", "", "假已批准，但 08:25-17:00 有打卡")
    ]


def test_where_only_totals_are_known_leave_is_compared_by_its_days() -> None:
    found = attendance(totals=(MonthFact("001", MONDAY, SUNDAY, leave=(("事假", Decimal(16)),)),))
    assert differences(found, roster(duty("001", MONDAY)), leave("001")) == [
        ("unapproved", "001", "", "考勤里请假 2 天，批准的只有 1 天")
    ]
    assert differences(found, roster(), leave("001", MONDAY, TUESDAY)) == []


def test_half_a_day_of_approved_leave_is_half_a_day() -> None:
    found = attendance(totals=(MonthFact("001", MONDAY, SUNDAY, leave=(("事假", Decimal(8)),)),))
    assert differences(found, roster(), leave("001", half="am")) == [
        ("unapproved", "001", "", "考勤里请假 1 天，批准的只有 0.5 天")
    ]


def test_one_punch_on_a_day_of_approved_leave_is_told() -> None:
    told = differences(attendance(at("001", end=None, missing=1)), roster(duty("001", MONDAY)), leave("001"))
    assert told == [("unused", "001", "", "假已批准，但 08:25-? 有打卡")]


def test_days_that_are_not_published_say_nothing() -> None:
    assert differences(attendance(at("003")), roster(first=TUESDAY)) == []


# --- what happened ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("late", "kind"), [(1, "late"), (30, "late"), (31, "absence")])
def test_more_than_thirty_minutes_late_is_an_absence(late: int, kind: str) -> None:
    assert [(one.kind, one.minutes) for one in events(attendance(at("001", late=late)), AttendanceSettings())] == [
        (kind, late)
    ]


def test_events_of_a_day() -> None:
    found = attendance(at("001", early=5, missing=2), at("002", start=None, end=None, absent=Decimal("0.5")))
    assert [(one.kind, one.person, one.minutes, one.count) for one in events(found, AttendanceSettings())] == [
        ("early", "001", 5, 1), ("missing", "001", 0, 1), ("truancy", "002", 0, Decimal("0.5")),
    ]  # fmt: skip


def test_events_of_totals() -> None:
    total = MonthFact(
        "001",
        MONDAY,
        SUNDAY,
        late=2,
        late_minutes=25,
        severe=1,
        severe_minutes=45,
        truant=1,
        missing=3,
        absent=Decimal(1),
    )
    found = list(events(attendance(totals=(total,)), AttendanceSettings()))
    assert [(one.kind, one.day, float(one.count), one.minutes) for one in found] == [
        ("late", None, 2, 25), ("absence", None, 1, 45), ("absence", None, 1, 0), ("missing", None, 3, 0), ("truancy", None, 1, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(("severe_late", "kind"), [("absence", "absence"), ("late", "late")])
def test_what_severe_lateness_is_where_only_totals_are_known(severe_late: str, kind: str) -> None:
    found = attendance(totals=(MonthFact("001", MONDAY, SUNDAY, severe=2, severe_minutes=90),))
    assert [(one.kind, float(one.count)) for one in events(found, AttendanceSettings(severe_late=severe_late))] == [
        (kind, 2.0)
    ]


# --- the monthly quota ------------------------------------------------------------------------------------------------

DAYS = span(MONDAY, SUNDAY)


def beyond(settings: AttendanceSettings, *facts: DayFact) -> list[tuple[str, int | None, float]]:
    return [
        (use.kind, use.day.day if use.day else None, float(use.count))
        for use in quotas(attendance(*facts), settings)["001"].beyond
    ]


def away(day: date, kind: str = "事假") -> DayFact:
    return at("001", day, None, None, leave=((kind, Decimal(8)),))


def test_leave_beyond_four_is_over_the_quota() -> None:
    settings = AttendanceSettings(quota_leave=("事假",), quota_by="days", quota_rests=False)
    assert beyond(settings, *map(away, DAYS[:4])) == []
    assert beyond(settings, *map(away, DAYS[:6])) == [("leave", 13, 1), ("leave", 14, 1)]
    assert beyond(settings, *(away(day, "年假") for day in DAYS)) == []


def test_leave_by_times_is_one_for_days_without_a_gap() -> None:
    settings = AttendanceSettings(quota=1, quota_leave=("事假",), quota_by="times", quota_rests=False)
    assert beyond(settings, away(DAYS[0]), away(DAYS[1]), away(DAYS[2])) == []
    assert beyond(settings, away(DAYS[0]), away(DAYS[2])) == [("leave", 11, 1)]


def test_a_forgotten_punch_and_a_rest_day_use_the_quota_up() -> None:
    settings = AttendanceSettings(quota=2, quota_leave=("事假",), quota_by="days", quota_rests=True)
    rest = at("001", DAYS[6], None, None, rest=True)
    assert beyond(settings, rest, at("001", DAYS[0], missing=1)) == []
    assert beyond(settings, rest, at("001", DAYS[0], missing=1), away(DAYS[1])) == [("leave", 10, 1)]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("days", [("leave", None, 1.5), ("missing", None, 1.0)]),
        ("times", [("leave", None, 2.0), ("missing", None, 1.0)]),
    ],
)
def test_where_only_totals_are_known_the_quota_goes_by_them(by: str, expected: list[tuple[str, None, float]]) -> None:
    settings = AttendanceSettings(quota=3, quota_leave=("事假",), quota_by=by, quota_rests=True)
    total = MonthFact(
        "001", MONDAY, SUNDAY, rest=Decimal(2), missing=1, leave=(("事假", Decimal(20)), ("年假", Decimal(8)))
    )
    quota = quotas(attendance(totals=(total,)), settings)["001"]
    assert [(use.kind, use.day, float(use.count)) for use in quota.beyond] == expected
    assert [use.kind for use in quota.uses] == ["rest", "leave", "missing"]


# --- who wasn't online ------------------------------------------------------------------------------------------------


def offline_rows(*rows: tuple[object, ...]) -> Sheet:
    head = ("工号", "日期", "开始", "结束", "特别原因")
    return Sheet("pay.xlsx", "不在线", tuple(
        Row(number, tuple(Cell(value, f"{'ABCDE'[place]}{number}") for place, value in enumerate(row)))
        for number, row in enumerate((head, *rows), 1)
    ))  # fmt: skip


def test_not_online_counts_only_while_rostered() -> None:
    faults: list[Fault] = []
    notes: list[Fault] = []
    night = Shift("夜", "夜班", 1320, 1800, 480)
    board = roster(duty("001", MONDAY, meal=(690, 720)), duty("002", MONDAY, night))
    sheet = offline_rows(
        ("001", "2026-11-09", "8:00", "9:00", None),  # on duty from 8:30
        ("001", "2026-11-09", "11:00", "12:30", None),  # half an hour of it at table
        ("001", "2026-11-09", "11:45", None, None),  # at table
        ("001", "2026-11-09", "13:00", None, "断网"),
        ("001", "2026-11-10", "10:00", "11:00", None),  # a rest day
        ("002", "2026-11-10", "1:00", "1:20", None),  # in the night of Monday's duty
    )
    found = offline(read_rows(sheet, OFFLINE.columns, faults), PEOPLE, board, AttendanceSettings(), faults, notes)
    assert [(one.person, one.day.day, one.start, one.end, one.minutes, one.noon, one.excused) for one in found] == [
        ("001", 9, 510, 540, 30, False, ""), ("001", 9, 660, 750, 60, True, ""), ("001", 9, 780, 780, 0, True, "断网"),
        ("002", 9, 1500, 1520, 20, False, ""),
    ]  # fmt: skip
    assert [str(note) for note in notes] == [
        "pay.xlsx 不在线!C4 “11:45”: 张伟 那时不当班，或在吃饭：不算", "pay.xlsx 不在线!C6 “10:00”: 张伟 那时不当班，或在吃饭：不算",
    ]  # fmt: skip
    assert not faults


@pytest.mark.parametrize(
    ("start", "end", "noon"),
    [
        ("11:30", "12:01", True),
        ("11:30", "12:00", False),
        ("12:00", None, True),
        ("13:59", "15:00", True),
        ("14:00", None, False),
    ],
)
def test_what_is_noon(start: str, end: str | None, noon: bool) -> None:  # noqa: FBT001 - a case
    sheet = offline_rows(("001", "2026-11-09", start, end, None))
    (found,) = offline(
        read_rows(sheet, OFFLINE.columns, []), PEOPLE, roster(duty("001", MONDAY)), AttendanceSettings(), [], []
    )
    assert found.noon == noon


# --- what isn't chosen ------------------------------------------------------------------------------------------------


def test_what_a_desk_uses_and_has_not_chosen_is_told() -> None:
    total = MonthFact("001", MONDAY, SUNDAY, severe=2, leave=(("事假", Decimal(8)),))
    found = attendance(totals=(total,), overtime=(Overtime("001", 60, approval="export"),))
    settings = AttendanceSettings(hours=HoursSettings(systems={"兼职": "untimed"}))
    open_ = list(undecided(found, roster(duty("001", MONDAY, LATE)), settings))
    assert [fault.source.cell.removeprefix("attendance.") for fault in open_] == [
        "severe_late", "quota_rests", "quota_leave", "quota_by", "hours.auto_extend", "hours.rest_days",
        "hours.export_approves", "hours.untimed_holidays",
    ]  # fmt: skip


def test_what_a_desk_does_not_use_need_not_be_chosen() -> None:
    settings = AttendanceSettings(quota=0, hours=HoursSettings(rest_days="roster"))
    assert not list(undecided(attendance(at("001")), roster(duty("001", MONDAY, EARLY)), settings))
