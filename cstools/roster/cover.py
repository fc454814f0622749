"""How many people a demand finds: counted the same way in a plan and in a finished roster."""

from datetime import timedelta
from typing import TYPE_CHECKING

from cstools.days import show_time
from cstools.language import Text
from cstools.people import Person
from cstools.roster.inputs import Demand
from cstools.roster.problem import Problem
from cstools.roster.rule import Place
from cstools.roster.scope import Scope
from cstools.shifts import DAY, Duty

if TYPE_CHECKING:
    from cstools.roster.plan import Plan, Term
    from cstools.roster.roster import Roster


def demands(problem: Problem, scope: Scope) -> list[Demand]:
    """The demands on the days that a rule is scoped to."""
    return [demand for demand in problem.demands if scope.on(demand.day)]


def _counts(demand: Demand, person: Person) -> bool:
    return not demand.skill or demand.skill in person.on(demand.day).skills


def terms(plan: "Plan", demand: Demand) -> list[list["Term"]]:
    """What counts towards a demand: one list of terms, or one for each moment of a window."""
    problem = plan.problem
    people = [person.number for person in problem.people if _counts(demand, person)]
    if demand.window:
        return [_present(plan, demand, people, moment) for moment in moments(problem, demand)]
    codes = [code for code in problem.shifts_on(demand.day) if demand.takes(code)]
    if demand.post:
        return [[plan.holds(number, demand.day, code, demand.post) for number in people for code in codes]]
    return [[plan.works(number, demand.day, code) for number in people for code in codes]]


def counts(roster: "Roster", demand: Demand) -> list[int]:
    """How many people a finished roster gives a demand: one number, or one for each moment of a window."""
    problem = roster.problem
    people = {person.number for person in problem.people if _counts(demand, person)}
    if demand.window:
        return [
            sum(
                _there(problem, duty, back, moment) and demand.takes(duty.shift)
                for back in (0, 1)
                for duty in roster.of(demand.day - timedelta(days=back))
                if duty.person in people
            )
            for moment in moments(problem, demand)
        ]
    duties = [duty for duty in roster.of(demand.day) if duty.person in people and demand.takes(duty.shift)]
    return [sum(not demand.post or demand.post in duty.posts for duty in duties)]


def moments(problem: Problem, demand: Demand) -> list[int]:
    """The moments of a window at which the number of people present can change, its start included."""
    first, last = demand.window or (0, DAY)
    edges = {first}
    for back in (0, 1):
        for shift in problem.shifts_on(demand.day - timedelta(days=back)).values():
            for start, end in ((shift.start, shift.end), *shift.meals):
                edges |= {start - back * DAY, end - back * DAY}
    return sorted(edge for edge in edges if first <= edge < last)


def _present(plan: "Plan", demand: Demand, people: list[str], moment: int) -> list["Term"]:
    """Who works at a moment, less who eats then."""
    found: list[Term] = []
    for back in (0, 1):
        day, minute = demand.day - timedelta(days=back), moment + back * DAY
        for code, shift in plan.problem.shifts_on(day).items():
            if demand.takes(code) and shift.start <= minute < shift.end:
                slots = [slot for slot in shift.meals if slot[0] <= minute < slot[1]]
                for number in people:
                    found.append(plan.works(number, day, code))
                    found += [(plan.eats(number, day, code, slot), -1) for slot in slots]
    return found


def _there(problem: Problem, duty: Duty, back: int, moment: int) -> bool:
    """Whether a duty has its person at the desk at a moment of the day ``back`` days after it."""
    shift, minute = problem.shifts_on(duty.day)[duty.shift], moment + back * DAY
    eating = duty.meal is not None and duty.meal[0] <= minute < duty.meal[1]
    return shift.start <= minute < shift.end and not eating


def place(demand: Demand) -> Place:
    """Where a demand is."""
    return Place((), (demand.day,), demand.shifts)


def what(demand: Demand) -> Text:
    """What a demand asks for, in words: 11-12 晚 售后 主旺旺 12:00–13:00."""
    window = f"{show_time(demand.window[0])}–{show_time(demand.window[1])}" if demand.window else ""
    words = ("/".join(demand.shifts), demand.skill, demand.post, window)
    return Text(
        "{day} {what}", day=demand.day, what=" ".join(word for word in words if word) or Text("anybody on duty")
    )
