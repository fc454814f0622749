"""Hard desks by code: a week of a few people in which something can't be, each with its true cause."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cstools.dated import Dated
from cstools.days import span
from cstools.errors import Source
from cstools.people import Person, Terms
from cstools.roster.inputs import Demand, Fixed, Meeting
from cstools.roster.problem import Problem
from cstools.roster.rule import Stated, Strength
from cstools.roster.rules import all_rules
from cstools.roster.scope import Scope
from cstools.shifts import Duty, Shift, ShiftBook
from cstools.team.leave import Leave

MON, TUE, WED, THU, FRI, SAT, SUN = DAYS = span(date(2026, 11, 9), date(2026, 11, 15))
DAY = Shift("白", "白班", 510, 1020, 480, meals=((720, 750), (750, 780)))
EVENING = Shift("晚", "晚班", 990, 1440, 450, "晚班")
RULES = all_rules()


def at(sheet: str, cell: str) -> Source:
    return Source("team.xlsx", sheet, cell)


def people(names: str, skills: dict[str, str] | None = None) -> tuple[Person, ...]:
    """One person a character, whose number is the name; skills by person."""
    own = {name: Dated.always(Terms(frozenset((skills or {}).get(name, "").split()))) for name in names}
    return tuple(Person(name, name, terms) for name, terms in own.items())


def need(day: date, minimum: int, shift: str = "白", **about: Any) -> Demand:
    about = {"shifts": (shift,) if shift else (), "source": at("需求", f"C{day.day}"), **about}
    return Demand(day, minimum=minimum, **about)


def stated(name: str, cell: str = "", scope: Scope | None = None, **parameters: Any) -> Stated:
    return Stated(RULES[name](**parameters), scope=scope or Scope(), source=at("规则", cell or "A1"))


def problem(
    who: Sequence[Person], demands: Sequence[Demand], *rules: Stated, firm: bool = False, **more: Any
) -> Problem:
    """The rules that hold by default, 11 h of rest, these rules, and cover (hard where ``firm``)."""
    default = [Stated(rule()) for rule in RULES.values() if rule.default is Strength.HARD]
    cover = Stated(RULES["cover_minimum"](), Strength.HARD if firm else Strength.SOFT, 1)
    about = {"rules": (*default, stated("rest", "A5"), *rules, cover), "demands": tuple(demands), **more}
    return Problem(DAYS, tuple(who), ShiftBook.of([DAY, EVENING]), **about)


def worked(names: str, shift: str, days: Sequence[date], ended: int | None = None) -> dict[str, Any]:
    """A past in which these people worked these days."""
    duties = frozenset(Duty(day, shift, name, ended=ended) for name in names for day in days)
    return {"past": duties, "past_days": frozenset(days)}


@dataclass(frozen=True)
class Short:
    """A desk with one empty place; why each who is not there is not: the name of a rule, or a kind of reason."""

    problem: Problem
    why: dict[str, str]
    first: str  # the kind of change proposed first
    alike: bool = False  # which of those alike is there is all the same


PAST = span(date(2026, 11, 3), date(2026, 11, 8))


def on_leave() -> Short:
    leaves = (
        Leave("丙", THU, THU, kind="年假", source=at("请假", "B7")),
        Leave("丁", WED, FRI, kind="事假", approved=False, source=at("请假", "B8")),
    )
    return Short(
        problem(people("甲乙丙丁"), [need(THU, 3)], leaves=leaves), {"丙": "leave", "丁": "leave"}, "MoveLeave"
    )


def no_skill() -> Short:
    asked = problem(people("甲乙丙"), [need(THU, 1, "晚", skill="日语"), need(THU, 2)])
    return Short(asked, dict.fromkeys("甲乙丙", "skilled"), "Train")


def noon() -> Short:
    # Three eat in two turns: in one of them only one of three is left, and 丁 is needed in the evening.
    asked = [need(THU, 3), need(THU, 1, "晚"), need(THU, 2, "", window=(720, 780))]
    asked.append(need(THU, 1, "", window=(1200, 1260)))  # an evening without 丁 would be worse than such a noon
    why = {"甲": "meal", "乙": "meal", "丁": "elsewhere"}
    return Short(problem(people("甲乙丙丁"), asked), why, "Lower", alike=True)


def quota() -> Short:
    days = span(date(2026, 11, 1), date(2026, 11, 8))
    rule = stated("rest_days", "A8", period="month", at_least=14)
    off = worked("甲乙", "白", days)
    return Short(
        problem(people("甲乙"), [need(day, 1) for day in DAYS], rule, **off), dict.fromkeys("甲乙", "rest_days"), "Ease"
    )


def late() -> Short:
    past = worked("甲", "晚", [date(2026, 11, 8)], ended=1560)
    return Short(problem(people("甲乙"), [need(MON, 2)], **past), {"甲": "rest"}, "Ease")


def apart() -> Short:
    pair = stated("apart", "A9", Scope(people=frozenset("甲乙")))
    asked = problem(people("甲乙丙", {"甲": "组长", "乙": "组长"}), [need(THU, 2, "晚", skill="组长")], pair)
    return Short(asked, {"甲": "apart", "丙": "skilled"}, "Train", alike=True)


def no_post() -> Short:
    rule = stated("posts", "A9", posts=("主旺旺",), at_most=0)
    return Short(problem(people("甲乙"), [need(THU, 1, post="主旺旺")], rule), dict.fromkeys("甲乙", "posts"), "Ease")


def tired() -> Short:
    asked = problem(people("甲乙"), [need(MON, 1)], stated("run", "A6", at_most=6), **worked("甲乙", "白", PAST))
    return Short(asked, dict.fromkeys("甲乙", "run"), "Ease")


SHORT = {
    "too many on leave": on_leave,
    "a skill nobody has": no_skill,
    "noon uncovered by meals": noon,
    "the month's quota": quota,
    "rest after a late shift": late,
    "a pair kept apart": apart,
    "a post nobody may hold": no_post,
    "history forbids Monday": tired,
}


def everything() -> Problem:
    """Leave, a missing skill, a late shift, a pair and a filled cell, each on a day of its own."""
    past = worked("甲", "晚", [date(2026, 11, 8)], ended=1560)
    who = people("甲乙丙丁", {"甲": "组长", "乙": "组长"})
    pair = stated("apart", "A9", Scope(people=frozenset("甲乙"), first=WED, last=WED))
    return problem(
        who,
        [
            need(MON, 4), need(TUE, 1, "晚", skill="日语"), need(WED, 2, "晚", skill="组长"),
            need(FRI, 4), need(SUN, 4),
        ],
        pair,
        leaves=(Leave("丁", FRI, FRI, kind="年假", source=at("请假", "B7")),),
        fixed=(Fixed("丙", SUN, "", source=at("排班草稿", "H4")),),
        **past,
    )  # fmt: skip


EVERYTHING = {
    MON: {"甲": "rest"},
    TUE: dict.fromkeys("甲乙丙丁", "skilled"),
    WED: {"甲": "apart", "丙": "skilled", "丁": "skilled"},
    FRI: {"丁": "leave"},
    SUN: {"丙": "fixed"},
}


# -- desks without any roster --------------------------------------------------------------------------------------------


def cells() -> Problem:
    fixed = (
        Fixed("甲", TUE, "晚", source=at("排班草稿", "D3")),
        Fixed("甲", WED, "白", source=at("排班草稿", "E3")),
        Fixed("乙", WED, "白", source=at("排班草稿", "E4")),
    )
    return problem(people("甲乙丙"), [need(day, 1) for day in DAYS], stated("run", at_most=6), fixed=fixed)


def meeting() -> Problem:
    return problem(
        people("甲乙"), [need(day, 1) for day in DAYS],
        leaves=(Leave("甲", THU, THU, half="pm", kind="事假", source=at("请假", "B7")),),
        meetings=(Meeting("例会", THU, 600, 660, frozenset("甲乙"), at("会议", "A2")),),
    )  # fmt: skip


def campaign() -> Problem:
    asked = [need(day, 3) for day in DAYS if day != WED] + [need(WED, 9)]
    leaves = (Leave("壬", MON, SUN, kind="产假", source=at("请假", "B2")),)
    return problem(people("甲乙丙丁戊己庚辛壬"), asked, stated("run", at_most=6), firm=True, leaves=leaves)


def unreachable() -> Problem:
    rule = stated("shift_count", "A7", Scope(people=frozenset("甲")), shifts=("晚",), period="week", at_least=6)
    leaves = (Leave("甲", THU, FRI, kind="年假", source=at("请假", "B3")),)
    return problem(people("甲乙丙"), [need(day, 1) for day in DAYS], rule, leaves=leaves)


IMPOSSIBLE = {
    "contradictory filled cells": (cells, {"排班草稿!D3", "排班草稿!E3", "规则!A5"}),
    "a meeting against leave": (meeting, {"请假!B7", "会议!A2"}),
    "too few for a campaign": (campaign, {"需求!C11", "请假!B2"}),
    "the week's quota unreachable": (unreachable, {"规则!A7", "请假!B3"}),
}


def month(size: int = 30) -> Problem:
    """November for 30 people, ten of them on leave on the 11th and 12th, with more to do than they can."""
    days = span(date(2026, 11, 1), date(2026, 11, 30))
    names = [f"{nth:03d}" for nth in range(1, size + 1)]
    who = tuple(
        Person(name, f"员{name}", Dated.always(Terms(frozenset({("售前", "售后", "组长")[nth % 3]}))))
        for nth, name in enumerate(names)
    )
    demands = [
        demand
        for day in days
        for demand in (
            need(day, size // 3),
            need(day, size // 4 if day.day % 7 else size // 3 + 2, "晚"),
            need(day, 2, "晚", skill="售后", source=at("需求", "F2")),
            need(day, 3, "", window=(720, 780), source=at("需求", "F3")),
        )
    ]
    leaves = tuple(
        Leave(name, date(2026, 11, 11), date(2026, 11, 12), kind="年假", source=at("请假", f"B{name}"))
        for name in names[: size * 3 // 5]
    )
    rules = (stated("run", "A6", at_most=6), stated("rest_days", "A7", period="month", at_least=8))
    return replace(problem(who, demands, *rules, leaves=leaves), days=days)
