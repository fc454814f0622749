"""When to make sheets, as lines for cron and for the Windows Task Scheduler, with absolute paths."""

import shlex
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from cstools.desk import Desk
from cstools.handover.changes import Changes
from cstools.language import Text
from cstools.team import Team

AHEAD = 14  # days whose changes tell the times
EARLY = 5  # minutes before the relief arrives


def clock_times(changes: Changes, team: Team, today: date) -> tuple[set[time], set[time]]:
    """When sheets are due and when changes are, by the desk's wall clock: of the days published from today on.

    Where none is, of the shifts in sheet 班次: each is relieved when it ends.
    """
    first = datetime.combine(today, time())
    found = changes.between(first, first + timedelta(days=AHEAD))
    if found:
        dues, ends = {change.sheet_due for change in found}, {change.at for change in found}
    else:
        ends = {first + timedelta(minutes=shift.end) for shift in team.shifts.on(today).values()}
        dues = {end - timedelta(minutes=changes.settings.arrive_before) for end in ends}
    early = {due - timedelta(minutes=EARLY) for due in dues}
    return {moment.time() for moment in early}, {moment.time() for moment in ends}


def lines(desk: Desk, changes: Changes, team: Team, *, windows: bool = sys.platform == "win32") -> Iterator[str]:
    """The lines: each sheet a few minutes before the relief arrives, and at the change itself, when it is final."""
    dues, ends = (sorted(_here(clock, desk) for clock in clocks) for clocks in clock_times(changes, team, desk.today()))
    zone = Text("times of this computer’s clock; the desk’s is {zone}", zone=desk.settings.zone)
    other = Text("crontab:") if windows else Text("Windows Task Scheduler:")
    yield f"# {zone}"
    cron = [*_cron(desk, dues, "--next --catch-up"), *_cron(desk, ends, "--catch-up")]
    tasks = [*_tasks(desk, dues, "--next --catch-up"), *_tasks(desk, ends, "--catch-up")]
    yield from tasks if windows else cron
    yield f"# {other}"
    yield from (f"# {line}" for line in (cron if windows else tasks))


def _here(clock: time, desk: Desk) -> time:
    """A time of the desk's clock as this computer's tells it."""
    there = datetime.combine(desk.today(), clock, ZoneInfo(desk.settings.zone))
    return there.astimezone().time()


def _words(desk: Desk, what: str) -> Iterator[str]:
    yield from (sys.executable, "-m", "cstools", "--desk", str(Path(desk.folder).absolute()), "handover", "sheet")
    yield from what.split()


def _cron(desk: Desk, clocks: Iterable[time], what: str) -> Iterator[str]:
    command = shlex.join(_words(desk, what)).replace("%", r"\%")  # cron makes line ends of %
    return (f"{clock.minute} {clock.hour} * * * {command}" for clock in clocks)


def _tasks(desk: Desk, clocks: Iterable[time], what: str) -> Iterator[str]:
    command = " ".join(rf"\"{word}\"" if " " in word or "\\" in word else word for word in _words(desk, what))
    for clock in clocks:
        name = f"cstools {desk.folder.name} {clock:%H-%M}"
        yield f'schtasks /Create /F /SC DAILY /ST {clock:%H:%M} /TN "{name}" /TR "{command}"'
