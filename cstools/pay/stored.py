"""A run's slips as bytes, and back: everything that explains them, so that nothing is ever computed again."""

import json
import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from cstools.journal import canonical, pack, unpack
from cstools.language import Text
from cstools.pay.past import PastSlip
from cstools.pay.run import Period, Run, RunKind
from cstools.pay.slip import Group, Line, Notice, Slip, Why

_LEVEL: Final = 6


def write_run(run: Run) -> dict[str, Any]:
    """A run as JSON."""
    periods = {name: [getattr(run, name).first.isoformat(), getattr(run, name).last.isoformat()] for name in _PERIODS}
    return {"kind": run.kind.value, **periods, "paid_on": run.paid_on.isoformat(),
            "tax_month": run.tax_month.isoformat(), "only": list(run.only)}  # fmt: skip


_PERIODS: Final = ("work", "attendance", "commission")


def read_run(data: Mapping[str, Any]) -> Run:
    """What ``write_run`` made, back again."""
    work, attendance, commission = (Period(*map(date.fromisoformat, data[name])) for name in _PERIODS)
    paid_on, tax_month = date.fromisoformat(data["paid_on"]), date.fromisoformat(data["tax_month"])
    return Run(RunKind(data["kind"]), work, attendance, commission, paid_on, tax_month, tuple(data["only"]))


def write_slips(slips: Iterable[Slip]) -> bytes:
    """Slips with every line and its reasons."""
    return zlib.compress(canonical({"slips": [_write_slip(slip) for slip in slips]}).encode(), _LEVEL)


def read_slips(content: bytes) -> tuple[Slip, ...]:
    """What ``write_slips`` made, back again."""
    return tuple(_read_slip(data) for data in json.loads(zlib.decompress(content))["slips"])


def write_facts(slips: Iterable[Slip]) -> bytes:
    """What later runs need of each slip."""
    rows = {slip.person: {"facts": {key: str(value) for key, value in slip.facts.items()},
                          "gross": str(slip.gross), "net": str(slip.net)} for slip in slips}  # fmt: skip
    return canonical(rows).encode()


def read_facts(run: Run, content: bytes) -> dict[str, PastSlip]:
    """What ``write_facts`` made, by person."""
    return {
        person: PastSlip(run.id, run.month, run.tax_month, {key: Decimal(value) for key, value in row["facts"].items()},
                         Decimal(row["gross"]), Decimal(row["net"]))
        for person, row in json.loads(content).items()
    }  # fmt: skip


# --- slips ------------------------------------------------------------------------------------------------------------


def _write_slip(slip: Slip) -> dict[str, Any]:
    return {
        "person": slip.person, "name": slip.name, "run": slip.run, "about": dict(slip.about),
        "facts": {key: str(value) for key, value in slip.facts.items()},
        "lines": [_write_line(line) for line in slip.lines],
        "notices": [[pack(notice.text), notice.grave, notice.source] for notice in slip.notices],
    }  # fmt: skip


def _read_slip(data: Mapping[str, Any]) -> Slip:
    return Slip(
        data["person"], data["name"], data["run"], tuple(map(_read_line, data["lines"])),
        {key: Decimal(value) for key, value in data["facts"].items()},
        tuple(Notice(_text(text), grave, source) for text, grave, source in data["notices"]), data["about"],
    )  # fmt: skip


def _write_line(line: Line) -> list[Any]:
    return [line.item, line.group.value, pack(line.label), str(line.amount), _write_why(line.why),
            _number(line.quantity), _number(line.rate), line.comparable]  # fmt: skip


def _read_line(data: list[Any]) -> Line:
    item, group, label, amount, why, quantity, rate, comparable = data
    return Line(item, Group(group), _text(label), Decimal(amount), _read_why(why), _decimal(quantity), _decimal(rate),
                comparable)  # fmt: skip


def _write_why(why: Why) -> list[Any]:
    return [pack(why.text), _number(why.amount), why.source, [_write_why(part) for part in why.parts]]


def _read_why(data: list[Any]) -> Why:
    text, amount, source, parts = data
    return Why(_text(text), _decimal(amount), source, tuple(map(_read_why, parts)))


def _number(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _text(data: Any) -> Text:
    found = unpack(data)
    return found if isinstance(found, Text) else Text("{words}", words=found)
