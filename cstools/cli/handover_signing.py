"""The handover family's commands on the shift change: sign, refuse, amend, override, unfit, verify."""

from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal

import click

from cstools.cli import options
from cstools.cli.help import Command
from cstools.cli.options import handover as asked
from cstools.cli.show import say
from cstools.language import Text, mark

if TYPE_CHECKING:
    from cstools.handover.change import Change
    from cstools.handover.counter import Counter


@click.command(
    cls=Command,
    help=mark(
        "Sign a shift change: out for what one hands over, in for what one accepts.\n\n"
        "Without --date and --shift it is the change nearest to the signature in which WHO leaves or comes. While a "
        "gate is shut nothing is signed, and the reasons are told. With the relief's signature the open matters of "
        "those who leave are the relief's."
    ),
    example="cstools handover sign out 002 --date 2026-11-15 --shift 晚",
)
@asked.of_change
@options.argument("side", metavar="[out|in]", help=mark("Out or in."), type=click.Choice(["out", "in"]))
@options.who("who")
@options.remark
@asked.when
def sign(
    counter: "Counter", change: "Change", side: Literal["out", "in"], who: str, note: str, at: datetime | None
) -> None:
    with counter.signing(change, who) as signing:
        signed = signing.sign_out(who, at, note) if side == "out" else signing.sign_in(who, at, note)
    say(Text("{change}: {name} has signed; the sheet is: {state}", change=change.called,
             name=counter.setup.who(who).name, state=signed.state.text))  # fmt: skip
    say(*(Text("matter {number} is now {name}'s", number=number, name=counter.setup.who(to).name)
          for number, to in signed.passed))  # fmt: skip
    say(Text("checksum: {checksum}", checksum=signed.checksum[:12]))


@click.command(
    cls=Command,
    help=mark("Refuse to accept what is handed over, with the reason; the owners stay what they were."),
    example="cstools handover refuse 002 --reason 钥匙少一把 --date 2026-11-15 --shift 白",
)
@asked.of_change
@options.who("who")
@asked.reason
@asked.when
def refuse(counter: "Counter", change: "Change", who: str, reason: str, at: datetime | None) -> None:
    with counter.signing(change, who) as signing:
        signing.refuse(who, reason, at)
    say(Text("{change}: {name} has refused: {why}", change=change.called, name=counter.setup.who(who).name,
             why=reason))  # fmt: skip


@click.command(
    cls=Command,
    help=mark("Add a supplement to a signed sheet, or sign one for one's side; both sides sign it."),
    example="cstools handover amend 001 --text 钥匙在工程部 --date 2026-11-14 --shift 白",
)
@asked.of_change
@options.who("who")
@asked.words("text", mark("What the sheet lacks."), default="")
@options.option(
    "--number", metavar=mark("NUMBER"), help=mark("Sign the supplement of this number."), type=options.Whole(1)
)
@asked.when
def amend(counter: "Counter", change: "Change", who: str, text: str, number: int | None, at: datetime | None) -> None:
    with counter.signing(change, who) as signing:
        if number is None:
            number = signing.amend(who, text, at)
        else:
            signing.cosign(number, who, at)
    say(Text("{change}: {name} has signed supplement {number}", change=change.called,
             name=counter.setup.who(who).name, number=number))  # fmt: skip


@click.command(
    cls=Command,
    help=mark("Let a supervisor pass a gate for one change, with the reason, which is recorded and printed."),
    example="cstools handover override major_open 001 --reason 我盯着 --date 2026-11-15 --shift 晚",
)
@asked.of_change
@asked.text("gate", mark("The gate, as the sheet or its file calls it."))
@options.who("who")
@asked.reason
@asked.when
def override(counter: "Counter", change: "Change", gate: str, who: str, reason: str, at: datetime | None) -> None:
    from cstools.handover.gates import find

    found = find(gate)
    with counter.signing(change, who) as signing:
        signing.override(found.name() if found else gate, who, reason, at)
    say(Text("{change}: {name} lets pass: {gate}", change=change.called, name=counter.setup.who(who).name,
             gate=Text(found.label) if found else gate))  # fmt: skip


@click.command(
    cls=Command,
    help=mark("Record that somebody of the relief is not fit for duty; the gate shuts until a substitute is recorded."),
    example="cstools handover unfit 002 --reason 发烧 --date 2026-11-15 --shift 白",
)
@asked.of_change
@options.who("who")
@asked.reason
@asked.when
def unfit(counter: "Counter", change: "Change", who: str, reason: str, at: datetime | None) -> None:
    with counter.signing(change, who) as signing:
        signing.unfit(who, reason, at)
    say(Text("{change}: {name} is unfit for duty: {why}", change=change.called,
             name=counter.setup.who(who).name, why=reason))  # fmt: skip


@click.command(
    cls=Command,
    help=mark("Prove that a sheet is what was signed; exit code 1 where it isn't."),
    example="cstools handover verify --date 2026-11-14 --shift 白",
)
@asked.of_change
@asked.words("checksum", mark("The checksum on the paper, or its beginning."), default="")
def verify(counter: "Counter", change: "Change", checksum: str) -> int:
    from cstools.handover.signing import verify as prove

    found = prove(counter.desk.journal, counter.setup, change, checksum)
    say(*(found.wrong or [Text("this is the sheet that was signed; checksum {checksum}", checksum=found.checksum)]))
    return 1 if found.wrong else 0


COMMANDS: Final = (sign, refuse, amend, override, unfit, verify)
