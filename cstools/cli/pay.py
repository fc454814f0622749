"""The pay family: run a month's pay, explain it, print slips."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cstools.cli import options, pay_files, pay_month
from cstools.cli.help import Command, Group
from cstools.cli.options import pay as asked
from cstools.cli.show import say, table
from cstools.errors import CstoolsError
from cstools.language import Text, mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cstools.desk import Desk
    from cstools.pay.desks import PayDesk
    from cstools.pay.making import Made
    from cstools.pay.slip import Slip
    from cstools.pay.store import Standing


@click.group(
    cls=Group, help=mark("Pay: from the month's facts to a register and slips, every yuan explained. For a pay desk.")
)
@options.family
def pay() -> None:
    pass


for command in (
    pay_month.months, pay_month.approve, pay_month.close, pay_month.reopen, pay_files.compare, pay_files.bank,
    pay_files.tax, pay_files.postings, pay_files.reconcile,
):  # fmt: skip
    pay.add_command(command)


@pay.command(
    "run",
    cls=Command,
    help=mark(
        "Compute a month's pay: the register, and every line with its reason.\n\n"
        "Reads pay.xlsx, the shop's order exports, attendance and the roster desk. A run may be made again until it is "
        "approved; each time the figures are computed anew."
    ),
    example="cstools pay run --month 2026-10\ncstools pay run --month 2026-10 --dry-run",
)
@options.on_desk
@asked.month
@asked.only
@asked.kind
@asked.paid_on
@asked.dry_run
@asked.folder(mark("The folder for the register; without it, the one that cstools.toml names."))
def make_run(
    desk: "Desk", month: tuple[date, date], only: tuple[str, ...], kind: str, paid_on: date | None, dry_run: bool,
    output: Path | None,
) -> None:  # fmt: skip
    from cstools.pay.asked import Asked
    from cstools.pay.making import make
    from cstools.pay.run import RunKind

    made = make(desk, Asked(asked.first_of(month), RunKind(kind), only, paid_on), output, dry=dry_run)
    _summary(made)
    if dry_run:
        say(Text("nothing was written or kept (--dry-run)"))
    else:
        say(Text("written: {file}", file=str(made.path)))


def _summary(made: "Made") -> None:
    from cstools.money import ZERO, show
    from cstools.pay.making import notices
    from cstools.pay.paper.register import title
    from cstools.pay.slip import Group

    say(title(made.run))
    heads = (
        Text("number"),
        Text("name"),
        Text("gross"),
        Text("own insurance and fund"),
        Text("income tax"),
        Text("net"),
    )
    rows = [(slip.person, slip.name, show(slip.gross), show(slip.total(Group.INSURANCE)), show(slip.total(Group.TAX)),
             show(slip.net)) for slip in made.slips]  # fmt: skip
    say(table(heads, rows))
    total = sum((slip.net for slip in made.slips), ZERO)
    say(Text("{count} people, net together {net}", count=len(made.slips), net=show(total)))
    for slip, notice in notices(made.slips):
        if notice.grave:
            say(Text("Look: {number} {name}: {words}", number=slip.person, name=slip.name, words=notice.text))
    _orders(made)
    if made.inputs.hours and (limits := made.inputs.hours.warnings):
        say(Text("limits of law on hours: {times} times, {count} people (see the register)", times=len(limits),
                 count=len({warned.person for warned in limits})))  # fmt: skip
    say(*(Text("Note: {note}", note=str(note)) for note in made.notes))


def _orders(made: "Made") -> None:
    from cstools.orders import State

    if made.inputs.orders is None:
        return
    counts = dict.fromkeys((State.UNATTRIBUTED, State.AMBIGUOUS), 0)
    for sale in made.inputs.orders.of(*counts):
        counts[sale.state] += 1
    if any(counts.values()):
        say(Text("orders to check before month end: {none} without a number, {several} with several (see the register)",
                 none=counts[State.UNATTRIBUTED], several=counts[State.AMBIGUOUS]))  # fmt: skip
    if conflicts := made.inputs.orders.conflicts:
        say(Text("the files differ on {count} orders; the newest counts (see the register)", count=len(conflicts)))


@pay.command(
    "explain",
    cls=Command,
    help=mark(
        "Say why somebody's pay is what it is: from net down to each order, event and setting.\n\n"
        "Told from what the run kept; nothing is computed again."
    ),
    example=(
        "cstools pay run --month 2026-10\ncstools pay explain 001 --month 2026-10\n"
        "cstools pay explain 001 --month 2026-10 --line 个人所得税"
    ),
)
@options.on_desk
@options.who("person")
@asked.month
@asked.line
@asked.run_id
def explain(desk: "Desk", person: str, month: tuple[date, date], line: str | None, run_id: str) -> None:
    from cstools.pay.desks import PayDesk
    from cstools.pay.explain import lines_called, of_line, tree

    pay_desk, first = PayDesk.ready(desk), asked.first_of(month)
    slip = _slip(_stored(pay_desk, first, run_id)[1], person, lambda: _others(pay_desk, first, run_id))
    say(Text("{number} {name}, {run}", number=slip.person, name=slip.name, run=slip.run))
    if line:
        say(*(branch for found in lines_called(slip, line) for branch in of_line(found)))
    else:
        say(*tree(slip))


@pay.command(
    "slips",
    cls=Command,
    help=mark(
        "Everybody's slip, from what the run kept: strips on A4 to be cut and handed out (xlsx), the one sheet that "
        "DingTalk takes (dingtalk), or a page for each person (html)."
    ),
    example=(
        "cstools pay run --month 2026-10\ncstools pay slips --month 2026-10\n"
        "cstools pay slips --month 2026-10 --format dingtalk"
    ),
)
@options.on_desk
@asked.month
@asked.run_id
@asked.slip_format
@asked.folder(mark("The folder to write into; without it, the one that cstools.toml names."))
def slips(desk: "Desk", month: tuple[date, date], run_id: str, form: str, output: Path | None) -> None:
    from cstools.pay.closing import Named
    from cstools.pay.exports.writing import write_slips

    for path in write_slips(desk, Named(asked.first_of(month), run_id), form, output):
        say(Text("written: {file}", file=str(path)))


@pay.command(
    "elements",
    cls=Command,
    help=mark("List the pay elements for sheet 薪资项目, each with what it does and its parameters."),
    example="cstools pay elements",
)
@options.everywhere
def elements(desk: Path) -> None:  # noqa: ARG001 - the same for every desk
    from cstools.pay.describe import describe

    say(*describe())


def _stored(pay_desk: "PayDesk", month: date, run_id: str) -> "tuple[Standing, tuple[Slip, ...]]":
    from cstools.pay import store

    standing = store.find(pay_desk.desk.journal, month, run_id)
    if standing is None:
        name = run_id or f"{month:%Y-%m}"
        raise CstoolsError(Text("{run} hasn't been run yet", run=name),
                           Text("first: cstools pay run --month {month}", month=f"{month:%Y-%m}"))  # fmt: skip
    with pay_desk.desk.journal.reading() as pages:
        return standing, store.slips(pages, standing) if pages else ()


def _others(pay_desk: "PayDesk", month: date, run_id: str) -> "Iterator[Slip]":
    """The slips of a month's other runs."""
    from cstools.pay import store

    with pay_desk.desk.journal.reading() as pages:
        for one in store.runs(pages):
            if pages and one.run.month == month and one.run.id != (run_id or f"{month:%Y-%m}"):
                yield from store.slips(pages, one)


def _called(found: "Iterable[Slip]", word: str) -> "list[Slip]":
    from cstools.tables.grid import fold

    return [slip for slip in found if fold(word) in {fold(slip.person), fold(slip.name)}]


def _slip(found: "tuple[Slip, ...]", word: str, others: "Callable[[], Iterable[Slip]]") -> "Slip":
    from cstools.errors import nearest

    matching = _called(found, word)
    if len(matching) == 1:
        return matching[0]
    if matching:
        raise CstoolsError(Text("several people are called this: give the number"))
    if elsewhere := _called(others(), word):
        raise CstoolsError(Text("“{word}” has no slip in this run", word=word),
                           Text("but in another one: --run {run}", run=elsewhere[0].run))  # fmt: skip
    near = nearest(word, [slip.name for slip in found])
    raise CstoolsError(Text("“{word}” has no slip in this run", word=word), *([near] if near else []))
