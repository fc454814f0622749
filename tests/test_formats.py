"""A roster's figures, findings, and its csv, json and rows, all of one tiny roster."""

import json
from dataclasses import replace
from datetime import date

import pytest
import rosters

from cstools.days import span
from cstools.errors import Source
from cstools.language import Text, show, speak
from cstools.roster import covered, findings, formats
from cstools.roster.inputs import Demand, Wish
from cstools.roster.result import Result, Status
from cstools.roster.roster import Roster
from cstools.roster.rule import Breach, Place
from cstools.roster.statistics import Measure, count_all
from cstools.team.leave import Leave


@pytest.fixture
def roster() -> Roster:
    found = rosters.tiny().roster
    assert found
    return found


def test_csv(roster: Roster) -> None:
    assert formats.to_csv(roster).decode("utf-8-sig").split("\r\n") == [
        "工号,姓名,2026-11-06,2026-11-07,2026-11-08,2026-11-09",
        "007,王芳,白,晚,休,晚 24:20",
        "008,\t=1+1,晚,白,晚,休",
        "009,李强,年假,休,白,",
        "",
    ]
    assert formats.to_csv(roster).startswith(b"\xef\xbb\xbf")


def test_json() -> None:
    told = json.loads(formats.to_json(rosters.tiny()))
    assert list(told) == ["status", "seed", "interrupted", "tiers", "days", "people", "duties", "breaches"]
    assert told["tiers"] == [
        {"tier": 1, "cost": 1, "bound": 1, "gap": 0.0}, {"tier": 2, "cost": 3, "bound": 0, "gap": 1.0},
    ]  # fmt: skip
    assert told["people"][1] == {"number": "008", "name": "=1+1", "group": ""}
    assert told["duties"][1] == {
        "day": "2026-11-06", "shift": "白", "person": "007", "posts": ["主旺旺", "值日"], "meal": ["12:00", "12:30"],
        "ended": None,
    }  # fmt: skip
    assert told["duties"][-1]["ended"] == "24:20"
    assert [(one["kind"], one["rule"], one["tier"], one["cost"]) for one in told["breaches"]] == [
        ("broken", "rest", None, None), ("shortage", "cover_minimum", 1, 1), ("cost", "rest_days", 2, 3),
    ]  # fmt: skip
    assert told["breaches"][1]["source"] == "team.xlsx 需求!B2"


def test_json_holds_no_clock_and_says_so_where_there_is_no_roster() -> None:
    result = rosters.tiny()
    assert formats.to_json(result) == formats.to_json(replace(result, seconds=99.0))
    assert json.loads(formats.to_json(Result(Status.INFEASIBLE, None, (), 1.0, 3))) == {
        "status": "infeasible", "seed": 3, "interrupted": False, "tiers": [], "breaches": [],
    }  # fmt: skip


def test_rows_for_a_screen(roster: Roster) -> None:
    headers, rows = formats.to_table(roster)
    assert [show(header) for header in headers] == [
        "工号", "姓名", "11/6 五", "11/7 六", "11/8 日", "11/9 一", "工时", "上班", "休息", "白班", "晚班", "周末班",
    ]  # fmt: skip
    assert rows[0] == ["007", "王芳", "白", "晚", "休", "晚 24:20", 23, 3, 1, 1, 2, 1]
    assert rows[3][1:6] == ["白", "1/1", "1/1", "1/1", "0/1 缺1"]
    headers, rows = formats.to_statistics(roster)
    assert [show(cell) for cell in rows[-1]] == ["", "差距", "15", "2", "0", "0", "2", "1", "1", "2", "1"]
    assert len({len(row) for row in [headers, *rows]}) == 1


def test_lines_for_a_screen() -> None:
    lines = [str(line) for line in formats.to_lines(rosters.tiny().breaches)]
    assert [line for line in lines if not line.startswith(" ")] == ["缺人：", "违反规则：", "第 2 层未满足：代价 3"]
    assert lines[1] == "  最少人数：2026-11-09 周一 白：至少要 1 人，只有 0 人，缺 1 人［team.xlsx 需求!B2］"
    speak("en")
    assert str(formats.to_lines(rosters.tiny().breaches)[0]) == "Shortages:"


def test_a_breach_that_nobody_stated_counts_as_broken() -> None:
    breach = Breach(Place(), Text("none"))
    assert findings.kind_of(breach) == findings.BROKEN
    kinds = [(section.kind, len(section.breaches)) for section in findings.sections([breach])]
    assert kinds == [("shortage", 0), ("broken", 1), ("law", 0), ("cost", 0)]


def test_measures() -> None:
    assert Measure("x", (3, 1.5, 2)).total == 6.5
    assert Measure("x", (3, 1.5, 2)).spread == 1.5
    assert Measure("x", ()).most == 0


def test_counts_of_holidays_leave_posts_and_wishes(roster: Roster) -> None:
    days = (date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 3))
    duties = [replace(duty, day=day) for duty, day in zip(rosters.tiny_duties()[:1] * 3, days, strict=True)]
    wishes = (
        Wish("007", days[0], on=True, shifts=("晚班",)),  # works, but another kind
        Wish("007", days[1], on=False, shifts=("晚",)),
        Wish("007", date(2026, 10, 2), on=False),
        Wish("007", date(2026, 12, 1), on=False),  # not this roster's
    )
    problem = replace(
        roster.problem, days=span(days[0], days[2]),
        demands=(Demand(days[0], post="主旺旺", minimum=1),), wishes=wishes,
        leaves=(Leave("007", date(2026, 10, 2), date(2026, 10, 2)), Leave("007", days[1], days[1])),
    )  # fmt: skip
    count = count_all(Roster(problem, duties)).counts[0]
    assert (count.minutes, count.duties, count.rest, count.leave) == (1440, 3, 0, 1)
    assert (count.weekends, count.holidays, dict(count.posts)) == (1, 2, {"主旺旺": 3, "值日": 3})
    assert (count.asked, count.met) == (3, 2)


def test_cover_tells_the_worse_of_two_and_leaves_posts_out_of_a_bare_grid(roster: Roster) -> None:
    day = roster.problem.days[0]
    demands = (
        Demand(day, ("白",), minimum=1), Demand(day, ("白",), minimum=1, target=3, source=Source("f", "s", "B9")),
        Demand(day, minimum=1, maximum=1), Demand(day, post="值班经理", minimum=1), Demand(date(2026, 12, 1), minimum=9),
    )  # fmt: skip
    problem = replace(roster.problem, demands=demands)
    rows = covered.needs(Roster(problem, roster.duties))
    assert [(need.label, need.by_day[day].words) for need in rows] == [
        ("白", "1/3"), ("在岗", "2/1\n多1"), ("值班经理", "0/1\n缺1"),
    ]  # fmt: skip
    assert rows[0].at(day, Source("f", "s", "B9")) == rows[0].by_day[day]
    assert rows[0].at(day, None) is None
    bare = covered.needs(Roster(problem, roster.duties, detailed=False))
    assert [need.label for need in bare] == ["白", "在岗"]
