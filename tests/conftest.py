"""What every test gets: Chinese, no colours asked for or against, and a command line to run."""

from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner, Result

from cstools.cli import main
from cstools.language import speak

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test starts in Chinese and leaves it so."""
    for name in ("CSTOOLS_LANG", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    speak("zh")
    yield
    speak("zh")


@pytest.fixture
def run() -> Run:
    """``run("roster", "check", path)``: the command line in this process, with its exit code, output and stderr."""
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])
