"""Why somebody does not work a shift: what giving it to them would break. Knows no solver."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from cstools.errors import Source
from cstools.language import Text, mark
from cstools.roster import cover
from cstools.roster.inputs import Demand
from cstools.roster.problem import Problem
from cstools.roster.roster import Roster, breaches
from cstools.roster.rule import Breach, Place, Stated, Strength, View
from cstools.shifts import DAY, Duty

# What a lead can't change by moving shifts comes first: it is the decisive reason where several hold.
FIRST: Final = ("employment", "skilled", "leave", "fixed", "meeting", "rest")
OTHER, ELSEWHERE, NOTHING = "other", "elsewhere", "nothing"
KINDS: Final = (*FIRST, OTHER, ELSEWHERE, NOTHING)
LABELS: Final = {
    "employment": mark("not employed"),
    "skilled": mark("not trained"),
    "leave": mark("on leave that day"),
    "fixed": mark("filled in by hand"),
    "meeting": mark("at a meeting"),
    "rest": mark("too little rest"),
    OTHER: mark("other rules"),
    ELSEWHERE: mark("needed elsewhere"),
    NOTHING: mark("could take it"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a person is not at a place: in words, with the cell or the neighbouring duty that it comes from.

    ``kind`` is one of KINDS; ``breach`` is the hard rule that would be broken, None where nothing hard is against it.
    """

    person: str
    kind: str
    text: Text
    source: Source | None = None
    place: Place | None = None
    breach: Breach | None = None

    @property
    def near(self) -> int:
        """How near the person is to the place: the less a lead can do about the reason, the smaller."""
        return KINDS.index(self.kind)


class Move:
    """A roster with one cell changed: a duty given, or taken away (None)."""

    def __init__(self, audit: "Audit", person: str, day: date, duty: Duty | None) -> None:
        self.audit, self.person, self.day, self.duty = audit, person, day, duty

    @cached_property
    def row(self) -> Roster:
        """The person's own roster."""
        return self._with(self.audit.row(self.person))

    @cached_property
    def near(self) -> Roster:
        """Everybody's roster of the day and the next."""
        return self._with(self.audit.near(self.day))

    @cached_property
    def whole(self) -> Roster:
        """Everybody's roster."""
        return self._with(self.audit.roster)

    def _with(self, roster: Roster) -> Roster:
        others = [duty for duty in roster.duties if (duty.person, duty.day) != (self.person, self.day)]
        duties = [*others, self.duty] if self.duty else others
        return Roster(roster.problem, duties, detailed=roster.detailed)


class Audit:
    """What a roster breaks now, to tell what a change of one cell would break anew, and cost, without reading it all:
    a rule says by its ``view`` what its breaches hang on.
    """

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.problem = roster.problem
        rank = {name: nth for nth, name in enumerate(FIRST)}
        hard = [stated for stated in self.problem.rules if stated.strength is Strength.HARD]
        self._hard = sorted(hard, key=lambda stated: rank.get(stated.rule.name(), len(rank)))
        self._rows: dict[str, Roster] = {}
        self._near: dict[date, Roster] = {}
        self._now: dict[tuple[int, object], dict[tuple[Place, str], int]] = {}

    def hard(self, move: Move) -> Iterator[Breach]:
        """The breaches of hard rules that a move adds, the decisive ones first."""
        for stated in self._hard:
            yield from self._new(stated, move)

    def shortages(self, move: Move) -> Iterator[Breach]:
        """The shortages of cover that a move adds."""
        for stated in self.problem.rules:
            if stated.rule.shortage:
                yield from self._new(stated, move)

    def costs(self, move: Move) -> dict[int, int]:
        """How much dearer a move makes the soft rules (or cheaper, below 0), by tier, where it makes a difference."""
        found: dict[int, int] = {}
        for stated in self.problem.rules:
            if stated.strength is Strength.SOFT:
                now = sum(self._known(stated, move).values())
                then = sum(breach.amount for breach in breaches(self._view(stated, move), stated))
                found[stated.tier] = found.get(stated.tier, 0) + (then - now) * stated.weight
        return {tier: cost for tier, cost in sorted(found.items()) if cost}

    def _new(self, stated: Stated, move: Move) -> Iterator[Breach]:
        known = self._known(stated, move)
        for breach in breaches(self._view(stated, move), stated):
            if breach.amount > known.get(_key(breach), 0):
                yield breach

    @staticmethod
    def _view(stated: Stated, move: Move) -> Roster:
        if stated.rule.view is View.ALL:
            return move.whole
        return move.near if stated.rule.view is View.DAY else move.row

    def _known(self, stated: Stated, move: Move) -> Mapping[tuple[Place, str], int]:
        """What the rule finds before a move, where the move can matter."""
        of: object = None
        roster = self.roster
        if stated.rule.view is View.DAY:
            of, roster = move.day, self.near(move.day)
        elif stated.rule.view is not View.ALL:
            of, roster = move.person, self.row(move.person)
        key = id(stated), of
        if key not in self._now:
            found: dict[tuple[Place, str], int] = {}
            for breach in breaches(roster, stated):
                found[_key(breach)] = found.get(_key(breach), 0) + breach.amount
            self._now[key] = found
        return self._now[key]

    def row(self, person: str) -> Roster:
        """One person's roster as a problem of its own."""
        if person not in self._rows:
            problem = replace(
                self.problem,
                people=tuple(one for one in self.problem.people if one.number == person),
                past=frozenset(duty for duty in self.problem.past if duty.person == person),
                leaves=tuple(self.problem.leaves_by_person.get(person, ())),
                fixed=tuple(cell for cell in self.problem.fixed if cell.person == person),
                wishes=tuple(wish for wish in self.problem.wishes if wish.person == person),
            )
            duties = [duty for duty in self.roster.duties if duty.person == person]
            self._rows[person] = Roster(problem, duties, detailed=self.roster.detailed)
        return self._rows[person]

    def near(self, day: date) -> Roster:
        """Everybody's roster of a day and the next (the night goes on), those of the day before being there too."""
        if day not in self._near:
            days = tuple(one for one in (day, day + timedelta(days=1)) if one in self.problem.horizon)
            before = day - timedelta(days=1)
            problem = replace(
                self.problem,
                days=days,
                demands=tuple(demand for one in days for demand in self.problem.demands_by_day.get(one, ())),
                wishes=tuple(wish for wish in self.problem.wishes if wish.day in days),
                past=frozenset(duty for duty in self.problem.past if duty.day >= before),
            )
            duties = [duty for duty in self.roster.duties if before <= duty.day <= days[-1]] if days else []
            self._near[day] = Roster(problem, duties, detailed=self.roster.detailed)
        return self._near[day]


def _key(breach: Breach) -> tuple[Place, str]:
    # What a demand asks for tells demands of one cell and day apart.
    return breach.place, f"{breach.text.key} {breach.text.params.get('what')!r} {breach.source}"


# -- a place that lacks somebody -------------------------------------------------------------------------------------


def demand_of(problem: Problem, breach: Breach) -> Demand | None:
    """The demand that a shortage is about."""
    asked = breach.text.params.get("what")
    for day in breach.place.days:
        for demand in problem.demands_by_day.get(day, ()):
            if demand.source == breach.source and cover.place(demand) == breach.place and cover.what(demand) == asked:
                return demand
    return None


def missing(roster: Roster, demand: Demand) -> int:
    """How many people a demand lacks, at its worst moment."""
    return max(0, demand.minimum - min(cover.counts(roster, demand), default=0))


def why_not(audit: Audit, person: str, demand: Demand) -> Reason | None:
    """The one decisive reason why a person is not at a place that lacks somebody; None where the person is there."""
    who = audit.problem.person[person]
    if not who.employed(demand.day):
        return Reason(person, FIRST[0], Text("{name} is not employed on {day}", name=who.name, day=demand.day))
    if not who.has(filter(None, (demand.skill,)), demand.day):
        return Reason(person, FIRST[1], Text("{name} isn't trained for {skill}", name=who.name, skill=demand.skill))
    asked = _asked(audit.roster, demand)
    if any(_there(audit.roster, person, demand, day, code, moments) for day, code, moments in asked):
        return None
    found = [_against(audit, person, demand, day, code, moments) for day, code, moments in asked]
    return max(found, key=lambda reason: reason.near, default=None)


def reasons(audit: Audit, demand: Demand) -> tuple[Reason, ...]:
    """Why each person who is not at a place is not, those who are nearest to it first."""
    found = (why_not(audit, person.number, demand) for person in audit.problem.people)
    return tuple(sorted((reason for reason in found if reason), key=lambda reason: -reason.near))


def _asked(roster: Roster, demand: Demand) -> list[tuple[date, str, list[int]]]:
    """The duties that would help a demand, and in a window the moments of the day that lack somebody."""
    problem = roster.problem
    if not demand.window:
        return [(demand.day, code, []) for code in problem.shifts_on(demand.day) if demand.takes(code)]
    counts = zip(cover.moments(problem, demand), cover.counts(roster, demand), strict=True)
    lacking = [moment for moment, count in counts if count < demand.minimum]
    found = []
    for back in (0, 1):
        day = demand.day - timedelta(days=back)
        for code, shift in problem.shifts_on(day).items() if day in problem.horizon else ():
            inside = [moment + back * DAY for moment in lacking if shift.start <= moment + back * DAY < shift.end]
            if inside and demand.takes(code):
                found.append((day, code, inside))
    most = max((len(moments) for _, _, moments in found), default=0)
    return [one for one in found if len(one[2]) == most]


def _there(roster: Roster, person: str, demand: Demand, day: date, code: str, moments: list[int]) -> bool:
    duty = roster.duty(person, day)
    if duty is None or duty.shift != code or (demand.post and demand.post not in duty.posts):
        return False
    return not any(duty.meal and duty.meal[0] <= moment < duty.meal[1] for moment in moments)


def placed(roster: Roster, person: str, demand: Demand, day: date, code: str, moments: list[int]) -> Duty:
    """A duty that helps a demand: who works the shift already keeps its posts; meals are taken when fewest eat."""
    now = roster.duty(person, day)
    posts = now.posts if now and now.shift == code else ()
    eating: dict[tuple[int, int] | None, int] = {}
    for duty in roster.of(day):
        eating[duty.meal] = eating.get(duty.meal, 0) + (duty.person != person)

    def dear(slot: tuple[int, int]) -> tuple[bool, int]:
        return any(slot[0] <= moment < slot[1] for moment in moments), eating.get(slot, 0)

    slots = roster.problem.shifts_on(day)[code].meals
    keep = now and now.shift == code and not moments
    meal = now.meal if now and keep else min(slots, key=dear, default=None)
    post = (demand.post,) if demand.post and demand.post not in posts else ()
    return Duty(day, code, person, (*posts, *post), meal)


def _against(audit: Audit, person: str, demand: Demand, day: date, code: str, moments: list[int]) -> Reason:
    """What stands against one shift."""
    name = audit.problem.person[person].name
    worked = audit.roster.duty(person, day)
    duty = placed(audit.roster, person, demand, day, code, moments)
    move = Move(audit, person, day, duty)
    if breach := next(audit.hard(move), None):
        return _broken(audit.problem, person, breach)
    if worked == duty:
        text = Text("{name} is on {shift} and eats then; it has no other meal time", name=name, shift=code)
        return Reason(person, OTHER, text, None, Place((person,), (day,), (code,)))
    if moments and _lack(move.near, demand) >= _lack(audit.near(day), demand):
        text = Text("{name} is on {shift}; another meal time only moves the gap", name=name, shift=code)
        return Reason(person, OTHER, text, None, Place((person,), (day,), (code,)))
    lost = next((found for found in audit.shortages(move) if demand_of(audit.problem, found) != demand), None)
    if lost and worked:
        about = {"name": name, "shift": worked.shift, "what": lost.text}
        text = Text("{name} works {shift} that day and would be missing there: {what}", **about)
        return Reason(person, ELSEWHERE, text, lost.source, Place((person,), (day,), (worked.shift,)))
    if lost:
        text = Text("{name} would be missing elsewhere: {what}", name=name, what=lost.text)
        return Reason(person, ELSEWHERE, text, lost.source, lost.place)
    return Reason(person, NOTHING, Text("nothing forbids {name}: a longer search may place them", name=name))


def _lack(roster: Roster, demand: Demand) -> int:
    """How much a window lacks, all its moments together."""
    return sum(max(0, demand.minimum - count) for count in cover.counts(roster, demand))


def _broken(problem: Problem, person: str, breach: Breach) -> Reason:
    """A hard rule against a shift, in words of what is, not of what would be, where there are any."""
    rule = breach.stated.rule.name() if breach.stated else ""
    label = Text(breach.stated.rule.label) if breach.stated else ""
    source = breach.source or (breach.stated.source if breach.stated else None)
    text = _what_is(problem, person, rule, breach) or Text("then {what} (rule “{rule}”)", what=breach.text, rule=label)
    return Reason(person, rule if rule in FIRST else OTHER, text, source, breach.place, breach)


def _what_is(problem: Problem, person: str, rule: str, breach: Breach) -> Text | None:
    name, day = problem.person[person].name, breach.place.days[-1]
    if rule == "skilled":
        skills = sorted(problem.shifts_on(day)[breach.place.shifts[0]].skills)
        return Text("{name} isn't trained for {skill}", name=name, skill="/".join(skills))
    if rule == "fixed":
        shift = problem.fixed_by_cell[person, day].shift or Text("a day off")
        return Text("{name}'s {day} is filled in by hand: {shift}", name=name, day=day, shift=shift)
    if rule != "leave":
        return None
    leaves = [leave for leave in problem.leaves_by_person[person] if leave.first <= day <= leave.last]
    leave = next(leave for leave in leaves if leave.source == breach.source)
    about = {"name": name, "day": day, "kind": leave.kind or Text("leave")}
    if leave.approved:
        return Text("{name} is on leave on {day} ({kind})", **about)
    return Text("{name} has asked for leave on {day} ({kind}, not approved)", **about)
