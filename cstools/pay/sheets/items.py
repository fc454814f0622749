"""Sheet 薪资项目: which pay elements a desk has, for whom, from when, with which parameters."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from cstools.desk import Form
from cstools.errors import Fault, nearest
from cstools.language import Text, mark, translate
from cstools.pay.element import EVERYBODY, Element, Scope, Stated
from cstools.pay.elements import all_elements, find
from cstools.pay.sheets.reading import FIRST, LAST, REMARK, Reading
from cstools.pay.sheets.twice import doubled
from cstools.tables import kinds
from cstools.tables.columns import Column, Record
from cstools.tables.grid import both_names, fold
from cstools.tables.kinds import Kind, Wrong
from cstools.tables.parameters import split_parameters


def _read_element(value: object) -> type[Element]:
    found = find(str(value))
    if found is None:
        names = [word for name, element in all_elements().items() for word in (translate(element.label), name)]
        right = nearest(str(value), names) or Text("cstools pay elements lists them")
        raise Wrong(Text("no pay element is called this"), right)
    return found


def items_form() -> Form:
    """The sheet's columns; made when asked for, because the list of elements is read from their files."""
    labels = tuple(element.label for element in all_elements().values())
    element = Kind(_read_element, Text("no pay element is called this"), Text("cstools pay elements lists them"),
                   lambda value: translate(value.label), "@", labels)  # fmt: skip
    return replace(ITEMS, columns=(replace(ITEMS.columns[0], kind=element), *ITEMS.columns[1:]))


ITEMS: Final = Form(mark("Pay elements"), (
    Column("element", mark("pay element"), kinds.text, required=True, aliases=("薪资项", "薪酬项目"),
           note=Text("may stand several times, for other people or days")),
    Column("people", mark("people"), kinds.words, default=(), note=Text("numbers or names; empty: all")),
    Column("departments", mark("department"), kinds.words, default=()),
    Column("positions", mark("position"), kinds.words, default=(), aliases=("职位",)),
    Column("levels", mark("level"), kinds.words, default=(), aliases=("职级", "等级")),
    Column("cities", mark("city"), kinds.words, default=()),
    FIRST, LAST,
    Column("parameters", mark("parameters"), kinds.text, default="",
           note=Text("such as 方案=店铺，口径=全额; cstools pay elements lists them")),
    REMARK,
), ("薪酬项目", "工资项目"))  # fmt: skip


def read_items(reading: Reading) -> tuple[Stated, ...]:
    """The stated elements, and those that hold always."""
    table = reading.rows(items_form(), required=True)
    stated = [found for record in table if (found := _stated(record, reading))]
    for one, other, employee in doubled(stated, reading.employees.values()):
        wrong = Text("the row in {cell} gives {name} the same: it would count twice",
                     cell=one.source.cell if one.source else "", name=employee.name)  # fmt: skip
        right = Text("delete one of them, or write other people, dates or parameters")
        if other.source:
            reading.faults.append(Fault(other.source, translate(other.element.label), wrong, right))
    named = {record.values["element"] for record in (*table.records, *table.broken)}
    return (*stated, *(Stated(element()) for element in all_elements().values()
                       if element.always and element not in named))  # fmt: skip


def _stated(record: Record, reading: Reading) -> Stated | None:
    before = len(reading.faults)
    element: type[Element] = record["element"]
    parameters = dict(_parameters(record, element, reading))
    first, last = reading.dates(record)
    scope = Scope(
        frozenset(found.number for word in record["people"] if (found := reading.look_up(record, "people", word))),
        *(frozenset(record[key]) for key in ("departments", "positions", "levels", "cities")),
    )
    if element.for_all and (scope != EVERYBODY or first or last):
        right = Text("leave people, department, position, level, city and dates empty")
        reading.faults.append(record.fault("element", Text("this holds for everybody, always"), right))
    _doubt(record, reading)
    if len(reading.faults) > before:
        return None
    return Stated(element(**parameters), scope, first, last, record.source("element"), record["parameters"])


def _doubt(record: Record, reading: Reading) -> None:
    """Notes where nobody has what a row asks for: it does nothing then."""
    terms = [terms for employee in reading.employees.values() for _, terms in employee.terms.values]
    for key, one in (("departments", "department"), ("positions", "position"), ("levels", "level"), ("cities", "city")):
        known = {getattr(each, one) for each in terms}
        for word in record[key]:
            if word not in known:
                wrong = Text("nobody in sheet 人员 has this, so the row applies to nobody")
                reading.notes.append(replace(record.fault(key, wrong, nearest(word, known)), value=word))


def _parameters(record: Record, element: type[Element], reading: Reading) -> Iterator[tuple[str, Any]]:
    """Name and value of every parameter of a row; what is wrong with them is added to the faults."""
    known = element.parameters()
    labels = [translate(about["label"]) for about in known.values()]
    right = (Text("parameters of this element: {names}", names=tuple(labels)) if labels
             else Text("leave it empty: this element has no parameters"))  # fmt: skip
    try:
        parts = split_parameters(record["parameters"])
    except ValueError:
        reading.faults.append(record.fault("parameters", Text("not written as name=value"), right))
        return
    seen = set()
    for name, text in parts:
        key = next((key for key, about in known.items()
                    if fold(name) in both_names(about["label"]) | {fold(key)}), None)  # fmt: skip
        if key is None or key in seen:
            wrong = Text("this parameter stands twice") if key else Text("this element has no such parameter")
            near = None if key else nearest(name, labels)
            reading.faults.append(replace(record.fault("parameters", wrong, near or right), value=name))
            continue
        seen.add(key)
        kind: Kind = known[key]["kind"]
        try:
            yield key, kind(text)
        except Wrong as error:
            wrong = Text("{name}: {wrong}", name=Text(known[key]["label"]), wrong=error.wrong)
            reading.faults.append(replace(record.fault("parameters", wrong, error.right), value=f"{name}={text}"))
