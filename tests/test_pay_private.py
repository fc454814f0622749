"""What pay writes is its owner's alone, and no figure of it lands in the roster desk, a log or another part's words."""

import io
import os
import re
import stat
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from conftest import Run
from desks import make
from pay_desks import SHEETS, TOML, order, pay_desk

from cstools.cli.log import write
from cstools.duties import Board, Facts, Posted, record
from cstools.pay import making
from cstools.pay.compute import BrokenIdentityError
from cstools.shifts import Duty, Shift

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such modes: the README says what to do")
# Figures and numbers that stand nowhere else; 8,203.57 is 7,853.57 of base and 2 % of 17,500.
BASE, NET, ACCOUNT, IDENTITY = "7853.57", "8203.57", "6225880000009137", "310101198901010005"
SECRETS = tuple(
    re.compile(word.replace(".", r"\.").encode()) for word in (BASE, NET, "7,853.57", "8,203.57", ACCOUNT, IDENTITY)
)
EVERYTHING = (
    "run --month 2026-10", "explain 001 --month 2026-10", "approve --month 2026-10", "slips --month 2026-10",
    "slips --month 2026-10 --format html", "slips --month 2026-10 --format dingtalk", "tax --month 2026-10",
    "bank --month 2026-10 --template cmb", "postings --month 2026-10", "postings --month 2026-10 -o {desk}/账/十月/账.csv",
    "close --month 2026-10", "months", "slips --month 2026-10 -o {desk}/给谁/看",
)  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A pay desk beside a roster desk with a published roster, whose people have the same names."""
    (tmp_path / "shop").mkdir()
    shop = make(tmp_path / "shop")
    day, shift = date(2026, 10, 8), Shift("白", "白班", 510, 1020, 480)
    with shop.journal.writing(by="x", now=datetime(2026, 9, 25, 9)) as book:
        posted = [Posted.of(Duty(day, shift.code, "001"), shift)]
        record(book, Facts("published"), Board().published(frozenset({day}), posted, {}))
    toml = TOML.replace("[pay]", 'roster_desk = "../shop"\n[pay]')
    people = "工号,姓名,入职,部门,岗位,证件号码,手机号码,银行,银行账号\n001,张伟,2024-03-01,客服部,客服,{},13800000001,招商银行上海分行,{}\n"
    sheets = {"人员": people.format(IDENTITY, ACCOUNT), "底薪": f"工号,底薪,起始日期\n001,{BASE},\n"}
    return pay_desk(tmp_path / "pay", sheets, order(1, "2026-10-08", "17500.00", "工号001"), toml)


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def pieces(data: bytes) -> Iterator[bytes]:
    """A file's bytes, and those of what is packed in it."""
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name) for name in archive.namelist())


def told(data: bytes) -> list[str]:
    """Which of the secrets some bytes hold."""
    return [secret.pattern.decode() for secret in SECRETS for piece in pieces(data) if secret.search(piece)]


def a_month(run: Run, desk: Path) -> None:
    for words in EVERYTHING:
        done = run("--desk", desk, "pay", *words.format(desk=desk).split())
        assert done.exit_code == 0, f"{words}: {done.output}"


@posix
@pytest.mark.parametrize("umask", [0o022, 0o000])
def test_all_that_pay_writes_is_its_owners_alone(umask: int, run: Run, desk: Path) -> None:
    before = set(desk.rglob("*"))
    old = os.umask(umask)
    try:
        a_month(run, desk)
    finally:
        os.umask(old)
    made = set(desk.rglob("*")) - before
    assert {path.suffix for path in made if path.is_file()} >= {".xlsx", ".html", ".csv", ".db", ".txt"}
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in made}
    assert {path for path, mode in modes.items() if path.is_dir() and mode != 0o700} == set()
    assert {path for path, mode in modes.items() if path.is_file() and mode != 0o600} == set()


@posix
def test_a_file_that_others_could_read_is_closed_to_them(run: Run, desk: Path) -> None:
    assert run("--desk", desk, "pay", "run", "--month", "2026-10").exit_code == 0
    register = desk / "工资" / "工资表_2026-10.xlsx"
    register.chmod(0o644)
    assert run("--desk", desk, "pay", "run", "--month", "2026-10").exit_code == 0
    assert stat.S_IMODE(register.stat().st_mode) == 0o600


@posix
def test_a_new_desk_is_its_owners_alone(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "pay", "--profile", "pay").exit_code == 0
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "pay").iterdir()} == {0o600}


def test_after_a_month_the_roster_desk_is_as_it_was_and_holds_no_figure(run: Run, desk: Path) -> None:
    shop = desk.parent / "shop"
    before = files(shop)
    a_month(run, desk)
    assert any(told(data) for data in files(desk / "工资").values())  # the search finds what is there
    assert files(shop) == before
    assert not [path for path, data in before.items() if told(data)]


def test_pay_is_never_written_into_the_roster_desk(run: Run, desk: Path) -> None:
    shop = desk.parent / "shop"
    a_month(run, desk)
    before = files(shop)
    for words in ("run --month 2026-11 -o {shop}", "run --month 2026-11 -o {shop}/a/b", "slips --month 2026-10 -o {shop}",
                  "tax --month 2026-10 -o {shop}", "bank --month 2026-10 --template cmb -o {shop}",
                  "postings --month 2026-10 -o {shop}/账.csv"):  # fmt: skip
        done = run("--desk", desk, "pay", *words.format(shop=shop).split())
        assert (done.exit_code, done.stdout) == (1, ""), words
        assert "排班文件夹" in done.stderr
    assert files(shop) == before
    assert not (shop / "a").exists()


PROVOKED = {
    "a cell": lambda desk: (desk / "底薪.csv").write_text(SHEETS["底薪"].replace("6000", f"{BASE}元整"), "utf-8"),
    "somebody unknown": lambda desk: (desk / "底薪.csv").write_text(f"工号,底薪,起始日期\n009,{BASE},\n", "utf-8"),
    "the roster desk's sheet": lambda desk: (desk.parent / "shop" / "team.xlsx").write_bytes(b"none"),
    "the roster desk's journal": lambda desk: (desk.parent / "shop/.cstools/journal.db").write_bytes(b"none" * 999),
}


@pytest.mark.parametrize("spoil", PROVOKED.values(), ids=PROVOKED)
def test_an_error_tells_the_roster_desk_nothing(spoil: object, run: Run, desk: Path) -> None:
    a_month(run, desk)
    spoil(desk)  # type: ignore[operator] # one of the above
    shop = desk.parent / "shop"
    before = files(shop)
    assert run("--desk", desk, "pay", "run", "--month", "2026-11").exit_code != 0
    assert files(shop) == before
    for words in ("doctor", "roster rules", "status", "pay months"):  # the roster desk's own words
        done = run("--desk", shop, *words.split())
        assert told(done.output.encode()) == []
    assert not [path for path, data in files(shop).items() if told(data)]


def test_a_bug_is_told_in_the_pay_desks_own_log_alone(
    run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> None:
        raise BrokenIdentityError(f"001 base: {BASE} is not in fen")

    monkeypatch.setattr(making, "compute", fail)
    monkeypatch.chdir(desk.parent / "shop")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    done = run("--desk", desk, "pay", "run", "--month", "2026-10")
    assert done.exit_code == 70
    log = desk / ".cstools" / "errors.log"
    assert told(log.read_bytes())
    if sys.platform != "win32":
        assert stat.S_IMODE(log.stat().st_mode) == 0o600
        assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700
    assert not [path for path, data in files(desk.parent / "shop").items() if told(data)]
    assert not files(tmp_path / "temporary")


@posix
def test_a_log_without_a_desk_is_its_owners_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    old = os.umask(0)
    try:
        path = write("a trace", tmp_path / "nowhere")
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.unlink()
