"""Everything a run is made from, read and checked: plain values, no files, no clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from cstools.dated import Dated
from cstools.days import Calendar
from cstools.duties import Board
from cstools.errors import Source
from cstools.pay.element import Stated
from cstools.pay.events import Event
from cstools.pay.late import Late
from cstools.pay.law import Law
from cstools.pay.past import Past
from cstools.pay.people import Employee
from cstools.pay.run import Run

if TYPE_CHECKING:
    from cstools.attendance import Attendance
    from cstools.hours import Hours
    from cstools.orders import Orders
    from cstools.team.leave import Leave


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Base:
    """A base pay: yuan a month, and during probation where that differs."""

    amount: Decimal
    probation: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """A row of 提成表: from ``above`` yuan (or orders) on, ``rate`` of the amount or ``unit`` yuan an order.

    ``merchant`` is the class of merchant it holds for (签约, 未签约), all where empty; ``first`` and ``last`` the days.
    """

    scheme: str
    rate: Decimal | None = None
    unit: Decimal | None = None
    above: Decimal = Decimal(0)
    merchant: str = ""
    first: date | None = None
    last: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Standard:
    """A row of 奖惩标准: what an event of a kind costs or brings.

    ``step`` is the nth time within ``window`` ("month" or "ever"; the last step holds for all further times), 0 for
    each time; where ``reached`` it is a total reached once (3 complaints a month: −5), not the nth event alone. A
    window may be the run's "period" of attendance too. ``on`` says whom it falls on: "person" (those the event names,
    each), "duty" (everybody on duty then) or "both". ``nature`` is "unearned" (pay not earned), "damages" (art. 16),
    "fine", "reward", or "points" alone. ``amount`` and ``points`` are positive numbers of yuan and points;
    ``supervisor`` what each supervisor pays; ``flag`` a word for somebody to act on (never acted on by itself).
    ``each``: an event counts as often as its quantity says (3 missed calls). ``most``: the points are at discretion, by
    the event's quantity, from ``points`` to it.
    """

    kind: str
    amount: Decimal = Decimal(0)
    points: Decimal = Decimal(0)
    step: int = 0
    reached: bool = False
    window: str = "month"
    on: str = "person"
    supervisor: Decimal = Decimal(0)
    nature: str = "fine"
    flag: str = ""
    first: date | None = None
    last: date | None = None
    source: str = ""
    each: bool = False
    most: Decimal | None = None

    def holds(self, day: date) -> bool:
        """Whether the row holds on a day."""
        return (not self.first or self.first <= day) and (not self.last or day <= self.last)


@dataclass(frozen=True, slots=True)
class Allowance:
    """A row of 补贴: yuan a month, a worked day or a worked shift; ``prorated`` is how a part month counts.

    ``per`` is month, day or shift (``shifts`` then names codes or kinds); ``prorated`` is "whole" (paid whole if worked
    at all), "worked" (by days worked), or "employed" (by calendar days employed); "" is undecided. ``comparable`` is
    False for shift and hardship allowances, ``taxable`` False for a real missed-meal subsidy.
    """

    name: str
    amount: Decimal
    per: str = "month"
    shifts: tuple[str, ...] = ()
    prorated: str = ""
    taxable: bool = True
    comparable: bool = True
    people: frozenset[str] = frozenset()
    positions: frozenset[str] = frozenset()
    first: date | None = None
    last: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """期初累计: a tax year's cumulatives up to a month, from another system; amounts in yuan.

    ``insurance`` is own insurance and fund (专项扣除), ``special`` the special additional deductions, ``other`` the
    rest; ``relief`` is tax relief. ``bonus`` is the year-end bonus that was taxed apart: once a year.
    """

    year: int
    until: date
    income: Decimal = Decimal(0)
    free: Decimal = Decimal(0)
    insurance: Decimal = Decimal(0)
    special: Decimal = Decimal(0)
    other: Decimal = Decimal(0)
    withheld: Decimal = Decimal(0)
    source: str = ""
    relief: Decimal = Decimal(0)
    bonus: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Deduction:
    """A row of 专项附加扣除: yuan a month from one month to another (both first days); None is still going on.

    ``kind`` is "special" (专项附加扣除), "other" (其他扣除: personal pension, annuity) or "relief" (of the tax itself).
    """

    what: str
    amount: Decimal
    first: date
    last: date | None = None
    source: str = ""
    kind: str = "special"


@dataclass(frozen=True, slots=True)
class Declared:
    """Special additional deductions as the tax client holds them: the year's sums up to a tax month, by item."""

    month: date
    amounts: Mapping[str, Decimal]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """A shared thing that somebody has, by the last count in the roster desk's handover book."""

    name: str
    missing: int | None = None
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ClientTax:
    """What the tax client has withheld from somebody's wages of a tax month, in yuan, and where that stands."""

    due: Decimal
    source: str = ""


@dataclass(frozen=True)
class Inputs:
    """What the desks say for one run; maps by employee number unless said otherwise.

    ``run`` is the run that it is for, None where nothing is run (a check of the desk by itself).
    """

    stated: tuple[Stated, ...] = ()
    employees: Mapping[str, Employee] = field(default_factory=dict)
    bases: Mapping[str, Dated[Base]] = field(default_factory=dict)
    level_bases: Mapping[str, Dated[Base]] = field(default_factory=dict)  # by level
    rates: tuple[Rate, ...] = ()
    standards: tuple[Standard, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    events: tuple[Event, ...] = ()
    openings: Mapping[str, tuple[Opening, ...]] = field(default_factory=dict)
    deductions: Mapping[str, tuple[Deduction, ...]] = field(default_factory=dict)
    past: Mapping[str, Past] = field(default_factory=dict)
    law: Law = field(default_factory=Law)
    calendar: Calendar = field(default_factory=Calendar)
    board: Board = field(default_factory=Board)
    supervisors: frozenset[str] = frozenset()
    leave: tuple["Leave", ...] = ()
    orders: "Orders | None" = None
    attendance: "Attendance | None" = None
    hours: "Hours | None" = None
    settled: frozenset[str] = frozenset()  # who has had last wages in a leaver's run already
    paid: frozenset[str] = frozenset()  # who has had this month's wages in another run
    late: Mapping[str, tuple[Late, ...]] = field(default_factory=dict)  # what closed months lack or have too much
    sources: tuple[Source, ...] = ()
    declared: Mapping[str, Declared] = field(default_factory=dict)  # instead of sheet 专项附加扣除
    client: Mapping[str, ClientTax] | None = None  # of the run's tax month, where their figure is paid
    things: Mapping[str, tuple[Thing, ...]] = field(default_factory=dict)  # shared things somebody still has
    run: Run | None = None
    _once: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: str, make: Callable[[], T]) -> T:
        """What is the same for everybody in a run (a pool, a ranking), made when it is first asked for."""
        if key not in self._once:
            self._once[key] = make()
        found: T = self._once[key]
        return found
