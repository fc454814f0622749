"""Social insurance and housing fund."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from cstools.days import month_of
from cstools.language import Text, mark
from cstools.money import percent, show, to_unit
from cstools.pay.case import Case
from cstools.pay.element import Element, Stage, parameter
from cstools.pay.hit import plain
from cstools.pay.law import SCHEMES, Scheme, Share
from cstools.pay.people import Employee, PayTerms
from cstools.pay.slip import Fact, Given, Group, Notice, Why
from cstools.tables import kinds

if TYPE_CHECKING:
    from cstools.pay.inputs import Inputs

FUND = "fund"
MONTH = "insurance.month"  # a fact: the month insured, as 202610
WORK, PAID = "work", "paid"
MONTHS = {WORK: (mark("month worked"), "上班月", "当月"), PAID: (mark("month paid"), "发薪月", "次月")}


@dataclass(frozen=True)
class Insurance(Element):
    """Each scheme of the city by its own base, rates and rounding, once a month; the employer's share beside it.

    The base is last year's monthly average within the scheme's floor and ceiling. Whoever joins after ``joined_by`` of
    a month, or leaves before ``left_from``, is not insured in it (社会保险法 art. 58 leaves 30 days).
    """

    label: ClassVar[str] = mark("insurance and fund")
    sentence: ClassVar[str] = mark(
        "Insurance and housing fund of the {month} by city; whoever joins after the {joined_by}. or leaves before the "
        "{left_from}. of a month is not insured in it."
    )
    stage: ClassVar[Stage] = Stage.INSURE
    always: ClassVar[bool] = True

    month: str = parameter(mark("insured month"), kinds.choice(MONTHS), WORK, (WORK, PAID))
    joined_by: int = parameter(mark("joined by day"), kinds.whole.between(0, 31), 31, (31, 15, 0))
    left_from: int = parameter(mark("left from day"), kinds.whole.between(1, 32), 1, (1, 15, 32))

    def undecided(self, inputs: "Inputs") -> Iterator[tuple[str, Text]]:
        """What the tables leave to the desk: rates within a span, bases they don't know, cities they don't have."""
        asked: dict[tuple[str, str], Text] = {}
        for employee in inputs.employees.values():
            terms = employee.terms.values[-1][1] if employee.terms.values else PayTerms()
            bases = tuple(_bases(terms))
            if bases and terms.city not in inputs.law.schemes:
                text = Text("sheet 城市参数 has no rows for {city} ({where})", city=terms.city or "–",
                            where=str(employee.source or ""))  # fmt: skip
                asked.setdefault((terms.city, "city"), text)
                continue
            for key, _ in bases:
                if question := _question(inputs, terms, key):
                    asked.setdefault((terms.city, key), question)
        yield from ((key, question) for (_, key), question in sorted(asked.items()))

    def lines(self, case: Case) -> Iterator[Given]:
        """The worker's own lines and the employer's, and which month they are of."""
        month = case.run.month if self.month == WORK else case.run.tax_month
        insured = Decimal(f"{month:%Y%m}")
        bases = dict(_bases(case.terms))
        if not case.holds or not bases or not self.insures(case.employee, month):
            return
        if any(slip.facts.get(MONTH) == insured for slip in case.past):
            return
        city = case.terms.city
        schemes = {key: found for key in bases if (found := case.inputs.law.scheme(city, key, month))}
        if not schemes:
            text = Text("{city} has no rates of insurance in {month}: nothing is taken", city=city or "–",
                        month=f"{month:%Y-%m}")  # fmt: skip
            yield Notice(text, grave=True, source=str(case.employee.source or ""))
            return
        yield Fact(MONTH, insured)
        for key, scheme in schemes.items():
            yield from self._scheme(case, key, scheme, bases[key])

    def insures(self, employee: Employee, month: date) -> bool:
        """Whether somebody is insured in a month."""
        first, last = month_of(month)
        hired, left = employee.hired, employee.left
        if (hired and hired > last) or (left and left < first):
            return False
        late = hired is not None and hired >= first and hired.day > self.joined_by
        early = left is not None and left <= last and left.day < self.left_from
        return not late and not early

    def _scheme(self, case: Case, key: str, scheme: Scheme, base: Decimal) -> Iterator[Given]:
        """The worker's line and the employer's; none where nobody pays a share."""
        name = Text(SCHEMES[key])
        clamped = scheme.clamp(base)
        clamp = Text("{city}[[, from {floor}]][[ to {ceiling}]]", city=case.terms.city, floor=_show(scheme.floor),
                     ceiling=_show(scheme.ceiling))  # fmt: skip
        bases = (Why(Text("base entered {base}", base=show(base)), source=str(case.employee.source or "")),
                 Why(clamp, source=scheme.source))  # fmt: skip
        shares = ((Group.INSURANCE, scheme.own, name, -1),
                  (Group.EMPLOYER, scheme.employer, Text("{scheme}, employer", scheme=name), 1))  # fmt: skip
        for group, share, label, sign in shares:
            rate = _rate(share, case.terms.fund_rate if key == FUND else None)
            if rate is None:
                text = Text("the rate of {scheme} in {city} is not chosen: nothing is taken", scheme=name,
                            city=case.terms.city)  # fmt: skip
                yield Notice(text, grave=True, source=scheme.source)
                continue
            amount = (to_unit(clamped * rate, scheme.unit) + share.fixed) * sign
            if amount:
                text = Text("{base} × {rate}, rounded to {unit} yuan[[, and {fixed} yuan besides]]", base=show(clamped),
                            rate=percent(rate), unit=f"{scheme.unit:f}", fixed=plain(share.fixed) or None)  # fmt: skip
                told = Why(text, amount, scheme.source, bases)
                product = {} if share.fixed else {"quantity": clamped, "rate": rate}
                yield self.line(amount, told, group, label, **product)


def _bases(terms: PayTerms) -> Iterator[tuple[str, Decimal]]:
    """The base of each scheme that somebody takes part in."""
    for key in SCHEMES:
        base = terms.fund_base if key == FUND else terms.insurance_base
        if base is not None:
            yield key, base


def _rate(share: Share, chosen: Decimal | None) -> Decimal | None:
    """A share's rate: the one chosen where it lies within, the only one, or None for one that is still to be chosen."""
    if chosen is not None and chosen in share:
        return chosen
    return share.rate


def _question(inputs: "Inputs", terms: PayTerms, key: str) -> Text | None:
    """What the desk must still enter for a scheme of a city."""
    city = inputs.law.schemes[terms.city]
    if key not in city:
        return None
    scheme: Any = city[key].values[-1][1]
    about = {"scheme": Text(SCHEMES[key]), "city": terms.city}
    chosen = terms.fund_rate if key == FUND else None
    for share in (scheme.own, scheme.employer):
        if _rate(share, chosen) is None:
            where = Text("column 公积金比例 of sheet 人员") if key == FUND else Text("sheet 城市参数")
            return Text("{scheme} in {city}: which rate from {least} to {most}? ({where})", **about,
                        least=percent(share.least), most=percent(share.most), where=where)  # fmt: skip
    if not scheme.known:
        return Text("{scheme} in {city}: which least and greatest base? (sheet 城市参数)", **about)
    return None


def _show(amount: Decimal | None) -> str | None:
    return None if amount is None else show(amount)
