"""Swaps, substitutes and absences: granted and refused for the right reasons, and remembered at every version."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest

from cstools.dated import Dated
from cstools.days import span
from cstools.duties import Facts, Posted, board, on_duty_at, record, rests_owed, unfilled, versions
from cstools.errors import Refused, UsageFault
from cstools.journal import Journal
from cstools.language import speak
from cstools.people import Person, Terms
from cstools.roster.changes import Granted, could_take, grant
from cstools.roster.history import diff_words
from cstools.roster.inputs import Demand
from cstools.roster.problem import Problem
from cstools.roster.proposal import Change
from cstools.roster.publish import restore
from cstools.roster.rule import Rule, Stated, Strength
from cstools.roster.rules.cover_minimum import CoverMinimum
from cstools.roster.rules.leave import OnLeave
from cstools.roster.rules.rest import Rest
from cstools.roster.rules.shift_count import ShiftCount
from cstools.roster.rules.skilled import Skilled
from cstools.shifts import Duty, Shift, ShiftBook
from cstools.team.leave import Leave

MONDAY = date(2026, 11, 2)
FRIDAY_BEFORE = datetime(2026, 10, 30, 17, 0)
DAY = Shift("白", "白班", 9 * 60, 18 * 60, 480, "早班")
LATE = Shift("晚", "晚班", 15 * 60, 24 * 60, 480, "晚班", skills=frozenset({"售后"}))
SHIFTS = {"白": DAY, "晚": LATE}
NAMES = {"001": "甲", "002": "乙", "003": "丙", "004": "丁", "005": "戊", "006": "己"}
WEEK = ["白晚休白休晚", "晚白休休晚白", "休晚白白晚休", "休休晚白白晚", "白休白晚休晚", "白白晚休休晚", "晚休白晚白休"]


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def problem_of(first: date, last: date) -> Problem:
    """Six people, of whom 006 has no 售后, one 白 and one 晚 needed each day, eleven hours of rest, and a leave."""
    people = tuple(
        Person(number, name, Dated.always(Terms(skills=frozenset(() if number == "006" else ("售后",)))))
        for number, name in NAMES.items()
    )
    rules: tuple[tuple[Rule, Strength, int], ...] = (
        (CoverMinimum(), Strength.SOFT, 1), (Rest(), Strength.HARD, 1), (OnLeave(), Strength.HARD, 1),
        (Skilled(), Strength.HARD, 1), (ShiftCount(shifts=("晚",), at_most=2), Strength.SOFT, 2),
    )  # fmt: skip
    days = span(first, last)
    return Problem(
        days, people, ShiftBook.of(SHIFTS.values()), tuple(Stated(rule, strength, tier) for rule, strength, tier in rules),
        demands=tuple(Demand(day, (code,), minimum=1) for day in days for code in SHIFTS),
        leaves=(Leave("005", day(2), day(2)),),
    )  # fmt: skip


def posted(number: int, person: str, code: str, posts: tuple[str, ...] = ()) -> Posted:
    return Posted.of(Duty(day(number), code, person, posts), SHIFTS[code])


def week_of(words: list[str], first: int = 0) -> list[Posted]:
    """Days as strings: their letters are what 001, 002, … work."""
    return [posted(first + nth, person, code) for nth, line in enumerate(words)
            for person, code in zip(NAMES, line, strict=True) if code != "休"]  # fmt: skip


@pytest.fixture(autouse=True)
def english(chinese: None) -> None:  # noqa: ARG001 - after it
    speak("en")


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return publish(
        Journal(tmp_path / "journal.db"), week_of(["白晚白休休白", "休晚白晚休白", "白晚休休休白", "白晚白休休休"]), 4
    )


def publish(
    journal: Journal, duties: list[Posted], days: int, first: int = 0, now: datetime = FRIDAY_BEFORE
) -> Journal:
    with journal.writing(by="组长", now=now) as book:
        record(
            book,
            Facts("published"),
            board(book).published(frozenset(map(day, range(first, first + days))), duties, NAMES),
        )
    return journal


def ask(journal: Journal, change: Change, now: datetime = FRIDAY_BEFORE) -> Granted:
    return grant(journal, problem_of, replace(change, approved_by=change.approved_by or "赵主管"), by="组长", now=now)


def refusal(journal: Journal, change: Change, now: datetime = FRIDAY_BEFORE) -> str:
    """The words of a refusal, which has changed nothing."""
    before = journal.path.read_bytes()
    with pytest.raises(Refused) as error:
        ask(journal, change, now)
    assert journal.path.read_bytes() == before
    return str(error.value)


def codes(journal: Journal, *cells: tuple[str, int]) -> str:
    now = board(journal)
    found = (now.of(person, day(number)) for person, number in cells)
    return "".join(each.duty.shift if each else "休" for each in found)


# --- granted ----------------------------------------------------------------------------------------------------------


def test_a_swap_on_two_days_exchanges_both_duties(journal: Journal) -> None:
    granted = ask(journal, Change("swap", "丁", day(1), "甲", day(2)))
    assert codes(journal, ("004", 1), ("001", 1), ("004", 2), ("001", 2)) == "休晚白休"
    assert granted.version.facts.approved_by == "赵主管"
    assert not granted.version.facts.late
    assert rests_owed(journal) == []


def test_a_swap_on_one_day_exchanges_shifts_with_their_posts(tmp_path: Path) -> None:
    duties = [posted(0, "001", "白", ("主旺旺",)), posted(0, "002", "晚")]
    journal = publish(Journal(tmp_path / "journal.db"), duties, 1)
    ask(journal, Change("swap", "001", day(0), "002", day(0)))
    assert board(journal).cells == {
        (day(0), "001"): posted(0, "001", "晚"),
        (day(0), "002"): posted(0, "002", "白", ("主旺旺",)),
    }


def test_a_substitute_on_a_day_off_is_owed_a_rest(journal: Journal) -> None:
    ask(journal, Change("substitute", "甲", day(0), "戊"))
    assert codes(journal, ("001", 0), ("005", 0)) == "休白"
    assert rests_owed(journal) == [("005", day(0))]


def test_an_absence_leaves_a_shortage_and_says_who_could_come(journal: Journal) -> None:
    granted = ask(journal, Change("absent", "乙", day(0)))
    assert codes(journal, ("002", 0)) == "休"
    (lack,) = granted.lacks
    assert lack.place.shifts == ("晚",)
    assert granted.version.facts.shortages == (lack.text,)
    assert [person.number for person in granted.could] == ["004", "005"]


def test_an_absence_can_be_filled_afterwards_and_only_once(journal: Journal) -> None:
    ask(journal, Change("absent", "乙", day(0)))
    assert set(unfilled(journal)) == {(day(0), "002")}
    held, people = could_take(journal, problem_of, "乙", day(0))
    assert (held.duty.shift, [person.number for person in people]) == ("晚", ["004", "005"])
    version = ask(journal, Change("substitute", "乙", day(0), "丁")).version
    assert codes(journal, ("002", 0), ("004", 0)) == "休晚"
    assert version.facts.instead == "002"
    assert rests_owed(journal) == [("004", day(0))]
    assert unfilled(journal) == {}
    assert "has no duty" in refusal(journal, Change("substitute", "乙", day(0), "戊"))
    restore(journal, 2, by="组长", now=FRIDAY_BEFORE)
    ask(journal, Change("substitute", "乙", day(0), "戊"))
    restore(journal, 1, by="组长", now=FRIDAY_BEFORE)
    assert unfilled(journal) == {}


@pytest.mark.parametrize(
    ("now", "late"), [(datetime(2026, 11, 2, 14, 59), False), (datetime(2026, 11, 2, 15, 0), True)]
)
def test_what_is_recorded_after_the_shift_began_is_marked_so(journal: Journal, now: datetime, *, late: bool) -> None:
    agreed = datetime(2026, 11, 2, 12, 0)
    version = ask(journal, Change("substitute", "乙", day(0), "戊", at=agreed), now).version
    assert (version.facts.late, version.at, version.recorded) == (late, agreed, now)


# --- refused ----------------------------------------------------------------------------------------------------------


def test_too_short_a_rest_refuses_and_names_those_who_could(journal: Journal) -> None:
    words = refusal(journal, Change("substitute", "甲", day(2), "丁"))  # 004 works till 24:00 the night before
    assert "丁" in words.splitlines()[1]
    assert "11-03" in words
    assert words.splitlines()[-1].endswith("丙 (003)")


def test_a_missing_skill_a_leave_and_a_shortage_refuse(journal: Journal) -> None:
    assert "己" in refusal(journal, Change("swap", "002", day(0), "006", day(0))).splitlines()[1]
    assert "戊" in refusal(journal, Change("substitute", "001", day(2), "005")).splitlines()[1]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (Change("absent", "丁", day(0)), "丁 has no duty on 2026-11-02 Mon"),
        (Change("absent", "甲", day(9)), "2026-11-11 Wed isn't published"),
        (Change("substitute", "甲", day(0), "乙"), "乙 already has 晚 on 2026-11-02 Mon"),
        (Change("swap", "甲", day(0), "丙", day(1)), "丙 already has 白 on 2026-11-02 Mon"),
        (Change("absent", "甲", day(0), approved_by=" "), "nobody has approved"),
        (Change("absent", "甲", day(0), approved_by="甲"), "nobody approves their own"),
        (Change("swap", "甲", day(0), "丙", day(0)), "both have 白 on 2026-11-02 Mon"),
    ],
)
def test_what_cannot_be_is_refused_in_words(journal: Journal, change: Change, why: str) -> None:
    assert why in refusal(journal, change)


def test_nobody_unknown_and_no_approval_from_the_future(journal: Journal) -> None:
    for change in (Change("absent", "庚", day(0)), Change("absent", "甲", day(0), at=FRIDAY_BEFORE + timedelta(minutes=1)),
                   Change("substitute", "甲", day(0), "甲")):  # fmt: skip
        with pytest.raises(UsageFault):
            ask(journal, change)
    assert len(versions(journal)) == 1


def test_what_was_broken_before_does_not_count(journal: Journal) -> None:
    now = board(journal)
    with journal.writing(by="组长", now=FRIDAY_BEFORE) as book:  # 002 off: nobody is there late on Wednesday
        record(book, Facts("absent"), now.changed({(day(2), "002"): None}))
    ask(journal, Change("substitute", "甲", day(2), "丙"))


def test_an_absence_is_a_fact_once_the_shift_has_begun(tmp_path: Path) -> None:
    def strict(first: date, last: date) -> Problem:
        problem = problem_of(first, last)
        return replace(problem, rules=tuple(replace(stated, strength=Strength.HARD) for stated in problem.rules))

    journal = publish(Journal(tmp_path / "journal.db"), week_of(["白晚休休休休"]), 1)
    change = Change("absent", "乙", day(0), approved_by="赵主管")
    with pytest.raises(Refused):
        grant(journal, strict, change, by="组长", now=datetime(2026, 11, 2, 14, 0))
    granted = grant(journal, strict, change, by="组长", now=datetime(2026, 11, 2, 15, 30))
    assert granted.version.facts.late
    assert len(granted.lacks) == 1


def test_who_could_take_a_duty_the_cheapest_first(tmp_path: Path) -> None:
    late = [posted(number, "001", "晚") for number in range(3)] + [posted(3, "002", "晚")]
    journal = publish(Journal(tmp_path / "journal.db"), late, 4)
    held, people = could_take(journal, problem_of, "002", day(3))
    assert held.duty.shift == "晚"
    assert [person.number for person in people] == ["003", "004", "005", "001"]  # 001 has had two of at most two


# --- a month, against a plain model -----------------------------------------------------------------------------------

Cells = dict[tuple[str, date], str]


def allowed(before: Cells, after: Cells, days: list[date], *, absent: bool) -> bool:
    """Whether a change keeps eleven hours of rest, skills, leave and, but for absences, one 白 and one 晚 a day."""

    def tired(cells: Cells) -> set[tuple[str, date]]:
        return {(person, each) for (person, each), code in cells.items()
                if code == "白" and cells.get((person, each - timedelta(days=1))) == "晚"}  # fmt: skip

    def wrong(cells: Cells) -> set[tuple[str, date]]:
        return {cell for cell, code in cells.items() if (cell[0] == "006" and code == "晚") or cell == ("005", day(2))}

    def short(cells: Cells) -> set[tuple[str, date]]:
        there = {(code, each) for (_, each), code in cells.items()}
        return {(code, each) for each in days for code in "白晚"} - there

    broken = tired(after) - tired(before) | wrong(after) - wrong(before)
    return not broken and (absent or not short(after) - short(before))


def proposed(cells: Cells, change: Change) -> Cells | None:
    """The cells after a change; None where duties aren't as it needs them."""
    mine = (change.person, change.day)
    if mine not in cells:
        return None
    after = dict(cells)
    if change.what == "absent":
        del after[mine]
        return after
    assert change.other_day
    theirs = (change.other, change.other_day)
    if theirs not in cells:
        return None
    if change.day != change.other_day and (
        (change.person, change.other_day) in cells or (change.other, change.day) in cells
    ):
        return None
    if change.day == change.other_day and cells[mine] == cells[theirs]:
        return None
    code, other = after.pop(mine), after.pop(theirs)
    after[change.other, change.day], after[change.person, change.other_day] = code, other
    return after


def random_change(chance: Random, days: list[date], *, absent: bool) -> Change:
    person, other = chance.sample(sorted(NAMES), 2)
    if absent:
        return Change("absent", person, chance.choice(days))
    one = chance.choice(days)
    return Change("swap", person, one, other, chance.choice([one, chance.choice(days)]))


class Month:
    """The journal and the plain model side by side; every version's model is kept."""

    def __init__(self, journal: Journal, chance: Random) -> None:
        self.journal, self.chance = journal, chance
        self.models: list[tuple[frozenset[date], Cells]] = [(frozenset(), {})]
        self.clock = FRIDAY_BEFORE

    @property
    def cells(self) -> Cells:
        return self.models[-1][1]

    @property
    def days(self) -> list[date]:
        return sorted(self.models[-1][0])

    def publish(self, week: int) -> None:
        self.clock += timedelta(hours=1)
        lines = WEEK[week:] + WEEK[:week]
        duties = week_of(lines, 7 * week)
        publish(self.journal, duties, 7, 7 * week, self.clock)
        added = {(each.duty.person, each.duty.day): each.duty.shift for each in duties}
        self.models.append((self.models[-1][0] | {day(7 * week + nth) for nth in range(7)}, self.cells | added))

    def try_it(self, change: Change) -> None:
        """Ask for a change, which is granted or refused as the model says."""
        self.clock += timedelta(minutes=5)
        after = proposed(self.cells, change)
        absent = change.what == "absent"
        if after is not None and allowed(self.cells, after, self.days, absent=absent):
            ask(self.journal, change, self.clock)
            self.models.append((self.models[-1][0], after))
        else:
            refusal(self.journal, change, self.clock)

    def restore(self) -> None:
        self.clock += timedelta(minutes=5)
        number = self.chance.randrange(1, len(self.models))
        if restore(self.journal, number, by="组长", now=self.clock):
            self.models.append(self.models[number])

    def compare(self) -> None:
        """Every version, every difference between neighbours, and who is on duty at some moments."""
        found = versions(self.journal)
        assert len(found) == len(self.models) - 1
        for number, (days, cells) in enumerate(self.models):
            then = board(self.journal, number)
            assert then.days == days
            assert {(person, each): one.duty.shift for (each, person), one in then.cells.items()} == cells
            if number:
                self.compare_moves(number)
            moment = datetime.combine(day(self.chance.randrange(28)), time(self.chance.randrange(24)))
            there = {each.duty.person for each in on_duty_at(self.journal, moment, as_of=number)}
            assert there == set(self.there(cells, moment))

    def compare_moves(self, number: int) -> None:
        before, after = self.models[number - 1][1], self.models[number][1]
        affected = {cell for cell in before | after if before.get(cell) != after.get(cell)}
        moves = versions(self.journal)[number - 1].moves
        assert {(move.person, move.day) for move in moves} == affected
        words = diff_words(moves, board(self.journal, number))
        assert [str(line).split(" (")[0] for line in words] == [
            NAMES[person] for person in sorted({cell[0] for cell in affected})
        ]

    def there(self, cells: Cells, moment: datetime) -> Iterator[str]:
        hour = moment.hour
        for person in NAMES:
            code = cells.get((person, moment.date()))
            if (code == "白" and 9 <= hour < 18) or (code == "晚" and hour >= 15):
                yield person


def test_a_month_of_publishing_twenty_swaps_six_absences_and_restores(tmp_path: Path) -> None:
    month = Month(Journal(tmp_path / "journal.db"), Random(2026))
    swaps, absences = {True: 15, False: 5}, 6
    for week in range(4):
        month.publish(week)
    while any(swaps.values()) or absences:
        change = random_change(month.chance, month.days, absent=absences * 3 > sum(swaps.values()))
        after = proposed(month.cells, change)
        if after is None:
            continue
        right = allowed(month.cells, after, month.days, absent=change.what == "absent")
        if change.what == "absent" and right:
            absences -= 1
        elif change.what == "swap" and swaps[right]:
            swaps[right] -= 1
        else:
            continue
        month.try_it(change)
        if sum(swaps.values()) % 5 == 0:
            month.restore()
    assert len([version for version in versions(month.journal) if version.facts.what in {"swap", "absent"}]) == 21
    month.compare()


@pytest.mark.parametrize("seed", range(20))
def test_any_sequence_of_changes_is_what_the_model_says(tmp_path: Path, seed: int) -> None:
    month = Month(Journal(tmp_path / "journal.db"), Random(seed))
    month.publish(0)
    for _ in range(25):
        step = month.chance.random()
        if step < 0.1 and len(month.days) < 28:
            month.publish(len(month.days) // 7)
        elif step < 0.2:
            month.restore()
        else:
            month.try_it(random_change(month.chance, month.days, absent=step < 0.35))
    month.compare()
