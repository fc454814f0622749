"""Who goes and who comes, and when, whatever the roster looks like."""

from datetime import date, datetime
from pathlib import Path

import pytest
from handovers import DAY, MONDAY, PEOPLE, TUESDAY, House, house, posted

from cstools.handover.change import Change
from cstools.handover.changes import read_changes
from cstools.handover.forms.lists import staff
from cstools.language import Text, speak
from cstools.shifts import Shift
from cstools.team.leave import Leave

EARLY = Shift("早", "早班", 8 * 60, 16 * 60, 480)
MID = Shift("中", "中班", 12 * 60, 20 * 60, 480)
LATE = Shift("晚", "晚班", 16 * 60, 24 * 60, 480)
NIGHT = Shift("夜", "夜班", 24 * 60, 32 * 60, 480)
OFFICE = Shift("常", "常班", 9 * 60, 18 * 60, 480)
HOTLINE = Shift("热", "晚线", 18 * 60, 23 * 60, 300)


@pytest.fixture
def desk(tmp_path: Path) -> House:
    speak("en")
    return house(tmp_path)


def people(change: Change) -> tuple[list[str], list[str]]:
    return [worker.number for worker in change.outgoing], [worker.number for worker in change.relief]


def test_shifts_that_overlap_hand_over_in_the_overlap(desk: House) -> None:
    change = desk.changes.of(MONDAY, "白")
    assert people(change) == (["001", "002"], ["003", "004"])
    assert (change.at, change.ends, change.starts) == (
        datetime(2026, 11, 9, 16, 30),
        datetime(2026, 11, 9, 17, 0),
        datetime(2026, 11, 9, 16, 30),
    )
    assert change.sheet_due == datetime(2026, 11, 9, 16, 20)
    assert (change.written, change.rostered, change.key) == (False, True, "|2026-11-09|白")


def test_the_last_shift_of_a_day_hands_over_in_writing(desk: House) -> None:
    change = desk.changes.of(MONDAY, "晚")
    assert people(change) == (["003", "004"], ["001"])
    assert (change.at, change.written) == (datetime(2026, 11, 10, 0, 0), True)
    assert change.late_from == datetime(2026, 11, 10, 8, 30)


def test_the_last_shift_that_is_published_has_no_relief(desk: House) -> None:
    change = desk.changes.of(TUESDAY, "白")
    assert (people(change), change.written, change.starts) == ((["001"], []), True, None)


def test_a_shift_that_nobody_is_rostered_for_still_has_a_change(desk: House) -> None:
    change = desk.changes.of(TUESDAY, "晚")
    assert (change.rostered, people(change), change.at) == (False, ([], []), datetime(2026, 11, 11, 0, 0))
    unknown = desk.changes.of(date(2026, 11, 9), "没有")
    assert (unknown.rostered, people(unknown)[1]) == (False, ["001"])


def test_without_a_roster_there_is_still_a_change(tmp_path: Path) -> None:
    change = house(tmp_path, roster=()).changes.of(MONDAY, "白")
    assert (change.rostered, people(change)) == (False, ([], []))
    assert house(tmp_path, roster=()).changes.next_after(datetime(2026, 11, 9, 12)) is None


@pytest.mark.parametrize(
    ("moment", "day", "shift"),
    [
        ("2026-11-09 00:00", MONDAY, "白"),
        ("2026-11-09 16:29", MONDAY, "白"),
        ("2026-11-09 16:30", MONDAY, "晚"),
        ("2026-11-09 23:59", MONDAY, "晚"),
        ("2026-11-10 00:00", TUESDAY, "白"),
        ("2026-11-10 17:00", None, ""),
    ],
)
def test_the_next_change_after_a_moment(desk: House, moment: str, day: date | None, shift: str) -> None:
    change = desk.changes.next_after(datetime.fromisoformat(moment))
    assert (change.day, change.shift) == (day, shift) if change else day is None


def test_the_changes_between_two_moments(desk: House) -> None:
    found = desk.changes.between(datetime(2026, 11, 9, 16, 30), datetime(2026, 11, 10, 17, 0))
    assert [change.key for change in found] == ["|2026-11-09|晚", "|2026-11-10|白"]


@pytest.mark.parametrize(
    ("roster", "day", "shift", "relief", "at", "written"),
    [
        # Three shifts: the early one hands over to whoever starts when it ends, not to those there since noon.
        ([(EARLY, "001"), (MID, "002"), (LATE, "003")], MONDAY, "早", ["003"], "2026-11-09 16:00", False),
        ([(EARLY, "001"), (MID, "002"), (LATE, "003")], MONDAY, "中", ["003"], "2026-11-09 20:00", False),
        # Back to back: they meet only because the relief comes ten minutes early.
        ([(OFFICE, "001"), (HOTLINE, "002")], MONDAY, "常", ["002"], "2026-11-09 18:00", False),
        # Over midnight.
        ([(LATE, "003"), (NIGHT, "004")], MONDAY, "晚", ["004"], "2026-11-10 00:00", False),
        # One person a day, alone: written, and accepted by the same person tomorrow.
        ([(OFFICE, "001")], MONDAY, "常", ["001"], "2026-11-09 18:00", True),
    ],
)
def test_who_takes_over(
    tmp_path: Path, roster: list[tuple[Shift, str]], day: date, shift: str, relief: list[str], at: str, written: object
) -> None:
    cells = [posted(each, shift, person) for each in (MONDAY, TUESDAY) for shift, person in roster]
    change = house(tmp_path, roster=tuple(cells)).changes.of(day, shift)
    assert (people(change)[1], change.at, change.written) == (relief, datetime.fromisoformat(at), written)


def test_two_shifts_that_end_together_are_one_change(tmp_path: Path) -> None:
    cells = (
        posted(MONDAY, OFFICE, "001"),
        posted(MONDAY, Shift("白", "白班", 540, 1080, 480), "002"),
        posted(MONDAY, HOTLINE, "003"),
    )
    changes = house(tmp_path, roster=cells).changes
    (first, _) = changes.on(MONDAY)
    assert people(first) == (["001", "002"], ["003"])
    assert changes.of(MONDAY, "常") == changes.of(MONDAY, "白") == first


def test_who_receives_from_whom(desk: House) -> None:
    change = desk.change
    receivers = {number: worker.number for number in ("001", "002") if (worker := change.receiver(number))}
    assert receivers == {"001": "004", "002": "003"}  # the post, else the incoming 组长
    assert change.receiver("009") is None


def test_seats_that_nobody_takes(desk: House) -> None:
    assert desk.change.empty_seats() == ()
    desk.alter("absent", {(MONDAY, "004"): None})
    assert [worker.number for worker in desk.change.empty_seats()] == ["001"]
    assert [worker.number for worker in desk.changes.of(MONDAY, "晚").empty_seats()] == ["003"]


def test_a_swap_is_told_with_the_change_it_touches(desk: House) -> None:
    cells = {(MONDAY, "002"): None, (MONDAY, "009"): posted(MONDAY, DAY, "009")}
    desk.alter("substitute", dict(cells), note="发烧")
    change = desk.change
    assert people(change) == (["001", "009"], ["003", "004"])
    told = [(str(line.what), line.person.name, line.note) for line in change.staff]
    assert told == [("stands in: 白班 → off", "王芳", "发烧"), ("stands in: off → 白班", "周主管", "发烧")]
    assert desk.changes.of(MONDAY, "晚").staff == ()
    assert isinstance(change.staff[0].what, Text)


def test_leave_is_told_with_the_changes_of_its_days_and_a_rostered_one_is_an_alarm(desk: House) -> None:
    leave = (
        Leave("009", MONDAY, date(2026, 11, 13), kind="年假"),
        Leave("002", MONDAY, MONDAY, "pm", "事假"),
        Leave("004", MONDAY, MONDAY, "am", "病假"),  # her shift begins after it
        Leave("003", TUESDAY, TUESDAY, kind="病假"),
        Leave("001", MONDAY, MONDAY, kind="事假", approved=False),
    )
    change = read_changes(desk.journal, PEOPLE, desk.settings, "", leave).of(MONDAY, "白")
    told = [(line.mark, line.words, line.facts) for line in staff(change.staff, change.at)]
    assert told == [
        ("", "周主管: on leave: 年假", ("11-09–11-13",)),
        (
            "▲",
            "王芳: on leave: 事假 (afternoon), yet rostered for 白班: record the absence or who stands in",
            ("11-09",),
        ),
        ("", "赵敏: on leave: 病假 (morning)", ("11-09",)),
    ]


def test_a_group_is_told_only_of_its_own_leave_and_changes(desk: House) -> None:
    desk.alter("absent", {(MONDAY, "004"): None})
    leave = (Leave("009", MONDAY, MONDAY, kind="年假"),)
    assert read_changes(desk.journal, PEOPLE, desk.settings, "一组", leave).of(MONDAY, "白").staff == ()


def test_a_group_has_its_own_changes(desk: House) -> None:
    mine = read_changes(desk.journal, (), desk.settings, "一组")
    assert not mine.of(MONDAY, "白").rostered
    assert mine.of(MONDAY, "白").key == "一组|2026-11-09|白"


def test_a_long_overlap_hands_over_at_the_end(tmp_path: Path) -> None:
    cells = (posted(MONDAY, MID, "001"), posted(MONDAY, LATE, "002"))
    assert house(tmp_path, roster=cells).changes.of(MONDAY, "中").at == datetime(2026, 11, 9, 20, 0)
