"""What is published, and what was changed since: at every version, at every moment."""

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools.desk import Desk
from cstools.duties import Board, Facts, Posted, board, duties, moves, on_duty_at, past, record, rests_owed, versions
from cstools.journal import Journal
from cstools.language import Text
from cstools.shifts import Duty, Shift

MONDAY = date(2026, 11, 9)
NOW = datetime(2026, 11, 6, 17, 0)
DAY_SHIFT = Shift("白", "白班", 9 * 60, 18 * 60, 480, "day", meals=((12 * 60, 12 * 60 + 30),), colour="FFE699")
NIGHT = Shift("夜", "夜班", 22 * 60, 30 * 60, 480, "night")
WEEK = frozenset(MONDAY + timedelta(days=number) for number in range(7))


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal.db")


def cell(
    day: int, person: str, shift: Shift, posts: tuple[str, ...] = (), meal: tuple[int, int] | None = None
) -> Posted:
    return Posted.of(Duty(MONDAY + timedelta(days=day), shift.code, person, posts, meal), shift)


def save(journal: Journal, facts: Facts, after: Board, now: datetime = NOW) -> None:
    with journal.writing(by="王芳", now=now) as book:
        record(book, facts, after)


def board_of(*cells: Posted, days: frozenset[date] = WEEK) -> Board:
    names = {"007": "李雷", "008": "韩梅梅"}
    return Board(days).changed({(posted.duty.day, posted.duty.person): posted for posted in cells}, names)


def test_a_board_comes_back_as_it_was_published(journal: Journal) -> None:
    after = board_of(cell(0, "007", DAY_SHIFT, ("主旺旺",), (720, 750)), cell(1, "008", NIGHT))
    facts = Facts("published", note="=1+1", file="排班.xlsx", shortages=(Text("{day} is short", day=MONDAY),))
    save(journal, facts, after)
    assert board(journal) == after
    (version,) = versions(journal)
    assert (version.number, version.facts, version.author, version.added) == (1, facts, "王芳", WEEK)
    assert duties(journal, MONDAY, MONDAY) == [Duty(MONDAY, "白", "007", ("主旺旺",), (720, 750))]


def test_the_same_board_again_is_no_version(journal: Journal) -> None:
    after = board_of(cell(0, "007", DAY_SHIFT))
    save(journal, Facts("published"), after)
    save(journal, Facts("published"), after)
    assert len(versions(journal)) == 1


def test_a_shift_of_other_hours_is_a_change_though_its_letter_is_the_same(journal: Journal) -> None:
    save(journal, Facts("published"), board_of(cell(0, "007", DAY_SHIFT)))
    later = Shift("白", "白班", 10 * 60, 19 * 60, 480, "day")
    save(journal, Facts("published"), board_of(cell(0, "007", later)))
    (move,) = versions(journal)[1].moves
    assert (move.before, move.after) == (cell(0, "007", DAY_SHIFT), cell(0, "007", later))


def test_a_later_version_holds_only_what_it_changed(journal: Journal) -> None:
    first = board_of(*(cell(number, "007", DAY_SHIFT) for number in range(7)))
    save(journal, Facts("published"), first)
    save(journal, Facts("absent"), first.changed({(MONDAY, "007"): None}))
    assert [len(event.data["cells"]) for event in journal.events()] == [7, 1]


@pytest.mark.parametrize(
    ("moment", "people", "eating"),
    [
        ("2026-11-09 08:59", [], []),
        ("2026-11-09 09:00", ["007"], []),
        ("2026-11-09 12:05", ["007"], ["007"]),
        ("2026-11-09 12:30", ["007"], []),
        ("2026-11-09 18:00", [], []),
        ("2026-11-09 23:59", ["008"], []),
        ("2026-11-10 00:00", ["008"], []),
        ("2026-11-10 05:59", ["008"], []),
        ("2026-11-10 06:00", [], []),
        ("2026-11-10 12:05", [], []),
    ],
)
def test_who_is_on_duty_at_a_moment(journal: Journal, moment: str, people: list[str], eating: list[str]) -> None:
    save(
        journal, Facts("published"), board_of(cell(0, "007", DAY_SHIFT, ("主旺旺",), (720, 750)), cell(0, "008", NIGHT))
    )
    found = on_duty_at(journal, datetime.fromisoformat(moment))
    assert [there.duty.person for there in found] == people
    assert [there.duty.person for there in found if there.eating] == eating


def test_who_was_on_duty_as_it_was_known_then(journal: Journal) -> None:
    first = board_of(cell(0, "007", DAY_SHIFT))
    save(journal, Facts("published"), first)
    save(
        journal,
        Facts("substitute"),
        first.changed({(MONDAY, "007"): None, (MONDAY, "008"): cell(0, "008", DAY_SHIFT)}),
        NOW + timedelta(days=2),
    )
    noon = datetime(2026, 11, 9, 12, 5)
    assert [there.name for there in on_duty_at(journal, noon)] == ["韩梅梅"]
    assert [there.name for there in on_duty_at(journal, noon, as_of=1)] == ["李雷"]
    assert [there.name for there in on_duty_at(journal, noon, as_of=NOW + timedelta(days=1))] == ["李雷"]
    assert on_duty_at(journal, noon, as_of=NOW - timedelta(days=1)) == []


def test_the_past_of_the_next_roster(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert past(desk, MONDAY, 7) == (frozenset(), frozenset())
    save(desk.journal, Facts("published"), board_of(cell(0, "007", DAY_SHIFT), cell(6, "008", NIGHT)))
    assert past(desk, MONDAY + timedelta(days=8), 2) == (
        frozenset({cell(6, "008", NIGHT).duty}),
        frozenset({max(WEEK)}),
    )


def test_a_rest_is_owed_as_long_as_the_work_stands(journal: Journal) -> None:
    first = board_of(cell(0, "007", DAY_SHIFT))
    save(journal, Facts("published"), first)
    substituted = first.changed({(MONDAY, "007"): None, (MONDAY, "008"): cell(0, "008", DAY_SHIFT)})
    save(journal, Facts("substitute", rests=(("008", MONDAY),)), substituted)
    assert rests_owed(journal) == [("008", MONDAY)]
    save(journal, Facts("restored", restored=1), first)
    assert rests_owed(journal) == []
    save(journal, Facts("restored", restored=2), substituted)
    assert rests_owed(journal) == [("008", MONDAY)]


cells = st.builds(cell, st.integers(0, 4), st.sampled_from(["007", "008", "009"]), st.sampled_from([DAY_SHIFT, NIGHT]),
                  st.sampled_from([(), ("主旺旺",)]))  # fmt: skip
boards = st.builds(
    lambda cells, days: board_of(*cells, days=frozenset(sorted(WEEK)[:days])),
    st.lists(cells, max_size=8),
    st.integers(5, 7),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(boards, max_size=6), st.data())
def test_every_version_is_the_board_that_was_recorded(
    tmp_path_factory: pytest.TempPathFactory, recorded: list[Board], data: st.DataObject
) -> None:
    journal = Journal(tmp_path_factory.mktemp("journal") / "journal.db")
    model = [Board()]
    for number, after in enumerate(recorded):
        now = NOW + timedelta(hours=number)
        if number % 3 == 2:
            after = model[data.draw(st.integers(0, len(model) - 1))]  # noqa: PLW2901 - restored instead
        save(journal, Facts("published"), after, now)
        if (after.days, after.cells) != (model[-1].days, model[-1].cells):
            model.append(after)
    assert len(versions(journal)) == len(model) - 1
    for number, expected in enumerate(model):
        found = board(journal, number)
        assert (found.days, found.cells) == (expected.days, expected.cells)
        if number:
            version = versions(journal)[number - 1]
            assert list(version.moves) == moves(model[number - 1], expected)
            assert board(journal, version.recorded).cells == expected.cells


def test_the_first_journal_says_what_it_always_said(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    shutil.copyfile(Path(__file__).parent / "journals" / "first.db", path)
    journal = Journal.open(path)
    published, substituted, absent, restored = versions(journal)
    tuesday = MONDAY + timedelta(days=1)
    assert board(journal, 1) == board_of(
        cell(0, "007", DAY_SHIFT, ("主旺旺",), (720, 750)), cell(0, "008", NIGHT), cell(1, "007", DAY_SHIFT)
    )
    assert str(published.facts.shortages[0]).startswith("2026-11-09 周一 白")
    assert (substituted.facts.approved_by, substituted.facts.late, substituted.facts.note) == ("赵主管", True, "发烧")
    assert (substituted.at, substituted.recorded) == (datetime(2026, 11, 10, 9), datetime(2026, 11, 10, 11))
    assert (absent.facts.what, absent.days) == ("absent", [MONDAY])
    assert restored.facts.restored == 2
    assert board(journal) == board(journal, 2)
    assert rests_owed(journal) == [("008", tuesday)]
    kept = journal.snapshot("roster/2026-11-09")
    assert kept is not None
    assert kept.content.decode() == "排班"
