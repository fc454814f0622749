"""What every reader of a pay desk's sheet needs: the workbook, the employees so far, faults and notes."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from cstools.desk import Form, Sheets
from cstools.errors import Fault, Source, nearest
from cstools.language import Text, mark, translate
from cstools.pay.people import Employee
from cstools.tables import kinds
from cstools.tables.columns import Column, Record, Table, read_rows
from cstools.tables.grid import fold

NUMBER: Final = Column("number", mark("number"), kinds.identifier, aliases=("员工编号", "编号", "员工号"))
NAME: Final = Column("name", mark("name"), kinds.text, default="", aliases=("名字", "员工"))
FIRST: Final = Column("first", mark("from date"), kinds.day, aliases=("起始日期", "起", "生效日期"),
                      note=Text("the first day this row holds; empty: from the beginning"))  # fmt: skip
LAST: Final = Column("last", mark("to date"), kinds.day, aliases=("截止日期", "止", "失效日期"),
                     note=Text("the last day this row holds; empty: until further notice"))  # fmt: skip
REMARK: Final = Column("remark", mark("remark"), kinds.text, default="", aliases=("说明", "来源"))


@dataclass
class Reading:
    """One reading of a pay desk's workbook. ``employees`` is filled by the first sheet that is read."""

    sheets: Sheets
    file: str
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    employees: dict[str, Employee] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()  # numbers and names in rows of 人员 that could not be read
    blind: bool = False

    def rows(self, form: Form, *, required: bool = False) -> Table:
        """A sheet's rows; none where it is missing or empty, a fault where it is ``required``."""
        before = len(self.faults)
        sheet = self.sheets.find(form, self.faults)
        if sheet is None or not sheet.rows:
            if required and len(self.faults) == before:
                right = Text("add it, or a file {name}.csv", name=translate(form.label))
                wrong = Text("the sheet {sheet} is missing", sheet=Text(form.label))
                self.faults.append(Fault(Source(self.file), None, wrong, right))
            return Table(sheet=sheet)
        table = read_rows(sheet, form.columns, self.faults)
        self.notes += table.notes()
        return table

    def person(self, record: Record, key: str = "number") -> Employee | None:
        """Whom a row is about, by 工号 or 姓名; None, mostly with a fault, where nobody can be meant."""
        word = record[key] or record.values.get("name")
        if not word:
            wrong = Text("number and name are both empty")
            right = Text("the number or the name of somebody in sheet 人员")
            self.faults.append(record.fault(key, wrong, right))
            return None
        found = self.look_up(record, key if record[key] else "name", word)
        name = record.values.get("name")
        if found and record[key] and name and fold(found.name) != fold(name):
            wrong = Text("number {number} is {name}", number=found.number, name=found.name)
            self.faults.append(record.fault("name", wrong, Text("number and name of the same person")))
            return None
        return found

    def look_up(self, record: Record, key: str, word: str) -> Employee | None:
        """The employee a word means; a fault where there is none, or several."""
        if word in self.employees:  # as most are written; thousands of rows don't ask everybody
            return self.employees[word]
        folded = fold(word)
        found = [one for one in self.employees.values() if fold(one.number) == folded]
        found = found or [one for one in self.employees.values() if fold(one.name) == folded]
        if len(found) == 1:
            return found[0]
        if found:
            wrong = Text("several people are called this: give the number")
            self.faults.append(replace(record.fault(key, wrong), value=word))
        elif not self.blind and folded not in self.broken:
            wrong = Text("nobody in sheet 人员 has this number or name")
            self.faults.append(replace(record.fault(key, wrong, self._near(word)), value=word))
        return None

    def _near(self, word: str) -> Text | None:
        """The number that was meant: with its leading zeros, or the name that looks like it."""
        if word.isdigit():
            padded = next((one for one in self.employees if one.isdigit() and int(one) == int(word)), None)
            return Text("did you mean “{name}”?", name=padded) if padded else None
        return nearest(word, [one.name for one in self.employees.values()])

    def dates(self, record: Record) -> tuple[date | None, date | None]:
        """A row's first and last day; a fault where the end lies before the beginning."""
        first, last = record["first"], record["last"]
        if first and last and last < first:
            right = Text("a day from {day} on", day=first)
            self.faults.append(record.fault("last", Text("the end lies before the beginning"), right))
        return first, last

    def one_of(self, record: Record, key: str, word: str, known: Iterable[str]) -> bool:
        """Whether a word is known; a fault where not."""
        known = tuple(dict.fromkeys(known))
        if word in known:
            return True
        right = nearest(word, known) or (Text("one of {choices}", choices=known) if known else None)
        self.faults.append(replace(record.fault(key, Text("this isn't known here"), right), value=word))
        return False


def place(record: Record, key: str | None = None) -> str:
    """Where a value stands, as a why tells it: 人员!C7 of pay.xlsx."""
    return str(record.source(key))
