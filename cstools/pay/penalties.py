"""What events cost or bring by the desk's standards: the nth time, steps reached, and whom they fall on.

Every event brings the difference that it makes to its window's total. So it is settled in one run alone, the one in
whose period it lies, and a window may begin before that period.
"""

from abc import ABC
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Final

from cstools.language import Text, mark
from cstools.money import ZERO
from cstools.pay.case import Case, by_person
from cstools.pay.element import UNDECIDED, Element, Span, parameter
from cstools.pay.events import Event
from cstools.pay.hit import DUTY, PERSON, SUPERVISOR, Hit, at, plain
from cstools.pay.inputs import Standard
from cstools.pay.on_duty import on_duty, proof
from cstools.pay.slip import Notice
from cstools.tables import kinds

if TYPE_CHECKING:
    from cstools.pay.inputs import Inputs

AMOUNT, POINTS = "amount", "points"
REPLACE, ADD = "replace", "add"
STEPS: Final = {
    REPLACE: (mark("replaces what came before"), "代替", "取代"), ADD: (mark("is added"), "累加", "另加"),
}  # fmt: skip
THEN, ALL = "then", "all"
SUPERVISORS: Final = {
    THEN: (mark("those on duty then"), "当班主管"), ALL: (mark("all supervisors"), "全体主管"),
}  # fmt: skip


@dataclass
class _Tally:
    """A window's total so far."""

    times: int = 0
    single: Decimal = ZERO


@dataclass(frozen=True)
class Priced(Element, ABC):
    """An element that prices events by the standards of some natures, in yuan or in points.

    A month in which so many are reached may cost what stands for the step instead of the single ones, or besides: the
    source (001-030) leaves it open. 以上 and "3 times" include the third.
    """

    span: ClassVar[Span] = Span.ATTENDANCE
    always: ClassVar[bool] = True
    natures: ClassVar[frozenset[str]] = frozenset()
    measure: ClassVar[str] = AMOUNT

    steps: Any = parameter(
        mark("steps"), kinds.choice(STEPS), UNDECIDED, (REPLACE, ADD),
        question=Text("a step reached (3 times: −5) replaces what came before (代替), or is added to it (累加)"),
    )  # fmt: skip
    supervisors: Any = parameter(
        mark("supervisors"), kinds.choice(SUPERVISORS), UNDECIDED, (THEN, ALL),
        question=Text("which supervisors pay: those on duty then (当班主管; all where none is), or all (全体主管)"),
    )  # fmt: skip

    def undecided(self, inputs: "Inputs") -> Iterator[tuple[str, Text]]:
        """Only what this desk's standards make a question of."""
        rows = self.rows(inputs)
        groups = {_key(row) for row in rows if row.reached}
        both = any(sum(_key(one) == group for one in rows) > 1 for group in groups)
        several = len(inputs.supervisors) > 1 and any(row.supervisor for row in rows) and self.measure == AMOUNT
        asked = {"steps": both, "supervisors": several}
        yield from ((name, question) for name, question in super().undecided(inputs) if asked.get(name, True))

    def rows(self, inputs: "Inputs") -> list[Standard]:
        """The standards it prices by."""
        if self.measure == POINTS:
            return [row for row in inputs.standards if row.points or row.nature in self.natures]
        return [row for row in inputs.standards if row.nature in self.natures]

    def hits(self, case: Case) -> list[Hit]:
        """What falls on a person in the element's period, by time."""
        groups: dict[tuple[str, ...], list[Standard]] = {}
        for row in sorted(self.rows(case.inputs), key=lambda row: (row.step, row.reached, row.source)):
            groups.setdefault(_key(row), []).append(row)
        found = [hit for _, rows in sorted(groups.items()) for hit in self._group(case, rows)]
        return sorted(found, key=lambda hit: (hit.event.at, hit.event.kind, hit.event.source))

    def _group(self, case: Case, rows: list[Standard]) -> Iterator[Hit]:
        """The hits of one kind: each event that falls on the person counts in its window, those of the period give."""
        window = rows[0].window
        tallies: dict[tuple[object, str], _Tally] = {}
        for event in _falling(case, rows):
            active = [row for row in rows if row.holds(event.day)]
            role = self._role(case, event, active)
            if not role:
                continue
            tally = tallies.setdefault((_window(window, event.day, case), role), _Tally())
            hit = self._hit(case, event, active, role, tally)
            if case.covers(event.day) and hit and (hit.value or hit.flags):
                yield hit

    def _hit(self, case: Case, event: Event, active: list[Standard], role: str, tally: _Tally) -> Hit | None:
        """Counts an event, and tells what it adds."""
        before, first = self._total(active, role, event, tally), tally.times + 1
        row: Standard | None = None
        flags = []
        for _ in range(_times(event, active)):
            tally.times += 1
            single = _single(active, tally.times)
            reached = next((one for one in active if one.reached and one.step == tally.times), None)
            tally.single += self._value(single, role, event) if single else ZERO
            row = reached or single or row
            flags += [one for one in (single, reached) if one and one.flag and role != SUPERVISOR]
        if row is None:
            return None
        value = max(ZERO, self._total(active, role, event, tally) - before)
        shown = (proof(case.inputs, event.at),) if row.on != PERSON and not event.people else ()
        nth = tally.times if row.reached else first
        return Hit(event, row, nth, value, role, tuple(dict.fromkeys(flags)), shown)

    def _total(self, active: list[Standard], role: str, event: Event, tally: _Tally) -> Decimal:
        reached = [self._value(row, role, event) for row in active if row.reached and row.step <= tally.times]
        if self.steps == ADD:
            return tally.single + sum(reached, ZERO)
        return max([tally.single, *reached])

    def _value(self, row: Standard, role: str, event: Event) -> Decimal:
        if role == SUPERVISOR:
            return row.supervisor if self.measure == AMOUNT else ZERO
        if self.measure == AMOUNT:
            return row.amount or event.amount or ZERO  # case by case (004-025): the event's own amount
        if row.most is None or event.quantity is None:
            return row.points
        return min(max(event.quantity, row.points), row.most)

    def _role(self, case: Case, event: Event, active: list[Standard]) -> str:
        """As whom a person is liable; empty where they are not."""
        if not active:
            return ""
        inputs, row = case.inputs, active[0]
        if (
            self.measure == AMOUNT
            and any(one.supervisor for one in active)
            and case.number in self._paying(inputs, event)
        ):
            return SUPERVISOR
        if case.number in event.people:
            return PERSON
        everybody = row.on == "both" or (row.on == DUTY and not event.people)
        return DUTY if everybody and case.number in on_duty(inputs, event.at) else ""

    def _paying(self, inputs: "Inputs", event: Event) -> frozenset[str]:
        there = inputs.supervisors & on_duty(inputs, event.at).keys()
        return there if self.supervisors != ALL and there else inputs.supervisors

    def told(self, hits: Iterable[Hit]) -> Iterator[Notice]:
        """What somebody must act on: only told, never acted on; and quantities beyond a row's bounds."""
        for hit in hits:
            about = {"kind": hit.event.kind, "at": at(hit.event), "nth": hit.nth}
            for row in hit.flags:
                text = Text("{kind} at {at} is no. {nth}: {flag} (only told, nothing is done)", **about,
                            flag=row.flag)  # fmt: skip
                yield Notice(text, grave=True, source=hit.event.source)
            quantity, row = hit.event.quantity, hit.row
            if row.most is not None and quantity is not None and not row.points <= quantity <= row.most:
                text = Text("{kind} at {at} costs from {least} to {most} points, not {quantity}", **about,
                            least=plain(row.points), most=plain(row.most), quantity=f"{quantity:f}")  # fmt: skip
                yield Notice(text, grave=True, source=hit.event.source)


def _falling(case: Case, rows: Sequence[Standard]) -> Sequence[Event]:
    """The events of one kind that may fall on a person, by time."""
    kind, inputs = rows[0].kind, case.inputs
    if case.number in inputs.supervisors or any(row.on == "both" for row in rows):
        return _by_kind(inputs).get(kind, ())
    named = by_person(inputs)
    mine = (event for person in (case.number, "") for event in named.get(person, ()) if event.kind == kind)
    return sorted(mine, key=lambda event: (event.at, event.source))


def _by_kind(inputs: "Inputs") -> Mapping[str, Sequence[Event]]:
    """The events of each kind, by time."""

    def sort() -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = {}
        for event in sorted(inputs.events, key=lambda event: (event.at, event.source)):
            found.setdefault(event.kind, []).append(event)
        return found

    return inputs.once("events by kind", sort)


def _key(row: Standard) -> tuple[str, ...]:
    """Rows that count together."""
    return row.kind, row.window, row.nature, row.on


def _single(active: Iterable[Standard], nth: int) -> Standard | None:
    """The row of the nth time: its own, else the last one before it; the row of each time where there is none."""
    steps = [row for row in active if not row.reached and 0 < row.step <= nth]
    each = next((row for row in active if not row.reached and not row.step), None)
    return max(steps, key=lambda row: row.step) if steps else each


def _times(event: Event, active: Iterable[Standard]) -> int:
    """How often an event counts."""
    if event.quantity is None or not any(row.each for row in active):
        return 1
    return max(0, int(event.quantity))


def _window(window: str, day: date, case: Case) -> object:
    """What an event is counted within: its calendar month, for ever, or the periods before and after a run's first day.

    The periods themselves follow each other, so within a run an event lies before its period or in it.
    """
    if window == "month":
        return day.year, day.month
    return day in case.whole if window == "period" else None


def nobodys(inputs: "Inputs") -> Iterator[Event]:
    """Events that fall on everybody on duty, when nobody was: the clerk must say who, or correct the time."""
    rows = {row.kind for row in inputs.standards if row.on == DUTY}
    for event in inputs.events:
        if event.kind in rows and not event.people and not on_duty(inputs, event.at):
            yield event
