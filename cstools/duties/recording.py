"""Recording a version: what it changes, as one event, and the cards in step with it."""

from datetime import datetime

from cstools.duties import cards
from cstools.duties.board import Board, moves, write_moves
from cstools.duties.version import CHANGED, PUBLISHED, RESTORED, Facts, Version, version_of, write_facts
from cstools.journal import Book


def record(book: Book, facts: Facts, after: Board, at: datetime | None = None) -> Version | None:
    """Record a version that makes the board ``after``; None, and nothing recorded, where nothing would change."""
    known = cards.count(book)
    now = cards.read_board(book)
    changed = moves(now, after)
    added, removed = after.days - now.days, now.days - after.days
    if not changed and not added and not removed:
        return None
    kind = {"published": PUBLISHED, "restored": RESTORED}.get(facts.what, CHANGED)
    people = {move.person for move in changed}
    names = {person: after.names[person] for person in sorted(people) if person in after.names}
    data = write_facts(facts) | write_moves(changed) | {
        "added": [day.isoformat() for day in sorted(added)],
        "removed": [day.isoformat() for day in sorted(removed)],
        "names": names,
    }  # fmt: skip
    event = book.append(kind, data, at)
    version = version_of(known + 1, event, tuple(changed))
    cards.file(book, event, version, after)
    return version
