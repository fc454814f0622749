"""The book's cards are what the events make of them, whoever wrote them, in whatever order."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools.handover import events
from cstools.journal import Card, Journal

NOW = datetime(2026, 11, 9, 8, 30)
Said = tuple[str, int, str]


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal.db")


def cards(journal: Journal) -> dict[tuple[str, str], Card]:
    with journal.reading() as pages:
        assert pages
        shelves = {shelf for shelf, _, _ in events.STEPS.values()} | {"row"}
        return {(card.shelf, card.key): card for shelf in shelves for card in pages.cards(shelf)}


def say(journal: Journal, *said: tuple[str, dict[str, Any]]) -> None:
    for minute, (kind, data) in enumerate(said):
        with journal.writing(by="001", now=NOW + timedelta(minutes=minute)) as book:
            events.write(book, kind, data)


def test_an_item_goes_its_way(journal: Journal) -> None:
    say(
        journal,
        (events.ADDED, {"title": "漏发赠品", "owner": "001", "kind": "投诉"}),
        (events.UPDATED, {"item": 1, "fields": {"cause": "仓库漏放", "title": None}}),
        (events.TRANSFERRED, {"item": 1, "to": "002", "accepted": True}),
        (events.CLOSED, {"item": 1, "result": "已补发"}),
    )
    assert cards(journal)["item", "1"].data == {
        "owner": "002", "kind": "投诉", "cause": "仓库漏放", "status": "closed", "result": "已补发", "by": "001",
        "opened": "2026-11-09T08:30:00", "accepted_by": "002", "accepted_at": "2026-11-09T08:32:00",
        "closed_at": "2026-11-09T08:33:00", "closed_by": "001", "closed_number": 4,
    }  # fmt: skip


def test_only_what_is_open_is_live(journal: Journal) -> None:
    say(
        journal,
        *((events.ADDED, {"title": str(number), "owner": "001", "kind": "投诉"}) for number in range(3)),
        (events.CLOSED, {"item": 2, "result": "x"}),
        (events.CLOSED, {"item": 3, "result": "x"}),
        (events.UPDATED, {"item": 3, "fields": {"status": "working"}}),
    )
    with journal.reading() as pages:
        assert pages
        assert [card.key for card in pages.live_cards("item")] == ["1", "3"]
        assert "closed_at" not in pages.live_cards("item")[1].data
        assert [card.key for card in pages.cards_since("item", NOW + timedelta(minutes=3))] == ["2", "3"]
        assert pages.touched(["item"], 5) == {("item", "3")}
        assert pages.touched(["item", "row"], 9, NOW + timedelta(minutes=3)) == {("item", "3")}
        assert [event.number for event in pages.thread("item", "3")] == [3, 5, 6]
        threads = pages.threads("item", 4, NOW + timedelta(minutes=4))
        assert {key: [event.number for event in told] for key, told in threads.items()} == {"3": [3]}
        assert list(pages.threads("item", 2)) == ["2"]  # the third was not begun
        assert pages.began("item") == NOW


@pytest.mark.parametrize(
    ("asked", "found"), [("漏发", ["1"]), ("100%", ["2"]), ("_", []), ('"', ["2"]), ("VIP", ["1"])]
)
def test_cards_are_found_by_what_they_hold(journal: Journal, asked: str, found: list[str]) -> None:
    titles = ("漏发 vip", '要 100% 退款 "全额"')
    say(journal, *((events.ADDED, {"title": title, "owner": "1", "kind": "退款"}) for title in titles))
    with journal.reading() as pages:
        assert pages
        assert [card.key for card in pages.cards("item", holding=asked)] == found


def test_an_empty_desk_has_no_pages(journal: Journal) -> None:
    with journal.reading() as pages:
        assert pages is None


def test_cards_of_an_older_journal_are_marked_as_the_events_would_mark_them(journal: Journal) -> None:
    tellings = (("投诉", "urgent"), ("退款", "ordinary"), ('"severity":"major"', "ordinary"), ("报修", "major"))
    say(journal, *((events.ADDED, {"title": title, "owner": "1", "severity": grave}) for title, grave in tellings))
    say(journal, (events.CLOSED, {"item": 1, "result": "x"}), (events.CLOSED, {"item": 3, "result": "x"}))
    before = cards(journal)
    with closing(sqlite3.connect(journal.path)) as link:  # back to the version before
        for index in ("grave_cards_by_time", "grave_cards_by_number"):
            link.execute(f"DROP INDEX {index}")
        link.execute("ALTER TABLE cards DROP COLUMN grave")
        link.execute("PRAGMA user_version = 2")
    assert cards(Journal.open(journal.path)) == before
    assert sorted(key for (_, key), card in before.items() if card.grave) == ["1", "4"]
    with journal.reading() as pages:
        assert pages
        assert [card.key for card in pages.grave_cards("item", NOW, None)] == ["1"]
        assert pages.grave_cards("item", NOW + timedelta(minutes=9), 5) == []
        assert [card.key for card in pages.grave_cards("item", NOW + timedelta(minutes=9), 4)] == ["1"]


SAID = st.one_of(
    st.tuples(st.sampled_from(["add", "row", "close", "count", "order", "tick"]), st.integers(1, 6), st.sampled_from("甲乙")),
    st.tuples(st.sampled_from(["update", "transfer", "revoke", "read", "sign", "freeze"]), st.integers(1, 6), st.just("丙")),
)  # fmt: skip


def as_event(said: Said) -> tuple[str, dict[str, Any]]:
    what, number, word = said
    change = {"change": f"|2026-11-{number:02}|白", "at": "2026-11-09T16:30:00"}
    told: dict[str, tuple[str, dict[str, Any]]] = {
        "add": (events.ADDED, {"title": word, "owner": word, "kind": "投诉"}),
        "row": (events.ADDED, {"title": word, "owner": word, "kind": "投诉", "row": {"key": word, "hash": "1"}}),
        "update": (events.UPDATED, {"item": number, "fields": {"cause": word, "status": "working"}}),
        "close": (events.CLOSED, {"item": number, "result": word}),
        "transfer": (events.TRANSFERRED, {"item": number, "to": word}),
        "order": (events.ORDERED, {"text": word, "since": "2026-11-09"}),
        "revoke": (events.REVOKED, {"order": number}),
        "read": (events.READ, {"notice": number, "person": word}),
        "count": (events.COUNTED, {"thing": word, "counted": number, "expected": 3}),
        "tick": (events.TICKED, {"day": "2026-11-09", "shift": "白", "line": word}),
        "sign": (events.SIGNED, {**change, "side": "out", "person": word}),
        "freeze": (events.FROZEN, {**change, "until": number, "cut": "2026-11-09T16:30:00"}),
    }
    return told[what]


def model(said: list[Said]) -> dict[int, tuple[str, str, str, str]]:
    """Items by number as a plain reader of the list would have them: title, owner, status, cause."""
    found: dict[int, tuple[str, str, str, str]] = {}
    for number, (what, about, word) in enumerate(said, 1):
        if what in {"add", "row"}:
            found[number] = (word, word, "waiting", "")
        elif about in found:
            title, owner, status, cause = found[about]
            if what == "update":
                found[about] = (title, owner, "working", word)
            elif what == "close":
                found[about] = (title, owner, "closed", cause)
            elif what == "transfer":
                found[about] = (title, word, status, cause)
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(SAID, max_size=25))
def test_cards_fold_and_a_plain_model_agree(said: list[Said]) -> None:
    with TemporaryDirectory() as folder:
        journal = Journal(Path(folder) / "journal.db")
        with journal.writing(by="001", now=NOW) as book:
            for each in said:
                events.write(book, *as_event(each))
        filed = cards(journal)
        assert filed == events.fold(journal.events(*events.KINDS))
        items = {int(key): card for (shelf, key), card in filed.items() if shelf == "item"}
        seen = {
            number: (card.data["title"], card.data["owner"], card.data["status"], card.data.get("cause", ""))
            for number, card in items.items()
        }
        assert seen == model(said)
        assert all(card.live == (card.data["status"] != "closed") for card in items.values())
        with journal.writing(by="002", now=NOW) as book:
            events.rebuild(book)
        assert cards(journal) == filed
