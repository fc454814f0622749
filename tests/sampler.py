"""Small random problems and rosters, alike in that any rule finds something in them.

The words that rules' ``samples`` may use: shifts 白, 晚, 夜 (kinds 早班, 晚班, 晚班), posts 主旺旺, 副旺旺, skills 组长, 老员工, 售后,
contracts 正式, 兼职, groups 一组, 二组, people P1 to P4.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from cstools.dated import Dated
from cstools.people import Person, Terms
from cstools.roster.inputs import Demand, Fixed, Meeting, Wish
from cstools.roster.problem import Problem
from cstools.roster.roster import Roster
from cstools.roster.scope import EVERYBODY, Scope
from cstools.shifts import DAY, Duty, Shift, ShiftBook
from cstools.team.leave import Leave

SKILLS = ("组长", "老员工", "售后")
POSTS = ("主旺旺", "副旺旺")
CONTRACTS = ("正式", "兼职")
GROUPS = ("一组", "二组")
FIRST = date(2026, 9, 21)  # the first days lie around 中秋, 国庆 and a month's end

T = TypeVar("T")


def some(rng: Random, items: Iterable[T], chance: float) -> tuple[T, ...]:
    """Each of the items with a chance."""
    return tuple(item for item in items if rng.random() < chance)


def problem(rng: Random) -> Problem:
    """Two to four people, five to nine days, and everything that a desk may ask for, now and then."""
    first = FIRST + timedelta(days=rng.choice((*range(13), 5, 6, 6, 12)))  # more often a weekend, which it may cut
    days = tuple(first + timedelta(days=nth) for nth in range(rng.randint(5, 9)))
    people = tuple(person(rng, f"P{nth}", days) for nth in range(1, rng.randint(3, 5)))
    bare = Problem(days, people, shift_book(rng, days))
    past_days = [first - timedelta(days=back) for back in range(1, rng.choice((1, 3, 10, 10)))]
    known = frozenset(day for day in past_days if rng.random() < rng.choice((0.7, 1)))
    # The past of a person is a roster of its own, on a problem that lies before this one.
    wanted = tuple(demand(rng, day) for day in past_days)
    before = replace(bare, days=tuple(sorted(past_days)), demands=wanted) if past_days else None
    past = frozenset(
        replace(duty, ended=bare.shifts_on(duty.day)[duty.shift].end + 90 if rng.random() < 0.2 else None)
        for duty in (roster(rng, before).duties if before else ())
        if duty.day in known or rng.random() < 0.2
    )
    numbers = [person.number for person in people]
    cells = [(number, day) for number in numbers for day in days]
    demands = tuple(demand(rng, day) for day in (first, *days) for _ in range(rng.randint(0, 2)))
    asked = replace(bare, demands=demands, past=past, past_days=known)
    likely = {(duty.person, duty.day): duty for duty in roster(rng, asked).duties}
    return replace(
        asked,
        leaves=tuple(leave(rng, number, days) for number in some(rng, numbers, 0.4)),
        wishes=tuple(
            Wish(number, day, rng.random() < 0.5, some(rng, ("白", "晚", "晚班"), 0.3), rng.randint(1, 3))
            for number, day in some(rng, cells, 0.15)
        ),
        fixed=tuple(fixed(rng, number, day, likely.get((number, day))) for number, day in some(rng, cells, 0.08)),
        meetings=tuple(
            meeting(rng, day, frozenset(some(rng, numbers, 0.6))) for day in some(rng, (*sorted(known), *days), 0.15)
        ),
    )  # fmt: skip


def person(rng: Random, number: str, days: tuple[date, ...]) -> Person:
    """Somebody whose skills, contract, group and mentor may change on a day, who may join or leave within the days."""
    mentors = [f"P{nth}" for nth in range(1, 5) if f"P{nth}" != number]

    def terms() -> Terms:
        return Terms(
            frozenset(some(rng, SKILLS, 0.4)),
            rng.choice(CONTRACTS),
            rng.choice(GROUPS),
            rng.choice(("", *mentors[:2])),
        )

    changes = [(None, terms())] + [(rng.choice(days), terms())] * (rng.random() < 0.3)
    hired = rng.choice(days) if rng.random() < 0.2 else None
    left = rng.choice(days) if rng.random() < 0.2 else None
    until = rng.choice(days) if rng.random() < 0.3 else None
    return Person(number, f"甲{number}", Dated.since(changes), hired, left, until)


def shift_book(rng: Random, days: tuple[date, ...]) -> ShiftBook:
    """Two or three shifts; the late ones go on into the next day, and one may change its hours or begin on a day."""
    lunch, dinner = ((690, 720), (720, 765), (750, 780)), ((1050, 1080),)
    early = Shift(
        "白", "白班", 480 + 30 * rng.randrange(3), 1020, 450, "早班", meals=rng.choice(((), lunch[:1], lunch))
    )
    late = Shift("晚", "晚班一", 960, rng.choice((DAY, DAY + 60)), 450, "晚班", meals=rng.choice(((), dinner)))
    night = Shift("夜", "夜班", rng.choice((1260, DAY)), DAY + 480, 480, "晚班")
    shifts = [early, late, night][: rng.randint(2, 3)]
    if rng.random() < 0.3:
        shifts[0] = replace(shifts[0], kind="")
    odd = rng.randrange(len(shifts))
    if rng.random() < 0.5:
        shifts[odd] = replace(shifts[odd], skills=frozenset(rng.sample(SKILLS, rng.randint(1, 2))))
    versions = {shift.code: Dated[Shift | None].always(shift) for shift in shifts}
    if rng.random() < 0.3:
        shift, day = rng.choice(shifts), rng.choice(days)
        later = replace(shift, start=shift.start + 60, paid=shift.paid - 60, meals=())
        versions[shift.code] = Dated.since([(None, rng.choice((shift, None))), (day, later)])
    return ShiftBook(versions)


def demand(rng: Random, day: date) -> Demand:
    """Cover by shift, skill, post or window, or by several of these."""
    start = rng.choice((0, 0, 420, 690, 720, 1020, DAY - 60))
    post = rng.choice(("", "", *POSTS))
    minimum = rng.randint(0, 2)
    return Demand(
        day,
        rng.choice(((), (), ("白",), ("晚",), ("晚", "夜"))),
        rng.choice(("", "", "", *SKILLS)),
        post,
        (start, start + rng.choice((30, 60, 300))) if not post and rng.random() < 0.5 else None,
        minimum,
        rng.choice((None, minimum, minimum + 1)),
        rng.choice((None, minimum, minimum + 1)),
        rng.randint(1, 3),
        rng.randint(1, 3),
    )


def leave(rng: Random, number: str, days: tuple[date, ...]) -> Leave:
    """Some days of leave, whole or half, approved or not, which may reach over the borders."""
    first = rng.choice(days) - timedelta(days=rng.randrange(3))
    last = first + timedelta(days=rng.randrange(5))
    return Leave(number, first, last, rng.choice(("", "", "am", "pm")), "", rng.random() < 0.6)


def fixed(rng: Random, number: str, day: date, duty: Duty | None) -> Fixed:
    """A cell as some roster has it, with its posts and meal or without; or a shift there may not be."""
    if rng.random() < 0.2:
        return Fixed(number, day, rng.choice(("", "白", "夜")), some(rng, POSTS, 0.2))
    if duty is None:
        return Fixed(number, day, "")
    return Fixed(number, day, duty.shift, some(rng, duty.posts, 0.7), rng.choice((None, duty.meal)))


def meeting(rng: Random, day: date, people: frozenset[str]) -> Meeting:
    """A meeting in the morning, over the lunch, or late."""
    start = rng.choice((420, 600, 720, 1080, DAY - 60))
    return Meeting("例会", day, start, start + rng.choice((30, 60, 120)), people)


def roster(rng: Random, asked: Problem) -> Roster:
    """A roster as a lead might make it: runs of one shift and of days off, more or less regular."""
    duties = []
    habit = rng.choice((0.15, 0.5, 0.85))  # how likely the next day is like this one
    busy = rng.choice((0.3, 0.6, 0.8))
    for person_now in asked.people:
        works, code = rng.random() < busy, ""
        for day in asked.days:
            if rng.random() > habit:
                works, code = rng.random() < busy, ""
            on_day = asked.shifts_on(day)
            if not works or not on_day or (not person_now.employed(day) and rng.random() < 0.7):
                continue
            code = code if code in on_day else rng.choice(list(on_day))
            duties.append(duty(rng, asked, person_now.number, day, code))
    return Roster(asked, duties)


def duty(rng: Random, asked: Problem, number: str, day: date, code: str) -> Duty:
    """A duty with posts that are asked for, and a meal where the shift has meals."""
    posts = some(rng, asked.posts_on(day, code), 0.6)
    meals = asked.shifts_on(day)[code].meals
    return Duty(day, code, number, tuple(sorted(posts)), rng.choice(meals) if meals else None)


def changed(rng: Random, base: Roster) -> Roster:
    """A roster with one to three cells changed."""
    asked = base.problem
    cells = {(duty.person, duty.day): duty for duty in base.duties}
    for _ in range(rng.randint(1, 3)):
        number, day = rng.choice(asked.people).number, rng.choice(asked.days)
        if cells.pop((number, day), None) is None or rng.random() < 0.6:
            codes = list(asked.shifts_on(day)) if asked.person[number].employed(day) else []
            if codes:
                cells[number, day] = duty(rng, asked, number, day, rng.choice(codes))
    return Roster(asked, cells.values())


def scope(rng: Random, asked: Problem) -> Scope:
    """Everybody, always, as often as not; else by some of people, skills, contracts, groups, weekdays and dates."""
    if rng.random() < 0.5:
        return EVERYBODY
    days = sorted(rng.sample(asked.days, 2))
    numbers = [person.number for person in asked.people]
    people, skills, contracts, groups, weekdays, first, last = (
        rng.random() < chance for chance in (0.2, 0.3, 0.15, 0.15, 0.3, 0.2, 0.2)
    )
    return Scope(
        frozenset(some(rng, numbers, 0.7) if people else ()),
        frozenset(rng.sample(SKILLS, 2) if skills else ()),
        frozenset({rng.choice(CONTRACTS)} if contracts else ()),
        frozenset({rng.choice(GROUPS)} if groups else ()),
        frozenset(rng.sample(range(7), 4) if weekdays else ()),
        days[0] if first else None,
        days[1] if last else None,
    )
