"""How a handover sheet prints and reads: LibreOffice and Chromium, at A4 and at 390 pixels."""

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import handover_contents as contents
import pytest
from pypdf import PdfReader

from cstools import assets
from cstools.handover.forms import SUFFIXES, render
from cstools.handover.sheet import SheetContent

pytestmark = pytest.mark.look
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "chromium")
A4 = (595, 842)


def written(folder: Path, form: str, content: SheetContent) -> Path:
    path = folder / f"sheet{SUFFIXES[form]}"
    path.write_bytes(render(form, content, assets.template))
    return path


def browse(folder: Path, *words: str) -> str:
    """Chromium without a window; what it writes to its output."""
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'browser'}", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


def printed(folder: Path, form: str, content: SheetContent) -> PdfReader:
    """A sheet as it comes out of the printer."""
    path = written(folder, form, content)
    if form == "html":
        browse(folder, "--no-pdf-header-footer", f"--print-to-pdf={folder / 'sheet.pdf'}", path.as_uri())
    else:
        profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return PdfReader(folder / "sheet.pdf")


def plain(words: str) -> str:
    """Without blanks; some fonts name the radical of a character instead of it."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", words)).replace("⻓", "长")


@pytest.mark.parametrize("form", ["xlsx", "html"])
@pytest.mark.parametrize("make", [contents.normal, contents.small, contents.empty, contents.red])
def test_a_normal_shift_is_one_page(tmp_path: Path, form: str, make: Callable[[], SheetContent]) -> None:
    pages = printed(tmp_path, form, make()).pages
    assert len(pages) == 1
    assert (round(float(pages[0].mediabox.width)), round(float(pages[0].mediabox.height))) == A4
    words = plain(pages[0].extract_text())
    assert words.index("能否交接") < words.index("赶紧处理") < words.index("其他未完成") < words.rindex("签字")


@pytest.mark.parametrize("form", ["xlsx", "html"])
def test_many_items_take_more_pages_and_none_is_cut_off(tmp_path: Path, form: str) -> None:
    content = contents.many()
    pages = printed(tmp_path, form, content).pages
    assert 2 <= len(pages) <= 8
    words = plain("".join(page.extract_text() for page in pages)).replace("客户三次来电", "")
    words = re.sub(r"\d/\d", "", words)  # page numbers stand between the lines of an item
    for item in content.items:
        assert plain(f"#{item.number} {item.kind}：") in words


@pytest.mark.parametrize("width", [390, 794])
def test_nothing_is_cut_off_on_a_screen_or_reaches_beyond_it(tmp_path: Path, width: int) -> None:
    page = written(tmp_path, "html", contents.many())
    frame = tmp_path / "frame.html"  # a window can't be as narrow as a phone, a frame can
    over = (
        "e => e.scrollHeight > e.clientHeight + 1 && e.clientHeight || e.getBoundingClientRect().right > d.clientWidth"
    )
    count = (
        f"d = contentDocument.documentElement; document.title = [...d.querySelectorAll('body *')].filter({over}).length"
    )
    frame.write_text(
        f'<iframe src="{page.name}" style="width:{width}px;height:900px;border:0" onload="{count} + \' over\'"></iframe>',
        encoding="utf-8",
    )
    dumped = browse(tmp_path, "--allow-file-access-from-files", "--dump-dom", frame.as_uri())
    assert "<title>0 over</title>" in dumped
