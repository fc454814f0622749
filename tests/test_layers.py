"""Imports run downwards only, the families never import each other, and heavy packages have their few homes."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "cstools"
# From the top down; rooms of one layer may use each other, but for the families.
LAYERS = [
    ["__main__"],
    ["cli"],
    ["roster", "handover", "pay", "records"],
    ["attendance", "orders", "hours", "duties"],
    ["team", "duties"],
    ["desk"],
    ["journal", "tables", "assets"],
    ["people", "shifts", "days", "money", "dated"],
    ["errors", "registry"],
    ["language"],
    ["__init__"],
]
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
FAMILIES = LAYERS[2]
HOMES = {
    "ortools": ("roster/solver", "roster/master"),
    "numba": ("roster/machine",),
    "numpy": tuple(
        f"roster/{room}"
        for room in (
            "arrays",
            "allowed",
            "proposals",
            "table",
            "part",
            "pieces",
            "ground",
            "daily",
            "start",
            "search",
            "deep",
            "sol",
            "split",
            "columns",
            "master",
            "guide",
            "gaps",
            "follows",
            "flat",
            "layout",
            "moves",
            "anneal",
        )
    ),
    "openpyxl": ("tables/", "roster/workbook"),
    "python_calamine": ("tables/old",),
    "sqlite3": ("journal",),
    "click": ("cli/",),
    "tabulate": ("cli/",),
}
FILES = sorted(ROOT.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Every module a file imports, wherever the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_run_downwards(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0].removesuffix(".py")
    assert room in LEVEL, f"{room} has no layer yet: give it one above"
    for module in imported(path):
        package, _, rest = module.partition(".")
        if package == "cstools":
            other = rest.split(".")[0] if rest.split(".")[0] in LEVEL else "__init__"
            assert LEVEL[other] >= LEVEL[room], f"{room} imports {module}, which lies above it"
            assert other == room or room not in FAMILIES or other not in FAMILIES, f"{room} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_heavy_packages_stay_at_home(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    for module in imported(path):
        homes = HOMES.get(module.split(".")[0], (name,))
        assert name.startswith(homes), f"{name} imports {module}"
