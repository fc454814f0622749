"""The four profiles: each is a desk that runs at once, and together they state every rule there is."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from cstools.cli.options.desk import ROSTER_PROFILES
from cstools.days import span
from cstools.desk import Desk
from cstools.language import speak
from cstools.roster.doctor import examine
from cstools.roster.problem import Problem
from cstools.roster.reader import read_all, read_problem
from cstools.roster.result import Limits
from cstools.roster.rules import all_rules
from cstools.roster.solve import solve
from cstools.roster.template import new_desk

MONDAY = date(2026, 11, 16)
SIZES = {"shop": 24, "callcentre": 16, "office": 8, "hotline": 30}


def week(folder: Path, profile: str) -> Problem:
    new_desk(folder, profile, MONDAY)
    return read_problem(Desk.find(folder), span(MONDAY, MONDAY + timedelta(days=6)))[0]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("profile", ROSTER_PROFILES)
def test_nothing_is_wrong_with_a_new_desk(profile: str, language: str, tmp_path: Path) -> None:
    speak(language)
    new_desk(tmp_path, profile, MONDAY)
    faults, notes = examine(tmp_path)
    assert not faults
    assert len(notes) == 1, "leave that nobody has approved"
    problem = read_all(Desk.find(tmp_path), span(MONDAY, MONDAY)).problem
    assert len(problem.people) == SIZES[profile]


@pytest.mark.parametrize("profile", ROSTER_PROFILES)
def test_a_week_of_a_new_desk_breaks_nothing(profile: str, tmp_path: Path) -> None:
    result = solve(week(tmp_path, profile), Limits(8))
    assert result.roster
    assert result.broken == []


def test_together_the_profiles_state_every_rule(tmp_path: Path) -> None:
    stated = set()
    for profile in ROSTER_PROFILES:
        problem = week(tmp_path / profile, profile)
        stated |= {one.rule.name() for one in problem.rules if one.source}
    assert stated == set(all_rules())


@pytest.mark.parametrize("profile", ROSTER_PROFILES)
def test_numbers_keep_their_zeros_and_people_their_privacy(profile: str, tmp_path: Path) -> None:
    people = week(tmp_path, profile).people
    assert all(person.number == person.number.strip() and not person.number.isspace() for person in people)
    assert {"shop": "007", "callcentre": "0807", "office": "K07", "hotline": "007"}[profile] in {
        p.number for p in people
    }


@pytest.mark.parametrize("first", [date(2027, 1, 4), date(2026, 12, 28), date(2026, 9, 28)])
def test_days_count_from_the_desks_first(first: date, tmp_path: Path) -> None:
    new_desk(tmp_path, "shop", first)
    problem = read_all(Desk.find(tmp_path), span(first, first)).problem
    joined = problem.person["016"].hired
    assert joined == first
    assert problem.person["024"].left == first + timedelta(days=27)


def test_meeting_and_exam_on_two_days_running_leave_room_for_the_rest_day(tmp_path: Path) -> None:
    """The call centre's exam is on the month's fourth Tuesday, the day after its meeting."""
    new_desk(tmp_path, "callcentre", date(2026, 11, 23))
    problem, _ = read_problem(Desk.find(tmp_path), span(date(2026, 11, 23), date(2026, 11, 29)))
    result = solve(problem, Limits(8))
    assert result.roster
    assert result.broken == []
