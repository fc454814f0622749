"""The forms of a handover sheet: xlsx and html to print, md, a short text for a chat, json."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from cstools.handover.sheet import SheetContent

SUFFIXES: Final = {"xlsx": ".xlsx", "html": ".html", "md": ".md", "json": ".json", "text": ".txt"}


TEMPLATES: Final = {"xlsx": "handover.xlsx", "html": "handover.html"}


def check(form: str, template: Path) -> None:
    """Raise BadInput where a printed form's template can't be filled, with whatever sheet."""
    from cstools.handover.forms.outline import EMPTY

    if form == "xlsx":
        from cstools.handover.forms.workbook import to_workbook

        to_workbook(EMPTY, template)
    elif form == "html":
        from cstools.handover.forms.page import to_page

        to_page(EMPTY, template)


def render(form: str, content: SheetContent, template: Callable[[str], Path]) -> bytes:
    """A sheet in one of the forms; ``template`` finds a printed form's template by name.

    The same content and template give the same bytes. Raises BadInput where a template can't be filled.
    """
    from cstools.handover.forms.sections import outline

    if form == "xlsx":
        from cstools.handover.forms.workbook import to_workbook

        return to_workbook(outline(content), template(TEMPLATES[form]))
    if form == "html":
        from cstools.handover.forms.page import to_page

        return to_page(outline(content), template(TEMPLATES[form])).encode()
    if form == "md":
        from cstools.handover.forms.markdown import to_markdown

        return to_markdown(outline(content)).encode()
    if form == "json":
        from cstools.handover.forms.data import to_json

        return to_json(content).encode()
    from cstools.handover.forms.digest import to_digest

    return to_digest(content).encode()
