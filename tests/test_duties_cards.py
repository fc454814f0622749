"""The cards of what is published now are what the events make of it, and are filed anew where they are behind."""

import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools.duties import (
    Board,
    Facts,
    Posted,
    board,
    cards,
    moves_on,
    record,
    rests_owed,
    unfilled,
    version_of_row,
    versions,
)
from cstools.duties.version import KINDS, absences, replay
from cstools.journal import Book, Card, Journal
from cstools.shifts import Duty, Shift

MONDAY = date(2026, 11, 9)
NOW = datetime(2026, 11, 6, 17, 0)
DAY, NIGHT = Shift("白", "白班", 540, 1080, 480, "day"), Shift("夜", "夜班", 1320, 1800, 480, "night")
PEOPLE = ("007", "008", "009")
NAMES = {"007": "李雷", "008": "韩梅梅", "009": "王芳"}


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal.db")


def cell(day: int, person: str, shift: Shift = DAY, *posts: str) -> Posted:
    return Posted.of(Duty(MONDAY + timedelta(days=day), shift.code, person, posts), shift)


def publish(*cells: Posted, days: int = 5) -> Board:
    span = frozenset(MONDAY + timedelta(days=number) for number in range(days))
    return Board().published(span, cells, NAMES)


def save(journal: Journal, facts: Facts, after: Board) -> None:
    with journal.writing(by="王芳", now=NOW) as book:
        record(book, facts, after)


def filed(journal: Journal) -> dict[tuple[str, str], Card]:
    """Every card that tells anything; of absences not the version since which they are open."""
    with journal.reading() as pages:
        assert pages
        found = [card for shelf in cards.SHELVES for card in pages.cards(shelf) if card.live or shelf != cards.ABSENT]
        found = [replace(card, number=0) if card.shelf == cards.ABSENT else card for card in found]
        return {(card.shelf, card.key): card for card in found}


Step = tuple[str, int, str, str]
steps = st.tuples(
    st.sampled_from(["published", "swap", "substitute", "absent", "restored"]),
    st.integers(0, 4), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE),
)  # fmt: skip


def take(book: Book, number: int, step: Step) -> None:
    """One step on the board as it is, whatever it would mean in a real team."""
    what, day, person, other = step
    now, on = board(book), MONDAY + timedelta(days=day)
    held = now.of(person, on) or cell(day, person, (DAY, NIGHT)[number % 2])
    if what == "published":
        posted = [cell(each, person, DAY, "主旺旺") for each in range(day)]
        record(book, Facts(what), now.published(frozenset({on}), posted, {person: NAMES[person]}))
    elif what == "restored":
        back = number and day % number
        record(book, Facts(what, restored=back), board(book, back))
    else:
        cells = {(on, person): None if now.of(person, on) else held}
        rests = ((other, on),) if what == "substitute" else ()
        facts = Facts(what, rests=rests, row=f"{day} {person}", instead=other if what == "substitute" else "")
        record(book, facts, now.changed(cells))


@settings(max_examples=80, deadline=None)
@given(st.lists(steps, max_size=14))
def test_cards_and_events_agree(tmp_path_factory: pytest.TempPathFactory, taken: list[Step]) -> None:
    journal = Journal(tmp_path_factory.mktemp("journal") / "journal.db")
    for step in taken:
        with journal.writing(by="王芳", now=NOW) as book:
            take(book, len(versions(book)), step)
    found, now = replay(journal, None)
    assert board(journal) == now
    assert unfilled(journal) == absences(found)
    rests = dict.fromkeys(rest for version in found for rest in version.facts.rests)
    assert rests_owed(journal) == [(person, day) for person, day in rests if now.of(person, day)]
    for on in now.days:
        assert moves_on(journal, on) == [(v.facts, move) for v in found for move in v.moves if move.day == on]
    for row in {version.facts.row for version in found} - {""}:
        assert version_of_row(journal, row) == next(version for version in found if version.facts.row == row)
    if found:
        before = filed(journal)
        with journal.writing(by="王芳", now=NOW) as book:
            cards.rebuild(book)
        assert filed(journal) == before


def test_a_row_is_known_by_its_version(journal: Journal) -> None:
    save(journal, Facts("published"), publish(cell(0, "007"), cell(0, "008")))
    save(journal, Facts("absent", row="第 3 行"), board(journal).changed({(MONDAY, "007"): None}))
    assert version_of_row(journal, "第 3 行") == versions(journal)[1]
    assert version_of_row(journal, "第 4 行") is None
    assert version_of_row(Journal(journal.path.with_name("none.db")), "第 3 行") is None


def test_where_cards_are_behind_the_events_tell_and_the_next_version_files_them(journal: Journal) -> None:
    save(journal, Facts("published"), publish(cell(0, "007"), cell(1, "008", NIGHT)))
    save(journal, Facts("absent", row="3"), board(journal).changed({(MONDAY, "007"): None}))
    expected, left = board(journal), unfilled(journal)
    with journal.writing(by="旧版", now=NOW) as book:
        book.unfile(*cards.SHELVES)
    assert (board(journal), unfilled(journal)) == (expected, left)
    assert version_of_row(journal, "3") == versions(journal)[1]
    save(journal, Facts("swap"), expected.changed({(MONDAY, "008"): cell(0, "008")}))
    with journal.reading() as pages:
        assert pages
        assert cards.in_step(pages)
    assert board(journal) == replay(journal, None)[1]
    assert [version.number for version in versions(journal)] == [1, 2, 3]
    assert set(unfilled(journal)) == {(MONDAY, "007")}


def test_the_first_journal_has_no_cards_until_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    shutil.copyfile(Path(__file__).parent / "journals" / "first.db", path)
    journal = Journal.open(path)
    before, rests, left = board(journal), rests_owed(journal), unfilled(journal)
    assert before == replay(journal, None)[1]
    save(journal, Facts("published"), before.published(frozenset({date(2027, 1, 4)}), (), {}))
    with journal.reading() as pages:
        assert pages
        assert cards.in_step(pages)
        assert pages.last(*KINDS) == 5
    assert (board(journal).cells, rests_owed(journal), unfilled(journal)) == (before.cells, rests, left)


def test_a_change_writes_only_the_days_that_it_touches(journal: Journal) -> None:
    save(journal, Facts("published"), publish(*(cell(day, person) for day in range(5) for person in PEOPLE)))
    save(journal, Facts("absent"), board(journal).changed({(MONDAY, "007"): None}))
    with journal.reading() as pages:
        assert pages
        assert [event.number for event in pages.thread(cards.DAY, "2026-11-09")] == [1, 2]
        assert [event.number for event in pages.thread(cards.DAY, "2026-11-10")] == [1]
