"""Hours by the rates of the law: overtime by approval, rest days, statutory days, cycles; pay-law.md's E6."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from attendances import EARLY, LATE, MONDAY, person

from cstools.attendance import Attendance, DayFact, HoursSettings, MonthFact, Overtime
from cstools.days import Calendar, UnknownYear, span
from cstools.duties import Board, Facts, Posted, board, record
from cstools.hours import Cycle, Hours, Planned, Rate, count_hours
from cstools.journal import Journal
from cstools.people import Person
from cstools.shifts import Duty, Shift

ZHANG = person("001", "张伟", contract="全职")
CALENDAR = Calendar()
BY_CALENDAR = HoursSettings(rest_days="calendar")
BY_ROSTER = HoursSettings(rest_days="roster")
NIGHT = Shift("夜", "夜班", 22 * 60, 30 * 60, 420)
NO_BOARD = Planned(Board())


def overtime(day: date, minutes: int, span: tuple[int, int] | None = None, *, by: str = "经理", approved: datetime | None = None, off: bool = False) -> Overtime:  # fmt: skip
    """Overtime approved the evening before, if nothing else is said."""
    told = approved or datetime(day.year, day.month, day.day) - timedelta(hours=6)
    return Overtime("001", minutes, day, "", span, "sheet" if by else "", by, told if by else None, off)


def worked(*facts: DayFact, rows: tuple[Overtime, ...] = (), first: date = MONDAY, last: date = MONDAY + timedelta(days=6)) -> Attendance:  # fmt: skip
    days = {(fact.person, fact.day): fact for fact in facts}
    return Attendance(
        first, last, days, {"001": MonthFact("001", first, last)}, rows, covered=frozenset(span(first, last))
    )


def at(day: date, start: int | None = 505, end: int | None = 1020, **more: object) -> DayFact:
    return DayFact("001", day, start, end, **more)  # type: ignore[arg-type] # fields by their names


def planned(*duties: tuple[date, Shift], first: date = MONDAY, last: date = MONDAY + timedelta(days=6)) -> Planned:
    cells = {(day, "001"): Posted.of(Duty(day, shift.code, "001"), shift) for day, shift in duties}
    return Planned(Board(frozenset(span(first, last)), cells))


def count(attendance: Attendance, roster: Planned = NO_BOARD, settings: HoursSettings = BY_CALENDAR, cycle: Cycle | None = None, who: Person = ZHANG) -> Hours:  # fmt: skip
    return count_hours([who], attendance, roster, CALENDAR, settings, cycle)


def rates(hours: Hours) -> dict[int, int]:
    """Minutes by rate, those of nought left out."""
    all_rates: tuple[Rate, ...] = (0, 100, 150, 200, 300)
    return {rate: minutes for rate in all_rates if (minutes := hours.minutes("001", rate))}


def reasons(hours: Hours, rate: Rate = 0) -> list[str]:
    return [str(entry.why) for entry in hours.of("001", rate)]


# --- pay-law.md -------------------------------------------------------------------------------------------------------


def test_e6_two_hours_on_a_workday_three_on_a_rest_day_three_on_new_year() -> None:
    rows = (overtime(date(2026, 1, 5), 120), overtime(date(2026, 1, 10), 180), overtime(date(2026, 1, 1), 180))
    hours = count(worked(rows=rows, first=date(2026, 1, 1), last=date(2026, 1, 31)))
    assert rates(hours) == {150: 120, 200: 180, 300: 180}
    an_hour = Decimal(21750) / Decimal("21.75") / 8
    assert [an_hour * minutes / 60 * rate / 100 for rate, minutes in rates(hours).items()] == [375, 750, 1125]


def test_a_make_up_workday_is_a_workday_and_a_moved_day_off_a_rest_day() -> None:
    """2026: 4 January is worked for the 2nd, which is off and no statutory day."""
    rows = (overtime(date(2026, 1, 4), 60), overtime(date(2026, 1, 2), 60))
    assert rates(count(worked(rows=rows, first=date(2026, 1, 1), last=date(2026, 1, 31)))) == {150: 60, 200: 60}


def test_an_unknown_year_is_refused() -> None:
    day = date(2027, 3, 1)
    with pytest.raises(UnknownYear):
        count(worked(rows=(overtime(day, 60),), first=day, last=day))


# --- a duty's own hours -----------------------------------------------------------------------------------------------


def test_a_duty_as_planned_is_normal_work() -> None:
    assert rates(count(worked(at(MONDAY)), planned((MONDAY, EARLY)))) == {100: 480}


@pytest.mark.parametrize(
    ("fact", "minutes"),
    [
        (at(MONDAY, late=20, early=10), 450),
        (at(MONDAY, missing=1, end=None), 480),
        (at(MONDAY, leave=(("事假", Decimal(2)),)), 360),
        (at(MONDAY, None, None, leave=(("事假", Decimal(8)),)), 0),
        (at(MONDAY, None, None, absent=Decimal(1)), 0),
        (at(MONDAY, absent=Decimal("0.5")), 240),
        (at(MONDAY, None, None, rest=True), 0),
        (at(MONDAY, None, None, missing=2), 0),
        (at(MONDAY + timedelta(days=1)), 0),
    ],
)
def test_what_was_missed_is_no_work(fact: DayFact, minutes: int) -> None:
    assert count(worked(fact), planned((MONDAY, EARLY))).minutes("001", 100) == minutes


def test_without_days_in_attendance_a_duty_counts_as_planned() -> None:
    hours = count(worked(), planned((MONDAY, EARLY)))
    assert (rates(hours), reasons(hours, 100)) == ({100: 480}, ["白班，按班表"])


def test_a_duty_on_a_statutory_day_is_paid_threefold() -> None:
    day = date(2026, 10, 1)
    assert rates(count(worked(at(day), first=day, last=day), planned((day, EARLY), first=day, last=day))) == {300: 480}


def test_a_night_into_a_holiday_is_threefold_from_midnight_and_out_of_it_until_midnight() -> None:
    last, first = date(2026, 9, 30), date(2026, 10, 3)
    for day, expected in ((last, {100: 105, 300: 315}), (first, {200: 315, 300: 105})):
        facts = worked(at(day, 22 * 60, 30 * 60), first=day, last=day)
        assert rates(count(facts, planned((day, NIGHT), first=day, last=day))) == expected


SATURDAY = MONDAY + timedelta(days=5)


def test_which_days_are_rest_days_is_the_desks_choice() -> None:
    roster = planned((SATURDAY, EARLY))
    assert rates(count(worked(at(SATURDAY)), roster, BY_CALENDAR)) == {200: 480}
    assert rates(count(worked(at(SATURDAY)), roster, BY_ROSTER)) == {100: 480}
    assert rates(count(worked(rows=(overtime(MONDAY, 120),)), roster, BY_ROSTER)) == {200: 120, 100: 480}


def test_rest_day_work_for_which_a_rest_is_owed_is_normal_work() -> None:
    roster = Planned(planned((SATURDAY, EARLY)).board, owed=frozenset({(SATURDAY, "001")}))
    assert rates(count(worked(at(SATURDAY)), roster)) == {100: 480}


def test_whoever_stands_in_on_a_rest_day_of_the_roster_has_worked_on_a_rest_day(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.db")
    other = Posted.of(Duty(MONDAY, "白", "002"), EARLY)
    with journal.writing(by="组长", now=datetime(2026, 11, 1)) as book:
        published = Board().published(frozenset({MONDAY}), [other], {})
        record(book, Facts("published"), published)
        mine = Posted.of(Duty(MONDAY, "白", "001"), EARLY)
        record(book, Facts("substitute"), published.changed({(MONDAY, "001"): mine, (MONDAY, "002"): None}))
    roster = Planned.of(journal)
    assert roster.board == board(journal)
    assert rates(count(worked(at(MONDAY)), roster, BY_ROSTER)) == {200: 480}


def test_whoever_is_published_anew_was_not_called_in(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.db")
    mine, other = (Posted.of(Duty(MONDAY, "白", number), EARLY) for number in ("001", "002"))
    with journal.writing(by="组长", now=datetime(2026, 11, 1)) as book:
        published = Board().published(frozenset({MONDAY}), [other], {})
        record(book, Facts("published"), published)
        record(book, Facts("substitute"), published.changed({(MONDAY, "001"): mine, (MONDAY, "002"): None}))
        record(book, Facts("published"), published)
        record(book, Facts("published"), published.published(frozenset({MONDAY}), [mine], {}))
    assert not Planned.of(journal).called


def test_a_duty_says_what_was_missed() -> None:
    fact = at(MONDAY, late=20, early=10, leave=(("事假", Decimal("1.5")),))
    assert reasons(count(worked(fact), planned((MONDAY, EARLY))), 100) == [
        "白班，迟到 20 分钟，早退 10 分钟，事假 1.5 h"
    ]


# --- overtime ---------------------------------------------------------------------------------------------------------


def test_overtime_counts_where_it_was_approved_before_it_began() -> None:
    span_ = (1020, 1140)
    for row, minutes, why in (
        (overtime(MONDAY, 120, span_), 120, ""),
        (overtime(MONDAY, 120, span_, approved=datetime(2026, 11, 9, 17, 0)), 120, ""),
        (
            overtime(MONDAY, 120, span_, approved=datetime(2026, 11, 9, 17, 1)),
            0,
            "2026-11-09 17:01 才批准，加班已经开始",
        ),
        (overtime(MONDAY, 120, span_, by=""), 0, "没有人批准的加班"),
        (Overtime("001", 120, MONDAY, "", span_, "sheet", "经理"), 0, "经理 批准了，但没写什么时候"),
        (overtime(MONDAY, 120, span_, off=True), 0, "补休，不给加班费"),
    ):
        hours = count(worked(at(MONDAY, end=1140), rows=(row,)), planned((MONDAY, EARLY)))
        assert (hours.minutes("001", 150), reasons(hours)) == (minutes, [why] if why else [])
        assert hours.minutes("001", 100) == 480


def test_no_time_off_stands_for_a_statutory_day() -> None:
    day = date(2026, 10, 1)
    assert rates(count(worked(rows=(overtime(day, 60, off=True),), first=day, last=day))) == {300: 60}


@pytest.mark.parametrize(
    ("row", "minutes"),
    [
        (overtime(MONDAY, 180, (1020, 1200)), 100),  # gone at 18:40
        (overtime(MONDAY, 120, (990, 1110)), 90),  # its first half hour is duty
        (overtime(MONDAY, 240), 115),  # 100 minutes after the duty, 15 before it
        (overtime(MONDAY, 60), 60),
    ],
)
def test_overtime_is_at_most_what_the_punches_show(row: Overtime, minutes: int) -> None:
    hours = count(worked(at(MONDAY, 495, 1120), rows=(row,)), planned((MONDAY, EARLY)))
    assert hours.minutes("001", 150) == minutes


def test_two_rows_of_the_same_time_count_once() -> None:
    rows = (overtime(MONDAY, 120, (1020, 1140)), overtime(MONDAY, 120, (1080, 1200)))
    assert count(worked(at(MONDAY, end=1200), rows=rows), planned((MONDAY, EARLY))).minutes("001", 150) == 180


@pytest.mark.parametrize(("auto", "minutes", "why"), [
    (True, {100: 420, 150: 40}, "晚班顺延到 24:40"), (False, {0: 40, 100: 420}, "晚班顺延到 24:40：不自动算加班"),
])  # fmt: skip
def test_an_open_ended_shift_goes_on(*, auto: bool, minutes: dict[int, int], why: str) -> None:
    hours = count(
        worked(at(MONDAY, 985, 1480)), planned((MONDAY, LATE)), HoursSettings(auto_extend=auto, rest_days="calendar")
    )
    assert rates(hours) == minutes
    assert reasons(hours, 150 if auto else 0) == [why]


def test_going_on_and_an_approval_for_the_same_time_count_once() -> None:
    facts = worked(at(MONDAY, 985, 1500), rows=(overtime(MONDAY, 120, (1440, 1560)), overtime(MONDAY, 45)))
    assert (
        count(facts, planned((MONDAY, LATE)), HoursSettings(auto_extend=True, rest_days="calendar")).minutes("001", 150)
        == 60
    )


def test_a_closed_shift_does_not_go_on_by_itself() -> None:
    assert rates(
        count(
            worked(at(MONDAY, end=1100)),
            planned((MONDAY, EARLY)),
            HoursSettings(auto_extend=True, rest_days="calendar"),
        )
    ) == {100: 480}


@pytest.mark.parametrize(("approves", "expected"), [(True, {150: 60, 200: 90}), (False, {0: 150}), (None, {0: 150})])
def test_an_exports_overtime_counts_where_the_desk_trusts_it(
    *, approves: bool | None, expected: dict[int, int]
) -> None:
    rows = (
        Overtime("001", 60, None, "workday", approval="export"),
        Overtime("001", 90, None, "rest", approval="export"),
    )
    assert (
        rates(count(worked(rows=rows), settings=HoursSettings(export_approves=approves, rest_days="calendar")))
        == expected
    )


def test_an_exports_total_without_a_kind_of_day_is_not_paid_but_told() -> None:
    hours = count(worked(rows=(Overtime("001", 60, approval="export"),)), settings=HoursSettings(export_approves=True))
    assert reasons(hours) == ["报表没有写明是哪种日子的加班"]


@pytest.mark.parametrize(
    ("unit", "minimum", "paid", "cut"),
    [(1, 0, 70, 0), (30, 0, 60, 10), (1, 60, 70, 0), (1, 90, 0, 70), (30, 61, 60, 10)],
)
def test_units_and_a_minimum(unit: int, minimum: int, paid: int, cut: int) -> None:
    settings = HoursSettings(rest_days="calendar", unit=unit, minimum=minimum)
    hours = count(worked(rows=(overtime(MONDAY, 70),)), settings=settings)
    assert (hours.minutes("001", 150), hours.minutes("001", 0)) == (paid, cut)


# --- systems of working hours -----------------------------------------------------------------------------------------

WEEK = span(MONDAY, MONDAY + timedelta(days=6))
CYCLE = HoursSettings(rest_days="calendar", systems={"全职": "cycle"})


def test_a_cycle_pays_what_lies_over_its_total_and_no_rest_days() -> None:
    """Six days of 8 hours in a week with five workdays: the sixth, on Saturday, is over the total."""
    six = [(day, EARLY) for day in WEEK[:6]]
    hours = count(worked(*(at(day) for day in WEEK[:6])), planned(*six), CYCLE)
    assert rates(hours) == {100: 2400, 150: 480}
    assert [entry.day for entry in hours.of("001", 150)] == [SATURDAY]
    five = count(worked(*(at(day) for day in WEEK[1:6])), planned(*six[1:]), CYCLE)
    assert rates(five) == {100: 2400}  # Saturday for Monday: normal work


def test_a_cycles_leave_makes_its_total_smaller() -> None:
    facts = worked(*(at(day) for day in WEEK[1:6]), at(MONDAY, None, None, leave=(("年假", Decimal(8)),)))
    facts = Attendance(
        facts.first,
        facts.last,
        facts.days,
        {"001": MonthFact("001", MONDAY, WEEK[6], leave=(("年假", Decimal(8)),))},
        covered=facts.covered,
    )
    assert rates(count(facts, planned(*((day, EARLY) for day in WEEK[:6])), CYCLE)) == {100: 1920, 150: 480}


def test_a_cycle_is_paid_when_it_ends() -> None:
    facts = worked(*(at(day) for day in WEEK[:6]))
    roster = planned(*((day, EARLY) for day in WEEK[:6]))
    longer = Cycle(MONDAY, WEEK[6] + timedelta(days=7))
    assert rates(count(facts, roster, CYCLE, longer)) == {100: 2880}
    ends = Cycle(MONDAY - timedelta(days=7), WEEK[6], {"001": 2880})
    assert rates(count(facts, roster, CYCLE, ends)) == {100: 1920, 150: 960}


def test_a_cycle_pays_statutory_days_threefold() -> None:
    day = date(2026, 10, 1)
    assert rates(count(worked(at(day), first=day, last=day), planned((day, EARLY), first=day, last=day), CYCLE)) == {
        300: 480
    }


@pytest.mark.parametrize(("holidays", "rate"), [(True, 300), (False, 100)])
def test_irregular_hours_have_no_overtime(*, holidays: bool, rate: int) -> None:
    settings = HoursSettings(rest_days="calendar", systems={"全职": "untimed"}, untimed_holidays=holidays)
    hours = count(worked(at(SATURDAY), rows=(overtime(MONDAY, 60),)), planned((SATURDAY, EARLY)), settings)
    assert (rates(hours), reasons(hours)) == ({0: 60, 100: 480}, ["经理 批准的加班，但不定时工时不算加班"])
    day = date(2026, 10, 1)
    assert rates(count(worked(at(day), first=day, last=day), planned((day, EARLY), first=day, last=day), settings)) == {
        rate: 480
    }


def test_a_persons_own_system_comes_before_the_contracts() -> None:
    facts, roster = worked(at(SATURDAY)), planned((SATURDAY, EARLY))
    hours = count_hours([ZHANG], facts, roster, CALENDAR, CYCLE, systems={"001": "standard"})
    assert rates(hours) == {200: 480}


# --- limits -----------------------------------------------------------------------------------------------------------


def test_limits_of_the_law_are_warnings() -> None:
    rows = (*tuple(overtime(day, 240) for day in WEEK[:5]), overtime(SATURDAY, 1000))
    hours = count(
        worked(*(at(day, None, None, worked=480) for day in WEEK[:6]), rows=rows),
        planned(*((day, EARLY) for day in WEEK[:6])),
        BY_ROSTER,
    )
    told = [str(one.what) for one in hours.warnings]
    assert told[0] == "一天加班 4 小时，法定上限 3"
    assert told[-2:] == ["2026-11-09 周一 那一周 48 小时，法定 40", "本期加班 36.67 小时，法定每月 36"]


def test_work_on_rest_days_counts_towards_the_months_limit() -> None:
    months = worked(rows=(overtime(SATURDAY, 1200), overtime(WEEK[6], 961)))
    assert [str(one.what) for one in count(months).warnings] == ["本期加班 36.02 小时，法定每月 36"]
    assert not count(worked(rows=(overtime(SATURDAY, 1200), overtime(WEEK[6], 960)))).warnings


def test_whoever_left_has_no_hours_after_it() -> None:
    left = person("001", "张伟", left=MONDAY)
    facts = worked(at(MONDAY), at(WEEK[1]))
    assert rates(count(facts, planned((MONDAY, EARLY), (WEEK[1], EARLY)), who=left)) == {100: 480}
