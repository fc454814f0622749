"""What makes a file unreadable, told as one fault in a BadInput."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import ParseError

from cstools.errors import BadInput, Fault, Source, system_says
from cstools.language import Text

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What openpyxl and the standard library raise while they read a damaged workbook (found by damaging some).
DAMAGED: Final = (
    zipfile.BadZipFile, zlib.error, ParseError, EOFError, OSError, NotImplementedError, RuntimeError,
    KeyError, ValueError, TypeError, IndexError, AttributeError, ArithmeticError,
)  # fmt: skip


def refuse(path: Path, wrong: Text, right: Text, place: str = "") -> BadInput:
    """A whole file's fault; ``place`` where its name alone doesn't say which it is."""
    return BadInput([Fault(Source(place or path.name), None, wrong, right)])


@contextmanager
def opening(path: Path) -> Iterator[None]:
    """What the system says of a file that it can't open or read, as BadInput."""
    try:
        yield
    except FileNotFoundError as error:
        raise refuse(path, Text("there is no such file"), Text("check the name and the folder"), str(path)) from error
    except PermissionError as error:
        right = Text("close it in Excel and try again")
        raise refuse(path, Text("the file can't be opened: it is in use, or you may not read it"), right) from error
    except OSError as error:
        wrong = Text("the file can't be read: {reason}", reason=system_says(error))
        raise refuse(path, wrong, Text("give the path of a workbook or a csv file"), str(path)) from error


def damaged(path: Path) -> BadInput:
    """A workbook that can't be read."""
    return refuse(path, Text("the workbook is damaged"), Text("open it in Excel and save it as .xlsx"))


def not_csv(path: Path, reason: str, place: str = "") -> BadInput:
    """A csv file that can't be split into rows."""
    right = Text("open it in Excel and save it as CSV UTF-8")
    return BadInput(
        [Fault(Source(path.name, cell=place), None, Text("this is not a csv file: {reason}", reason=reason), right)]
    )


def neither(path: Path) -> BadInput:
    """A csv file in some other encoding."""
    return refuse(path, Text("the text is neither UTF-8 nor GBK"), Text("open it in Excel and save it as CSV UTF-8"))


def told_protected(path: Path) -> BadInput:
    """A workbook that asks for a password: an OLE file, as old workbooks are."""
    wrong = Text("the workbook is protected with a password")
    return refuse(path, wrong, Text("remove the password and save it again"))


def no_workbook(path: Path) -> BadInput:
    """Neither a workbook nor a csv file."""
    return refuse(path, Text("this is not a workbook"), Text("save it in Excel as .xlsx"))
