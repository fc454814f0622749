"""Publishing a roster, and going back to an earlier version."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from cstools.desk import Desk
from cstools.duties import Board, Cell, Facts, Posted, Version, board, record, versions
from cstools.errors import Refused, UsageFault
from cstools.journal import Journal, Pages
from cstools.language import Text
from cstools.roster.history import version_words
from cstools.roster.reader import Checked, read_roster
from cstools.roster.rule import Breach, Strength


@dataclass(frozen=True)
class Publication:
    """A roster that was published: its version, None where the very same is published already; and what it lacks."""

    version: Version | None
    checked: Checked
    shortages: tuple[Breach, ...]


def publish(desk: Desk, path: Path, *, by: str, now: datetime, overwrite: bool = False) -> Publication:
    """Check a roster's file and publish the days of which some cell is filled; shortages are recorded with it.

    Raises BadInput for a file that can't be read, and Refused where a hard rule is broken, or where the file would undo
    recorded changes (unless ``overwrite``).
    """
    checked = read_roster(desk, path)
    breaches = checked.roster.audit()
    broken = [breach for breach in breaches if breach.stated and breach.stated.strength is Strength.HARD]
    if broken:
        lines = (Text("{place}: {what}", place=_where(checked, breach), what=breach.text) for breach in broken)
        raise Refused(Text("not published, since {count} hard rules are broken:", count=len(broken)), *lines)
    shortages = tuple(breach for breach in breaches if breach.stated and breach.stated.rule.shortage)
    facts = Facts("published", file=path.name, shortages=tuple(breach.text for breach in shortages))
    with desk.journal.writing(by=by, now=now) as book:
        after = _published(board(book), checked)
        if not overwrite:
            _refuse_to_undo(book, after)
        return Publication(record(book, facts, after), checked, shortages)


def restore(
    journal: Journal, number: int, *, by: str, now: datetime, within: tuple[date, date] | None = None
) -> Version | None:
    """Make everything published, or the days from one to another, what it was in a version; None where it is that.

    Days that the version didn't know are no longer published. Raises UsageFault where there is no such version.
    """
    known = len(versions(journal))
    if not 1 <= number <= known:
        raise UsageFault(Text("there is no version {number}; the last is {known}", number=number, known=known))
    with journal.writing(by=by, now=now) as book:
        then, today = board(book, number), board(book)
        after = then if within is None else _mixed(today, then, within)
        return record(book, Facts("restored", restored=number), after)


def _mixed(today: Board, then: Board, within: tuple[date, date]) -> Board:
    """Today's board, on some days as it was then."""
    first, last = within
    days = frozenset(day for day in then.days if first <= day <= last)
    gone = frozenset(day for day in today.days - then.days if first <= day <= last)
    cells: dict[Cell, Posted | None] = {cell: None for cell in today.cells if cell[0] in gone}
    mixed = today.changed(cells).published(days, then.within(first, last), then.names)
    return Board(mixed.days - gone, mixed.cells, mixed.names)


def _published(now: Board, checked: Checked) -> Board:
    """The board with a checked roster on its days."""
    problem = checked.problem
    days = frozenset(day for _, day in checked.cells)
    shifts = ((duty, problem.shift(duty.shift, duty.day)) for duty in checked.roster.duties)
    duties = [Posted.of(duty, shift) for duty, shift in shifts if shift]
    return now.published(days, duties, {person.number: person.name for person in problem.people})


def _refuse_to_undo(journal: Pages, after: Board) -> None:
    """Raises Refused where ``after`` differs from what a recorded change left in a cell."""
    found = versions(journal)
    undone = {
        cell: version
        for cell, version in _changed_cells(found).items()
        if after.cells.get(cell) != _left(version, cell)
    }
    if undone:
        lines = dict.fromkeys(version_words(version, after) for version in undone.values())
        raise Refused(
            Text("not published, since it would undo recorded changes (--overwrite does it all the same):"), *lines
        )


def _changed_cells(found: Iterable[Version]) -> Mapping[Cell, Version]:
    """The cells that a swap, a substitute or an absence was the last to change, by which version."""
    last = {(move.day, move.person): version for version in found for move in version.moves}
    return {cell: version for cell, version in last.items() if version.facts.what not in {"published", "restored"}}


def _left(version: Version, cell: Cell) -> Posted | None:
    return next(move.after for move in version.moves if (move.day, move.person) == cell)


def _where(checked: Checked, breach: Breach) -> object:
    """The first cell of a breach; the rule's or need's own where it has none, such as a day on which nobody works."""
    cells = ((person, day) for person in breach.place.people for day in reversed(breach.place.days))
    found = next((checked.cells[cell] for cell in cells if cell in checked.cells), breach.source)
    return found or Text("the whole roster")
