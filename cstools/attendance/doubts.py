"""What is doubtful about an attendance as a whole: days left out, sources that contradict each other."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from cstools.attendance.facts import Attendance
from cstools.attendance.lines import Job, Part
from cstools.days import span
from cstools.desk.settings import SETTINGS
from cstools.errors import Fault, Source
from cstools.language import Text, mark


def contradictions(found: Attendance, names: Mapping[str, str]) -> Iterator[Fault]:
    """Notes on sources that contradict each other, and on totals that aren't the sum of their days."""
    for conflict in found.conflicts:
        right = Text("the first counts; the other: {other}", other=conflict.other)
        yield Fault(conflict.taken, names.get(conflict.person), conflict.what, right)
    for person, total in found.months.items():
        facts = found.daily(person)
        counted = {
            mark("times late"): (total.late + total.severe + total.truant, sum(fact.late > 0 for fact in facts)),
            mark("days of truancy"): (total.absent, sum((fact.absent for fact in facts), Decimal(0))),
        }
        for word, (one, other) in counted.items():
            if facts and not total.by_days and total.source and one != other:
                wrong = Text("{thing}: {one} in the total, {other} by the days", thing=Text(word), one=one, other=other)
                yield Fault(total.source, names.get(person), wrong, Text("the days count"))


def check_covered(found: Attendance, parts: Sequence[Part], job: Job) -> None:
    """A fault where exports leave days of the period out; a note where only tables without a title do."""
    left = [day for day in span(job.first, job.last) if day not in found.covered]
    _check_over(parts, job)
    if not left or (not parts and job.faults):
        return
    newest = max(parts, key=lambda part: (part.period or (date.min, date.min))[1], default=None)
    source = newest.source if newest else Source(SETTINGS, cell="attendance.files")
    wrong = Text("attendance of {first} to {last} is missing", first=left[0], last=left[-1])
    if left[-1] - left[0] != timedelta(days=len(left) - 1):
        wrong = Text("attendance of {count} days is missing, the first {first}, the last {last}",
                     count=len(left), first=left[0], last=left[-1])  # fmt: skip
    right = Text("export {first} to {last}", first=job.first, last=job.last)
    titled = any(part.period for part in parts)
    (job.faults if titled or not parts else job.notes).append(Fault(source, None, wrong, right))


def _check_over(parts: Sequence[Part], job: Job) -> None:
    """A note where the newest report of the period's last day was made before that day was over."""
    made = [(part.made, part.source) for part in parts
            if part.made and part.period and part.period[0] <= job.last <= part.period[1]]  # fmt: skip
    if made and max(made, key=lambda pair: pair[0])[0].date() <= job.last:
        when, source = max(made, key=lambda pair: pair[0])
        wrong = Text("made before {last} was over", last=job.last)
        job.notes.append(Fault(source, f"{when:%Y-%m-%d %H:%M}", wrong, Text("export the report again")))
