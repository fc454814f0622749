"""Small random pay desks, alike in that any pay element finds something in them.

The words that elements' ``samples`` may use: employees 001 to 004, schemes 店铺 (a percentage), 阶梯 (in brackets), 热线
(by the order), 热线阶梯, merchant classes 签约 and 未签约, kinds of leave 年假, 病假, 事假, 调休, shifts 白 and 晚.
Events are of every kind that an element prices by itself or that a standard names.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import TypeVar

from cstools.attendance import Attendance, DayFact, MonthFact
from cstools.dated import Dated
from cstools.days import month_of, span
from cstools.duties import Board, Posted
from cstools.errors import Source
from cstools.hours import Hours, Worked
from cstools.language import Text
from cstools.orders import Facts, Orders, Refund, ReportTotal, Sale, State
from cstools.pay.element import EVERYBODY, Scope
from cstools.pay.elements import all_elements
from cstools.pay.events import Event
from cstools.pay.inputs import Allowance, Base, Deduction, Inputs, Rate, Standard, Thing
from cstools.pay.late import Late
from cstools.pay.law import Law
from cstools.pay.law_tables import packaged_law
from cstools.pay.people import Employee, PayTerms
from cstools.pay.run import Period, Run, RunKind
from cstools.pay.slip import Why
from cstools.shifts import Duty, Shift
from cstools.team.leave import Leave

DEPARTMENTS = ("客服", "售后")
POSITIONS = ("客服", "组长")
LEVELS = ("新", "老")
CITIES = ("上海", "上海", "昆明", "")
LEAVES = ("年假", "病假", "事假", "调休")
MERCHANTS = ("", "签约", "未签约")
SHIFTS = (Shift("白", "白班", 540, 1080, 480, "早班"), Shift("晚", "晚班", 960, 1440, 480, "晚班", open_ended=True))
NAMES = ("王芳", "李强", "张敏", "刘洋")
NATURES = ("unearned", "damages", "fine", "reward", "points")

T = TypeVar("T")


def some(rng: Random, items: Iterable[T], chance: float) -> tuple[T, ...]:
    """Each of the items with a chance."""
    return tuple(item for item in items if rng.random() < chance)


def money(rng: Random, least: int, most: int) -> Decimal:
    """Yuan with fen, not rarely odd ones."""
    return Decimal(rng.randint(least * 100, most * 100)) / 100


@cache
def law() -> Law:
    """The law as it is packaged, for all samples."""
    return packaged_law()


# --- a run and its people ---------------------------------------------------------------------------------------------


def run(rng: Random, month: date, kind: RunKind = RunKind.MONTH) -> Run:
    """A month's run, its periods the calendar month's or from the 26th on."""
    work = Period(*month_of(month))
    shifted = Period((work.first - timedelta(days=1)).replace(day=26), work.first.replace(day=25))
    paid_on = work.last + timedelta(days=rng.choice((0, 15)))
    return Run(kind, work, rng.choice((work, work, shifted)), rng.choice((work, work, shifted)), paid_on,
               month_of(paid_on)[0])  # fmt: skip


def inputs(rng: Random, first: date, last: date) -> Inputs:
    """A desk's facts from one day to another; no element is stated yet."""
    days = span(first, last)
    people = tuple(employee(rng, f"00{nth}", NAMES[nth - 1], days) for nth in range(1, rng.randint(3, 5)))
    numbers = [person.number for person in people]
    board = roster(rng, people, days)
    standards = tuple(
        standard(rng, kind) for kind in ("投诉", "闲聊", "漏接", "表扬") for _ in range(rng.randint(1, 3))
    )
    standards = tuple({(one.kind, one.step, one.reached, one.nature): one for one in standards}.values())
    return Inputs(
        employees={person.number: person for person in people},
        bases={number: dated(rng, days, lambda: base(rng)) for number in some(rng, numbers, 0.8)},
        level_bases={level: dated(rng, days, lambda: base(rng)) for level in some(rng, LEVELS, 0.7)},
        rates=rates(rng, days),
        standards=standards,
        allowances=tuple(allowance(rng, name, days) for name in some(rng, ("餐补", "全勤", "夜班补贴"), 0.7)),
        events=events(rng, numbers, days, [*priced(), *(one.kind for one in standards)]),
        deductions={number: (Deduction("赡养老人", Decimal(1500), date(first.year, 1, 1)),)
                    for number in some(rng, numbers, 0.3)},
        law=law(),
        board=board,
        supervisors=frozenset(some(rng, numbers, 0.3)),
        leave=tuple(leave(rng, number, days) for number in some(rng, numbers * 2, 0.5)),
        orders=orders(rng, numbers, days) if rng.random() < 0.9 else None,
        attendance=attendance(rng, numbers, days) if rng.random() < 0.8 else None,
        hours=hours(rng, numbers, days) if rng.random() < 0.8 else None,
        late={number: (late(rng, number, days[0]),) for number in some(rng, numbers, 0.3)},
        things={number: (Thing("钥匙", 1, "抽屉"), Thing("工牌")) for number in numbers[::2]},
    )  # fmt: skip


@cache
def priced() -> tuple[str, ...]:
    """Every kind of event that some element prices by itself, in order."""
    return tuple(sorted({kind for element in all_elements().values() for kind in element().prices()}))


def employee(rng: Random, number: str, name: str, days: Sequence[date]) -> Employee:
    """Somebody who may join, leave, change their terms or be on probation within the days."""
    hired = rng.choice((date(2019, 3, 1), date(2024, 12, 31), rng.choice(days)))
    left = rng.choice((None, None, rng.choice(days), rng.choice(days[-20:])))

    def terms() -> PayTerms:
        city = rng.choice(CITIES)
        insured = city == "上海"  # elsewhere the tables leave rates to the desk
        return PayTerms(rng.choice(DEPARTMENTS), rng.choice(POSITIONS), rng.choice(LEVELS), city,
                        insurance_base=rng.choice((None, money(rng, 2000, 9000))) if insured else None,
                        fund_base=rng.choice((None, money(rng, 2000, 9000))) if insured else None,
                        fund_rate=Decimal("0.07"))  # fmt: skip

    return Employee(
        number, name, dated(rng, days, terms), hired, left if left and left >= hired else None,
        rng.choice((None, rng.choice(days))), rng.choice((None, date(2001, 7, 1), date(2001, 7, 1), date(2014, 7, 1), date(2023, 7, 1))),
        source=Source("pay.xlsx", "人员", f"A{number}"),
    )  # fmt: skip


def dated(rng: Random, days: Sequence[date], make: object) -> Dated[T]:
    """A value that may change on one of the days, or begin there."""
    assert callable(make)
    start = rng.choice((None, None, None, rng.choice(days)))
    later = [(rng.choice(days), make())] if rng.random() < 0.4 else []
    return Dated.since([(start, make()), *later])


def base(rng: Random) -> Base:
    amount = rng.choice((Decimal(1500), Decimal(21750), money(rng, 1500, 12000)))
    return Base(amount, rng.choice((None, None, amount * Decimal("0.8"))), f"底薪!C{rng.randint(2, 99)}")


def scope(rng: Random, given: Inputs) -> Scope:
    """Everybody, or some people, departments or levels."""
    return rng.choice((
        EVERYBODY, EVERYBODY, Scope(people=frozenset(some(rng, given.employees, 0.5)) or frozenset({"001"})),
        Scope(departments=frozenset({rng.choice(DEPARTMENTS)})), Scope(levels=frozenset({rng.choice(LEVELS)})),
        Scope(positions=frozenset({rng.choice(POSITIONS)}), cities=frozenset({"上海", "昆明"})),
    ))  # fmt: skip


# --- what the sheets say ----------------------------------------------------------------------------------------------


def rates(rng: Random, days: Sequence[date]) -> tuple[Rate, ...]:
    """Rows of some schemes, dated and by merchant class now and then."""
    found: list[Rate] = []
    for scheme in ("店铺", *some(rng, ("阶梯", "热线", "热线阶梯"), rng.choice((0.3, 1)))):
        units, steps = scheme.startswith("热线"), (0, 200, 500) if scheme == "阶梯" else (0, 2, 4)
        for above in steps if scheme.endswith("阶梯") else (0,):
            for merchant in ("", *some(rng, ("签约",), 0.4)):
                value = rng.choice((Decimal("0.02"), Decimal("0.015"), Decimal("0.25")))
                row = Rate(scheme, None if units else value, value * 10 if units else None, Decimal(above), merchant,
                           source=f"提成表!A{len(found) + 2}")  # fmt: skip
                found += parted(row, rng.choice(days)) if rng.random() < 0.3 else [row]
                if rng.random() < 0.2:
                    change = rng.choice(days)
                    found[-1] = replace(found[-1], last=change - timedelta(days=1))
                    found.append(replace(row, rate=row.rate and row.rate * 2, unit=row.unit and row.unit * 2,
                                         first=change))  # fmt: skip
    return tuple(row for row in found if not row.first or not row.last or row.first <= row.last)


def parted(row: Rate, day: date) -> list[Rate]:
    """A row as two that follow each other and say the same."""
    return [replace(row, last=day - timedelta(days=1)), replace(row, first=day)]


def allowance(rng: Random, name: str, days: Sequence[date]) -> Allowance:
    return Allowance(
        name, money(rng, 5, 300), rng.choice(("month", "day", "shift")), rng.choice(((), ("晚",), ("早班",))),
        rng.choice(("whole", "worked", "employed")), rng.random() < 0.8, rng.random() < 0.7,
        positions=frozenset(some(rng, POSITIONS, 0.2)), first=rng.choice((None, None, rng.choice(days))),
        source=f"补贴!{name}",
    )  # fmt: skip


def standard(rng: Random, kind: str) -> Standard:
    step = rng.choice((0, 0, 1, 2, 3))
    return Standard(
        kind, Decimal(rng.choice((0, 10, 20, 50, 100))), Decimal(rng.choice(("0", "0.5", "2", "5"))), step,
        bool(step) and rng.random() < 0.4, rng.choice(("month", "ever")), rng.choice(("person", "person", "duty")),
        Decimal(rng.choice((0, 0, 50))), rng.choice(NATURES), rng.choice(("", "", "辞退")), source=f"奖惩标准!{kind}{step}",
    )  # fmt: skip


def events(rng: Random, numbers: Sequence[str], days: Sequence[date], kinds: Sequence[str]) -> tuple[Event, ...]:
    """Some of every kind, each with its own source."""
    found = []
    for kind in kinds:
        for nth in range(rng.choice((0, 1, 1, 2, 4))):
            at = datetime.combine(rng.choice(days), rng.choice((time(), time(12, 30), time(20))))
            people = some(rng, numbers, rng.choice((0.2, 0.5, 1)))
            quantity = rng.choice((None, *map(Decimal, ("1", "3", "45", "66", "69", "70", "91", "95", "95"))))
            amount = rng.choice((None, Decimal(380), Decimal("120.05"), money(rng, 1, 900)))
            found.append(Event(kind, at, people, quantity, amount, rng.choice(("事由", "事由", "")),
                               rng.choice(("经理", "经理", "")), f"事件!{kind}{nth}"))  # fmt: skip
    return tuple(sorted(found, key=lambda event: (event.at, event.kind, event.people, event.source)))


def leave(rng: Random, number: str, days: Sequence[date]) -> Leave:
    first = rng.choice(days)
    half = rng.choice(("", "", "am", "pm"))
    last = first if half else first + timedelta(days=rng.choice((0, 0, 2, 6, 40)))
    return Leave(number, first, last, half, rng.choice(LEAVES), rng.random() < 0.8, Source("排班.xlsx", "请假", number))


def late(rng: Random, number: str, day: date) -> Late:
    """What came to light about a closed month."""
    month, now = (day.replace(day=1) - timedelta(days=1)).replace(day=1), money(rng, 0, 500)
    why = Why(Text("commission"), now, f"提成 {number}")
    return Late(f"settled:{month:%Y-%m}:commission", month, Text("commission"), money(rng, 0, 500), now, why)


# --- what the exports say ---------------------------------------------------------------------------------------------


def orders(rng: Random, numbers: Sequence[str], days: Sequence[date]) -> Orders:
    """Orders of all states, refunds of them and of some from before; rarely a report instead."""
    sales = [sale(rng, f"o{nth:03}", numbers, rng.choice(days)) for nth in range(rng.choice((4, 12, 30)))]
    before = [sale(rng, f"p{nth}", numbers, days[0] - timedelta(days=20)) for nth in range(2)]
    refunds = [refund(rng, one, days) for one in some(rng, [*sales, *before], 0.25)]
    stray = Refund("r0", "x0", days[-1], Decimal(5), None, whole=True, source=Source("退款.csv", "", "9"))
    totals = {number: ReportTotal(number, money(rng, 0, 900), money(rng, 0, 90), rng.randint(0, 9),
                                  Source("客服业绩.xlsx", "", number)) for number in numbers}  # fmt: skip
    return Orders(tuple(sorted(sales, key=lambda one: (one.day, one.number))), (*refunds, stray),
                  totals if rng.random() < 0.1 else {})  # fmt: skip


def sale(rng: Random, number: str, numbers: Sequence[str], day: date) -> Sale:
    state = rng.choice((*[State.ATTRIBUTED] * 5, *State, State.SILENT))
    agents = tuple(rng.sample([*numbers, "009"], rng.choice((1, 1, 2)) if len(numbers) > 1 else 1))
    credited = {State.ATTRIBUTED: agents[:1], State.AMBIGUOUS: rng.choice(((), agents))}.get(state, ())
    facts = Facts(state, agents if credited else (), credited, rng.choice(MERCHANTS), rng.random() < 0.5,
                  rng.choice((0, 0, 0, 1, 3)))  # fmt: skip
    return Sale(number, day, rng.choice((Decimal(100), money(rng, 1, 300))), facts, Source("订单.csv", "", number[1:]))


def refund(rng: Random, of: Sale, days: Sequence[date]) -> Refund:
    whole = rng.random() < 0.5
    day = max(of.day, rng.choice(days))
    return Refund(f"r{of.number}", of.number, day, of.paid if whole else (of.paid / 2).quantize(Decimal("0.01")), of,
                  whole, Source("退款.csv", "", of.number))  # fmt: skip


def roster(rng: Random, people: Sequence[Employee], days: Sequence[date]) -> Board:
    """A published roster of all days, or of none."""
    if rng.random() < 0.1:
        return Board()
    cells = {}
    for person in people:
        for day in days:
            shift = rng.choice((*SHIFTS, *SHIFTS, None))
            if shift and day in person.employed(Period(days[0], days[-1])):
                cells[day, person.number] = Posted.of(Duty(day, shift.code, person.number), shift)
    return Board(frozenset(days), cells, {person.number: person.name for person in people})


def attendance(rng: Random, numbers: Sequence[str], days: Sequence[date]) -> Attendance:
    """Days of some people, totals of others."""
    by_day = some(rng, numbers, 0.7)
    facts = {(number, day): fact(rng, number, day) for number in by_day for day in days if rng.random() < 0.9}
    months = {
        number: MonthFact(number, days[0], days[-1], Decimal(rng.randint(0, 22)), absent=Decimal(rng.choice((0, 0, 2))),
                          leave=some(rng, [("病假", Decimal(16)), ("事假", Decimal(4))], 0.4),
                          source=Source("月度汇总.xlsx", "", number))
        for number in numbers if number not in by_day
    }  # fmt: skip
    return Attendance(days[0], days[-1], facts, months, covered=frozenset(days))


def fact(rng: Random, number: str, day: date) -> DayFact:
    source = Source("每日统计.xlsx", "", f"{number}-{day:%m%d}")
    kind = rng.random()
    if kind < 0.1:
        hours = Decimal(rng.choice(("8", "4", "2.5")))
        return DayFact(number, day, leave=((rng.choice(LEAVES), hours),), source=source)
    if kind < 0.15:
        return DayFact(number, day, absent=rng.choice((Decimal(1), Decimal("0.5"))), source=source)
    if kind < 0.35:
        return DayFact(number, day, rest=True, source=source)
    return DayFact(number, day, 540, rng.choice((1080, 1500)), planned=rng.choice(("", "晚班")), source=source)


def hours(rng: Random, numbers: Sequence[str], days: Sequence[date]) -> Hours:
    """Hours at all rates; totals without a day now and then."""
    entries = {
        number: tuple(
            Worked(number, rng.choice((None, day, day, day)), rng.choice((0, 100, 150, 200, 300)), rng.randint(1, 300),
                   Text("overtime"), Source("加班.xlsx", "", f"{number}-{day:%m%d}"))
            for day in some(rng, days, 0.3)
        )
        for number in some(rng, numbers, 0.7)
    }  # fmt: skip
    return Hours(days[0], days[-1], entries)
