"""Employees as pay needs them: employment, and by date their department, city, bases, bank account and identity."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from cstools.dated import Dated
from cstools.errors import Source
from cstools.pay.run import Period


@dataclass(frozen=True, slots=True)
class PayTerms:
    """What holds for an employee from some day on.

    ``hours`` is the working-hour system: standard, cycle (综合计算工时) or untimed (不定时). ``insurance_base`` and
    ``fund_base`` are yuan a month before the city's floor and ceiling, None for "not insured here"; ``fund_rate`` is
    the worker's own rate where the city leaves a choice (0.07).
    """

    department: str = ""
    position: str = ""
    level: str = ""
    city: str = ""
    hours: str = "standard"
    insurance_base: Decimal | None = None
    fund_base: Decimal | None = None
    fund_rate: Decimal | None = None
    bank: str = ""
    account: str = ""


NOTHING = PayTerms()


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody who is paid. ``number`` is the same as in the roster desk; ``left`` is the last day employed.

    ``working_since`` is the first day of all working life, for annual leave. ``first_job`` is the year of a first job
    (公告2020年第13号), ``sixty_thousand`` the years for which 60,000 may be deducted up front (公告2020年第19号).
    """

    number: str
    name: str
    terms: Dated[PayTerms] = field(default=Dated.always(NOTHING))
    hired: date | None = None
    left: date | None = None
    probation_until: date | None = None
    working_since: date | None = None
    first_job: frozenset[int] = frozenset()
    sixty_thousand: frozenset[int] = frozenset()
    id_type: str = ""
    id_number: str = ""
    mobile: str = ""
    accounts: tuple[tuple[str, str], ...] = ()
    source: Source | None = field(default=None, compare=False)

    def on(self, day: date) -> PayTerms:
        """The terms on a day; those of the first day before it."""
        return self.terms.on(day) or (self.terms.values[0][1] if self.terms.values else NOTHING)

    def employed(self, period: Period) -> Period:
        """The part of a period that lies within the employment."""
        return period.clip(self.hired, self.left)
