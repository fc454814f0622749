"""What a row of 交接日志.xlsx must hold beyond what its cells tell: known people, shifts, types, checks and gates."""

from typing import Any, Final

from cstools.desk import Form
from cstools.errors import Fault, nearest
from cstools.handover.book_sheets.sheets import IN, ITEMS, OUT, OVERRIDE, SIGNATURES, SUPPLEMENT, TICKS, UNFIT
from cstools.handover.gates import all_gates, find
from cstools.handover.setup import Setup
from cstools.language import Text, translate
from cstools.tables.columns import Record
from cstools.tables.grid import fold
from cstools.team import Team

PEOPLE: Final = ("by", "owner", "liable", "read")


def check(form: Form, record: Record, team: Team, setup: Setup, faults: list[Fault]) -> dict[str, Any]:
    """A row's values, people as numbers and shifts as codes; what isn't known is a fault.

    Of a row whose cells could not all be read, what could be is checked.
    """
    values = {name: value for name, value in record.values.items() if value is not None}
    for name in PEOPLE:
        if name in values:
            values[name] = _numbers(record, name, values[name], team, faults)
    if "shift" in values:
        values["shift"] = _code(record, values["shift"], team, faults)
    if values.get("team") and values["team"] not in (groups := team.groups()):
        right = nearest(values["team"], groups) or Text("one of {names}", names=sorted(groups))
        faults.append(record.fault("team", Text("there is no such group in sheet 人员"), right))
    if "until" in values and "since" in values and values["until"] < values["since"]:
        right = Text("not before {day}", day=values["since"])
        faults.append(record.fault("until", Text("the end lies before the beginning"), right))
    if form is ITEMS and "kind" in values and setup.types.find(values["kind"]) is None:
        faults.append(record.fault("kind", Text("this type isn't known"), setup.types.nearest(values["kind"])))
    if form is TICKS and "line" in values and values["line"] not in (known := [each.line for each in setup.checks]):
        right = nearest(values["line"], known) or Text("a line of the checklist, as the sheet has it")
        faults.append(record.fault("line", Text("no checklist has this line"), right))
    if form is SIGNATURES and "side" in values:
        _check_signature(record, values, team, faults)
    return values


def _code(record: Record, word: str, team: Team, faults: list[Fault]) -> str:
    codes = team.shift_words().get(fold(word), ())
    if len(codes) == 1:
        return codes[0]
    wrong = Text("no shift is called this") if not codes else Text("several shifts are called this")
    faults.append(record.fault("shift", wrong, Text("one of {names}", names=team.shifts.codes())))
    return word


def _numbers(record: Record, name: str, told: str | tuple[str, ...], team: Team, faults: list[Fault]) -> Any:
    """People's numbers, for one or for several words."""
    numbers = []
    for word in (told,) if isinstance(told, str) else told:
        person = team.find(word)
        if person is None or isinstance(person, Text):
            faults.append(record.fault(name, person or Text("the row can't be read"), team.nearest(word)))
        else:
            numbers.append(person.number)
    return "".join(numbers[:1]) if isinstance(told, str) else tuple(numbers)


def _check_signature(record: Record, values: dict[str, Any], team: Team, faults: list[Fault]) -> None:
    """What a row of sheet 签字 needs besides: a reason, and the gate or the person it is about."""
    side, about = values["side"], values.get("about", "")
    if side not in {OUT, IN} and not values["note"]:
        right = Text("what the sheet lacks") if side == SUPPLEMENT else Text("why, in a few words")
        faults.append(record.fault("note", Text("{column} is empty", column=Text("remark")), right))
    if side == UNFIT and about:
        values["about"] = _numbers(record, "about", about, team, faults)
    elif side == OVERRIDE and (gate := find(about)):
        values["about"] = gate.name()
    elif side in {UNFIT, OVERRIDE}:
        empty = Text("{column} is empty", column=Text("which gate or whom"))
        faults.append(record.fault("about", Text("no gate is called this") if about else empty, _right(side, about)))


def _right(side: str, about: str) -> Text:
    if side == UNFIT:
        return Text("a number or a name")
    gates = tuple(translate(gate.label) for gate in all_gates().values())
    return nearest(about, gates) or Text("one of {names}", names=gates)
