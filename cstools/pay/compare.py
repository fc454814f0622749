"""Two months side by side: who changed by how much and because of what; joiners, leavers, outliers, ghosts.

A month is all that was paid for it: its wages, a leaver's, a bonus by itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median

from cstools.errors import Fault, Source
from cstools.language import Text
from cstools.money import ZERO, show
from cstools.pay.inputs import Inputs
from cstools.pay.run import Run
from cstools.pay.slip import Group, Slip

FEW = 3  # so many reasons are told
SPREAD = Decimal(4)  # an outlier lies so many times the usual deviation from the middle
LEAST = Decimal(500)  # and changes by so many yuan at least


@dataclass(frozen=True, slots=True)
class Change:
    """One person's net in two months (None: no slip), and the lines that changed most, in yuan."""

    person: str
    name: str
    before: Decimal | None
    after: Decimal | None
    lines: tuple[tuple[Text, Decimal], ...]
    remark: Text | None = None

    @property
    def by(self) -> Decimal:
        """By how much it changed."""
        return (self.after or ZERO) - (self.before or ZERO)

    @property
    def because(self) -> Text:
        """The lines that changed most, in words."""
        told = tuple(Text("{line} {change}", line=label, change=f"{'+' if change > 0 else ''}{show(change)}")
                     for label, change in self.lines[:FEW])  # fmt: skip
        return Text("{changes}", changes=told)


def compare(before: Sequence[Slip], after: Sequence[Slip]) -> list[Change]:
    """Everybody whose net changed, the largest change first; joiners, leavers and outliers say so."""
    old, new = (_together(slips) for slips in (before, after))
    found = [_change(old.get(person), new.get(person)) for person in sorted(old.keys() | new.keys())]
    stayed = [abs(one.by) for one in found if one.before is not None and one.after is not None]
    usual = max(Decimal(median(stayed)) * SPREAD, LEAST) if stayed else LEAST
    told = [_with_remark(one, usual) for one in found if one.by or one.remark]
    return sorted(told, key=lambda one: (-abs(one.by), one.person))


def _together(slips: Iterable[Slip]) -> dict[str, Slip]:
    """One slip a person, with the lines of all runs."""
    found: dict[str, Slip] = {}
    for slip in slips:
        first = found.get(slip.person)
        found[slip.person] = replace(first, lines=first.lines + slip.lines) if first else slip
    return found


def _change(old: Slip | None, new: Slip | None) -> Change:
    slip = new or old
    if slip is None:
        raise ValueError((old, new))
    lines = sorted(_lines(old, new), key=lambda pair: (-abs(pair[1]), pair[0].key))
    return Change(slip.person, slip.name, old.net if old else None, new.net if new else None, tuple(lines))


def _lines(old: Slip | None, new: Slip | None) -> Iterator[tuple[Text, Decimal]]:
    """What each line changed by, by its label."""
    changes: dict[str, tuple[Text, Decimal]] = {}
    for sign, slip in ((-1, old), (1, new)):
        for line in slip.lines if slip else ():
            if line.group is not Group.EMPLOYER:
                label, so_far = changes.get(str(line.label), (line.label, ZERO))
                changes[str(line.label)] = label, so_far + sign * line.amount
    yield from (pair for pair in changes.values() if pair[1])


def _with_remark(one: Change, usual: Decimal) -> Change:
    remark = None
    if one.before is None:
        remark = Text("new: joined, or was not paid before")
    elif one.after is None:
        remark = Text("gone: left, or is not paid any more")
    elif abs(one.by) > usual:
        remark = Text("changed far more than others: look twice")
    return Change(one.person, one.name, one.before, one.after, one.lines, remark)


def doubts(run: Run, before: Sequence[Slip], after: Sequence[Slip]) -> Iterator[Fault]:
    """Notes of a run against the month before: joiners, leavers, and who changed far more than others."""
    for one in compare(before, after) if before else ():
        if one.remark:
            shown = [show(amount) if amount is not None else "–" for amount in (one.before, one.after)]
            wrong = Text("net {before}, now {after}: {remark}[[ ({because})]]", before=shown[0], after=shown[1],
                         remark=one.remark, because=one.because if one.before and one.after else None)  # fmt: skip
            yield Fault(Source(run.id, cell=one.person), one.name, wrong)


def same_accounts(run: Run, slips: Iterable[Slip]) -> Iterator[Fault]:
    """Notes of several people who are paid to one bank account."""
    found: dict[str, list[Slip]] = {}
    for slip in slips:
        if (account := str(slip.about.get("account") or "")) and slip.net > 0:
            found.setdefault(account, []).append(slip)
    for account, together in found.items():
        if len(together) > 1:
            wrong = Text("{account} is the account of {name}, too", account=account, name=together[0].name)
            yield from (Fault(Source(run.id, cell=slip.person), slip.name, wrong) for slip in together[1:])


def ghosts(run: Run, inputs: Inputs, slips: Iterable[Slip]) -> Iterator[Slip]:
    """Who is paid a base without a single day on duty or in attendance, where these are known at all."""
    period = run.attendance
    known = {day for day in inputs.board.days if day in period}
    rostered = {person for day, person in inputs.board.cells if day in period}
    attended: set[str] = set()
    if inputs.attendance:
        attended = {person for (person, _), fact in inputs.attendance.days.items() if fact.attended}
        attended |= {person for person, month in inputs.attendance.months.items() if month.attended}
    if not known and not inputs.attendance:
        return
    for slip in slips:
        if slip.net > 0 and slip.person not in rostered and slip.person not in attended:
            yield slip
