"""Why somebody works a duty, and why a wish was not granted. Knows no solver."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cstools.errors import Source
from cstools.language import Text
from cstools.roster.inputs import Wish
from cstools.roster.reasons import LABELS, NOTHING, Audit, Move, Reason, demand_of, reasons
from cstools.roster.roster import Roster, tiers
from cstools.roster.rule import Breach
from cstools.shifts import Duty


@dataclass(frozen=True)
class Held:
    """Why a person has a duty: what would break without it, and why nobody else could take it.

    Where nothing would break, ``costs`` says what a day off instead would cost the soft rules, by tier.
    """

    duty: Duty
    name: str
    lost: tuple[Breach, ...]
    others: tuple[Reason, ...]
    takers: tuple[str, ...]
    costs: tuple[tuple[int, int], ...]

    @property
    def lines(self) -> list[Text]:
        """What a lead is told."""
        about = {"name": self.name, "day": self.duty.day, "shift": self.duty.shift}
        if not self.lost:
            costs = costly(self.costs)
            return [Text("{name} {day} {shift}: nothing would break without it; {costs}", costs=costs, **about)]
        found = [Text("{name} {day} {shift}: without it {what}", what=self.lost[0].text, **about)]
        if self.takers:
            found.append(Text("could take it: {names}", names=self.takers))
        elif self.others:
            counts = Counter(reason.kind for reason in self.others)
            why = [Text("{label} {count}", label=Text(LABELS[one]), count=counts[one]) for one in LABELS if counts[one]]
            found.append(Text("nobody else could take it: {why}", why=why))
        return found


def costly(costs: Iterable[tuple[int, int]]) -> Text:
    """What a change of a roster costs, in words."""
    shown = [Text("tier {tier}: {cost}", tier=tier, cost=f"{cost:+d}") for tier, cost in costs]
    return Text("costs: {costs}", costs=shown) if shown else Text("it would cost nothing")


def why_works(roster: Roster, person: str, days: Iterable[date]) -> list[Held]:
    """Each of a person's duties on some days, and why it is theirs."""
    audit = Audit(roster)
    return [_held(audit, duty) for day in days if (duty := roster.duty(person, day)) and day in roster.problem.horizon]


def _held(audit: Audit, duty: Duty) -> Held:
    move = Move(audit, duty.person, duty.day, None)
    lost = (*audit.shortages(move), *audit.hard(move))
    demand = next((found for breach in lost if (found := demand_of(audit.problem, breach))), None)
    others: tuple[Reason, ...] = ()
    if demand:
        without = Audit(Roster(audit.problem, audit.roster.duties - {duty}, detailed=audit.roster.detailed))
        others = tuple(reason for reason in reasons(without, demand) if reason.person != duty.person)
    takers = tuple(audit.problem.person[reason.person].name for reason in others if reason.kind == NOTHING)
    name = audit.problem.person[duty.person].name
    costs = () if lost else tuple(audit.costs(move).items())
    return Held(duty, name, lost, others, takers, costs)


@dataclass(frozen=True)
class Refused:
    """Why a wish was not granted: what it would break, or what it would cost by tier."""

    wish: Wish
    text: Text
    source: Source | None = None

    @property
    def line(self) -> Text:
        """What a lead is told, with the cell that it comes from."""
        return Text("{text} [{cell}]", text=self.text, cell=str(self.source)) if self.source else self.text


def unmet(roster: Roster) -> list[Wish]:
    """The wishes that the roster does not grant."""
    problem = roster.problem
    return [
        wish
        for wish in problem.wishes
        if wish.person in problem.person
        and wish.day in problem.horizon
        and (roster.shift(wish.person, wish.day) in problem.codes(wish.shifts, wish.day)) is not wish.on
    ]


def why_refused(roster: Roster, wishes: Sequence[Wish]) -> list[Refused]:
    """Why each of some wishes was not granted: the cheapest way to grant it is looked at."""
    audit = Audit(roster)
    return [_refused(audit, wish) for wish in wishes]


def _refused(audit: Audit, wish: Wish) -> Refused:
    problem = audit.problem
    name = problem.person[wish.person].name
    codes = problem.codes(wish.shifts, wish.day)
    if wish.on:
        ways: list[Duty | None] = [_duty(audit.roster, wish, code) for code in codes]
    else:
        ways = [None, *(_duty(audit.roster, wish, code) for code in problem.shifts_on(wish.day) if code not in codes)]
    best: tuple[tuple[int, ...], Text, Source | None] | None = None
    for way in ways:
        found = _judged(audit, wish, way)
        if best is None or found[0] < best[0]:
            best = found
    what = best[1] if best else Text("there is no such shift that day")
    text = Text("{name}'s wish for {day}: {what}", name=name, day=wish.day, what=what)
    return Refused(wish, text, (best[2] if best else None) or wish.source)


def _duty(roster: Roster, wish: Wish, code: str) -> Duty:
    slots = roster.problem.shifts_on(wish.day)[code].meals
    return Duty(wish.day, code, wish.person, (), slots[0] if slots else None)


def _judged(audit: Audit, wish: Wish, way: Duty | None) -> tuple[tuple[int, ...], Text, Source | None]:
    """How bad a way to grant a wish is (the least first), in words, and where that comes from."""
    move = Move(audit, wish.person, wish.day, way)
    if breach := next(audit.hard(move), None):
        source = breach.source or (breach.stated.source if breach.stated else None)
        rule = Text(breach.stated.rule.label) if breach.stated else ""
        return (2,), Text("then {what} (rule “{rule}”)", what=breach.text, rule=rule), source
    if breach := next(audit.shortages(move), None):
        return (1,), Text("then {what}", what=breach.text), breach.source
    costs = audit.costs(move)
    return (0, *(costs.get(tier, 0) for tier in tiers(audit.problem))), costly(costs.items()), None
