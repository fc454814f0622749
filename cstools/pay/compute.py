"""From inputs to slips: every stated element is asked in the order of its stage; then the identities are checked."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from cstools.language import Text
from cstools.money import fen
from cstools.pay.case import Case
from cstools.pay.element import Stated
from cstools.pay.inputs import Inputs
from cstools.pay.people import Employee
from cstools.pay.run import Run, RunKind
from cstools.pay.slip import Fact, Line, Notice, Slip, Why


class BrokenIdentityError(AssertionError):
    """A sum that must hold doesn't: a bug of ours that stops the run."""


def compute(run: Run, inputs: Inputs) -> tuple[Slip, ...]:
    """The slips of a run, by employee number. Raises BrokenIdentityError rather than give one that is wrong."""
    inputs = replace(inputs, run=run, _once={})  # what was made once for another run is not this one's
    slips = tuple(_slip(run, employee, inputs) for employee in paid(run, inputs))
    problems = list(_broken(slips))
    if not run.only:
        problems += [problem for stated in inputs.stated if asked(run, stated)
                     for problem in stated.element.broken(inputs, slips)]  # fmt: skip
    if problems:
        raise BrokenIdentityError("; ".join(problems))
    return slips


def paid(run: Run, inputs: Inputs) -> Iterator[Employee]:
    """Who is paid in a run: those named, else everybody employed on a day of its periods, nobody twice.

    A bonus by itself may be paid to whoever has had wages.
    """
    done = inputs.settled if run.kind is RunKind.BONUS else inputs.settled | inputs.paid
    for number, employee in sorted(inputs.employees.items()):
        periods = (run.work, run.attendance, run.commission)
        usual = number not in done and any(employee.employed(period) for period in periods)
        if number in run.only or (not run.only and usual):
            yield employee


def _slip(run: Run, employee: Employee, inputs: Inputs) -> Slip:
    notices: list[Notice] = []
    case: Case | None = None
    for stated in in_order(inputs.stated):
        case = case.as_stated(stated) if case else Case(run, employee, inputs, stated)
        if not asked(run, stated):
            continue
        given = tuple(stated.element.lines(case))
        notices += [item for item in given if isinstance(item, Notice)]
        lines = tuple(_as_set(item, stated) for item in given if isinstance(item, Line))
        facts = tuple(item for item in given if isinstance(item, Fact))
        case = replace(case, lines=case.lines + lines, facts=case.facts + facts)
    if case is None:
        return Slip(employee.number, employee.name, run.id)
    facts_by_key = {fact.key: fact.value for fact in case.facts}
    terms = case.terms
    about = {"department": terms.department, "position": terms.position, "level": terms.level, "city": terms.city,
             "bank": terms.bank, "account": terms.account, "id_type": employee.id_type,
             "id_number": employee.id_number, "dingtalk": dict(employee.accounts).get("dingtalk", "")}  # fmt: skip
    return Slip(employee.number, employee.name, run.id, case.lines, facts_by_key, tuple(notices), about)


def _as_set(line: Line, stated: Stated) -> Line:
    """A line whose reason ends with the desk's own settings of its element, where it has made some."""
    if not stated.words:
        return line
    setting = Why(Text("as set: {words}", words=stated.words), source=str(stated.source or ""))
    return replace(line, why=replace(line.why, parts=(*line.why.parts, setting)))


def asked(run: Run, stated: Stated) -> bool:
    """Whether an element is asked in a run: one that pays a bonus by itself asks few."""
    return run.kind is not RunKind.BONUS or stated.element.in_bonus


def in_order(stated: Iterable[Stated]) -> list[Stated]:
    """Elements by stage, and within one as the desk states them: the order of a slip's lines."""
    return sorted(stated, key=lambda one: one.element.stage)


def _broken(slips: Iterable[Slip]) -> Iterator[str]:
    """The identities of every slip (pay-law: money): fen, Σ lines = net, a why that adds up, never a negative net."""
    for slip in slips:
        for line in slip.lines:
            if line.amount != fen(line.amount) or line.amount.as_tuple().exponent != -2:  # noqa: PLR2004 - fen
                yield f"{slip.person} {line.item}: {line.amount} is not in fen"
            if problem := unexplained(line.why, line.amount):
                yield f"{slip.person} {line.item}: {problem}"
        if slip.net < 0:
            yield f"{slip.person}: net {slip.net} is negative"


def unexplained(why: Why, amount: Decimal) -> str:
    """What in a reason doesn't add up to an amount; empty where all does.

    Where parts carry amounts, they add up to what they explain, each to the fen.
    """
    if why.amount is not None and why.amount != amount:
        return f"{why.text.key!r} says {why.amount}, the amount is {amount}"
    money = [part for part in why.parts if part.amount is not None]
    if money and (found := sum((part.amount or Decimal(0) for part in money), Decimal(0))) != amount:
        return f"the parts of {why.text.key!r} make {found}, not {amount}"
    return next((problem for part in money if (problem := unexplained(part, part.amount or Decimal(0)))), "")
