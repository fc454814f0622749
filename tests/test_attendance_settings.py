"""Section [attendance]: what may stand in it, and what is told of the rest."""

import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from cstools.attendance import AttendanceSettings
from cstools.desk.settings import read_settings

if TYPE_CHECKING:
    from cstools.errors import Fault


def settings(text: str) -> tuple[AttendanceSettings, list[str]]:
    faults: list[Fault] = []
    found = read_settings(AttendanceSettings, tomllib.loads(text), faults, "attendance.")
    return found, [str(fault) for fault in faults]


def test_everything_that_may_be_set() -> None:
    found, faults = settings(
        """
        files = ["打卡/*.csv"]
        leave_words = ["育儿"]
        leave_day = 7.5
        grace = 5
        absent_after = 20
        severe_late = "absence"
        quota = 3
        quota_rests = false
        quota_leave = ["事假"]
        quota_by = "days"
        noon = ["11:30", "13:30"]
        columns = { start = "签到" }
        totals = { late = "迟到" }
        units = { "休息日加班" = "小时" }
        words = { "公干" = "normal" }
        [hours]
        auto_extend = true
        rest_days = "roster"
        export_approves = false
        systems = { "兼职" = "untimed" }
        untimed_holidays = true
        unit = 30
        minimum = 60
        """
    )
    assert not faults
    assert (found.leave_day, found.noon, dict(found.units)) == (Decimal("7.5"), (690, 810), {"休息日加班": "小时"})
    assert (found.hours.auto_extend, found.hours.unit, dict(found.hours.systems)) == (True, 30, {"兼职": "untimed"})


def test_nothing_that_the_sources_leave_open_is_chosen_by_us() -> None:
    found, _ = settings("")
    assert (found.severe_late, found.quota_rests, found.quota_leave, found.quota_by) == ("", None, None, "")
    hours = found.hours
    assert (hours.auto_extend, hours.rest_days, hours.export_approves, hours.untimed_holidays) == (None, "", None, None)


@pytest.mark.parametrize(
    "line",
    [
        "leave_day = 0", 'leave_day = "8"', 'severe_late = "maybe"', 'noon = ["14:00", "12:00"]', 'noon = ["12:00"]',
        'units = { a = "周" }', 'words = { a = "gone" }', "columns = { start = 1 }", "quota = -1", 'quota_leave = "事假"',
        "hours = { unit = 0 }", 'hours = { rest_days = "never" }', "hours = { auto_extend = 1 }",
        'hours = { systems = { a = "b" } }', "graces = 1",
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_line(line: str) -> None:
    found, faults = settings(line)
    assert len(faults) == 1
    assert faults[0].startswith("cstools.toml attendance.")
    assert found == AttendanceSettings()
