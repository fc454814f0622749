"""A desk whose agents only keep their workbook: 交接日志.xlsx, the clock, and the two commands that read it."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from click.testing import Result
from conftest import Run
from desks import SHEETS, make, sheets
from openpyxl import load_workbook

from cstools.desk import Desk
from cstools.duties import Board, Facts, Posted, board, record
from cstools.shifts import Duty, Shift

MONDAY, TUESDAY = date(2026, 11, 9), date(2026, 11, 10)
DAY, EVENING = Shift("白", "白班", 510, 1020, 480), Shift("晚", "晚班", 990, 1440, 450)
LINE = "电脑已关闭"
ROSTER = (
    (MONDAY, DAY, "001"), (MONDAY, DAY, "002"), (MONDAY, EVENING, "003"), (MONDAY, EVENING, "007"),
    (TUESDAY, DAY, "001"), (TUESDAY, DAY, "002"),
)  # fmt: skip
Cells = Mapping[str, object]
Roster = tuple[tuple[date, Shift, str], ...]


@dataclass
class Clock:
    """What the desk's clock says."""

    now: datetime = datetime(2026, 11, 9, 16, 35)


@dataclass
class Agents:
    """The workbook, filled by header, row by row; ``run`` is the command line."""

    run: Run
    folder: Path
    clock: Clock = field(default_factory=Clock)
    rows: dict[str, int] = field(default_factory=dict)
    book: Any = None
    changed: bool = False

    @classmethod
    def of(cls, ready: Path, folder: Path, run: Run) -> "Agents":
        """A copy of a desk that ``at`` made."""
        if ready != folder:
            shutil.copytree(ready, folder, dirs_exist_ok=True)
        made = cls(run, folder)
        made.book = load_workbook(made.path) if made.path.exists() else None
        return made

    @classmethod
    def at(cls, folder: Path, run: Run, roster: Roster = ROSTER) -> "Agents":
        """A desk with one line to tick, a supervisor, a published roster, and the empty workbook, fewer rows numbered."""
        lead = ["009", "周主管", "主管", "全职", None, None, datetime(2024, 3, 1)]
        desk = make(folder, sheets(人员=[*SHEETS["人员"], lead]))
        checks = folder / "templates" / "handover" / "检查清单.csv"
        checks.parent.mkdir(parents=True)
        checks.write_text(f"清单,内容,班别,星期,时间\n收班,{LINE},,,\n", encoding="utf-8")
        duties = [Posted.of(Duty(day, shift.code, who), shift) for day, shift, who in roster]
        with desk.journal.writing(by="x", now=datetime(2026, 11, 6, 9)) as book:
            record(book, Facts("published"), Board().published(frozenset({MONDAY, TUESDAY}), duties, {}))
        made = cls(run, folder)
        assert made.say("book").exit_code == 0
        made.book = load_workbook(made.path)
        for sheet in made.book:
            sheet.delete_rows(12, 400)
        made.book.save(made.path)
        return made

    @property
    def path(self) -> Path:
        return self.folder / "交接日志.xlsx"

    def say(self, *words: object) -> Result:
        if self.changed:
            self.book.save(self.path)
            self.changed = False
        return self.run("--desk", self.folder, "handover", *words)

    def enter(self, sheet: str, *rows: Cells) -> None:
        """Fill in the next free rows of a sheet."""
        at = self.rows.get(sheet, 2)
        self.rows[sheet] = at + len(rows)
        for row in rows:
            self.edit(sheet, at, **row)
            at += 1

    def edit(self, sheet: str, row: int, **cells: object) -> None:
        """Change cells of a row; None empties one."""
        self.changed = True
        raw = self.book[sheet]
        places = {cell.value: cell.column for cell in raw[1]}
        for header, value in cells.items():
            raw.cell(row, places[header]).value = value

    def sign(self, side: str, who: str, note: str | None = None, about: str | None = None, **more: object) -> None:
        """A row of sheet 签字, of Monday's 白班 if nothing else is told."""
        row = {"日期": MONDAY, "班次": "白班", "交或接": side, "签字人": who, "备注": note, "关口或人": about, **more}
        self.enter("签字", {name: value for name, value in row.items() if value is not None})

    def ready(self, *, but: str = "") -> None:
        """All that the gates ask of Monday's 白班, but one thing."""
        if but != "tick":
            self.enter("检查", {"日期": MONDAY, "班次": "白班", "检查项": LINE, "完成人": "001"})
        self.arrive(*(who for who in ("003", "007") if who != but))

    def arrive(self, *people: str) -> None:
        self.enter("到岗", *({"日期": MONDAY, "班次": "晚班", "到岗人": who} for who in people))

    def alter(self, what: str, cells: dict[tuple[date, str], Posted | None]) -> None:
        """Record a change of the roster."""
        journal = Desk.find(self.folder).journal
        after = board(journal).changed(cells)
        with journal.writing(by="x", now=self.clock.now) as book:
            record(book, Facts(what), after)

    def read(self) -> tuple[int, str]:
        """``handover import``: its exit code and its first word about what couldn't be."""
        done = self.say("import")
        return done.exit_code, "\n".join(done.stdout.splitlines()[1:])

    def sheet(self, day: date = MONDAY, shift: str = "白") -> dict[str, Any]:
        """``handover sheet`` of a change, as JSON."""
        done = self.say("sheet", "--date", day, "--shift", shift, "--format", "json")
        assert done.exit_code == 0, done.output
        told: dict[str, Any] = json.loads((self.folder / "交接" / f"交接_{day}_{shift}.json").read_text("utf-8"))
        return told

    def state(self, day: date = MONDAY, shift: str = "白") -> str:
        found: str = self.sheet(day, shift)["header"]["state"]
        return found

    def owners(self) -> dict[str, str]:
        """Who owns what is open, by its title, as the sheet of the next change has it."""
        told = self.sheet(TUESDAY)
        parts = ("first", "callbacks", "complaints", "repairs", "open", "long_open")
        return {item["title"]: item["owner"]["number"] for part in parts for item in told[part]}
