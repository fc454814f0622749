"""Which sheets were made: the list that is written last, after every file of a sheet is whole."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from cstools.errors import BadInput, Fault, Source
from cstools.language import Text
from cstools.tables.save import save_bytes, sweep


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as it was last made: the change's clock time, whether it was final, its files with their SHA-256."""

    at: str
    made: str
    final: bool
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """The sheets made so far, by their change's key."""

    path: Path
    sheets: Mapping[str, Sheet] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "Made":
        """The list; an empty one where nothing was made yet. Raises BadInput where it can't be read."""
        try:
            told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return cls(path, {key: _sheet(sheet) for key, sheet in told.items()})
        except FileNotFoundError:
            return cls(path)
        except (OSError, ValueError, TypeError, AttributeError) as error:
            right = Text("delete it: the next --catch-up makes the list anew")
            raise BadInput([Fault(Source(str(path)), None, Text("this list of sheets is damaged"), right)]) from error

    def with_sheet(self, key: str, at: datetime, made: datetime, files: Mapping[str, bytes], *, final: bool) -> "Made":
        """The list with a sheet made (anew), and written."""
        sums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        sheet = Sheet(at.isoformat(), made.isoformat(), final, sums)
        longer = replace(self, sheets={**self.sheets, key: sheet})
        listed = {name: asdict(one) for name, one in sorted(longer.sheets.items(), key=lambda each: each[1].at)}
        sweep(self.path.parent, self.path.name)
        save_bytes(self.path, (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode())
        return longer

    def is_final(self, key: str) -> bool:
        """Whether a sheet was made after its change's clock time."""
        return key in self.sheets and self.sheets[key].final

    def since(self) -> datetime | None:
        """From when on sheets may be missing: the earliest draft, or else the latest final one; None without any."""
        drafts = [sheet.at for sheet in self.sheets.values() if not sheet.final]
        finals = [sheet.at for sheet in self.sheets.values() if sheet.final]
        first = min([*drafts, *([max(finals)] if finals else [])], default=None)
        return datetime.fromisoformat(first) if first else None

    def last(self) -> datetime | None:
        """When a sheet was last made."""
        return max((datetime.fromisoformat(sheet.made) for sheet in self.sheets.values()), default=None)


def _sheet(told: Mapping[str, Any]) -> Sheet:
    sheet = Sheet(**told)
    for moment in (sheet.at, sheet.made):
        datetime.fromisoformat(moment)
    return sheet
