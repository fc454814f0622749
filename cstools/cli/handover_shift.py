"""The handover family's commands on what a shift says, counts and does: order, notice, read, count and the like."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import click

from cstools.cli import options
from cstools.cli.help import Command
from cstools.cli.options import handover as asked
from cstools.cli.show import say
from cstools.errors import UsageFault
from cstools.language import Text, mark

if TYPE_CHECKING:
    from cstools.handover.counter import Counter


@click.command(
    cls=Command,
    help=mark("Record a superior's order, which stands on every sheet until it is revoked; or revoke one."),
    example="cstools handover order 双11期间一律包邮 --given-by 主管 --from 2026-11-01 --until 2026-11-12\n"
    "cstools handover order --revoke 12",
)
@asked.at_counter
@asked.text("words", mark("The order."), metavar=mark("[TEXT]"), required=False)
@options.option("--given-by", metavar=mark("NAME"), help=mark("Who gave it."), default="")
@options.first_day
@options.until
@options.option(
    "--revoke", metavar=mark("NUMBER"), help=mark("Revoke the order of this number."), type=options.Whole(1)
)
@asked.recorded
def order(
    counter: "Counter", words: str | None, given_by: str, first: date | None, until: date | None, revoke: int | None,
    at: datetime | None, by: str,
) -> None:  # fmt: skip
    if (words is None) == (revoke is None):
        raise UsageFault(Text("give an order, or --revoke with its number"))
    with counter.recording(by) as recorder:
        if revoke is not None:
            recorder.revoke(revoke, at)
        number = revoke or recorder.order(words or "", given_by, first or counter.desk.today(), until, at)
    say(
        Text("order {number} is revoked", number=number)
        if revoke
        else Text("recorded as order {number}", number=number)
    )


@click.command(
    cls=Command,
    help=mark("Post a notice, a change of business or an agreed wording, which everybody ticks as read."),
    example="cstools handover notice 满300减30 --kind 优惠 --from 2026-11-01 --until 2026-11-12",
)
@asked.at_counter
@asked.text("words", mark("The notice."))
@options.option("--kind", metavar=mark("KIND"), help=mark("What it is, such as 优惠 or 口径."), default="公告")
@options.first_day
@options.until
@asked.recorded
def notice(
    counter: "Counter", words: str, kind: str, first: date | None, until: date | None, at: datetime | None, by: str
) -> None:
    with counter.recording(by) as recorder:
        number = recorder.notice(kind, words, first or counter.desk.today(), until, at)
    say(Text("recorded as notice {number}", number=number))


@click.command(
    cls=Command,
    help=mark("Tick that somebody has read a notice."),
    example="cstools handover read 13 001",
)
@asked.at_counter
@asked.number(mark("The notice's number."))
@options.who("who")
@asked.recorded
def read(counter: "Counter", number: int, who: str, at: datetime | None, by: str) -> None:
    with counter.recording(by) as recorder:
        recorder.read(number, who, at)
    say(Text("{name} has read notice {number}", name=counter.setup.who(who).name, number=number))


@click.command(
    cls=Command,
    help=mark("Record how many of a shared thing were counted, and once how many there should be."),
    example="cstools handover count 样板间钥匙 3 --expected 3",
)
@asked.at_counter
@asked.text("thing", mark("The thing, such as 样板间钥匙."))
@asked.text("counted", mark("How many there are."), metavar=mark("[COUNTED]"), type=options.Whole(0), required=False)
@options.option("--expected", metavar=mark("N"), help=mark("How many there should be."), type=options.Whole(0))
@options.option("--holder", metavar=mark("WHO"), help=mark("Who has what is not there."))
@options.remark
@asked.recorded
def count(
    counter: "Counter", thing: str, counted: int | None, expected: int | None, holder: str | None, note: str,
    at: datetime | None, by: str,
) -> None:  # fmt: skip
    who = counter.person(holder) if holder else None
    with counter.recording(by) as recorder:
        recorder.count(thing, counted, expected, who, note or None, at)
    say(Text("recorded: {what}", what=thing))


@click.command(
    cls=Command,
    help=mark("Record how a machine, a line or a system is, and what a test of it showed."),
    example="cstools handover equipment 热线电话 --state 正常 --test 拨打正常",
)
@asked.at_counter
@asked.text("name", mark("The machine, such as 热线电话."))
@asked.state
@asked.words("test", mark("What a test showed."), default="")
@options.remark
@asked.recorded
def equipment(counter: "Counter", name: str, state: Any, test: str, note: str, at: datetime | None, by: str) -> None:
    with counter.recording(by) as recorder:
        recorder.equipment(name, state, note, test, at)
    say(Text("recorded: {what}", what=name))


@click.command(
    cls=Command,
    help=mark("Tick a line of a shift's checklist."),
    example="cstools handover tick 客服电话已挂起 001 --shift 白",
)
@asked.of_shift
@asked.text("line", mark("The line, as the sheet has it; one with a time begins with it, as in 14:30 确认货款."))
@options.who("who")
@asked.words("result", mark("What came of it."), default="")
@asked.recorded
def tick(
    counter: "Counter", line: str, who: str, day: date, code: str, result: str, at: datetime | None, by: str
) -> None:
    with counter.recording(by) as recorder:
        recorder.tick(day, code, line, who, result, at)
    say(Text("ticked: {line}", line=line))


@click.command(
    cls=Command,
    help=mark("Record that somebody has arrived for a shift."),
    example="cstools handover arrive 001 --shift 白",
)
@asked.of_shift
@options.who("who")
@options.remark
@asked.recorded
def arrive(counter: "Counter", who: str, day: date, code: str, note: str, at: datetime | None, by: str) -> None:
    with counter.recording(by) as recorder:
        recorder.arrive(day, code, who, note, at)
    say(Text("{name} has arrived", name=counter.setup.who(who).name))


@click.command(
    cls=Command,
    help=mark("Record figures of a shift's daily report, each as a name and a value with = between them."),
    example="cstools handover figures 总订单量=120 预订桌数=8 --shift 晚",
)
@asked.of_shift
@asked.text("pairs", mark("The figures."), metavar=mark("NAME=VALUE"), nargs=-1, required=True)
@asked.group
@asked.recorded
def figures(counter: "Counter", pairs: tuple[str, ...], day: date, code: str, at: datetime | None, by: str) -> None:
    found = dict(pair.replace("＝", "=").split("=", 1) for pair in pairs if "=" in pair.replace("＝", "="))
    if len(found) < len(pairs):
        raise UsageFault(Text("each figure is a name and a value, such as 总订单量=120, and stands once"))
    with counter.recording(by) as recorder:
        recorder.figures(day, code, found, counter.group, at)
    say(Text("recorded: {what}", what=list(found)))


COMMANDS: Final = (order, notice, read, count, equipment, tick, arrive, figures)
