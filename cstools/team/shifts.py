"""Sheet 班次 as shifts, each as it is by date."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from cstools.dated import Dated
from cstools.days import show_time
from cstools.errors import Fault
from cstools.language import Text
from cstools.shifts import DAY, Shift, ShiftBook
from cstools.tables.columns import Record, Table
from cstools.tables.grid import fold
from cstools.team.sheets import OFF_WORDS


def read_shifts(table: Table, faults: list[Fault], broken: set[str]) -> ShiftBook:
    """Shifts by code from their rows. The words of rows with faults are added to ``broken``."""
    versions: dict[str, list[tuple[Record, Shift]]] = {}
    for record in table:
        if fold(record["code"]) in OFF_WORDS:
            faults.append(record.fault("code", Text("this word means a day off"), Text("another code")))
        elif shift := _shift(record, faults):
            versions.setdefault(shift.code, []).append((record, shift))
            continue
        broken.update(fold(record[key]) for key in ("code", "name", "kind") if record[key])
    _check_names(table, faults)
    return ShiftBook({code: _versions(rows, faults) for code, rows in versions.items()})


def _shift(record: Record, faults: list[Fault]) -> Shift | None:
    """A row's shift; None, with a fault, where its times don't fit together."""
    start, end = record["start"], record["end"]
    if end <= start:
        end += DAY
    if start >= DAY:
        faults.append(record.fault("start", Text("a shift begins on its own day"), Text("a time before 24:00")))
        return None
    if end - start > DAY:
        right = Text("an end up to {time}", time=show_time(start + DAY))
        faults.append(record.fault("end", Text("a shift lasts 24 hours at most"), right))
        return None
    paid = _paid(record, end - start, faults)
    meals = tuple((first, last) if first >= start else (first + DAY, last + DAY) for first, last in record["meals"])
    if any(last > end for _, last in meals):
        right = Text("times between {start} and {end}", start=show_time(start), end=show_time(end))
        faults.append(record.fault("meals", Text("a meal lies outside the shift"), right))
        return None
    if paid is None:
        return None
    return Shift(record["code"], record["name"] or record["code"], start, end, paid, record["kind"],
                 frozenset(record["skills"]), meals, record["open_ended"], record["colour"])  # fmt: skip


def _paid(record: Record, length: int, faults: list[Fault]) -> int | None:
    """Paid minutes: the length less the break, or as the sheet says."""
    unpaid, hours = record["unpaid"], record["paid"]
    paid = length - (unpaid or 0) if hours is None else int(hours * 60)
    if hours is not None and unpaid is not None and paid != length - unpaid:
        right = Text("{hours} hours, or leave one of the two empty", hours=f"{(length - unpaid) / 60:g}")
        faults.append(record.fault("paid", Text("break minutes and paid hours contradict each other"), right))
        return None
    if not 0 <= paid <= length:
        key = "paid" if hours is not None else "unpaid"
        faults.append(
            record.fault(
                key, Text("the shift lasts only {hours} hours", hours=f"{length / 60:g}"), Text("less than that")
            )
        )
        return None
    return paid


def _check_names(table: Table, faults: list[Fault]) -> None:
    """A word that is one shift's code and another's name or kind would mean two things."""
    codes = {fold(record["code"]): record for record in table}
    for record in table:
        for key in ("name", "kind"):
            other = codes.get(fold(record[key]))
            if other and fold(other["code"]) != fold(record["code"]) and other["kind"] != record[key]:
                wrong = Text("this is the code of another shift in {cell}", cell=other.source("code").cell)
                faults.append(record.fault(key, wrong, Text("another word")))


def _versions(rows: Sequence[tuple[Record, Shift]], faults: list[Fault]) -> Dated[Shift | None]:
    """A shift by date: rows without 至 hold until the next one, rows with 至 hold within their days."""
    lasting: list[tuple[Record, date, Shift]] = []
    passing: list[tuple[Record, date, date, Shift]] = []
    for record, shift in rows:
        first, last = record["since"] or date.min, record["until"]
        if last is None:
            same = next((other for other, begun, _ in lasting if begun == first), None)
            lasting.append((record, first, shift))
        elif last < first:
            faults.append(
                record.fault("until", Text("the end lies before the beginning"), Text("a day from {day} on", day=first))
            )
            continue
        else:
            same = next((other for other, begun, ended, _ in passing if begun <= last and first <= ended), None)
            passing.append((record, first, last, shift))
        if same:
            wrong = Text("this shift stands twice for the same days: also in {cell}", cell=same.source("code").cell)
            faults.append(
                record.fault("code", wrong, Text("another code, or days that don't overlap in columns 自 and 至"))
            )
    return Dated[Shift | None].since(_changes(lasting, passing))


def _changes(
    lasting: Sequence[tuple[Record, date, Shift]], passing: Sequence[tuple[Record, date, date, Shift]]
) -> Iterator[tuple[date, Shift | None]]:
    """The shift on each day on which something changes."""
    days = {first for _, first, _ in lasting} | {first for _, first, _, _ in passing}
    days |= {last + timedelta(days=1) for _, _, last, _ in passing if last < date.max}
    for day in sorted(days):
        base = max(
            ((first, shift) for _, first, shift in lasting if first <= day),
            key=lambda pair: pair[0],
            default=(day, None),
        )
        now = next((shift for _, first, last, shift in passing if first <= day <= last), None)
        yield day, now or base[1]
