"""The handover family's commands on what a shift says, counts and does: order, notice, read, count and the like."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import click

from cstools.cli import handover_options as asked
from cstools.cli import options
from cstools.cli.help import Command
from cstools.cli.published import author
from cstools.cli.show import say
from cstools.errors import UsageFault
from cstools.language import Text, mark

if TYPE_CHECKING:
    from cstools.desk import Desk
    from cstools.handover.counter import Counter

_until: Final = asked.option("until", mark("DATE"), mark("The last day it holds."), type=options.Day())
_duty_day: Final = asked.option("date", mark("DATE"), mark("The shift's day; today, if not told."), type=options.Day())


def _counter(desk: "Desk") -> "Counter":
    from cstools.handover.counter import Counter

    return Counter.of(desk)


@click.command(
    cls=Command,
    help=mark("Record a superior's order, which stands on every sheet until it is revoked; or revoke one."),
    example="cstools handover order 双11期间一律包邮 --given-by 主管 --from 2026-11-01 --until 2026-11-12\n"
    "cstools handover order --revoke 1",
)
@options.on_desk
@asked.argument("words", mark("[TEXT]"), mark("The order."), required=False)
@asked.option("given-by", mark("NAME"), mark("Who gave it."), default="")
@options.first_day
@_until
@asked.option("revoke", mark("NUMBER"), mark("Revoke the order of this number."), type=options.Whole(1))
@asked.at
@options.by
def order(
    desk: "Desk", words: str | None, given_by: str, first: date | None, until: date | None, revoke: int | None,
    at: datetime | None, by: str,
) -> None:  # fmt: skip
    if (words is None) == (revoke is None):
        raise UsageFault(Text("give an order, or --revoke with its number"))
    with _counter(desk).recording(by or author()) as recorder:
        if revoke is not None:
            recorder.revoke(revoke, at)
        number = revoke or recorder.order(words or "", given_by, first or desk.today(), until, at)
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
@options.on_desk
@asked.text("words", mark("The notice."))
@asked.option("kind", mark("KIND"), mark("What it is, such as 优惠 or 口径."), default="公告")
@options.first_day
@_until
@asked.at
@options.by
def notice(
    desk: "Desk", words: str, kind: str, first: date | None, until: date | None, at: datetime | None, by: str
) -> None:
    with _counter(desk).recording(by or author()) as recorder:
        number = recorder.notice(kind, words, first or desk.today(), until, at)
    say(Text("recorded as notice {number}", number=number))


@click.command(
    cls=Command,
    help=mark("Tick that somebody has read a notice."),
    example="cstools handover notice 满300减30\ncstools handover read 1 001",
)
@options.on_desk
@asked.argument("number", mark("NUMBER"), mark("The notice's number."), type=options.Whole(1))
@options.who("person")
@asked.at
@options.by
def read(desk: "Desk", number: int, person: str, at: datetime | None, by: str) -> None:
    counter = _counter(desk)
    reader = counter.person(person)
    with counter.recording(by or author()) as recorder:
        recorder.read(number, reader, at)
    say(Text("{name} has read notice {number}", name=counter.setup.who(reader).name, number=number))


@click.command(
    cls=Command,
    help=mark("Record how many of a shared thing were counted, and once how many there should be."),
    example="cstools handover count 样板间钥匙 3 --expected 3",
)
@options.on_desk
@asked.text("thing", mark("The thing, such as 样板间钥匙."))
@asked.argument("counted", mark("[COUNTED]"), mark("How many there are."), type=options.Whole(0), required=False)
@asked.option("expected", mark("N"), mark("How many there should be."), type=options.Whole(0))
@asked.option("holder", mark("WHO"), mark("Who has what is not there."))
@asked.option("remark", mark("TEXT"), mark("Why something is missing."))
@asked.at
@options.by
def count(
    desk: "Desk", thing: str, counted: int | None, expected: int | None, holder: str | None, remark: str | None,
    at: datetime | None, by: str,
) -> None:  # fmt: skip
    counter = _counter(desk)
    who = counter.person(holder) if holder else None
    with counter.recording(by or author()) as recorder:
        recorder.count(thing, counted, expected, who, remark, at)
    say(Text("recorded: {what}", what=thing))


@click.command(
    cls=Command,
    help=mark("Record how a machine, a line or a system is, and what a test of it showed."),
    example="cstools handover equipment 热线电话 --state 正常 --test 拨打正常",
)
@options.on_desk
@asked.text("name", mark("The machine, such as 热线电话."))
@asked.state
@asked.option("test", mark("TEXT"), mark("What a test showed."), default="")
@options.remark
@asked.at
@options.by
def equipment(desk: "Desk", name: str, state: Any, test: str, note: str, at: datetime | None, by: str) -> None:
    with _counter(desk).recording(by or author()) as recorder:
        recorder.equipment(name, state, note, test, at)
    say(Text("recorded: {what}", what=name))


@click.command(
    cls=Command,
    help=mark("Tick a line of a shift's checklist."),
    example="cstools handover tick 电脑已关闭 001 --shift 白",
)
@options.on_desk
@asked.text("line", mark("The line, as the sheet has it; one with a time begins with it, as in 14:30 确认货款."))
@options.who("person")
@_duty_day
@asked.option("shift", mark("SHIFT"), mark("The shift, by code, name or kind."), required=True)
@asked.option("result", mark("TEXT"), mark("What came of it."), default="")
@asked.at
@options.by
def tick(
    desk: "Desk", line: str, person: str, date: date | None, shift: str, result: str, at: datetime | None, by: str
) -> None:
    counter = _counter(desk)
    who, code = counter.person(person), counter.code(shift)
    with counter.recording(by or author()) as recorder:
        recorder.tick(date or desk.today(), code, line, who, result, at)
    say(Text("ticked: {line}", line=line))


@click.command(
    cls=Command,
    help=mark("Record that somebody has arrived for a shift."),
    example="cstools handover arrive 001 --shift 白",
)
@options.on_desk
@options.who("person")
@_duty_day
@asked.option("shift", mark("SHIFT"), mark("The shift, by code, name or kind."), required=True)
@options.remark
@asked.at
@options.by
def arrive(desk: "Desk", person: str, date: date | None, shift: str, note: str, at: datetime | None, by: str) -> None:
    counter = _counter(desk)
    who, code = counter.person(person), counter.code(shift)
    with counter.recording(by or author()) as recorder:
        recorder.arrive(date or desk.today(), code, who, note, at)
    say(Text("{name} has arrived", name=counter.setup.who(who).name))


@click.command(
    cls=Command,
    help=mark("Record figures of a shift's daily report, each as a name and a value with = between them."),
    example="cstools handover figures 总订单量=120 预订桌数=8 --shift 晚",
)
@options.on_desk
@asked.argument("pairs", mark("NAME=VALUE"), mark("The figures."), nargs=-1, required=True)
@_duty_day
@asked.option("shift", mark("SHIFT"), mark("The shift, by code, name or kind."), required=True)
@asked.group
@asked.at
@options.by
def figures(
    desk: "Desk", pairs: tuple[str, ...], date: date | None, shift: str, team: str, at: datetime | None, by: str
) -> None:
    found = dict(pair.replace("＝", "=").split("=", 1) for pair in pairs if "=" in pair.replace("＝", "="))
    if len(found) < len(pairs):
        raise UsageFault(Text("each figure is a name and a value, such as 总订单量=120, and stands once"))
    counter = _counter(desk)
    code = counter.code(shift)
    with counter.recording(by or author()) as recorder:
        recorder.figures(date or desk.today(), code, found, team, at)
    say(Text("recorded: {what}", what=list(found)))


COMMANDS: Final = (order, notice, read, count, equipment, tick, arrive, figures)
