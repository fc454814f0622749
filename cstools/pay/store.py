"""The pay desk's journal: which runs there are and how they stand, their slips, and what they leave for later runs.

A run's slips are kept whole at each making; the latest stands. Approving, closing and reopening are events too.
"""

import enum
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from cstools.errors import CstoolsError
from cstools.journal import Book, Event, Journal, Pages
from cstools.language import Text, mark
from cstools.pay.past import Past, PastSlip
from cstools.pay.run import Run, RunKind
from cstools.pay.seal import append, checked, content
from cstools.pay.slip import Slip
from cstools.pay.stored import read_facts, read_run, read_slips, write_facts, write_run, write_slips

MADE: Final = "pay.run.made"
APPROVED: Final = "pay.run.approved"
CLOSED: Final = "pay.run.closed"
REOPENED: Final = "pay.run.reopened"


class State(enum.Enum):
    """How a run stands: a draft may be made again; what is approved or closed may not."""

    DRAFT = "draft"
    APPROVED = "approved"
    CLOSED = "closed"


STATES: Final = {State.DRAFT: mark("draft"), State.APPROVED: mark("approved"), State.CLOSED: mark("closed for good")}
_AFTER: Final = {MADE: State.DRAFT, APPROVED: State.APPROVED, CLOSED: State.CLOSED, REOPENED: State.DRAFT}


@dataclass(frozen=True, slots=True)
class Standing:
    """A run that was made: ``number`` is its first event's, ``hash`` its slips', ``facts`` that of what they leave.

    ``inputs`` is the hash of what it read, ``seal`` the last event's, ``why`` that of its last reopening.
    """

    run: Run
    number: int
    state: State
    hash: str
    facts: str
    inputs: str
    seal: str
    at: datetime
    by: str
    why: str = ""

    @property
    def order(self) -> tuple[date, date, int]:
        """Runs in the order in which each builds on those before: by work month, day paid, and first making."""
        return self.run.month, self.run.paid_on, self.number


def runs(pages: Pages | None) -> list[Standing]:
    """Every run there is, in order."""
    found: dict[str, Standing] = {}
    for event in checked(pages):
        found[event.data["run"]] = _step(found.get(event.data["run"]), event)
    return sorted(found.values(), key=lambda standing: standing.order)


def _step(before: Standing | None, event: Event) -> Standing:
    if event.kind == MADE:
        number = before.number if before else event.number
        data = event.data
        return Standing(read_run(data["about"]), number, State.DRAFT, data["hash"], data["facts"], data["inputs"],
                        data["seal"], event.at, event.author, before.why if before else "")  # fmt: skip
    if before is None:
        raise CstoolsError(Text("the pay journal speaks of a run that was never made: {run}", run=event.data["run"]))
    why = str(event.data.get("why", before.why))
    return replace(before, state=_AFTER[event.kind], at=event.at, by=event.author, seal=event.data["seal"], why=why)


def standing(pages: Pages | None, run_id: str) -> Standing | None:
    """How a run stands; None where it was never made."""
    return next((found for found in runs(pages) if found.run.id == run_id), None)


def slips(pages: Pages, one: Standing) -> tuple[Slip, ...]:
    """The slips of a run as they were last made. Raises Tampered where they aren't what was computed."""
    return read_slips(content(pages, f"pay/{one.run.id}", one.hash))


def before(pages: Pages | None, run: Run) -> list[Standing]:
    """The runs on which one builds: all that come before it."""
    found = runs(pages)
    order = _order(found, run)
    return [one for one in found if one.order < order and one.run.id != run.id]


def after(pages: Pages | None, run: Run) -> list[Standing]:
    """The runs that build on one, if it is made or made again."""
    found = runs(pages)
    order = _order(found, run)
    return [one for one in found if one.order > order and one.run.id != run.id]


def _order(found: list[Standing], run: Run) -> tuple[date, date, int]:
    """Where a run comes among others: its place doesn't change while it is made again for the same day paid."""
    numbers = {one.run.id: one.number for one in found}
    return run.month, run.paid_on, numbers.get(run.id, max(numbers.values(), default=0) + 1)


def of_month(pages: Pages | None, month: date) -> list[Slip]:
    """Every slip of a work month, of all its runs in order."""
    return [slip for one in runs(pages) if pages and one.run.month == month for slip in slips(pages, one)]


def facts(pages: Pages, one: Standing) -> dict[str, PastSlip]:
    """What a run leaves for later ones, by person. Raises Tampered where it isn't what was computed."""
    return read_facts(one.run, content(pages, f"pay-facts/{one.run.id}", one.facts))


def sound(pages: Pages | None) -> None:
    """Raises Tampered where any run's slips, or what they leave, aren't what was computed."""
    for one in runs(pages):
        if pages:
            content(pages, f"pay/{one.run.id}", one.hash)
            content(pages, f"pay-facts/{one.run.id}", one.facts)


def paid_already(pages: Pages | None, run: Run, people: Iterable[str]) -> dict[str, list[str]]:
    """Who of some people has wages of the same work month in another approved or closed run: people by that run."""
    mine, found = set(people), dict[str, list[str]]()
    for one in runs(pages):
        alike = one.run.month == run.month and one.run.id != run.id
        if not pages or not alike or one.state is State.DRAFT or RunKind.BONUS in {run.kind, one.run.kind}:
            continue
        if twice := sorted(mine & facts(pages, one).keys()):
            found[one.run.id] = twice
    return found


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier runs leave: each person's slips, who had last wages in them, who had this month's wages."""

    past: Mapping[str, Past]
    settled: frozenset[str]
    paid: frozenset[str]


def earlier(pages: Pages | None, run: Run, gone: Collection[str]) -> Earlier:
    """What the runs before one leave for it; ``gone`` are those who left: who came back isn't settled for good."""
    past: dict[str, list[PastSlip]] = {}
    settled: set[str] = set()
    paid: set[str] = set()
    for one in before(pages, run):
        left = facts(pages, one) if pages else {}
        for person, slip in left.items():
            past.setdefault(person, []).append(slip)
        if one.run.kind is RunKind.LEAVER:
            settled.update(person for person in left if person in gone)
        if one.run.kind is not RunKind.BONUS and one.run.month == run.month:
            paid.update(left)
    return Earlier({person: Past(tuple(found)) for person, found in past.items()}, frozenset(settled), frozenset(paid))


def keep(book: Book, run: Run, made: Iterable[Slip], inputs: str) -> Standing:
    """Keep a run as it was made from inputs with a hash; what is the same as before is not kept twice."""
    found = tuple(made)
    kept = book.keep(f"pay/{run.id}", write_slips(found))
    left = book.keep(f"pay-facts/{run.id}", write_facts(found))
    there = standing(book, run.id)
    if there and (there.hash, there.inputs, there.run) == (kept.hash, inputs, run):
        return there
    data: dict[str, Any] = {"run": run.id, "about": write_run(run), "hash": kept.hash, "facts": left.hash,
                            "inputs": inputs}  # fmt: skip
    return _step(there, append(book, MADE, data))


def move(book: Book, one: Standing, kind: str, why: str = "") -> Standing:
    """Record that a run was approved, closed or reopened."""
    return _step(one, append(book, kind, {"run": one.run.id, "hash": one.hash, **({"why": why} if why else {})}))


def find(journal: Journal, month: date, run_id: str = "") -> Standing | None:
    """The run of a work month that people mean: the one named, else the month's own."""
    with journal.reading() as pages:
        found = [one for one in runs(pages) if one.run.month == month]
    named = [one for one in found if one.run.id == run_id]
    usual = [one for one in found if one.run.kind is RunKind.MONTH and not one.run.only]
    return next(iter(named if run_id else usual or found), None)
