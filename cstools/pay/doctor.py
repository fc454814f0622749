"""What is wrong or doubtful in a pay desk, all at once, and which choices are still open."""

from datetime import timedelta

from cstools.desk import Desk
from cstools.errors import BadInput, Fault, Source
from cstools.language import Text
from cstools.pay.desks import PayDesk
from cstools.pay.read import read_inputs
from cstools.pay.run import RunKind


def examine(desk: Desk, faults: list[Fault]) -> tuple[list[Fault], list[Fault]]:
    """Faults and notes of a pay desk, for the run of the month before this one; open choices are notes.

    Raises CstoolsError where the desk is no pay desk.
    """
    pay = PayDesk.of(desk, faults)
    month = (desk.today().replace(day=1) - timedelta(days=1)).replace(day=1)
    try:
        found = read_inputs(pay, pay.pay.run(RunKind.MONTH, month), faults)
    except BadInput as error:
        return list(error.faults), []
    notes = list(found.notes)
    if pay.roster is None:
        wrong = Text("no roster desk is named: nothing is known of duties, swaps and approved leave")
        notes.append(Fault(Source("cstools.toml", cell="roster_desk"), None, wrong,
                           Text("the folder of the roster desk, such as “../shop”")))  # fmt: skip
    notes += [Fault(Source(where), None, Text("must be chosen before a run: {question}", question=question))
              for where, question in found.undecided]  # fmt: skip
    return [], notes
