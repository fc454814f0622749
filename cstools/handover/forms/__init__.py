"""The forms of a handover sheet: xlsx and html to print, md, a short text for a chat, json."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from cstools.handover.sheet import SheetContent

SUFFIXES: Final = {"xlsx": ".xlsx", "html": ".html", "md": ".md", "json": ".json", "text": ".txt"}


def render(form: str, content: SheetContent, template: Callable[[str], Path]) -> bytes:
    """A sheet in one of the forms; ``template`` finds a printed form's template by name.

    The same content and template give the same bytes. Raises BadInput where a template can't be filled.
    """
    from cstools.handover.forms.sections import outline

    if form == "xlsx":
        from cstools.handover.forms.workbook import to_workbook

        return to_workbook(outline(content), template("handover.xlsx"))
    if form == "html":
        from cstools.handover.forms.page import to_page

        return to_page(outline(content), template("handover.html")).encode()
    if form == "md":
        from cstools.handover.forms.markdown import to_markdown

        return to_markdown(outline(content)).encode()
    if form == "json":
        from cstools.handover.forms.data import to_json

        return to_json(content).encode()
    from cstools.handover.forms.digest import to_digest

    return to_digest(content).encode()
