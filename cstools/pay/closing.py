"""What happens after a run: it is approved, closed, and opened again only with a reason that stays on record."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from cstools.desk import Desk
from cstools.errors import CstoolsError, Refused
from cstools.journal import Book, Event, Pages
from cstools.language import Text
from cstools.pay import witness
from cstools.pay.desks import PayDesk
from cstools.pay.digest import Digest, files_read
from cstools.pay.guards import refuse_paying_twice
from cstools.pay.making import tell
from cstools.pay.seal import SHOWN, Tampered, checked
from cstools.pay.store import APPROVED, CLOSED, REOPENED, STATES, Standing, State, facts, move, runs


@dataclass(frozen=True, slots=True)
class Named:
    """A run as a user names it: its month, and its own name where it isn't the month's usual one."""

    month: date
    run_id: str = ""

    def find(self, pages: Pages | None) -> Standing:
        """How it stands. Raises CstoolsError where it was never made."""
        found = [one for one in runs(pages) if one.run.month == self.month]
        named = [one for one in found if one.run.id == (self.run_id or f"{self.month:%Y-%m}")]
        if not named:
            name = self.run_id or f"{self.month:%Y-%m}"
            others = [one.run.id for one in found]
            raise CstoolsError(
                Text("{run} hasn't been run yet[[; this month has {others}]]", run=name, others=others or None),
                Text("first: cstools pay run --month {month}", month=f"{self.month:%Y-%m}"),
            )
        return named[0]


def approve(desk: Desk, named: Named, by: str) -> Standing:
    """Approve a draft. Refused where what it read has changed since, so that what is approved is what there is."""
    pay = PayDesk.ready(desk)
    with _writing(desk, by) as book:
        one = named.find(book)
        _expect(one, State.DRAFT)
        refuse_paying_twice(book, one.run, facts(book, one))
        now = Digest.of(pay)
        if now.on(one.run, book) != one.inputs:
            changed: list[object] = [*now.changed(files_read(book, one.run))] or [Text("duties, or an earlier run")]
            raise Refused(
                Text("{files} changed since {run} was made: make it again first", files=changed, run=one.run.id),
                Text("cstools pay run --month {month}", month=f"{one.run.month:%Y-%m}"),
            )
        return move(book, one, APPROVED)


def close(desk: Desk, named: Named, by: str) -> Standing:
    """Close an approved run. Refused while one that comes before it is open."""
    with _writing(desk, by) as book:
        one = named.find(book)
        _expect(one, State.APPROVED)
        still = [other.run.id for other in runs(book) if other.order < one.order and other.state is not State.CLOSED]
        if still:
            raise Refused(Text("{runs} must be closed first", runs=still))
        return move(book, one, CLOSED)


def reopen(desk: Desk, named: Named, by: str, why: str) -> Standing:
    """Open an approved or closed run again, with a reason. Refused while a later one builds on it."""
    if not why.strip():
        raise CstoolsError(Text("say why it is opened again: --why “…”"))
    with _writing(desk, by) as book:
        one = named.find(book)
        if one.state is State.DRAFT:
            raise Refused(Text("{run} is open already", run=one.run.id))
        later = [other.run.id for other in runs(book) if other.order > one.order and other.state is not State.DRAFT]
        if later:
            raise Refused(Text("{runs} build on it and must be opened first", runs=later))
        return move(book, one, REOPENED, why.strip())


@contextmanager
def _writing(desk: Desk, by: str) -> Iterator[Book]:
    """The journal open for writing, having lost nothing; what is recorded is told outside it too."""
    told = witness.told(desk.folder)
    with desk.journal.reading() as pages:  # first, as writing would make a new journal where it is gone
        witness.confirm(told, pages)
    with desk.journal.writing(by=by, now=desk.now()) as book:
        witness.confirm(told, book)
        yield book
    tell(desk)


def months(desk: Desk) -> list[tuple[Standing, str]]:
    """Every run, the oldest first, each with what is worth saying of it; raises Tampered where one was changed."""
    pay = PayDesk.ready(desk)
    with desk.journal.reading() as pages:
        now = Digest.of(pay)
        return [(one, _about(now, one, pages)) for one in runs(pages)]


def sealed(desk: Desk, seal: str) -> Event:
    """The event whose seal is on paper: all up to it is as it was then. Raises Tampered where there is none."""
    asked = seal.strip().lower()
    if len(asked) < SHOWN:
        raise CstoolsError(Text("a seal has at least {count} characters", count=SHOWN))
    with desk.journal.reading() as pages:
        found = next((event for event in checked(pages) if event.data["seal"].startswith(asked)), None)
    if found is None:
        raise Tampered(
            Text("the pay journal has no seal {seal}: it isn't the one that was closed then", seal=asked[:SHOWN])
        )
    return found


def _about(now: Digest, one: Standing, pages: Pages | None) -> str:
    seal = Text("seal {seal}", seal=one.seal[:SHOWN])
    if one.state is State.CLOSED:
        return str(seal)
    if now.on(one.run, pages) != one.inputs:
        return str(Text("the files have changed since: make it again"))
    return str(seal) if one.state is State.APPROVED else ""


def _expect(one: Standing, state: State) -> None:
    if one.state is not state:
        raise Refused(Text("{run} is {now}, not {asked}; nothing was changed", run=one.run.id,
                           now=Text(STATES[one.state]), asked=Text(STATES[state])))  # fmt: skip
