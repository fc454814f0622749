"""A run as postings for the books: what wages cost by department, and to whom it is owed; balanced, or not at all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cstools.language import Text, mark
from cstools.money import ZERO
from cstools.pay.compute import BrokenIdentityError
from cstools.pay.exports.table import Table
from cstools.pay.run import Run
from cstools.pay.settings import ACCOUNTS
from cstools.pay.slip import GROSS, Group, Slip


@dataclass(frozen=True, slots=True)
class Posting:
    """One line: an account's key, a department (empty for all), yuan on one of the two sides."""

    account: str
    department: str
    debit: Decimal
    credit: Decimal


def postings(slips: Sequence[Slip]) -> tuple[Posting, ...]:
    """The lines of a run. Raises BrokenIdentityError where both sides don't add up to the same: a bug of ours."""
    lines = (*_costs(slips), *_owed(slips))
    debit, credit = sum((line.debit for line in lines), ZERO), sum((line.credit for line in lines), ZERO)
    if debit != credit:
        raise BrokenIdentityError(f"postings: debit {debit}, credit {credit}")
    return lines


def table(run: Run, lines: Sequence[Posting], accounts: Mapping[str, str]) -> Table:
    """The lines for the books' program: account, department, debit, credit, words."""
    heads = tuple(str(Text(head)) for head in (
        mark("date"), mark("account"), mark("department"), mark("debit"), mark("credit"), mark("words"),
    ))  # fmt: skip
    words = str(Text("wages of {month}", month=f"{run.month:%Y-%m}"))
    rows = [
        (run.paid_on.isoformat(), accounts.get(line.account) or str(Text(ACCOUNTS[line.account])), line.department,
         line.debit or None, line.credit or None, words)
        for line in lines
    ]  # fmt: skip
    return Table(str(Text("postings")), heads, rows)


def _costs(slips: Sequence[Slip]) -> Iterator[Posting]:
    """What each department's wages and insurance cost."""
    for account, groups in (("wages", GROSS), ("insurance_cost", (Group.EMPLOYER,))):
        by_department: dict[str, Decimal] = {}
        for slip in slips:
            department = str(slip.about.get("department") or "")
            by_department[department] = by_department.get(department, ZERO) + slip.total(*groups)
        yield from _lines(account, by_department)


def _lines(account: str, amounts: Mapping[str, Decimal]) -> Iterator[Posting]:
    for department, amount in sorted(amounts.items()):
        if amount:
            yield Posting(account, department, max(amount, ZERO), max(-amount, ZERO))


def _owed(slips: Sequence[Slip]) -> Iterator[Posting]:
    """To whom it is owed; what workers owe in turn stands on the other side."""
    owed = {
        "kept": -_sum(slips, Group.KEPT),
        "payable": sum((slip.net for slip in slips), ZERO),
        "own_insurance": -_sum(slips, Group.INSURANCE),
        "employer_insurance": _sum(slips, Group.EMPLOYER),
        "tax": -_sum(slips, Group.TAX),
        "taken": -_sum(slips, Group.TAKEN),
    }
    for account, amount in owed.items():
        if amount:
            yield Posting(account, "", max(-amount, ZERO), max(amount, ZERO))


def _sum(slips: Sequence[Slip], group: Group) -> Decimal:
    return sum((slip.total(group) for slip in slips), ZERO)
