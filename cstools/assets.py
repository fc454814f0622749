"""The packaged templates and samples, a desk's own template first."""

from pathlib import Path
from typing import Final, Literal

from cstools.errors import CstoolsError, nearest
from cstools.language import Text

Kind = Literal["templates", "samples"]
PACKAGE: Final = Path(__file__).parent


def folder(kind: Kind) -> Path:
    """Where the templates or the samples lie: inside the installed package, or beside it in a checkout."""
    inside = PACKAGE / kind
    return inside if inside.is_dir() else PACKAGE.parent / kind


def names(kind: Kind) -> list[str]:
    """What there is of a kind: the names at its top, sorted, hidden files and Excel's lock files left out."""
    return sorted(path.name for path in folder(kind).iterdir() if path.name[0] not in ".~_")


def template(name: str, own: Path | None = None) -> Path:
    """The template of that name: the one in ``own``, a desk's folder of templates, else the packaged one.

    Raises CstoolsError where neither has it.
    """
    if own and (own / name).exists():
        return own / name
    packaged = folder("templates") / name
    if not packaged.exists():
        raise _missing("templates", name)
    return packaged


def sample(name: str) -> Path:
    """The folder of a whole sample desk, such as ``shop``. Raises CstoolsError where there is none of that name."""
    packaged = folder("samples") / name
    if not packaged.is_dir():
        raise _missing("samples", name)
    return packaged


def _missing(kind: Kind, name: str) -> CstoolsError:
    near = nearest(name, names(kind))
    return CstoolsError(Text("there is no “{name}” among {kind}", name=name, kind=kind), *([near] if near else []))
