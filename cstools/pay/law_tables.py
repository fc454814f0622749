"""The law read from the packaged tables, and from a desk's own sheets, whose rows win.

A row of a city holds what it fills, from its first day on; what it leaves empty stays as it was. So a desk that enters
its own rate of one insurance keeps it when a later year's packaged bases come.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from cstools import assets
from cstools.dated import Dated
from cstools.desk import Sheets
from cstools.errors import BadInput, Fault
from cstools.language import Text
from cstools.pay.law import NO_SHARE, Bracket, City, Figure, Law, Scheme, TaxTable
from cstools.pay.sheets.law import CITIES, FIGURES, LAW_FORMS, SHARES, TAXES
from cstools.pay.sheets.reading import Reading, place
from cstools.tables.columns import Record

T = TypeVar("T")
_FEN = Decimal("0.01")


@cache
def _packaged() -> Mapping[str, tuple[Record, ...]]:
    """The packaged rows by their form's key. Raises BadInput where they are wrong: a mistake of ours."""
    reading = Reading(Sheets(None, assets.folder("templates") / "law"), "law")
    rows = {form.label: reading.rows(form, required=True).records for form in LAW_FORMS}
    if reading.faults:
        raise BadInput(reading.faults)
    return rows


def packaged_law() -> Law:
    """The law as it is packaged."""
    return read_law(None)


def read_law(reading: Reading | None) -> Law:
    """The law with a desk's own rows; what is wrong with these is added to the reading's faults."""
    own = {form.label: reading.rows(form).records if reading else () for form in LAW_FORMS}
    rows = {label: (*packaged, *own[label]) for label, packaged in _packaged().items()}
    taxes = [_packaged()[TAXES.label], own[TAXES.label]]
    law = Law(
        _taxes(taxes, "wages"),
        _taxes(taxes, "bonus"),
        _by(rows[SHARES.label], "city", lambda city: _by(city, "scheme", lambda found: _dated(found, _scheme))),
        _by(rows[CITIES.label], "city", lambda found: _dated(found, _city)),
        _by(rows[FIGURES.label], "key", lambda found: Dated[Figure].since(
            (row["first"], Figure(row["value"], _source(row))) for row in found)),
    )  # fmt: skip
    if reading:
        reading.faults += [*_open_tables(own[TAXES.label]), *_bare_cities(own[CITIES.label], law),
                           *_turned(own[SHARES.label])]  # fmt: skip
    return law


def _by(rows: Iterable[Record], key: str, make: Callable[[list[Record]], T]) -> dict[Any, T]:
    """What is made of the rows that have the same value in a column, by that value."""
    found: dict[str, list[Record]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return {name: make(group) for name, group in found.items()}


def _source(row: Record) -> str:
    """Where a row is from: what it says itself with its remark, else its place."""
    if not row["source"]:
        return place(row)
    return f"{row['source']}（{row['remark']}）" if row["remark"] else str(row["source"])


# --- tax tables -------------------------------------------------------------------------------------------------------


def _taxes(groups: Iterable[Iterable[Record]], table: str) -> Dated[TaxTable]:
    """The tables of a kind by their first day; of two of one day that of the later group wins."""
    tables: dict[date, list[Record]] = {}
    for rows in groups:
        tables |= _by((row for row in rows if row["table"] == table), "first", list)
    values: list[tuple[date | None, TaxTable]] = [(first, _table(rows)) for first, rows in tables.items()]
    for first, rows in tables.items():
        end = min((row["last"] for row in rows if row["last"]), default=date.max)
        if end < date.max and not any(first < other <= end + timedelta(days=1) for other in tables):
            values.append((end + timedelta(days=1), TaxTable()))
    return Dated[TaxTable].since(values)


def _table(rows: list[Record]) -> TaxTable:
    ordered = sorted(rows, key=lambda row: (row["most"] is None, row["most"] or 0))
    source = next((row["source"] for row in ordered if row["source"]), place(ordered[0]))
    return TaxTable(tuple(Bracket(row["most"], row["rate"], row["quick"]) for row in ordered), source)


def _open_tables(own: Iterable[Record]) -> Iterator[Fault]:
    """A desk's own tax tables that don't end, or end twice."""
    groups: dict[tuple[str, date], list[Record]] = {}
    for row in own:
        groups.setdefault((row["table"], row["first"]), []).append(row)
    for rows in groups.values():
        if sum(row["most"] is None for row in rows) != 1:
            wrong = Text("the last row of a tax table, and only the last, has no upper end")
            yield rows[-1].fault("most", wrong, Text("enter every row of the table"))


# --- cities -----------------------------------------------------------------------------------------------------------


def _dated(rows: Iterable[Record], make: Callable[[Mapping[str, Any], str], T | None]) -> Dated[T]:
    """Values by day, each row adding to what stood before; of two rows of a day the later given fills last."""
    filled: dict[str, Any] = {}
    found: list[tuple[date | None, T]] = []
    for row in sorted(rows, key=lambda row: row["first"] or date.min):
        filled = {**filled, **{key: value for key, value in row.values.items() if value not in {None, ""}}}
        value = make(filled, _source(row))
        if value is not None:
            found.append((row["first"], value))
    return Dated[T].since(found)


def _city(filled: Mapping[str, Any], source: str) -> City | None:
    if filled.get("minimum") is None or filled.get("includes_own") is None:
        return None
    rest = {key: filled[key] for key in ("fines", "sick") if filled.get(key) is not None}
    return City(filled["minimum"], filled["includes_own"], **rest, source=source)


def _scheme(filled: Mapping[str, Any], source: str) -> Scheme:
    return Scheme(filled.get("floor"), filled.get("ceiling"), filled.get("own") or NO_SHARE,
                  filled.get("employer") or NO_SHARE, filled.get("unit") or _FEN, source)  # fmt: skip


def _turned(own: Iterable[Record]) -> Iterator[Fault]:
    """Rows of a desk whose least base is above their greatest."""
    for row in own:
        if row["floor"] is not None and row["ceiling"] is not None and row["floor"] > row["ceiling"]:
            yield row.fault("floor", Text("more than the greatest base"), Text("at most {most}", most=row["ceiling"]))


def _bare_cities(own: Iterable[Record], law: Law) -> Iterator[Fault]:
    """A desk's rows for a city of which neither it nor the packaged tables know the minimum wage."""
    for row in own:
        if not law.cities[row["city"]].values:
            wrong = Text("{city} has no minimum wage yet", city=row["city"])
            yield row.fault("minimum", wrong, Text("enter it, and whether it includes the worker’s own contributions"))
