"""The handover family's commands on the shift change: sign, refuse, amend, override, unfit, verify."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Literal

import click

from cstools.cli import handover_options as asked
from cstools.cli import options
from cstools.cli.help import Command
from cstools.cli.show import say
from cstools.language import Text, mark

if TYPE_CHECKING:
    from cstools.desk import Desk
    from cstools.handover.counter import Counter

_reason: Final = asked.option("reason", mark("TEXT"), mark("Why, in a few words."), required=True)


def _counter(desk: "Desk", team: str) -> "Counter":
    from cstools.handover.counter import Counter

    return Counter.of(desk, team)


@click.command(
    cls=Command,
    help=mark(
        "Sign a shift change: out for what one hands over, in for what one accepts.\n\n"
        "While a gate is shut nothing is signed, and the reasons are told. With the relief's signature the open "
        "matters of those who leave are the relief's."
    ),
    example="cstools handover sign out 001 --date 2026-11-09 --shift 白",
)
@options.on_desk
@asked.argument("side", "[out|in]", mark("Out or in."), type=click.Choice(["out", "in"]))
@options.who("person")
@asked.of_change
@options.remark
@asked.at
def sign(
    desk: "Desk", side: Literal["out", "in"], person: str, day: date | None, shift: str, team: str, note: str,
    at: datetime | None,
) -> None:  # fmt: skip
    counter = _counter(desk, team)
    change, who = counter.change(day, shift), counter.person(person)
    with counter.signing(change, who) as signing:
        signed = signing.sign_out(who, at, note) if side == "out" else signing.sign_in(who, at, note)
    say(Text("{name} has signed; the sheet is: {state}", name=counter.setup.who(who).name, state=signed.state.text))
    say(*(Text("matter {number} is now {name}'s", number=number, name=counter.setup.who(to).name)
          for number, to in signed.passed))  # fmt: skip
    say(Text("checksum: {checksum}", checksum=signed.checksum[:12]))


@click.command(
    cls=Command,
    help=mark("Refuse to accept what is handed over, with the reason; the owners stay what they were."),
    example="cstools handover refuse 001 --reason 钥匙少一把 --date 2026-11-09 --shift 白",
)
@options.on_desk
@options.who("person")
@_reason
@asked.of_change
@asked.at
def refuse(
    desk: "Desk", person: str, reason: str, day: date | None, shift: str, team: str, at: datetime | None
) -> None:
    counter = _counter(desk, team)
    change, who = counter.change(day, shift), counter.person(person)
    with counter.signing(change, who) as signing:
        signing.refuse(who, reason, at)
    say(Text("{name} has refused: {why}", name=counter.setup.who(who).name, why=reason))


@click.command(
    cls=Command,
    help=mark("Add a supplement to a signed sheet, or sign one for one's side; both sides sign it."),
    example="cstools handover sign out 001 --date 2026-11-09 --shift 白\n"
    "cstools handover amend 001 --text 钥匙在工程部 --date 2026-11-09 --shift 白",
)
@options.on_desk
@options.who("person")
@asked.option("text", mark("TEXT"), mark("What the sheet lacks."), default="")
@asked.option("number", mark("NUMBER"), mark("Sign the supplement of this number."), type=options.Whole(1))
@asked.of_change
@asked.at
def amend(
    desk: "Desk", person: str, text: str, number: int | None, day: date | None, shift: str, team: str,
    at: datetime | None,
) -> None:  # fmt: skip
    counter = _counter(desk, team)
    change, who = counter.change(day, shift), counter.person(person)
    with counter.signing(change, who) as signing:
        if number is None:
            number = signing.amend(who, text, at)
        else:
            signing.cosign(number, who, at)
    say(Text("{name} has signed supplement {number}", name=counter.setup.who(who).name, number=number))


@click.command(
    cls=Command,
    help=mark("Let a supervisor pass a gate for one change, with the reason, which is recorded and printed."),
    example="cstools handover override major_open 001 --reason 我盯着 --date 2026-11-09 --shift 白",
)
@options.on_desk
@asked.text("gate", mark("The gate, as the sheet or its file calls it."))
@options.who("person")
@_reason
@asked.of_change
@asked.at
def override(
    desk: "Desk", gate: str, person: str, reason: str, day: date | None, shift: str, team: str, at: datetime | None
) -> None:
    from cstools.handover.gates import find

    counter = _counter(desk, team)
    change, who, found = counter.change(day, shift), counter.person(person), find(gate)
    with counter.signing(change, who) as signing:
        signing.override(found.name() if found else gate, who, reason, at)
    say(Text("{name} lets pass: {gate}", name=counter.setup.who(who).name, gate=Text(found.label) if found else gate))


@click.command(
    cls=Command,
    help=mark("Record that somebody of the relief is not fit for duty; the gate shuts until a substitute is recorded."),
    example="cstools roster publish 排班/排班_2026-11-09_2026-11-15.xlsx\n"
    "cstools handover unfit 001 --reason 发烧 --date 2026-11-09 --shift 白",
)
@options.on_desk
@options.who("person")
@_reason
@asked.of_change
@asked.at
def unfit(desk: "Desk", person: str, reason: str, day: date | None, shift: str, team: str, at: datetime | None) -> None:
    counter = _counter(desk, team)
    change, who = counter.change(day, shift), counter.person(person)
    with counter.signing(change, who) as signing:
        signing.unfit(who, reason, at)
    say(Text("{name} is unfit for duty: {why}", name=counter.setup.who(who).name, why=reason))


@click.command(
    cls=Command,
    help=mark("Prove that a sheet is what was signed; exit code 1 where it isn't."),
    example="cstools handover sign out 001 --date 2026-11-09 --shift 白\n"
    "cstools handover verify --date 2026-11-09 --shift 白",
)
@options.on_desk
@asked.of_change
@asked.option("checksum", mark("TEXT"), mark("The checksum on the paper, or its beginning."), default="")
def verify(desk: "Desk", day: date | None, shift: str, team: str, checksum: str) -> int:
    from cstools.handover.signing import verify as prove

    counter = _counter(desk, team)
    found = prove(desk.journal, counter.setup, counter.change(day, shift), checksum)
    say(*(found.wrong or [Text("this is the sheet that was signed; checksum {checksum}", checksum=found.checksum)]))
    return 1 if found.wrong else 0


COMMANDS: Final = (sign, refuse, amend, override, unfit, verify)
