"""Making a run: read everything, refuse what may not be, compute, write the register and keep the slips."""

import gc
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from cstools.attendance import files
from cstools.days import month_of
from cstools.desk import Desk
from cstools.duties import board
from cstools.errors import BadInput, CstoolsError, Fault, Refused, Source, UsageFault, nearest
from cstools.journal import Pages, canonical
from cstools.language import Text
from cstools.pay import witness
from cstools.pay.compare import doubts, ghosts, same_accounts
from cstools.pay.compute import compute
from cstools.pay.desks import PayDesk
from cstools.pay.inputs import Inputs
from cstools.pay.late import Late, late
from cstools.pay.paper.register import register
from cstools.pay.people import Employee
from cstools.pay.read import Found, read_inputs
from cstools.pay.run import Run, RunKind
from cstools.pay.sheets.employees import read_employees
from cstools.pay.sheets.reading import Reading
from cstools.pay.slip import Notice, Slip
from cstools.pay.store import STATES, State, after, before, facts, keep, of_month, paid_already, runs, slips, standing
from cstools.tables.grid import fold
from cstools.tables.save import make_folder, save_bytes, sweep


@dataclass(frozen=True, slots=True)
class Asked:
    """Which run is asked for: its work month, kind, whom it pays, and the day paid where that isn't as usual."""

    month: date
    kind: RunKind = RunKind.MONTH
    only: tuple[str, ...] = ()
    paid_on: date | None = None


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
    """A run keeps nearly all it makes to its end: to look for rubbish in between, as ever, takes a third of its time."""
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
    inputs = replace(found.inputs, late=_late(pay, run))
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
            yield from doubts(run, of_month(pages, _month_before(run.month)), [*others, *made])


def run_of(pay: PayDesk, asked: Asked, faults: list[Fault]) -> Run:
    """The run asked for, with its periods; whom it names by number or name.

    A leaver is paid at once, on the last day employed (工资支付暂行规定 art. 9). Raises CstoolsError for somebody who
    isn't in sheet 人员, and where a leaver's run can't be; BadInput for what is wrong in that sheet.
    """
    if asked.kind is RunKind.LEAVER and not asked.only:
        raise CstoolsError(Text("a leaver's run names whom it pays: --only 012"))
    if not asked.only:
        return pay.pay.run(asked.kind, asked.month, (), asked.paid_on)
    reading = Reading(pay.sheets(faults), pay.pay.book, faults)
    read_employees(reading)
    if faults:
        raise BadInput(faults)
    people = [_employee(reading, word) for word in dict.fromkeys(asked.only)]
    paid_on = asked.paid_on
    if asked.kind is RunKind.LEAVER:
        last = max(_last_day(one, asked.month) for one in people)
        paid_on = paid_on or last
    return pay.pay.run(asked.kind, asked.month, tuple(one.number for one in people), paid_on)


def _employee(reading: Reading, word: str) -> Employee:
    found = [one for one in reading.employees.values() if fold(word) in {fold(one.number), fold(one.name)}]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageFault(Text("several people are called this: give the number"))
    near = nearest(word, [one.name for one in reading.employees.values()])
    raise UsageFault(Text("“{word}”: {why}", word=word, why=Text("nobody in sheet 人员 has this number or name")),
                     *filter(None, [near]))  # fmt: skip


def _last_day(one: Employee, month: date) -> date:
    """The last day of somebody who is paid last wages of a month."""
    if one.left is None:
        raise CstoolsError(Text("{name} has no last day employed in sheet 人员", name=one.name),
                           Text("enter it in column {column}", column=Text("left")))  # fmt: skip
    if month_of(one.left)[0] != month:
        raise CstoolsError(Text("{name} leaves in another month: {day}", name=one.name, day=one.left),
                           Text("cstools pay run --month {month}", month=f"{one.left:%Y-%m}"))  # fmt: skip
    return one.left


def refuse_open_choices(found: Found) -> None:
    """Refuse a run while the desk hasn't chosen what the source documents leave open."""
    if found.undecided:
        lines = [Text("{where}: {question}", where=where, question=question) for where, question in found.undecided]
        raise Refused(Text("{count} choices must be made before pay can be computed:", count=len(lines)), *lines)


def refuse_standing(pages: Pages | None, run: Run) -> None:
    """Refuse to make a run that is approved or closed, or comes before one, or whose month before was never made."""
    there = standing(pages, run.id)
    if there and there.state is not State.DRAFT:
        state = Text(STATES[there.state])
        raise Refused(Text("{run} is {state} and can't be made again; nothing was changed", run=run.id, state=state))
    if later := [one.run.id for one in after(pages, run) if one.state is not State.DRAFT]:
        raise Refused(
            Text("{runs} are approved or closed and build on what comes before: {run} can't be made any more",
                 runs=later, run=run.id),
            Text("what is missing is paid in the open month, or they are opened again first: cstools pay reopen"),
        )  # fmt: skip
    months = {one.run.month for one in runs(pages) if one.run.kind is RunKind.MONTH}
    earlier = [month for month in months if month < run.month]
    last = _month_before(run.month)
    if earlier and last not in months:
        raise Refused(
            Text("{month} has no run yet, and its cumulatives are needed", month=f"{last:%Y-%m}"),
            Text("first: cstools pay run --month {month}", month=f"{last:%Y-%m}"),
        )


def refuse_paying_twice(pages: Pages | None, run: Run, people: Iterable[str]) -> None:
    """Refuse wages of a month to somebody who has them in another run of it that is approved or closed."""
    for other, twice in paid_already(pages, run, people).items():
        raise Refused(
            Text("{people} have been paid for {month} in {run}", people=twice, month=f"{run.month:%Y-%m}", run=other),
            Text("what is missing is paid in the open month, or {run} is opened again first", run=other),
        )


def twice(pages: Pages | None, run: Run, mine: Iterable[str]) -> Iterator[Fault]:
    """Notes of drafts that pay some people for the same month, too."""
    wages = set(mine) if run.kind is not RunKind.BONUS else set()
    for other in runs(pages):
        alike = other.run.month == run.month and other.run.id != run.id and other.run.kind is not RunKind.BONUS
        if pages and alike and other.state is State.DRAFT and (both := sorted(wages & facts(pages, other).keys())):
            wrong = Text("{people} are in the draft {run}, too: make that again before it is approved",
                         people=both, run=other.run.id)  # fmt: skip
            yield Fault(Source(run.id), None, wrong)


def _late(pay: PayDesk, run: Run) -> dict[str, tuple[Late, ...]]:
    """What the closed runs of the twelve months before lack or have too much, by person, the oldest first."""
    found: dict[str, list[Late]] = {}
    year_before = run.month.replace(year=run.month.year - 1)
    with pay.desk.journal.reading() as pages:
        closed = [(one, slips(pages, one)) for one in before(pages, run)
                  if pages and one.state is State.CLOSED and year_before <= one.run.month < run.month]  # fmt: skip
        stale = [(one, kept) for one, kept in closed if digest(pay, one.run, pages) != one.inputs]
    for one, kept in stale:
        again = compute(one.run, read_inputs(pay, one.run, []).inputs)
        for person, line in late(one.run.month, one.run.id, kept, again):
            found.setdefault(person, []).append(line)
    return {person: tuple(lines) for person, lines in found.items()}


def _month_before(month: date) -> date:
    return month.replace(year=month.year - 1, month=12) if month.month == 1 else month.replace(month=month.month - 1)


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
        if digest(pay, made.run, book) != read:
            changed = Text("the files or earlier runs changed while {run} was made: make it again", run=made.run.id)
            raise Refused(changed)
        keep(book, made.run, made.slips, read)
        sweep(made.path.parent, made.path.name)
        save_bytes(made.path, data, private=True)
    tell(pay.desk)


def tell(desk: Desk) -> None:
    """Have every seal told outside the journal, one at a time; after a kill in between, the next command does."""
    with desk.journal.writing(by="cstools", now=desk.now()) as book:
        witness.tell(desk.folder, book)


def digest(pay: PayDesk, run: Run, pages: Pages | None) -> str:
    """SHA-256 over all that a run reads: files, the roster desk's sheets and duties, and what earlier runs left.

    Only what lies in the run's periods counts of the duties: a swap of the next month changes nothing here.
    """
    found = hashlib.sha256()
    for path in sorted(set(_read_files(pay)), key=lambda path: (path.name, str(path))):
        found.update(path.name.encode())
        with suppress(OSError), path.open("rb") as file:  # whoever reads it next tells what keeps it from us
            found.update(hashlib.file_digest(file, "sha256").digest())
    periods = (run.work, run.attendance, run.commission)
    first, last = min(period.first for period in periods), max(period.last for period in periods)
    for one in before(pages, run):
        found.update(one.facts.encode())
    published = board(pay.roster.journal).within(first, last) if pay.roster else ()
    duties = [
        [posted.duty.day.isoformat(), posted.duty.person, posted.duty.shift, *posted.span] for posted in published
    ]
    found.update(canonical({"duties": duties}).encode())
    return found.hexdigest()


def _read_files(pay: PayDesk) -> Iterator[Path]:
    patterns = (*pay.orders.files, *pay.orders.items, *pay.orders.refunds, *pay.orders.chats, *pay.orders.silent,
                *pay.pay.tax_files, *pay.pay.opening_files, *pay.pay.deduction_files)  # fmt: skip
    yield from (path for pattern in patterns for path in pay.folder.glob(pattern) if path.name[0] not in ".~")
    yield from files(pay.folder, pay.attendance)
    yield pay.folder / "cstools.toml"
    yield from pay.folder.glob(pay.pay.book)
    yield from pay.folder.glob("*.csv")
    if pay.roster:
        yield from pay.roster.folder.glob(pay.roster.settings.team)
