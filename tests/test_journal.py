"""The journal loses nothing, doubles nothing, changes nothing, and says what stands in its way."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from datetime import date, datetime, timedelta
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools.errors import BadInput, CstoolsError, Locked
from cstools.journal import Journal, pack, schema, unpack
from cstools.journal.file import address as address_of
from cstools.language import Text

NOW = datetime(2026, 11, 9, 8, 30)
FIRST = Path(__file__).parent / "journals" / "first.db"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".cstools" / "journal.db"


def append(path: Path, *words: str) -> None:
    with Journal.open(path).writing(by="王芳", now=NOW) as book:
        for word in words:
            book.append("test.said", {"word": word})


def test_an_event_comes_back_as_it_was_recorded(path: Path) -> None:
    said = NOW - timedelta(hours=3)
    with Journal.open(path).writing(by="王芳", now=NOW) as book:
        given = book.append("test.said", {"名": "=1+1", "days": ["2026-11-09"], "n": 1}, at=said)
        book.append("test.done", {})
    assert Journal.open(path).events()[0] == given
    assert (given.number, given.at, given.recorded, given.author) == (1, said, NOW, "王芳")
    assert [event.number for event in Journal.open(path).events("test.done")] == [2]
    assert [event.number for event in Journal.open(path).events("test.done", "test.said", after=1)] == [2]
    with closing(sqlite3.connect(path)) as link:
        kept = link.execute("SELECT data FROM events").fetchone()[0]
    assert kept == '{"days":["2026-11-09"],"n":1,"名":"=1+1"}'


def test_a_journal_that_is_not_there_reads_as_empty_and_is_not_made_by_reading(path: Path) -> None:
    assert Journal.open(path).events() == []
    assert Journal.open(path).snapshot("pay") is None
    assert not path.parent.exists()


def test_an_error_in_the_block_leaves_nothing(path: Path) -> None:
    append(path, "a")

    def fail() -> None:
        with Journal.open(path).writing(by="王芳", now=NOW) as book:
            book.append("test.said", {"word": "b"})
            book.keep("pay", b"1")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    append(path, "c")
    assert [(event.number, event.data["word"]) for event in Journal.open(path).events()] == [(1, "a"), (2, "c")]
    assert Journal.open(path).snapshot("pay") is None


def test_what_was_read_in_the_block_is_still_true_when_it_is_written(path: Path) -> None:
    append(path, "a")
    with Journal.open(path).writing(by="王芳", now=NOW) as book:
        assert len(book.events()) == 1
        with pytest.raises(Locked), Journal(path, wait=0.05).writing(by="李雷", now=NOW):
            pass
        assert len(Journal.open(path).events()) == 1  # readers aren't kept waiting
        book.append("test.said", {"word": "b"})
    assert len(Journal.open(path).events()) == 2


def test_a_snapshot_is_kept_whole_and_only_when_it_changed(path: Path) -> None:
    journal = Journal.open(path)
    for number, content in enumerate([b"\x00one", b"\x00one", b"two"]):
        with journal.writing(by="王芳", now=NOW + timedelta(hours=number)) as book:
            book.keep("pay/2026-11", content)
    found = journal.snapshot("pay/2026-11")
    assert found is not None
    assert (found.number, found.content, found.recorded) == (2, b"two", NOW + timedelta(hours=2))
    assert found.hash == "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3"
    assert journal.snapshot("pay/2026-12") is None


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE events SET author = 'x'", "never changed"),
        ("DELETE FROM events", "never changed"),
        ("UPDATE snapshots SET content = x'00'", "never changed"),
        ("DELETE FROM snapshots", "never changed"),
        ("INSERT INTO events VALUES (4, 'k', '', '', '', '{}')", "without gaps"),
        ("INSERT OR REPLACE INTO events VALUES (1, 'k', '', '', '', '{}')", "without gaps"),
        ("INSERT INTO events (kind, at, recorded, author, data) VALUES ('k', '', '', '', '{}')", "without gaps"),
    ],
)
def test_the_file_itself_refuses_changes_and_gaps(path: Path, statement: str, why: str) -> None:
    append(path, "a", "b")
    with Journal.open(path).writing(by="王芳", now=NOW) as book:
        book.keep("pay", b"1")
    with closing(sqlite3.connect(path)) as link, pytest.raises(sqlite3.IntegrityError, match=why):
        link.execute(statement)


def test_texts_are_kept_as_key_and_parameters() -> None:
    text = Text(
        "{name} rests {hours} h on {day}: {why}", name="王芳", hours=9, day=date(2026, 11, 9), why=[Text("no"), None]
    )
    assert unpack(pack(text)) == text
    assert pack(text)["params"]["day"] == {"day": "2026-11-09"}


# --- many at once, and killed -----------------------------------------------------------------------------------------

WRITER = """
import sys
from datetime import datetime
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from cstools.journal import Journal
path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for number in range(count):
    with Journal.open(path, wait=120).writing(by=name, now=datetime(2026, 11, 9)) as book:
        seen = len(book.events("half", after=0)) if number % 25 == 0 else 0
        first = book.append("half", {"by": name, "n": number})
        book.append("other half", {"by": name, "n": number, "of": first.number})
        book.keep(name, str(number).encode())
    print(number, flush=True)
"""


def writer(path: Path, name: str, count: int, **settings: object) -> "subprocess.Popen[str]":
    root = Path(__file__).parent.parent
    words = [sys.executable, "-c", WRITER, str(path), name, str(count)]
    return subprocess.Popen(words, cwd=root, text=True, encoding="utf-8", stdout=subprocess.PIPE, **settings)  # type: ignore[call-overload,no-any-return] # settings are Popen's


def test_twenty_processes_lose_nothing_double_nothing_and_leave_no_gap(path: Path) -> None:
    processes = [writer(path, f"p{number}", 50) for number in range(20)]
    for process in processes:
        process.communicate(timeout=240)
    assert [process.returncode for process in processes] == [0] * 20
    events = Journal.open(path).events()
    assert [event.number for event in events] == list(range(1, 2001))
    for name in (f"p{number}" for number in range(20)):
        mine = [event for event in events if event.data["by"] == name]
        assert [event.data["n"] for event in mine if event.kind == "half"] == list(range(50))
        kept = Journal.open(path).snapshot(name)
        assert kept is not None
        assert kept.content == b"49"
    for first, second in zip(events[::2], events[1::2], strict=True):
        assert (first.kind, second.kind, second.data["of"]) == ("half", "other half", first.number)


def test_killed_at_fifty_random_moments_nothing_is_half_recorded(path: Path) -> None:
    chance = random.Random(50)
    for number in range(50):
        process = writer(path, f"p{number}", 10**6)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.02))
        process.kill()
        acknowledged = 1 + sum(line.endswith("\n") for line in process.stdout)
        process.stdout.close()
        process.wait()
        events = [event for event in Journal.open(path).events() if event.author == f"p{number}"]
        assert acknowledged <= len(events) / 2 <= acknowledged + 1
        kept = Journal.open(path).snapshot(f"p{number}")
        assert kept is not None
        assert int(kept.content) == len(events) / 2 - 1
    events = Journal.open(path).events()
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    assert [event.kind for event in events] == ["half", "other half"] * (len(events) // 2)
    with closing(sqlite3.connect(path)) as link:
        assert link.execute("PRAGMA integrity_check").fetchone() == ("ok",)


Step = tuple[str, list[tuple[str, str]]]
steps = st.lists(
    st.tuples(
        st.sampled_from(["commit", "fail", "open anew"]),
        st.lists(st.tuples(st.sampled_from(["a", "b", "keep"]), st.text(max_size=5)), max_size=4),
    ),
    max_size=8,
)


class _Failed(Exception):
    pass


@settings(max_examples=60, deadline=None)
@given(steps)
def test_a_journal_is_a_list_of_events(tmp_path_factory: pytest.TempPathFactory, steps: list[Step]) -> None:
    path = tmp_path_factory.mktemp("journal") / "journal.db"
    journal, model, kept = Journal.open(path), list[tuple[str, str]](), ""
    for end, entries in steps:
        if end == "open anew":
            journal = Journal.open(path)
        with suppress(_Failed), journal.writing(by="王芳", now=NOW) as book:
            for kind, word in entries:
                if kind == "keep":
                    book.keep("whole", word.encode())
                else:
                    book.append(kind, {"word": word})
            if end == "fail":
                raise _Failed
        if end == "fail":
            continue
        model += [entry for entry in entries if entry[0] != "keep"]
        kept = next((word for kind, word in reversed(entries) if kind == "keep"), kept)
    assert [(event.kind, event.data["word"]) for event in journal.events()] == model
    assert [event.number for event in journal.events()] == list(range(1, len(model) + 1))
    assert [event.data["word"] for event in journal.events("a")] == [word for kind, word in model if kind == "a"]
    found = journal.snapshot("whole")
    assert (found.content.decode() if found else "") == kept


# --- versions ---------------------------------------------------------------------------------------------------------


def test_a_journal_of_the_first_version_opens(path: Path) -> None:
    assert FIRST.read_bytes()[60:64] == b"\0\0\0\1", "the file itself must stay as the first version left it"
    path.parent.mkdir()
    shutil.copyfile(FIRST, path)
    journal = Journal.open(path)
    before = [event.kind for event in journal.events()]
    assert before == ["roster.published", "roster.changed", "roster.changed", "roster.restored"]
    append(path, "now")
    assert [event.kind for event in journal.events()] == [*before, "test.said"]


def test_an_older_journal_is_brought_up_to_date_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append(path, "a")
    later = (("ALTER TABLE events ADD COLUMN place TEXT",), ("CREATE TABLE notes (words TEXT)",))
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS + later)
    assert len(Journal.open(path).events()) == 1
    assert len(Journal.open(path).events()) == 1
    with closing(sqlite3.connect(path)) as link:
        assert link.execute("PRAGMA user_version").fetchone() == (len(schema.MIGRATIONS),)
        assert link.execute("SELECT COUNT(*) FROM notes").fetchone() == (0,)


def test_a_step_that_fails_leaves_the_old_version(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append(path, "a")
    before = path.read_bytes()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ("CREATE TABLE notes (words TEXT)", "nonsense")))
    with pytest.raises(sqlite3.OperationalError):
        Journal.open(path)
    assert path.read_bytes() == before


# --- what stands in its way -------------------------------------------------------------------------------------------


def refused(path: Path, error: type[CstoolsError]) -> str:
    """The one line that reading, and then writing, is refused with; the file stays as it is."""
    before = path.read_bytes()
    with pytest.raises(error) as reading:
        Journal.open(path)
    with pytest.raises(error) as writing:
        append(path, "a")
    assert str(reading.value) == str(writing.value)
    assert path.read_bytes() == before
    assert "\n" not in str(reading.value)
    return str(reading.value)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.write_bytes(b"not a database, but long enough to look at" * 99)
    assert str(path) in refused(path, BadInput)


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with closing(sqlite3.connect(path)) as link:
        link.execute("CREATE TABLE events (number INTEGER PRIMARY KEY)")
    assert str(path) in refused(path, BadInput)


def test_a_journal_of_a_newer_version(path: Path) -> None:
    append(path, "a")
    with closing(sqlite3.connect(path)) as link:
        link.execute("PRAGMA user_version = 99")
    assert "99" in refused(path, BadInput)


def test_a_damaged_journal(path: Path) -> None:
    append(path, *("长" * 500 for _ in range(20)))
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(BadInput):
        Journal.open(path).events()


def test_an_empty_file_is_an_empty_journal(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.touch()
    assert Journal.open(path).events() == []
    append(path, "a")
    assert len(Journal.open(path).events()) == 1


def test_others_are_waited_for_and_then_said_to_be_writing(path: Path) -> None:
    append(path, "a")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        start = time.monotonic()
        with pytest.raises(Locked) as error, Journal(path, wait=0.3).writing(by="王芳", now=NOW):
            pass
        assert time.monotonic() - start >= 0.3
        with pytest.raises(Locked):
            Journal(path, wait=0.05).events()
    assert error.value.exit_code == 75


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (PureWindowsPath("C:\\班组 一\\journal.db"), "file:///C:/%E7%8F%AD%E7%BB%84%20%E4%B8%80/journal.db?mode=rw"),
        (PureWindowsPath("\\\\server\\share\\journal.db"), "file:////server/share/journal.db?mode=rw"),
        (PurePosixPath("/a?b#c/journal.db"), "file:///a%3Fb%23c/journal.db?mode=rw"),
    ],
)
def test_odd_paths_are_addresses_too(path: PurePath, address: str) -> None:
    assert address_of(path) == address


def test_a_full_disk_records_nothing_and_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append(path, "a")
    connect = Journal._connect

    def nearly_full(journal: Journal) -> sqlite3.Connection:
        link = connect(journal)
        link.execute(f"PRAGMA max_page_count = {path.stat().st_size // 4096}")
        return link

    monkeypatch.setattr(Journal, "_connect", nearly_full)
    with pytest.raises(CstoolsError) as error:
        append(path, *("长" * 500 for _ in range(20)))
    assert str(path) in str(error.value)
    monkeypatch.undo()
    assert len(Journal.open(path).events()) == 1


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / ".cstools").write_text("a file where the folder should be")
    with pytest.raises(CstoolsError) as error:
        append(tmp_path / ".cstools" / "journal.db", "a")
    assert str(tmp_path) in str(error.value)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_its_owner_reads_it(path: Path) -> None:
    append(path, "a")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_write_protected_journal_can_be_read_and_says_why_it_is_not_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(path, "a")
    connect = Journal._connect

    def protected(journal: Journal) -> sqlite3.Connection:
        # As SQLite opens a file that the system protects; root, as whom tests may run, would write it all the same.
        link = connect(journal)
        link.execute("PRAGMA query_only = ON")
        return link

    monkeypatch.setattr(Journal, "_connect", protected)
    assert len(Journal.open(path).events()) == 1
    with pytest.raises(CstoolsError) as error:
        append(path, "b")
    assert str(path) in str(error.value)


def test_a_reader_is_not_misled_by_the_first_write(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first page is written just when a reader has looked at half of what tells whose file it is."""
    path.parent.mkdir()
    path.touch()
    connect = Journal._connect
    tried: list[str] = []

    def traced(journal: Journal) -> sqlite3.Connection:
        link = connect(journal)

        def trace(statement: str) -> None:
            if "sqlite_master" in statement and not tried:
                tried.append(statement)
                append_at_once(path)

        link.set_trace_callback(trace)
        return link

    monkeypatch.setattr(Journal, "_connect", traced)
    assert Journal.open(path).events() == []
    assert tried


def append_at_once(path: Path) -> None:
    """Write as another process would, without waiting."""
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as link, suppress(sqlite3.OperationalError):
        link.execute("BEGIN IMMEDIATE")
        schema.migrate(link, path)
        link.execute("COMMIT")
