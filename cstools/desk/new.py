"""Writing a new desk's folder: all of its files or none, and never over what is there."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cstools.desk.settings import SETTINGS
from cstools.errors import CstoolsError, Refused, system_says
from cstools.language import Text, spoken
from cstools.tables.save import save_bytes

_PLAIN: Final = frozenset({".toml", ".bat"})


def plain_files(paths: Mapping[str, Path]) -> dict[str, bytes]:
    """What a profile's folder holds besides tables, with the language spoken set in its cstools.toml."""
    plain = {name: path.read_bytes() for name, path in paths.items() if path.suffix in _PLAIN}
    plain[SETTINGS] = plain[SETTINGS].replace(b'language = "zh"', f'language = "{spoken()}"'.encode())
    return plain


def write_desk(folder: Path, files: Mapping[str, bytes], *, private: bool = False) -> list[Path]:
    """Write files by their name into a folder; the files written. ``private``: only its owner may look into it.

    Raises Refused, having written nothing, where one of them exists already.
    """
    there = [name for name in files if (folder / name).exists()]
    if there:
        raise Refused(Text("{folder} has {files} already; nothing was written", folder=str(folder), files=there))
    try:
        folder.mkdir(mode=0o700 if private else 0o777, parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise Refused(Text("{path} can't be a folder: a file is in the way", path=str(folder))) from error
    except OSError as error:
        why = system_says(error)
        raise CstoolsError(Text("{path} can't be written: {reason}", path=str(folder), reason=why)) from error
    for name, data in files.items():
        save_bytes(folder / name, data, private=private)
    return [folder / name for name in files]
