"""What a run takes out of the tax client's 税款计算: opening cumulatives; a month's tax, where theirs is paid."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cstools.desk import SETTINGS
from cstools.errors import Fault, Source
from cstools.language import Text, mark
from cstools.money import ZERO, show
from cstools.pay.client.sheet import SPECIAL, ClientRow, Known, People, read_client
from cstools.pay.inputs import ClientTax, Opening
from cstools.pay.settings import PaySettings
from cstools.pay.sheets.reading import Reading

_KEEP = Text("keep one of them")


def found(folder: Path, patterns: Iterable[str]) -> list[Path]:
    """The files that some patterns find, by name; hidden ones and Excel's lock files left out."""
    return sorted({path for pattern in patterns for path in folder.glob(pattern) if path.name[0] not in ".~"})


@dataclass(frozen=True)
class ClientFiles:
    """The client's files in a desk's folder, and the reading to which what is wrong in them goes."""

    folder: Path
    reading: Reading

    def rows(self, patterns: Iterable[str]) -> Iterator[tuple[str, ClientRow]]:
        """Every row of some files, with whose it is; a fault for nobody's and for one without its month."""
        people = known(self.reading)
        for path in found(self.folder, patterns):
            for row in read_client(path, self.reading.faults):
                number = people.whose(row.record)
                if not number:
                    right = Text("the number, the ID number or the name of somebody in sheet 人员")
                    wrong = Text("nobody in sheet 人员 has this number or name")
                    self.reading.faults.append(row.record.fault("name", wrong, right))
                elif row.month is None:
                    wrong = Text("the file doesn’t say of which month it is")
                    self.reading.faults.append(row.record.fault("to_month", wrong, Text("a column 税款所属期止")))
                else:
                    yield number, row

    def openings(
        self, patterns: Iterable[str], told: Mapping[str, tuple[Opening, ...]]
    ) -> dict[str, tuple[Opening, ...]]:
        """Opening cumulatives with those of the files; one that sheet 期初累计 tells otherwise is a fault by cell."""
        latest: dict[tuple[str, int], tuple[date, ClientRow]] = {}
        bonus: dict[tuple[str, int], ClientRow] = {}
        for number, row in self.rows(patterns):
            month = row.month or date.min
            if row.is_bonus:
                bonus[number, month.year] = row
            elif month > latest.get((number, month.year), (date.min, row))[0]:
                latest[number, month.year] = month, row
        merged = {number: list(rows) for number, rows in told.items()}
        for (number, year), (_, row) in latest.items():
            one = opening(row, bonus.get((number, year)))
            same = next((old for old in merged.get(number, ()) if old.year == year), None)
            if same is None:
                merged.setdefault(number, []).append(one)
                self._check(row, one)
            elif replace(same, source="") != replace(one, source=""):
                told_there = tuple(_differences(same, one))
                wrong = Text("sheet 期初累计 tells something else of {name} in {year}: {differences}",
                             name=row.record["name"], year=year, differences=told_there)  # fmt: skip
                right = Text("keep one of them; the other is {cell}", cell=same.source)
                self.reading.faults.append(row.record.fault("total_income", wrong, right))
        return {number: tuple(rows) for number, rows in merged.items()}

    def _check(self, row: ClientRow, one: Opening) -> None:
        """A note where the client's own sum isn't that of its parts, as far as it tells them."""
        taxable, basic = row.amount("taxable"), row.amount("total_basic")
        if taxable is None or basic is None or taxable <= 0:
            return
        sums = one.income - one.free - basic - one.insurance - one.special - one.other - (row.amount("donated") or ZERO)
        if sums != taxable:
            wrong = Text("the row’s parts make {sums}, not this", sums=show(sums))
            right = Text("look whether other deductions hold what stands in a column of its own")
            self.reading.notes.append(row.record.fault("taxable", wrong, right))

    def figures(self, pay: PaySettings, tax_month: date) -> dict[str, ClientTax] | None:
        """The client's tax of a tax month by person, where the desk pays it and a file has that month."""
        if pay.tax_figure != "client":
            return None
        if not pay.tax_files:
            wrong = Text("the tax client’s figure is to be paid, but no files of it are named")
            right = Text('a list of files such as ["个税/*税款计算*.xlsx"]')
            self.reading.faults.append(Fault(Source(SETTINGS, cell="pay.tax_files"), None, wrong, right))
            return None
        rows: dict[str, ClientRow] = {}
        for number, row in self.rows(pay.tax_files):
            if row.month == tax_month and not row.is_bonus:
                if number in rows:
                    wrong = Text("{name} stands twice in {month}", name=row.record["name"], month=f"{tax_month:%Y-%m}")
                    self.reading.faults.append(row.record.fault("due", wrong, _KEEP))
                rows[number] = row
        if not rows:
            wrong = Text("no 税款计算 of {month} is there yet: our own figure is withheld", month=f"{tax_month:%Y-%m}")
            self.reading.notes.append(Fault(Source(SETTINGS, cell="pay.tax_files"), None, wrong))
            return None
        return {number: ClientTax(row.record["due"], str(row.record.source("due"))) for number, row in rows.items()}


def known(reading: Reading) -> People:
    """Everybody in sheet 人员."""
    return People(Known(one.number, one.name, one.id_number) for one in reading.employees.values())


def opening(row: ClientRow, bonus: ClientRow | None = None) -> Opening:
    """A row as opening cumulatives: up to its month, that month's own tax being withheld by now."""
    month = row.month or date.min
    amounts = {key: row.amount(name) or ZERO for key, name in (
        ("income", "total_income"), ("free", "total_free"), ("insurance", "total_insurance"), ("relief", "relief"),
    )}  # fmt: skip
    return Opening(
        month.year, month, special=row.sum(*SPECIAL) or ZERO, other=row.sum("total_other", "pension_fund") or ZERO,
        withheld=(row.amount("withheld") or ZERO) + max(row.record["due"], ZERO),
        source=str(row.record.source("total_income")), bonus=(bonus.amount("income") or ZERO) if bonus else ZERO,
        **amounts,
    )  # fmt: skip


_TOLD = {
    "until": mark("up to month"), "income": mark("cumulative income"), "free": mark("cumulative tax-free income"),
    "insurance": mark("cumulative special deductions"), "special": mark("cumulative special additional deductions"),
    "other": mark("cumulative other deductions"), "withheld": mark("tax withheld"),
    "relief": mark("cumulative tax relief"), "bonus": mark("bonus taxed apart this year"),
}  # fmt: skip


def _differences(sheet: Opening, file: Opening) -> Iterator[Text]:
    for key, label in _TOLD.items():
        here, there = getattr(sheet, key), getattr(file, key)
        if here != there:
            shown = [f"{value:%Y-%m}" if isinstance(value, date) else show(value) for value in (here, there)]
            yield Text("{what} {here} there, {there} here", what=Text(label), here=shown[0], there=shown[1])
