"""What cstools.toml may set, and reading it."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from cstools.errors import Fault, Source, nearest
from cstools.language import LANGUAGES, Text

SETTINGS: Final = "cstools.toml"
T = TypeVar("T")


def setting(default: T, take: Callable[[object], T], right: Text) -> T:
    """A setting: its default, what takes its value in toml (raising ValueError), and what would be right."""
    told = {"take": take, "right": right}
    # Not as a plain default: dataclasses refuse those that have no hash, such as a mapping.
    found: T = field(default_factory=lambda: default, metadata=told)
    return found


def one_of(*words: str) -> Callable[[object], str]:
    """What takes one of these words."""

    def take(value: object) -> str:
        if value not in words:
            raise ValueError(value)
        return str(value)

    return take


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    return value


def name(value: object) -> str:
    """What takes a name: a text that isn't blank."""
    if not _word(value).strip():
        raise ValueError(value)
    return _word(value).strip()


def _zone(value: object) -> str:
    try:
        return ZoneInfo(name(value)).key
    except (KeyError, OSError) as error:  # a missing zone is a KeyError, a folder's name an OSError
        raise ValueError(value) from error


def _pattern(value: object) -> str:
    text = name(value)
    rest = text.replace("{first}", "").replace("{last}", "")
    if "{first}" not in text or re.search(r'[{}/\\:*?"<>|]', rest) or not text.lower().endswith(".xlsx"):
        raise ValueError(value)
    return text


def count(least: int, most: int) -> Callable[[object], int]:
    """What takes a whole number within bounds, both included."""

    def take(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError(value)
        return value

    return take


def yes_no(value: object) -> bool:
    """What takes true or false."""
    if not isinstance(value, bool):
        raise ValueError(value)
    return value


def names(value: object) -> tuple[str, ...]:
    """What takes a list of names."""
    if not isinstance(value, list):
        raise ValueError(value)
    return tuple(map(name, value))


def table(value: object) -> Mapping[str, object]:
    """What takes a section whole; a room above reads it by a shape of its own."""
    if not isinstance(value, dict):
        raise ValueError(value)
    return value


def _tables(value: object) -> Mapping[str, Mapping[str, object]]:
    if not isinstance(value, dict) or not all(isinstance(table, dict) for table in value.values()):
        raise ValueError(value)
    return value


_A_NAME: Final = Text("a name in quotes")
_NO_TABLES: Final[Mapping[str, Mapping[str, object]]] = MappingProxyType({})
_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})
_A_SECTION: Final = Text("a section in square brackets")


@dataclass(frozen=True, slots=True)
class Handover:
    """Section [handover]: minutes and days of a shift change, who leads and who supervises, and the gates' own tables.

    ``leader`` and ``supervisors`` are skills in sheet 人员. Shifts that are on together for more than
    ``longest_overlap`` minutes hand over at the end of the one, not at the start of the other. ``chores`` are posts
    that nobody takes over; ``on_duty`` is the post of whoever answers for what is ordered in a shift (003-081).
    """

    long_open_days: int = setting(7, count(1, 365), Text("days, from {least} to {most}", least=1, most=365))
    late_after: int = setting(15, count(0, 240), Text("minutes, from {least} to {most}", least=0, most=240))
    warn_before: int = setting(60, count(0, 1440), Text("minutes, from {least} to {most}", least=0, most=1440))
    longest_overlap: int = setting(120, count(0, 720), Text("minutes, from {least} to {most}", least=0, most=720))
    mask_phones: bool = setting(True, yes_no, Text("true or false"))  # noqa: FBT003 - a default
    leader: str = setting("组长", name, _A_NAME)
    on_duty: str = setting("值班", name, _A_NAME)
    chores: tuple[str, ...] = setting(("值日",), names, Text('a list of posts such as ["值日"]'))
    supervisors: tuple[str, ...] = setting(
        ("主管", "经理", "值班经理"), names, Text('a list of skills such as ["主管", "经理"]')
    )
    gates: Mapping[str, Mapping[str, object]] = setting(
        _NO_TABLES, _tables, Text("a section for each gate, such as [handover.gates.relief_unfit]")
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """What cstools.toml may set. A field whose type is such a class too is a section: each family adds its own."""

    language: str = setting("zh", one_of(*LANGUAGES), Text("“zh” or “en”"))
    zone: str = setting("Asia/Shanghai", _zone, Text("a time zone such as “Asia/Shanghai”"))
    profile: str = setting("", _word, Text("a word in quotes"))
    team: str = setting("team.xlsx", name, _A_NAME)
    rosters: str = setting("排班", name, _A_NAME)
    roster_name: str = setting(
        "排班_{first}_{last}.xlsx",
        _pattern,
        Text("a file’s name with {first} in it, such as “排班_{first}_{last}.xlsx”"),
    )
    templates: str = setting("templates", name, _A_NAME)
    arrive_before: int = setting(10, count(0, 120), Text("minutes, from 0 to 120"))
    past_days: int = setting(92, count(7, 400), Text("days, from 7 to 400"))
    fourth_tuesday: str = setting("", one_of("", "fourth", "week4"), Text("“fourth” or “week4”"))
    roster_desk: str = setting("", _word, Text("the folder of the roster desk, such as “../shop”"))
    handover: Handover = Handover()
    # Sections of a pay desk, read by their own rooms.
    pay: Mapping[str, object] = setting(_NOTHING, table, _A_SECTION)
    orders: Mapping[str, object] = setting(_NOTHING, table, _A_SECTION)
    attendance: Mapping[str, object] = setting(_NOTHING, table, _A_SECTION)


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
            if not isinstance(value, dict):
                right = Text("a section: [{name}] on a line of its own", name=f"{section}{name}")
                faults.append(Fault(source, value, Text("this setting can't be that"), right))
            table = value if isinstance(value, dict) else {}
            taken[name] = read_settings(type(item.default), table, faults, f"{section}{name}.")
        else:
            try:
                taken[name] = item.metadata["take"](value)
            except ValueError:
                faults.append(Fault(source, value, Text("this setting can't be that"), item.metadata["right"]))
    return shape(**taken)


def read_toml(path: Path, faults: list[Fault]) -> dict[str, object]:
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
