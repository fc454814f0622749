"""Why somebody does not work a shift: what giving it to them would break. Knows no solver."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cstools.errors import Source
from cstools.language import Text
from cstools.roster.inputs import Demand
from cstools.roster.problem import OFF
from cstools.roster.roster import Roster, breaches
from cstools.roster.rule import Breach, Place, Stated, Strength
from cstools.shifts import Duty

# What a lead can't change by moving shifts comes first: it is the decisive reason where several hold.
FIRST = ("employment", "skilled", "leave", "fixed", "meeting", "rest")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a person is not at a place: in words, with the cell or the neighbouring duty that it comes from.

    ``breach`` is the hard rule that would be broken, None where nothing hard stands against it.
    """

    person: str
    text: Text
    source: Source | None = None
    place: Place | None = None
    breach: Breach | None = None


def with_duty(roster: Roster, person: str, day: date, code: str, post: str = "") -> Roster:
    """The roster with one cell changed: to this shift (holding a post), or to a day off."""
    others = [duty for duty in roster.duties if (duty.person, duty.day) != (person, day)]
    if code == OFF:
        return Roster(roster.problem, others, detailed=roster.detailed)
    shift = roster.problem.shifts_on(day)[code]
    meals = {duty.meal: 0 for duty in others} | dict.fromkeys(shift.meals, 0)
    for duty in others:
        if duty.day == day and duty.meal in meals:
            meals[duty.meal] += 1
    meal = min(shift.meals, key=lambda slot: meals[slot], default=None)
    duty = Duty(day, code, person, (post,) if post else (), meal)
    return Roster(roster.problem, [*others, duty], detailed=roster.detailed)


class Audit:
    """What a roster breaks now, to tell what a change of it would break anew."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        rank = {name: nth for nth, name in enumerate(FIRST)}
        self._rules = sorted(roster.problem.rules, key=lambda stated: rank.get(stated.rule.name(), len(rank)))
        self._now: dict[int, dict[tuple[Place, str], int]] = {}

    def hard(self, changed: Roster) -> Iterator[Breach]:
        """The breaches of hard rules that a changed roster has and this one has not, the decisive ones first."""
        for nth, stated in enumerate(self._rules):
            if stated.strength is Strength.HARD:
                yield from self._new(nth, stated, changed)

    def shortages(self, changed: Roster) -> Iterator[Breach]:
        """The shortages of cover that a changed roster has and this one has not."""
        for nth, stated in enumerate(self._rules):
            if stated.rule.shortage:
                yield from self._new(nth, stated, changed)

    def _new(self, nth: int, stated: Stated, changed: Roster) -> Iterator[Breach]:
        if nth not in self._now:
            self._now[nth] = {_key(breach): breach.amount for breach in breaches(self.roster, stated)}
        for breach in breaches(changed, stated):
            if breach.amount > self._now[nth].get(_key(breach), 0):
                yield breach


def _key(breach: Breach) -> tuple[Place, str]:
    return breach.place, f"{breach.text.key} {breach.source}"


def why_not(audit: Audit, person: str, demand: Demand) -> Reason | None:
    """The one decisive reason why a person is not at a place that lacks somebody; None where the person is there."""
    roster, problem = audit.roster, audit.roster.problem
    who = problem.person[person]
    worked = roster.duty(person, demand.day)
    if worked and demand.takes(worked.shift) and (not demand.post or demand.post in worked.posts):
        if not demand.skill or who.has((demand.skill,), demand.day):
            return None
    if not who.employed(demand.day):
        return Reason(person, Text("{name} is not employed on {day}", name=who.name, day=demand.day))
    if demand.skill and not who.has((demand.skill,), demand.day):
        return Reason(person, Text("{name} isn't trained for {skill}", name=who.name, skill=demand.skill))
    found = [_against(audit, person, demand, code) for code in problem.shifts_on(demand.day) if demand.takes(code)]
    return min(found, key=lambda reason: reason.breach is not None, default=None)


def _against(audit: Audit, person: str, demand: Demand, code: str) -> Reason:
    """What stands against one shift."""
    roster = audit.roster
    name = roster.problem.person[person].name
    changed = with_duty(roster, person, demand.day, code, demand.post)
    breach = next(audit.hard(changed), None)
    if breach:
        text = Text("{rule}: {what}", rule=Text(breach.stated.rule.label) if breach.stated else "", what=breach.text)
        return Reason(person, text, breach.source, breach.place, breach)
    worked = roster.duty(person, demand.day)
    lost = next((found for found in audit.shortages(changed) if _elsewhere(found, demand)), None)
    if worked and lost:
        text = Text("{name} works {shift} that day and is missing there: {what}", name=name, shift=worked.shift, what=lost.text)
        return Reason(person, text, lost.source, Place((person,), (demand.day,), (worked.shift,)))
    if lost:
        return Reason(person, Text("{name} would be missing elsewhere: {what}", name=name, what=lost.text), lost.source, lost.place)
    return Reason(person, Text("nothing forbids {name}: a longer search may place them", name=name))


def _elsewhere(breach: Breach, demand: Demand) -> bool:
    return breach.source != demand.source or breach.place.days != (demand.day,)
