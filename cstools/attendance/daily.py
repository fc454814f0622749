"""Reports of days: a row for each person and day, or for each punch."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from cstools.attendance.day_facts import Told, day_fact
from cstools.attendance.facts import DayFact
from cstools.attendance.leaves import leaves, overtimes
from cstools.attendance.lines import Lines, Part
from cstools.attendance.words import UNKNOWN, Said, is_rest
from cstools.days import DAY, Minutes, read_day, read_time
from cstools.errors import Source
from cstools.tables import kinds
from cstools.tables.grid import Row
from cstools.tables.kinds import Kind

PARTS: Final = (1, 2, 3)  # of a day, each with its own punches
_DATE: Final = re.compile(r"^(\d{2,4}[-/.]\d{1,2}[-/.]\d{1,2})\s+(?=\d{1,2}:)")


def _read_day(value: object) -> date:
    """A day, also as DingTalk writes it: ``26-03-01 星期日``."""
    return read_day(f"20{value}" if isinstance(value, str) and re.match(r"\d\d-\d", value.strip()) else value)


day: Final = Kind(_read_day, kinds.day.wrong, kinds.day.right)


def punch_of(on: date) -> Kind:
    """A time of day of ``on``, maybe with its own date before it (after midnight it is the next one's)."""

    def read(value: object) -> Minutes:
        dated = _DATE.match(value.strip()) if isinstance(value, str) else None
        if isinstance(value, datetime) and value.year > 1900:  # noqa: PLR2004 - Excel's times are of its day 0 or 1
            minutes = int((value - datetime.combine(on, time())).total_seconds()) // 60
        elif dated and isinstance(value, str):
            minutes = (_read_day(dated[1]) - on).days * DAY + read_time(value.strip()[dated.end() :])
        else:
            minutes = read_time(value)
        if not 0 <= minutes <= 2 * DAY:
            raise ValueError(value)
        return minutes

    return Kind(read, kinds.time_of_day.wrong, kinds.time_of_day.right)


def read_daily(lines: Lines) -> Part:
    """A row for each person and day: DingTalk's 每日统计, WeCom's 日报."""
    part = Part(lines.sheet.source(), rank=3, made=lines.title.made)
    if lines.title.first and lines.title.last:
        part.period = lines.title.first, lines.title.last
    for row in lines:
        on = lines.value(row, lines.places["day"], day)
        person = lines.person(row, on, on) if on else None
        if on and person:
            part.days.append(_fact(lines, row, person.number, on))
            part.overtime += overtimes(lines, row, person.number, on)
    return part


def _fact(lines: Lines, row: Row, person: str, on: date) -> DayFact:
    said = _said(lines, row)
    start, end = _punches(lines, row, on)
    late = (lines.minutes(row, "late_minutes") or 0) + (lines.minutes(row, "severe_minutes") or 0)
    early = lines.minutes(row, "early_minutes") or 0
    missing = sum(lines.count(row, key) for key in ("missing", "missing_in", "missing_out"))
    said = replace(
        said, start=start, end=end, planned=lines.text(row, "shift"), late=late or said.late, early=early or said.early,
        missing=missing or said.missing, absent=min(lines.days(row, "absent") or said.absent, Decimal(1)),
    )  # fmt: skip
    fact = day_fact(lines.job, person, on, said, lines.source(row), Told())
    return replace(fact, leave=leaves(lines, row) or fact.leave, worked=lines.minutes(row, "worked"))


def _said(lines: Lines, row: Row) -> Said:
    """The results' words, and what the name of the shift tells of a rest."""
    keys = ("result", *(f"{way}{part}_result" for part in PARTS for way in ("in", "out")))
    words = ";".join(filter(None, (lines.text(row, key) for key in keys)))
    said = lines.said(words, lines.source(row, lines.places.get("result") or lines.places.get("in1_result")))
    return replace(said, rest=said.rest or is_rest(lines.text(row, "shift")))


def _punches(lines: Lines, row: Row, on: date) -> tuple[Minutes | None, Minutes | None]:
    """The day's first and last punch; a last one before the first is the next day's."""
    keys = {way: [way, *(f"{way}{part}" for part in PARTS)] for way in ("in", "out")}
    read = {way: [lines.value(row, lines.places.get(key), _clock(on)) for key in keys[way]] for way in keys}
    ins, outs = ([punch for punch in punches if punch is not None] for punches in read.values())
    start = min(ins, default=None)
    end = max((punch + DAY if start is not None and punch < start else punch for punch in outs), default=None)
    return start, end


def _clock(on: date) -> Kind:
    """As punch_of, but 未打卡 and its like are no punch."""
    kind = punch_of(on)

    def read(value: object) -> Minutes | None:
        return None if isinstance(value, str) and not re.search(r"\d", value) else kind(value)

    return Kind(read, kind.wrong, kind.right)


# --- punches ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Punch:
    planned: Minutes | None
    at: Minutes | None
    said: Said
    source: Source


def read_punches(lines: Lines) -> Part:
    """A row for each punch: DingTalk's 原始记录."""
    part = Part(lines.sheet.source(), rank=2, made=lines.title.made)
    if lines.title.first and lines.title.last:
        part.period = lines.title.first, lines.title.last
    found: dict[tuple[str, date], list[_Punch]] = {}
    for row in lines:
        on = lines.value(row, lines.places["day"], day)
        person = lines.person(row, on, on) if on else None
        if on and person:
            found.setdefault((person.number, on), []).append(_punch(lines, row, on))
    part.days += [_of_punches(lines, person, on, punches) for (person, on), punches in sorted(found.items())]
    return part


def _punch(lines: Lines, row: Row, on: date) -> _Punch:
    planned, at = (lines.value(row, lines.places.get(key), _clock(on)) for key in ("planned", "punched"))
    said = lines.said(lines.text(row, "result"), lines.source(row, lines.places["result"]))
    return _Punch(planned, at, said, lines.source(row))


def _of_punches(lines: Lines, person: str, on: date, punches: Sequence[_Punch]) -> DayFact:
    """A day's punches as one fact; lateness is the time between the planned punch and the real one."""
    start, end = _first_and_last(punches)
    missing = sum(punch.said.missing for punch in punches) or int((start is None) != (end is None))
    said = Said(
        start, end,
        late=max(_apart(punch.planned, punch.at, punch.said.late) for punch in punches),
        truant=any(punch.said.truant for punch in punches),
        early=max(_apart(punch.at, punch.planned, punch.said.early) for punch in punches),
        missing=missing,
        absent=max(punch.said.absent for punch in punches),
        rest=all(punch.said.rest for punch in punches),
        leave=tuple(sorted({leave for punch in punches for leave in punch.said.leave}, key=str)),
    )  # fmt: skip
    source = min((punch.source for punch in punches), key=lambda source: (len(source.cell), source.cell))
    return day_fact(lines.job, person, on, said, source, Told())


def _first_and_last(punches: Sequence[_Punch]) -> tuple[Minutes | None, Minutes | None]:
    """When the person came and went: a lone punch is the one that its planned time says."""
    times = sorted(punch.at for punch in punches if punch.at is not None)
    planned = sorted({punch.planned for punch in punches if punch.planned is not None})
    if len(times) != 1 or len(planned) < 2:  # noqa: PLR2004 - a planned start and a planned end
        return (times[0] if times else None), (times[-1] if len(times) > 1 else None)
    came = any(punch.at is not None and punch.planned == planned[0] for punch in punches)
    return (times[0], None) if came else (None, times[0])


def _apart(before: Minutes | None, after: Minutes | None, said: int) -> int:
    """The minutes between two times where a punch was late or early, as far as they are known."""
    if said == UNKNOWN and before is not None and after is not None and after > before:
        return after - before
    return said
