"""What the sources leave open and this desk hasn't chosen yet, though its attendance depends on it."""

from collections.abc import Collection, Iterator

from cstools.attendance.facts import Attendance
from cstools.attendance.settings import AttendanceSettings
from cstools.desk.settings import SETTINGS
from cstools.duties import Board
from cstools.errors import Fault, Source
from cstools.language import Text


def undecided(
    attendance: Attendance, board: Board, settings: AttendanceSettings, systems: Collection[str] = ()
) -> Iterator[Fault]:
    """A fault for each setting without a default that matters for this period and isn't chosen.

    ``systems``: the systems of working hours that people have besides their contracts'.
    """
    hours, posted = settings.hours, board.within(attendance.first, attendance.last)
    leave = any(total.leave for total in attendance.months.values())
    severe = any(total.severe for person, total in attendance.months.items() if not attendance.daily(person))
    needed = (
        ("severe_late", not settings.severe_late and severe, Text("“late” or “absence”")),
        ("quota_rests", settings.quota_rests is None and bool(settings.quota), Text("true or false")),
        ("quota_leave", settings.quota_leave is None and leave, Text('a list of kinds such as ["事假"]')),
        ("quota_by", not settings.quota_by and leave, Text("“times” or “days”")),
        ("hours.auto_extend", hours.auto_extend is None and any(one.shift.open_ended for one in posted),
         Text("true or false")),
        ("hours.rest_days", not hours.rest_days and bool(posted), Text("“roster” or “calendar”")),
        ("hours.export_approves", hours.export_approves is None
         and any(one.approval == "export" for one in attendance.overtime), Text("true or false")),
        ("hours.untimed_holidays", hours.untimed_holidays is None and "untimed" in {*hours.systems.values(), *systems},
         Text("true or false")),
    )  # fmt: skip
    for key, open_, right in needed:
        if open_:
            yield Fault(Source(SETTINGS, cell=f"attendance.{key}"), None, Text("this isn't chosen yet"), right)
