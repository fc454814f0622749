"""A run: whose pay, for which work month, over which periods, paid when, taxed in which month.

The five dates are five things: attendance often runs from the 26th to the 25th, December's work is paid and taxed in
January, and somebody who leaves is paid at once (劳部发〔1994〕489号 art. 9).
"""

import enum
from dataclasses import dataclass
from datetime import date

from cstools.language import mark


class RunKind(enum.Enum):
    """What a run pays: a month's wages, a leaver's last wages, or a bonus by itself."""

    MONTH = "month"
    LEAVER = "leaver"
    BONUS = "bonus"


KINDS = {
    RunKind.MONTH: mark("month's pay"), RunKind.LEAVER: mark("leaver's pay"), RunKind.BONUS: mark("bonus by itself"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from ``first`` to ``last``, both included; empty where ``last`` lies before ``first``."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __bool__(self) -> bool:
        return self.first <= self.last

    def clip(self, first: date | None, last: date | None) -> "Period":
        """The part of it from one day to another; None does not narrow."""
        return Period(max(self.first, first or self.first), min(self.last, last or self.last))


@dataclass(frozen=True, slots=True)
class Run:
    """``work`` is the calendar month worked; ``tax_month`` and ``month`` are first days of months.

    ``only`` are the numbers of those it pays, everybody where empty.
    """

    kind: RunKind
    work: Period
    attendance: Period
    commission: Period
    paid_on: date
    tax_month: date
    only: tuple[str, ...] = ()

    @property
    def month(self) -> date:
        """The first day of the work month."""
        return self.work.first

    @property
    def id(self) -> str:
        """What the run is called: 2026-10, 2026-10-leaver-012, 2026-10-bonus."""
        words = [f"{self.month:%Y-%m}", *([] if self.kind is RunKind.MONTH else [self.kind.value])]
        return "-".join([*words, *self.only])
