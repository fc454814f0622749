"""Making a run: read everything, refuse what may not be, compute, write the register and keep the slips."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from cstools.desk import Desk
from cstools.errors import Fault, Refused, Source
from cstools.language import Text
from cstools.pay import witness
from cstools.pay.asked import Asked, run_of
from cstools.pay.compare import doubts, ghosts, same_accounts
from cstools.pay.compute import compute
from cstools.pay.desks import PayDesk
from cstools.pay.digest import Digest, digest, keep_read
from cstools.pay.guards import month_before, refuse_open_choices, refuse_paying_twice, refuse_standing, twice
from cstools.pay.inputs import Inputs
from cstools.pay.late import Late, late, untaken
from cstools.pay.paper.register import register
from cstools.pay.read import read_inputs
from cstools.pay.run import Run, RunKind
from cstools.pay.slip import Notice, Slip
from cstools.pay.store import State, before, keep, of_month, slips
from cstools.tables.save import make_folder, save_bytes, sweep


@dataclass(frozen=True)
class Made:
    """A run's slips, what they were made from, and what is doubtful. ``path`` is where its register is written."""

    run: Run
    slips: tuple[Slip, ...]
    inputs: Inputs
    path: Path
    notes: list[Fault] = field(default_factory=list)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """A run keeps nearly all it makes: to look for garbage among it as often as ever takes a third of its time."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@_seldom_collecting()
def make(desk: Desk, asked: Asked, folder: Path | None = None, *, dry: bool = False) -> Made:
    """Make a run; with ``dry`` nothing is written or kept.

    Raises BadInput for everything wrong in any file at once, and Refused where a choice is still open, where an earlier
    month isn't made, or where the run is approved or closed; then nothing was changed.
    """
    faults: list[Fault] = []
    pay = PayDesk.of(desk, faults)
    target = pay.folder_for(folder)
    run = run_of(pay, asked, faults)
    told = witness.told(pay.folder)
    with pay.desk.journal.reading() as pages:
        witness.confirm(told, pages)
        refuse_standing(pages, run)
        drafts = [one.run.id for one in before(pages, run) if one.state is State.DRAFT]
        read = digest(pay, run, pages)
    found = read_inputs(pay, run, faults)
    refuse_open_choices(found)
    if drafts:
        wrong = Text("{runs} are drafts still; this run builds on their figures", runs=drafts)
        found.notes.append(Fault(Source(run.id), None, wrong, Text("approve and close them first")))
    inputs = replace(found.inputs, late=_late(pay, run, found.notes))
    made_slips = _concerned(run, compute(run, inputs))
    with pay.desk.journal.reading() as pages:
        refuse_paying_twice(pages, run, [slip.person for slip in made_slips])
        found.notes.extend(twice(pages, run, [slip.person for slip in made_slips]))
    for ghost in ghosts(run, inputs, made_slips):
        wrong = Text("paid, but never on duty and not once in attendance")
        found.notes.append(Fault(Source(run.id, cell=ghost.person), ghost.name, wrong))
    found.notes.extend(_doubts(pay, run, made_slips))
    path = target / str(Text("payroll_{run}.xlsx", run=run.id))
    made = Made(run, made_slips, inputs, path, found.notes)
    if not dry:
        _write(pay, made, read)
    return made


def _concerned(run: Run, slips: tuple[Slip, ...]) -> tuple[Slip, ...]:
    """Those whom a run is about: a bonus by itself is for those who have one. Refused where nobody has."""
    if run.kind is not RunKind.BONUS:
        return slips
    found = tuple(slip for slip in slips if slip.gross)
    if not found:
        raise Refused(Text("nobody has a bonus in {month} that isn't paid yet: enter it in sheet 事件 as 年终奖",
                           month=f"{run.month:%Y-%m}"))  # fmt: skip
    return found


def _doubts(pay: PayDesk, run: Run, made: tuple[Slip, ...]) -> Iterator[Fault]:
    """What is doubtful about a whole month's wages beside all that was paid for the month before."""
    yield from same_accounts(run, made)
    if run.kind is RunKind.MONTH and not run.only:
        with pay.desk.journal.reading() as pages:
            others = [slip for slip in of_month(pages, run.month) if slip.run != run.id]
            yield from doubts(run, of_month(pages, month_before(run.month)), [*others, *made])


def _late(pay: PayDesk, run: Run, notes: list[Fault]) -> dict[str, tuple[Late, ...]]:
    """What the closed runs of the twelve months before lack or have too much, by person, the oldest first.

    Of damages and fines that came to light, only a note: taking them is somebody's decision, in the open month.
    """
    found: dict[str, list[Late]] = {}
    year_before, now = run.month.replace(year=run.month.year - 1), Digest.of(pay)
    with pay.desk.journal.reading() as pages:
        closed = [(one, slips(pages, one)) for one in before(pages, run)
                  if pages and one.state is State.CLOSED and year_before <= one.run.month < run.month]  # fmt: skip
        stale = [(one, kept) for one, kept in closed if now.on(one.run, pages) != one.inputs]
    for one, kept in stale:
        again = compute(one.run, read_inputs(pay, one.run, []).inputs)
        for person, line in late(one.run.month, one.run.id, kept, again):
            found.setdefault(person, []).append(line)
        notes.extend(untaken(one.run.id, kept, again))
    return {person: tuple(lines) for person, lines in found.items()}


def notices(slips: tuple[Slip, ...]) -> Iterator[tuple[Slip, Notice]]:
    """What somebody must look at, grave ones first."""
    found = [(slip, notice) for slip in slips for notice in slip.notices]
    yield from sorted(found, key=lambda pair: not pair[1].grave)


def _write(pay: PayDesk, made: Made, read: str) -> None:
    """The register and the journal together: where the file can't be written, nothing is kept either.

    ``read`` is the digest before anything was read: refused where it is another by now.
    """
    data = register(made.run, made.slips, made.inputs, made.notes)
    make_folder(made.path.parent, private=True)
    with pay.desk.journal.writing(by="cstools", now=pay.desk.now()) as book:
        refuse_standing(book, made.run)
        refuse_paying_twice(book, made.run, [slip.person for slip in made.slips])
        now = Digest.of(pay)
        if now.on(made.run, book) != read:
            changed = Text("the files or earlier runs changed while {run} was made: make it again", run=made.run.id)
            raise Refused(changed)
        keep(book, made.run, made.slips, read)
        keep_read(book, pay, made.run, now)
        sweep(made.path.parent, made.path.name.removesuffix(f"{made.run.id}.xlsx"))  # of whatever run was killed
        save_bytes(made.path, data, private=True)
    tell(pay.desk)


def tell(desk: Desk) -> None:
    """Have every seal told outside the journal, one at a time; after a kill in between, the next command does."""
    with desk.journal.writing(by="cstools", now=desk.now()) as book:
        witness.tell(desk.folder, book)
