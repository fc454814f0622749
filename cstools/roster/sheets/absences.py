"""Sheet 请假与愿望 for a roster: leave by whole or half days, and what people would like."""

from collections.abc import Iterator
from datetime import date

from cstools.language import Text
from cstools.people import Person
from cstools.roster.inputs import Wish
from cstools.tables.columns import Record
from cstools.team.leave import Leave, absences, leave_of, wish_of
from cstools.team.reading import Reading


def read_absences(reading: Reading) -> tuple[tuple[Leave, ...], tuple[Wish, ...]]:
    """All leave and all wishes, whatever days they speak of."""
    leaves: list[Leave] = []
    wishes: list[Wish] = []
    for record, person, days in absences(reading):
        if wish := wish_of(record["kind"]):
            wishes += _wishes(reading, record, person, wish, days)
        else:
            leaves.append(leave_of(reading, record, person, days))
    return tuple(leaves), tuple(wishes)


def _wishes(reading: Reading, record: Record, person: Person, wish: str, days: tuple[date, ...]) -> Iterator[Wish]:
    codes = reading.codes(record, "shifts")
    if record["half"]:
        reading.faults.append(
            record.fault("half", Text("a wish has no half days"), Text("leave it empty, or name shifts not wanted"))
        )
    if record["shifts"] and wish == "off":
        reading.faults.append(
            record.fault("shifts", Text("a wish for a day off has no shifts"), Text("“不想上” with these shifts"))
        )
    for day in days:
        yield Wish(person.number, day, wish == "on", codes, record["weight"], record.source("kind"))
