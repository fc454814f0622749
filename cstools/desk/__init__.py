"""A desk: the folder with a cstools.toml, what is set there, and where its sheets and rosters lie.

What a team lead changes stands in team.xlsx; cstools.toml holds paths, patterns and the few choices made once.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from cstools import assets
from cstools.desk.settings import SETTINGS, Settings, read_settings, read_toml
from cstools.desk.sheets import Form, Sheets
from cstools.errors import BadInput, CstoolsError, Fault
from cstools.journal import Journal
from cstools.language import Text
from cstools.tables.grid import read_book

__all__ = ["SETTINGS", "Desk", "Form", "NoDesk", "Settings", "Sheets"]


class NoDesk(CstoolsError):
    """No folder from here upwards has a cstools.toml."""

    exit_code = 2


@dataclass(frozen=True)
class Desk:
    """A folder with a cstools.toml."""

    folder: Path
    settings: Settings = field(default_factory=Settings)

    @classmethod
    def find(cls, start: Path, faults: list[Fault] | None = None) -> "Desk":
        """The desk in the nearest folder upwards from ``start``.

        Raises NoDesk where there is none. What is wrong in its cstools.toml is raised as BadInput; with ``faults`` it
        is added there instead, and the settings concerned keep their defaults: for whoever tells all faults at once.
        """
        here = start.resolve()
        folder = next((folder for folder in (here, *here.parents) if (folder / SETTINGS).is_file()), None)
        if folder is None:
            raise NoDesk(
                Text("no {file} in {folder} or above it", file=SETTINGS, folder=str(here)),
                Text("go into the desk's folder, name it with --desk, or make one: cstools init DIR"),
            )
        wrong: list[Fault] = []
        settings = read_settings(Settings, read_toml(folder / SETTINGS, wrong), wrong)
        if wrong and faults is None:
            raise BadInput(wrong)
        if faults is not None:
            faults.extend(wrong)
        return cls(folder, settings)

    def now(self) -> datetime:
        """What the clock on the desk's wall says, to the second; all our times are such wall times, without a zone."""
        return datetime.now(ZoneInfo(self.settings.zone)).replace(tzinfo=None, microsecond=0)

    def today(self) -> date:
        """The day it is now in the desk's zone."""
        return self.now().date()

    @property
    def pays(self) -> bool:
        """Whether it is a payroll clerk's: it says so in its profile, or has a section [pay]."""
        return self.settings.profile == "pay" or bool(self.settings.pay)

    @property
    def journal(self) -> Journal:
        """What the desk must remember; the first thing recorded makes the file."""
        return Journal(self.folder / ".cstools" / "journal.db")

    @property
    def rosters(self) -> Path:
        """The folder of solved rosters; it may not exist yet."""
        return self.folder / self.settings.rosters

    def roster_path(self, first: date, last: date) -> Path:
        """Where the roster of some days belongs."""
        return self.rosters / self.settings.roster_name.format(first=first.isoformat(), last=last.isoformat())

    @cached_property
    def _roster_pattern(self) -> re.Pattern[str]:
        day = r"(?P<{}>\d{{4}}-\d\d-\d\d)"
        stem = re.escape(self.settings.roster_name[: -len(".xlsx")])
        for part in ("first", "last"):
            stem = stem.replace(re.escape(f"{{{part}}}"), day.format(part), 1)
        return re.compile(stem, re.IGNORECASE)

    def roster_days(self, path: Path) -> tuple[date, date] | None:
        """First and last day as a roster file's name tells them; None where it doesn't."""
        found = self._roster_pattern.match(path.stem)
        if not found or "last" not in found.groupdict():
            return None
        try:
            return date.fromisoformat(found["first"]), date.fromisoformat(found["last"])
        except ValueError:
            return None

    def roster_files(self) -> list[Path]:
        """The files in the folder of rosters, by name; hidden ones and Excel's lock files left out."""
        if not self.rosters.is_dir():
            return []
        return sorted(path for path in self.rosters.iterdir()
                      if path.suffix.lower() in {".xlsx", ".xlsm", ".csv"} and path.name[0] not in ".~")  # fmt: skip

    def template(self, name: str) -> Path:
        """A template: the desk's own, else the packaged one. Raises CstoolsError where there is neither."""
        own = self.folder / self.settings.templates / name
        return own if own.exists() else assets.template(name)

    def sheets(self, faults: list[Fault], forms: Iterable[Form] = ()) -> Sheets:
        """The desk's sheets; BadInput with all faults so far where its workbook can't be read.

        Without a workbook, csv files named as ``forms`` are enough; where there are none either, that is the fault.
        """
        path = self.folder / self.settings.team
        found = Sheets(None, self.folder)
        if not path.exists() and any(found.csv_files(form) for form in forms):
            return found
        try:
            return Sheets(read_book(path), self.folder)
        except BadInput as error:
            raise BadInput([*faults, *error.faults]) from error
