"""The pay family's files for other programs, and what theirs say; two months compared."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cstools.cli import options
from cstools.cli.help import Command, Group
from cstools.cli.options import pay as asked
from cstools.cli.options.everywhere import argument
from cstools.cli.options.kinds import File
from cstools.cli.show import say, table
from cstools.errors import CstoolsError
from cstools.language import Text, mark

if TYPE_CHECKING:
    from cstools.desk import Desk
    from cstools.pay.reconcile import Difference

_CLOSED = "cstools pay run --month 2026-09\ncstools pay approve --month 2026-09\n"
DIFFERS = 1


@click.command(
    "bank",
    cls=Command,
    help=mark(
        "Write the bank's file of an approved run, by a template: cmb, simple, text, or one of the desk's own in "
        "templates/bank/NAME.toml. Everything is checked before the first byte is written."
    ),
    example=f"{_CLOSED}cstools pay bank --month 2026-09 --template cmb",
)
@options.on_desk
@asked.month
@asked.run_id
@asked.template
@asked.folder(mark("The folder to write into; without it, the one that cstools.toml names."))
def bank(desk: "Desk", month: tuple[date, date], run_id: str, template: str, output: Path | None) -> None:
    from cstools.money import show
    from cstools.pay.closing import Named
    from cstools.pay.exports.writing import write_bank

    for path, file in write_bank(desk, Named(asked.first_of(month), run_id), template, output):
        say(Text("written: {file}: {count} payments, {total} yuan", file=str(path), count=file.count,
                 total=show(file.total)))  # fmt: skip


@click.command(
    "tax",
    cls=Command,
    help=mark(
        "Write the tax client's import files of an approved run's tax month: 正常工资薪金收入, 全年一次性奖金收入 "
        "where there is a bonus, 人员信息采集 for joiners and leavers."
    ),
    example=f"{_CLOSED}cstools pay tax --month 2026-09",
)
@options.on_desk
@asked.month
@asked.run_id
@asked.folder(mark("The folder to write into; without it, the one that cstools.toml names."))
def tax(desk: "Desk", month: tuple[date, date], run_id: str, output: Path | None) -> None:
    from cstools.pay.closing import Named
    from cstools.pay.exports.writing import write_tax

    paths, drafts = write_tax(desk, Named(asked.first_of(month), run_id), output)
    say(*(Text("written: {file}", file=str(path)) for path in paths))
    if drafts:
        say(Text("left out, as they are drafts still: {runs}; make these files again once they are approved",
                 runs=drafts))  # fmt: skip


@click.command(
    "postings",
    cls=Command,
    help=mark("Write an approved run's postings for the books, balanced, as csv."),
    example=f"{_CLOSED}cstools pay postings --month 2026-09",
)
@options.on_desk
@asked.month
@asked.run_id
@options.output
def postings(desk: "Desk", month: tuple[date, date], run_id: str, output: Path | None) -> None:
    from cstools.pay.closing import Named
    from cstools.pay.exports.writing import write_postings

    path = write_postings(desk, Named(asked.first_of(month), run_id), output)
    say(Text("written: {file}", file=str(path)))


@click.command(
    "compare",
    cls=Command,
    help=mark("Compare two months: who changed by how much and because of what; joiners, leavers, outliers."),
    example="cstools pay run --month 2026-09\ncstools pay run --month 2026-10\ncstools pay compare 2026-09 2026-10",
)
@options.on_desk
@asked.one_month("first")
@asked.one_month("second")
def compare(desk: "Desk", first: tuple[date, date], second: tuple[date, date]) -> None:
    from cstools.money import show
    from cstools.pay import store
    from cstools.pay.compare import compare as compared

    asked_for = [asked.first_of(month) for month in (first, second)]
    with desk.journal.reading() as pages:
        sides = [store.of_month(pages, month) for month in asked_for]
    names = [f"{month:%Y-%m}" for month in asked_for]
    for name, side in zip(names, sides, strict=True):
        if not side:
            raise CstoolsError(Text("{run} hasn't been run yet", run=name),
                               Text("first: cstools pay run --month {month}", month=name))  # fmt: skip
    heads = (Text("number"), Text("name"), *names, Text("change"), Text("because of"), Text("remark"))
    rows = [
        (one.person, one.name, *("–" if net is None else show(net) for net in (one.before, one.after)), show(one.by),
         one.because, one.remark) for one in compared(*sides)
    ]  # fmt: skip
    say(table(heads, rows) if rows else Text("nothing changed"))


@click.group("reconcile", cls=Group, help=mark("Their figures against ours, each difference with its likely cause."))
@options.family
def reconcile() -> None:
    pass


@reconcile.command(
    "tax",
    cls=Command,
    help=mark(
        "The tax client's 税款计算 against the tax month of a run, person by person.\n\n"
        "Exit code 1 where something differs."
    ),
    example=f"{_CLOSED}cstools pay reconcile tax 扣缴端/202610_税款计算.csv --month 2026-09",
)
@options.on_desk
@argument("file", type=File(exists=True), metavar=mark("FILE"), help=mark("The client's export, as xlsx or csv."))
@asked.month
@asked.run_id
def reconcile_tax(desk: "Desk", file: Path, month: tuple[date, date], run_id: str) -> int:
    from cstools.pay.closing import Named
    from cstools.pay.exports.writing import approved, of_tax_month
    from cstools.pay.reconcile.tax import read_rows
    from cstools.pay.reconcile.tax import reconcile_tax as reconciled

    with desk.journal.reading() as pages:
        one, _ = approved(pages, Named(asked.first_of(month), run_id))
        people = of_tax_month(pages, one)
    return _told(list(reconciled(read_rows(file, one.run.tax_month), people)), len(people))


@reconcile.command(
    "insurance",
    cls=Command,
    help=mark(
        "The bills of insurance and housing fund against the slips of the insured month, person by person.\n\n"
        "Exit code 1 where something differs."
    ),
    example=f"{_CLOSED}cstools pay reconcile insurance 账单/202609_社保公积金.csv --month 2026-09",
)
@options.on_desk
@argument("file", type=File(exists=True), metavar=mark("FILE"), help=mark("The bill, as xlsx or csv."))
@asked.month
def reconcile_insurance(desk: "Desk", file: Path, month: tuple[date, date]) -> int:
    from cstools.pay.desks import PayDesk
    from cstools.pay.exports.writing import employees, of_insured_month
    from cstools.pay.reconcile.bills import read_bill
    from cstools.pay.reconcile.bills import reconcile_insurance as reconciled

    insured = asked.first_of(month)
    theirs = read_bill(file)
    with desk.journal.reading() as pages:
        people = of_insured_month(pages, insured)
    if not people:
        raise CstoolsError(Text("no approved run takes the insurance of {month}", month=f"{insured:%Y-%m}"))
    return _told(list(reconciled(theirs, people, insured, employees(PayDesk.ready(desk)))), len(people))


def _told(found: "list[Difference]", people: int) -> int:
    from cstools.pay.reconcile import told

    if not found:
        say(Text("agrees: {count} people, no difference", count=people))
        return 0
    heads = (Text("number"), Text("name"), Text("what"), Text("theirs"), Text("ours"), Text("likely cause"))
    say(table(heads, told(found)))
    return DIFFERS
