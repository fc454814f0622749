"""The handover's commands."""

import click

from cstools.cli import handover_sheet
from cstools.cli.help import Group
from cstools.language import mark


@click.group(cls=Group, help=mark("The handover: what is open and whose it is, the shift change and its signatures."))
def handover() -> None:
    pass


for _command in handover_sheet.COMMANDS:
    handover.add_command(_command)
