"""Writing a file whole or not at all, and a workbook's bytes without the clock in them."""

import glob
import io
import os
import re
import zipfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from cstools.errors import CstoolsError, Locked, system_says
from cstools.language import Text

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can hold


def save_bytes(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write beside, then rename: a reader sees the old file or the new one, never half of one, power cuts included.

    With ``private`` only its owner may read it, from the first byte on (Windows knows no such modes). Raises Locked
    where the file is open in Excel, CstoolsError where it can't be written at all.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(beside, "wb", opener=_for_owner if private else None) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())  # else the new name may outlive a power cut, and what it names not
        beside.replace(path)
        _settle(path.parent)
    except PermissionError as error:
        raise Locked(Text("{path} is open or write-protected: close it and try again", path=str(path))) from error
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        with suppress(OSError):
            beside.unlink()


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def make_folder(path: Path, *, private: bool = False) -> None:
    """Make a folder where there is none; CstoolsError where that can't be, such as where a file has its name.

    With ``private`` only its owner may look into it, nor into those above it that are made too; one that is there
    already stays as it is.
    """
    try:
        if not private:
            path.mkdir(parents=True, exist_ok=True)
            return
        for folder in (*reversed(path.parents), path):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)
        path.mkdir(exist_ok=True)  # a file in the way is told
    except OSError as error:
        raise _unwritable(path, error) from error


def sweep(folder: Path, start: str) -> None:
    """Take away what writers of files that begin so left behind when they were killed; call it under their lock."""
    for left in folder.glob(f".{glob.escape(start)}*.tmp"):
        with suppress(OSError):
            left.unlink()


def _unwritable(path: Path, error: OSError) -> CstoolsError:
    return CstoolsError(Text("{path} can't be written: {reason}", path=str(path), reason=system_says(error)))


def _settle(folder: Path) -> None:
    """Have the folder on the disk, so that the new name stays, too; Windows and some shares can't be asked to."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def stamp(workbook: bytes, created: datetime) -> bytes:
    """The same workbook with fixed times in its zip and its properties: same content, same bytes."""
    written = io.BytesIO()
    modified = rf"\g<1>{created:%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", modified, data)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else Windows and Linux differ
            target.writestr(entry, data)
    return written.getvalue()
