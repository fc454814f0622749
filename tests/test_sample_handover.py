"""The sample shop's two weeks of handover: made anew by its script, and every sheet of them by one command."""

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
from conftest import Run

from cstools import assets
from cstools.desk import Desk
from cstools.handover.counter import Counter
from cstools.journal import Journal

ROOT: Final = Path(__file__).parent.parent
JOURNAL: Final = Path(".cstools", "journal.db")
Sheet = Mapping[str, Any]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shop."""
    return Path(shutil.copytree(assets.sample("shop"), tmp_path_factory.mktemp("made") / "shop"))


@pytest.fixture
def sheets(made: Path, run: Run) -> list[Sheet]:
    """Every sheet of the two weeks, made by one command, as JSON in order."""
    folder = made / "交接"
    if not folder.exists():
        words = ("--catch-up", "--date", "2026-11-14", "--shift", "晚班", "--format", "xlsx,html,md,json,text")
        done = run("--desk", made, "handover", "sheet", *words)
        assert (done.exit_code, done.output) == (0, "")
    found: list[Sheet] = [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")]
    return sorted(found, key=lambda sheet: str(sheet["header"]["at"]))


def test_one_command_makes_every_sheet_of_the_two_weeks(made: Path, sheets: list[Sheet]) -> None:
    expected = Counter.of(Desk.find(made)).changes.between(datetime(2026, 11, 1, 8), datetime(2026, 11, 15, 12))
    assert len(expected) == 28  # each day has two
    assert [sheet["header"]["at"] for sheet in sheets] == [f"{change.at.isoformat()}" for change in expected]
    assert len(list((made / "交接").iterdir())) == 28 * 5
    assert all(sheet["header"]["frozen"] and sheet["header"]["rostered"] for sheet in sheets)


def test_some_eighty_matters_are_in_the_book(made: Path) -> None:
    kinds = [event.kind for event in Journal(made / JOURNAL).events("handover.item.added")]
    assert 80 <= len(kinds) <= 120


# What table C asks for, each found on some sheet.
TABLE: Final[Mapping[str, Callable[[Sheet], object]]] = {
    "who hands over to whom": lambda sheet: sheet["header"]["outgoing_people"] and sheet["header"]["relief_people"],
    "a handover in writing": lambda sheet: sheet["header"]["written"],
    "must do first: urgent": lambda sheet: any(item["severity"] == "urgent" for item in sheet["first"]),
    "must do first: major": lambda sheet: any(item["severity"] == "major" for item in sheet["first"]),
    "must do first: overdue": lambda sheet: any(item["stage"] == "overdue" for item in sheet["first"]),
    "open, with cause and course": lambda sheet: any(item["cause"] and item["course"] for item in sheet["complaints"]),
    "open, with a promised time": lambda sheet: any(item["promised"] for item in sheet["open"]),
    "open, with the agreed wording": lambda sheet: any(item["wording"] for item in sheet["first"]),
    "of today, still open": lambda sheet: any(item["today"] for item in sheet["open"]),
    "what others are liable for": lambda sheet: any(item["liable"] for item in sheet["first"]),
    "entered later": lambda sheet: any(item["late_entry"] for item in sheet["open"]),
    "open too long": lambda sheet: sheet["long_open"],
    "major matters resolved": lambda sheet: sheet["resolved"],
    "complaints and suggestions": lambda sheet: {"投诉", "建议"} <= {item["kind"] for item in sheet["complaints"]},
    "callbacks": lambda sheet: any(item["kind"] == "回访" for item in sheet["callbacks"]),
    "prospects to call": lambda sheet: any(item["kind"] == "潜在客户" for item in sheet["callbacks"]),
    "messages": lambda sheet: any(item["kind"] == "留言" for item in sheet["callbacks"]),
    "repairs": lambda sheet: sheet["repairs"],
    "standing orders": lambda sheet: any(order["until"] is None for order in sheet["orders"]),
    "orders with an end": lambda sheet: any(order["until"] for order in sheet["orders"]),
    "notices to be read": lambda sheet: any(notice["unread"] and notice["read"] for notice in sheet["notices"]),
    "notices that end": lambda sheet: any(notice["expiring"] for notice in sheet["notices"]),
    "equipment with a fault": lambda sheet: any(machine["fault"] for machine in sheet["equipment"]),
    "equipment starting or stopping": lambda sheet: any(machine["moving"] for machine in sheet["equipment"]),
    "a test of the phones": lambda sheet: any(machine["test"] for machine in sheet["equipment"]),
    "a swap": lambda sheet: "调班" in str(sheet["staff"]),
    "a substitute": lambda sheet: "顶班" in str(sheet["staff"]),
    "an absence": lambda sheet: "缺勤" in str(sheet["staff"]),
    "somebody late": lambda sheet: "迟到" in str(sheet["staff"]),
    "somebody on leave": lambda sheet: "病假" in str(sheet["staff"]),
    "things all there": lambda sheet: any(thing["counted"] == thing["expected"] for thing in sheet["things"]),
    "things missing": lambda sheet: any((thing["counted"] or 0) < thing["expected"] for thing in sheet["things"]),
    "timed tasks": lambda sheet: sheet["tasks"],
    "the opening checklist": lambda sheet: sheet["opening"],
    "the closing checklist, ticked": lambda sheet: all(check["done"] for check in sheet["closing"]),
    "Friday's big clean": lambda sheet: any(check["text"] == "大扫除" for check in sheet["closing"]),
    "a seat that nobody takes": lambda sheet: sheet["seats"],
    "the figures of the shift": lambda sheet: sheet["figures"],
    "last evening's report": lambda sheet: sheet["last_report"],
    "all gates open": lambda sheet: not any(gate["reasons"] for gate in sheet["gates"]),
    "a gate that is shut": lambda sheet: any(gate["reasons"] and not gate["overridden"] for gate in sheet["gates"]),
    "a gate overridden": lambda sheet: any(gate["overridden"] for gate in sheet["gates"]),
    "both signatures": lambda sheet: {"out", "in"} <= {one["side"] for one in sheet["signatures"]},
    "a late signature": lambda sheet: sheet["header"]["signed_late"],
    "a refusal": lambda sheet: any(one["side"] == "refused" for one in sheet["signatures"]),
    "a supplement signed by both": lambda sheet: any(added["complete"] for added in sheet["supplements"]),
    "a sheet nobody has signed": lambda sheet: sheet["header"]["made_late"] and not sheet["signatures"],
}  # fmt: skip


@pytest.mark.parametrize("what", TABLE)
def test_each_section_of_table_c_is_on_some_sheet(sheets: list[Sheet], what: str) -> None:
    assert any(TABLE[what](sheet) for sheet in sheets)


def test_phone_numbers_are_masked_in_every_form(made: Path, sheets: list[Sheet]) -> None:
    assert "139****" in str(sheets)
    for path in (made / "交接").glob("*"):
        if path.suffix != ".xlsx":
            assert "1390000" not in path.read_text(encoding="utf-8")


def test_nothing_open_is_dropped_from_one_sheet_to_the_next(made: Path, sheets: list[Sheet]) -> None:
    parts = ("first", "callbacks", "complaints", "repairs", "open", "long_open")
    events = Journal(made / JOURNAL).events("handover.item.closed")
    closed = {event.data["item"]: event.at for event in events}
    for before, after in pairwise(sheets):
        shown = [{item["number"] for part in parts for item in sheet[part]} for sheet in (before, after)]
        end = datetime.fromisoformat(after["header"]["at"])
        assert all(closed.get(number, datetime.max) <= end for number in shown[0] - shown[1])  # noqa: DTZ901


def test_the_script_makes_the_journal_anew(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(assets.sample("shop"), tmp_path / "shop", ignore=shutil.ignore_patterns(".cstools")))
    spec = spec_from_file_location("shop_handover", ROOT / "samples" / "_shop" / "story.py")
    assert spec
    assert spec.loader
    script = module_from_spec(spec)
    spec.loader.exec_module(script)
    script.write_journal(folder)
    made, kept = (_told(folder / JOURNAL), _told(assets.sample("shop") / JOURNAL))
    assert made == kept, "python samples/_shop/story.py"


def _told(path: Path) -> list[tuple[Any, ...]]:
    """Every event but for the checksum of the sheet that it signed, whose look may change."""
    return [
        (event.kind, event.at, event.recorded, event.author, {**event.data, "checksum": ""})
        for event in Journal(path).events()
    ]
