"""The pay family's month end: which months there are, approving, closing, opening again."""

from datetime import date
from typing import TYPE_CHECKING

import click

from cstools.cli import options
from cstools.cli.help import Command
from cstools.cli.options import pay as asked
from cstools.cli.show import say, table
from cstools.language import Text, mark

if TYPE_CHECKING:
    from cstools.desk import Desk
    from cstools.pay.store import Standing


@click.command(
    "months",
    cls=Command,
    help=mark(
        "List the months that have input or a run, the oldest first: not run yet, draft, approved or closed, by whom "
        "and when, and their seals.\n\n"
        "What is kept is checked: a journal changed by hand is told (exit code 1). With --seal the journal is compared "
        "with what was printed when a run was closed: everything up to there is as it was then."
    ),
    example="cstools pay months",
)
@options.on_desk
@asked.seal
def months(desk: "Desk", seal: str | None) -> None:
    from cstools.pay.closing import months as listed
    from cstools.pay.closing import sealed
    from cstools.pay.desks import PayDesk
    from cstools.pay.store import STATES
    from cstools.pay.waiting import waiting

    found = listed(desk)
    if seal:
        event = sealed(desk, seal)
        say(Text("the seal is that of {run} on {at}, by {by}: everything up to there is as it was then",
                 run=event.data["run"], at=f"{event.at:%Y-%m-%d %H:%M}", by=event.author))  # fmt: skip
    open_ = waiting(PayDesk.ready(desk), {one.run.month for one, _ in found})
    if not found and not open_:
        say(Text("no run yet: cstools pay run --month {month}", month=f"{desk.today():%Y-%m}"))
        return
    heads = (Text("run"), Text("state"), Text("by"), Text("at"), Text("remark"))
    rows: list[tuple[object, ...]] = [
        (one.run.id, Text(STATES[one.state]), one.by, f"{one.at:%Y-%m-%d %H:%M}",
         " · ".join(word for word in (about, str(Text("opened again: {why}", why=one.why)) if one.why else "") if word))
        for one, about in found
    ]  # fmt: skip
    rows += [(f"{month:%Y-%m}", Text("not run yet"), None, None, Text("has input")) for month in open_]
    say(table(heads, sorted(rows, key=lambda row: str(row[0])[:7])))


@click.command(
    "approve",
    cls=Command,
    help=mark("Approve a run: from now on it can't be made again. Refused where its files have changed since."),
    example="cstools pay run --month 2026-09\ncstools pay approve --month 2026-09",
)
@options.on_desk
@asked.month
@asked.run_id
@options.by
def approve(desk: "Desk", month: tuple[date, date], run_id: str, by: str) -> None:
    from cstools.pay.closing import Named
    from cstools.pay.closing import approve as approved

    _told(approved(desk, Named(asked.first_of(month), run_id), by))


@click.command(
    "close",
    cls=Command,
    help=mark(
        "Close an approved run: it never changes again. What comes to light later becomes arrears or a recovery in the "
        "open month. Keep the seal that is printed with the signed register."
    ),
    example="cstools pay run --month 2026-09\ncstools pay approve --month 2026-09\ncstools pay close --month 2026-09",
)
@options.on_desk
@asked.month
@asked.run_id
@options.by
def close(desk: "Desk", month: tuple[date, date], run_id: str, by: str) -> None:
    from cstools.pay.closing import Named
    from cstools.pay.closing import close as closed

    _told(closed(desk, Named(asked.first_of(month), run_id), by))


@click.command(
    "reopen",
    cls=Command,
    help=mark("Open an approved or closed run again; the reason stays on record. Only the latest one can be opened."),
    example=(
        "cstools pay run --month 2026-09\ncstools pay approve --month 2026-09\n"
        "cstools pay reopen --month 2026-09 --why 漏了一张罚单"
    ),
)
@options.on_desk
@asked.month
@asked.run_id
@asked.why
@options.by
def reopen(desk: "Desk", month: tuple[date, date], run_id: str, why: str, by: str) -> None:
    from cstools.pay.closing import Named
    from cstools.pay.closing import reopen as opened

    _told(opened(desk, Named(asked.first_of(month), run_id), by, why))


def _told(one: "Standing") -> None:
    from cstools.pay.store import STATES

    say(Text("{run} is {state} now, seal {seal}", run=one.run.id, state=Text(STATES[one.state]), seal=one.seal[:12]))
