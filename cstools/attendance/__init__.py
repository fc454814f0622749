"""What was worked: exports of DingTalk and WeCom, and the desk's own sheet, as facts by day and by period."""

from cstools.attendance.choices import undecided
from cstools.attendance.compare import Difference, compare
from cstools.attendance.events import Event, events
from cstools.attendance.facts import Attendance, Conflict, DayFact, MonthFact, Overtime, Unmatched
from cstools.attendance.offline import Offline, offline
from cstools.attendance.quota import Quota, Use, quotas
from cstools.attendance.reading import Asked, files, read_attendance
from cstools.attendance.settings import AttendanceSettings, HoursSettings
from cstools.attendance.sheets import ATTENDANCE, OFFLINE, OVERTIME

__all__ = [
    "ATTENDANCE", "OFFLINE", "OVERTIME",
    "Asked", "Attendance",
    "AttendanceSettings", "Conflict", "DayFact", "Difference", "Event", "HoursSettings", "MonthFact",
    "Offline", "Overtime", "Quota", "Unmatched", "Use", "compare", "events", "files", "offline", "quotas",
    "read_attendance", "undecided",
]  # fmt: skip
