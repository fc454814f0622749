"""Score a roster of an instance of Curtois and Qu (2014), from the published description alone.

    python benchmarks/nrp_score.py INSTANCE.txt ROSTER.csv

Prints the penalty and every hard rule broken; exit code 1 where there is one. It shares nothing with the rules, the
plan and the solver of cstools, nor imports them: what they agree on wrongly, this is to find.

As described: a day has one shift at most; a run of days, worked or off, that the horizon cuts may go on outside it, so
its minimum does not bind; day 0 is a Monday, and a weekend is worked where its Saturday or its Sunday is.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

Sections = Mapping[str, Sequence[Sequence[str]]]
Roster = Mapping[str, Sequence[str]]  # by employee: a shift's ID, or "" for a day off, day by day
WEEK = 7
SATURDAY = 5


def sections(path: Path) -> dict[str, list[list[str]]]:
    """The instance's sections: their lines as fields."""
    found: dict[str, list[list[str]]] = {}
    lines: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("SECTION_"):
            lines = found.setdefault(line.strip().removeprefix("SECTION_"), [])
        elif line.strip() and not line.startswith("#"):
            lines.append([field.strip() for field in line.split(",")])
    return found


@dataclass(frozen=True)
class Score:
    """The penalty, and each hard rule broken, in words."""

    penalty: int
    broken: tuple[str, ...]


def read_roster(path: Path, parts: Sections) -> dict[str, list[str]]:
    """A roster from a row an employee and a column a day. Raises ValueError where it is not one of this instance."""
    with path.open(newline="", encoding="utf-8") as file:
        _, *rows = csv.reader(file)
    found = {row[0]: row[1:] for row in rows if row}
    days, known = int(parts["HORIZON"][0][0]), {"", *(row[0] for row in parts["SHIFTS"])}
    if len(found) != len(rows) or set(found) != {row[0] for row in parts["STAFF"]}:
        raise ValueError("not the instance's employees, each once")
    for employee, cells in found.items():
        if len(cells) != days or not known.issuperset(cells):
            raise ValueError(f"{employee}: not {days} days of known shifts")
    return found


def score(parts: Sections, roster: Roster) -> Score:
    """Judge a roster."""
    broken = [*_forbidden_days(parts, roster), *_followed(parts, roster)]
    for row in parts["STAFF"]:
        broken += [f"{row[0]}: {wrong}" for wrong in _contract(parts, row, roster[row[0]])]
    return Score(_requests(parts, roster) + _cover(parts, roster), tuple(broken))


def _forbidden_days(parts: Sections, roster: Roster) -> Iterator[str]:
    for employee, *days in parts["DAYS_OFF"]:
        for day in map(int, days):
            if roster[employee][day]:
                yield f"{employee}: works on day {day}, a day off"


def _followed(parts: Sections, roster: Roster) -> Iterator[str]:
    never = {row[0]: set(row[2].split("|")) - {""} for row in parts["SHIFTS"]}
    for employee, cells in roster.items():
        for day, (one, two) in enumerate(pairwise(cells)):
            if one and two in never[one]:
                yield f"{employee}: {two} follows {one} on day {day + 1}"


def _contract(parts: Sections, row: Sequence[str], cells: Sequence[str]) -> Iterator[str]:
    """What one employee's days break of the limits in the employee's own row."""
    most_minutes, least_minutes, run_most, run_least, off_least, weekends = map(int, row[2:8])
    length = {shift[0]: int(shift[1]) for shift in parts["SHIFTS"]}
    times = Counter(cell for cell in cells if cell)
    for cap in filter(None, row[1].split("|")):
        shift, _, most = cap.partition("=")
        if times[shift] > int(most):
            yield f"{times[shift]} × {shift}, at most {most}"
    minutes = sum(length[shift] * count for shift, count in times.items())
    if not least_minutes <= minutes <= most_minutes:
        yield f"{minutes} minutes, {least_minutes} to {most_minutes}"
    for first, days, works in _runs(cells):
        cut = first == 0 or first + days == len(cells)
        if works and days > run_most:
            yield f"works {days} days from day {first} on, at most {run_most}"
        if works and days < run_least and not cut:
            yield f"works {days} days from day {first} on, at least {run_least}"
        if not works and days < off_least and not cut:
            yield f"is off {days} days from day {first} on, at least {off_least}"
    worked = sum(any(cells[monday + SATURDAY : monday + WEEK]) for monday in range(0, len(cells), WEEK))
    if worked > weekends:
        yield f"{worked} weekends, at most {weekends}"


def _runs(cells: Sequence[str]) -> Iterator[tuple[int, int, bool]]:
    """Runs of days worked and off: the first day, how many, and whether they are worked."""
    first = 0
    for works, run in groupby(map(bool, cells)):
        days = len(list(run))
        yield first, days, works
        first += days


def _requests(parts: Sections, roster: Roster) -> int:
    refused = sum(
        int(weight)
        for employee, day, shift, weight in parts.get("SHIFT_ON_REQUESTS", ())
        if roster[employee][int(day)] != shift
    )
    imposed = sum(
        int(weight)
        for employee, day, shift, weight in parts.get("SHIFT_OFF_REQUESTS", ())
        if roster[employee][int(day)] == shift
    )
    return refused + imposed


def _cover(parts: Sections, roster: Roster) -> int:
    there = Counter((day, cell) for cells in roster.values() for day, cell in enumerate(cells))
    penalty = 0
    for day, shift, need, under, over in parts["COVER"]:
        missing = int(need) - there[int(day), shift]
        penalty += missing * int(under) if missing > 0 else -missing * int(over)
    return penalty


def main(instance: str, roster: str) -> int:
    """Judge the roster of a file."""
    parts = sections(Path(instance))
    found = score(parts, read_roster(Path(roster), parts))
    print(f"penalty {found.penalty}, {len(found.broken)} hard rules broken")
    for wrong in found.broken:
        print(f"  {wrong}")
    return 1 if found.broken else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
