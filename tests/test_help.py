"""The help of every command: in the language spoken, wrapped by display width, with examples that run."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from conftest import Run

import cstools.cli
from cstools import assets
from cstools.cli import main, options
from cstools.cli.help import Command, Context, Group, Page, width, wrap
from cstools.cli.options import desk, handover, pay, roster
from cstools.language import mark, speak

# Names that are the same in Chinese.
NAMES = {"CSTOOLS_TIME_LIMIT", "bonus", "cmb", "dingtalk", "leaver", "month", "pay.xlsx", "simple", "templates",
         "in", "out", "cstools", "cstools.toml", "CSTOOLS_LANG", "Excel", "Windows", "xlsx", "csv", "json", "table", "toml", "html", "md", "text", "cron", "crontab", "zh", "en",
         *desk.ROSTER_PROFILES}  # fmt: skip


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command and group below a command, itself too, with the words that call it."""
    yield path, command
    if isinstance(command, click.Group):
        ctx = Context(command)
        for name in command.list_commands(ctx):
            found = command.get_command(ctx, name)
            assert found, name
            yield from commands(found, (*path, name))


ALL = list(commands(main))
CALLED = [(path, command) for path, command in ALL if not isinstance(command, click.Group)]


def called(path: object) -> str:
    return " ".join(path) if isinstance(path, tuple) else ""


@pytest.mark.parametrize(("path", "command"), ALL, ids=called)
def test_every_help_is_a_sentence_and_its_options(run: Run, path: tuple[str, ...], command: click.Command) -> None:
    speak("en")
    shown = run(*path, "--help", "--lang", "en")
    assert shown.exit_code == 0
    assert command.help
    assert command.help.endswith(".")
    for option in ("--lang", "--desk", "--help"):
        assert option in shown.output
    for param in command.params:
        assert getattr(param, "help", None), f"{param.name} has no help"


@pytest.mark.parametrize(("path", "command"), CALLED, ids=called)
def test_every_command_has_an_example(run: Run, path: tuple[str, ...], command: click.Command) -> None:
    assert isinstance(command, Command)
    assert list(command.examples())
    for words in command.examples():
        assert words[0] == "cstools"
        assert " ".join(words) in run(*path, "--help").output
    assert tuple(list(command.examples())[-1][1 : len(path) + 1]) == path


@pytest.mark.parametrize(("path", "command"), CALLED, ids=called)
def test_every_example_runs_in_the_shop(
    run: Run, path: tuple[str, ...], command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(assets.sample("shop"), tmp_path / "shop")
    monkeypatch.chdir(tmp_path / "shop")
    if path[0] == "pay":
        shutil.copytree(assets.sample("shop-pay"), tmp_path / "shop-pay")
        monkeypatch.chdir(tmp_path / "shop-pay")
    monkeypatch.setenv("CSTOOLS_TIME_LIMIT", "10")
    for words in command.examples():
        done = run(*words[1:])
        assert done.exit_code == 0, f"{path}: {words}\n{done.output}"


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_every_command_of_a_readme_runs_in_the_shop(
    run: Run, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (assets.PACKAGE.parent / name).read_text(encoding="utf-8")
    lines = re.findall(r"^ {4}(cstools .+?)(?: +#.*)?$", text, re.MULTILINE)
    if lines:
        for sample in ("shop", "shop-pay"):
            shutil.copytree(assets.sample(sample), tmp_path / sample)
        monkeypatch.chdir(tmp_path / "shop")
        monkeypatch.setenv("CSTOOLS_TIME_LIMIT", "15")
    for line in lines:
        done = run(*line.split()[1:])
        assert done.exit_code == 0, f"{line}\n{done.output}"


def english_in(text: str, command: click.Command) -> set[str]:
    """The English words of a help page, but for names: commands, options, choices, examples."""
    text = text.replace(getattr(command, "example", "") or "\0", "").replace("cstools.toml", "")
    text = re.sub(r"\[\w+(\|\w+)*\]", "", text)
    text = re.sub(r"(?<![\w-])--?[a-z][a-z-]*", "", text)
    names = NAMES | {word for path, _ in ALL for word in path}
    return {word for word in re.findall(r"[A-Za-z][A-Za-z_.]+", text) if word not in names}


@pytest.mark.parametrize(("path", "command"), ALL, ids=called)
def test_chinese_help_has_no_english_and_fits(run: Run, path: tuple[str, ...], command: click.Command) -> None:
    page = run(*path, "--help").output
    for example in command.examples() if isinstance(command, Command) else ():
        page = page.replace(" ".join(example), "")
    assert english_in(page, command) == set()
    assert max(map(width, page.splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--bogus"], "错误：没有选项 '--bogus'。"),
        (["--desk"], "错误：选项 '--desk' 后面缺少值。"),
        (["bogus"], "错误：没有命令 'bogus'。"),
        (["--lang", "fr"], "错误：'--lang' 的值不对：没有 'fr'，可选 'zh', 'en'。"),
    ],
)
def test_usage_errors_are_chinese(run: Run, words: list[str], told: str) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1] == told
    assert english_in(done.stderr, main) <= {"bogus", "fr"}


def test_a_command_line_is_english_wherever_it_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Show this message and exit." in run("--help", "--lang=en").output
    assert "No such option '--bogus'." in run("--bogus", "--lang", "en").stderr
    monkeypatch.setenv("CSTOOLS_LANG", "en")
    assert "Options:" in run("--help").output
    assert "选项：" in run("--lang", "zh", "--help").output


def test_a_command_line_without_words_shows_the_help(run: Run) -> None:
    done = run()
    assert done.exit_code == 2
    assert done.stderr == run("--help").stdout


def test_version_is_told(run: Run) -> None:
    assert run("--version").output == f"cstools {cstools.__version__}\n"


def every_option() -> click.Command:
    """A command with every option and argument that there is; of those that go by one name, the first."""

    def take(**_: object) -> None:
        pass

    taken: set[str] = set()
    for name, found in [pair for module in (options, desk, roster, handover, pay) for pair in vars(module).items()]:
        if getattr(found, "__module__", "") == "click.decorators" and not name.startswith("_"):
            found(take)
            params = vars(take)["__click_params__"]
            names = {params[-1].name, *params[-1].opts}
            if names & taken:
                params.pop()
            taken |= names
    decorate = click.command(cls=Command, name="take", help=mark("The first day."), example="cstools take")
    return decorate(options.everywhere(take))


TAKE = every_option()


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        [],
        ["no-such-file"],
        ["."],
        ["--keep", "no-such-file"],
        ["--output", "."],
        ["--from", "2026-02-30"],
        ["--month", "november"],
        ["--days", "0"],
        ["--seed", "-1"],
        ["--time-limit", "1.5"],
        ["--format", "pdf"],
        ["--deterministic=1"],
        ["--sed", "1"],
        [__file__, __file__],
    ],
    ids=" ".join,
)
def test_every_option_and_its_errors_are_chinese(run: Run, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cstools.cli.FAMILIES, "take", f"{__name__}:TAKE")
    done = run("take", *words)
    told = done.output.replace(" ".join(words[-1:]), "")
    assert done.exit_code == (0 if words == ["--help"] else 2)
    assert english_in(told, TAKE) - {"take"} == set(), done.output


def test_wrapping_counts_cells_and_minds_punctuation() -> None:
    assert wrap("一二三四，五六", 8) == ["一二三", "四，五六"]
    assert wrap("一二（三四）五", 6) == ["一二", "（三", "四）五"]
    assert wrap("用 cstools.toml 的目录", 10) == ["用", "cstools.toml", "的目录"]
    assert wrap("to be or not", 6) == ["to be", "or not"]
    assert wrap("", 10) == [""]


def test_a_long_term_stands_on_its_own_line() -> None:
    page = Page(width=20)
    page.write_dl([("--短", "一二三四五六七"), ("--very-long", "八")], col_max=6)
    assert page.getvalue().splitlines() == ["--短    一二三四五六", "        七", "--very-long", "        八"]


def test_help_pages_import_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['cstools', '--help']; import cstools.cli as c\ntry: c.main()\nexcept SystemExit: pass"
    )
    heavy = "{'ortools', 'openpyxl', 'numba', 'numpy', 'pandas', 'tabulate', 'sqlite3', 'chinese_calendar', 'tomllib'}"
    code += f"\nprint(sorted({heavy} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=assets.PACKAGE.parent
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_families_are_groups() -> None:
    @click.group(cls=Group, help=mark("Mon"))
    def family() -> None:
        pass

    assert family.get_short_help_str() == "周一"
