"""A desk: the folder with a cstools.toml, what is set there, and where its sheets and rosters lie.

What a team lead changes stands in team.xlsx; cstools.toml holds paths, patterns and the few choices made once.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from cstools import assets
from cstools.errors import BadInput, CstoolsError, Fault, Source, nearest
from cstools.journal import Journal
from cstools.language import LANGUAGES, Text
from cstools.tables.columns import Column
from cstools.tables.grid import Book, Sheet, both_names, fold, read_book

SETTINGS: Final = "cstools.toml"
T = TypeVar("T")


class NoDesk(CstoolsError):
    """No folder from here upwards has a cstools.toml."""

    exit_code = 2


# --- settings ---------------------------------------------------------------------------------------------------------


def setting(default: T, take: Callable[[object], T], right: Text) -> T:
    """A setting: its default, what takes its value in toml (raising ValueError), and what would be right."""
    found: T = field(default=default, metadata={"take": take, "right": right})
    return found


def _one_of(*words: str) -> Callable[[object], str]:
    def take(value: object) -> str:
        if value not in words:
            raise ValueError(value)
        return str(value)

    return take


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    return value


def _name(value: object) -> str:
    if not _word(value).strip():
        raise ValueError(value)
    return _word(value).strip()


def _zone(value: object) -> str:
    try:
        return ZoneInfo(_name(value)).key
    except (KeyError, OSError) as error:  # a missing zone is a KeyError, a folder's name an OSError
        raise ValueError(value) from error


def _pattern(value: object) -> str:
    text = _name(value)
    rest = text.replace("{first}", "").replace("{last}", "")
    if "{first}" not in text or re.search(r'[{}/\\:*?"<>|]', rest) or not text.lower().endswith(".xlsx"):
        raise ValueError(value)
    return text


def _count(least: int, most: int) -> Callable[[object], int]:
    def take(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError(value)
        return value

    return take


_A_NAME: Final = Text("a name in quotes")


@dataclass(frozen=True, slots=True)
class Settings:
    """What cstools.toml may set. A field whose type is such a class too is a section: each family adds its own."""

    language: str = setting("zh", _one_of(*LANGUAGES), Text("“zh” or “en”"))
    zone: str = setting("Asia/Shanghai", _zone, Text("a time zone such as “Asia/Shanghai”"))
    profile: str = setting("", _word, Text("a word in quotes"))
    team: str = setting("team.xlsx", _name, _A_NAME)
    rosters: str = setting("排班", _name, _A_NAME)
    roster_name: str = setting(
        "排班_{first}_{last}.xlsx",
        _pattern,
        Text("a file’s name with {first} in it, such as “排班_{first}_{last}.xlsx”"),
    )
    templates: str = setting("templates", _name, _A_NAME)
    arrive_before: int = setting(10, _count(0, 120), Text("minutes, from 0 to 120"))
    past_days: int = setting(92, _count(7, 400), Text("days, from 7 to 400"))
    fourth_tuesday: str = setting("", _one_of("", "fourth", "week4"), Text("“fourth” or “week4”"))


def read_settings(shape: type[T], values: Mapping[str, object], faults: list[Fault], section: str = "") -> T:
    """Settings of a shape from a table of toml; what isn't known or can't be is a fault and keeps its default."""
    known = {item.name: item for item in fields(shape)}  # type: ignore[arg-type] # T is one of our dataclasses
    taken: dict[str, Any] = {}
    for name, value in values.items():
        source = Source(SETTINGS, cell=f"{section}{name}")
        item = known.get(name)
        if item is None:
            wrong = Text("this section isn't known") if isinstance(value, dict) else Text("this setting isn't known")
            shown = None if isinstance(value, dict) else value
            faults.append(Fault(source, shown, wrong, None if isinstance(value, dict) else nearest(name, known)))
        elif "take" not in item.metadata:
            table = value if isinstance(value, dict) else {}
            taken[name] = read_settings(type(item.default), table, faults, f"{section}{name}.")
        else:
            try:
                taken[name] = item.metadata["take"](value)
            except ValueError:
                faults.append(Fault(source, value, Text("this setting can't be that"), item.metadata["right"]))
    return shape(**taken)


def _read_toml(path: Path, faults: list[Fault]) -> dict[str, object]:
    """The file's table; an empty one and a fault where it can't be read. Takes Notepad's BOM, and GBK."""
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return tomllib.loads(data.decode(encoding).replace("\r\n", "\n"))
        except UnicodeDecodeError:
            continue
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+)", str(error))
            line = int(found[1]) if found else data.count(b"\n") + 1
            words = data.decode(encoding).splitlines()[line - 1 : line]
            source = Source(SETTINGS, cell=str(Text("line {line}", line=line)))
            right = Text('one setting a line, such as: team = "team.xlsx"')
            faults.append(Fault(source, words[0].strip() if words else None, Text("this line can't be read"), right))
            return {}
    faults.append(Fault(Source(SETTINGS), None, Text("the text is neither UTF-8 nor GBK"), Text("save it as UTF-8")))
    return {}


# --- sheets -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet that a desk may have: its name (a catalogue key), its columns, and other names it may go by."""

    label: str
    columns: Sequence[Column]
    aliases: tuple[str, ...] = ()

    def names(self) -> frozenset[str]:
        """Its names, folded."""
        return both_names(self.label).union(map(fold, self.aliases))


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of a desk: those of its workbook, and instead of a missing one a csv file of its name."""

    book: Book | None
    folder: Path

    def find(self, form: Form, faults: list[Fault]) -> Sheet | None:
        """The sheet of a form; None where there is none, or where its csv can't be read (a fault then)."""
        if self.book and (sheet := self.book.find(form.label, form.aliases)):
            return sheet
        for path in self.csv_files(form):
            try:
                return read_book(path).first
            except BadInput as error:
                faults.extend(error.faults)
        return None

    def csv_files(self, form: Form) -> list[Path]:
        """The csv files that go by a form's name."""
        return sorted(path for path in self.folder.glob("*.csv") if fold(path.stem) in form.names())


# --- the desk ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Desk:
    """A folder with a cstools.toml."""

    folder: Path
    settings: Settings = Settings()

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
        settings = read_settings(Settings, _read_toml(folder / SETTINGS, wrong), wrong)
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
