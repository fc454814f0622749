"""An item of the book: something open that must not be dropped, with one named owner at every moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cstools.handover.shape import quickly
from cstools.handover.words import Severity, Status
from cstools.language import mark
from cstools.tables.grid import both_names, fold

# Every field that a person may fill in, and what it is called on forms, in sheets and where it is missing.
LABELS: Final[Mapping[str, str]] = {
    "kind": mark("type"),
    "severity": mark("severity"),
    "title": mark("matter"),
    "owner": mark("owner"),
    "status": mark("where it stands"),
    "customer": mark("customer"),
    "contact": mark("contact"),
    "address": mark("address"),
    "reference": mark("order or ticket number"),
    "grade": mark("customer grade"),
    "cause": mark("cause"),
    "course": mark("course of events"),
    "result": mark("outcome"),
    "advice": mark("what to do"),
    "wording": mark("agreed wording"),
    "progress": mark("progress"),
    "reason": mark("why it is left open"),
    "promised": mark("promised time"),
    "meal_at": mark("meal time"),
    "target": mark("for which shift or person"),
    "liable": mark("also liable"),
    "attachments": mark("attachments"),
    "team": mark("group"),
}
# What else people call them in Chinese sheets.
ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": ("类型", "事项类型"), "severity": ("程度", "严重程度"), "title": ("事项", "标题"), "owner": ("负责人",),
    "status": ("状态",), "customer": ("客户", "客户名称"), "contact": ("联系方式", "电话"),
    "address": ("地址", "上门地址"),
    "reference": ("单号", "订单号", "工单号"), "grade": ("客户等级",), "cause": ("原因",), "course": ("经过",),
    "result": ("结果",), "advice": ("处理意见", "建议"), "wording": ("统一口径", "口径"), "progress": ("进展", "进度"),
    "reason": ("未结原因", "特殊情况"), "promised": ("承诺时间",), "meal_at": ("用餐时间",),
    "target": ("交给", "移交对象"), "liable": ("承担人",), "attachments": ("附件",), "team": ("组", "班组"),
}  # fmt: skip
LISTS: Final = ("liable", "attachments")
MOMENTS: Final = ("promised", "meal_at")


def names_of(field: str) -> frozenset[str]:
    """Every name of a field, folded."""
    return both_names(LABELS[field]).union(map(fold, ALIASES[field]))


@dataclass(frozen=True)  # made quickly
class Item:
    """An item as it stands. ``number`` is that of the event that recorded it; people are told by their number.

    ``opened`` is when it happened, ``late`` that it was recorded with an earlier time (补录). ``parent`` is the item
    whose closing opened this one. ``touched`` is the number of the last event about it.
    """

    number: int
    kind: str
    title: str
    owner: str
    opened: datetime
    by: str
    touched: int
    severity: Severity = Severity.ORDINARY
    status: Status = Status.WAITING
    team: str = ""
    cause: str = ""
    course: str = ""
    result: str = ""
    advice: str = ""
    wording: str = ""
    progress: str = ""
    reason: str = ""
    customer: str = ""
    grade: str = ""
    reference: str = ""
    contact: str = ""
    address: str = ""
    target: str = ""
    liable: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    promised: datetime | None = None
    meal_at: datetime | None = None
    late: bool = False
    parent: int = 0
    accepted_by: str = ""
    accepted_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    closed_number: int = 0

    @property
    def open(self) -> bool:
        """Whether it still belongs on the next sheet."""
        return self.status is not Status.CLOSED


_READ: Final[Mapping[str, Callable[[Any], Any]]] = {
    **dict.fromkeys(("opened", "promised", "meal_at", "accepted_at", "closed_at"), datetime.fromisoformat),
    **dict.fromkeys(LISTS, tuple),
    "severity": {each.value: each for each in Severity}.__getitem__,
    "status": {each.value: each for each in Status}.__getitem__,
}


def read_item(key: str, touched: int, data: Mapping[str, Any]) -> Item:
    """An item from the data of its card."""
    told = {name: _READ[name](value) if name in _READ else value for name, value in data.items()}
    told.pop("row", None)
    return quickly(Item, {**told, "number": int(key), "touched": touched})


def written(name: str, value: Any) -> Any:
    """A field's value from how it stands in an event."""
    return _READ[name](value) if name in _READ else value


def write_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Some fields of an item as they stand in an event; None takes one away."""
    return {name: _write(value) for name, value in fields.items()}


def _write(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, Severity | Status):
        return value.value
    return list(value) if isinstance(value, tuple) else value
