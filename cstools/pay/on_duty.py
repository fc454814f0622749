"""Who was on duty at a moment: by the published roster and its changes, and by attendance where it tells."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from cstools.duties import OnDuty, Posted
from cstools.language import Text
from cstools.pay.inputs import Inputs
from cstools.pay.slip import Why
from cstools.shifts import DAY


def on_duty(inputs: Inputs, moment: datetime) -> Mapping[str, OnDuty]:
    """Everybody on duty at a moment, by number.

    Whoever was rostered and, by attendance, never came is not; an open-ended shift lasts until its last punch. Who is
    at a meal is there, flagged.
    """
    found: Mapping[str, OnDuty] = inputs.once(f"on duty {moment.isoformat()}", lambda: _find(inputs, moment))
    return found


def _find(inputs: Inputs, moment: datetime) -> dict[str, OnDuty]:
    day = moment.date()
    minute = day.toordinal() * DAY + moment.hour * 60 + moment.minute
    found = {}
    for posted in inputs.board.within(day - timedelta(days=1), day):
        start, end = _span(inputs, posted)
        if start <= minute < end:
            duty, since = posted.duty, minute - posted.duty.day.toordinal() * DAY
            eating = duty.meal is not None and duty.meal[0] <= since < duty.meal[1]
            found[duty.person] = OnDuty(posted, inputs.board.name(duty.person), eating)
    return found


def _span(inputs: Inputs, posted: Posted) -> tuple[int, int]:
    start, end = posted.span
    duty = posted.duty
    fact = inputs.attendance.of(duty.person, duty.day) if inputs.attendance else None
    if fact and not fact.attended:
        return start, start
    if fact and fact.end is not None and posted.shift.open_ended:
        return start, max(end, duty.day.toordinal() * DAY + fact.end)
    return start, end


def proof(inputs: Inputs, moment: datetime) -> Why:
    """Who was on duty then, each with their shift."""
    there = on_duty(inputs, moment)
    parts = tuple(
        Why(Text("{name}: {shift} of {day}[[, {eating}]]", name=one.name, shift=one.posted.shift.name or one.duty.shift,
                 day=one.duty.day, eating=Text("at a meal") if one.eating else None))
        for one in there.values()
    )  # fmt: skip
    return Why(Text("on duty at {at}: {count} people", at=f"{moment:%Y-%m-%d %H:%M}", count=len(there)),
               source=str(Text("published roster")), parts=parts)  # fmt: skip
