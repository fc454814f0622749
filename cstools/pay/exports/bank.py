"""A bank's file for paying wages, by a template in the desk: no two banks ask for the same.

A template is ``templates/bank/NAME.toml``: the columns with what goes into each, header or none, format, encoding,
control totals in the file's name or below the rows.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Final

from cstools.desk.settings import count, names, one_of, read_settings, setting, yes_no
from cstools.errors import BadInput, CstoolsError, Fault, Source
from cstools.language import Text
from cstools.money import ZERO
from cstools.pay.exports.table import Field, Table, to_csv, to_xlsx
from cstools.pay.run import Run
from cstools.pay.slip import Slip

MOST: Final = 1_000_000


# What a whole file's name and its lines may hold in braces, and what a row may hold besides.
ABOUT: Final = ("run", "month", "paid_on", "count", "total", "yuan", "jiao", "fen", "batch")
FIELDS: Final = (*ABOUT, "row", "number", "name", "account", "bank", "id_type", "id_number", "net", "gross",
                 "department", "position")  # fmt: skip


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(value)
    return value


def _form(value: object, known: Sequence[str] = ABOUT) -> str:
    """A text whose braces hold nothing but known fields."""
    if not isinstance(value, str):
        raise ValueError(value)
    for _, name, spec, conversion in Formatter().parse(value):
        if name is not None and (name not in known or spec or conversion):
            raise ValueError(value)
    return value


def _file_name(value: object) -> str:
    found = _form(value)
    if not found.strip(". ") or re.search(r'[/\\:*?"<>|]', found):
        raise ValueError(value)
    return found


def _forms(value: object) -> tuple[str, ...]:
    return tuple(map(_form, names(value)))


def _columns(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict) or not value:
        raise ValueError(value)
    return MappingProxyType({head: _form(form, FIELDS) for head, form in value.items()})


_SOME: Final = Text("texts that may hold {fields} in braces", fields=FIELDS)
_FEW: Final = Text("texts that may hold {fields} in braces", fields=ABOUT)


@dataclass(frozen=True, slots=True)
class Template:
    """What a bank's file looks like.

    ``columns`` are headers and what stands below them, such as 收款账户列 = "{account}"; ``above`` and ``below`` are
    lines before the header and after the rows. ``most`` is how many rows one file may have.
    """

    file: str = setting("代发工资_{run}.xlsx", _file_name, _FEW)
    format: str = setting("xlsx", one_of("xlsx", "csv"), Text("“xlsx” or “csv”"))
    encoding: str = setting("gb18030", one_of("gb18030", "gbk", "utf-8", "utf-8-sig"), Text("such as “gb18030”"))
    separator: str = setting(",", one_of(",", "|", "\t", ";"), Text("one character"))
    sheet: str = setting("代发工资", _text, Text("a sheet’s name"))
    header: bool = setting(True, yes_no, Text("true or false"))  # noqa: FBT003 - a default
    columns: Mapping[str, str] = setting(MappingProxyType({}), _columns, _SOME)
    above: tuple[str, ...] = setting((), _forms, _FEW)
    below: tuple[str, ...] = setting((), _forms, _FEW)
    most: int = setting(MOST, count(1, MOST), Text("how many rows a file may have"))


@dataclass(frozen=True, slots=True)
class BankFile:
    """A file for the bank, with what it adds up to."""

    name: str
    data: bytes = field(repr=False)
    count: int = 0
    total: Decimal = ZERO


def read_template(path: Path) -> Template:
    """A template from its file. Raises BadInput for everything that is wrong in it."""
    faults: list[Fault] = []
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(
            [Fault(Source(path.name), None, Text("this is not toml: {reason}", reason=str(error)))]
        ) from error
    template = read_settings(Template, values, faults)
    if not template.columns and not faults:
        faults.append(Fault(Source(path.name, cell="columns"), None, Text("the template has no columns"), _SOME))
    if faults:
        raise BadInput(replace(fault, source=Source(path.name, cell=fault.source.cell)) for fault in faults)
    return template


def bank_files(template: Template, run: Run, slips: Sequence[Slip]) -> list[BankFile]:
    """The files that pay a run: everybody with something to be paid, split where a file would be too long.

    Raises BadInput for whoever lacks what the template asks for, and CstoolsError where nobody is paid.
    """
    paid = [slip for slip in slips if slip.net > 0]
    if not paid:
        raise CstoolsError(Text("nobody is paid in {run}", run=run.id))
    _refuse_gaps(template, paid)
    parts = [paid[start : start + template.most] for start in range(0, len(paid), template.most)]
    return [_file(template, run, part, number if len(parts) > 1 else 0) for number, part in enumerate(parts, 1)]


def _refuse_gaps(template: Template, slips: Sequence[Slip]) -> None:
    asked = {name for form in template.columns.values() for _, name, _, _ in Formatter().parse(form) if name}
    needed = sorted(asked & {"account", "id_number", "bank"})
    faults = [
        Fault(Source("人员", cell=slip.person), slip.name, Text("{what} is missing", what=Text(_CALLED[what])),
              Text("fill it in in sheet 人员, and make the run again"))
        for slip in slips for what in needed if not slip.about.get(what)
    ]  # fmt: skip
    if faults:
        raise BadInput(faults)


_CALLED: Final = {"account": "bank account", "id_number": "ID number", "bank": "bank"}


def _file(template: Template, run: Run, slips: Sequence[Slip], batch: int) -> BankFile:
    total = sum((slip.net for slip in slips), ZERO)
    about = _about(run, len(slips), total, batch)
    rows = [
        _row(template, {**about, **_person(slip), "row": str(number)}, slip) for number, slip in enumerate(slips, 1)
    ]
    above, below = ([_line(line, about, len(template.columns)) for line in lines]
                    for lines in (template.above, template.below))  # fmt: skip
    table = Table(template.sheet, tuple(template.columns), rows, above, below, template.header)
    made = datetime.combine(run.paid_on, time())
    data = to_xlsx(table, made) if template.format == "xlsx" else to_csv(table, template.encoding, template.separator)
    name = template.file.format(**about)
    if batch and "{batch}" not in template.file:
        stem, dot, end = name.rpartition(".")
        name = f"{stem}-{batch}{dot}{end}"
    return BankFile(name, data, len(slips), total)


def _about(run: Run, people: int, total: Decimal, batch: int) -> dict[str, str]:
    """What names and lines of a whole file may tell; every field of a person is empty there."""
    yuan, cents = divmod(int(total * 100), 100)
    return {**dict.fromkeys(FIELDS, ""), "run": run.id, "month": f"{run.month:%Y-%m}",
            "paid_on": f"{run.paid_on:%Y%m%d}", "count": str(people), "total": f"{total:.2f}", "yuan": str(yuan),
            "jiao": str(cents // 10), "fen": str(cents % 10), "batch": str(batch or 1)}  # fmt: skip


def _person(slip: Slip) -> dict[str, str]:
    told = {
        key: str(slip.about.get(key) or "")
        for key in ("account", "bank", "id_type", "id_number", "department", "position")
    }
    return {**told, "number": slip.person, "name": slip.name}


def _row(template: Template, words: Mapping[str, str], slip: Slip) -> tuple[Field, ...]:
    """A row's fields: an amount stays a number where a column is nothing else."""
    amounts = {"{net}": slip.net, "{gross}": slip.gross}
    told = {**words, "net": f"{slip.net:.2f}", "gross": f"{slip.gross:.2f}"}
    return tuple(amounts.get(form) if form in amounts else form.format(**told) for form in template.columns.values())


def _line(form: str, about: Mapping[str, str], width: int) -> tuple[Field, ...]:
    """A line of its own, fields parted by | in the template."""
    fields = [part.strip().format(**about) for part in form.split("|")]
    return tuple([*fields, *([""] * (width - len(fields)))][:width])
