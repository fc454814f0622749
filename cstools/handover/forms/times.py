"""Times as a sheet tells them: as short as they stay clear beside the time of the change."""

from datetime import date, datetime, time, timedelta
from typing import Final

from cstools.handover.sheet import ShiftLine
from cstools.language import WEEKDAYS, Text

HALF_A_DAY: Final = timedelta(hours=12)


def clock(moment: datetime, now: datetime) -> str:
    """18:30 on the day of the change or shortly before it, 11-09 18:30 on another day, with the year in another."""
    if moment.date() == now.date() or timedelta() <= now - moment < HALF_A_DAY:
        return f"{moment:%H:%M}"
    return f"{moment:%m-%d %H:%M}" if moment.year == now.year else f"{moment:%Y-%m-%d %H:%M}"


def short_day(day: date, now: datetime) -> str:
    """11-09, with the year in another year."""
    return f"{day:%m-%d}" if day.year == now.year else day.isoformat()


def ending(end: datetime, day: date) -> str:
    """A shift's end seen from its day: 17:00, 24:00, or 08:00 of the next day."""
    midnight = datetime.combine(day + timedelta(days=1), time())
    if end < midnight:
        return f"{end:%H:%M}"
    return "24:00" if end == midnight else str(Text("next day {time}", time=f"{end:%H:%M}"))


def span(shift: ShiftLine) -> str:
    """Its name, day and hours: 晚班 11-09 周一 16:30–24:00."""
    weekday = Text(WEEKDAYS[shift.day.weekday()])
    hours = f"{shift.starts:%H:%M}–{ending(shift.ends, shift.day)}"
    return f"{shift.name or shift.code} {shift.day:%m-%d} {weekday} {hours}"
