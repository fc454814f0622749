"""What setup.cfg lists is what the tree has, and a wheel holds all of it."""

import re
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from zipfile import ZipFile

import pytest

from cstools import assets
from cstools.errors import CstoolsError

ROOT = Path(__file__).parent.parent
SHIPPED = ("templates", "samples")


def listed() -> set[str]:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    return set(setup["options"]["packages"].split("\n")) - {""}


def files(folder: Path) -> set[str]:
    """The files below a folder as they should be in a wheel: none of Python's, Excel's lock or the system's own."""
    paths = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(ROOT).as_posix() for path in paths if path.name[0] not in ".~"}


def test_the_list_of_packages_is_the_tree() -> None:
    tree = {".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "cstools").rglob("*.py")}
    assert listed() == tree | {f"cstools.{kind}" for kind in SHIPPED}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in a wheel built from the source distribution of a copy of what is shipped."""
    copy, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    shipped = files(ROOT / "cstools").union(*(files(ROOT / kind) for kind in SHIPPED))
    for name in sorted(shipped | {"setup.cfg", "pyproject.toml", "README.md"}):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes((ROOT / name).read_bytes())
    for name in ("templates/深/层.txt", "samples/深/层.txt", "samples/深/~$team.xlsx"):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).touch()
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(copy)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return set(ZipFile(next(out.glob("*.whl"))).namelist())


def test_a_wheel_holds_every_package(wheel: set[str]) -> None:
    assert {name for name in files(ROOT / "cstools") if name.endswith((".py", ".mo"))} - wheel == set()


def test_a_wheel_holds_templates_and_samples_and_no_lock_file(wheel: set[str]) -> None:
    assert {f"cstools/{name}" for kind in SHIPPED for name in files(ROOT / kind)} - wheel == set()
    assert "cstools/templates/深/层.txt" in wheel
    assert not [name for name in wheel if "~$" in name]


def test_assets_are_found_in_a_checkout_and_in_an_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert assets.folder("samples") == ROOT / "samples"
    (tmp_path / "cstools" / "samples" / "shop").mkdir(parents=True)
    monkeypatch.setattr(assets, "PACKAGE", tmp_path / "cstools")
    assert assets.sample("shop") == tmp_path / "cstools" / "samples" / "shop"
    with pytest.raises(CstoolsError, match="samples 里没有“shpo”\n是不是“shop”？"):
        assets.sample("shpo")


def test_a_desks_own_template_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own, packaged = tmp_path / "desk" / "form.html", tmp_path / "cstools" / "templates" / "form.html"
    for path in (own, packaged):
        path.parent.mkdir(parents=True)
        path.touch()
    monkeypatch.setattr(assets, "PACKAGE", tmp_path / "cstools")
    assert assets.template("form.html", tmp_path / "desk") == own
    assert assets.template("form.html", tmp_path) == packaged
    with pytest.raises(CstoolsError):
        assets.template("other.html", tmp_path / "desk")


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_make_targets_that_a_readme_names_exist(name: str) -> None:
    named = set(re.findall(r"^ {4}make (\w+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
    made = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= made
    assert name != "README.md" or named >= {"demo", "test"}
