"""What one event costs or brings one person, and how that is told."""

from dataclasses import dataclass
from decimal import Decimal

from cstools.language import Text
from cstools.pay.events import Event
from cstools.pay.inputs import Standard
from cstools.pay.slip import Why

PERSON, DUTY, SUPERVISOR = "person", "duty", "supervisor"  # as whom somebody is liable


@dataclass(frozen=True, slots=True)
class Hit:
    """What one event costs or brings one person: yuan or points, by which row, as which time, and as whom."""

    event: Event
    row: Standard
    nth: int
    value: Decimal
    role: str
    flags: tuple[Standard, ...] = ()
    proof: tuple[Why, ...] = ()

    def why(self, *, money: bool = True, sign: int = -1) -> Why:
        """The event, the row that prices it, and who was on duty where that is what makes somebody liable."""
        said = Text("{kind} at {at}[[: {reason}]], no. {nth}[[ as {role}]]", kind=self.event.kind,
                    at=at(self.event), reason=self.event.reason or None, nth=self.nth,
                    role=Text("supervisor") if self.role == SUPERVISOR else None)  # fmt: skip
        row = Why(_tells(self.row), source=self.row.source)
        return Why(said, sign * self.value if money else None, self.event.source, (row, *self.proof))


def at(event: Event) -> str:
    """When an event happened, without the time where only the day is known."""
    return f"{event.at:%Y-%m-%d}" if event.at.time() == event.at.min.time() else f"{event.at:%Y-%m-%d %H:%M}"


def _tells(row: Standard) -> Text:
    """A row of 奖惩标准 in words."""
    about = {"amount": plain(row.amount), "points": plain(row.points), "supervisor": plain(row.supervisor)}
    if row.reached:
        return Text("standard: {step} times reached[[: {amount} yuan]][[, {points} points]]", step=row.step, **about)
    if row.step:
        return Text(
            "standard: the {step}. time[[: {amount} yuan]][[, {points} points]][[, supervisor {supervisor} yuan]]",
            step=row.step, **about,
        )  # fmt: skip
    return Text("standard: each time[[ {amount} yuan]][[, {points} points]][[, supervisor {supervisor} yuan]]", **about)


def plain(number: Decimal) -> str | None:
    """A number without trailing zeros; None for nothing, so that a sentence can leave it out."""
    return f"{number.normalize():f}" if number else None
