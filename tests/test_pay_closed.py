"""A closed month, and every way we know to change it: refused, or detected by what the journal and its seals say."""

import contextlib
import hashlib
import json
import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import Run
from desks import make
from pay_desks import TOML, order, pay_desk

from cstools.cli import main
from cstools.desk import Desk
from cstools.duties import Board, Facts, Posted, board, record
from cstools.journal import canonical
from cstools.language import speak
from cstools.pay import seal
from cstools.pay.seal import link
from cstools.pay.witness import FILE
from cstools.shifts import Duty, Shift

ROOT = Path(__file__).parent.parent
SOLD = order(1, "2026-09-08", "10000.00", "工号001") + order(2, "2026-10-09", "5000.00", "工号002")
CAME = "工号,日期,上班,下班\n001,2026-10-08,8:20,17:10\n002,2026-10-09,8:25,17:05\n"
DAY = Shift("白", "白班", 510, 1020, 480)
MONTHS = ("2026-09", "2026-10")


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two desks: September and October closed, each step's copy of the journal kept as people keep backups."""
    speak("zh")
    folder = tmp_path_factory.mktemp("desks")
    (folder / "shop").mkdir()
    shop = make(folder / "shop")
    duties = [Posted.of(Duty(date(2026, 10, 8), DAY.code, "001"), DAY)]
    with shop.journal.writing(by="x", now=datetime(2026, 9, 25, 9)) as book:
        record(book, Facts("published"), Board().published(frozenset({date(2026, 10, 8)}), duties, {}))
    toml = TOML.replace("[pay]", 'roster_desk = "../shop"\n[pay]')
    choices = '[attendance]\nquota_leave = []\nquota_by = "times"\nquota_rests = false\n[attendance.hours]\nrest_days = "roster"\nauto_extend = false\n'
    desk = pay_desk(folder / "pay", {"考勤": CAME}, SOLD, toml + choices)
    for month in MONTHS:
        for word in ("run", "approve", "close"):
            done = CliRunner().invoke(main, ["--desk", str(desk), "pay", word, "--month", month])
            assert done.exit_code == 0, done.output
            shutil.copyfile(desk / ".cstools" / "journal.db", folder / f"{month}-{word}.db")
    return folder


@pytest.fixture
def desk(ready: Path, tmp_path: Path) -> Path:
    shutil.copytree(ready, tmp_path, dirs_exist_ok=True)
    return tmp_path / "pay"


def state(desk: Path) -> dict[str, str]:
    """Every file of both desks by its bytes."""
    return {str(path.relative_to(desk.parent)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(desk.parent.rglob("*")) if path.is_file()}  # fmt: skip


def told(run: Run, desk: Path) -> list[str]:
    """What is kept of the closed months: each slip to its last reason, the list of months, the bank's files."""
    words = [f"explain {who} --month {month}" for month in MONTHS for who in ("001", "002")]
    done = [run("--desk", desk, "pay", *line.split()) for line in [*words, "months"]]
    assert {one.exit_code for one in done} == {0}
    return [one.stdout for one in done]


# --- commands ---------------------------------------------------------------------------------------------------------

COMMANDS = {
    "run again": ("run --month 2026-10", "不能"),
    "run the month before again": ("run --month 2026-09", "不能"),
    "run without writing": ("run --month 2026-10 --dry-run", "不能"),
    "written elsewhere": ("run --month 2026-10 -o elsewhere", "不能"),
    "paid on another day": ("run --month 2026-10 --paid-on 2026-11-20", "不能"),
    "for one person": ("run --month 2026-10 --only 001 --paid-on 2026-11-20", "已经算过"),
    "for one person by name": ("run --month 2026-10 --only 王芳 --paid-on 2026-11-20", "已经算过"),
    "as a leaver": ("run --month 2026-10 --kind leaver --only 001 --paid-on 2026-11-20", ""),
    "a bonus paid before": ("run --month 2026-09 --kind bonus --paid-on 2026-09-29", "不能再算"),
    "one person put before": ("run --month 2026-09 --only 001 --paid-on 2026-09-01", "不能再算"),
    "a month put before": ("run --month 2026-08", "不能再算"),
    "into the roster desk": ("run --month 2026-11 -o {desk}/../shop", "排班文件夹"),
    "approved again": ("approve --month 2026-10", "不是"),
    "closed again": ("close --month 2026-10", "不是"),
    "opened out of order": ("reopen --month 2026-09 --why 漏单", "2026-10"),
    "opened without a reason": ("reopen --month 2026-10 --why ' '", "--why"),
    "approved before it is run": ("approve --month 2026-11", "还没有计算"),
    "closed before it is run": ("close --month 2026-11", "还没有计算"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "says"), COMMANDS.values(), ids=COMMANDS)
def test_a_command_is_refused_and_changes_nothing(words: str, says: str, run: Run, desk: Path) -> None:
    before = state(desk)
    done = run("--desk", desk, "pay", *(word.format(desk=desk) for word in shlex.split(words)))
    assert (done.exit_code, done.stdout) == (1, "")
    assert says in done.stderr
    assert state(desk) == before


def test_a_clock_set_back_is_no_way_in(run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(desk)
    monkeypatch.setattr(Desk, "now", lambda _: datetime(2026, 9, 30, 18))
    for words in ("run --month 2026-10", "run --month 2026-09", "approve --month 2026-10", "close --month 2026-10"):
        assert run("--desk", desk, "pay", *words.split()).exit_code == 1
    assert state(desk) == before


# --- files ------------------------------------------------------------------------------------------------------------


def write(name: str, text: str) -> Callable[[Path], object]:
    return lambda desk: (desk / name).write_text(text, encoding="utf-8")


def change(name: str, old: str, new: str) -> Callable[[Path], None]:
    def work(desk: Path) -> None:
        text = (desk / name).read_text(encoding="utf-8")
        assert old in text
        (desk / name).write_text(text.replace(old, new), encoding="utf-8")

    return work


def swap(desk: Path) -> None:
    """The published roster changed afterwards: somebody else on that day."""
    shop = Desk.find(desk.parent / "shop")
    with shop.journal.writing(by="x", now=datetime(2026, 11, 20, 9)) as book:
        record(book, Facts("swap"), board(book).changed({(date(2026, 10, 8), "001"): None}))


FILES: dict[str, Callable[[Path], object]] = {
    "a raise": change("底薪.csv", "6000", "9000"),
    "somebody who left before": change("人员.csv", "李强,2024-03-01,", "李强,2024-03-01,2026-08-31"),
    "somebody new": change("人员.csv", "002,李强", "003,赵敏,2024-03-01,,客服部,客服,,,,\n002,李强"),
    "another rate": change("提成表.csv", "2%", "5%"),
    "an element less": change("薪资项目.csv", "commission,scheme=店铺\n", ""),
    "an event": change("事件.csv", "批准人\n", "批准人\n2026-10-09,手工,001,500,补贴,经理\n"),
    "a setting": change("cstools.toml", 'counts_on = "paid"', 'counts_on = "created"'),
    "another day paid": change("cstools.toml", '"same"', '"next"'),
    "an order more": change("订单1.csv", order(2, "2026-10-09", "5000.00", "工号002"),
                            order(2, "2026-10-09", "5000.00", "工号002") + order(3, "2026-10-09", "9.00", "001")),
    "an order less": change("订单1.csv", order(2, "2026-10-09", "5000.00", "工号002"), ""),
    "a file of orders": write("订单2.csv", "订单编号,订单付款时间,买家实际支付金额,订单状态,订单备注,宝贝标题\n"
                              + order(4, "2026-10-09", "9.00", "001")),
    "no orders": lambda desk: (desk / "订单1.csv").unlink(),
    "attendance": change("考勤.csv", "8:20", "10:20"),
    "a swap": swap,
}  # fmt: skip


@pytest.mark.parametrize("spoil", FILES.values(), ids=FILES)
def test_what_a_month_was_made_from_may_change_and_it_does_not(
    spoil: Callable[[Path], object], run: Run, desk: Path
) -> None:
    before = told(run, desk)
    spoil(desk)
    after = state(desk)
    assert run("--desk", desk, "pay", "run", "--month", "2026-10").exit_code == 1
    assert told(run, desk) == before
    assert state(desk) == after


# --- the database by hand ---------------------------------------------------------------------------------------------

Sql = Callable[[sqlite3.Connection], None]


@contextlib.contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The journal as somebody opens it who knows SQL: without its triggers."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        yield db
        db.commit()


def sql(*statements: str) -> Sql:
    def work(db: sqlite3.Connection) -> None:
        assert sum(db.execute(statement).rowcount for statement in statements) != 0

    return work


def rewrite(edit: Callable[[dict[str, Any]], object], number: int = 1) -> Sql:
    """An event's data edited."""

    def work(db: sqlite3.Connection) -> None:
        (text,) = db.execute("SELECT data FROM events WHERE number = ?", (number,)).fetchone()
        data = json.loads(text)
        edit(data)
        db.execute("UPDATE events SET data = ? WHERE number = ?", (canonical(data), number))

    return work


def chain(db: sqlite3.Connection) -> None:
    """Every seal made anew over what now stands there."""
    before = ""
    for number, kind, text in db.execute("SELECT number, kind, data FROM events ORDER BY number").fetchall():
        data = json.loads(text)
        data["seal"] = before = link(before, kind, data)
        db.execute("UPDATE events SET data = ? WHERE number = ?", (canonical(data), number))


def exchange(db: sqlite3.Connection) -> None:
    """Two events in each other's place."""
    for old, new in ((2, 99), (3, 2), (99, 3)):
        db.execute("UPDATE events SET number = ? WHERE number = ?", (new, old))


def replace_slips(*, hashed: bool) -> Sql:
    """The slips of October replaced by September's, as they are kept; with the hash beside them or without."""

    def work(db: sqlite3.Connection) -> None:
        (other,) = db.execute("SELECT content FROM snapshots WHERE name = 'pay/2026-09'").fetchone()
        db.execute("UPDATE snapshots SET content = ? WHERE name = 'pay/2026-10'", (other,))
        if hashed:
            digest = hashlib.sha256(other).hexdigest()
            db.execute("UPDATE snapshots SET hash = ? WHERE name = 'pay/2026-10'", (digest,))

    return work


def replace_and_reseal(db: sqlite3.Connection) -> None:
    """Content, hash, the event that names it and every seal after it: all that lies in the journal."""
    replace_slips(hashed=True)(db)
    (digest,) = db.execute("SELECT hash FROM snapshots WHERE name = 'pay/2026-10'").fetchone()
    for number, text in db.execute("SELECT number, data FROM events").fetchall():
        data = json.loads(text)
        if data["run"] == "2026-10":
            data["hash"] = digest
            db.execute("UPDATE events SET data = ? WHERE number = ?", (canonical(data), number))
    chain(db)


def forge(*, sealed: bool) -> Sql:
    """October made a draft again without a word of why."""

    def work(db: sqlite3.Connection) -> None:
        found = db.execute("SELECT at, recorded, author, data FROM events WHERE number = 5").fetchone()
        at, recorded, author, text = found
        data = json.loads(text)
        if sealed:  # in the place of the closing, with a seal that follows on the one before
            data["seal"] = link(data["seal"], "pay.run.reopened", data)
            db.execute("DELETE FROM events WHERE number = 6")
        db.execute("INSERT INTO events VALUES (?, 'pay.run.reopened', ?, ?, ?, ?)",
                   (6 if sealed else 7, at, recorded, author, canonical(data)))  # fmt: skip

    return work


BY_HAND: dict[str, Sql] = {
    "an event's amounts": rewrite(lambda data: data.update(hash="0" * 64)),
    "an event's seal": rewrite(lambda data: data.update(seal="0" * 64), 3),
    "an event's seal taken away": rewrite(lambda data: data.pop("seal"), 3),
    "an event about another run": rewrite(lambda data: data.update(run="2026-08"), 3),
    "another day paid": rewrite(lambda data: data["about"].update(paid_on="2026-10-01"), 4),
    "closed made opened again": sql("UPDATE events SET kind = 'pay.run.reopened' WHERE number = 6"),
    "closed made something else": sql("UPDATE events SET kind = 'note' WHERE number = 6"),
    "who approved": sql("UPDATE events SET author = '经理' WHERE number = 5"),
    "when it was closed": sql("UPDATE events SET at = '2026-10-01 09:00:00' WHERE number = 6"),
    "when it was recorded": sql("UPDATE events SET recorded = '2026-10-01 09:00:00' WHERE number = 6"),
    "no JSON any more": sql("UPDATE events SET data = 'closed' WHERE number = 6"),
    "JSON of another kind": sql("UPDATE events SET data = '[1]' WHERE number = 6"),
    "no time any more": sql("UPDATE events SET at = 'yesterday' WHERE number = 6"),
    "an event taken away": sql("DELETE FROM events WHERE number = 2"),
    "the last event taken away": sql("DELETE FROM events WHERE number = 6"),
    "all of October taken away": sql("DELETE FROM events WHERE number > 3", "DELETE FROM snapshots WHERE number > 2"),
    "all events taken away": sql("DELETE FROM events"),
    "events in another order": exchange,
    "an event added": forge(sealed=False),
    "an event in the place of another, well sealed": forge(sealed=True),
    "an event doubled": sql("INSERT INTO events SELECT 7, kind, at, recorded, author, data FROM events WHERE number=1"),
    "slips replaced": replace_slips(hashed=False),
    "slips replaced with their hash": replace_slips(hashed=True),
    "slips replaced, every seal made anew": replace_and_reseal,
    "slips added over the old ones": sql(
        "INSERT INTO snapshots SELECT 99, 'pay/2026-10', recorded, author, hash, content FROM snapshots WHERE number=1"
    ),
    "slips taken away": sql("DELETE FROM snapshots WHERE name = 'pay/2026-09'"),
    "slips under another name": sql("UPDATE snapshots SET name = 'x' WHERE name = 'pay/2026-09'"),
    "slips as text": sql("UPDATE snapshots SET content = 'none' WHERE name = 'pay/2026-09'"),
    "what they leave replaced": sql("UPDATE snapshots SET content = X'7B7D' WHERE name = 'pay-facts/2026-09'"),
}


def detected(run: Run, desk: Path, code: int = 1) -> str:
    """Told by the list of months, and no further month is made of it; nothing is written."""
    before = state(desk)
    listed = run("--desk", desk, "pay", "months")
    assert (listed.exit_code, listed.stdout) == (code, ""), listed.output
    for words in ("run --month 2026-11", "reopen --month 2026-10 --why 试试", "postings --month 2026-09"):
        done = run("--desk", desk, "pay", *words.split())
        assert done.exit_code != 0, words
        assert "Traceback" not in done.output
        assert "内部错误" not in done.output
    assert state(desk) == before
    return listed.stderr


@pytest.mark.parametrize("edit", BY_HAND.values(), ids=BY_HAND)
def test_a_journal_edited_by_hand_is_told(edit: Sql, run: Run, desk: Path) -> None:
    with opened(desk / ".cstools" / "journal.db") as db:
        edit(db)
    said = detected(run, desk)
    assert "手工改过" in said or FILE in said


# --- the file as a whole ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["2026-09-run", "2026-09-close", "2026-10-run", "2026-10-approve"])
def test_an_older_copy_of_the_journal_is_told(step: str, run: Run, desk: Path) -> None:
    shutil.copyfile(desk.parent / f"{step}.db", desk / ".cstools" / "journal.db")
    assert FILE in detected(run, desk)


def test_a_journal_that_is_gone_is_told(run: Run, desk: Path) -> None:
    shutil.rmtree(desk / ".cstools")
    assert FILE in detected(run, desk)


def test_the_newest_copy_put_back_is_welcome(run: Run, desk: Path) -> None:
    shutil.copyfile(desk.parent / "2026-10-close.db", desk / ".cstools" / "journal.db")
    assert run("--desk", desk, "pay", "months").exit_code == 0
    assert run("--desk", desk, "pay", "run", "--month", "2026-11").exit_code == 0


@pytest.mark.parametrize("table", ["events", "snapshots"])
def test_a_journal_that_is_no_longer_one_is_told(table: str, run: Run, desk: Path) -> None:
    with opened(desk / ".cstools" / "journal.db") as db:
        db.execute(f"DROP TABLE {table}")
    detected(run, desk, code=3)


def test_a_file_of_anything_is_told(run: Run, desk: Path) -> None:
    (desk / ".cstools" / "journal.db").write_bytes(b"closed" * 1000)
    detected(run, desk, code=3)


def test_an_older_cstools_leaves_a_newer_journal_alone(run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(seal, "FORMAT", seal.FORMAT + 1)
        assert run("--desk", desk, "pay", "run", "--month", "2026-11").exit_code == 0
    assert "更新版本的 cstools" in detected(run, desk)


def test_a_newer_schema_is_left_alone(run: Run, desk: Path) -> None:
    with opened(desk / ".cstools" / "journal.db") as db:
        db.execute("PRAGMA user_version = 99")
    detected(run, desk, code=3)


def test_who_mends_journal_and_file_is_caught_by_the_seal_on_paper(run: Run, desk: Path) -> None:
    """Nothing within the folder can tell a journal made anew from first to last: the printed seal can."""
    listed = run("--desk", desk, "pay", "months").stdout
    paper = next(line for line in listed.splitlines() if "2026-10" in line).split()[-1]
    assert run("--desk", desk, "pay", "months", "--seal", paper).exit_code == 0
    with opened(desk / ".cstools" / "journal.db") as db:
        replace_and_reseal(db)
    (desk / FILE).unlink()
    assert run("--desk", desk, "pay", "months").exit_code == 0  # looks whole
    done = run("--desk", desk, "pay", "months", "--seal", paper)
    assert (done.exit_code, paper in done.stderr) == (1, True)


def test_a_seal_must_be_long_enough_to_mean_something(run: Run, desk: Path) -> None:
    assert run("--desk", desk, "pay", "months", "--seal", "a").exit_code == 1


def test_an_opening_stays_on_record(run: Run, desk: Path) -> None:
    assert (
        run("--desk", desk, "pay", "reopen", "--month", "2026-10", "--why", "漏了一张罚单", "--by", "王会计").exit_code
        == 0
    )
    listed = run("--desk", desk, "pay", "months").stdout
    assert "漏了一张罚单" in listed
    assert len((desk / FILE).read_text(encoding="utf-8").splitlines()) == 1 + 7


# --- two at once ------------------------------------------------------------------------------------------------------


def at_once(desk: Path, *commands: str) -> list[int]:
    """Exit codes of commands that begin together, each a process of its own."""
    begin = [sys.executable, "-m", "cstools", "--desk", str(desk), "pay"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = [subprocess.Popen([*begin, *words.split()], env=environment, stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE) for words in commands]  # fmt: skip
    said = [process.communicate()[1].decode() for process in started]
    assert not any("Traceback" in text or "内部错误" in text for text in said), said
    return [process.returncode for process in started]


def test_of_three_that_approve_or_close_at_once_one_does(run: Run, desk: Path) -> None:
    change("底薪.csv", "6000", "6100")(desk)
    assert sorted(at_once(desk, *["run --month 2026-11"] * 3)) in ([0, 0, 0], [0, 0, 1], [0, 1, 1])
    assert sorted(at_once(desk, *["approve --month 2026-11"] * 3)) == [0, 1, 1]
    assert sorted(at_once(desk, *["close --month 2026-11"] * 3)) == [0, 1, 1]
    assert run("--desk", desk, "pay", "months").stdout.count("已关账") == 3


def test_what_is_approved_while_it_is_run_again_is_what_was_run(run: Run, desk: Path) -> None:
    assert run("--desk", desk, "pay", "run", "--month", "2026-11").exit_code == 0
    change("底薪.csv", "6000", "6100")(desk)
    again, approved = at_once(desk, "run --month 2026-11", "approve --month 2026-11")
    assert (again, approved) in {(0, 0), (0, 1)}
    listed = run("--desk", desk, "pay", "months")
    assert listed.exit_code == 0
    assert (desk / "工资" / "工资表_2026-11.xlsx").exists()


def test_a_file_of_seals_saved_by_an_editor_is_the_same(run: Run, desk: Path) -> None:
    text = (desk / FILE).read_text(encoding="utf-8")
    (desk / FILE).write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert run("--desk", desk, "pay", "months").exit_code == 0
    assert run("--desk", desk, "pay", "run", "--month", "2026-11").exit_code == 0


@pytest.mark.parametrize("line", ["2026-11-22 2026-11 closed " + "0" * 64, "x"])
def test_a_seal_that_was_never_given_is_told(line: str, run: Run, desk: Path) -> None:
    with (desk / FILE).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    detected(run, desk)
