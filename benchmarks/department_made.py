"""A department made up by chance: people, a month to be rostered, the month before it; the same for the same seed."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from department_rules import stated_rules

from cstools.dated import Dated
from cstools.days import Calendar, span
from cstools.people import Person, Terms
from cstools.roster.inputs import Demand, Fixed, Meeting, Wish
from cstools.roster.problem import Problem
from cstools.shifts import Duty, Shift, ShiftBook
from cstools.team.leave import Leave

FIRST: Final = date(2026, 10, 1)  # with a week of holidays, and make-up workdays
ONE: Final = timedelta(days=1)
HISTORY: Final = 30  # days known before it
CAMPAIGN: Final = (17, 18, 19)  # days of the roster on which more customers come
SATURDAY: Final = 5
NOON: Final = ((660, 690), (690, 720), (720, 750), (750, 780))
DUSK: Final = ((1020, 1050), (1050, 1080), (1080, 1110), (1110, 1140))
SHIFTS: Final = (
    Shift("早", "早班", 420, 930, 480, "早班", meals=NOON),
    Shift("白", "白班", 540, 1080, 480, "白班", meals=NOON),
    Shift("常", "常班", 540, 1080, 480, "常班", frozenset({"资料"}), NOON),
    Shift("中", "中班", 780, 1290, 480, "中班", meals=DUSK),
    Shift("晚", "晚班", 960, 1440, 450, "晚班", meals=DUSK),
    Shift("夜", "夜班", 1320, 1890, 510, "夜班", meals=((1500, 1530), (1530, 1560))),
)
SHARES: Final = {"早": 0.16, "白": 0.19, "中": 0.13, "晚": 0.10, "夜": 0.06}  # of all people, a day: a little too much
OFFICE_SHARE: Final = 0.08
SKILL_SHARES: Final = (  # of all people, a day: at least, and better
    ("早", "投诉", 0.015, 0.025), ("白", "投诉", 0.015, 0.025), ("中", "投诉", 0.015, 0.025),
    ("晚", "投诉", 0.01, 0.015),
    ("夜", "投诉", 0.005, 0.01), ("早", "技术", 0.005, 0.01), ("中", "技术", 0.005, 0.01), ("夜", "技术", 0.005, 0.005),
    ("白", "日语", 0.005, 0.005), ("晚", "日语", 0.005, 0.01), ("夜", "日语", 0.005, 0.005),
)  # fmt: skip
POSTS: Final = (
    *((code, "53KF", "53KF") for code in "早白中晚夜"),
    *((code, "值班经理", "值班经理") for code in "早中晚夜"),
    ("白", "接线", "主旺旺"), ("晚", "接线", "主旺旺"), ("白", "", "值日"),
)  # fmt: skip
WINDOWS: Final = (((660, 780), 0.22, 0.30), ((1020, 1110), 0.12, 0.17), ((1320, 1440), 0.08, 0.12))
TURNS: Final = "早早白白中--晚晚晚夜夜--"  # a fortnight of the month before
EVERY: Final = (  # a skill, and who has it: the nth of so many
    ("组长", 20, (0,)), ("值班经理", 10, (0,)), ("老员工", 10, (1, 2, 4)), ("投诉", 4, (1,)), ("53KF", 3, (2,)),
    ("技术", 12, (5,)), ("日语", 33, (4,)), ("新人", 50, (7,)), ("资料", 10, (9,)),
)  # fmt: skip


def department(people: int = 200, days: int = 31, seed: int = 1) -> Problem:
    """The problem of rostering so many people for so many days."""
    chance = random.Random(seed)
    team = tuple(_person(nth, people) for nth in range(people))
    horizon = span(FIRST, FIRST + (days - 1) * ONE)
    before = span(FIRST - HISTORY * ONE, FIRST - ONE)
    leaves = tuple(_leaves(team, horizon, chance))
    shares = tuple(demand for nth, day in enumerate(horizon) for demand in _demands(nth, day, people))
    numbers = [person.number for person in team]
    leads = [person.number for person in team if person.has(["值班经理"], FIRST)]
    pairs = frozenset(leads[:2]), frozenset(numbers[3:5])
    return Problem(
        days=horizon,
        people=team,
        shifts=ShiftBook.of(SHIFTS),
        rules=stated_rules(pairs, eating=max(2, round(people * 0.12))),
        demands=shares,
        leaves=leaves,
        wishes=tuple(_wishes(team, horizon, chance)),
        fixed=tuple(_fixed(team, horizon, leaves, chance)),
        meetings=tuple(_meetings(team, horizon)),
        past=frozenset(_past(team, before)),
        past_days=frozenset(before),
    )


def _person(nth: int, people: int) -> Person:
    """The nth person; a few are new, a few join or leave within the month."""
    skills = {skill for skill, every, places in EVERY if nth % every in places}
    if "资料" not in skills:
        skills.add("接线")
    contract = {8: "兼职", 9: "常班"}.get(nth % 10, "全职")
    mentor = f"{nth - 5:03d}" if "新人" in skills else ""  # number 3, 53 and so on: one of the old hands
    terms = Terms(frozenset(skills), contract, f"{nth * 10 // people + 1}组", mentor)
    return Person(
        f"{nth + 1:03d}",
        f"员工{nth + 1:03d}",
        Dated.always(terms),
        hired=FIRST + 5 * ONE if nth % 60 == 33 else FIRST - 20 * ONE if mentor else None,  # noqa: PLR2004
        left=FIRST + 19 * ONE if nth % 60 == 13 else None,  # noqa: PLR2004
        probation_until=FIRST + 45 * ONE if mentor else None,
    )


# --- what the month asks for ------------------------------------------------------------------------------------------


def _demands(nth: int, day: date, people: int) -> Iterator[Demand]:
    """The nth day's needs, for so many people in the department."""
    busy = 1.08 if day.weekday() == 0 else 0.88 if day.weekday() >= SATURDAY else 1.02
    for code, share in SHARES.items():
        target = max(1, round(people * share * busy))
        minimum = target + round(target * 0.2) if nth in CAMPAIGN else max(1, round(target * 0.85))
        target = max(target, minimum)
        yield Demand(day, (code,), minimum=minimum, target=target, maximum=target + max(1, target // 8))
    office = round(people * OFFICE_SHARE) if Calendar().is_workday(day) else 0
    yield Demand(day, ("常",), minimum=office // 2, target=office, maximum=office + 1 if office else 0)
    for code, skill, least, better in SKILL_SHARES:
        yield Demand(day, (code,), skill, minimum=round(people * least), target=max(1, round(people * better)))
    for code, skill, post in POSTS:
        yield Demand(day, (code,), skill, post, minimum=round(min(1, people / 100)), target=1, maximum=1)
    for window, least, better in WINDOWS:
        yield Demand(day, window=window, minimum=round(people * least), target=round(people * better))


def _leaves(team: Sequence[Person], days: Sequence[date], chance: random.Random) -> Iterator[Leave]:
    """Leave of every fourth or so, some of it half a day, some not approved yet."""
    for person in team:
        if chance.random() < 0.25:  # noqa: PLR2004 - how likely
            first = chance.choice(days)
            half = chance.choice(("am", "pm", "", "", "", "", ""))
            last = first if half else min(days[-1], first + chance.randrange(5) * ONE)
            kind = chance.choice(("年假", "事假", "病假"))
            yield Leave(person.number, first, last, half, kind, approved=chance.random() < 0.9)  # noqa: PLR2004


def _wishes(team: Sequence[Person], days: Sequence[date], chance: random.Random) -> Iterator[Wish]:
    """Up to two wishes of each."""
    for person in team:
        for day in chance.sample(days, chance.randrange(3)):
            on, shifts = chance.choice(((False, ()), (False, ()), (False, ("晚", "夜")), (True, ("白",)), (True, ())))
            yield Wish(person.number, day, on, shifts, chance.choice((1, 1, 2, 3)))


def _fixed(
    team: Sequence[Person], days: Sequence[date], leaves: Sequence[Leave], chance: random.Random
) -> Iterator[Fixed]:
    """A cell filled by hand for every tenth person or so, where nothing is in its way."""
    absent = {leave.person for leave in leaves}
    for person in team:
        steady = person.on(FIRST).contract == "全职" and not (person.hired or person.left)
        if steady and person.number not in absent and chance.random() < 0.15:  # noqa: PLR2004 - how likely
            yield Fixed(person.number, chance.choice(days[3:]), chance.choice(("白", "白", "")))


def _meetings(team: Sequence[Person], days: Sequence[date]) -> Iterator[Meeting]:
    """The leads meet on Mondays; who is new is trained on the tenth day."""
    leads = frozenset(person.number for person in team if person.has(["组长"], FIRST))
    for day in days:
        if day.weekday() == 0:
            yield Meeting("班组会", day, 830, 880, leads)
    new = frozenset(person.number for person in team if person.has(["新人"], FIRST))
    if new:
        yield Meeting("新人培训", days[min(9, len(days) - 1)], 900, 960, new)


# --- the month before -------------------------------------------------------------------------------------------------


def _past(team: Sequence[Person], days: Sequence[date]) -> Iterator[Duty]:
    """What was worked: everybody in turn, with posts and meals going round."""
    shifts = {shift.code: shift for shift in SHIFTS}
    for back, day in enumerate(days):
        there = [(person, code) for nth, person in enumerate(team) if (code := _worked(person, nth, back, day))]
        held = _held(there, back, day)
        for nth, (person, code) in enumerate(there):
            meals = shifts[code].meals
            post = held.get(person.number)
            yield Duty(day, code, person.number, (post,) if post else (), meals[(nth + back) % len(meals)])


def _worked(person: Person, nth: int, back: int, day: date) -> str:
    """The shift of a past day, "" for none."""
    if not person.employed(day):
        return ""
    if person.on(day).contract == "常班":
        return "常" if Calendar().is_workday(day) else ""
    if person.on(day).contract == "兼职":
        return "白" if day.weekday() in {2, 5, 6} else ""
    if person.has(["新人"], day):
        return "白" if day.weekday() < SATURDAY else ""
    return TURNS[(back + nth * 3) % len(TURNS)].strip("-")


def _held(there: Sequence[tuple[Person, str]], back: int, day: date) -> Mapping[str, str]:
    """Who held a post that day: one of those with the skill, another one each day."""
    held: dict[str, str] = {}
    for code, skill, post in POSTS:
        able = [
            person.number for person, shift in there
            if shift == code and person.number not in held and (not skill or person.has([skill], day))
        ]  # fmt: skip
        if able:
            held[able[back % len(able)]] = post
    return held
