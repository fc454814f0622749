"""Every pay element keeps its contract, those of today and those to come.

On small random desks (tests/pay_sampler.py), for each element: amounts are in fen and every why adds up, nothing is paid
below nothing and the parts of a pool make the pool (``compute`` itself refuses otherwise); the order of orders, events
and rows changes nothing; nobody out of scope gets anything; a value that is entered anew on some day, unchanged,
changes nothing. An element added later is held to this by being there; its parameters' ``samples`` say with which values.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pay_sampler as sampler
import pays
import pytest

from cstools.dated import Dated
from cstools.days import span
from cstools.errors import Source
from cstools.journal import pack
from cstools.language import Text
from cstools.pay.compute import BrokenIdentityError, compute, unexplained
from cstools.pay.element import EVERYBODY, Element, Stage, Stated
from cstools.pay.elements import all_elements
from cstools.pay.elements.after_sales_cost import AfterSalesCost
from cstools.pay.elements.base import Base
from cstools.pay.elements.callbacks import Callbacks
from cstools.pay.elements.commission import Commission
from cstools.pay.elements.net_floor import NetFloor
from cstools.pay.inputs import Inputs
from cstools.pay.past import Past
from cstools.pay.run import Run, RunKind
from cstools.pay.slip import Slip, Why

SEEDS = range(40)
HARDLY = 5  # slips on which an element must at least have given something
MONTHS = (date(2025, 12, 1), date(2026, 1, 1), date(2026, 9, 1), date(2026, 2, 1))


@dataclass(frozen=True)
class Sample:
    """A month's run on a random desk that has had a run of the month before, with an element stated there."""

    run: Run
    inputs: Inputs
    stated: Stated
    change: date


def draw(rng: Random, kind: type[Element]) -> Element:
    """An element with one of its samples for each parameter."""
    return kind(**{name: rng.choice(about["samples"]) for name, about in kind.parameters().items()})


def samples(kind: type[Element], seeds: Iterable[int] = SEEDS) -> Iterator[Sample]:
    """Random desks on which nothing is left to choose."""
    for seed in seeds:
        rng = Random(seed)
        month = rng.choice(MONTHS)
        following = (month + timedelta(days=31)).replace(day=1)
        before, now = sampler.run(rng, month), sampler.run(rng, following)
        if kind.in_bonus and rng.random() < 0.3:
            now = replace(now, kind=RunKind.BONUS)
        elif rng.random() < 0.1:
            now = replace(now, kind=RunKind.LEAVER, only=("002",))
        bare = sampler.inputs(rng, month - timedelta(days=6), now.work.last)
        scope = sampler.scope(rng, bare) if kind.stage < Stage.CLOSE else EVERYBODY
        first = rng.choice((None, None, rng.choice(span(now.work.first, now.work.last))))
        stated = Stated(draw(rng, kind), scope, first, source=Source("pay.xlsx", "薪资项目", "A5"))
        given = replace(bare, stated=(*context(kind), stated))
        if not open_choices(given, before) and not open_choices(given, now):
            yield Sample(now, later(given, before), stated, rng.choice(span(now.work.first, now.work.last)))


def context(kind: type[Element]) -> tuple[Stated, ...]:
    """What stands beside an element: a base pay to take from, and what keeps pay from being negative."""
    beside: list[Element] = [Commission("店铺"), NetFloor(), *([Base("paid")] if kind.stage < Stage.CLOSE else [])]
    if kind.stage > Stage.EARN:
        beside += [AfterSalesCost(Decimal(200)), Callbacks(weeks="four")]
    return tuple(Stated(element) for element in beside if not isinstance(element, kind))


def open_choices(given: Inputs, run: Run) -> bool:
    """Whether something must be chosen first."""
    asked = replace(given, run=run)
    return any(True for stated in given.stated for _ in stated.element.undecided(asked))


def later(given: Inputs, before: Run) -> Inputs:
    """The same with the run before it kept."""
    made = pays.slips(given, before)
    return replace(given, past={number: Past((pays.past(before, slip),)) for number, slip in made.items()})


def told(slips: Iterable[Slip]) -> list[str]:
    """Everything that slips say, lines and notices in an order of their own."""
    return [f"{slip.person} {sorted(slip.facts.items())} {sorted(map(repr, slip.lines))} {sorted(map(repr, slip.notices))}"
            for slip in slips]  # fmt: skip


def gives(sample: Sample, slips: Sequence[Slip]) -> dict[str, bool]:
    """Whose slip an element has changed."""
    try:
        bare = compute(sample.run, without(sample))
    except BrokenIdentityError:  # what keeps pay from being negative
        return {slip.person: True for slip in slips}
    return {slip.person: told([slip]) != told([other]) for slip, other in zip(slips, bare, strict=True)}


def without(sample: Sample) -> Inputs:
    return replace(sample.inputs, stated=tuple(one for one in sample.inputs.stated if one is not sample.stated))


def outsiders(sample: Sample) -> set[str]:
    """For whom an element doesn't hold on any day of the run, employed or not."""
    periods = (sample.run.work, sample.run.attendance, sample.run.commission)
    first = max(min(period.first for period in periods), sample.stated.first or date.min)
    days = span(first, max(period.last for period in periods))
    return {number for number, employee in sample.inputs.employees.items()
            if not any(sample.stated.scope.covers(employee, day) for day in days)}  # fmt: skip


def shuffled(rng: Random, given: Inputs) -> Inputs:
    """The same facts in another order of files, rows and people."""

    def mixed(items: Iterable[Any]) -> tuple[Any, ...]:
        found = list(items)
        rng.shuffle(found)
        return tuple(found)

    orders = given.orders and replace(given.orders, sales=mixed(given.orders.sales),
                                      refunds=mixed(given.orders.refunds))  # fmt: skip
    attendance = given.attendance and replace(given.attendance, days=dict(mixed(given.attendance.days.items())))
    return replace(given, orders=orders, attendance=attendance, events=mixed(given.events), leave=mixed(given.leave),
                   rates=mixed(given.rates), standards=mixed(given.standards), allowances=mixed(given.allowances),
                   employees=dict(mixed(given.employees.items())))  # fmt: skip


def parted(given: Inputs, day: date) -> Inputs:
    """The same facts, all that has dates entered anew on a day."""

    def again(dated: Dated[Any]) -> Dated[Any]:
        value = dated.on(day)
        return Dated.since([*dated.values, (day, value)]) if value is not None else dated

    def twice(rows: Iterable[Any]) -> tuple[Any, ...]:
        found: list[Any] = []
        for row in rows:
            within = (row.first or date.min) < day <= (row.last or date.max)
            found += [replace(row, last=day - timedelta(days=1)), replace(row, first=day)] if within else [row]
        return tuple(found)

    law = replace(given.law, wages=again(given.law.wages), bonus=again(given.law.bonus),
                  cities={name: again(one) for name, one in given.law.cities.items()},
                  numbers={name: again(one) for name, one in given.law.numbers.items()})  # fmt: skip
    return replace(
        given, law=law, rates=twice(given.rates), allowances=twice(given.allowances), standards=twice(given.standards),
        employees={number: replace(one, terms=again(one.terms)) for number, one in given.employees.items()},
        bases={number: again(one) for number, one in given.bases.items()},
        level_bases={level: again(one) for level, one in given.level_bases.items()},
    )  # fmt: skip


@pytest.mark.parametrize("name", all_elements())
def test_an_element_keeps_its_contract(name: str) -> None:
    gave = 0
    for nth, sample in enumerate(samples(all_elements()[name])):
        about = f"sample {nth}: {sample.stated}"
        slips = compute(sample.run, sample.inputs)  # fen, whys, identities, no negative net
        given = gives(sample, slips)
        gave += sum(given.values())
        for number in outsiders(sample):
            assert not given.get(number), f"{about}: {number} is out of scope"
        mixed = compute(sample.run, shuffled(Random(nth), sample.inputs))
        assert told(mixed) == told(slips), f"{about}: the order of rows matters"
        again = compute(sample.run, parted(sample.inputs, sample.change))
        assert told(again) == told(slips), f"{about}: it matters that {sample.change} was entered anew"
    assert gave >= HARDLY, f"the samples hardly try this element: {gave}"


def test_all_elements_stand_together() -> None:
    used: set[str] = set()
    for seed in range(60):
        rng = Random(seed)
        run = sampler.run(rng, rng.choice(MONTHS))
        bare = sampler.inputs(rng, run.work.first - timedelta(days=6), run.work.last)
        drawn = [Stated(draw(rng, kind), sampler.scope(rng, bare)) for kind in all_elements().values()]
        given = replace(bare, stated=tuple(one for one in drawn if not any(
            True for _ in one.element.undecided(replace(bare, run=run)))))  # fmt: skip
        slips = compute(run, given)
        assert told(compute(run, shuffled(rng, given))) == told(slips)
        used |= {line.item for slip in slips for line in slip.lines}
        for slip in slips:
            assert slip.net == sum(line.amount for line in slip.lines if line.group.value != "employer") >= 0
    assert used >= set(all_elements()) - {"minimum_wage", "score", "things"}, set(all_elements()) - used


@pytest.mark.parametrize("name", all_elements())
def test_every_reason_can_be_kept_and_leads_to_a_source(name: str) -> None:
    """A why is told from what was kept, so it holds nothing that a journal can't; below it stands where it comes from."""
    sources, lines = 0, 0
    for sample in samples(all_elements()[name], range(12)):
        for slip in compute(sample.run, sample.inputs):
            for line in slip.lines:
                if line.item == name:
                    lines += 1
                    reasons = list(every(line.why))
                    sources += any(one.source or one.text.key == "carried from before" for one in reasons)
                    assert all(kept(one.text) for one in reasons), line
    assert sources == lines or all_elements()[name].stage is Stage.CLOSE  # which adds up what other lines are


def every(why: Why) -> Iterator[Why]:
    yield why
    for part in why.parts:
        yield from every(part)


def kept(text: Text) -> bool:
    """Whether a journal can keep a sentence as it is."""
    return isinstance(pack(text), dict) and all(
        value is None or isinstance(value, str | int | date | Text | tuple | list) for value in text.params.values()
    )


def test_a_why_whose_parts_do_not_add_up_is_found() -> None:
    part = Why(Text("part"), Decimal("1.00"))
    assert unexplained(Why(Text("sum"), Decimal("2.00"), parts=(part, part)), Decimal("2.00")) == ""
    assert unexplained(Why(Text("sum"), Decimal("3.00"), parts=(part, part)), Decimal("3.00"))
    assert unexplained(Why(Text("sum"), Decimal("2.00")), Decimal("3.00"))
