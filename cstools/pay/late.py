"""Late facts: what closed months would be by what is known now, and what of that is still owed or to be recovered.

A closed month never changes. It is computed again from today's files, compared line by line with what was kept, less
what was settled since; only the difference goes into the open month, with both sides of it as its reason.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cstools.errors import Fault, Source
from cstools.language import Text
from cstools.money import ZERO, show
from cstools.pay.slip import Group, Line, Slip, Why

ITEM = "arrears"  # the element's name: its own lines are never compared


@dataclass(frozen=True, slots=True)
class Late:
    """One line of a closed month: what it is by now and what it was (yuan), and the reason for what it is now.

    ``key`` is the fact under which the settling of it is remembered.
    """

    key: str
    month: date
    label: Text
    then: Decimal
    now: Decimal
    why: Why


def late(month: date, run_id: str, kept: Iterable[Slip], now: Iterable[Slip]) -> Iterator[tuple[str, Late]]:
    """Person and line wherever a run computed again differs from what was kept of it; only of what is earned."""
    old, new = ({slip.person: _earned(slip) for slip in slips} for slips in (kept, now))
    for person in sorted(old.keys() | new.keys()):
        mine, fresh = old.get(person, {}), new.get(person, {})
        for name in sorted(mine.keys() | fresh.keys()):
            then, since = _sum(mine.get(name, ())), _sum(fresh.get(name, ()))
            if then != since:
                line = (fresh.get(name) or mine[name])[0]
                yield (
                    person,
                    Late(f"settled:{run_id}:{name}", month, line.label, then, since, _why(fresh.get(name, ()))),
                )


def untaken(run_id: str, kept: Iterable[Slip], now: Iterable[Slip]) -> Iterator[Fault]:
    """A note for everybody of whom damages or fines would be other by what is known now: a closed month takes none."""
    old = {slip.person: slip.total(Group.TAKEN) for slip in kept}
    for slip in now:
        then, since = old.get(slip.person, ZERO), slip.total(Group.TAKEN)
        if then != since:
            wrong = Text("damages and fines of {run} would be {since} by now, and {then} were taken; it is closed",
                         run=run_id, since=show(-since), then=show(-then))  # fmt: skip
            right = Text("what is still to be taken: an event with a day of the open month")
            yield Fault(Source(run_id, cell=slip.person), slip.name, wrong, right)


def _earned(slip: Slip) -> Mapping[str, list[Line]]:
    """The lines of what is earned, by element and label."""
    found: dict[str, list[Line]] = {}
    for line in slip.lines:
        if line.group is Group.EARNED and line.item != ITEM:
            words = ",".join(f"{name}={value}" for name, value in sorted(line.label.params.items()))
            found.setdefault(f"{line.item}:{line.label.key}:{words}", []).append(line)
    return found


def _sum(lines: Iterable[Line]) -> Decimal:
    return sum((line.amount for line in lines), ZERO)


def _why(lines: Iterable[Line]) -> Why:
    """The reasons for what a line is now; nothing any more where there is none."""
    found = list(lines)
    if len(found) == 1:
        return found[0].why
    return Why(Text("by what is known now"), _sum(found), parts=tuple(line.why for line in found))
