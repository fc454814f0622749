"""The types of items: what each needs, how grave it is at least, its times, its final results, what it opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cstools.desk import Desk
from cstools.desk.sheets import Form
from cstools.errors import BadInput, Fault, nearest
from cstools.handover.items import LABELS, Item, names_of
from cstools.handover.spans import Span, span_kind
from cstools.handover.words import EQUIPMENT, PARTS, SEVERITIES, STATUSES, Equipment, Part, Severity, Status
from cstools.language import Text, mark
from cstools.tables import kinds
from cstools.tables.columns import Column, Record, read_rows
from cstools.tables.grid import fold, read_book

FILE: Final = "handover/事项类型.csv"
_ANSWERED: Final = frozenset({"title", "owner", "kind", "severity", "status"})

SEVERITY: Final = kinds.choice({
    Severity.ORDINARY: (SEVERITIES[Severity.ORDINARY], "一般", "普通"),
    Severity.MAJOR: (SEVERITIES[Severity.MAJOR], "重大"),
    Severity.URGENT: (SEVERITIES[Severity.URGENT], "紧急", "加急"),
})  # fmt: skip
PART: Final = kinds.choice({
    Part.OPEN: (PARTS[Part.OPEN], "未结事项"), Part.COMPLAINTS: (PARTS[Part.COMPLAINTS], "投诉建议"),
    Part.CALLBACKS: (PARTS[Part.CALLBACKS], "回访留言"), Part.REPAIRS: (PARTS[Part.REPAIRS], "维修"),
})  # fmt: skip
STATUS: Final = kinds.choice({
    Status.WAITING: (STATUSES[Status.WAITING], "待处理"), Status.WORKING: (STATUSES[Status.WORKING], "处理中"),
    Status.CUSTOMER: (STATUSES[Status.CUSTOMER], "待客户"),
    Status.DEPARTMENT: (STATUSES[Status.DEPARTMENT], "待他部门", "待部门"),
    Status.SOLVED: (STATUSES[Status.SOLVED], "已解决"), Status.CLOSED: (STATUSES[Status.CLOSED], "已关闭", "已结案"),
})  # fmt: skip
EQUIPMENT_STATE: Final = kinds.choice({
    Equipment.FINE: (EQUIPMENT[Equipment.FINE], "正常"), Equipment.FAULT: (EQUIPMENT[Equipment.FAULT], "故障", "异常"),
    Equipment.STARTING: (EQUIPMENT[Equipment.STARTING], "启动中", "启动"),
    Equipment.STOPPING: (EQUIPMENT[Equipment.STOPPING], "停机中", "停机"),
    Equipment.REPAIR: (EQUIPMENT[Equipment.REPAIR], "维修中", "维修"),
    Equipment.OFF: (EQUIPMENT[Equipment.OFF], "停用"),
})  # fmt: skip
FORM: Final = Form(mark("Item types"), (
    Column("name", mark("type"), kinds.text, required=True, aliases=("类型",)),
    Column("aliases", mark("other names"), kinds.words, default=(), aliases=("别名",)),
    Column("part", mark("part of the sheet"), PART,
           default=Part.OPEN, aliases=("归类",)),
    Column("least", mark("least severity"), SEVERITY, default=Severity.ORDINARY,
           aliases=("最低程度",)),
    Column("needs", mark("what it needs"), kinds.words, default=(), aliases=("必填",)),
    Column("answer", mark("answer within"), span_kind, aliases=("响应",)),
    Column("warn", mark("warn after"), span_kind, aliases=("预警",)),
    Column("overdue", mark("overdue after"), span_kind, aliases=("逾期",)),
    Column("escalate", mark("escalate to"), kinds.text, default="", aliases=("上报",)),
    Column("consequence", mark("consequence"), kinds.text, default="", aliases=("后果",)),
    Column("results", mark("final results"), kinds.words, default=(), aliases=("最终结果",)),
    Column("opens", mark("opens when closed"), kinds.text, default="", aliases=("结案后开",)),
    Column("follows", mark("opens when recorded"), kinds.text, default="", aliases=("登记时开",)),
    Column("cutoff", mark("counts as next day after"), kinds.time_of_day, aliases=("截止时间",)),
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class ItemType:
    """One type. ``needs`` are names of an item's fields; no ``results`` means that any outcome closes it.

    ``answer`` is the time until somebody takes it in hand, ``overdue`` until it is closed. ``opens`` is the type of the
    item that its closing opens, ``follows`` of one that is opened with it (004-067). What comes after ``cutoff``,
    minutes after midnight, counts as come at the next day's beginning (004-076).
    """

    name: str
    aliases: tuple[str, ...] = ()
    part: Part = Part.OPEN
    least: Severity = Severity.ORDINARY
    needs: tuple[str, ...] = ()
    answer: Span | None = None
    warn: Span | None = None
    overdue: Span | None = None
    escalate: str = ""
    consequence: str = ""
    results: tuple[str, ...] = ()
    opens: str = ""
    follows: str = ""
    cutoff: int | None = None

    def missing(self, item: Item) -> tuple[str, ...]:
        """The labels of what the item still lacks (缺), as catalogue keys."""
        return tuple(LABELS[name] for name in self.needs if not getattr(item, name))

    def final(self, result: str) -> bool:
        """Whether an outcome is one of the final results: the word itself, or the word and then more."""
        return bool(result.strip()) and (not self.results or result.strip().startswith(self.results))


@dataclass(frozen=True)
class Types:
    """A desk's types by name."""

    types: Mapping[str, ItemType] = field(default_factory=dict)

    def find(self, word: str) -> ItemType | None:
        """The type that a user calls by its name or another name of it."""
        asked = fold(word)
        return next((kind for kind in self.types.values() if asked in map(fold, (kind.name, *kind.aliases))), None)

    def of(self, item: Item) -> ItemType:
        """An item's type; one that asks for nothing where the desk has taken it out of its table."""
        return self.types.get(item.kind) or ItemType(item.kind)

    def nearest(self, word: str) -> Text | None:
        """The known name that looks like a word."""
        return nearest(word, [name for kind in self.types.values() for name in (kind.name, *kind.aliases)])


def read_types(desk: Desk, faults: list[Fault]) -> Types:
    """The desk's own table of types, else the packaged one."""
    return read_types_file(desk.template(FILE), faults)


def read_types_file(path: Path, faults: list[Fault]) -> Types:
    """Types from a table; every wrong cell is a fault."""
    try:
        table = read_rows(read_book(path).first, FORM.columns, faults)
    except BadInput as error:
        faults.extend(error.faults)
        return Types()
    found = Types({record["name"]: _type(record, faults) for record in table})
    _check(table.records, found, faults)
    return found


def _type(record: Record, faults: list[Fault]) -> ItemType:
    fields = {fold(name): key for key in LABELS if key not in _ANSWERED for name in names_of(key)}
    needs: list[str] = []
    for word in record["needs"]:
        if key := fields.get(fold(word)):
            needs.append(key)
        else:
            right = nearest(word, fields) or Text("the name of a field of an item")
            faults.append(record.fault("needs", Text("no item has a field “{name}”", name=word), right))
    return ItemType(**{**record.values, "needs": tuple(needs)})


def _check(records: Sequence[Record], types: Types, faults: list[Fault]) -> None:
    seen: dict[str, str] = {}
    for record in records:
        for name in (record["name"], *record["aliases"]):
            if fold(name) in seen:
                wrong = Text("“{name}” already means another type: {other}", name=name, other=seen[fold(name)])
                faults.append(record.fault("name", wrong, Text("another name")))
            seen[fold(name)] = record["name"]
        for key in ("opens", "follows"):
            if record[key] and record[key] not in types.types:
                wrong = Text("there is no type “{name}”", name=record[key])
                faults.append(record.fault(key, wrong, types.nearest(record[key])))
