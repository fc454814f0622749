"""The sheets of 交接日志.xlsx and their columns, each declared once: for the template and for reading it."""

from dataclasses import replace
from typing import Final

from cstools.desk import Form
from cstools.handover.items import ALIASES, LABELS, LISTS, MOMENTS
from cstools.handover.words import EQUIPMENT, SEVERITIES, STATUSES
from cstools.language import Text, mark
from cstools.tables import kinds
from cstools.tables.columns import Column
from cstools.tables.kinds import Kind

_PERSON: Final = replace(kinds.identifier, right=Text("a number or a name"))
_KINDS: Final[dict[str, Kind]] = {
    "severity": kinds.choice(dict(SEVERITIES)),
    "status": kinds.choice(dict(STATUSES)),
    "owner": _PERSON,
    **dict.fromkeys(LISTS, kinds.words),
    **dict.fromkeys(MOMENTS, kinds.moment),
}
_STATES: Final = kinds.choice(dict(EQUIPMENT))
_COUNT: Final = kinds.whole.between(0)
_NOTES: Final = {
    "owner": Text("a number or a name; another one here hands the matter over"),
    "result": Text("with an outcome filled in the matter is closed"),
}


def _number() -> Column:
    note = Text("a number of your own that stays with the row")
    return Column("id", mark("row"), kinds.identifier, required=True, aliases=("编号",), note=note)


def _when() -> Column:
    return Column(
        "at", mark("when it was"), kinds.moment, aliases=("时间",), note=Text("the time of the import, if empty")
    )


def _who(key: str, label: str, *aliases: str) -> Column:
    return Column(key, label, _PERSON, required=True, aliases=aliases, note=Text("a number or a name"))


def _day() -> Column:
    return Column("day", mark("date"), kinds.day, required=True)


def _shift() -> Column:
    return Column("shift", mark("shift"), kinds.text, required=True)


def _remark() -> Column:
    return Column("note", mark("remark"), kinds.text, default="")


def _of_item(name: str) -> Column:
    required = name in {"title", "owner"}
    kind = _KINDS.get(name, kinds.text)
    return Column(name, LABELS[name], kind, required=required, aliases=ALIASES[name], note=_NOTES.get(name))


ITEMS: Final = Form(mark("Matters"), (_number(), _when(), *map(_of_item, LABELS)), ("事项", "交接事项"))
ORDERS: Final = Form(mark("Orders"), (
    _number(), _when(), _who("by", mark("entered by"), "登记人"),
    Column("text", mark("order"), kinds.text, required=True),
    Column("given_by", mark("given by"), kinds.text, required=True),
    Column("since", mark("from day"), kinds.day, required=True), Column("until", mark("until day"), kinds.day),
    Column("revoked", mark("revoked"), kinds.yes_no, default=False),
), ("上级指示",))  # fmt: skip
NOTICES: Final = Form(mark("Notices"), (
    _number(), _when(), _who("by", mark("entered by"), "登记人"),
    Column("kind", mark("kind of notice"), kinds.text, required=True),
    Column("text", mark("words of the notice"), kinds.text, required=True),
    Column("since", mark("from day"), kinds.day, required=True), Column("until", mark("until day"), kinds.day),
    Column("read", mark("read by"), kinds.words, default=(), note=Text("numbers or names of those who have read it")),
), ("公告", "公告阅读"))  # fmt: skip
COUNTS: Final = Form(mark("Counts"), (
    _when(), Column("thing", mark("thing"), kinds.text, required=True),
    Column("expected", mark("expected"), _COUNT), Column("counted", mark("counted"), _COUNT),
    Column("holder", mark("who has it"), kinds.text), Column("note", mark("remark"), kinds.text),
    _who("by", mark("counted by"), "清点人"),
), ("清点", "物品清点"))  # fmt: skip
MACHINES: Final = Form(mark("Equipment log"), (
    _when(), Column("name", mark("machine or system"), kinds.text, required=True),
    Column("state", mark("state now"), _STATES, required=True),
    _remark(), Column("test", mark("test result"), kinds.text, default=""),
    _who("by", mark("entered by"), "登记人"),
), ("设备",))  # fmt: skip
TICKS: Final = Form(mark("Ticks"), (
    _day(), _shift(), Column("line", mark("line of the checklist"), kinds.text, required=True), _when(),
    _who("by", mark("done by"), "完成人"), Column("result", mark("what came of it"), kinds.text, default=""),
), ("检查", "检查表"))  # fmt: skip
ARRIVALS: Final = Form(mark("Arrivals"), (
    _day(), _shift(), _who("by", mark("who arrived"), "工号"), _when(), _remark(),
), ("到岗",))  # fmt: skip
FIGURES: Final = Form(mark("Figures"), (
    _day(), _shift(), Column("name", mark("figure"), kinds.text, required=True),
    Column("value", mark("value"), kinds.text, required=True), _who("by", mark("entered by"), "登记人"), _when(),
    Column("team", LABELS["team"], kinds.text, default="", aliases=ALIASES["team"],
           note=Text("where the groups have sheets of their own; empty: the whole desk")),
), ("数据", "日报"))  # fmt: skip
OUT, IN, REFUSED, OVERRIDE, UNFIT, SUPPLEMENT = "out", "in", "refused", "override", "unfit", "supplement"
SIGNATURES: Final = Form(mark("Signatures"), (
    _day(), _shift(), Column("side", mark("side"), kinds.choice({
        OUT: (mark("hands over"), "交", "交班人"), IN: (mark("takes over"), "接", "接班人"), REFUSED: mark("refuses"),
        OVERRIDE: mark("lets pass"), UNFIT: mark("unfit for duty"), SUPPLEMENT: mark("adds"),
    }), required=True), _who("by", mark("who signs"), "工号"), _when(), _remark(),
    Column("about", mark("which gate or whom"), kinds.text, note=Text("for whoever lets pass or is unfit")),
), ("签名",))  # fmt: skip
FORMS: Final = (ITEMS, ORDERS, NOTICES, COUNTS, MACHINES, TICKS, ARRIVALS, FIGURES, SIGNATURES)
