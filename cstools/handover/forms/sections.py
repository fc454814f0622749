"""A sheet's sections in the order in which the relief needs them, and the whole outline."""

from collections.abc import Iterable, Iterator

from cstools.handover.forms import heading, items, lists
from cstools.handover.forms.outline import Line, Outline, Section
from cstools.handover.forms.times import short_day
from cstools.handover.sheet import ItemLine, Report, SheetContent
from cstools.language import Text


def outline(content: SheetContent) -> Outline:
    """A sheet as people read it."""
    header = content.header
    return Outline(
        title=heading.title(header),
        change=heading.change(header),
        facts=tuple(heading.facts(header)),
        alarms=tuple(heading.alarms(content)),
        notes=tuple(heading.notes(content)),
        summary=heading.summary(content),
        sections=(*_of_items(content), *_of_lists(content), *_at_the_end(content)),
        signatures=str(Text("Signatures")),
        boxes=heading.boxes(content),
    )


def _of_items(content: SheetContent) -> Iterator[Section]:
    at = content.header.at

    def section(title: Text, told: Iterable[ItemLine], *, alarm: bool = False) -> Section:
        return _section(title, items.lines(told, at), alarm=alarm, wide=True)

    first = lists.gates(content)
    yield _section(Text("May it be handed over?"), first, alarm=any(_shut(content)), wide=True)
    yield section(Text("Do first"), content.first, alarm=bool(content.first))
    yield section(Text("Callbacks and messages"), content.callbacks)
    yield section(Text("Complaints and suggestions"), content.complaints)
    yield section(Text("Repairs"), content.repairs)
    yield section(Text("Other open matters"), content.open)
    yield section(Text("Major matters closed in this shift"), content.resolved)


def _shut(content: SheetContent) -> Iterator[bool]:
    return (bool(gate.reasons) and gate.overridden is None for gate in content.gates)


def _of_lists(content: SheetContent) -> Iterator[Section]:
    at = content.header.at
    closing = (*lists.checks(content.closing, at), *lists.seats(content.seats))
    yield _section(Text("Orders from above"), lists.orders(content.orders, at))
    yield _section(Text("Notices, changes of business, agreed wordings"), lists.notices(content.notices, at))
    yield _section(Text("Equipment"), lists.equipment(content.equipment, at))
    yield _section(Text("Swaps, leave, absence"), lists.staff(content.staff, at))
    yield _section(Text("Timed tasks of the relief"), lists.checks(content.tasks, at))
    yield _section(Text("Opening checklist (relief)"), lists.checks(content.opening, at))
    yield _section(Text("Closing checklist (outgoing)"), closing)
    yield _section(Text("Shared things, counted face to face"), lists.things(content.things, at))
    if content.figures or not content.last_report:
        yield _section(Text("Figures of this shift"), lists.figures(content.figures), empty=Text("not entered"))
    if content.last_report:
        yield _report(content.last_report, content)


def _report(report: Report, content: SheetContent) -> Section:
    day = short_day(report.day, content.header.at)
    title = Text("Daily report of {day} {shift}", day=day, shift=report.shift)
    return _section(title, lists.figures(report), empty=Text("not entered"))


def _at_the_end(content: SheetContent) -> Iterator[Section]:
    at = content.header.at
    yield _section(Text("Open too long: for the supervisor"), items.lines(content.long_open, at), wide=True)
    if content.supplements:
        yield _section(Text("Supplements"), lists.supplements(content.supplements, at), wide=True)


def _section(
    title: Text, lines: Iterable[Line], *, alarm: bool = False, wide: bool = False, empty: Text | None = None
) -> Section:
    return Section(str(title), tuple(lines), str(empty or Text("none")), alarm=alarm, wide=wide)
