"""An empty 交接日志.xlsx: every sheet with notes at its headers, lists of people, types and checks, rows numbered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from cstools.desk import Form
from cstools.handover.book_sheets import sheets
from cstools.handover.book_sheets.reading import Seen
from cstools.handover.gates import all_gates
from cstools.handover.setup import Setup
from cstools.journal import Pages
from cstools.language import translate
from cstools.tables import kinds
from cstools.tables.columns import Column
from cstools.tables.write import BookWriter, write_table
from cstools.team import Team

ROWS: Final = {sheets.ITEMS.label: 300, sheets.ORDERS.label: 50, sheets.NOTICES.label: 50}  # numbered beforehand
# half-width characters of the columns that hold sentences
LONG: Final = {
    "title": 30, "cause": 24, "course": 30, "progress": 24, "result": 20, "advice": 24, "wording": 24, "text": 44,
    "line": 30, "note": 24,
}  # fmt: skip


def empty_workbook(team: Team, setup: Setup, pages: Pages | None = None) -> bytes:
    """The workbook's bytes. Its rows are numbered after those that ``pages`` knows: a number stays with its matter."""
    seen = Seen(pages, "")
    writer = BookWriter()
    for form in sheets.FORMS:
        columns = [_listed(form, column, _lists(team, setup)) for column in form.columns]
        used, count = seen.numbers(form), ROWS.get(form.label, 0)
        rows = [{"id": f"{number:03}"} for number in range(used + 1, used + count + 1)]
        sheet = write_table(writer, translate(form.label), columns, rows)
        for place, column in enumerate(columns, 1):
            if column.key in LONG or column.kind.format == kinds.moment.format:
                sheet.width(place, LONG.get(column.key, 17))
    return writer.to_bytes()


def _lists(team: Team, setup: Setup) -> Mapping[str, Sequence[str]]:
    """What the columns offer: names where no two people share one, else numbers."""
    names = [person.name for person in team.people]
    people = names if len(set(names)) == len(names) else [person.number for person in team.people]
    return {
        "owner": people, "by": people, "shift": team.shifts.codes(), "line": [check.line for check in setup.checks],
        "type": list(setup.types.types), "about": [*(translate(gate.label) for gate in all_gates().values()), *people],
    }  # fmt: skip


def _listed(form: Form, column: Column, lists: Mapping[str, Sequence[str]]) -> Column:
    """The column with its list; other words may be typed, too."""
    key = "type" if form is sheets.ITEMS and column.key == "kind" else column.key
    words = tuple(dict.fromkeys(lists.get(key, ())))
    return replace(column, choices=words, kind=replace(column.kind, many=True)) if words else column
