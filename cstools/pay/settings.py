"""Section [pay] of a pay desk's cstools.toml: the workbook, the run's periods, who supervises, where results go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from cstools.days import month_of
from cstools.desk.settings import count, name, names, one_of, setting
from cstools.language import Text, mark
from cstools.pay.run import Period, Run, RunKind

# What postings hold, and how Chinese books call the account; [pay.accounts] gives a desk's own names.
ACCOUNTS: Final[Mapping[str, str]] = MappingProxyType({
    "wages": mark("wages (cost)"), "insurance_cost": mark("insurance and fund (cost)"),
    "payable": mark("wages payable"), "own_insurance": mark("insurance and fund, workers' share"),
    "employer_insurance": mark("insurance and fund, employer's share"), "tax": mark("income tax payable"),
    "taken": mark("deductions from wages"), "kept": mark("owed by workers"),
})  # fmt: skip
LAST_START: Final = 28  # every month has a 28th


def _accounts(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict) or not set(value) <= set(ACCOUNTS):
        raise ValueError(value)
    return MappingProxyType({key: name(account) for key, account in value.items()})


_A_NAME: Final = Text("a name in quotes")
_A_START: Final = Text("a day of the month, from {least} to {most}", least=1, most=LAST_START)


@dataclass(frozen=True, slots=True)
class PaySettings:
    """Section [pay].

    ``attendance_from`` and ``commission_from`` are the day of the month on which those periods begin: 1 is the calendar
    month, 26 is from the 26th of the month before to the 25th. A month is paid on its ``paid_day`` (or the month's last
    day), in the same or the ``next`` month, and taxed in the month in which it is paid. ``supervisors`` are skills in
    the roster desk's sheet 人员: whoever has one pays what a standard says of supervisors. ``tax_figure`` is whose
    income tax is withheld, ours or the tax client's 应补(退)税额 in ``tax_files``; ``opening_files`` are 税款计算 of
    the months before the desk began, ``deduction_files`` special additional deductions as the client exports them.
    """

    book: str = setting("pay.xlsx", name, _A_NAME)
    output: str = setting("工资", name, _A_NAME)
    attendance_from: int = setting(1, count(1, LAST_START), _A_START)
    commission_from: int = setting(1, count(1, LAST_START), _A_START)
    paid_day: int = setting(15, count(1, 31), Text("a day of the month, from {least} to {most}", least=1, most=31))
    paid_in: str = setting("next", one_of("same", "next"), Text("“same” or “next”"))
    supervisors: tuple[str, ...] = setting(
        ("主管", "经理", "值班经理"), names, Text('a list of skills such as ["主管", "经理"]')
    )
    accounts: Mapping[str, str] = setting(
        MappingProxyType({}), _accounts, Text("an account for each of {keys}", keys=tuple(ACCOUNTS))
    )
    tax_figure: str = setting("ours", one_of("ours", "client"), Text("“ours” or “client”"))
    tax_files: tuple[str, ...] = setting((), names, Text('a list of files such as ["个税/*税款计算*.xlsx"]'))
    opening_files: tuple[str, ...] = setting((), names, Text('a list of files such as ["期初/*税款计算*.xlsx"]'))
    deduction_files: tuple[str, ...] = setting((), names, Text('a list of files such as ["个税/*专项附加扣除*.xlsx"]'))
    handover_kinds: tuple[str, ...] = setting((), names, Text('a list of kinds of matters such as ["投诉"]'))

    def run(self, kind: RunKind, month: date, only: tuple[str, ...] = (), paid_on: date | None = None) -> Run:
        """The run of a work month; ``paid_on`` where it is not as usual (a leaver is paid at once)."""
        first, last = month_of(month)
        paid = paid_on or self._usually_paid(last)
        return Run(kind, Period(first, last), _from(first, self.attendance_from), _from(first, self.commission_from),
                   paid, month_of(paid)[0], tuple(sorted(only)))  # fmt: skip

    def _usually_paid(self, last: date) -> date:
        first, last = month_of(last + timedelta(days=1)) if self.paid_in == "next" else month_of(last)
        return min(first + timedelta(days=self.paid_day - 1), last)


def _from(first: date, start: int) -> Period:
    """The period of a month that begins on a day of it, or, but for the 1st, on that day of the month before."""
    if start == 1:
        return Period(*month_of(first))
    before = (first - timedelta(days=1)).replace(day=start)
    return Period(before, first.replace(day=start) - timedelta(days=1))
