"""The command line: its errors, its options' values, and the streams it meets."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from conftest import Run

import cstools.cli
from cstools import assets
from cstools.cli import Program, main, options, show
from cstools.cli.help import Command, Context
from cstools.desk import Desk
from cstools.errors import BadInput, Fault, Locked, Source
from cstools.language import Text


def run_alone(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A whole process, as a terminal or cron starts it, with nothing else in its environment."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "HOME") if name in os.environ}
    place = {"PYTHONPATH": str(assets.PACKAGE.parent)}
    command = [sys.executable, "-m", "cstools", *words]
    return subprocess.run(command, env=kept | place | environment, capture_output=True, check=False)


# --- errors -----------------------------------------------------------------------------------------------------------


@click.command(cls=Command)
@click.argument("how")
@options.everywhere
def failing(how: str, desk: Path) -> int:
    """Fail as it is told, or say the desk."""
    if how == "input":
        source = Source("team.xlsx", "人员", "B7")
        raise BadInput([Fault(source, "二十", Text("Mon")), Fault(source, "", Text("Tue"), Text("Wed"))])
    if how == "locked":
        raise Locked(Text("did you mean “{name}”?", name="x"))
    if how == "bug":
        raise ZeroDivisionError("a\nb")
    if how == "interrupt":
        raise KeyboardInterrupt
    if how == "pipe":
        raise BrokenPipeError
    click.echo(f"{desk}")
    return int(how)


@pytest.fixture
def failing_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A command ``fail`` among the others, in an empty folder."""
    monkeypatch.setitem(cstools.cli.FAMILIES, "fail", f"{__name__}:failing")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("failing_command")
@pytest.mark.parametrize(
    ("how", "code", "lines"),
    [
        ("0", 0, []),
        ("1", 1, []),
        ("input", 3, ["team.xlsx 人员!B7 “二十”: 周一", "team.xlsx 人员!B7: 周二 → 周三"]),
        ("locked", 75, ["是不是“x”？"]),
        ("interrupt", 130, [""]),
    ],
)
def test_errors_are_lines_and_exit_codes(run: Run, how: str, code: int, lines: list[str]) -> None:
    done = run("fail", how)
    assert (done.exit_code, done.stderr.splitlines()) == (code, lines)


@pytest.mark.usefixtures("failing_command")
def test_a_desk_may_be_named_before_or_after_the_command(run: Run) -> None:
    assert run("fail", "0").output == f"{Path.cwd()}\n"
    assert run("--desk", "a", "fail", "0").output == "a\n"
    assert run("--desk", "a", "fail", "0", "--desk", "b").output == "b\n"


def test_a_bug_is_one_line_and_its_traceback_lies_in_the_desks_log(run: Run, failing_command: Path) -> None:
    (failing_command / "cstools.toml").touch()
    done = run("fail", "bug")
    log = failing_command / ".cstools" / "errors.log"
    assert (done.exit_code, done.stdout) == (70, "")
    assert done.stderr == f"内部错误（程序缺陷）：ZeroDivisionError: a b。详情见 {log}\n"
    run("fail", "bug")
    assert log.read_text(encoding="utf-8").count("Traceback") == 2
    assert "Traceback" in run("--debug", "fail", "bug").stderr


@pytest.mark.usefixtures("failing_command")
def test_a_bug_without_a_desk_is_logged_in_the_temporary_folder(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed" / ".cstools").touch()  # a file where the folder should be
    for words in (["fail", "bug"], ["--desk", "closed", "fail", "bug"]):
        log = Path(run(*words).stderr.split()[-1])
        assert log.parent == tmp_path
        assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_a_family_is_imported_when_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cstools.cli.FAMILIES, "later", "cstools.no_such_module:later")
    program = main
    assert isinstance(program, Program)
    assert program.get_command(Context(program), "bogus") is None
    with pytest.raises(ModuleNotFoundError):
        program.get_command(Context(program), "later")


@click.command(cls=Command)
@options.on_desk
def where(desk: Desk) -> None:
    """Say where the desk is."""
    click.echo(Text("{day} {weekday}", day=desk.folder.name, weekday=Text("Mon")))


def test_a_command_gets_its_desk_and_speaks_its_language(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(cstools.cli.FAMILIES, "where", f"{__name__}:where")
    (tmp_path / "shop" / "deep").mkdir(parents=True)
    (tmp_path / "shop" / "cstools.toml").write_text('language = "en"', encoding="utf-8")
    monkeypatch.chdir(tmp_path / "shop" / "deep")
    assert run("where").output == "shop Mon\n"
    assert run("where", "--lang", "zh").output == "shop 周一\n"
    monkeypatch.chdir(tmp_path)
    assert run("where", "--desk", "shop").output == "shop Mon\n"
    assert run("where").exit_code == 2


# --- options ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (options.Day(), "2026-11-02", "2026-11-02"),
        (options.Day(), "11-02", "“11-02”不是日期，请写成 2026-11-02 这样"),
        (options.Month(), "2026-13", "“2026-13”不是月份，请写成 2026-11 这样"),
        (options.Whole(1), "7", "7"),
        (options.Whole(1), "0", "“0”不是整数，或小于 1"),
        (options.Whole(1), "1.5", "“1.5”不是整数，或小于 1"),
        (options.Whole(0), "2147483648", "“2147483648”太大，最大 2147483647"),
    ],
)
def test_values_of_options(kind: click.ParamType[object], value: str, expected: str) -> None:
    try:
        shown = str(kind.convert(value, None, None))
    except click.BadParameter as error:
        shown = error.message
    assert shown == expected


# --- streams ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}, {}]
)
def test_cron_gets_chinese_in_utf8(locale: dict[str, str]) -> None:
    done = run_alone("--help", **locale)
    assert done.returncode == 0
    assert done.stdout.decode().startswith("用法：cstools")


def test_a_gbk_console_gets_gbk() -> None:
    done = run_alone("☃", PYTHONIOENCODING="gbk")
    assert done.returncode == 2
    assert done.stderr.decode("gbk").splitlines()[-1] == "错误：没有命令 '?'。"


@pytest.mark.parametrize(("words", "code"), [("['fail', '0']", 141), ("['--help']", 1)])
def test_a_closed_pipe_is_quiet(words: str, code: int) -> None:
    paths = [str(Path(__file__).parent), str(assets.PACKAGE.parent)]
    program = f"import sys; sys.path[:0] = {paths}; import cstools.cli as cli"
    program += f"; cli.FAMILIES['fail'] = '{__name__}:failing'; cli.main({words})"
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == code


# --- tables -----------------------------------------------------------------------------------------------------------


def test_tables_line_up_by_display_width_and_keep_texts() -> None:
    lines = show.table(
        [Text("Mon"), "工号", "n"], [["王小明", "007", 7], ["Li", "12", None], ["", "", 11]]
    ).splitlines()
    assert lines == [
        "周一    工号      n",
        "------  ------  ---",
        "王小明  007       7",
        "Li      12",
        "                 11",
    ]
