"""The one door to explanations: why places are empty, or why there is no roster, and what to do about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from cstools.language import Text
from cstools.roster.inputs import Demand
from cstools.roster.problem import Problem
from cstools.roster.reasons import Audit, Reason, demand_of, missing, reasons
from cstools.roster.result import Status
from cstools.roster.roster import Roster, breaches
from cstools.roster.rule import Breach
from cstools.roster.solver import Clock
from cstools.roster.why.arithmetic import Arithmetic, Counted, counted
from cstools.roster.why.conflict import Contradiction, contradiction, relaxations
from cstools.roster.why.fill import Filler, Proposal
from cstools.roster.why.search import Budget

SECONDS: Final = 20.0
FOR_CONFLICT: Final = 0.6  # share of the time in which the contradiction is made small


@dataclass(frozen=True)
class Shortage:
    """An empty place: why each who is not there is not, and the cheapest changes that fill it.

    ``counted`` says where counting heads alone shows that it can't be filled.
    """

    breach: Breach
    demand: Demand
    reasons: tuple[Reason, ...]
    counted: Counted | None = None
    proposals: tuple[Proposal, ...] = ()

    @property
    def why(self) -> list[Text]:
        """A line for each reason; who lacks the same skill stands in one."""
        found: dict[object, list[Reason]] = {}
        for reason in self.reasons:
            about = reason.text.params
            same = reason.kind in {"employment", "skilled"} and "name" in about
            found.setdefault(Text(reason.text.key, **{**about, "name": ""}) if same else reason, []).append(reason)
        lines = [self.counted.text] if self.counted else []
        for group in found.values():
            text, source = group[0].text, group[0].source
            if len(group) > 1:
                names = [one.text.params["name"] for one in group]
                text = Text(text.key, **{**text.params, "name": names})
            lines.append(Text("{text} [{cell}]", text=text, cell=str(source)) if source else text)
        return lines

    @property
    def what_to_do(self) -> list[Text]:
        """A line for each proposal, the best first."""
        return _numbered(self.proposals)


@dataclass(frozen=True)
class Explanation:
    """Why a roster is short, or why there is none. Without ``complete`` the time ended before all was looked at."""

    shortages: tuple[Shortage, ...] = ()
    counted: tuple[Counted, ...] = ()
    contradiction: Contradiction | None = None
    relaxations: tuple[Proposal, ...] = ()
    complete: bool = True
    solves: int = 0
    seconds: float = 0.0

    def under(self, breach: Breach) -> list[Text]:
        """What stands under a shortage in sheet 检查: why, then what to do."""
        found = next((one for one in self.shortages if one.breach == breach), None)
        return [*found.why, *found.what_to_do] if found else []

    @property
    def lines(self) -> list[Text]:
        """All of it, indented by what it belongs to."""
        found: list[Text] = []
        for shortage in self.shortages:
            found += [shortage.breach.text, *(_indent(line) for line in (*shortage.why, *shortage.what_to_do))]
        found += [_at(one.text, one.source) for one in self.counted]
        if self.contradiction:
            found.append(
                Text("These contradict each other; leave out any one, and the rest of them fit together:")
                if self.contradiction.minimal
                else Text("These contradict each other (not proven to be the fewest):")
            )
            found += [_indent(_at(element.text, element.source)) for element in self.contradiction.elements]
        if self.relaxations:
            found.append(Text("Any one of these would make a roster possible:"))
            found += [_indent(line) for line in _numbered(self.relaxations)]
        if not self.complete:
            found.append(Text("The time ended before all was looked at; more time may find more."))
        return found


def _numbered(proposals: Sequence[Proposal]) -> list[Text]:
    return [Text("{nth}. {text}", nth=nth, text=one.text) for nth, one in enumerate(proposals, 1)]


def _indent(text: Text) -> Text:
    return Text("    {text}", text=text)


def _at(text: Text, source: object) -> Text:
    return Text("{text} [{cell}]", text=text, cell=str(source)) if source else text


def explain(
    problem: Problem,
    roster: Roster | None,
    status: Status = Status.FEASIBLE,
    *,
    seconds: float = SECONDS,
    deterministic: bool = False,
    wanted: Callable[[Demand], bool] = lambda _: True,
) -> Explanation:
    """Explain a roster's shortages (those wanted), or, where there is none, why there can't be one.

    An UNKNOWN status is explained by counting alone: nothing is proven then.
    """
    budget = Budget(Clock(seconds, deterministic=deterministic))
    if roster is not None:
        return _of_shortages(roster, budget, wanted)
    found = tuple(counted(problem))
    if status is not Status.INFEASIBLE:
        return Explanation(counted=found, complete=False)
    budget.until = seconds * (1 - FOR_CONFLICT)
    why = contradiction(problem, budget)
    budget.until = 0.0
    ways = tuple(relaxations(problem, budget))
    complete = why is not None and not budget.ended
    return Explanation((), found, why, ways, complete, budget.solves, budget.clock.elapsed())


def shortages(roster: Roster) -> list[Breach]:
    """The shortages of a roster, day by day."""
    stated = [one for one in roster.problem.rules if one.rule.shortage]
    found = [breach for one in stated for breach in breaches(roster, one)]
    return sorted(found, key=lambda breach: breach.place.days)


def _of_shortages(roster: Roster, budget: Budget, wanted: Callable[[Demand], bool]) -> Explanation:
    asked = [
        (breach, demand)
        for breach in shortages(roster)
        if (demand := demand_of(roster.problem, breach)) and missing(roster, demand) and wanted(demand)
    ]
    if not asked:
        return Explanation()
    audit, arithmetic = Audit(roster), Arithmetic(roster.problem)
    why = [(breach, demand, reasons(audit, demand), arithmetic.of_demand(demand)) for breach, demand in asked]
    filler = Filler(roster, budget)
    found: list[Shortage] = []
    for nth, (breach, demand, against, count) in enumerate(why):
        budget.until = budget.clock.left() * (1 - 1 / (len(why) - nth))  # the rest is for the places after it
        proposals = filler.proposals(demand)
        found.append(Shortage(breach, demand, against, count, tuple(proposals)))
    return Explanation(tuple(found), complete=not budget.ended, solves=budget.solves, seconds=budget.clock.elapsed())
