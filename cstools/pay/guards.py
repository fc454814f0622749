"""What a run may not be: refused before anything is computed, and once more before it is kept."""

from collections.abc import Iterable, Iterator
from datetime import date

from cstools.errors import Fault, Refused, Source
from cstools.journal import Pages
from cstools.language import Text
from cstools.pay.read import Found
from cstools.pay.run import Run, RunKind
from cstools.pay.store import STATES, State, after, facts, paid_already, runs, standing


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
    last = month_before(run.month)
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


def month_before(month: date) -> date:
    """The first day of the month before one."""
    return month.replace(year=month.year - 1, month=12) if month.month == 1 else month.replace(month=month.month - 1)
