"""Finished rosters by code, for the tests of what comes out of a solve; no solver in here."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from cstools.dated import Dated
from cstools.days import span
from cstools.errors import Source
from cstools.people import Person, Terms
from cstools.roster.inputs import Demand, Wish
from cstools.roster.problem import Problem
from cstools.roster.result import Result, Status, TierCost
from cstools.roster.roster import Roster
from cstools.roster.rule import Stated, Strength
from cstools.roster.rules.cover_minimum import CoverMinimum
from cstools.roster.rules.rest import Rest
from cstools.roster.rules.rest_days import RestDays
from cstools.roster.scope import Scope
from cstools.shifts import Duty, Shift, ShiftBook
from cstools.team.leave import Leave

FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = (
    "芳",
    "秀英",
    "娜",
    "敏",
    "静",
    "丽",
    "强",
    "磊",
    "军",
    "洋",
    "勇",
    "艳",
    "杰",
    "涛",
    "明",
    "超",
    "霞",
    "平",
    "刚",
    "桂英",
)
MEALS = ((690, 720), (720, 750), (750, 780))
DAY = Shift("白", "白班", 510, 1020, 480, meals=MEALS)
EVENING = Shift("晚", "晚班", 990, 1440, 450, "晚班", open_ended=True)
OFFICE = Shift("常", "常班", 540, 1080, 480, meals=MEALS)
NIGHT = Shift("夜", "夜班", 1440, 1920, 480, "夜班")


def team(size: int, groups: Sequence[str] = ("售前", "售后", "制单")) -> tuple[Person, ...]:
    """People 001, 002, … with groups one after the other."""
    names = (FAMILY[nth % len(FAMILY)] + GIVEN[nth * 7 % len(GIVEN)] for nth in range(size))
    terms = (Terms(group=groups[nth * len(groups) // size] if groups else "") for nth in range(size))
    return tuple(
        Person(f"{nth:03d}", name, Dated.always(term))
        for nth, (name, term) in enumerate(zip(names, terms, strict=True), 1)
    )  # fmt: skip


def pattern(people: Sequence[Person], days: Sequence[date], word: str) -> list[Duty]:
    """Everybody works one pattern of codes, ``-`` for a day off, each person a step later than the one before."""
    cells = (
        (nth, person, back, day, word[(back + nth * 3) % len(word)])
        for nth, person in enumerate(people) for back, day in enumerate(days)
    )  # fmt: skip
    meal = {"白": MEALS, "常": MEALS}
    return [
        Duty(day, code, person.number, meal=meal[code][nth % 3] if code in meal else None)
        for nth, person, _, day, code in cells if code != "-"
    ]  # fmt: skip


def needs(day: date, size: int) -> list[Demand]:
    """What a day needs of a team of that size."""
    found = [
        Demand(day, ("白",), minimum=size * 3 // 7),
        Demand(day, ("晚",), minimum=size * 2 // 7 - 1, target=size * 2 // 7 + 1),
        Demand(day, post="主旺旺", minimum=1),
        Demand(day, window=(720, 780), minimum=2),
    ]
    return [replace(demand, source=Source("team.xlsx", "需求", f"B{row}")) for row, demand in enumerate(found, 2)]


def shop(first: date, last: date, size: int, word: str = "白白白晚晚-常") -> Result:
    """A team's roster, with needs (some of them short), leave, wishes, posts and soft costs."""
    days, people = span(first, last), team(size)
    leaves = (
        Leave(people[size // 5].number, days[1], days[3], kind="年假"),
        Leave(people[size * 2 // 5].number, days[2], days[2], half="pm", kind="事假"),
    )
    duties = [
        duty for duty in pattern(people, days, word)
        if not any(leave.person == duty.person and leave.first <= duty.day <= leave.last for leave in leaves)
    ]  # fmt: skip
    taken: set[tuple[date, str]] = set()
    for nth, duty in enumerate(duties):
        if duty.shift in "白晚" and (duty.day, duty.shift) not in taken and (nth + duty.day.day) % 3 == 0:
            taken.add((duty.day, duty.shift))
            duties[nth] = replace(duty, posts=("主旺旺", "值日"))
    problem = Problem(
        days,
        people,
        ShiftBook.of([DAY, EVENING, OFFICE]),
        rules=(
            Stated(Rest(hours=660)),
            Stated(RestDays(period="week", at_least=1), Strength.WATCH),
            Stated(CoverMinimum(), Strength.SOFT, 1),
            Stated(RestDays(period="week", at_most=1), Strength.SOFT, 3, 2, Scope(groups=frozenset({"售后"}))),
        ),
        demands=tuple(demand for day in days for demand in needs(day, size)),
        leaves=leaves,
        wishes=tuple(Wish(people[nth].number, days[nth % 5], on=nth % 2 == 0) for nth in range(0, size, 3)),
    )
    roster = Roster(problem, duties)
    breaches = tuple(roster.audit())
    tiers = (TierCost(1, 6, 6), TierCost(3, 40, 25))
    return Result(Status.FEASIBLE, roster, tiers, 12.5, 1, breaches=breaches)


def tiny() -> Result:
    """Three people from Friday to Monday: a shortage, leave, a half day, a broken rest, two wishes, a made-up name."""
    days = span(date(2026, 11, 6), date(2026, 11, 9))
    people = (Person("007", "王芳"), Person("008", "=1+1"), Person("009", "李强", left=days[2]))
    early, late = replace(DAY, meals=()), EVENING
    demands = tuple(
        Demand(day, (code,), minimum=1, source=Source("team.xlsx", "需求", cell))
        for day in days for code, cell in (("白", "B2"), ("晚", "B3"))
    )  # fmt: skip
    problem = Problem(
        days,
        people,
        ShiftBook.of([early, late]),
        rules=(
            Stated(Rest(hours=660)),
            Stated(CoverMinimum(), Strength.SOFT, 1),
            Stated(RestDays(period="horizon", at_most=0), Strength.SOFT, 2, 3, Scope(people=frozenset({"007"}))),
        ),
        demands=demands,
        leaves=(
            Leave("009", days[0], days[0], kind="年假"),
            Leave("008", days[3], days[3], half="pm", kind="事假"),
        ),
        wishes=(Wish("007", days[0], on=True, shifts=("白",)), Wish("007", days[2], on=True)),
    )
    roster = Roster(problem, tiny_duties())
    tiers = (TierCost(1, 1, 1), TierCost(2, 3, 0))
    return Result(Status.FEASIBLE, roster, tiers, 1.5, 7, breaches=tuple(roster.audit()))


def tiny_duties() -> list[Duty]:
    """Its duties."""
    sixth, seventh, eighth, ninth = span(date(2026, 11, 6), date(2026, 11, 9))
    return [
        Duty(sixth, "白", "007", ("主旺旺", "值日"), (720, 750)),
        Duty(sixth, "晚", "008"),
        Duty(seventh, "白", "008"),
        Duty(seventh, "晚", "007"),
        Duty(eighth, "白", "009"),
        Duty(eighth, "晚", "008"),
        Duty(ninth, "晚", "007", ended=1460),
    ]


def by_time(duty: Duty) -> tuple[date, int]:
    """The order of sheet 按日."""
    return duty.day, "白晚".index(duty.shift)
