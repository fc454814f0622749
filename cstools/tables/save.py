"""Writing a file whole or not at all, and a workbook's bytes without the clock in them."""

import io
import os
import re
import zipfile
from datetime import datetime
from pathlib import Path

from cstools.errors import CstoolsError, Locked
from cstools.language import Text

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can hold


def save_bytes(path: Path, data: bytes) -> None:
    """Write beside, then rename: a reader sees the old file or the new one, never half of one.

    Raises Locked where the file is open in Excel, CstoolsError where it can't be written at all.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except PermissionError as error:
        raise Locked(Text("{path} is open or write-protected: close it and try again", path=str(path))) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CstoolsError(Text("{path} can't be written: {reason}", path=str(path), reason=reason)) from error
    finally:
        beside.unlink(missing_ok=True)


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
