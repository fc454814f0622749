"""Writing what other programs read: everything is made before the first byte, and only of what is approved."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from cstools.desk import Desk
from cstools.errors import CstoolsError, Refused
from cstools.journal import Pages
from cstools.language import Text
from cstools.money import ZERO
from cstools.pay.closing import Named
from cstools.pay.compute import BrokenIdentityError
from cstools.pay.desks import PayDesk
from cstools.pay.elements.insurance import MONTH as INSURED
from cstools.pay.exports import postings, tax
from cstools.pay.exports.bank import BankFile, bank_files, read_template
from cstools.pay.exports.slips import dingtalk
from cstools.pay.exports.slips import pages as slip_pages
from cstools.pay.exports.table import Table, to_csv, to_xlsx
from cstools.pay.paper.strips import strips
from cstools.pay.people import Employee
from cstools.pay.sheets.employees import read_employees
from cstools.pay.sheets.reading import Reading
from cstools.pay.slip import Slip
from cstools.pay.store import Standing, State, runs, slips
from cstools.tables.save import make_folder, save_bytes


def approved(pages: Pages | None, named: Named) -> tuple[Standing, tuple[Slip, ...]]:
    """A run and its slips. Refused while it is a draft: what goes to the bank or the tax office doesn't change."""
    one = named.find(pages)
    if one.state is State.DRAFT or pages is None:
        raise Refused(Text("{run} is a draft still: approve it first", run=one.run.id),
                      Text("cstools pay approve --month {month}", month=f"{named.month:%Y-%m}"))  # fmt: skip
    return one, slips(pages, one)


def write_bank(desk: Desk, named: Named, template: str, folder: Path | None) -> list[tuple[Path, BankFile]]:
    """The bank's files of a run, by a template of the desk or a packaged one."""
    pay = PayDesk.ready(desk)
    shape = read_template(_template(desk, template))
    with desk.journal.reading() as pages:
        one, paid = approved(pages, named)
    files = bank_files(shape, one.run, paid)
    if sum((file.total for file in files), ZERO) != sum((slip.net for slip in paid), ZERO):
        raise BrokenIdentityError("the bank's files don't add up to the slips")
    written = _write(pay.folder_for(folder), {file.name: file.data for file in files})
    return list(zip(written, files, strict=True))


def _template(desk: Desk, name: str) -> Path:
    if not name.replace("-", "").replace("_", "").isalnum():
        raise CstoolsError(Text("“{name}” is no name of a template", name=name))
    return desk.template(f"bank/{name}.toml")


def write_tax(desk: Desk, named: Named, folder: Path | None) -> tuple[list[Path], list[str]]:
    """The tax client's files of the tax month of a run: wages, bonuses where there are any, joiners and leavers.

    Which runs of that month are drafts still and left out is told, too.
    """
    pay = PayDesk.ready(desk)
    with desk.journal.reading() as pages:
        one, _ = approved(pages, named)
        people = of_tax_month(pages, one)
        drafts = [other.run.id for other in runs(pages)
                  if other.run.tax_month == one.run.tax_month and other.state is State.DRAFT]  # fmt: skip
    month = f"{one.run.tax_month:%Y-%m}"
    tables: dict[str, Table] = {}
    if (wages := tax.wages(people)).rows:
        tables[f"{tax.WAGES}_{month}.xlsx"] = wages
    if (bonuses := tax.bonuses(people)).rows:
        tables[f"{tax.BONUSES}_{month}.xlsx"] = bonuses
    joined = tax.joiners_and_leavers(employees(pay).values(), one.run.work.first, one.run.work.last)
    if joined.rows:
        tables[f"{tax.PEOPLE}_{month}.xlsx"] = joined
    made = datetime.combine(one.run.paid_on, time())
    files = {name: to_xlsx(table, made) for name, table in tables.items()}
    return _write(pay.folder_for(folder), files), drafts


def of_tax_month(pages: Pages | None, one: Standing) -> list[tax.Taxed]:
    """The slips of all runs taxed in the same month; drafts are left out."""
    if pages is None:
        return []
    together = [other for other in runs(pages)
                if other.run.tax_month == one.run.tax_month and other.state is not State.DRAFT]  # fmt: skip
    return tax.taxed(slip for other in together for slip in slips(pages, other))


def of_insured_month(pages: Pages | None, month: date) -> list[tax.Taxed]:
    """The slips of all runs that take the insurance of a month, and of those of its wages; drafts are left out."""
    insured = Decimal(f"{month:%Y%m}")
    found = [slip for one in runs(pages) if pages and one.state is not State.DRAFT for slip in slips(pages, one)
             if slip.facts.get(INSURED, insured if one.run.month == month else None) == insured]  # fmt: skip
    return tax.taxed(found)


def employees(pay: PayDesk) -> Mapping[str, Employee]:
    """Everybody in sheet 人员 as it is now."""
    reading = Reading(pay.sheets([]), pay.pay.book)
    read_employees(reading)
    return reading.employees


def write_slips(desk: Desk, named: Named, form: str, folder: Path | None) -> list[Path]:
    """Everybody's slip of a run in a form: "xlsx", "dingtalk" or "html"; of a draft too, for those who check it."""
    pay = PayDesk.ready(desk)
    with desk.journal.reading() as pages:
        one = named.find(pages)
        paid = slips(pages, one) if pages else ()
    target = pay.folder_for(folder)
    name = str(Text("slips_{run}.xlsx", run=one.run.id))
    if form == "html":
        return _write(target / name.removesuffix(".xlsx"), slip_pages(one.run, paid))
    if form == "dingtalk":
        data = to_xlsx(dingtalk(one.run, paid), datetime.combine(one.run.paid_on, time()))
        return _write(target, {str(Text("slips_{run}_dingtalk.xlsx", run=one.run.id)): data})
    return _write(target, {name: strips(one.run, paid)})


def write_postings(desk: Desk, named: Named, path: Path | None) -> Path:
    """A run's postings as csv."""
    pay = PayDesk.ready(desk)
    with desk.journal.reading() as pages:
        one, paid = approved(pages, named)
    lines = postings.postings(paid)
    if sum((line.credit - line.debit for line in lines if line.account == "payable"), ZERO) != sum(
        (slip.net for slip in paid), ZERO
    ):
        raise BrokenIdentityError("the postings don't pay what the slips pay")
    data = to_csv(postings.table(one.run, lines, pay.pay.accounts))
    name = str(Text("postings_{run}.csv", run=one.run.id))
    target = pay.folder_for(path.parent if path else None) / (path.name if path else name)
    return _write(target.parent, {target.name: data})[0]


def _write(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write files that are made already, all or none: where one can't be written, the others are as they were."""
    make_folder(folder, private=True)
    before: dict[Path, bytes | None] = {}
    try:
        for name, data in files.items():
            path = folder / name
            before[path] = path.read_bytes() if path.is_file() else None
            save_bytes(path, data, private=True)
    except CstoolsError:
        for path, old in before.items():
            _put_back(path, old)
        raise
    return list(before)


def _put_back(path: Path, old: bytes | None) -> None:
    """A file as it was before; one that can't be touched was not written either."""
    with suppress(CstoolsError, OSError):
        if old is not None:
            save_bytes(path, old, private=True)
        elif path.is_file():
            path.unlink()
